//! `dibao export`.

use serde_json::json;

use crate::place::{Place, jsonl};

#[test]
fn a_csv_has_a_byte_order_mark_in_a_file_and_none_in_a_pipe() {
    let place = Place::with_articles();
    let ran = place.run(&["export", "石桥", "--format", "csv", "-o", "out.csv"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (0, ""), "{}", ran.stderr);
    assert_eq!(ran.stderr, "2 articles written to out.csv\n");
    let file = std::fs::read_to_string(place.path().join("out.csv")).expect("the file");
    let piped = place.run(&["export", "石桥", "--format", "csv"]);
    assert_eq!(file, format!("\u{feff}{}", piped.stdout));
    assert_eq!(piped.stderr, "2 articles written\n");
}

#[test]
fn the_ending_of_the_file_chooses_the_format() {
    let place = Place::with_articles();
    assert_eq!(place.run(&["export", "石桥", "-o", "out.md"]).code, 0);
    let file = std::fs::read_to_string(place.path().join("out.md")).expect("the file");
    assert!(file.contains("## 老桥换上新栏杆\n"), "{file}");
    assert!(file.contains("[N\\]. 河畔晚报，"), "{file}");
}

#[test]
fn jsonl_gives_the_records_that_the_search_gives() {
    let place = Place::with_articles();
    let exported = place.run(&["export", "石桥"]).json_lines();
    let mut found = place.run(&["search", "石桥", "--format", "jsonl"]).json_lines();
    for hit in &mut found {
        let fields = hit.as_object_mut().expect("an object");
        fields.remove("score");
        fields.remove("highlights");
        fields.remove("reprints");
    }
    let by_id = |records: &mut Vec<serde_json::Value>| {
        records.sort_by_key(|record| record["id"].to_string());
    };
    let mut exported = exported;
    by_id(&mut exported);
    by_id(&mut found);
    assert_eq!(exported, found);
}

#[test]
fn nothing_found_makes_an_empty_file_and_exit_code_1() {
    let place = Place::with_articles();
    let ran = place.run(&["export", "\"没有这个词\"", "-o", "out.jsonl"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert_eq!(std::fs::read(place.path().join("out.jsonl")).expect("the file"), b"");
    assert!(ran.stderr.starts_with("0 articles written to out.jsonl\n"), "{}", ran.stderr);
}

#[test]
fn every_hit_is_exported_and_their_number_is_the_total_of_the_search() {
    const MANY: usize = 10_500;
    let place = Place::new();
    let articles: Vec<_> = (0..MANY)
        .map(|number| {
            let rare = if number == 7 { "，只此一回" } else { "" };
            json!({
                "publication": "数目报", "date": "2020-01-01",
                "title": format!("第{number}条"), "body": format!("这是第{number}条短消息{rare}。"),
            })
        })
        .collect();
    place.write("many.jsonl", &jsonl(&articles));
    let ran = place.run(&["ingest"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    for (query, expected) in [("\"并无此语\"", 0), ("\"只此一回\"", 1), ("\"短消息\"", MANY)]
    {
        let total = place.run(&["search", query, "--format", "json"]).json()["total"].clone();
        assert_eq!(total, expected);
        for format in ["jsonl", "csv", "md", "html"] {
            let ran = place.run(&["export", query, "--format", format]);
            let records = match format {
                "jsonl" => ran.stdout.lines().count(),
                "csv" => ran.stdout.lines().count() - 1,
                "html" => ran.stdout.matches("<article id=").count(),
                _ => ran.stdout.lines().filter(|line| line.starts_with("## ")).count(),
            };
            assert_eq!(records, expected, "{query} {format}");
        }
    }
    // A document for Word cannot hold so many, which is said before anything is written.
    let ran = place.run(&["export", "\"短消息\"", "-o", "out.docx"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    assert!(
        ran.stderr.contains("10,500 articles") && ran.stderr.contains("at most 5,000"),
        "{}",
        ran.stderr
    );
    assert!(!place.path().join("out.docx").exists());
}

#[test]
fn reading_cards_mark_what_matches_and_link_to_the_archive() {
    let place = Place::with_articles();
    let export = |more: &[&str]| {
        place.run(&[&["export", "石桥", "--format", "html", "--sort", "oldest"], more].concat())
    };
    let whole = export(&["--address", "https://archive.example/"]).stdout;
    assert!(whole.contains("<mark>石桥</mark>"), "{whole}");
    let id = place.run(&["export", "石桥", "--sort", "oldest"]).json_lines()[0]["id"].clone();
    let link = format!("href=\"https://archive.example/article/{}\"", id.as_str().expect("an id"));
    assert!(whole.contains(&link), "{link}: {whole}");
    assert!(export(&["--excerpt"]).stdout.len() < whole.len());
    let refused = place.run(&["export", "石桥", "--excerpt"]);
    assert_eq!(refused.code, 2);
    assert!(refused.stderr.contains("docx, html and epub, not jsonl"), "{}", refused.stderr);
    assert_eq!(place.run(&["export", "石桥", "--format", "html", "--address", "x"]).code, 2);
}

#[test]
fn a_file_that_cannot_be_written_is_an_error_that_names_it() {
    let place = Place::with_articles();
    let ran = place.run(&["export", "石桥", "-o", "missing/out.csv"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("missing/out.csv"), "{}", ran.stderr);
}

#[test]
fn a_broken_export_leaves_the_old_file_and_nothing_beside_it() {
    let place = Place::with_articles();
    std::fs::write(place.path().join("out.csv"), "old").expect("a file");
    let ran = place.run(&["export", "\"石桥", "-o", "out.csv"]);
    assert_eq!(ran.code, 2);
    assert_eq!(std::fs::read(place.path().join("out.csv")).expect("the file"), b"old");
    let beside = std::fs::read_dir(place.path()).expect("a folder").count();
    assert_eq!(beside, 3, "corpus, index and out.csv");
}

#[test]
fn what_the_archive_is_made_of_is_not_written_over() {
    let place = Place::with_articles();
    let source = place.path().join("elsewhere.txt");
    std::fs::write(&source, "渡口重开\n渡口昨日重开。\n").expect("a file");
    assert_eq!(place.run(&["ingest", "elsewhere.txt"]).code, 0);
    let manifest = std::fs::read(place.path().join("index/dibao.json")).expect("the index");
    for target in
        ["corpus/paper.jsonl", "corpus/new.jsonl", "elsewhere.txt", "index/dibao.json", "index/x"]
    {
        let ran = place.run(&["export", "石桥", "--format", "jsonl", "-o", target]);
        assert_eq!(ran.code, 2, "{target}");
        assert!(ran.stderr.contains(target) && ran.stderr.contains("elsewhere"), "{}", ran.stderr);
    }
    assert_eq!(
        std::fs::read_to_string(place.path().join("corpus/paper.jsonl")).expect("the source"),
        crate::place::jsonl(&crate::place::articles())
    );
    assert_eq!(std::fs::read_to_string(source).expect("the source"), "渡口重开\n渡口昨日重开。\n");
    assert_eq!(std::fs::read(place.path().join("index/dibao.json")).expect("it"), manifest);
    assert!(!place.path().join("corpus/new.jsonl").exists());
}

#[cfg(unix)]
#[test]
fn an_export_goes_where_a_link_leads_and_the_link_stays() {
    use std::os::unix::fs::symlink;
    let place = Place::with_articles();
    let at = |name: &str| place.path().join(name);
    std::fs::write(at("real.csv"), "old").expect("a file");
    symlink(at("real.csv"), at("link.csv")).expect("a link");
    symlink(at("corpus/paper.jsonl"), at("sly.jsonl")).expect("a link");
    assert_eq!(place.run(&["export", "石桥", "-o", "link.csv"]).code, 0);
    assert!(at("link.csv").is_symlink());
    assert!(std::fs::read_to_string(at("real.csv")).expect("the file").contains("老桥"));
    assert_eq!(place.run(&["export", "石桥", "-o", "sly.jsonl"]).code, 2);
    assert!(at("sly.jsonl").is_symlink());
}

#[test]
fn an_export_that_is_taken_in_again_keeps_what_is_known() {
    let place = Place::new();
    place.write(
        "2021-03-08.txt",
        "洛阳晚报\n\n渡口重开\n本报讯（记者 甲一）3月5日，新安县铁门镇的渡口重开，渡船运送旅客。\n\n\
         新桥通车\n本报讯（记者 甲二）近日，洛阳一座新桥通车，公路部门说车流增加。\n",
    );
    assert_eq!(place.run(&["ingest"]).code, 0);
    let exported = place.run(&["export", "--format", "jsonl"]);
    std::fs::create_dir(place.path().join("other")).expect("a folder");
    std::fs::write(place.path().join("other/again.jsonl"), &exported.stdout).expect("a file");
    let again = place.run(&["split", "other/again.jsonl", "--format", "jsonl"]).json_lines();
    let before = exported.json_lines();
    assert!(before.iter().any(|record| record["places"] != json!([])), "{before:?}");
    assert_eq!(before.len(), again.len());
    for (before, again) in before.iter().zip(&again) {
        for field in ["id", "issue", "date", "districts", "places", "topics", "byline", "body"] {
            assert_eq!(before[field], again[field], "{field}");
        }
    }
}

#[test]
fn a_district_is_known_by_its_code_and_an_unknown_topic_is_named() {
    let place = Place::new();
    let stated = json!({
        "body": "渡口重开。", "districts": [{"code": "350102", "name": "鼓楼区"}],
        "topics": ["渡口学"],
    });
    place.write("paper.jsonl", &jsonl(&[stated]));
    let record = &place.run(&["split", "corpus/paper.jsonl", "--format", "jsonl"]).json_lines()[0];
    assert_eq!(record["districts"][0]["path"], json!(["福建省", "福州市", "鼓楼区"]));
    assert!(record["warnings"].to_string().contains("渡口学"), "{record}");
}

#[test]
fn without_a_manifest_that_of_the_old_file_goes_and_what_is_not_ours_stays() {
    let place = Place::with_articles();
    let beside = place.path().join("out.csv.manifest.json");
    let run = |more: &[&str]| {
        let ran = place.run(&[&["export", "石桥", "-o", "out.csv"], more].concat());
        assert_eq!(ran.code, 0, "{}", ran.stderr);
    };
    run(&[]);
    assert!(beside.exists());
    run(&["--no-manifest"]);
    assert!(!beside.exists());
    std::fs::write(&beside, "{\"a\": 1}").expect("a file");
    run(&["--no-manifest"]);
    assert_eq!(std::fs::read(&beside).expect("the file"), b"{\"a\": 1}");
}

#[cfg(unix)]
#[test]
fn an_export_that_fails_midway_leaves_the_old_file_with_its_manifest() {
    let place = Place::with_articles();
    for file in ["out.xlsx", "out.html"] {
        let manifest = format!("{file}.manifest.json");
        let read = || {
            let read = |name: &str| std::fs::read(place.path().join(name)).expect("a file");
            (read(file), read(&manifest))
        };
        assert_eq!(place.run(&["export", "石桥", "-o", file]).code, 0);
        let before = read();
        let mut command = place.command(&["export", "-o", file]);
        let ran = command.env("TMPDIR", "/nowhere/at-all").output().expect("it runs");
        let said = String::from_utf8(ran.stderr).expect("UTF-8");
        assert_eq!(ran.status.code(), Some(2), "{said}");
        assert!(said.contains("/nowhere/at-all"), "{file}: {said}");
        assert_eq!(read(), before);
        assert_eq!(place.run(&["export", "--verify", file]).code, 0);
        assert_eq!(place.run(&["export", "-o", file]).code, 0);
        assert_ne!(read(), before);
    }
}
