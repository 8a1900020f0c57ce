//! `/api/v1/openapi.json`: the HTTP interface described in OpenAPI 3.1, made from its code.

use axum::Json;
use utoipa::OpenApi;

use super::{Parameters, Problem, api, api_article, api_export, api_search, api_source, api_trend};

/// Search and export an archive of Chinese bulletins and newspapers.
#[derive(OpenApi)]
#[openapi(
    info(title = "dibao", license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")),
    paths(
        api_search::search,
        api_search::facets,
        api_search::timeline,
        api_trend::trend,
        api_article::article,
        api_article::reprints,
        api_source::source,
        api_export::export,
        api::health,
        api::version,
    ),
    tags(
        (name = "archive", description = "What the archive holds"),
        (name = "server", description = "How the server is"),
    )
)]
pub(super) struct Document;

/// The document.
pub(super) async fn document(
    parameters: Parameters,
) -> Result<Json<utoipa::openapi::OpenApi>, Problem> {
    parameters.none_left()?;
    Ok(Json(Document::openapi()))
}
