//! `/api/v1/article/{id}`: an article, and what has substantially the same text.

use axum::Json;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};

use super::{App, Parameters, Problem, api_export, sentences};
use crate::export::{Exporter, Format};
use crate::model::{ArticleId, Record, filled};

/// An article
///
/// By its id.
#[utoipa::path(get, path = "/api/v1/article/{id}", tag = "archive",
    params(
        ("id" = String, Path, description = "The id, 12 characters", example = "k7q2m9x4t1vd"),
        ("format" = Option<String>, Query, description = "json (the usual one), jsonl, csv or md"),
    ),
    responses(
        (status = 200, description = "The article", content(
            (Record = "application/json"), (String = "application/x-ndjson"),
            (String = "text/csv"), (String = "text/markdown"),
        )),
        (status = "default", description = "A problem", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn article(
    State(app): State<App>,
    Path(id): Path<String>,
    mut parameters: Parameters,
) -> Result<Response, Problem> {
    let name = parameters.take("format").filter(|name| name != "json");
    let format = name.map(|name| api_export::format(&name)).transpose()?;
    parameters.none_left()?;
    let record = app.ask(move |opened| {
        let found = opened.archive.get(&ArticleId(id.clone()))?;
        // Several of one full id are one text in files of one name.
        found.into_iter().find(|record| record.id.0 == id).ok_or_else(|| unknown(&id))
    });
    let record = record.await?;
    match format {
        None => Ok(Json(record).into_response()),
        Some(format) => download(&record, format),
    }
}

/// The prints of an article
///
/// Every article with substantially the same text, this one included, by date.
#[utoipa::path(get, path = "/api/v1/article/{id}/reprints", tag = "archive",
    params(("id" = String, Path, description = "The id, 12 characters", example = "k7q2m9x4t1vd")),
    responses(
        (status = 200, description = "The articles", body = Vec<Record>),
        (status = "default", description = "A problem", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn reprints(
    State(app): State<App>,
    Path(id): Path<String>,
    parameters: Parameters,
) -> Result<Json<Vec<Record>>, Problem> {
    parameters.none_left()?;
    let records = app.ask(move |opened| {
        let of = ArticleId(id);
        let records = opened.archive.reprints(&of)?;
        // The beginning of an id may be that of several articles.
        if records.iter().any(|record| record.id == of) { Ok(records) } else { Err(unknown(&of.0)) }
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
    Ok((api_export::download_headers(format, &record.id.0), file).into_response())
}

fn unknown(id: &str) -> Problem {
    Problem::not_found(filled(sentences::NO_ARTICLE, &[&id]))
}
