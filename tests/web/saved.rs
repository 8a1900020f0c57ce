//! Saved searches and batches.

use std::fs;

use axum::http::{Method, Request, StatusCode, header};
use serde_json::{Value, json};

use super::{Answer, Place, ask, request};

/// Two articles and the saved searches of a file.
fn place(searches: &str) -> Place {
    let place = Place::empty();
    let article = |title: &str, body: &str| {
        json!({"publication": "河畔晚报", "date": "2021-03-04", "title": title, "body": body,
            "districts": ["登封市"]})
    };
    place.write(
        "a.jsonl",
        &[article("老桥换上新栏杆", "石桥换上了新栏杆。"), article("=开园", "茶园开园。")],
    );
    place.ingest();
    fs::create_dir(curation(&place)).unwrap();
    fs::write(curation(&place).join("searches.toml"), searches).unwrap();
    place
}

fn curation(place: &Place) -> std::path::PathBuf {
    place.folder.path().join("corpus.curation")
}

const SEARCHES: &str = "[[search]]\nname = \"石&桥\"\nsearch = \"q=石桥\"\nby = \"甲一\"\nat = \"2026-02-01T08:00:00Z\"\n\n\
                        [[search]]\nname = \"坏\"\nsearch = \"q=(\"\n\n[[search]]\nname = 1\n";

fn post(place: &Place, form: &str, accept: &str) -> Answer {
    let request = Request::builder()
        .method(Method::POST)
        .uri("/batch")
        .header(header::HOST, "127.0.0.1")
        .header(header::ACCEPT, accept)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(axum::body::Body::from(form.to_owned()))
        .unwrap();
    ask(place.options(), request)
}

fn form(fields: &[(&str, &str)]) -> String {
    serde_html_form::to_string(fields).unwrap()
}

#[test]
fn the_saved_searches_have_counts_feeds_and_a_list() {
    let place = place(SEARCHES);
    let list = place.get("/api/v1/saved").json();
    assert_eq!(list["unreadable"], 1);
    let [bad, good] = &list["searches"].as_array().unwrap()[..] else { panic!("{list}") };
    assert_eq!((&good["name"], &good["articles"]), (&json!("石&桥"), &json!(1)));
    assert_eq!((&good["by"], &good["at"]), (&json!("甲一"), &json!("2026-02-01T08:00:00Z")));
    assert_eq!((&bad["articles"], good.get("error")), (&Value::Null, None));
    assert!(bad["error"].as_str().unwrap().contains("closing )"), "{bad}");
    let page = place.get("/saved");
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text().contains("/feed?saved=%E7%9F%B3%26%E6%A1%A5"), "{}", page.text());
    assert!(page.text().contains("2026-02-01 甲一"), "{}", page.text());
    assert_eq!(place.get("/saved?x=1").status, StatusCode::BAD_REQUEST);
    let none = self::place("");
    assert!(none.get("/saved").text().contains("还没有保存的检索"));
}

#[test]
fn the_feed_of_a_saved_search_is_that_of_its_search_and_follows_the_file() {
    let place = place(SEARCHES);
    let address = "/feed?saved=%E7%9F%B3%26%E6%A1%A5";
    let feed = place.get(address);
    assert_eq!(feed.status, StatusCode::OK, "{}", feed.text());
    assert!(feed.text().contains("：石&amp;桥</title>"), "{}", feed.text());
    let entries =
        |text: &str| -> Vec<String> { text.split("<entry>").skip(1).map(str::to_owned).collect() };
    let of_search = place.get("/feed?q=%E7%9F%B3%E6%A1%A5");
    assert_eq!(
        entries(feed.text())[0].split("</entry>").next(),
        entries(of_search.text())[0].split("</entry>").next()
    );
    assert!(feed.text().contains("/?q=%E7%9F%B3%E6%A1%A5\""), "{}", feed.text());
    let tag = feed.header("etag").to_owned();
    let again = |tag: &str| ask(place.options(), request(address, &[("if-none-match", tag)]));
    assert_eq!(again(&tag).status, StatusCode::NOT_MODIFIED);
    let other = SEARCHES.replace("q=石桥", "q=茶园");
    fs::write(curation(&place).join("searches.toml"), other).unwrap();
    let changed = again(&tag);
    assert_eq!(changed.status, StatusCode::OK);
    assert!(changed.text().contains("=开园"), "{}", changed.text());
    let answer = place.get("/feed?saved=nothing");
    assert_eq!(
        (answer.status, &answer.json()["code"]),
        (StatusCode::NOT_FOUND, &json!("no_saved_search"))
    );
    assert_eq!(place.get("/feed?saved=%E5%9D%8F").status, StatusCode::BAD_REQUEST);
    let both = place.get(&format!("{address}&q=a")).json();
    assert_eq!(both["code"], "unknown_parameter");
    assert!(!place.get(&format!("{address}&since=2999-01-01")).text().contains("<entry>"));
}

#[test]
fn a_batch_is_a_form_a_table_and_a_file() {
    let place = place("");
    let empty = place.get("/batch");
    assert!(empty.text().contains("<textarea"), "{}", empty.text());
    let lines = form(&[
        ("lines", "石桥\r\n\r\n没有这个词\r\n(坏"),
        ("names", ""),
        ("from", "2021"),
        ("to", ""),
    ]);
    let lines = lines.replace("names=&", "");
    let page = post(&place, &lines, "text/html");
    assert_eq!(page.status, StatusCode::OK, "{}", page.text());
    assert!(page.text().contains("3 个检索式，1 个有结果，1 个没有结果。"), "{}", page.text());
    assert!(page.text().contains("/?q=%E7%9F%B3%E6%A1%A5&amp;from=2021"), "{}", page.text());
    assert!(page.text().contains("<code>(坏</code>"), "{}", page.text());
    let names = form(&[("lines", "=开园\n(坏"), ("names", "true"), ("format", "csv")]);
    let file = post(&place, &names, "text/html");
    assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(file.header("content-disposition"), "attachment; filename=\"batch.csv\"");
    let rows: Vec<&str> = file.text().split("\r\n").collect();
    assert!(rows[0].starts_with("\u{feff}line,query,"), "{}", rows[0]);
    assert!(rows[1].starts_with("1,'=开园,1,1,2021-03-04,2021-03-04,,"), "{}", rows[1]);
    assert!(rows[1].ends_with(",2021-03-04,'=开园,,,,,,"), "{}", rows[1]);
    assert!(rows[2].starts_with("2,(坏,0,0,"), "{}", rows[2]);
    for format in ["xlsx", "jsonl", "json"] {
        let form = form(&[("lines", "石桥"), ("format", format)]);
        assert_eq!(post(&place, &form, "*/*").status, StatusCode::OK, "{format}");
    }
}

#[test]
fn a_batch_has_limits() {
    let place = place("");
    for (lines, said) in [("", "每行写一个"), (&*"桥\n".repeat(201), "共 201 行，至多 200 行")]
    {
        let page = post(&place, &form(&[("lines", lines)]), "text/html");
        assert_eq!(page.status, StatusCode::BAD_REQUEST);
        assert!(page.text().contains(said), "{}", page.text());
    }
    let long = form(&[("lines", &"长".repeat(20_000))]);
    assert_eq!(post(&place, &long, "*/*").status, StatusCode::PAYLOAD_TOO_LARGE);
    let wrong = post(&place, &form(&[("lines", "桥"), ("format", "pdf")]), "*/*");
    assert_eq!(
        (wrong.status, &wrong.json()["code"]),
        (StatusCode::BAD_REQUEST, &json!("bad_value"))
    );
    assert_eq!(place.get("/batch?lines=a").status, StatusCode::BAD_REQUEST);
    assert_eq!(post(&place, "\u{0}%%%", "text/html").status, StatusCode::BAD_REQUEST);
}
