//! Style sheet, script and icon, which are part of the program.

use axum::http::header;
use axum::response::{IntoResponse, Response};

use crate::pages::{ICON, SCRIPT, STYLE};
use crate::web::{Detail, InPath, Problem};

const SVG: &str = "image/svg+xml";
/// Pages name style sheet and script with a hash of their contents, so that a new version is
/// fetched at once.
const KEPT: &str = "max-age=86400";

/// `/assets/{name}`
pub(crate) async fn asset(InPath(name): InPath<String>) -> Result<Response, Problem> {
    let (media_type, text) = match name.as_str() {
        "style.css" => ("text/css; charset=utf-8", STYLE),
        "script.js" => ("text/javascript; charset=utf-8", SCRIPT),
        "icon.svg" => (SVG, ICON),
        _ => return Err(Problem::not_found(Detail::NoAsset)),
    };
    let headers = [(header::CONTENT_TYPE, media_type), (header::CACHE_CONTROL, KEPT)];
    Ok((headers, text).into_response())
}

/// `/favicon.ico`: where browsers look for an icon if the response is not HTML.
pub(crate) async fn icon() -> Response {
    ([(header::CONTENT_TYPE, SVG), (header::CACHE_CONTROL, KEPT)], ICON).into_response()
}
