//! Pages as a reader gets them, without a browser.

use axum::http::StatusCode;

use super::{ask, request, sample};

#[test]
fn a_page_is_in_the_language_of_the_browser_or_of_choice() {
    let of = |name: &str, value: &str| {
        let answer = ask(sample().options(), request("/api", &[(name, value)]));
        assert_eq!(answer.status, StatusCode::OK);
        answer.text().contains("<html lang=\"en\"")
    };
    assert!(of("accept-language", "en-GB,en;q=0.9"));
    assert!(!of("accept-language", "zh-CN"));
    assert!(of("cookie", "dibao-lang=en"));
}

#[test]
fn a_chinese_page_says_in_chinese_what_cannot_be_answered() {
    let chinese = [("accept", "text/html"), ("accept-language", "zh-CN")];
    for address in [
        "/nowhere",
        "/article/nobody",
        "/article/nobody/compare/nothing",
        "/source",
        "/source?file=no.txt",
        "/source?file=no.txt&from=many",
        "/source?colour=red",
        "/overview?files=some",
        "/trend?measure=length",
        "/trend?by=week",
        "/trend?line=a&undated=1",
        "/trend?line=1&line=2&line=3&line=4&line=5&line=6&line=7&line=8&line=9&line=10",
        "/trend?line=%E2%80%9Ca",
        "/trend?line=a&district=nowhere",
        "/trend?line=a&topic=nothing",
        "/export?limit=3",
        "/export?format=pdf",
        "/export?q=a&q=b",
        "/feed?from=2023/02",
        "/feed?colour=red",
        "/feed?undated=perhaps",
        "/sitemap.xml",
        "/api/try?path=/elsewhere",
        "/assets/nothing.js",
        "/lang/fr",
        "/lang/zh?back=//elsewhere",
        "/?from=2023/02",
        "/?from=2024&to=2023",
        "/?kind=book",
        "/?sort=best",
        "/?limit=1000",
        "/?undated=1&certain=1",
        "/?offset=10&after=1",
        "/?after=nowhere",
        "/?district=nowhere",
        "/?topic=nothing",
    ] {
        let answer = ask(sample().options(), request(address, &chinese));
        assert!(answer.status.is_client_error(), "{address}: {}", answer.status);
        let text = answer.text();
        assert!(text.contains("<html lang=\"zh-CN\""), "{address}: {text}");
        assert!(!text.contains("<span lang=\"en\""), "{address}: {text}");
    }
}

#[test]
fn a_chinese_page_gives_the_reasons_of_the_program_in_chinese() {
    let chinese = [("accept", "text/html"), ("accept-language", "zh-CN")];
    let found = sample().get("/api/v1/search?limit=20").json();
    let hits = found["hits"].as_array().expect("hits");
    assert!(!hits.is_empty());
    for hit in hits {
        let address = format!("/article/{}", hit["id"].as_str().expect("an id"));
        let text = ask(sample().options(), request(&address, &chinese)).text().to_owned();
        assert!(!text.contains("<span lang=\"en\""), "{address}: {text}");
    }
}

/// Every link of a page that stands with a number of articles finds that many.
#[test]
fn what_a_count_leads_to_are_as_many_articles() {
    let mut checked = 0;
    for page in [
        "/",
        "/?q=%E9%A1%B9%E7%9B%AE",
        "/overview",
        "/trend?line=%E4%BC%81%E4%B8%9A&line=%E6%B0%B4",
    ] {
        let answer = sample().get(page);
        let html = dom_query::Document::from(answer.text());
        // Bars and cells of drawings say their number in a title: `2023-02：12 篇`.
        for link in &html.select("svg a") {
            let title = link.select("title").text();
            let number = title.rsplit_once('：').expect("a number").1.replace(['篇', ' '], "");
            checked += assert_finds(&link.attr("href").expect("an address"), &number, page);
        }
        // So do rows of tables.
        for link in &html.select("td.number a") {
            let number = link.text().replace(',', "");
            checked += assert_finds(&link.attr("href").expect("an address"), &number, page);
        }
        for choice in &html.select("a.choice") {
            let number = choice.select(".number").text().replace(',', "");
            checked += assert_finds(&choice.attr("href").expect("an address"), &number, page);
        }
    }
    assert!(checked > 200, "{checked}");
}

fn assert_finds(address: &str, number: &str, page: &str) -> usize {
    let wanted: u64 = number.parse().unwrap_or_else(|_| panic!("{page}: {address}: {number}"));
    let parameters = address.strip_prefix("/?").unwrap_or_else(|| panic!("{page}: {address}"));
    let found = sample().get(&format!("/api/v1/search?{parameters}&limit=0&ungrouped=true"));
    assert_eq!(found.json()["total"], wanted, "{page}: {address}");
    1
}

#[test]
fn a_line_that_cannot_be_read_is_shown_in_its_form_and_programs_are_told_as_before() {
    let chinese = [("accept", "text/html"), ("accept-language", "zh-CN")];
    for (address, said) in [
        ("/trend?line=a&line=%E2%80%9Cb", "词 2："),
        ("/trend?line=a&line=%E4%B8%BB%E9%A2%98:nothing", "词 2："),
        ("/trend?line=a&district=nowhere", "没有名为“nowhere”的地区"),
        ("/trend?line=a&from=2023/02", "2023/02"),
    ] {
        let answer = ask(sample().options(), request(address, &chinese));
        assert_eq!(answer.status, 400, "{address}");
        let text = answer.text();
        assert!(text.contains("action=\"/trend\"") && text.contains("value=\"a\""), "{text}");
        assert!(text.contains(said), "{address}: {text}");
        let told = sample().get(&address.replacen("/trend", "/api/v1/trend", 1));
        assert_eq!(told.status, 400, "{address}");
        assert!(told.json()["type"].is_string(), "{address}");
    }
}

#[test]
fn a_page_in_the_other_language_is_the_same_page() {
    let explained = sample().get("/?q=a&explain=1");
    assert!(explained.text().contains("back=%2F%3Fq%3Da%26explain%3D1"), "{}", explained.text());
    let all = sample().get("/overview?rows=all");
    assert!(all.text().contains("back=%2Foverview%3Frows%3Dall"), "{}", all.text());
}

#[test]
fn an_address_that_grew_on_its_way_is_still_the_search() {
    let grown = sample().get("/?q=%E9%A1%B9%E7%9B%AE&utm_source=mail&fbclid=%3Cb%3E");
    assert_eq!(grown.status, StatusCode::OK);
    assert!(grown.text().contains("<code>utm_source、fbclid</code>"), "{}", grown.text());
    for page in
        ["/overview?fbclid=1", "/help?utm_source=x", "/trend?line=a&utm_source=x", "/api?x=1"]
    {
        assert_eq!(sample().get(page).status, StatusCode::OK, "{page}");
    }
    // Programs are told.
    let program = sample().get("/api/v1/search?utm_source=x");
    assert_eq!(program.status, StatusCode::BAD_REQUEST);
    for parameter in ["sort=newest", "limit=3", "after=x"] {
        let refused = sample().get(&format!("/api/v1/facets?{parameter}"));
        assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{parameter}");
    }
}
