//! Style sheet, script and icon, which are part of the program.

use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use super::Problem;
use crate::pages::{ICON, SCRIPT, STYLE};

/// `/assets/{name}`
pub(super) async fn asset(Path(name): Path<String>) -> Result<Response, Problem> {
    let (media_type, text) = match name.as_str() {
        "style.css" => ("text/css; charset=utf-8", STYLE),
        "script.js" => ("text/javascript; charset=utf-8", SCRIPT),
        "icon.svg" => ("image/svg+xml", ICON),
        _ => return Err(Problem::not_found("there is no such file")),
    };
    // Addresses have the version; a day is short enough for whoever builds the program anew.
    let headers = [(header::CONTENT_TYPE, media_type), (header::CACHE_CONTROL, "max-age=86400")];
    Ok((headers, text).into_response())
}
