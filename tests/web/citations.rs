//! References of articles: formats and styles.

use axum::http::StatusCode;

use super::sample;

fn id() -> String {
    let found = sample().get("/api/v1/search?limit=1").json();
    found["hits"][0]["id"].as_str().unwrap().to_owned()
}

#[test]
fn an_article_is_cited_in_a_style_and_the_styles_differ() {
    let cited = |style: &str| {
        let answer = sample().get(&format!("/api/v1/article/{}?format=cite&style={style}", id()));
        assert_eq!(answer.status, StatusCode::OK, "{style}");
        assert_eq!(answer.header("content-type"), "text/plain; charset=utf-8");
        answer.text().to_owned()
    };
    let (new, old) = (cited("gb-7714-2025-numeric"), cited("gb-7714-2015-numeric"));
    assert_eq!(cited(""), new);
    assert_ne!(new, old);
    // One reference, which ends its line, without the number of a list.
    for text in [new, old] {
        assert!(text.ends_with(".\n") && text.lines().count() == 1, "{text}");
        assert!(!text.starts_with("[1]"), "{text}");
    }
}

#[test]
fn a_list_of_references_has_a_line_for_each_article() {
    let answer = sample().get("/api/v1/export?format=cite&style=gb-7714-2015-numeric");
    let total = answer.header("dibao-articles").parse::<usize>().unwrap();
    let text = answer.text();
    assert_eq!(text.lines().count(), total);
    let last = text.lines().last().unwrap();
    assert!(last.starts_with(&format!("[{total}] ")), "{last}");
}

#[test]
fn a_style_that_is_none_is_refused_with_those_that_there_are() {
    for address in [
        "/api/v1/export?format=cite&style=gb".to_owned(),
        format!("/api/v1/article/{}?format=cite&style=../own.csl", id()),
    ] {
        let answer = sample().get(&address);
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{address}");
        let problem = answer.json();
        assert_eq!(problem["parameter"], "style", "{address}");
        let detail = problem["detail"].as_str().unwrap();
        assert!(detail.contains("gb-7714-2025-numeric"), "{detail}");
    }
}
