//! `dibao batch`.

use std::io::Write as _;
use std::process::Stdio;

use serde_json::json;

use crate::place::{Place, Ran};

fn place(lines: &str) -> Place {
    let place = Place::with_articles();
    std::fs::write(place.path().join("lines.txt"), lines).expect("a file");
    place
}

#[test]
fn each_line_has_a_row_and_those_without_hits_are_listed() {
    let place = place("石桥\n# 一条注释\n\n龙舟赛 OR 茶园\n没有这个词\n");
    let ran = place.run(&["batch", "lines.txt"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let lines: Vec<&str> = ran.stdout.lines().collect();
    assert!(lines[0].starts_with("query"), "{}", ran.stdout);
    assert!(
        lines[1].starts_with("石桥            2         2        2021-03-04  2021-05-01"),
        "{}",
        ran.stdout
    );
    assert_eq!(lines[3..], ["", "1 query without hits:", "  没有这个词"]);
    let rows = place.run(&["batch", "lines.txt", "--format", "json"]).json();
    assert_eq!((&rows[0]["articles"], &rows[0]["line"]), (&json!(2), &json!(1)));
    assert_eq!((&rows[1]["line"], &rows[1]["first"]), (&json!(4), &json!("2021-03-20")));
    assert_eq!((&rows[2]["articles"], &rows[2]["top"]), (&json!(0), &json!([])));
    let jsonl = place.run(&["batch", "lines.txt", "--format", "jsonl"]).json_lines();
    assert_eq!(Some(&jsonl), rows.as_array());
    let within = place.run(&["batch", "lines.txt", "--district", "荥阳市", "--format", "jsonl"]);
    let counts: Vec<_> = within.json_lines().iter().map(|row| row["articles"].clone()).collect();
    assert_eq!(counts, [json!(1), json!(1), json!(0)]);
}

#[test]
fn a_name_is_found_as_it_is_written_and_a_table_is_no_formula() {
    let place = place("甲一\n=石桥\n-石桥\n");
    let ran = place.run(&["batch", "lines.txt", "--names", "--format", "csv"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let rows: Vec<&str> = ran.stdout.split("\r\n").collect();
    assert!(
        rows[0].starts_with("line,query,articles,stories,first,last,error,top_1,"),
        "{}",
        rows[0]
    );
    assert!(rows[1].starts_with("1,甲一,1,1,2021-03-04,2021-03-04,,"), "{}", rows[1]);
    assert!(rows[2].starts_with("2,'=石桥,0,0,"), "{}", rows[2]);
    assert!(rows[3].starts_with("3,'-石桥,0,0,"), "{}", rows[3]);
    for (name, begins) in [("out.csv", "\u{feff}line".as_bytes()), ("out.xlsx", b"PK")] {
        let ran = place.run(&["batch", "lines.txt", "--names", "-o", name]);
        assert_eq!((ran.code, ran.stdout.as_str()), (0, ""), "{}", ran.stderr);
        assert!(ran.stderr.contains("3 queries written to"), "{}", ran.stderr);
        assert!(ran.stderr.contains("2 queries without hits"), "{}", ran.stderr);
        let file = std::fs::read(place.path().join(name)).expect("a file");
        assert!(file.starts_with(begins), "{name}");
    }
    assert_eq!(place.run(&["batch", "lines.txt", "-o", "out.pdf"]).code, 2);
}

#[test]
fn a_bad_line_is_named_and_costs_no_other() {
    let place = place("(石桥\n石桥\n");
    let ran = place.run(&["batch", "lines.txt", "--format", "jsonl"]);
    assert_eq!(ran.code, 2);
    let rows = ran.json_lines();
    assert!(rows[0]["error"].as_str().is_some_and(|why| why.contains("closing )")), "{}", rows[0]);
    assert_eq!(rows[1]["articles"], 2);
    assert!(ran.stderr.contains("line 1, (石桥: "), "{}", ran.stderr);
    let chinese = place.run_chinese(&["batch", "lines.txt"]);
    assert!(chinese.stderr.contains("第 1 行“(石桥”："), "{}", chinese.stderr);
}

#[test]
fn lines_come_from_stdin_too_and_nothing_found_is_told() {
    let place = Place::with_articles();
    let mut command = place.command(&["batch", "-"]);
    let child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = child.spawn().expect("it runs");
    let mut stdin = child.stdin.take().expect("a pipe");
    stdin.write_all("没有这个词\n".as_bytes()).expect("written");
    drop(stdin);
    let ran = Ran::from(child.wait_with_output().expect("done"));
    assert_eq!((ran.code, ran.stdout.as_str()), (1, "1 query without hits:\n  没有这个词\n"));
    assert_eq!(place.run(&["batch", "nowhere.txt"]).code, 2);
}
