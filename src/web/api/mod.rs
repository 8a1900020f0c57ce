//! The HTTP interface: what all of it shares, and whether the server is well.

pub(crate) mod article;
pub(crate) mod export;
pub(crate) mod openapi;
pub(crate) mod search;
pub(crate) mod source;
pub(crate) mod trend;

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::{AppState, Parameters, Problem};

/// The server can answer.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Health {
    /// Always `ok`; a server that cannot answer says so with a problem.
    status: &'static str,
    /// Articles in the archive.
    articles: u64,
    /// Changes when the archive does.
    state: String,
}

/// The program.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Version)]
pub(super) struct Program {
    /// `dibao`
    name: &'static str,
    /// Of the program.
    version: &'static str,
    /// Of this interface.
    api: &'static str,
}

/// Whether the archive can be asked
#[utoipa::path(get, path = "/api/v1/health", tag = "server", responses(
    (status = 200, description = "It can", body = Health),
))]
pub(super) async fn health(
    State(state): State<AppState>,
    parameters: Parameters,
) -> Result<Json<Health>, Problem> {
    parameters.none_left()?;
    let opened = state.archive().await?;
    Ok(Json(Health { status: "ok", articles: opened.articles, state: opened.state.clone() }))
}

/// Which program this is
#[utoipa::path(get, path = "/api/v1/version", tag = "server", responses(
    (status = 200, description = "The program", body = Program),
))]
pub(super) async fn version(parameters: Parameters) -> Result<Json<Program>, Problem> {
    parameters.none_left()?;
    Ok(Json(Program {
        name: env!("CARGO_PKG_NAME"),
        version: env!("CARGO_PKG_VERSION"),
        api: "v1",
    }))
}
