//! `/api/v1/article/{id}`: an article, and its reprints.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::export::download_headers;
use crate::export::{Exporter, Format};
use crate::model::{ArticleId, Record};
use crate::present::ValueForm;
use crate::web::request::choice;
use crate::web::{AppState, Detail, InPath, NoParams, Only, Problem};

/// The format of an article.
#[derive(Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(crate) struct ArticleParams {
    /// The format; json is the default.
    #[param(inline, value_type = ArticleFormat)]
    format: String,
}

#[derive(Default, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum ArticleFormat {
    #[default]
    Json,
    Jsonl,
    Csv,
    Md,
}

/// An article
///
/// By its id.
#[utoipa::path(get, path = "/api/v1/article/{id}", tag = "archive",
    params(
        ("id" = inline(ArticleId), Path, description = "The id, 12 characters"),
        ArticleParams,
    ),
    responses(
        (status = 200, description = "The article", content(
            (Record = "application/json"), (String = "application/x-ndjson"),
            (String = "text/csv"), (String = "text/markdown"),
        )),
        (status = 304, description = "Not modified: the tag in `If-None-Match` is current"),
        (status = 404, description = "No article has this id", body = Problem, content_type = "application/problem+json"),
    ))]
pub(crate) async fn article(
    State(state): State<AppState>,
    InPath(id): InPath<String>,
    Only(ArticleParams { format }): Only<ArticleParams>,
) -> Result<Response, Problem> {
    let format = choice("format", &format, ValueForm::ExportFormat)?;
    let id = whole(id)?;
    let record = state.ask(move |opened| {
        // Several of one full id are one text in files of one name.
        opened.archive.get(&id)?.into_iter().next().ok_or_else(|| unknown(&id.0))
    });
    let record = record.await?;
    match format {
        ArticleFormat::Json => Ok(Json(record).into_response()),
        ArticleFormat::Jsonl => download(&record, Format::Jsonl),
        ArticleFormat::Csv => download(&record, Format::Csv),
        ArticleFormat::Md => download(&record, Format::Markdown),
    }
}

/// The prints of an article
///
/// Every article with substantially the same text, this one included, by date.
#[utoipa::path(get, path = "/api/v1/article/{id}/reprints", tag = "archive",
    params(("id" = inline(ArticleId), Path, description = "The id, 12 characters")),
    responses(
        (status = 200, description = "The articles", body = Vec<Record>),
        (status = 304, description = "Not modified: the tag in `If-None-Match` is current"),
        (status = 404, description = "No article has this id", body = Problem, content_type = "application/problem+json"),
    ))]
pub(crate) async fn reprints(
    State(state): State<AppState>,
    InPath(id): InPath<String>,
    _: Only<NoParams>,
) -> Result<Json<Vec<Record>>, Problem> {
    let id = whole(id)?;
    let records = state.ask(move |opened| {
        let records = opened.archive.reprints(&id)?;
        if records.is_empty() { Err(unknown(&id.0)) } else { Ok(records) }
    });
    Ok(Json(records.await?))
}

/// An article as a file of its own.
fn download(record: &Record, format: Format) -> Result<Response, Problem> {
    let mut file = Vec::new();
    let written = Exporter::new(format, &mut file, true).and_then(|mut exporter| {
        exporter.write(record)?;
        exporter.finish()
    });
    written.map_err(|error| {
        tracing::error!(%error, "an article could not be written");
        Problem::internal()
    })?;
    Ok((download_headers(format, &record.id.0), file).into_response())
}

/// Checks the length of an id or a prefix of one. A short prefix would match many articles.
///
/// # Errors
/// When it is too short or too long.
fn whole(id: String) -> Result<ArticleId, Problem> {
    let id = ArticleId(id);
    if id.is_whole() { Ok(id) } else { Err(unknown(&id.0)) }
}

fn unknown(id: &str) -> Problem {
    Problem::not_found(Detail::NoArticle { id: id.to_owned() })
}
