//! The HTTP interface: routes common to all of it, health and version.

pub(crate) mod article;
pub(crate) mod collections;
pub(crate) mod export;
pub(crate) mod fields;
pub(crate) mod holdings;
pub(crate) mod indicators;
pub(crate) mod openapi;
pub(crate) mod picture;
pub(crate) mod range;
pub(crate) mod saved;
pub(crate) mod search;
pub(crate) mod series;
pub(crate) mod source;
pub(crate) mod suggest;
pub(crate) mod trend;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderName, header};
use serde::Serialize;
use utoipa::ToSchema;

use super::watching::{WatchHealth, WatchState};
use super::{AppState, NoParams, Only, Problem};

/// The header that leads to the next page (RFC 8288).
pub(super) fn next_page(address: &str) -> [(HeaderName, String); 1] {
    [(header::LINK, format!("<{address}>; rel=\"next\""))]
}

/// The server can answer.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Health {
    /// Always `ok`; a server that cannot answer returns a problem instead.
    status: &'static str,
    /// Articles in the archive.
    articles: u64,
    /// A tag that changes whenever the archive does.
    state: String,
    /// How the corpus folder is watched, where the server does so.
    #[serde(skip_serializing_if = "Option::is_none")]
    watch: Option<WatchHealth>,
}

/// The program.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Version)]
pub(super) struct Program {
    /// `dibao`
    name: &'static str,
    /// Version of the program.
    version: &'static str,
    /// Version of the HTTP interface.
    api: &'static str,
}

/// Health check
#[utoipa::path(get, path = "/api/v1/health", tag = "server", responses(
    (status = 200, description = "It can", body = Health),
))]
pub(super) async fn health(
    State(state): State<AppState>,
    _: Only<NoParams>,
) -> Result<Json<Health>, Problem> {
    let opened = state.archive().await?;
    let watch = state.options().watch.as_ref().map(WatchState::health);
    Ok(Json(Health { status: "ok", articles: opened.articles, state: opened.state.clone(), watch }))
}

/// Version of the program
#[utoipa::path(get, path = "/api/v1/version", tag = "server", responses(
    (status = 200, description = "The program", body = Program),
))]
pub(super) async fn version(_: Only<NoParams>) -> Result<Json<Program>, Problem> {
    Ok(Json(Program {
        name: env!("CARGO_PKG_NAME"),
        version: env!("CARGO_PKG_VERSION"),
        api: "v1",
    }))
}
