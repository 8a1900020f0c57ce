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
        (["series", "地区生产总直", "--by", "year"], "(did you mean 地区生产总值"),
        (["indicators", "--name", "生产总值，GDPP", "--status=actual"], "no indicator is called"),
        (["indicators", "--district", "登丰市", "--status=actual"], "登封市"),
        (["indicators", "指标:地区生产总值>500亿斤", "--status", "actual"], "its units are 元"),
        (["search", "指标:地区生产总纸>500亿元", "--kind", "news"], "地区生产总值"),
        (["series", "GDP", "--period", "2022.."], "period=2022..: not a time with both ends"),
        (["indicators", "-o", "a.xyz", "--status=actual"], "use csv, jsonl, xlsx or txt"),
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

#[test]
fn rows_are_exported_for_spreadsheets_and_for_statistical_software() {
    let place = with_figures();
    let csv = place.run(&["indicators", "--format", "csv", "--status", "actual"]).stdout;
    assert!(csv.contains(",512.4,,亿元,51240000000,"), "{csv}");
    for (file, more) in [("a.xlsx", ""), ("b.xlsx", "--pivot=district,year")] {
        let args: Vec<&str> =
            ["indicators", "-o", file, more].into_iter().filter(|a| !a.is_empty()).collect();
        let ran = place.run(&args);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        assert!(std::fs::read(place.path().join(file)).expect("it").starts_with(b"PK"));
    }
    let sdmx = place.run(&["indicators", "--format", "sdmx-csv", "--name", "GDP"]).stdout;
    let rows: Vec<Vec<&str>> = sdmx.lines().map(|row| row.split(',').collect()).collect();
    assert_eq!(rows[0][..5], ["STRUCTURE", "STRUCTURE_ID", "ACTION", "INDICATOR", "REF_AREA"]);
    let stated = |measure: &str, status: &str| {
        let fits = |row: &&Vec<&str>| row[6] == measure && row[7] == status;
        rows.iter().filter(fits).map(|row| row[9..14].to_vec()).collect::<Vec<_>>()
    };
    assert_eq!(
        stated("LEVEL", "ACTUAL"),
        [["2022", "512.9", "元", "8", "A"], ["2022", "512.4", "元", "8", "A"]]
    );
    assert_eq!(stated("YOY", "ACTUAL"), [["2022", "3.1", "%", "0", "A"]]);
    assert_eq!(stated("LEVEL", "TARGET"), [["2023", "540", "元", "8", "F"]]);
    assert!(rows.iter().skip(1).all(|row| row[3..5] == ["GDP", "410185"]), "{sdmx}");
}

#[test]
fn a_wide_table_shows_all_values_of_a_cell() {
    let place = with_figures();
    let ran = place.run(&["indicators", "--pivot", "district,year", "--kind", "level"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let rows: Vec<&str> = ran.stdout.lines().collect();
    assert!(rows[0].starts_with("district  indicator"), "{}", ran.stdout);
    assert!(rows[1].contains("512.9亿元 ≠ 512.4亿元"), "{}", ran.stdout);
    assert!(rows[2].contains("target") && rows[2].ends_with("540亿元"), "{}", ran.stdout);
    assert!(ran.stderr.contains("1 cell with values that differ"), "{}", ran.stderr);
    for bad in [["year,period", "text"], ["district", "csv"], ["district,year", "jsonl"]] {
        let ran = place.run(&["indicators", "--pivot", bad[0], "--format", bad[1]]);
        assert_eq!(ran.code, 2, "{bad:?}: {}", ran.stderr);
    }
    assert_eq!(place.run(&["indicators", "--kind", "share"]).code, 1);
}

#[test]
fn articles_are_filtered_and_what_finds_nothing_is_explained() {
    let place = with_figures();
    assert_eq!(place.run(&["indicators", "--from", "2023-01-09", "--name", "GDP"]).code, 0);
    let earlier = place.run(&["indicators", "--to", "2023-01-08", "--name", "GDP"]);
    assert!(earlier.code == 1 && earlier.stderr.contains("without --from"), "{}", earlier.stderr);
    let nothing = place.run(&["indicators", "登封市", "生产总值", "火星"]);
    assert_eq!(nothing.code, 1);
    assert!(nothing.stderr.contains("no article has 火星"), "{}", nothing.stderr);
    // A table without rows has its head.
    let csv = place.run(&["indicators", "火星", "--format", "csv"]).stdout;
    assert!(csv.starts_with("id,indicator,") && csv.lines().count() == 1, "{csv}");
}

#[test]
fn a_file_for_programs_has_no_byte_order_mark() {
    let place = with_figures();
    assert_eq!(place.run(&["indicators", "-o", "a.csv"]).code, 0);
    let table = std::fs::read_to_string(place.path().join("a.csv")).expect("a table");
    assert!(table.starts_with("id,"), "{table}");
}

#[test]
fn bars_of_all_districts_have_one_scale() {
    let place = Place::new();
    let page = |text: &str| format!("# 去年数据公布\n\n本报讯(记者 甲乙){text}\n");
    let wide = "2022年，登封市地区生产总值完成512.123456亿元。";
    place.write("甲报/2023-01-10.md", &page(wide));
    place.write("乙报/2023-01-11.md", &page("2022年，荥阳市地区生产总值完成512亿元。"));
    assert_eq!(place.run(&["ingest"]).code, 0);
    let chart = place.run(&["series", "GDP", "--format", "chart"]).stdout;
    let bars: Vec<usize> = chart.lines().map(|line| line.matches('█').count()).collect();
    let bars: Vec<usize> = bars.into_iter().filter(|&blocks| blocks > 0).collect();
    assert!(bars.len() == 2 && bars[0] == bars[1], "{chart}");
}

#[test]
fn changes_are_a_series_of_their_own() {
    let place = with_figures();
    place.write(
        "乙报/2024-01-11.md",
        "# 登封市公布上年数据\n\n本报讯(记者 甲乙)据初步核算，2023年，登封市地区生产总值比上年下降1.5%，固定资产投资增长8%。\n",
    );
    assert_eq!(place.run(&["ingest"]).code, 0);
    let ran = place.run(&["series", "GDP"]);
    assert!(ran.stderr.contains("1 statement more of a change alone"), "{}", ran.stderr);
    let changes = place.run(&["series", "GDP", "--measure", "change"]).stdout;
    assert!(changes.contains("2022  3.1%") && changes.contains("2023  -1.5%"), "{changes}");
    let chart = place.run(&["series", "GDP", "--measure", "change", "--format", "chart"]).stdout;
    let bars: Vec<usize> = chart.lines().map(|line| line.matches('█').count()).collect();
    assert!(bars[1] > bars[2] && bars[2] > 0, "{chart}");
    let csv =
        place.run(&["series", "固定资产投资", "--measure", "change", "--format", "csv"]).stdout;
    assert!(csv.contains(",change,,,actual,true,"), "{csv}");
    let preliminary = place.run(&["indicators", "--status", "preliminary"]);
    assert!(preliminary.stdout.contains("preliminary"), "{}", preliminary.stdout);
    assert!(preliminary.stderr.contains("2 values found"), "{}", preliminary.stderr);
    assert!(preliminary.stdout.contains("· 登封市公布上年数据"), "{}", preliminary.stdout);
}

#[test]
fn statistics_say_how_many_figures_there_are() {
    let place = with_figures();
    let stats = place.run(&["stats", "--by", "indicator,genre"]).stdout;
    assert!(stats.contains("3 figures of indicators in 2 articles\n"), "{stats}");
    assert!(stats.contains("\nindicator\n  地区生产总值  2  "), "{stats}");
    let csv = place.run(&["stats", "力争", "--by", "indicator", "--format", "csv"]).stdout;
    assert_eq!(csv, "by,value,articles,possible\nindicator,地区生产总值,1,\n");
}

#[test]
fn doubtful_figures_are_listed_for_review() {
    let place = Place::new();
    let page = |year: u32, numbers: &str| {
        format!("# 登封市{year}年经济数据\n\n本报讯(记者 甲乙)1月9日，登封市公布数据。{numbers}\n")
    };
    let product = |year: u32, text: &str| format!("{year}年，登封市地区生产总值{text}");
    for (year, numbers) in [
        (2019, "400亿元，增长5%。"),
        (2020, "4500亿元。"),
        (2021, "441亿元，增长5.5%。"),
        (2022, "735亿元，增长4%。"),
        (2023, "520亿元，其中第一产业增加值20亿元，第二产业增加值200亿元，第三产业增加值200亿元。"),
    ] {
        let issue = format!("甲报/{}-01-10.md", year + 1);
        place.write(&issue, &page(year, &product(year, numbers)));
    }
    // Whose projects they are is a guess: that of the ministry.
    let guess = "# 惠民项目进展\n\n本报讯(记者 甲乙)财政部介绍，今年完成45个惠民项目。\n";
    place.write("甲报/2024-02-10.md", guess);
    assert_eq!(place.run(&["ingest"]).code, 0);
    let text = place.run(&["check"]).stdout;
    for said in [
        "figures ten times those beside them, or a tenth: 1\n",
        "others state 2019 400亿元, 2021 441亿元",
        "figures that do not follow from the year before and their growth: 2\n",
        "441亿元 the year before and +4% would be 458.64亿元",
        "parts that do not add up to the whole: 1\n",
        "the parts add up to 420亿元 instead of 520亿元",
        "figures read with low confidence: 1\n",
        "read with confidence 0.60",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    let json: serde_json::Value =
        serde_json::from_str(&place.run(&["check", "--format", "json"]).stdout).expect("JSON");
    let groups = json.as_array().expect("groups");
    let sum = groups.iter().find(|group| group["matter"] == "figure_sum").expect("a sum");
    let found = &sum["findings"][0];
    assert_eq!((&found["source"], &found["line"]), (&"甲报/2024-01-10.md".into(), &1.into()));
    assert!(found["quote"].as_str().is_some_and(|quote| quote.contains("520亿元")), "{found}");
    // Units that do not fit are among them, too.
    let unit = "# 登封市统计数据\n\n本报讯(记者 甲乙)2022年，登封市地区生产总值735亿斤。\n";
    place.write("甲报/2024-03-10.md", unit);
    assert_eq!(place.run(&["ingest"]).code, 0);
    let json = place.run(&["check", "--all", "--format", "json"]).json();
    let of_one_article = ["unsure_figure", "figure_unit", "figure_sum"];
    let groups = json.as_array().expect("groups").iter();
    let groups = groups.filter(|group| of_one_article.iter().any(|of| group["matter"] == *of));
    let found = groups.flat_map(|group| group["findings"].as_array().expect("findings"));
    let articles: std::collections::BTreeSet<&str> =
        found.map(|finding| finding["id"].as_str().expect("an id")).collect();
    let review = place.run(&["search", "--review", "doubtful_figure", "--format", "json"]).json();
    assert_eq!(review["total"], articles.len(), "{articles:?}");
    let review = place.run(&["search", "--review", "doubtful_figure"]).stdout;
    assert!(review.contains("520亿元") && review.contains("45个惠民项目"), "{review}");
}

#[test]
fn a_name_is_known_wherever_in_the_index_it_stands() {
    let place = Place::new();
    let page = |text: &str| format!("# 登封市动态\n\n本报讯(记者 甲乙)2023年，登封市{text}。\n");
    place.write("甲报/2024-01-10.md", &page("A级旅游景区32家"));
    assert_eq!(place.run(&["ingest"]).code, 0);
    // Another segment, without the name.
    place.write("甲报/2024-01-11.md", &page("常住人口72.9万人"));
    assert_eq!(place.run(&["ingest"]).code, 0);
    let series = place.run(&["series", "A级旅游景区"]);
    assert_eq!(series.code, 0, "{}", series.stderr);
    assert!(series.stdout.contains("32家"), "{}", series.stdout);
}
