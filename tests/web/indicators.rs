//! Figures over HTTP: rows, series, the page of indicators, the card of a district.

use std::sync::OnceLock;

use axum::http::StatusCode;
use bytes::Bytes;
use serde_json::{Value, json};
use sha2::Digest as _;

use super::{Place, article, ask, escaped, request, sample};

/// Two papers that differ on one number, another district, and a plan.
fn papers() -> &'static Place {
    static PAPERS: OnceLock<Place> = OnceLock::new();
    PAPERS.get_or_init(|| {
        let place = Place::empty();
        let of = |title: &str, date: &str, body: &str| article(title, date, body);
        place.write(
            "甲报.jsonl",
            &[
                of(
                    "登封市政府工作报告",
                    "2023-01-10",
                    "本报讯 1月9日，登封市人大会议开幕。2022年，登封市地区生产总值完成512.4亿元，比上年增长3.1%。力争2023年登封市地区生产总值达到540亿元。",
                ),
                of(
                    "登封市去年粮食增产",
                    "2022-01-20",
                    "本报讯 2021年，登封市地区生产总值完成498亿元，一般公共预算收入36.2亿元，增长4.5%。",
                ),
            ],
        );
        place.write(
            "乙报.jsonl",
            &[
                of(
                    "登封市经济运行平稳",
                    "2023-01-11",
                    "本报讯 2022年，登封市地区生产总值完成512.9亿元。",
                ),
                of(
                    "荥阳市经济运行平稳",
                    "2023-01-12",
                    "本报讯 2022年，荥阳市地区生产总值完成601.5亿元，同比增长5%。",
                ),
            ],
        );
        place.ingest();
        place
    })
}

fn rows(parameters: &str) -> Value {
    let answer = papers().get(&format!("/api/v1/indicators?{parameters}"));
    assert_eq!(answer.status, StatusCode::OK, "{parameters}: {}", answer.text());
    answer.json()
}

#[test]
fn rows_have_their_quotes_and_places() {
    let found = rows(&format!("name=GDP&district={}&status=actual", escaped("登封市")));
    assert_eq!(found["articles"], 3, "{found}");
    let rows = found["rows"].as_array().unwrap();
    let values: Vec<&Value> = rows.iter().map(|row| &row["value"]).collect();
    assert_eq!(rows.len(), 3, "{values:?}");
    for row in rows {
        assert_eq!([&row["name"], &row["district"]], ["地区生产总值", "登封市"]);
        let (article, quote) = (row["article"].as_str().unwrap(), row["quote"].as_str().unwrap());
        let record = papers().get(&format!("/api/v1/article/{article}")).json();
        assert!(record["body"].as_str().unwrap().contains(quote), "{row}");
        assert_eq!([&record["source"], &record["title"]], [&row["source"], &row["title"]]);
        assert_eq!(record["lines"][0][0], row["first_line"]);
        assert!(row["id"].as_str().unwrap().starts_with(article), "{row}");
    }
}

#[test]
fn rows_are_narrowed_by_articles_and_by_figures() {
    let count = |parameters: &str| rows(parameters)["rows"].as_array().unwrap().len();
    let all = count("");
    assert!(all >= 6, "{all}");
    assert_eq!(count("status=target"), 1);
    assert_eq!(count(&format!("q={}", escaped("地区:荥阳市"))), 1);
    assert_eq!(count(&format!("district={}", escaped("荥阳市"))), 1);
    assert_eq!(count("period=2021&name=GDP"), 1);
    assert_eq!(count("from=2023-01-12"), 1);
    assert_eq!(count(&format!("name={}&kind=level", escaped("一般公共预算收入"))), 1);
    assert_eq!(count("kind=share"), 0);
}

#[test]
fn pages_of_rows_are_all_of_them_in_their_order() {
    let all = rows("")["rows"].as_array().unwrap().clone();
    for limit in [1, 2, 4] {
        let mut seen: Vec<Value> = Vec::new();
        let mut address = format!("/api/v1/indicators?limit={limit}");
        loop {
            let page = papers().get(&address);
            let json = page.json();
            let rows = json["rows"].as_array().unwrap();
            assert!((1..=limit).contains(&rows.len()), "{json}");
            seen.extend(rows.iter().cloned());
            let link = page.header("link");
            let Some(next) = link.strip_suffix(">; rel=\"next\"") else {
                assert_eq!(json["next"], Value::Null);
                break;
            };
            address = next.strip_prefix('<').unwrap().to_owned();
            assert!(address.ends_with(json["next"].as_str().unwrap()), "{address}");
        }
        assert_eq!(seen, all, "{limit}");
    }
    let first = rows("limit=1");
    let other =
        format!("/api/v1/indicators?status=target&after={}", first["next"].as_str().unwrap());
    let answer = papers().get(&other);
    assert_eq!((answer.status, &answer.json()["code"]), (StatusCode::GONE, &json!("stale_cursor")));
}

#[test]
fn files_have_the_same_rows() {
    let json = rows("")["rows"].as_array().unwrap().clone();
    let get = |format: &str| papers().get(&format!("/api/v1/indicators?format={format}"));
    let jsonl = get("jsonl");
    let lines: Vec<Value> =
        jsonl.text().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines, json);
    assert_eq!(jsonl.header("content-type"), "application/x-ndjson");
    assert_eq!(jsonl.header("dibao-articles"), "4");
    let csv = get("csv");
    assert_eq!(csv.text().lines().count(), json.len() + 1);
    assert!(csv.text().starts_with("id,indicator,name,"), "{}", csv.text());
    let xlsx = get("xlsx");
    assert!(xlsx.body.starts_with(b"PK"));
    assert!(xlsx.header("content-type").ends_with("spreadsheetml.sheet"));
    assert_eq!(get("sdmx-csv").header("dibao-left-out"), "0");
    assert!(get("sdmx-csv").header("content-disposition").contains("indicators-sdmx.csv"));
    assert!(get("sdmx-csv").text().starts_with("STRUCTURE"), "{}", get("sdmx-csv").text());
}

#[test]
fn a_wide_table_is_a_file() {
    let get = |more: &str| papers().get(&format!("/api/v1/indicators?{more}"));
    let csv = get("format=csv&pivot=district,year&kind=level");
    assert!(csv.text().starts_with("district,indicator,status,"), "{}", csv.text());
    assert!(csv.text().contains(" ≠ "), "{}", csv.text());
    assert_eq!(csv.header("dibao-left-out"), "0");
    assert!(get("format=xlsx&pivot=district,year").body.starts_with(b"PK"));
    for (more, code) in [
        ("format=csv&pivot=district", "bad_value"),
        ("format=csv&pivot=district,week", "bad_value"),
        ("format=csv&pivot=year,period", "pivot_axes"),
        ("pivot=district,year", "bad_value"),
        ("manifest=true", "bad_value"),
    ] {
        let answer = get(more);
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{more}");
        assert_eq!(answer.json()["code"], code, "{more}");
    }
}

#[test]
fn a_manifest_is_of_the_same_file() {
    for address in [
        "/api/v1/indicators?format=csv&name=GDP",
        "/api/v1/indicators?format=xlsx&pivot=district,year",
        "/api/v1/export?format=csv&q=登封",
        "/api/v1/export?format=xlsx",
    ] {
        let (file, answer) =
            (papers().get(address), papers().get(&format!("{address}&manifest=true")));
        assert_eq!(answer.header("content-type"), "application/json", "{address}");
        let name = answer.header("content-disposition");
        assert!(name.contains(".manifest.json"), "{name}");
        let manifest = answer.json();
        assert_eq!(manifest["file"]["bytes"], file.body.len(), "{address}: {manifest}");
        let sum = format!("{:x}", Bytes::copy_from_slice(&sha2::Sha256::digest(&file.body)));
        assert_eq!(manifest["file"]["sha256"], sum, "{address}");
        assert_ne!(manifest["counts"]["entries"], 0);
    }
    let manifest = papers().get("/api/v1/indicators?format=csv&name=GDP&manifest=true").json();
    assert_eq!(manifest["origin"]["figures"], json!({"name": ["GDP"]}));
    assert_eq!(manifest["export"]["contents"], "indicators");
}

#[test]
fn a_series_has_conflicts_and_quotes_in_every_format() {
    let get = |more: &str| {
        let answer = papers().get(&format!("/api/v1/series?name=GDP{more}"));
        assert_eq!(answer.status, StatusCode::OK, "{more}: {}", answer.text());
        answer
    };
    let series = get("&by=year").json();
    assert_eq!(series["name"], "地区生产总值");
    let lines = series["lines"].as_array().unwrap();
    assert_eq!([&lines[0]["district"], &lines[1]["district"]], ["登封市", "荥阳市"]);
    let points = lines[0]["points"].as_array().unwrap();
    assert_eq!(points.len(), 2, "{series}");
    assert_eq!(points[1]["values"].as_array().unwrap().len(), 2, "both numbers of 2022");
    let source = &points[1]["values"][0]["sources"][0];
    assert!(source["quote"].as_str().unwrap().contains("512."), "{source}");
    let one = get(&format!("&district={}", escaped("荥阳"))).json();
    assert_eq!(one["lines"].as_array().unwrap().len(), 1);
    let changes = get("&measure=change").json();
    assert_eq!(changes["lines"][0]["unit"], "%");
    let targets = get("&status=target").json();
    assert_eq!(targets["lines"][0]["points"][0]["values"][0]["value"], 540e8);
    let csv = get("&format=csv");
    assert!(csv.text().starts_with("\u{feff}indicator,district,period_from,"), "{}", csv.text());
    let svg = get("&format=svg");
    assert_eq!(svg.header("content-type"), "image/svg+xml");
    assert!(svg.text().contains("荥阳市") && svg.text().contains("亿元"), "{}", svg.text());
}

#[test]
fn what_means_nothing_is_refused_with_near_names() {
    for (address, code, said) in [
        ("series?name=地区生产总直", "unknown_indicator", "地区生产总值"),
        ("series?name=GDP&district=登风市", "unknown_district", "登封市"),
        ("series", "indicator_missing", "name"),
        ("series?name=GDP&by=week", "bad_value", "to_date"),
        ("series?name=GDP&measure=share", "bad_value", "level"),
        ("series?name=GDP&format=pdf", "bad_value", "svg"),
        ("series?name=GDP&q=甲", "unknown_parameter", "measure"),
        ("indicators?name=地区生产总直", "unknown_indicator", "地区生产总值"),
        ("indicators?format=csv&name=地区生产总直", "unknown_indicator", "地区生产总值"),
        ("indicators?district=登风市", "unknown_district", "登封市"),
        ("indicators?status=perhaps", "bad_value", "preliminary"),
        ("indicators?kind=news", "bad_value", "share"),
        ("indicators?period=2022..", "bad_value", "period"),
        ("indicators?format=pdf", "bad_value", "sdmx-csv"),
        ("indicators?limit=0", "bad_value", "1 to 1000"),
        ("indicators?after=甲", "bad_value", "cursor"),
        ("indicators?format=csv&limit=3", "export_pages", "not paged"),
        ("indicators?sort=newest", "unknown_parameter", "topic"),
        ("indicators?role=any", "unknown_parameter", "district"),
    ] {
        let (path, parameters) = address.split_once('?').unwrap_or((address, ""));
        let pairs = parameters.split('&').filter_map(|pair| pair.split_once('='));
        let pairs: Vec<String> =
            pairs.map(|(name, value)| format!("{name}={}", escaped(value))).collect();
        let answer = papers().get(&format!("/api/v1/{path}?{}", pairs.join("&")));
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{address}");
        let problem = answer.json();
        assert_eq!(problem["code"], code, "{problem}");
        assert!(problem["detail"].as_str().unwrap().contains(said), "{problem}");
    }
    let page = papers().get(&format!("/indicators?name={}", escaped("地区生产总直")));
    assert_eq!(page.status, StatusCode::BAD_REQUEST);
    let near = format!("/indicators?name={}", escaped("地区生产总值"));
    assert!(page.text().contains(&format!("href=\"{near}\"")), "{}", page.text());
}

/// Follows every link of the page to a figure: there is an element of that name on the article's page,
/// and the words stand in it.
#[test]
fn values_of_the_page_lead_to_their_words() {
    let page = papers().get("/indicators?name=GDP&by=year");
    assert_eq!(page.status, StatusCode::OK);
    let html = dom_query::Document::from(page.text());
    let mut followed = 0;
    for link in &html.select(".values a:not(.differs)") {
        let (address, anchor) = link
            .attr("href")
            .unwrap()
            .rsplit_once('#')
            .map(|(a, b)| (a.to_owned(), b.to_owned()))
            .unwrap();
        let article = dom_query::Document::from(papers().get(&address).text());
        let words = article.select(&format!("#text #{anchor}")).text();
        assert_eq!(*words, *link.attr("title").unwrap(), "{address}");
        followed += 1;
    }
    assert_eq!(followed, 4, "{}", page.text());
    assert_eq!(html.select(".values .differs").length(), 1);
    assert!(html.select("svg a").length() >= 3, "{}", page.text());
}

#[test]
fn a_district_has_a_card_of_its_latest_figures() {
    let card = |address: &str| {
        let page = papers().get(address);
        let html = dom_query::Document::from(page.text());
        let items = html.select(".latest li");
        items.iter().map(|item| item.text().to_string()).collect::<Vec<_>>()
    };
    let items = card(&format!("/?district={}", escaped("登封市")));
    assert_eq!(items.len(), 2, "{items:?}");
    assert!(items[0].contains("地区生产总值") && items[0].contains("512."), "{items:?}");
    assert!(items[0].contains("2022") && items[1].contains("36.2亿元"), "{items:?}");
    assert_eq!(card(&format!("/?q={}", escaped("地区:登封"))), items);
    assert!(items[0].contains('≠'), "two papers differ: {items:?}");
    assert!(!items[1].contains('≠'), "{items:?}");
    // 鼓楼区 is a district of several cities, 高新区 of no list.
    for other in ["氢能", "地区:登封市 经济", "地区:鼓楼区", "地区:高新区"] {
        assert!(card(&format!("/?q={}", escaped(other))).is_empty(), "{other}");
    }
}

#[test]
fn the_overview_and_completions_know_of_figures() {
    let holdings = papers().get("/api/v1/overview").json();
    let rows = rows("")["rows"].as_array().unwrap().len();
    assert_eq!(
        [&holdings["figures"], &holdings["articles_with_figures"]],
        [&json!(rows), &json!(4)]
    );
    let page = papers().get("/overview");
    assert!(page.text().contains("href=\"/indicators\""), "{}", page.text());
    for typed in ["指标:生产", "指标:gdp", "地区生产"] {
        let found = papers().get(&format!("/api/v1/suggest?q={}", escaped(typed))).json();
        let found = found["completions"].as_array().unwrap();
        let first = found.iter().find(|one| one["kind"] == "indicator").expect(typed);
        assert_eq!(first["query"], "指标:地区生产总值", "{typed}");
        let query = escaped(first["query"].as_str().unwrap());
        let search = papers().get(&format!("/api/v1/search?q={query}&limit=0&ungrouped=1")).json();
        assert_eq!(first["articles"], search["total"], "{typed}");
    }
}

#[test]
fn the_sample_corpus_has_figures_and_a_page() {
    let all = sample().get("/api/v1/indicators?limit=1000").json();
    let rows = all["rows"].as_array().unwrap();
    assert!(rows.len() > 10, "{}", rows.len());
    let english = [("accept", "text/html"), ("accept-language", "en")];
    let names = ask(sample().options(), request("/indicators", &english));
    let html = dom_query::Document::from(names.text());
    let first = html.select("#main .chips a").first();
    let page = sample().get(&first.attr("href").unwrap());
    assert_eq!(page.status, StatusCode::OK);
    let count: u64 = first.select(".soft").text().parse().unwrap();
    assert!(count > 0, "{}", page.text());
}
