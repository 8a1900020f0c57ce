//! A line in the log for every answer, and a number that answer and line share.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument as _;

/// Numbers of requests since the program began.
static NEXT: AtomicU64 = AtomicU64::new(1);

/// Writes the line when the head of the answer is there. What was searched for is not in it: it is
/// the reader's.
pub(crate) async fn traced(request: Request, next: Next) -> Response {
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let span = tracing::info_span!("request", number);
    let began = Instant::now();
    let mut response = next.run(request).instrument(span.clone()).await;
    let milliseconds = began.elapsed().as_secs_f64() * 1000.0;
    let status = response.status().as_u16();
    span.in_scope(|| tracing::info!(%method, path, status, milliseconds, "answered"));
    let name = HeaderName::from_static("x-request-id");
    response.headers_mut().insert(name, HeaderValue::from(number));
    response
}
