//! Problems as pages: for people who asked for a page.

use std::any::Any;

use axum::extract::Request;
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::pages;
use crate::pages::Frame;
use crate::present::Lang;
use crate::web::Problem;
use crate::web::middleware::language;

/// Renders a problem as HTML if the client accepts HTML.
pub(crate) async fn told(request: Request, next: Next) -> Response {
    let wants_page =
        !request.uri().path().starts_with("/api/v1/") && accepts_html(request.headers());
    let lang = language::of(request.headers());
    // What a form was sent to is no page that could be read in another language.
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    let here = if is_read { request.uri().to_string() } else { "/".to_owned() };
    let response = next.run(request).await;
    match response.extensions().get::<Problem>() {
        Some(problem) if wants_page => in_html(lang, here, problem, &response),
        _ => response,
    }
}

/// The answer after a panic: the failure is a mistake of the program, and in its log.
#[expect(clippy::needless_pass_by_value, reason = "the layer hands it over")]
pub(crate) fn panicked(panic: Box<dyn Any + Send + 'static>) -> Response {
    let said = panic.downcast_ref::<String>().map(String::as_str);
    let said = said.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or_default();
    tracing::error!(said, "an answer panicked");
    Problem::internal().into_response()
}

/// Whether a client asks for a page.
pub(crate) fn accepts_html(headers: &HeaderMap) -> bool {
    let accepted = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
    accepted.is_some_and(|accepted| accepted.contains("text/html"))
}

fn in_html(lang: Lang, here: String, problem: &Problem, response: &Response) -> Response {
    let frame = Frame { lang, here, ..Frame::default() };
    let page = pages::error(&frame, problem.status, &problem.value.text(lang));
    let mut told = (problem.status(), page).into_response();
    for name in
        [header::RETRY_AFTER, header::WWW_AUTHENTICATE, header::ALLOW, header::CONTENT_RANGE]
    {
        if let Some(value) = response.headers().get(&name) {
            told.headers_mut().insert(name, value.clone());
        }
    }
    told
}
