//! Who may write, and what is refused.

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use dibao::web::{EditorTokens, Options, service};
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;

use super::{Answer, Place, sample};

pub const WANG: &str = "wang-0123456789abcdef";
pub const LEE: &str = "lee-fedcba9876543210";

/// A server that goes on between requests, so that sessions do.
pub struct Desk {
    router: Router,
    runtime: tokio::runtime::Runtime,
}

/// Somebody who has signed in.
#[derive(Clone)]
pub struct Signed {
    pub cookie: String,
    pub key: String,
}

impl Desk {
    pub fn of(options: Options) -> Self {
        let tokens = format!("王芳 {WANG}\nAnn Lee {LEE}\n");
        let editors = Some(EditorTokens::read(&tokens).unwrap());
        Self::with(Options { editors, ..options })
    }

    fn with(options: Options) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        Self { router: service(options), runtime }
    }

    pub fn send(&self, request: Request<Body>) -> Answer {
        self.runtime.block_on(async {
            let response = self.router.clone().oneshot(request).await.unwrap();
            let (head, body) = response.into_parts();
            let body = body.collect().await.unwrap().to_bytes().to_vec();
            Answer { status: head.status, headers: head.headers, body }
        })
    }

    pub fn get(&self, address: &str, headers: &[(&str, &str)]) -> Answer {
        self.send(super::request(address, headers))
    }

    pub fn post(&self, address: &str, headers: &[(&str, &str)], fields: &[(&str, &str)]) -> Answer {
        let mut request = Request::builder()
            .method(Method::POST)
            .uri(address)
            .header("host", "localhost:8080")
            .header("content-type", "application/x-www-form-urlencoded");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let body = serde_html_form::to_string(fields).unwrap();
        self.send(request.body(Body::from(body)).unwrap())
    }

    pub fn sign_in(&self, token: &str) -> Signed {
        let answer = self.post("/login", &[], &[("token", token), ("back", "/review")]);
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        assert_eq!(answer.header("location"), "/review");
        let line = answer.header("set-cookie").to_owned();
        assert!(line.contains("; HttpOnly; SameSite=Strict"), "{line}");
        let cookie = line.split(';').next().unwrap().to_owned();
        let page = self.get("/login", &[("cookie", &cookie)]);
        let (_, rest) = page.text().split_once("name=\"key\" value=\"").unwrap();
        let key = rest.split('"').next().unwrap().to_owned();
        Signed { cookie, key }
    }
}

fn code(answer: &Answer) -> String {
    answer.json()["code"].as_str().unwrap_or_default().to_owned()
}

#[test]
fn a_server_without_editors_says_so_and_writes_nothing() {
    let desk = Desk::with(sample().options());
    for path in ["/login", "/logout"] {
        let asked = desk.get(path, &[]);
        assert_eq!((asked.status, code(&asked).as_str()), (StatusCode::NOT_FOUND, "editing_off"));
        let sent = desk.post(path, &[], &[("token", WANG)]);
        assert_eq!((sent.status, code(&sent).as_str()), (StatusCode::NOT_FOUND, "editing_off"));
        assert!(sent.headers.get("set-cookie").is_none());
    }
}

#[test]
fn nobody_signs_in_with_a_wrong_token_or_from_elsewhere() {
    let desk = Desk::of(sample().options());
    for wrong in ["", "wang", &WANG[1..], "王芳"] {
        let answer = desk.post("/login", &[], &[("token", wrong)]);
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{wrong}");
        assert!(answer.text().contains("role=\"alert\""), "{}", answer.text());
        assert!(answer.headers.get("set-cookie").is_none());
    }
    for elsewhere in [
        ("origin", "https://evil.example"),
        ("origin", "null"),
        ("origin", "http://localhost"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("sec-fetch-site", "none"),
    ] {
        let answer = desk.post("/login", &[elsewhere], &[("token", WANG)]);
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{elsewhere:?}");
        assert_eq!(code(&answer), "foreign_form");
    }
    let here = [("origin", "http://localhost:8080"), ("sec-fetch-site", "same-origin")];
    let answer = desk.post("/login", &here, &[("token", WANG), ("back", "//evil.example")]);
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/"));
}

#[test]
fn a_form_is_taken_from_its_own_session_alone() {
    let desk = Desk::of(sample().options());
    let wang = desk.sign_in(WANG);
    let lee = desk.sign_in(LEE);
    let again = desk.sign_in(WANG);
    let send = |cookie: &str, key: &str| {
        let answer = desk.post("/logout", &[("cookie", cookie)], &[("key", key)]);
        (
            answer.status,
            if answer.status.is_success() { String::new() } else { answer.text().into() },
        )
    };
    let status = |cookie: &str, key: &str| send(cookie, key).0;
    assert_eq!(status("", &wang.key), StatusCode::UNAUTHORIZED);
    let name = wang.cookie.split('=').next().unwrap();
    assert_eq!(status(&format!("{name}=a.b.c.d"), &wang.key), StatusCode::UNAUTHORIZED);
    // Without the field, with that of another editor, and with that of an earlier session.
    for key in ["", "0", &lee.key, &again.key] {
        let (status, said) = send(&wang.cookie, key);
        assert_eq!(status, StatusCode::FORBIDDEN, "{key}");
        assert!(said.contains("old_form"), "{said}");
    }
    let from = |headers: &[(&str, &str)]| desk.post("/logout", headers, &[("key", &wang.key)]);
    let elsewhere = from(&[("cookie", &wang.cookie), ("origin", "https://evil.example")]);
    assert_eq!(code(&elsewhere), "foreign_form");
    assert_eq!(status(&wang.cookie, &wang.key), StatusCode::SEE_OTHER);
    // The session is over, whatever the browser keeps.
    assert_eq!(status(&wang.cookie, &wang.key), StatusCode::UNAUTHORIZED);
    assert_eq!(status(&again.cookie, &again.key), StatusCode::SEE_OTHER);
}

#[test]
fn a_program_sends_its_token_and_no_field() {
    let desk = Desk::of(sample().options());
    let send = |scheme: &str| desk.post("/logout", &[("authorization", scheme)], &[]);
    assert_eq!(send(&format!("Bearer {WANG}")).status, StatusCode::SEE_OTHER);
    let wrong = send("Bearer wang-0123456789abcdeg");
    assert_eq!((wrong.status, code(&wrong).as_str()), (StatusCode::UNAUTHORIZED, "no_editor"));
    assert!(wrong.header("www-authenticate").starts_with("Bearer"));
    // A browser sends a password by itself, whoever made the page.
    assert_eq!(send("Basic eDp3YW5nLTAxMjM0NTY3ODlhYmNkZWY=").status, StatusCode::UNAUTHORIZED);
    // Who may write may read where reading needs a token as well.
    let guarded = Desk::of(Options { token: Some("word".into()), ..sample().options() });
    assert_eq!(guarded.get("/", &[]).status, StatusCode::UNAUTHORIZED);
    let bearer = format!("Bearer {WANG}");
    assert_eq!(guarded.get("/", &[("authorization", &bearer)]).status, StatusCode::OK);
}

#[test]
fn what_is_too_much_is_refused() {
    let mut options = sample().options();
    options.limits.writes = 2;
    let desk = Desk::of(options);
    let bearer = format!("Bearer {WANG}");
    let other = format!("Bearer {LEE}");
    let send = |bearer: &str| desk.post("/logout", &[("authorization", bearer)], &[]);
    let large = "甲".repeat(30_000);
    let much = desk.post("/logout", &[("authorization", &bearer)], &[("text", &large)]);
    assert_eq!(much.status, StatusCode::PAYLOAD_TOO_LARGE);
    let statuses = [send(&bearer).status, send(&bearer).status];
    assert_eq!(statuses, [StatusCode::SEE_OTHER; 2]);
    let third = send(&bearer);
    assert_eq!(third.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(!third.header("retry-after").is_empty());
    assert_eq!(send(&other).status, StatusCode::SEE_OTHER, "each editor has a limit of its own");
    let request =
        Request::builder().method(Method::POST).uri("/logout").header("host", "localhost");
    let json = request.header("content-type", "application/json").header("authorization", &other);
    let answer = desk.send(json.body(Body::from("{}")).unwrap());
    assert_eq!(answer.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
}

/// Every address that takes forms of editors.
const FORMS: [&str; 7] = [
    "/article/000000000000/notes",
    "/collections",
    "/collection/a",
    "/edit/article/000000000000",
    "/edit/lines",
    "/edit/undo",
    "/logout",
];

#[test]
fn who_has_not_signed_in_writes_nothing() {
    let place = Place::empty();
    place.write("a.jsonl", &[super::article("老桥通车", "2021-03-04", "本报讯 老桥昨天通车。")]);
    place.ingest();
    let fields = [("name", "甲"), ("action", "tag"), ("tag", "甲"), ("field", "title")];
    let nothing_is_written = || assert!(!place.folder.path().join("corpus.curation").exists());
    let open = Desk::of(place.options());
    let signed = open.sign_in(WANG);
    for path in FORMS {
        assert_eq!(open.post(path, &[], &fields).status, StatusCode::UNAUTHORIZED, "{path}");
        // The cookie without the field of the form is what another site could have sent.
        let sent = open.post(path, &[("cookie", &signed.cookie)], &fields);
        assert_eq!((sent.status, code(&sent).as_str()), (StatusCode::FORBIDDEN, "old_form"));
        nothing_is_written();
    }
    let closed = Desk::with(place.options());
    for path in FORMS {
        let bearer = format!("Bearer {WANG}");
        let sent = closed.post(path, &[("authorization", &bearer)], &fields);
        assert!(
            matches!(sent.status, StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED),
            "{path}: {}",
            sent.status
        );
        nothing_is_written();
    }
    let sent = open.post("/api/v1/search", &[("cookie", &signed.cookie)], &[("key", &signed.key)]);
    assert_eq!((sent.status, code(&sent).as_str()), (StatusCode::METHOD_NOT_ALLOWED, "no_method"));
    assert!(sent.header("allow").contains("GET"), "{}", sent.text());
    nothing_is_written();
}

#[test]
fn guesses_of_tokens_are_answered_slowly() {
    let desk = Desk::of(sample().options());
    let send = |token: &str| {
        let began = std::time::Instant::now();
        let bearer = format!("Bearer {token}");
        desk.post("/edit/undo", &[("authorization", &bearer)], &[]);
        began.elapsed()
    };
    let slow = std::time::Duration::from_millis(250);
    assert!(send("wang-0123456789abcdeg") >= slow);
    // No page tells whether a token is one of an editor.
    let read = |token: &str| {
        let page = desk.get("/collections", &[("authorization", &format!("Bearer {token}"))]);
        page.text().to_owned()
    };
    assert_eq!(read(WANG), read("wang-0123456789abcdeg"));
}

#[test]
fn what_was_typed_is_not_lost_with_the_session() {
    let desk = Desk::of(sample().options());
    let headers = [
        ("accept", "text/html"),
        ("referer", "http://localhost:8080/article/0123456789ab?q=a"),
        ("sec-fetch-site", "same-origin"),
    ];
    let fields = [("action", "note"), ("text", "与年鉴<b>不合"), ("key", "old")];
    let sent = desk.post("/article/0123456789ab/notes", &headers, &fields);
    assert_eq!(sent.status, StatusCode::UNAUTHORIZED);
    let page = sent.text();
    assert!(page.contains("与年鉴&lt;b&gt;不合"), "{page}");
    assert!(page.contains("href=\"/login?back=%2Farticle%2F0123456789ab%3Fq%3Da\""), "{page}");
    // Who signs in again and comes from elsewhere can go on.
    let signed = desk.sign_in(WANG);
    let page = desk.get("/login?back=%2Freview", &[("cookie", &signed.cookie)]);
    assert!(page.text().contains("href=\"/review\">继续"), "{}", page.text());
    let page = desk.get("/login?back=%2F%2Fevil.example", &[("cookie", &signed.cookie)]);
    assert!(!page.text().contains("evil"), "{}", page.text());
}

#[test]
fn readers_get_no_forms_from_caches() {
    let place = Place::empty();
    place.write("a.jsonl", &[super::article("老桥通车", "2021-03-04", "本报讯 老桥昨天通车。")]);
    place.ingest();
    let desk = Desk::of(place.options());
    let signed = desk.sign_in(WANG);
    let found = desk.get("/api/v1/search", &[]).json();
    let id = found["hits"][0]["id"].as_str().unwrap().to_owned();
    for path in [format!("/article/{id}"), "/source?file=a.jsonl".into(), "/collections".into()] {
        let own = desk.get(&path, &[("cookie", &signed.cookie)]);
        assert!(own.text().contains("method=\"post\""), "{path}");
        assert_eq!(own.header("cache-control"), "private, no-store", "{path}");
        let tag = own.header("etag").to_owned();
        let read = desk.get(&path, &[("if-none-match", if tag.is_empty() { "*" } else { &tag })]);
        assert_eq!(read.status, StatusCode::OK, "{path}");
        assert!(!read.text().contains("method=\"post\""), "{path}");
        assert_eq!(read.header("cache-control"), "private, no-cache", "{path}");
    }
    // Files and pages of a server on which nobody may write are as they were.
    let closed = Desk::with(place.options());
    assert!(!closed.get("/collections", &[]).text().contains("/login"));
}
