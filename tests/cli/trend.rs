//! `dibao trend`.

use serde_json::json;

use crate::place::{Place, jsonl};

/// Forty articles in five months of two years: four with 氢能 and two with 光伏, in two districts.
fn with_months() -> Place {
    let place = Place::new();
    let mut articles = Vec::new();
    for (month, hydrogen, solar, other) in [
        ("2022-11", 1, 0, 9),
        ("2022-12", 0, 1, 7),
        ("2023-01", 2, 1, 5),
        ("2023-04", 1, 0, 9),
        ("2023-05", 0, 0, 4),
    ] {
        let bodies = [
            ("登封的氢能站开张。", hydrogen),
            ("荥阳的光伏板发电。", solar),
            ("河水涨了。", other),
        ];
        for (body, count) in bodies {
            for at in 0..count {
                let district =
                    if body.starts_with('登') || at % 2 == 0 { "登封市" } else { "荥阳市" };
                articles.push(json!({
                    "title": format!("{month}之{}", articles.len()), "date": format!("{month}-03"),
                    "body": body, "districts": [district],
                }));
            }
        }
    }
    place.write("paper.jsonl", &jsonl(&articles));
    assert_eq!(place.run(&["ingest"]).code, 0);
    place
}

#[test]
fn words_stand_beside_each_other_month_by_month() {
    let ran = with_months().run(&["trend", "氢能", "光伏"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    insta::assert_snapshot!(ran.stdout, @r"
    articles by month; ‰: per thousand of all articles of the month; bars: articles

             all   氢能                                        光伏
    2022-11   10   1   100.0‰  ██████████████▌                 0     0.0‰
    2022-12    8   0     0.0‰                                  1   125.0‰  ██████████████▌
    2023-01    8   2   250.0‰  █████████████████████████████   1   125.0‰  ██████████████▌
    … 2 months without articles
    2023-04   10   1   100.0‰  ██████████████▌                 0     0.0‰
    2023-05    4   0     0.0‰                                  0     0.0‰
    total     40   4   100.0‰                                  2    50.0‰
    ");
}

#[test]
fn districts_are_each_measured_against_their_own_articles() {
    let place = with_months();
    let ran = place.run(&[
        "trend",
        "氢能",
        "--by-district",
        "登封市,荥阳",
        "--by",
        "quarter",
        "--per-thousand",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(ran.stderr, "荥阳: nothing found\n");
    insta::assert_snapshot!(ran.stdout, @r"
    articles by quarter; ‰: per thousand of all articles of the quarter; bars: ‰

              登封市                                        荥阳
    2022-Q4   1 of  11    90.9‰  ██████▌                    0 of   7     0.0‰
    2023-Q1   2 of   6   333.3‰  ████████████████████████   0 of   2     0.0‰
    2023-Q2   1 of   8   125.0‰  █████████                  0 of   6     0.0‰
    total     4 of  25   160.0‰                             0 of  15     0.0‰
    ");
}

#[test]
fn json_and_csv_give_the_same_numbers() {
    let place = with_months();
    let csv = place.run(&["trend", "氢能", "--by", "year", "--format", "csv"]).stdout;
    assert_eq!(
        csv,
        "period,name,articles,of,per_thousand,possible\n\
         2022,氢能,1,18,55.56,0\n2023,氢能,3,22,136.36,0\n"
    );
    let trend = place.run(&["trend", "氢能", "--by", "year", "--format", "json"]).json();
    assert_eq!(
        trend,
        json!({"by": "year", "lines": [{
            "name": "氢能", "articles": 4, "spread": 0, "undated": 0,
            "points": [
                {"period": "2022", "articles": 1, "possible": 0, "of": 18, "per_thousand": 55.56},
                {"period": "2023", "articles": 3, "possible": 0, "of": 22, "per_thousand": 136.36},
            ],
        }]})
    );
}

#[test]
fn what_may_be_of_several_months_is_no_part_of_a_share() {
    let place = Place::new();
    let mut articles = vec![
        json!({"title": "甲", "date": "2022-12-03", "body": "氢能站开张。"}),
        json!({"title": "乙", "date": "2022-12-04", "body": "河水涨了。"}),
    ];
    for title in ["丙", "丁"] {
        articles.push(json!({
            "title": title, "body": "氢能大巴上路。",
            "date": {"value": null, "not_before": "2022-11-20", "not_after": "2022-12-10",
                "precision": "interval", "basis": "inferred", "text": null, "span": null, "rule": null},
        }));
    }
    place.write("paper.jsonl", &jsonl(&articles));
    assert_eq!(place.run(&["ingest"]).code, 0);
    let ran = place.run(&["trend", "氢能", "河水", "--svg", "图.svg"]);
    insta::assert_snapshot!(ran.stdout, @r"
    articles by month; ‰: per thousand of all articles of the month; bars: articles
    +N: more that may be of the month; spread: in no single month

             all   氢能                                        河水
    2022-11    0   – +2                                        –
    2022-12    2   1 +2   500.0‰  ██████████████████████████   1      500.0‰  ██████████████████████████
    total      2   1      500.0‰                               1      500.0‰
    spread         2                                           0
    ");
    let csv = place.run(&["trend", "氢能", "--format", "csv"]).stdout;
    let rows: Vec<&str> = csv.lines().skip(1).collect();
    assert_eq!(rows, ["2022-11,氢能,0,0,,2", "2022-12,氢能,1,2,500,2"]);
    let svg = std::fs::read_to_string(place.path().join("图.svg")).expect("a file");
    let said = "Not in the lines, being in no single month: 氢能: 2 articles.</desc>";
    assert!(svg.contains(said), "{svg}");
}

#[test]
fn filters_narrow_both_the_word_and_what_it_is_measured_against() {
    let place = with_months();
    let filters =
        ["--from", "2022-12", "--to", "2023-01", "--district", "登封市", "--format", "csv"];
    let csv = place.run(&[&["trend", "氢能"], &filters[..]].concat()).stdout;
    let rows: Vec<&str> = csv.lines().skip(1).collect();
    // Of the others in a month every second one is of the district.
    assert_eq!(rows, ["2022-12,氢能,0,5,0,0", "2023-01,氢能,2,6,333.33,0"]);
}

#[test]
fn the_chart_is_a_document_of_its_own() {
    let place = with_months();
    let ran = place.run(&["trend", "氢能", "光伏", "--svg", "氢能.svg"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, "chart written to 氢能.svg\n"));
    assert!(ran.stdout.contains("2023-04"), "{}", ran.stdout);
    let svg = std::fs::read_to_string(place.path().join("氢能.svg")).expect("a file");
    insta::assert_snapshot!(svg.replace("><", ">\n<"));
}

#[test]
fn what_cannot_be_compared_is_an_error() {
    let place = with_months();
    for arguments in [
        &["trend"][..],
        &["trend", "a", "b", "--by-district", "登封市"],
        &["trend", "a", "--by-district", "登封市", "--district", "荥阳市"],
        &["trend", "a", "--by-district", "没有这个县"],
        &["trend", "a", "--undated"],
        &["trend", "a", "b", "c", "d", "e", "f", "g", "h", "i"],
        &["trend", "\"a"],
        &["trend", "氢能", "--svg", "corpus/a.svg"],
        &["trend", "氢能", "--svg", "nowhere/a.svg"],
    ] {
        let ran = place.run(arguments);
        assert_eq!(ran.code, 2, "{arguments:?}: {}", ran.stdout);
    }
    let many = ["trend", "a", "b", "c", "d", "e", "f", "g", "h", "i"];
    assert_eq!(place.run(&many).stderr, "error: too many lines: 9; at most 8\n");
    assert_eq!(place.run_chinese(&many).stderr, "错误：9 条线太多，难以分辨；至多 8 条\n");
    let undated = place.run(&["trend", "a", "--undated"]).stderr;
    assert_eq!(undated, "error: undated articles cannot be compared over time; remove `undated`\n");
}

#[test]
fn words_that_nobody_wrote_are_nothing_found() {
    let place = with_months();
    let ran = place.run(&["trend", "没有这个词"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (1, ""));
    assert!(ran.stderr.starts_with("nothing found in 40 articles"), "{}", ran.stderr);
    let ran = place.run(&["trend", "没有这个词", "氢能"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, "没有这个词: nothing found\n"));
    let empty = Place::new();
    assert_eq!(empty.run(&["ingest"]).code, 1);
    assert_eq!(empty.run(&["trend", "氢能", "--svg", "a.svg"]).code, 1);
}

#[test]
fn a_line_says_how_many_articles_have_only_some_of_its_words() {
    let place = with_months();
    let some = place.run(&["trend", "氢能 光伏", "河水 登封", "--lang", "en"]);
    let told = some.stderr.lines().filter(|line| line.contains("--any")).count();
    assert_eq!(told, 2, "{}", some.stderr);
    let any = place.run(&["trend", "氢能 光伏", "河水 登封", "--any", "--lang", "en"]);
    assert!(!any.stderr.contains("--any"), "{}", any.stderr);
}
