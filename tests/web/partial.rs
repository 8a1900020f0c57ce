//! Articles with only some of the words, over HTTP.

use axum::http::StatusCode;

use super::sample;

#[test]
fn articles_with_some_of_the_words_follow_on_later_pages() {
    let whole = sample().get("/api/v1/search?q=项目%20登封&limit=100").json();
    let partial = whole["partial"]["stories"].as_u64().expect("a second part");
    let all = whole["stories"].as_u64().expect("a first part") + partial;
    assert!(partial > 0, "{whole}");
    let mut ids = Vec::new();
    let mut after = String::new();
    loop {
        let address = format!("/api/v1/search?q=项目%20登封&limit=7&after={after}");
        let page = sample().get(&address).json();
        assert_eq!(page["partial"], whole["partial"]);
        ids.extend(page["hits"].as_array().unwrap().iter().map(|hit| hit["id"].to_string()));
        match page["next"].as_str() {
            Some(next) => next.clone_into(&mut after),
            None => break,
        }
    }
    assert_eq!(ids.len() as u64, all);
    assert_eq!(ids.iter().collect::<std::collections::BTreeSet<_>>().len() as u64, all);
    let strict = sample().get("/api/v1/search?q=项目%20登封&all=true&limit=100").json();
    assert!(strict["partial"].is_null());
    assert_eq!(strict["total"], whole["total"]);
    let counted = sample().get("/api/v1/export?q=项目%20登封&format=jsonl");
    assert_eq!(counted.text().lines().count() as u64, whole["total"].as_u64().unwrap());
    assert_eq!(sample().get("/api/v1/search?all=1&any=1").status, StatusCode::BAD_REQUEST);
}

#[test]
fn counts_say_whether_they_leave_out_what_has_only_some_of_the_words() {
    for address in ["facets?q", "timeline?q", "trend?line"] {
        let says = |query: &str| {
            let answer = sample().get(&format!("/api/v1/{address}={query}")).json();
            answer["without_partial"].as_bool().unwrap_or_else(|| panic!("{address}: {answer}"))
        };
        assert!(says("项目%20登封"), "{address}");
        for whole in
            ["项目", "项目%20登封&any=true", "项目%20登封&all=true", "%22项目%22%20%22登封%22"]
        {
            assert!(!says(whole), "{address} {whole}");
        }
    }
}
