//! Where readers find this server: for what has to name itself by a whole address.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use crate::web::middleware::guard::ServerName;
use crate::web::{AppState, Problem};

/// `http://127.0.0.1:8080`, without a slash at the end.
#[derive(Debug, Clone)]
pub(crate) struct Site(pub String);

impl FromRequestParts<AppState> for Site {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        if let Some(url) = &state.options().public_url {
            return Ok(Self(url.clone()));
        }
        let host = parts.extensions.get::<ServerName>().map(|ServerName(host)| host.as_str());
        Ok(Self(format!("http://{}", host.unwrap_or("localhost"))))
    }
}
