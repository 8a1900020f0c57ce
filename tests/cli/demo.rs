//! `dibao demo`.

use crate::place::{Place, articles, jsonl};

#[test]
fn the_demo_prints_commands_that_can_be_typed_again() {
    let place = Place::new();
    place.write("paper.jsonl", &jsonl(&articles()));
    let ran = place.run(&["demo"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let commands: Vec<&str> =
        ran.stderr.lines().filter_map(|line| line.strip_prefix("$ dibao ")).collect();
    let names: Vec<&str> = commands.iter().filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(names, ["ingest", "stats", "search", "show", "export", "check"]);
    for command in &commands[1..5] {
        let arguments: Vec<&str> = command.split(' ').collect();
        assert_eq!(place.run(&arguments).code, 0, "{command}");
    }
}

#[test]
fn without_a_corpus_the_demo_says_what_is_missing() {
    let place = Place::new();
    let ran = place.run(&["demo", "--corpus", "missing"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("missing"), "{}", ran.stderr);
}
