//! `dibao correct` and `dibao curate`.

use std::fs;

use crate::place::Place;

fn correct(place: &Place, arguments: &[&str]) -> crate::place::Ran {
    let with_name: Vec<&str> =
        ["correct"].into_iter().chain(arguments.iter().copied()).chain(["--by", "丁一"]).collect();
    place.run(&with_name)
}

#[test]
fn a_correction_is_written_applied_shown_listed_and_taken_back() {
    let place = Place::with_articles();
    let id = place.id_of("老桥换上新栏杆");
    let before = place.run(&["show", &id]).stdout;
    let arguments = [
        &id[..8],
        "--date",
        "2021-03-02",
        "--district",
        "新密市",
        "--district",
        "mentioned:登封市",
        "--text",
        "八十米青石=九十米青石",
        "--reporter",
        "",
        "--why",
        "查原报",
    ];
    let ran = correct(&place, &arguments);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let written: Vec<&str> = ran.stdout.lines().collect();
    assert_eq!(written.len(), 4, "{}", ran.stdout);
    assert!(written[0].ends_with("date: 2021-03-02 (was 2021-03-04)"), "{}", ran.stdout);

    let shown = place.run(&["show", &id]).stdout;
    for fact in [
        "date         2021-03-02  corrected by hand",
        "districts    河南省 郑州市 新密市  corrected by hand",
        "date corrected by 丁一 on ",
        ", was 2021-03-04 (查原报)",
        "text corrected by 丁一 on ",
        "栏杆用了九十米青石。",
    ] {
        assert!(shown.contains(fact), "{fact} is missing in:\n{shown}");
    }
    assert!(!shown.contains("reporters    甲一"), "{shown}");
    let found = |query: &str| place.run(&["search", query]).code;
    assert_eq!((found("日期:2021-03-02"), found("地区:新密市 \"九十米青石\"")), (0, 0));
    assert_eq!(found("\"八十米青石\""), 0, "what is printed is found as well");
    let chinese = place.run_chinese(&["show", &id]).stdout;
    assert!(
        chinese.contains("日期：丁一 于 ") && chinese.contains("更正，原为 2021-03-04"),
        "{chinese}"
    );

    let entry = written[0].split(' ').next().expect("an id");
    let listed = place.run(&["curate", "list", &id, "--format", "json"]).json();
    assert_eq!(listed.as_array().map(Vec::len), Some(4));
    assert_eq!((&listed[0]["id"], &listed[0]["state"]), (&entry.into(), &"applied".into()));
    assert_eq!(place.run(&["curate", "check"]).code, 1, "everything is applied");

    for entry in &written {
        let entry = entry.split(' ').next().expect("an id");
        let ran = place.run(&["curate", "undo", entry, "--by", "丁一"]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
    }
    assert_eq!(place.run(&["show", &id]).stdout, before);
    let listed = place.run(&["curate", "list"]).stdout;
    assert_eq!(listed.matches("taken back by 丁一").count(), 4, "{listed}");
    let file = place.path().join("corpus.curation/corrections/paper.jsonl.toml");
    let kept = fs::read_to_string(file).expect("the entries");
    assert_eq!(kept.matches("[[correction]]").count(), 8);
}

#[test]
fn a_figure_and_a_doubt_are_corrected() {
    let place = Place::new();
    let body = "2022年，登封市粮食产量完成35万吨，同比增长2%。";
    let article = serde_json::json!({ "title": "秋粮入仓", "body": body });
    place.write("a.jsonl", &format!("{article}\n"));
    assert_eq!(place.run(&["ingest"]).code, 0);
    let id = place.id_of("秋粮入仓");
    let rows = || place.run(&["indicators", "--format", "jsonl"]).json_lines();
    let row = rows()[0]["id"].as_str().expect("an id").to_owned();
    let arguments = [id.as_str(), "--figure", &row, "--value", "3.5", "--in", "新密市"];
    let ran = correct(&place, &arguments);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let now = rows().remove(0);
    assert_eq!((&now["value"], &now["value_si"]), (&3.5.into(), &35_000.0.into()));
    assert!(now["district"].to_string().contains("新密市"), "{now}");
    assert_eq!(correct(&place, &[&id, "--figure", &row, "--not-figure"]).code, 0);
    assert!(rows().is_empty());

    let is_doubted = |id: &str| {
        let groups = place.run(&["check", "--all", "--format", "json"]).json();
        let groups = groups.as_array().cloned().unwrap_or_default();
        let undated = groups.iter().find(|group| group["matter"] == "undated").cloned();
        let found = undated.map(|group| group["findings"].clone()).unwrap_or_default();
        found.as_array().is_some_and(|found| found.iter().any(|finding| finding["id"] == id))
    };
    let article = serde_json::json!({ "title": "柿子红了", "body": "柿子红了，没有人摘。" });
    place.write("b.jsonl", &format!("{article}\n"));
    place.run(&["ingest"]);
    let id = place.id_of("柿子红了");
    assert!(is_doubted(&id));
    let ran = correct(&place, &[&id, "--confirm", "undated", "--confirm", "unplaced"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(!is_doubted(&id));
}

#[test]
fn what_does_not_fit_is_listed_with_what_it_said() {
    let place = Place::with_articles();
    let id = place.id_of("老桥换上新栏杆");
    assert_eq!(correct(&place, &[&id, "--page", "A05", "--later"]).code, 0);
    let waiting = place.run(&["curate", "check"]);
    assert_eq!(waiting.code, 0);
    assert!(waiting.stdout.contains("waits for the next ingest"), "{}", waiting.stdout);
    let folder = place.path().join("corpus.curation/corrections");
    let mut hand = fs::read_to_string(folder.join("paper.jsonl.toml")).expect("the entries");
    hand.push_str("\n[[correction]]\nfield = \"page\"\n");
    fs::write(folder.join("paper.jsonl.toml"), hand).expect("written");
    fs::remove_file(place.path().join("corpus/paper.jsonl")).expect("removed");
    place.write("other.jsonl", "{\"title\":\"别的\",\"body\":\"别的事。\"}\n");
    let ran = place.run(&["ingest"]);
    assert!(ran.stdout.contains("paper.jsonl.toml:"), "{}", ran.stdout);
    let unplaced = place.run(&["curate", "check"]).stdout;
    for told in
        ["page: A05", "cannot be applied: the corpus has no such file", "no entry that can be read"]
    {
        assert!(unplaced.contains(told), "{told} is missing in:\n{unplaced}");
    }
    let check = place.run(&["check"]).stdout;
    assert!(check.contains("corrections that cannot be applied: 2"), "{check}");
    assert!(check.contains("paper.jsonl.toml:"), "{check}");
}

#[test]
fn what_cannot_be_decided_is_an_error_that_says_what_to_do() {
    let place = Place::with_articles();
    let id = place.id_of("老桥换上新栏杆");
    for (arguments, told) in [
        (vec![id.as_str()], "nothing to correct was named"),
        (vec![&id, "--date", "3月4日"], "expected 2023-02-09"),
        (vec![&id, "--district", "无此市"], "the value is not known: 无此市"),
        (vec![&id, "--text", "不在文中=在"], "does not have the text"),
        (vec![&id, "--text", "栏杆=栏干"], "times; write the characters around it"),
        (vec!["--split-at", "paper.jsonl:1"], "states its articles one by one"),
        (vec!["--split-at", "nowhere.txt:1"], "the archive has no such file"),
        (vec!["--lines", "paper.jsonl", "--as", "banner"], "expected FILE:LINES"),
        (vec!["--lines", "paper.jsonl:1", "--as", "sky"], "not the role of a line"),
        (vec![&id, "--page", "A02", "--topic", "无此类"], "the value is not known: 无此类"),
    ] {
        let ran = correct(&place, &arguments);
        assert_eq!(ran.code, 2, "{arguments:?} {}", ran.stdout);
        assert!(ran.stderr.contains(told), "{told} is missing in:\n{}", ran.stderr);
    }
    assert_eq!(correct(&place, &["zzzzzzzzzzzz", "--page", "1"]).code, 1);
    assert!(!place.path().join("corpus.curation/corrections").exists());
}
