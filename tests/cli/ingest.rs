//! `dibao ingest`.

use crate::place::{Place, articles, jsonl};

#[test]
fn the_summary_goes_to_stdout_and_the_progress_to_stderr() {
    let place = Place::new();
    place.write("paper.jsonl", &jsonl(&articles()));
    let ran = place.run(&["ingest"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    for fact in ["files", "1 read", "articles", "4", "news 3", "document 1", "unplaced"] {
        assert!(ran.stdout.contains(fact), "{fact} is missing in:\n{}", ran.stdout);
    }
    let again = place.run(&["ingest"]);
    assert!(again.stdout.contains("0 read, 1 unchanged"), "{}", again.stdout);
}

#[test]
fn json_is_one_object() {
    let place = Place::new();
    place.write("paper.jsonl", &jsonl(&articles()));
    let ran = place.run(&["ingest", "--format", "json"]);
    assert!(ran.json().is_object());
}

#[test]
fn a_folder_that_is_not_there_is_an_error_that_names_it() {
    let place = Place::new();
    let ran = place.run(&["ingest", "corpus/missing"]);
    assert_eq!(ran.code, 2, "{}", ran.stderr);
    assert!(ran.stderr.contains("corpus/missing"), "{}", ran.stderr);
}

#[test]
fn files_that_are_not_taken_are_counted() {
    let place = Place::new();
    place.write("paper.jsonl", &jsonl(&articles()));
    place.write("scan.PDF", "no text");
    place.write(".draft.txt", "渡口");
    let ran = place.run(&["ingest"]);
    assert!(ran.stdout.contains("1 of other kinds (.pdf 1), 1 hidden\n"), "{}", ran.stdout);
    let report = place.run(&["ingest", "--format", "json"]).json();
    assert_eq!((&report["other_kinds"]["pdf"], &report["hidden"]), (&1.into(), &1.into()));
}
