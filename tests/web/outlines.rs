//! What each answer is at a glance, held as snapshots: its head, and the outline of its page.

use std::fmt::Write as _;

use dom_query::Document;

use super::{Answer, ask, request, sample};

/// Every sort of page; `{id}` and `{file}` stand for an article of the sample corpus.
const PAGES: [&str; 17] = [
    "/",
    "/?q=%E9%A1%B9%E7%9B%AE&kind=news&explain=1",
    "/?q=%E9%87%8F%E5%AD%90%E7%BA%A0%E7%BC%A0",
    "/?q=(a",
    "/article/{id}?q=%E9%A1%B9%E7%9B%AE&at=1",
    "/source?file={file}",
    "/overview",
    "/files",
    "/saved",
    "/batch",
    "/trend?line=%E9%A1%B9%E7%9B%AE&line=%E4%BC%81%E4%B8%9A",
    "/trend",
    "/indicators",
    "/indicators?name=%E5%9C%B0%E5%8C%BA%E7%94%9F%E4%BA%A7%E6%80%BB%E5%80%BC",
    "/help",
    "/api",
    "/nowhere",
];

const ANSWERS: [&str; 20] = [
    "/feed?q=%E9%A1%B9%E7%9B%AE",
    "/opensearch.xml",
    "/robots.txt",
    "/sitemap.xml",
    "/export?format=csv",
    "/assets/style.css",
    "/assets/nothing.css",
    "/metrics",
    "/api/v1/search?q=%E9%A1%B9%E7%9B%AE",
    "/api/v1/article/{id}",
    "/api/v1/article/{id}?format=md",
    "/api/v1/article/{id}?format=biblatex",
    "/api/v1/source?file={file}",
    "/api/v1/facets",
    "/api/v1/timeline?by=year",
    "/api/v1/trend?line=%E9%A1%B9%E7%9B%AE&format=svg",
    "/api/v1/export",
    "/api/v1/indicators",
    "/api/v1/indicators?format=csv",
    "/api/v1/series?name=%E7%B2%AE%E9%A3%9F%E4%BA%A7%E9%87%8F&format=svg",
];

/// Headers that are the same each time.
const HEADERS: [&str; 6] =
    ["content-type", "content-disposition", "cache-control", "vary", "location", "allow"];

fn addressed(path: &str) -> String {
    let hit = sample().get("/api/v1/search?q=%E9%A1%B9%E7%9B%AE&limit=1").json()["hits"][0].clone();
    path.replace("{id}", hit["id"].as_str().unwrap())
        .replace("{file}", &super::escaped(hit["source"].as_str().unwrap()))
}

fn head(answer: &Answer) -> String {
    let mut head = answer.status.as_u16().to_string();
    for name in HEADERS {
        let values = answer.headers.get_all(name).iter().map(|value| value.to_str().unwrap());
        let values: Vec<&str> = values.collect();
        if !values.is_empty() {
            let _ = write!(head, "\n    {name}: {}", values.join(", "));
        }
    }
    if answer.headers.contains_key("etag") {
        head.push_str("\n    etag");
    }
    head
}

#[test]
fn the_head_of_every_sort_of_answer() {
    let mut heads = String::new();
    for path in PAGES.iter().chain(&ANSWERS) {
        let html = [("accept", "text/html")];
        let answer = ask(sample().options(), request(&addressed(path), &html));
        let _ = writeln!(heads, "{path}\n    {}", head(&answer));
    }
    insta::assert_snapshot!(heads);
}

#[test]
fn the_outline_of_every_page_in_both_languages() {
    for language in ["zh-CN", "en"] {
        let mut outlines = String::new();
        for path in PAGES {
            let headers = [("accept", "text/html"), ("accept-language", language)];
            let answer = ask(sample().options(), request(&addressed(path), &headers));
            let _ = writeln!(outlines, "{path}");
            let page = Document::from(answer.text());
            assert_eq!(page.select("html").attr("lang").as_deref(), Some(language), "{path}");
            assert_eq!(page.select("h1").length(), 1, "{path}");
            assert_eq!(page.select("main").length(), 1, "{path}");
            let _ = writeln!(outlines, "  {}", page.select("head > title").text());
            for heading in &page.select("main h1, main h2, main h3") {
                let level = heading.nodes()[0].node_name().unwrap_or_default();
                let text = heading.text();
                let words: Vec<&str> = text.split_whitespace().collect();
                let _ = writeln!(outlines, "    {level} {}", words.join(" "));
            }
            // Every field has a name, every picture a text.
            for field in &page.select("input:not([type=hidden]), select, textarea") {
                let id = field.attr("id").unwrap_or_default();
                let named = page.select(&format!("label[for='{id}']")).exists()
                    || field.attr("aria-label").is_some()
                    || field.parent().is("label");
                assert!(named, "{path}: {}", field.html());
            }
            for picture in &page.select("img") {
                assert!(picture.attr("alt").is_some(), "{path}");
            }
        }
        insta::assert_snapshot!(format!("outlines-{language}"), outlines);
    }
}
