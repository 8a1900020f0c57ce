//! Who may ask, what a browser may do with an answer, and what hostile texts and addresses do:
//! nothing.

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, Method, Request, StatusCode};
use dibao::web::Options;

use super::{Place, article, ask, escaped, request, sample};

/// Addresses of every sort of page and answer.
const ADDRESSES: [&str; 8] = [
    "/",
    "/?q=氢能",
    "/api",
    "/nowhere",
    "/api/v1/search?q=(",
    "/feed",
    "/assets/style.css",
    "/metrics",
];

#[test]
fn only_known_names_are_answered() {
    let status = |host: &str, options: Options| {
        ask(options, request("/api/v1/version", &[("host", host)])).status
    };
    for known in ["localhost", "localhost:8080", "127.0.0.1:8080", "[::1]:8080", "192.168.1.7"] {
        assert_eq!(status(known, sample().options()), StatusCode::OK, "{known}");
    }
    for strange in [
        "evil.example",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "",
        "[::1",
        "localhost:80@evil.example",
        "localhost:",
        "localhost:x",
    ] {
        let answer = status(strange, sample().options());
        assert_eq!(answer, StatusCode::MISDIRECTED_REQUEST, "{strange}");
    }
    let named = Options { hosts: vec!["archive.example".into()], ..sample().options() };
    assert_eq!(status("Archive.example:443", named), StatusCode::OK);
    // Two names, or another one in the address.
    let two = request("/api/v1/version", &[("host", "localhost"), ("host", "evil.example")]);
    assert_eq!(ask(sample().options(), two).status, StatusCode::MISDIRECTED_REQUEST);
    let other = request("http://localhost/feed", &[("host", "evil.example")]);
    assert_eq!(ask(sample().options(), other).status, StatusCode::MISDIRECTED_REQUEST);
    let url = Some("https://archive.example".into());
    let public = Options { public_url: url, ..sample().options() };
    assert_eq!(status("archive.example", public), StatusCode::OK);
}

#[test]
fn with_a_token_nothing_is_answered_without_it() {
    let options = || Options { token: Some("秘密 word".into()), ..sample().options() };
    for address in ADDRESSES {
        let answer = ask(options(), request(address, &[]));
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{address}");
        assert!(answer.header("www-authenticate").starts_with("Basic"));
        assert!(!answer.text().contains("秘密"));
    }
    let wrong = ask(options(), request("/", &[("authorization", "Bearer word")]));
    assert_eq!(wrong.status, StatusCode::UNAUTHORIZED);
    // Basic authentication of anybody with the secret as password.
    let basic = ask(options(), request("/", &[("authorization", "Basic YTrnp5jlr4Ygd29yZA==")]));
    assert_eq!(basic.status, StatusCode::OK);
    let bearer = ask(options(), request("/", &[("authorization", "Bearer 秘密 word")]));
    assert_eq!(bearer.status, StatusCode::OK);
    let plain = Options { token: Some("word".into()), ..sample().options() };
    let bearer = ask(plain, request("/", &[("authorization", "Bearer word")]));
    assert_eq!(bearer.status, StatusCode::OK);
}

#[test]
fn with_a_proxys_header_nothing_is_answered_without_it() {
    let options = || {
        let proxy_header = Some(HeaderName::from_static("x-remote-user"));
        Options { proxy_header, ..sample().options() }
    };
    assert_eq!(ask(options(), request("/", &[])).status, StatusCode::FORBIDDEN);
    let empty = ask(options(), request("/", &[("x-remote-user", "")]));
    assert_eq!(empty.status, StatusCode::FORBIDDEN);
    assert_eq!(ask(options(), request("/", &[("x-remote-user", "wang")])).status, StatusCode::OK);
}

#[test]
fn every_answer_forbids_what_no_page_needs() {
    for address in ADDRESSES {
        let answer = sample().get(address);
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("default-src 'none'"), "{address}: {policy}");
        assert!(!policy.contains("unsafe"), "{address}: {policy}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{address}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{address}");
        assert!(answer.headers.get("access-control-allow-origin").is_none(), "{address}");
        assert!(!answer.header("x-request-id").is_empty(), "{address}");
    }
}

#[test]
fn pages_have_nothing_inline_and_nothing_from_elsewhere() {
    for address in ["/", "/?q=项目", "/api", "/nowhere"] {
        let answer = ask(sample().options(), request(address, &[("accept", "text/html")]));
        let page = answer.text();
        assert!(page.starts_with("<!DOCTYPE html>"), "{address}");
        for inline in [" style=\"", "<style", "javascript:", " onclick", "<script>"] {
            assert!(!page.contains(inline), "{address}: {inline}");
        }
        for attribute in ["src=\"http", "href=\"http", "src=\"//", "href=\"//"] {
            assert!(!page.contains(attribute), "{address}: {attribute}");
        }
    }
}

#[test]
fn scripts_of_other_origins_read_only_where_that_was_said() {
    let origins = vec![HeaderValue::from_static("https://charts.example")];
    let options = || Options { origins: origins.clone(), ..sample().options() };
    let allowed = |origin: &str| {
        let answer = ask(options(), request("/api/v1/version", &[("origin", origin)]));
        answer.header("access-control-allow-origin").to_owned()
    };
    assert_eq!(allowed("https://charts.example"), "https://charts.example");
    assert_eq!(allowed("https://evil.example"), "");
    // Pages are nobody else's, and who may ask is asked without a token.
    let page = ask(options(), request("/", &[("origin", "https://charts.example")]));
    assert_eq!(page.header("access-control-allow-origin"), "");
    let guarded = Options { token: Some("word".into()), ..options() };
    let asked_first = Request::builder()
        .method(Method::OPTIONS)
        .uri("/api/v1/search")
        .header("host", "localhost")
        .header("origin", "https://charts.example")
        .header("access-control-request-method", "GET")
        .header("access-control-request-headers", "authorization,range,if-range");
    let answer = ask(guarded, asked_first.body(Body::empty()).unwrap());
    assert_eq!(answer.status, StatusCode::OK);
    let allowed = answer.header("access-control-allow-headers");
    assert!(allowed.starts_with("authorization,content-type,range,if-range,mcp-"), "{allowed}");
}

#[test]
fn hostile_texts_stay_texts() {
    let place = Place::empty();
    let nasty = [
        article("<script>alert(1)</script>", "2023-02-01", "正文 <img src=x onerror=alert(1)> 完"),
        article("\"><svg onload=alert(1)>", "2023-02-02", "正文 ' \" > & 完"),
    ];
    place.write("o'neil \"quoted\" <b>.jsonl", &nasty).ingest();
    let id = place.get("/api/v1/search").json()["hits"][0]["id"].clone();
    let mut pages = vec!["/".to_owned(), "/?q=正文".to_owned(), "/feed".to_owned()];
    pages.push(format!("/article/{}", id.as_str().unwrap()));
    pages.push(format!("/?q={}", escaped("<script>alert(2)</script> \"><svg onload=alert(2)>")));
    pages.push(format!("/?q={}", escaped("(<script>alert(2)</script>")));
    pages.push(format!("/?district={}", escaped("<script>alert(2)</script>")));
    pages.push(format!("/?{}=1", escaped("<script>alert(2)</script>")));
    for address in pages {
        let answer = ask(place.options(), request(&address, &[("accept", "text/html")]));
        for raw in ["<script>alert", "<svg onload", "<img src=x"] {
            assert!(!answer.text().contains(raw), "{address}: {raw}\n{}", answer.text());
        }
    }
}

#[test]
fn no_address_leads_to_a_file_that_is_not_of_the_archive() {
    let place = Place::empty();
    place.write("a.jsonl", &[article("晨光", "2023-02-01", "晨光照在老桥上。")]).ingest();
    std::fs::write(place.folder.path().join("secret.txt"), "the secret").unwrap();
    std::fs::write(place.corpus().join("unread.bin"), "the secret").unwrap();
    let outside = place.folder.path().join("secret.txt");
    for file in
        ["../secret.txt", "a.jsonl/../../secret.txt", "unread.bin", &outside.to_string_lossy()]
    {
        for address in [
            format!("/source?file={}", escaped(file)),
            format!("/api/v1/source?file={}", escaped(file)),
            format!("/assets/{}", escaped(file)),
            format!("/article/{}", escaped(file)),
        ] {
            let answer = place.get(&address);
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{address}");
            assert!(!answer.text().contains("the secret"), "{address}");
        }
    }
}

#[test]
fn a_choice_of_language_leads_nowhere_else() {
    for back in
        ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:x", "/a\nb"]
    {
        let answer = sample().get(&format!("/lang/en?back={}", escaped(back)));
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{back}");
        assert_eq!(answer.header("location"), "");
    }
    let chosen = sample().get(&format!("/lang/en?back={}", escaped("/?q=%E6%B0%A2")));
    assert_eq!(chosen.header("location"), "/?q=%E6%B0%A2");
    assert!(chosen.header("set-cookie").starts_with("dibao-lang=en;"));
}

#[test]
fn nothing_can_be_changed_and_too_much_is_refused() {
    let of = |method: Method, body: Body| {
        let request = Request::builder().method(method).uri("/api/v1/search");
        ask(sample().options(), request.header("host", "localhost").body(body).unwrap())
    };
    for method in [Method::POST, Method::PUT, Method::DELETE, Method::PATCH] {
        let answer = of(method, Body::empty());
        assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
        assert_eq!(answer.header("content-type"), "application/problem+json");
        assert!(answer.header("allow").contains("GET"));
    }
    let long = sample().get(&format!("/api/v1/search?q={}", "a".repeat(17_000)));
    assert_eq!(long.status, StatusCode::URI_TOO_LONG);
    let longest = escaped(&"年".repeat(dibao::query::MAX_CHARACTERS));
    assert_eq!(sample().get(&format!("/api/v1/search?q={longest}")).status, StatusCode::OK);
    assert_eq!(long.json()["type"], "urn:dibao:problem:address");
    let much = of(Method::POST, Body::from(vec![b'x'; 10_000]));
    assert!(much.status.is_client_error());
}

#[test]
fn nobody_waits_for_ever() {
    let mut options = sample().options();
    options.limits.searches = 0;
    options.limits.patience = std::time::Duration::from_millis(20);
    let busy = ask(options, request("/api/v1/search", &[]));
    assert_eq!(busy.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(busy.json()["type"], "urn:dibao:problem:busy");
    assert!(!busy.header("retry-after").is_empty());
}

#[test]
fn what_is_refused_before_it_is_looked_at_is_a_problem_like_any_other() {
    let told = |answer: super::Answer, status: StatusCode| {
        assert_eq!(answer.status, status, "{}", answer.text());
        assert_eq!(answer.header("content-type"), "application/problem+json");
        assert_eq!(answer.json()["status"], status.as_u16());
    };
    told(sample().get("/api/v1/article/%FF"), StatusCode::BAD_REQUEST);
    told(sample().get("/article/%FF/compare/a"), StatusCode::BAD_REQUEST);
    let large = request("/api/v1/health", &[("content-length", "5000")]);
    told(ask(sample().options(), large), StatusCode::PAYLOAD_TOO_LARGE);
    let mut other = request("/api/v1/search", &[]);
    *other.method_mut() = Method::OPTIONS;
    told(ask(sample().options(), other), StatusCode::METHOD_NOT_ALLOWED);
}

#[test]
fn programs_are_not_told_where_the_files_stand() {
    let place = Place::empty();
    std::fs::write(place.corpus().join("a.txt"), b"\xff\xfe\xfd \x00\x01\n").unwrap();
    place.write("b.jsonl", &[article("题", "2023-02-01", "正文。"), serde_json::json!([1])]);
    place.ingest();
    let folder = place.corpus().to_str().unwrap().to_owned();
    for file in ["a.txt", "b.jsonl"] {
        let answer = place.get(&format!("/api/v1/source?file={file}"));
        assert!(!answer.text().contains(&folder), "{}", answer.text());
    }
    let told = place.get("/api/v1/source?file=b.jsonl");
    assert_eq!(told.status, StatusCode::OK, "{}", told.text());
    assert_eq!(told.json()["report"]["warnings"].as_array().unwrap().len(), 1, "{}", told.text());
}

#[test]
fn who_asks_for_a_page_is_refused_with_a_page() {
    let page = [("accept", "text/html"), ("host", "evil.example")];
    let refused = ask(sample().options(), request("/", &page));
    assert_eq!(refused.status, StatusCode::MISDIRECTED_REQUEST);
    assert!(refused.text().starts_with("<!DOCTYPE html>"), "{}", refused.text());
    let options = Options { token: Some("word".into()), ..sample().options() };
    let asked = ask(options, request("/", &[("accept", "text/html")]));
    assert_eq!(asked.status, StatusCode::UNAUTHORIZED);
    assert!(asked.text().starts_with("<!DOCTYPE html>"));
    // The browser asks for the password by this.
    assert!(asked.header("www-authenticate").starts_with("Basic"));
}
