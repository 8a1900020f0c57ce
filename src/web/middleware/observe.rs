//! Counts every response and logs it; the log line and the response share a request number.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tracing::Instrument as _;

use crate::web::{AppState, Problem};

const MEDIA_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// The number of the next request.
static NEXT: AtomicU64 = AtomicU64::new(1);

/// Counts a response and logs it once its headers are known. The query is left out of the log: what
/// people search for is private.
pub(crate) async fn observed(
    State(state): State<AppState>,
    request: Request,
    next: Next,
) -> Response {
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    // The pattern and not the path: there are as many paths as articles.
    let route = request.extensions().get::<MatchedPath>();
    let route = route.map_or("none", MatchedPath::as_str).to_owned();
    let span = tracing::info_span!("request", number);
    let began = Instant::now();
    let mut response = next.run(request).instrument(span.clone()).await;
    let seconds = began.elapsed().as_secs_f64();
    let (status, milliseconds) = (response.status().as_u16(), seconds * 1000.0);
    state.metrics().count(route, status, seconds);
    span.in_scope(|| tracing::info!(%method, path, status, milliseconds, "answered"));
    let name = HeaderName::from_static("x-request-id");
    response.headers_mut().insert(name, HeaderValue::from(number));
    response
}

/// `/metrics`
pub(crate) async fn metrics(State(state): State<AppState>) -> Result<Response, Problem> {
    let text = state.metrics().to_text().map_err(|_| Problem::internal())?;
    Ok((StatusCode::OK, [(header::CONTENT_TYPE, MEDIA_TYPE)], text).into_response())
}
