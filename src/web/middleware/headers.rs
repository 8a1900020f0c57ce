//! Headers of every response: security policy, caching and validation.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tokio::task::spawn_blocking;

use super::language;
use crate::curation::SavedSearches;
use crate::web::AppState;
use crate::web::archive::{OpenArchive, today};

/// Content-Security-Policy: no resources of other origins, no inline scripts or styles.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; \
    img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; \
    frame-ancestors 'none'";

const ALWAYS: [(HeaderName, &str); 7] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
];

/// Adds the headers that every response has.
pub(crate) async fn secured(
    State(state): State<AppState>,
    request: Request,
    next: Next,
) -> Response {
    let sessions = state.editing().map(|editing| &editing.sessions);
    let is_editor = sessions.is_some_and(|sessions| sessions.of(request.headers()).is_some());
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if !state.options().origins.is_empty() {
        let value = HeaderValue::from_static("cross-origin");
        headers.insert(HeaderName::from_static("cross-origin-resource-policy"), value);
    }
    let is_page = |headers: &HeaderMap| {
        let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        kind.is_some_and(|kind| kind.starts_with("text/html"))
    };
    if is_editor && is_page(headers) {
        // Who uses the browser after an editor has signed out sees no form of theirs.
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
        headers.append(header::VARY, HeaderValue::from_static("accept-language, cookie"));
    } else if !headers.contains_key(header::CACHE_CONTROL) {
        // Cached by the browser alone, which revalidates it each time.
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
        headers.append(header::VARY, HeaderValue::from_static("accept-language, cookie"));
    }
    response
}

/// Sets an ETag from the state of the archive and the address, and responds 304 if the client has that
/// version. It can have one only of an address that was answered.
pub(crate) async fn tagged(
    State(state): State<AppState>,
    request: Request,
    next: Next,
) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return next.run(request).await;
    }
    let Ok(opened) = state.archive().await else { return next.run(request).await };
    let lang = language::of(request.headers()).tag();
    // Weak: pages are the same in what they say, if not in every byte, and they change with the language.
    let saved = saved_tag(&state, request.uri()).await;
    let tag = format!("W/\"{}{saved}-{lang}\"", version(&state, &opened, request.uri()));
    let Ok(value) = HeaderValue::from_str(&tag) else { return next.run(request).await };
    let mut response = if is_known(request.headers(), &tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        next.run(request).await
    };
    if matches!(response.status(), StatusCode::OK | StatusCode::NOT_MODIFIED) {
        response.headers_mut().insert(header::ETAG, value);
    }
    response
}

/// A tag of the saved searches, where the address asks for one of them: they change without the archive.
async fn saved_tag(state: &AppState, address: &Uri) -> String {
    if !address.query().is_some_and(|query| query.contains("saved=")) {
        return String::new();
    }
    let folder = state.options().curation.clone();
    let tag = spawn_blocking(move || SavedSearches::tag(&folder)).await;
    format!("-{}", tag.unwrap_or_default())
}

/// What an answer is made from: the program, the archive, the day (relative dates such as 近30天 change
/// with it), and the address.
pub(crate) fn version(state: &AppState, opened: &OpenArchive, address: &Uri) -> String {
    let address = blake3::hash(address.to_string().as_bytes()).to_hex();
    format!("{}-{}-{}-{}", state.build(), opened.state, today(), &address[..12])
}

/// Makes the tags of compressed answers weak: their bytes are not those that the tag stands for, and
/// the rest of a download is not to be put behind them.
pub(crate) async fn weakened(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let tag = headers.get(header::ETAG).and_then(|tag| tag.to_str().ok());
    if let Some(tag) = tag.filter(|tag| tag.starts_with('"'))
        && headers.contains_key(header::CONTENT_ENCODING)
        && let Ok(tag) = HeaderValue::from_str(&format!("W/{tag}"))
    {
        headers.insert(header::ETAG, tag);
    }
    response
}

/// Whether `If-None-Match` names this tag (RFC 9110, 13.1.2: weak comparison).
pub(crate) fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let known = headers.get_all(header::IF_NONE_MATCH).iter();
    let known = known.filter_map(|value| value.to_str().ok()).flat_map(|line| line.split(','));
    let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    known.map(opaque).any(|known| known == opaque(tag))
}
