//! `dibao split`.

use dibao::model::Record;

use crate::place::{Place, articles, jsonl};

#[test]
fn jsonl_prints_records_in_the_order_of_the_files_named() {
    let place = Place::new();
    let all = articles();
    place.write("b.jsonl", &jsonl(&all[..2]));
    place.write("a.jsonl", &jsonl(&all[2..]));
    let ran = place.run(&["split", "corpus/b.jsonl", "corpus/a.jsonl", "--format", "jsonl"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let records: Vec<Record> =
        ran.stdout.lines().map(|line| serde_json::from_str(line).expect("a record")).collect();
    let titles: Vec<&str> = records.iter().filter_map(|record| record.title.as_deref()).collect();
    let expected: Vec<&str> = all.iter().filter_map(|article| article["title"].as_str()).collect();
    assert_eq!(titles, expected);
}

#[test]
fn the_file_is_not_changed_and_no_index_is_made() {
    let place = Place::new();
    let text = "老桥换上新栏杆\n本报讯（记者 甲一）老石桥换上了新栏杆。\n";
    let file = place.write("page.txt", text);
    let ran = place.run(&["split", "corpus/page.txt", "--explain"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(std::fs::read_to_string(file).expect("the file"), text);
    assert!(!place.path().join("index").exists());
    for line in text.lines() {
        assert!(ran.stdout.contains(line), "{}", ran.stdout);
    }
}

#[test]
fn a_file_that_is_not_there_is_named_and_the_others_are_split() {
    let place = Place::new();
    place.write("paper.jsonl", &jsonl(&articles()));
    let ran = place.run(&["split", "missing.txt", "corpus/paper.jsonl", "--format", "jsonl"]);
    assert_eq!(ran.code, 2);
    assert_eq!(ran.stdout.lines().count(), articles().len());
    assert!(ran.stderr.contains("missing.txt"), "{}", ran.stderr);
}

#[test]
fn a_file_that_cannot_be_read_to_its_end_is_an_error() {
    let place = Place::new();
    place.write("paper.jsonl.zst", "not compressed at all");
    place.write("paper.jsonl", &jsonl(&articles()));
    let files = ["split", "corpus/paper.jsonl.zst", "corpus/paper.jsonl"];
    for format in ["text", "jsonl"] {
        let ran = place.run(&[&files[..], &["--format", format]].concat());
        assert_eq!(ran.code, 2, "{}", ran.stderr);
        assert!(ran.stderr.contains("paper.jsonl.zst"), "{}", ran.stderr);
        assert!(ran.stdout.contains("老桥换上新栏杆"), "{}", ran.stdout);
    }
}

#[test]
fn the_first_of_several_reprints_is_the_one_that_the_ingest_takes_for_it() {
    let place = Place::new();
    let body = (1..40)
        .map(|n| format!("第{n}号渡船今日开行，两岸往来{n}趟。"))
        .collect::<Vec<_>>()
        .concat();
    let on = |day: &str| serde_json::json!({"title": "渡口重开", "date": day, "body": body});
    place.write("paper.jsonl", &jsonl(&[on("2021-05-02"), on("2021-05-01")]));
    let split = place.run(&["split", "corpus/paper.jsonl", "--format", "jsonl"]).json_lines();
    assert_eq!(split[0]["reprint_of"], split[1]["id"]);
    assert_eq!(place.run(&["ingest"]).code, 0);
    let found = place.run(&["export", "--format", "jsonl"]).json_lines();
    let later = found.iter().find(|record| record["id"] == split[0]["id"]).expect("the later");
    assert_eq!(later["reprint_of"], split[1]["id"]);
}
