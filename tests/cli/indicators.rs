//! `dibao indicators` and `dibao series`.

use crate::place::Place;

/// Two papers that differ on one number.
fn with_figures() -> Place {
    let place = Place::new();
    let page = |numbers: &str| {
        format!("# 登封市政府工作报告\n\n本报讯(记者 甲乙)1月9日，登封市人大会议开幕。{numbers}\n")
    };
    let first = "2022年，全市地区生产总值完成512.4亿元，比上年增长3.1%。";
    place
        .write("甲报/2023-01-10.md", &page(&format!("{first}力争2023年地区生产总值达到540亿元。")));
    place.write("乙报/2023-01-11.md", &page("2022年，全市地区生产总值完成512.9亿元。"));
    assert_eq!(place.run(&["ingest"]).code, 0);
    place
}

#[test]
fn a_row_a_value_with_its_quote() {
    let place = with_figures();
    let ran = place.run(&["indicators", "--status", "actual", "--name", "GDP"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(
        ran.stdout.contains("地区生产总值 · 512.4亿元 · +3.1% year on year · 2022 · 登封市"),
        "{}",
        ran.stdout
    );
    assert!(
        ran.stdout.contains("\n    地区生产总值完成512.4亿元，比上年增长3.1%"),
        "{}",
        ran.stdout
    );
    assert!(ran.stderr.contains("2 values found"), "{}", ran.stderr);
    let jsonl = place.run(&["indicators", "--status", "target", "--format", "jsonl"]).stdout;
    let rows: Vec<serde_json::Value> =
        jsonl.lines().map(|line| serde_json::from_str(line).expect("an object")).collect();
    assert_eq!(rows.len(), 1, "{jsonl}");
    assert_eq!(
        (&rows[0]["value_si"], &rows[0]["source"]),
        (&540e8.into(), &"甲报/2023-01-10.md".into())
    );
    let csv = place.run(&["indicators", "--format", "csv"]).stdout;
    let head = csv.lines().next().unwrap_or_default();
    assert!(head.starts_with("id,indicator,name,name_printed,district,"), "{head}");
    assert_eq!(csv.lines().count(), 4);
    assert_eq!(place.run(&["indicators", "--name", "粮食产量"]).code, 1);
}

#[test]
fn what_papers_differ_on_is_shown_with_both_quotes() {
    let place = with_figures();
    let ran = place.run(&["series", "GDP", "--svg", "gdp.svg"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stdout.contains("2022  512.4亿元 ≠ 512.9亿元"), "{}", ran.stdout);
    assert!(ran.stdout.contains("≠ 登封市 2022\n  512.4亿元 · 1 article\n"), "{}", ran.stdout);
    assert!(!ran.stdout.contains("540"), "{}", ran.stdout);
    let svg = std::fs::read_to_string(place.path().join("gdp.svg")).expect("a chart");
    assert!(svg.contains("登封市"), "{svg}");
    let csv = place.run(&["series", "地区生产总值", "--format", "csv"]).stdout;
    assert!(csv.contains("登封市,2022-01-01,2022-12-31,51240000000,元,1,true,"), "{csv}");
}

#[test]
fn what_is_not_understood_is_named_with_what_is_near_it() {
    let place = with_figures();
    for (args, said) in [
        (["series", "地区生产总直", "--by", "year"], "(near it: 地区生产总值"),
        (["indicators", "--name", "生产总值，GDPP", "--status=actual"], "no indicator is called"),
        (["indicators", "--district", "登丰市", "--status=actual"], "登封市"),
        (["indicators", "指标:地区生产总值>500亿斤", "--status", "actual"], "its units are 元"),
        (["search", "指标:地区生产总纸>500亿元", "--kind", "news"], "地区生产总值"),
        (["series", "GDP", "--period", "2022.."], "period=2022..: not a time with both ends"),
        (["indicators", "-o", "a.xyz", "--status=actual"], "use csv, jsonl or txt"),
    ] {
        let ran = place.run(&args);
        assert_eq!(ran.code, 2, "{args:?}: {}", ran.stderr);
        assert!(ran.stderr.contains(said), "{args:?}: {}", ran.stderr);
    }
    // What is known, but not stated, is no error.
    assert_eq!(place.run(&["series", "粮食产量"]).code, 1);
    assert_eq!(place.run(&["series", "GDP", "--district", "新密"]).code, 1);
    assert_eq!(place.run(&["series", "GDP", "--district", "410185"]).code, 0);
}

#[test]
fn a_search_says_which_numbers_it_found() {
    let place = with_figures();
    let ran = place.run(&["search", "指标:地区生产总值>512.5亿元"]);
    assert!(ran.stdout.contains("地区生产总值 · 512.9亿元"), "{}", ran.stdout);
    assert!(!ran.stdout.contains("512.4亿元 ·"), "{}", ran.stdout);
}
