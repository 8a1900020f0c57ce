//! Where readers find this server: for what has to name itself by a whole address.

use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;

use super::{App, Problem};

/// `http://127.0.0.1:8080`, without a slash at the end.
#[derive(Debug, Clone)]
pub(super) struct Site(pub String);

impl FromRequestParts<App> for Site {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        if let Some(url) = &app.options().public_url {
            return Ok(Self(url.clone()));
        }
        // It has been checked by now.
        let host = parts.headers.get(header::HOST).and_then(|host| host.to_str().ok());
        Ok(Self(format!("http://{}", host.unwrap_or("localhost"))))
    }
}
