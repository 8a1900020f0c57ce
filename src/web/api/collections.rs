//! `/api/v1/collections`: what people collected.

use axum::Json;
use axum::extract::State;

use crate::present;
use crate::present::{CollectedArticles, CollectionSummary};
use crate::web::{AppState, Detail, InPath, NoParams, Only, Problem};

/// Collections
///
/// By their names.
#[utoipa::path(get, path = "/api/v1/collections", tag = "archive", responses(
    (status = 200, description = "The collections", body = Vec<CollectionSummary>),
    (status = 304, description = "Not modified: the tag in `If-None-Match` is current"),
))]
pub(crate) async fn collections(
    State(state): State<AppState>,
    _: Only<NoParams>,
) -> Result<Json<Vec<CollectionSummary>>, Problem> {
    let listed = state.ask(|opened| Ok(present::collections(&opened.archive)));
    Ok(Json(listed.await?))
}

/// A collection
///
/// Its articles in its order, each with what is said about it.
#[utoipa::path(get, path = "/api/v1/collections/{name}", tag = "archive",
    params(("name" = String, Path, description = "The name of the collection")),
    responses(
        (status = 200, description = "The collection", body = CollectedArticles),
        (status = 304, description = "Not modified: the tag in `If-None-Match` is current"),
        (status = 404, description = "No collection has this name", body = Problem, content_type = "application/problem+json"),
    ))]
pub(crate) async fn collection(
    State(state): State<AppState>,
    InPath(name): InPath<String>,
    _: Only<NoParams>,
) -> Result<Json<CollectedArticles>, Problem> {
    let found = state.ask(move |opened| {
        let found = present::collected(&opened.archive, &name)?;
        found.ok_or_else(|| Problem::not_found(Detail::NoCollection { name }))
    });
    Ok(Json(found.await?))
}
