//! `dibao diff`.

use serde_json::json;

use crate::place::{Place, jsonl};

/// A report and its reprint.
fn with_a_reprint() -> (Place, String, String) {
    let place = Place::new();
    place.write(
        "paper.jsonl",
        &jsonl(&[
            json!({
                "publication": "河畔晚报", "date": "2021-03-04", "title": "老桥换上新栏杆",
                "body": "3月4日，登封市的老石桥换上了新栏杆。\n工人说，栏杆用了八十米青石。\
                         桥面也铺平了。来看的人不少。",
                "credit": "甲一",
            }),
            json!({
                "publication": "山前日报", "date": "2021-03-06", "title": "老橋換上新欄杆",
                "body": "登封市的老石桥换上了新栏杆。工人说，栏杆用了九十米青石。\
                         橋面也鋪平了。来看的人不少。收费员回家了。",
                "outlet": "河畔晚报",
            }),
        ]),
    );
    assert_eq!(place.run(&["ingest"]).code, 0);
    let (first, second) = (place.id_of("老桥换上新栏杆"), place.id_of("老橋換上新欄杆"));
    (place, first, second)
}

#[test]
fn what_differs_is_shown_by_sentence_with_the_words_marked() {
    let (place, first, second) = with_a_reprint();
    let ran = place.run(&["diff", &first[..8], &second]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    let shown = ran.stdout.replace(&first, "FIRST").replace(&second, "SECOND");
    insta::assert_snapshot!(shown, @r"
    - 老桥换上新栏杆
      2021-03-04 · 河畔晚报 · paper.jsonl:1 · FIRST
    + 老橋換上新欄杆
      2021-03-06 · 河畔晚报 · 山前日报 · paper.jsonl:2 · SECOND

    title     = 老[-桥换-]{+橋換+}上新[-栏-]{+欄+}杆
    credit    - 甲一

    ~ [-3月4日，-]登封市的老石桥换上了新栏杆。
    ~ 工人说，栏杆用了[-八-]{+九+}十米青石。
    … 2 sentences the same, 1 of them differing only in script, width or spaces
    + 收费员回家了。

    common: 85 % of the text, 41 characters: 87 % of the first, 84 % of the second
    ");
}

#[test]
fn all_of_it_is_shown_on_demand_and_coloured_when_asked_to() {
    let (place, first, second) = with_a_reprint();
    let all = place.run(&["diff", &first, &second, "--all"]).stdout;
    assert!(all.contains("\n= [-桥-]{+橋+}面也[-铺-]{+鋪+}平了。\n"), "{all}");
    assert!(all.contains("\n  来看的人不少。\n") && !all.contains('…'), "{all}");
    let coloured = place.run(&["diff", &first, &second, "--color", "always"]).stdout;
    assert!(coloured.contains("\u{1b}[9m\u{1b}[31m八\u{1b}[0m"), "{coloured:?}");
    assert!(!coloured.contains("[-"), "{coloured:?}");
}

#[test]
fn json_has_both_heads_and_every_sentence() {
    let (place, first, second) = with_a_reprint();
    let compared = place.run(&["diff", &first, &second, "--format", "json"]).json();
    assert_eq!(compared["first"]["id"], json!(first));
    assert_eq!(compared["second"]["outlet"], "河畔晚报");
    let changes: Vec<_> = compared["body"]
        .as_array()
        .expect("an array")
        .iter()
        .map(|passage| passage["change"].as_str().expect("a word").to_owned())
        .collect();
    assert_eq!(changes, ["changed", "changed", "form", "same", "second"]);
    assert_eq!(compared["head"][0]["field"], "title");
    assert_eq!(compared["head"][0]["change"], "form");
    assert!(compared["common"]["share"].as_f64() > Some(0.5), "{}", compared["common"]);
}

#[test]
fn an_id_that_no_article_has_is_nothing_found_and_a_short_one_an_error() {
    let (place, first, _) = with_a_reprint();
    for ids in [[&*first, "zzzzzzzzzzzz"], ["zzzzzzzzzzzz", &*first]] {
        let ran = place.run(&["diff", ids[0], ids[1]]);
        assert_eq!((ran.code, ran.stdout.as_str()), (1, ""));
        assert!(ran.stderr.contains("zzzzzzzzzzzz"), "{}", ran.stderr);
    }
    let same = place.run(&["diff", &first, &first]);
    assert_eq!(same.code, 0);
    assert!(same.stdout.contains("common: 100 %"), "{}", same.stdout);
    assert_eq!(place.run(&["diff", &first]).code, 2);
}
