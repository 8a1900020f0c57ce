//! `dibao cite`.

use serde_json::Value;

use crate::place::Place;

const RAILING: &str = "甲一. 老桥换上新栏杆[N]. 河畔晚报，2021-03-04.";

#[test]
fn articles_are_cited_in_the_order_of_their_ids() {
    let place = Place::with_articles();
    let [first, second] = ["茶农清明前开园", "老桥换上新栏杆"].map(|title| place.id_of(title));
    let ran = place.run(&["cite", &first, &second]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    let expected = format!("[1] 茶农清明前开园[N]. 河畔晚报，2021-03-20.\n[2] {RAILING}\n");
    assert_eq!(ran.stdout, expected);
    let ran = place.run(&["cite", &second, "--style", "gb-7714-2015-author-date"]);
    assert_eq!(ran.stdout, "甲一, 2021. 老桥换上新栏杆[N]. 河畔晚报, 2021-03-04.\n");
    let ran = place.run(&["cite", &second, "nothing"]);
    assert_eq!((ran.code, ran.stdout), (1, format!("[1] {RAILING}\n")));
    assert!(ran.stderr.contains("no article has the id nothing"), "{}", ran.stderr);
}

#[test]
fn a_query_cites_all_that_match_in_every_format() {
    let place = Place::with_articles();
    let total = place.run(&["export", "石桥"]).json_lines().len();
    let cite = |format: &str| {
        let ran = place.run(&["cite", "--query", "石桥", "--format", format]);
        assert_eq!(ran.code, 0, "{format}: {}", ran.stderr);
        let exported = place.run(&["export", "石桥", "--format", format]);
        assert_eq!(exported.stdout, ran.stdout, "{format}");
        ran
    };
    assert_eq!(cite("cite").stdout.lines().count(), total);
    assert_eq!(cite("ris").stdout.matches("ER  - \r\n").count(), total);
    assert_eq!(cite("bib").stdout.matches("\n}\n").count(), total);
    assert_eq!(cite("biblatex").stdout.matches("journaltitle = {河畔晚报}").count(), total);
    let items = cite("csljson").json();
    assert_eq!(items.as_array().map(Vec::len), Some(total));
    let found = items.as_array().into_iter().flatten();
    let found: Vec<&Value> = found.filter(|item| item["title"] == "老桥换上新栏杆").collect();
    assert_eq!(found[0]["issued"]["date-parts"][0], serde_json::json!([2021, 3, 4]));
    let nothing = place.run(&["cite", "--query", "\"没有这个词\""]);
    assert_eq!((nothing.code, nothing.stdout.as_str()), (1, ""));
}

#[test]
fn a_file_of_references_for_endnote_has_a_byte_order_mark_and_a_pipe_has_none() {
    let place = Place::with_articles();
    let ran = place.run(&["export", "石桥", "-o", "out.ris"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let file = std::fs::read_to_string(place.path().join("out.ris")).expect("the file");
    let piped = place.run(&["export", "石桥", "--format", "ris"]);
    assert_eq!(file, format!("\u{feff}{}", piped.stdout));
    assert!(piped.stdout.starts_with("TY  - NEWS\r\n"), "{}", piped.stdout);
}

#[test]
fn a_style_of_ones_own_is_used_and_what_is_none_is_told_with_its_file() {
    let place = Place::with_articles();
    let style = r#"<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
        <info><title>T</title><id>t</id><updated>2026-01-01T00:00:00+00:00</updated></info>
        <citation><layout><text variable="title"/></layout></citation>
        <bibliography><layout><text variable="title" prefix="《" suffix="》"/></layout></bibliography>
        </style>"#;
    let path = place.path().join("own.csl");
    std::fs::write(&path, style).expect("a file");
    let id = place.id_of("老桥换上新栏杆");
    let ran = place.run(&["cite", &id, "--style", "own.csl"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (0, "《老桥换上新栏杆》\n"), "{}", ran.stderr);
    let ran = place.run(&["export", "老桥换上新栏杆", "--format", "md", "--style", "own.csl"]);
    assert!(ran.stdout.contains("\n> 《老桥换上新栏杆》\n"), "{}", ran.stdout);

    std::fs::write(&path, style.replace("<layout>", "<layout locale=\"en\">")).expect("a file");
    let ran = place.run(&["cite", &id, "--style", "own.csl"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    assert!(ran.stderr.starts_with("error: own.csl: a style with the extensions of CSL-M"));
    let ran = place.run_chinese(&["cite", &id, "--style", "own.csl"]);
    assert!(ran.stderr.starts_with("错误：own.csl：样式使用了 CSL-M 的扩展"), "{}", ran.stderr);
    let ran = place.run(&["cite", &id, "--style", "missing.csl"]);
    assert!(
        ran.stderr
            .ends_with("missing.csl: No such file or directory (os error 2); check the path\n")
    );
    let ran = place.run(&["cite", &id, "--style", "gb"]);
    assert!(ran.stderr.contains("no citation style `gb`; use gb-7714-2025-numeric, "));
}
