//! `/mcp`: what a language model can ask, who may ask, and that what is wrong is said in a sentence.

use axum::body::Body;
use axum::http::{HeaderValue, Method, Request, StatusCode};
use dibao::web::Options;
use serde_json::{Value, json};

use super::{Answer, Place, article, ask, sample};

const TYPE: (&str, &str) = ("content-type", "application/json");
const ACCEPT: (&str, &str) = ("accept", "application/json, text/event-stream");

fn post(message: String, headers: &[(&str, &str)]) -> Request<Body> {
    let mut request = Request::post("/mcp");
    for (name, value) in [TYPE, ACCEPT].iter().chain(headers) {
        request = request.header(*name, *value);
    }
    if !headers.iter().any(|(name, _)| *name == "host") {
        request = request.header("host", "localhost:8080");
    }
    request.body(Body::from(message)).unwrap()
}

fn message(method: &str, params: &Value) -> String {
    json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}).to_string()
}

fn listing(options: Options, headers: &[(&str, &str)]) -> Answer {
    ask(options, post(message("tools/list", &json!({})), headers))
}

/// The result of a call.
fn call(place: &Place, name: &str, arguments: &Value) -> Value {
    let called = message("tools/call", &json!({"name": name, "arguments": arguments}));
    let answer = ask(place.options(), post(called, &[("accept-language", "en")]));
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    answer.json()["result"].clone()
}

fn value(place: &Place, name: &str, arguments: &Value) -> Value {
    let result = call(place, name, arguments);
    assert_eq!(result["isError"], false, "{name}: {result}");
    assert!(result["content"][0]["text"].as_str().is_some_and(|text| !text.is_empty()));
    result["structuredContent"].clone()
}

fn sentence(place: &Place, name: &str, arguments: &Value) -> String {
    let result = call(place, name, arguments);
    assert_eq!(result["isError"], true, "{name} {arguments}: {result}");
    result["content"][0]["text"].as_str().unwrap().to_owned()
}

#[test]
fn every_tool_is_listed_as_one_that_only_reads() {
    let tools = listing(sample().options(), &[]).json()["result"]["tools"].clone();
    let tools = tools.as_array().unwrap();
    let names: Vec<&str> = tools.iter().map(|tool| tool["name"].as_str().unwrap()).collect();
    let expected = "search article source count trend compare cite coverage indicators series";
    assert_eq!(names.join(" "), expected);
    for tool in tools {
        assert_eq!(tool["annotations"]["readOnlyHint"], true, "{tool}");
        assert_eq!(tool["inputSchema"]["additionalProperties"], false, "{tool}");
    }
    let search = &tools[0]["inputSchema"]["properties"];
    assert_eq!(search["limit"]["maximum"], 100);
    assert!(search["q"]["description"].as_str().unwrap().contains("query language"));
}

#[test]
fn a_search_has_the_hits_of_the_interface_with_quotes_and_permalinks() {
    let by_model = value(sample(), "search", &json!({"q": "“项目”", "limit": 3}));
    let by_program = sample().get("/api/v1/search?q=%E2%80%9C%E9%A1%B9%E7%9B%AE%E2%80%9D&limit=3");
    let by_program = by_program.json();
    for name in ["total", "stories", "next"] {
        assert_eq!(by_model[name], by_program[name], "{name}");
    }
    let hits = by_model["hits"].as_array().unwrap();
    assert_eq!(hits.len(), 3);
    for (hit, other) in hits.iter().zip(by_program["hits"].as_array().unwrap()) {
        let id = other["id"].as_str().unwrap();
        assert_eq!(hit["id"], id);
        assert_eq!(hit["permalink"], format!("http://localhost:8080/article/{id}"));
        let quotes = hit["quotes"].as_array().unwrap();
        assert!(quotes.iter().any(|quote| quote["matches"] == json!(["项目"])), "{hit}");
        let body = other["body"].as_str().unwrap();
        let of_body = quotes.iter().filter(|quote| quote["field"] == "body");
        of_body
            .for_each(|quote| assert!(body.contains(quote["text"].as_str().unwrap()), "{quote}"));
    }
}

#[test]
fn pages_by_cursor_are_all_hits() {
    let (mut seen, mut after) = (Vec::new(), Value::Null);
    loop {
        let page = value(sample(), "search", &json!({"limit": 40, "after": after}));
        let hits = page["hits"].as_array().unwrap().iter();
        seen.extend(hits.map(|hit| hit["id"].as_str().unwrap().to_owned()));
        after = page["next"].clone();
        if after.is_null() {
            assert_eq!(page["stories"], seen.len());
            break;
        }
    }
    seen.sort();
    seen.dedup();
    let all = value(sample(), "search", &json!({"limit": 0}));
    assert_eq!(all["stories"], seen.len());
}

#[test]
fn long_texts_come_in_parts_that_say_how_to_go_on() {
    let place = Place::empty();
    let body = "渡口的船今天又开了。".repeat(2_500);
    let other = body.replace("今天", "昨天");
    place.write(
        "a.jsonl",
        &[article("船", "2021-03-04", &body), article("又", "2021-03-05", &other)],
    );
    place.ingest();
    let hits = value(&place, "search", &json!({"ungrouped": true}))["hits"].clone();
    let ids = [&hits[0]["id"], &hits[1]["id"]];
    let (mut whole, mut offset) = (String::new(), json!(0));
    let mut parts = 0;
    while !offset.is_null() {
        let part = value(&place, "article", &json!({"id": ids[0], "offset": offset}));
        whole.push_str(part["body"].as_str().unwrap());
        offset = part["next_offset"].clone();
        parts += 1;
    }
    assert!(parts == 3 && (whole == body || whole == other), "{parts} parts");
    let compared = value(&place, "compare", &json!({"first": ids[0], "second": ids[1]}));
    // Rows of so many different sentences are not paired.
    assert_eq!(compared["differing"], 5_000);
    assert_eq!(compared["next_offset"], 60);
    let first = value(&place, "source", &json!({"file": "a.jsonl"}));
    assert!(first["lines"].as_array().is_some_and(|lines| !lines.is_empty()), "{first}");
}

#[test]
fn long_pages_are_cut_to_what_fits_and_go_on() {
    let place = Place::empty();
    let words = ["渡口", "茶馆", "老桥", "码头", "油坊", "竹林"];
    let articles: Vec<_> = (0..150)
        .map(|number| {
            let sky = "那时候的天气一直很好，".repeat(30);
            let body = words.map(|word| format!("{sky}第{number}天的{word}。")).concat();
            article(&format!("{}{number}", "长标题".repeat(60)), "2021-03-04", &body)
        })
        .collect();
    place.write("a.jsonl", &articles).ingest();
    let (mut seen, mut after, mut pages) = (Vec::new(), Value::Null, 0);
    while pages == 0 || !after.is_null() {
        let asked = json!({"q": words.join(" "), "ungrouped": true, "limit": 100, "after": after});
        let page = value(&place, "search", &asked);
        let hits = page["hits"].as_array().unwrap();
        assert!(page["total"] == 150 && !hits.is_empty(), "{}", page["total"]);
        seen.extend(hits.iter().map(|hit| hit["id"].as_str().unwrap().to_owned()));
        (after, pages) = (page["next"].clone(), pages + 1);
    }
    let all = seen.len();
    seen.sort();
    seen.dedup();
    assert_eq!((all, seen.len()), (150, 150));
    assert!(pages > 2, "{pages} pages");
    let read = call(&place, "article", &json!({"id": seen[0]}));
    let body = read["structuredContent"]["body"].as_str().unwrap();
    let text = read["content"][0]["text"].as_str().unwrap();
    assert!(body.chars().count() > 1_900 && text.chars().count() < 4_000);
}

#[test]
fn counts_say_what_they_leave_out() {
    let place = Place::empty();
    place.write(
        "a.jsonl",
        &[
            article("船", "2021-03-04", "渡口的船又开了。"),
            article("茶", "2021-03", "桥头的茶馆又开张了。"),
        ],
    );
    place.ingest();
    let by_outlet = value(&place, "count", &json!({"by": "outlet"}));
    assert_eq!(by_outlet["without"], 2, "{by_outlet}");
    assert_eq!(value(&place, "count", &json!({"by": "topic"}))["without"], 0);
    assert_eq!(value(&place, "count", &json!({"by": "kind"}))["without"], Value::Null);
    let table = value(&place, "count", &json!({"by": "outlet", "across": "day"}))["table"].clone();
    assert_eq!(
        (&table["without_row"], &table["without_column"]),
        (&json!(2), &json!(0)),
        "{table}"
    );
    assert_eq!(table["spread_column"], 1, "{table}");
}

#[test]
fn what_is_wrong_is_said_in_a_sentence() {
    for (name, arguments, said) in [
        ("search", json!({"q": "(新密"}), "expected a closing )"),
        ("search", json!({"colour": "red"}), "unknown parameter `colour`, expected one of `q`"),
        ("search", json!({"limit": 1000}), "limit=1000: at most 100"),
        ("search", json!({"district": "亚特兰蒂斯"}), "亚特兰蒂斯"),
        ("search", json!({"after": "x"}), "after=x"),
        ("article", json!({}), "id: missing"),
        ("article", json!({"id": "zzzz"}), "no article's id is zzzz"),
        ("source", json!({"file": "../../etc/passwd"}), "the archive has no file"),
        ("source", json!({"file": "a", "id": "b"}), "cannot be used together"),
        ("count", json!({"by": "colour"}), "by=colour: expected district"),
        ("count", json!({"by": "kind", "across": "year"}), "by=kind"),
        ("count", json!({"by": "year", "across": "year"}), "by and across are the same"),
        ("trend", json!({}), "line: missing"),
        ("trend", json!({"line": ["1", "2", "3", "4", "5", "6", "7", "8", "9"]}), "9"),
        ("cite", json!({"id": []}), "id: missing"),
        ("cite", json!({"id": "a", "style": "none"}), "no such citation style"),
        ("coverage", json!({"q": "a"}), "unknown parameter `q`, expected none"),
        ("series", json!({}), "name: missing"),
        ("series", json!({"name": {"a": 1}}), "name: must be a text"),
    ] {
        let sentence = sentence(sample(), name, &arguments);
        assert!(sentence.contains(said), "{name} {arguments}: {sentence}");
    }
    let unknown = message("tools/call", &json!({"name": "delete", "arguments": {}}));
    let unknown = ask(sample().options(), post(unknown, &[])).json();
    let told = unknown["error"]["message"].as_str().unwrap();
    assert!(told.contains("no such tool; there are search, article"), "{unknown}");
}

#[test]
fn folders_of_the_server_are_not_told() {
    let place = Place::empty();
    let none = sentence(&place, "count", &json!({}));
    assert!(
        none.contains("dibao ingest") && !none.contains(place.index().to_str().unwrap()),
        "{none}"
    );
    place.write("a.jsonl", &[article("船", "2021-03-04", "渡口的船又开了。")]).ingest();
    std::fs::remove_file(place.corpus().join("a.jsonl")).unwrap();
    let gone = sentence(&place, "source", &json!({"file": "a.jsonl"}));
    assert!(gone.contains("moved or deleted"), "{gone}");
    assert!(!gone.contains(place.corpus().to_str().unwrap()), "{gone}");
}

#[test]
fn only_known_hosts_and_origins_may_ask_and_only_with_the_token() {
    let status = |headers: &[(&str, &str)]| listing(sample().options(), headers).status;
    assert_eq!(status(&[]), StatusCode::OK);
    assert_eq!(status(&[("host", "evil.example")]), StatusCode::MISDIRECTED_REQUEST);
    assert_eq!(status(&[("origin", "http://localhost:8080")]), StatusCode::OK);
    for strange in
        ["https://evil.example", "null", "http://localhost:8081", "http://localhost.evil.example"]
    {
        assert_eq!(status(&[("origin", strange)]), StatusCode::FORBIDDEN, "{strange}");
    }
    let origins = vec![HeaderValue::from_static("https://chat.example")];
    let named = Options { origins, ..sample().options() };
    let answer = listing(named, &[("origin", "https://chat.example")]);
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.header("access-control-allow-origin"), "https://chat.example");
    let secret = || Options { token: Some("word".into()), ..sample().options() };
    assert_eq!(listing(secret(), &[]).status, StatusCode::UNAUTHORIZED);
    assert_eq!(listing(secret(), &[("authorization", "Bearer word")]).status, StatusCode::OK);
    let off = listing(Options { mcp: false, ..sample().options() }, &[]);
    assert_eq!((off.status, off.json()["code"].clone()), (StatusCode::NOT_FOUND, json!("mcp_off")));
}

#[test]
fn only_messages_of_some_length_are_read() {
    let long = message("tools/list", &json!({"q": "长".repeat(40_000)}));
    let refused = ask(sample().options(), post(long.clone(), &[]));
    assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE);
    let length = long.len().to_string();
    let stated = ask(sample().options(), post(long, &[("content-length", &length)]));
    assert_eq!(stated.status, StatusCode::PAYLOAD_TOO_LARGE);
    // Longer than an address may be, and still a message.
    let query = sentence(sample(), "search", &json!({"q": "长".repeat(7_000)}));
    assert!(query.contains("at most 16384 are read"), "{query}");
    for method in [Method::GET, Method::DELETE, Method::PUT] {
        let (mut head, body) = post(String::new(), &[]).into_parts();
        head.method = method.clone();
        let answer = ask(sample().options(), Request::from_parts(head, body));
        assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{method}");
    }
    assert!(ask(sample().options(), post("nonsense".to_owned(), &[])).status.is_client_error());
}
