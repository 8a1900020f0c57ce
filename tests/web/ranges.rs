//! Parts of exports: `Range`, `If-Range`, and the tags that they go by (RFC 9110).

use axum::body::Body;
use axum::http::{Request, StatusCode};

use super::{Answer, Place, article, ask, request, sample};

const EXPORT: &str = "/api/v1/export?format=jsonl";

fn part(range: &str, more: &[(&str, &str)]) -> Answer {
    ask(sample().options(), request(EXPORT, &[&[("range", range)], more].concat()))
}

#[test]
fn parts_of_an_export_are_those_of_the_whole() {
    for format in ["jsonl", "csv", "xlsx", "md", "docx", "html", "epub"] {
        let address = format!("/api/v1/export?format={format}");
        let whole = sample().get(&address);
        assert_eq!(whole.header("accept-ranges"), "bytes");
        let length = whole.body.len();
        // Parts begin and end within chunks, and go on over several.
        assert!(length > if format == "jsonl" { 3 * (64 << 10) } else { 10_000 }, "{length}");
        let (quarter, half) = (length / 4, length / 2);
        for (range, first, last, of) in [
            ("bytes=0-0".to_owned(), 0, 0, None),
            (format!("bytes={quarter}-{half}"), quarter, half, None),
            (format!("bytes={half}-"), half, length - 1, Some(length)),
            (format!("bytes=10-{}", length + 9), 10, length - 1, Some(length)),
            ("bytes=-7000".to_owned(), length - 7_000, length - 1, Some(length)),
            (format!("bytes=-{}", length + 1), 0, length - 1, Some(length)),
        ] {
            let headers = [("range", range.as_str()), ("accept-encoding", "gzip")];
            let answer = ask(sample().options(), request(&address, &headers));
            assert_eq!(answer.status, StatusCode::PARTIAL_CONTENT, "{format} {range}");
            let of = of.map_or("*".to_owned(), |length| length.to_string());
            assert_eq!(answer.header("content-range"), format!("bytes {first}-{last}/{of}"));
            assert_eq!(answer.header("content-length"), (last - first + 1).to_string());
            assert!(answer.body == whole.body[first..=last], "{format} {range}");
            for name in ["etag", "content-type", "content-disposition", "dibao-articles"] {
                assert_eq!(answer.header(name), whole.header(name), "{name}");
            }
        }
    }
}

#[test]
fn a_part_behind_the_end_does_not_exist_and_what_is_no_range_is_the_whole() {
    let whole = sample().get(EXPORT);
    let length = whole.body.len();
    for range in [format!("bytes={length}-"), format!("bytes={length}-{}", 2 * length)] {
        let answer = part(&range, &[]);
        assert_eq!(answer.status, StatusCode::RANGE_NOT_SATISFIABLE, "{range}");
        assert_eq!(answer.header("content-range"), format!("bytes */{length}"));
        assert_eq!(answer.json()["code"], "no_range");
        assert!(answer.json()["detail"].as_str().unwrap().contains(&length.to_string()));
    }
    for range in ["bytes=0-1,5-6", "bytes=9-5", "bytes=-", "rows=0-1", "bytes", "bytes=a-b"] {
        let answer = part(range, &[]);
        assert_eq!((answer.status, answer.body.len()), (StatusCode::OK, length), "{range}");
        assert_eq!(answer.header("content-range"), "");
    }
    let head = Request::head(EXPORT).header("host", "localhost").header("range", "bytes=0-1");
    let head = ask(sample().options(), head.body(Body::empty()).unwrap());
    assert_eq!(head.status, StatusCode::OK);
    let nothing = request("/api/v1/export?q=没有这样的词", &[("range", "bytes=0-")]);
    let nothing = ask(sample().options(), nothing);
    assert_eq!(nothing.status, StatusCode::RANGE_NOT_SATISFIABLE);
    assert_eq!(nothing.header("content-range"), "bytes */0");
}

#[test]
fn a_download_goes_on_only_as_long_as_it_is_the_same() {
    let place = Place::empty();
    place.write("a.jsonl", &[article("晨光", "2023-02-01", "晨光照在老桥上。")]).ingest();
    let get = |headers: &[(&str, &str)]| ask(place.options(), request(EXPORT, headers));
    let whole = get(&[]);
    let tag = whole.header("etag").to_owned();
    assert!(tag.starts_with('"'), "{tag}");
    let rest = [("range", "bytes=20-"), ("if-range", tag.as_str())];
    assert_eq!(get(&rest).status, StatusCode::PARTIAL_CONTENT);
    assert_eq!(get(&rest).body, whole.body[20..]);
    for other in [format!("W/{tag}"), "\"other\"".into(), "Wed, 21 Oct 2015 07:28:00 GMT".into()] {
        let answer = get(&[("range", "bytes=20-"), ("if-range", &other)]);
        assert_eq!((answer.status, &answer.body), (StatusCode::OK, &whole.body), "{other}");
    }
    let known = get(&[("range", "bytes=20-"), ("if-none-match", &tag)]);
    assert_eq!((known.status, known.header("etag")), (StatusCode::NOT_MODIFIED, tag.as_str()));
    let compressed = get(&[("accept-encoding", "gzip")]);
    assert_eq!(compressed.header("content-encoding"), "gzip");
    assert_eq!(compressed.header("etag"), format!("W/{tag}"));
    assert_eq!(compressed.header("accept-ranges"), "");
    place.write("b.jsonl", &[article("晨光又起", "2023-02-02", "晨光又照在新桥上。")]).ingest();
    let changed = get(&rest);
    assert_eq!(changed.status, StatusCode::OK);
    assert_eq!(changed.text().lines().count(), 2);
    assert_ne!(changed.header("etag"), tag);
}

#[test]
fn an_article_as_a_workbook_has_links_to_the_server_that_was_asked() {
    let xlsx = sample().get("/api/v1/export?format=xlsx");
    assert!(xlsx.body.starts_with(b"PK") && xlsx.header("content-disposition").contains(".xlsx"));
    let found = sample().get("/api/v1/search?limit=1").json();
    let id = found["hits"][0]["id"].as_str().unwrap().to_owned();
    let one = |host: &str| {
        let address = format!("/api/v1/article/{id}?format=xlsx");
        ask(sample().options(), request(&address, &[("host", host)])).body
    };
    assert!(one("localhost").starts_with(b"PK") && one("localhost") == one("localhost"));
    assert!(one("localhost") != one("127.0.0.1"));
}
