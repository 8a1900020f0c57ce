//! `dibao stats`.

use serde_json::json;

use crate::place::{Place, jsonl};

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
    assert_eq!(csv, "by,value,articles,possible\noutlet,山前日报,1,\n");
}

/// Three articles of January, two that are of November to January, one of a year, one without a date.
fn with_wide_dates() -> Place {
    let place = Place::new();
    let article = |number: usize, date: serde_json::Value| {
        let title = format!("第{number}篇");
        json!({"title": title, "date": date, "body": "河水涨了。"})
    };
    let between = |first: &str, last: &str| {
        json!({
            "value": null, "not_before": first, "not_after": last, "precision": "interval",
            "basis": "inferred", "text": null, "span": null, "rule": null,
        })
    };
    let mut articles: Vec<_> =
        (1..=3).map(|number| article(number, json!(format!("2023-01-0{number}")))).collect();
    articles.extend((4..=5).map(|number| article(number, between("2022-11-17", "2023-01-15"))));
    articles.push(article(6, between("2022-01-01", "2022-12-31")));
    articles.push(article(7, json!(null)));
    place.write("paper.jsonl", &jsonl(&articles));
    assert_eq!(place.run(&["ingest"]).code, 0);
    place
}

#[test]
fn what_can_be_of_several_months_is_told_apart() {
    let place = with_wide_dates();
    let ran = place.run(&["stats", "--by", "year,month", "--limit", "4"]);
    insta::assert_snapshot!(ran.stdout, @r"
    7 articles, 1 without a date, 2 in no single year, 3 in no single month, 7 without a district

    year  █ certain ░ possible
      2022  1 +2  ████████░░░░░░░░░░░░░░░░
      2023  3 +2  ████████████████████████░░░░░░░░░░░░░░░░

    month  █ certain ░ possible
      2022-10  0 +1  ░░░░░░░░
      2022-11  0 +3  ░░░░░░░░░░░░░░░░░░░░░░░░
      2022-12  0 +3  ░░░░░░░░░░░░░░░░░░░░░░░░
      2023-01  3 +2  ████████████████████████░░░░░░░░░░░░░░░░
      … 9 earlier; --limit 0 shows all
    ");
    let chinese = place.run_chinese(&["stats", "--by", "month", "--limit", "1"]);
    insta::assert_snapshot!(chinese.stdout, @r"
    7 篇，日期不详 1，跨多月 3，地区不详 7

    月  █ 确定 ░ 可能
      2023-01  3 +2  ████████████████████████░░░░░░░░░░░░░░░░
      … 更早的还有 12 行；--limit 0 全部列出
    ");
    // What is counted is what is found.
    let total = |arguments: &str| {
        let days = ["--from", "2023-01", "--to", "2023-01"];
        let other: Vec<&str> = arguments.split_whitespace().collect();
        let arguments = [&["stats", "--format", "json"], &days[..], &other[..]].concat();
        place.run(&arguments).json()["total"].clone()
    };
    assert_eq!((total(""), total("--certain")), (json!(5), json!(3)));
    let certain = place.run(&["stats", "--certain", "--by", "kind", "--format", "json"]).json();
    assert_eq!(certain["total"], 3, "without days, what is certain is the day");
}

#[test]
fn a_limit_holds_in_every_format_and_none_is_usual_for_programs() {
    let place = with_wide_dates();
    let rows = |arguments: &[&str]| -> Vec<String> {
        let all = [&["stats", "--by", "month"], arguments].concat();
        place.run(&all).stdout.lines().skip(1).map(str::to_owned).collect()
    };
    assert_eq!(rows(&["--format", "csv"]).len(), 13);
    assert_eq!(rows(&["--format", "csv", "--limit", "0"]).len(), 13);
    assert_eq!(
        rows(&["--format", "csv", "--limit", "2"]),
        ["month,2022-12,0,3", "month,2023-01,3,2"],
        "the latest"
    );
    let json = place.run(&["stats", "--by", "month", "--limit", "1", "--format", "json"]).json();
    assert_eq!(
        json["tables"],
        json!([{
            "by": "month", "spread": 3, "more": 12,
            "counts": [{"value": "2023-01", "count": 3, "possible": 2}],
        }])
    );
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
