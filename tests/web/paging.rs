//! Completions of what is being typed, and pages that name the next one.

use axum::http::StatusCode;
use serde_json::json;

use super::{escaped, sample};

#[test]
fn what_is_being_typed_is_completed_and_what_cannot_be_is_refused() {
    let ask = |typed: &str, more: &str| {
        sample().get(&format!("/api/v1/suggest?q={}{more}", escaped(typed)))
    };
    let found = ask("地区:洛龙", "").json();
    let first = &found["completions"][0];
    assert_eq!([&first["kind"], &first["query"]], ["district", "地区:洛龙区"], "{found}");
    assert_eq!(first["within"], json!(["河南省", "洛阳市"]));
    let query = escaped(first["query"].as_str().unwrap());
    let search = sample().get(&format!("/api/v1/search?q={query}&ungrouped=1&limit=0")).json();
    assert_eq!(first["articles"], search["total"]);
    assert_eq!(ask("自", "&limit=1").json()["completions"].as_array().unwrap().len(), 1);
    for typed in ["", "自动驾驶 ", "(自 OR", "地区:没有这里 自"] {
        assert_eq!(ask(typed, "").json()["completions"], json!([]), "{typed}");
    }
    for (typed, more, code) in [
        ("自", "&limit=0", "bad_value"),
        ("自", "&limit=21", "bad_value"),
        ("自", "&limit=many", "bad_value"),
        ("自", "&topic=能源", "unknown_parameter"),
        (&"自".repeat(1_001), "", "bad_query"),
    ] {
        let answer = ask(typed, more);
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{more}");
        assert_eq!(answer.json()["code"], code, "{more}");
    }
    assert!(ask("自", "&limit=0").json()["detail"].as_str().unwrap().contains("1 to 20"));
}

#[test]
fn a_page_names_the_next_one_until_there_is_none() {
    for (first, items) in [
        ("/api/v1/search?q=%E9%A1%B9%E7%9B%AE&all=true&limit=2&explain=1&fields=title,id", "hits"),
        ("/api/v1/files?limit=2", "files"),
    ] {
        let (mut address, mut pages, mut seen) = (first.to_owned(), 0, 0);
        let total = loop {
            let page = sample().get(&address);
            let json = page.json();
            seen += json[items].as_array().unwrap().len() as u64;
            pages += 1;
            let link = page.header("link");
            let Some(next) = link.strip_suffix(">; rel=\"next\"") else {
                assert_eq!(link, "");
                break if items == "hits" {
                    json["stories"].clone()
                } else {
                    json["total"].clone()
                };
            };
            address = next.strip_prefix('<').unwrap().to_owned();
            let hit = &json["hits"][0];
            let is_as_asked = hit.get("why").is_some() && hit.get("body").is_none();
            assert!(items == "files" || is_as_asked, "{address}");
        };
        assert!(pages > 1, "{first}");
        assert_eq!(seen, total.as_u64().unwrap(), "{first}");
    }
}
