//! Reading cards and chosen articles: media types, marks, links, and what decides on their bytes.

use axum::http::StatusCode;

use super::{ask, request, sample};

/// The ids of the first hits of a search.
fn ids(query: &str, count: usize) -> Vec<String> {
    let found = sample().get(&format!("/api/v1/search?q={query}&limit={count}")).json();
    let hits = found["hits"].as_array().expect("hits");
    hits.iter().map(|hit| hit["id"].as_str().expect("an id").to_owned()).collect()
}

#[test]
fn cards_are_files_of_their_own_types() {
    let word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    for (format, media_type, first) in [
        ("docx", word, &b"PK"[..]),
        ("epub", "application/epub+zip", b"PK"),
        ("html", "text/html; charset=utf-8", b"<!DOCTYPE html>"),
    ] {
        let address = format!("/export?q=项目&format={format}");
        let answer = ask(sample().options(), request(&address, &[("accept-encoding", "gzip")]));
        assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, media_type));
        let name = answer.header("content-disposition");
        assert!(name.starts_with("attachment; filename=\"dibao"), "{name}");
        assert!(name.ends_with(&format!(".{format}")), "{name}");
        // What is compressed already is not compressed again.
        assert_eq!(answer.header("content-encoding"), if format == "html" { "gzip" } else { "" });
        let plain = sample().get(&address);
        assert!(plain.body.starts_with(first), "{format}");
        let one = sample().get(&format!("/api/v1/article/{}?format={format}", ids("项目", 1)[0]));
        assert_eq!(one.header("content-type"), media_type);
        assert!(one.body.starts_with(first), "{format}");
    }
}

#[test]
fn cards_mark_the_matches_and_link_to_this_server() {
    let page = sample().get("/api/v1/export?q=项目&format=html").text().to_owned();
    let jsonl = sample().get("/api/v1/export?q=项目").text().to_owned();
    assert_eq!(page.matches("<article id=").count(), jsonl.lines().count());
    assert!(page.contains("<mark>项目</mark>"));
    assert!(page.contains("href=\"http://localhost:8080/article/"), "{page}");
    let excerpt = sample().get("/api/v1/export?q=项目&format=html&excerpt=true").text().to_owned();
    assert!(excerpt.len() < page.len());
    assert_eq!(excerpt.matches("<mark>").count(), page.matches("<mark>").count());
}

#[test]
fn the_tag_of_cards_names_their_language() {
    let tag = |format: &str, lang: &str| {
        let address = format!("/api/v1/export?q=项目&format={format}");
        let answer = ask(sample().options(), request(&address, &[("accept-language", lang)]));
        answer.header("etag").to_owned()
    };
    assert_ne!(tag("html", "en"), tag("html", "zh"));
    assert_eq!(tag("jsonl", "en"), tag("jsonl", "zh"));
}

#[test]
fn chosen_articles_are_exported_whether_the_search_finds_them_or_not() {
    let [found, other] = [&ids("项目", 1)[0], &ids("-项目", 1)[0]];
    let exported = |more: &str| {
        let answer = sample().get(&format!("/export?q=项目&ids={found}&ids={other}{more}"));
        (answer.header("dibao-articles").to_owned(), answer.text().to_owned())
    };
    let (articles, jsonl) = exported("");
    assert_eq!((articles.as_str(), jsonl.lines().count()), ("2", 2));
    assert!(jsonl.contains(found) && jsonl.contains(other));
    assert_eq!(exported("&scope=chosen").1, jsonl);
    let (all, _) = exported("&scope=all");
    assert_eq!(all, sample().get("/export?q=项目").header("dibao-articles"));
    let (_, page) = exported("&format=html");
    assert!(page.contains("选出的 2 篇") && page.contains("<mark>项目</mark>"), "{page}");
}

#[test]
fn chosen_articles_are_cited() {
    let ids = ids("项目", 2);
    let page = sample().get(&format!("/cite?q=项目&format=csv&ids={}&ids={}", ids[0], ids[1]));
    let page = page.text();
    assert_eq!(page.matches("href=\"/article/").count(), 2, "{page}");
    assert!(page.contains("href=\"/?q=%E9%A1%B9%E7%9B%AE\""), "{page}");
    assert!(page.contains("[N].") || page.contains("[Z]."), "{page}");
}
