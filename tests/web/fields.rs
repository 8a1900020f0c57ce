//! `fields`: some of the members of articles.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use serde_json::Value;

use super::{escaped, sample};

fn members(record: &Value) -> BTreeSet<&str> {
    record.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn a_hit_has_what_was_asked_for_and_what_makes_it_a_hit() {
    let query = format!("/api/v1/search?q={}&limit=5", escaped("项目 登封"));
    let whole = sample().get(&query).json();
    let mut some = sample().get(&format!("{query}&fields=title,date,%20districts,")).json();
    let of_records = members(&sample().get("/api/v1/openapi.json").json()
        ["components"]["schemas"]["Record"]["properties"])
    .into_iter()
    .map(str::to_owned)
    .collect::<BTreeSet<_>>();
    let hits = some["hits"].take();
    for (hit, whole) in hits.as_array().unwrap().iter().zip(whole["hits"].as_array().unwrap()) {
        let is_kept = |name: &&str| {
            ["id", "title", "date", "districts"].contains(name) || !of_records.contains(*name)
        };
        let expected: BTreeSet<&str> = members(whole).into_iter().filter(is_kept).collect();
        assert_eq!(members(hit), expected);
        assert!(expected.contains("score") && expected.contains("highlights"));
        for name in expected {
            assert_eq!(hit[name], whole[name], "{name}");
        }
    }
    assert!(hits[0].get("body").is_none() && whole["hits"][0].get("body").is_some());
    for (name, value) in whole.as_object().unwrap() {
        assert!(name == "hits" || some[name] == *value, "{name}");
    }
}

#[test]
fn articles_have_what_was_asked_for_whichever_way_it_is_written() {
    let found = sample().get("/api/v1/search?limit=2").json();
    let ids = [0, 1].map(|hit| found["hits"][hit]["id"].as_str().unwrap());
    let one = sample().get(&format!("/api/v1/article/{}?fields=title,body", ids[0])).json();
    assert_eq!(members(&one), BTreeSet::from(["id", "title", "body"]));
    let both = format!("/api/v1/articles?ids={},{}", ids[0], ids[1]);
    let several = sample().get(&format!("{both}&fields=body&fields=title")).json();
    assert_eq!(several[0], one);
    assert_eq!(several[1]["id"], ids[1]);
    let names = sample().get(&format!("{both}&fields=id")).json();
    assert_eq!(members(&names[0]), BTreeSet::from(["id"]));
    let none = sample().get(&format!("{both}&fields=")).json();
    assert_eq!(none, sample().get(&both).json());
    let line = sample().get(&format!("/api/v1/article/{}?fields=title&format=jsonl", ids[0]));
    assert!(line.json().get("body").is_some());
}

#[test]
fn an_unknown_field_is_refused_with_those_that_there_are() {
    let id = sample().get("/api/v1/search?limit=1").json()["hits"][0]["id"].clone();
    let id = id.as_str().unwrap();
    for address in [
        "/api/v1/search?fields=title,colour",
        &format!("/api/v1/article/{id}?fields=colour"),
        &format!("/api/v1/articles?ids={id}&fields=title&fields=colour"),
        // A member of a hit, which is always there.
        "/api/v1/search?fields=score",
    ] {
        let answer = sample().get(address);
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{address}");
        let problem = answer.json();
        assert_eq!(problem["code"], "unknown_field", "{address}");
        assert_eq!(problem["parameter"], "fields", "{address}");
        let detail = problem["detail"].as_str().unwrap();
        assert!(detail.contains("expected some of `accessed`, `body`"), "{detail}");
    }
}
