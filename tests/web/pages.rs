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
