//! `dibao stats`.

use serde_json::json;

use crate::place::Place;

#[test]
fn counts_are_tables_with_bars_that_line_up() {
    let place = Place::with_articles();
    let ran = place.run(&["stats", "--by", "district,year"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    insta::assert_snapshot!(ran.stdout, @r"
    4 articles, 0 without a date, 1 without a district

    district
      登封市  2  ████████████████████████████████████████
      荥阳市  1  ████████████████████

    year
      2020  1  █████████████▍
      2021  3  ████████████████████████████████████████
    ");
}

#[test]
fn json_and_csv_give_the_same_counts() {
    let place = Place::with_articles();
    let answer = place.run(&["stats", "石桥", "--by", "district", "--format", "json"]).json();
    assert_eq!(answer["query"], "石桥");
    assert_eq!(answer["total"], 2);
    assert_eq!(answer["tables"][0]["by"], "district");
    assert_eq!(answer["tables"][0]["counts"].as_array().map(Vec::len), Some(2));
    assert_eq!(answer["undated"], json!(0));
    let csv = place.run(&["stats", "石桥", "--by", "outlet", "--format", "csv"]).stdout;
    assert_eq!(csv, "by,value,articles\noutlet,山前日报,1\n");
}

#[test]
fn rows_beyond_the_limit_are_said_to_be_there() {
    let place = Place::with_articles();
    let ran = place.run(&["stats", "--by", "district", "--limit", "1"]);
    assert!(ran.stdout.ends_with("  … 1 more; --limit 0 shows all\n"), "{}", ran.stdout);
}

#[test]
fn nothing_to_count_is_exit_code_1() {
    let ran = Place::with_articles().run(&["stats", "\"没有这个词\""]);
    assert_eq!(ran.code, 1);
    assert!(ran.stdout.starts_with("0 articles"), "{}", ran.stdout);
}
