//! `/api/v1/source`: a file as the archive sees it, line by line.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::model::{ArticleId, FileReport, LineRange, LineRoles};
use crate::present::{
    LineSelection, ReadMode, SourceError, SourceView, ValueForm, source_view, whole_number,
};
use crate::web::{AppState, Detail, Only, Problem};

/// Some lines of a file.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Source {
    /// What is known of the file.
    report: FileReport,
    /// The lines.
    #[serde(flatten)]
    view: SourceView,
    /// The articles that own some of these lines, in the order of the file.
    articles: Vec<Owner>,
}

/// An article that owns lines.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Owner {
    /// Its id.
    id: ArticleId,
    /// Its place in the file: the `owner` of its lines.
    ordinal: u32,
    /// Its title.
    #[schema(required)]
    title: Option<String>,
    /// All lines that it owns.
    lines: Vec<LineRange>,
    /// How sure it is that it begins there, from 0 to 1.
    confidence: f32,
}

/// Which lines of which file.
#[derive(Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(crate) struct LinesParams {
    /// The file, as articles have it in `source`.
    #[param(min_length = 1, required = true)]
    file: String,
    /// The first row to return, counted from 1; `next` is the first row of the next page.
    #[param(minimum = 1, value_type = u32)]
    from: String,
}

/// The lines of a file
///
/// Each with its role and the article that it belongs to.
#[utoipa::path(get, path = "/api/v1/source", tag = "archive", params(LinesParams), responses(
    (status = 200, description = "Some lines", body = Source),
    (status = 404, description = "The archive has no file of this name", body = Problem, content_type = "application/problem+json"),
    (status = 422, description = "The file is compressed: its lines cannot be shown", body = Problem, content_type = "application/problem+json"),
    (status = 410, description = "The lines cannot be shown: the file was deleted or changed after it was ingested", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn source(
    State(state): State<AppState>,
    Only(LinesParams { file, from }): Only<LinesParams>,
) -> Result<Json<Source>, Problem> {
    if file.is_empty() {
        return Err(Problem::parameter("file", Detail::FileMissing));
    }
    let from = whole_number("from", &from)?.unwrap_or(1);
    if from == 0 {
        return Err(Problem::value("from", "0", ValueForm::Row));
    }
    let from = u32::try_from(from).unwrap_or(u32::MAX);
    let corpus = state.options().corpus.clone();
    let source = state.ask(move |opened| {
        let archive = &opened.archive;
        let report = archive.file_report(&file)?.ok_or_else(no_file)?;
        let mut view =
            source_view(archive, &corpus, &report, LineSelection::From(from), ReadMode::Page)?;
        let articles = std::mem::take(&mut view.articles).into_iter().map(|record| Owner {
            confidence: record.cut.confidence,
            id: record.id,
            ordinal: record.ordinal,
            title: record.title,
            lines: record.lines,
        });
        let articles = articles.collect();
        let report = FileReport { path: String::new(), roles: LineRoles::default(), ..report };
        Ok(Source { report, view, articles })
    });
    Ok(Json(source.await?))
}

/// The response to a file name that is not in the archive.
pub(crate) fn no_file() -> Problem {
    Problem::not_found(Detail::NoFile)
}

impl From<SourceError> for Problem {
    fn from(error: SourceError) -> Self {
        let (status, value) = match error {
            SourceError::Search(error) => return error.into(),
            SourceError::Gone(_) => (StatusCode::GONE, Detail::FileGone),
            SourceError::Neither(_) | SourceError::Elsewhere(_) => {
                (StatusCode::GONE, Detail::FileChanged)
            }
            SourceError::Compressed(_) => {
                (StatusCode::UNPROCESSABLE_ENTITY, Detail::FileCompressed)
            }
            SourceError::Unreadable(_) | SourceError::Broken(..) | SourceError::Config(_) => {
                // The message names folders of the server, so it goes to the log alone.
                tracing::warn!(%error, "a file of the corpus cannot be shown");
                // It may be put right.
                (StatusCode::SERVICE_UNAVAILABLE, Detail::FileUnreadable)
            }
        };
        let kind = "urn:dibao:problem:source";
        Self::new(status, kind, "The lines cannot be shown", value)
    }
}
