//! `/api/v1/overview`, `/api/v1/files`: what the archive holds, and the files that it is from.

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::next_page;
use crate::model::{FileReport, LineRoles};
use crate::present::{ValueForm, whole_number};
use crate::search::{Count, Request, ReviewCount, Timeline};
use crate::web::request::trends::PeriodParams;
use crate::web::{AppState, Only, Problem};

/// What the archive holds.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Holdings {
    /// Articles.
    articles: u64,
    /// The same with reprints counted once.
    stories: u64,
    /// Files that the articles are from.
    files: u64,
    /// Articles without a district.
    unplaced: u64,
    /// Figures of indicators: what an article states more than once counts once for it.
    figures: u64,
    /// Articles with figures.
    articles_with_figures: u64,
    /// Articles over time.
    timeline: Timeline,
    /// Articles of each publication, most first.
    publications: Vec<Count>,
    /// Articles of each outlet, most first.
    outlets: Vec<Count>,
    /// Articles that need review, by reason.
    review: Vec<ReviewCount>,
}

/// Some of the files.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FilePage {
    /// Files in the archive.
    total: u64,
    /// The files of this page, in the order of their names.
    files: Vec<FileReport>,
}

/// Files on a page at most, and without `limit`.
const MAX_FILES: usize = 1_000;
const USUAL_FILES: usize = 100;
/// Files that can be passed over.
pub(crate) const MAX_FILES_OFFSET: usize = 1_000_000;

/// Which of the files.
#[derive(Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(crate) struct FilesParams {
    /// Files to pass over.
    #[param(minimum = 0, maximum = 1_000_000, value_type = u64)]
    offset: String,
    /// Files to return, 100 by default.
    #[param(minimum = 1, maximum = 1000, value_type = u64)]
    limit: String,
}

/// What the archive holds
///
/// Counts over time, by publication, outlet and need for review.
#[utoipa::path(get, path = "/api/v1/overview", tag = "archive", params(PeriodParams), responses(
    (status = 200, description = "Counts", body = Holdings),
    (status = 304, description = "Not modified: the tag in `If-None-Match` is current"),
))]
pub(crate) async fn overview(
    State(state): State<AppState>,
    Only(period): Only<PeriodParams>,
) -> Result<Json<Holdings>, Problem> {
    let by = period.granularity()?;
    let holdings = state.ask(move |opened| {
        let (archive, everything) = (&opened.archive, Request::default());
        let (totals, facets) = (archive.totals(&everything)?, archive.facets(&everything)?);
        let figures = archive.figure_totals()?;
        Ok(Holdings {
            articles: totals.articles,
            stories: totals.stories,
            files: archive.file_count()?,
            unplaced: facets.unplaced,
            figures: figures.figures,
            articles_with_figures: figures.articles,
            timeline: archive.timeline(&everything, by)?,
            publications: facets.publications,
            outlets: facets.outlets,
            review: archive.review_counts(&everything)?,
        })
    });
    Ok(Json(holdings.await?))
}

/// List the files
///
/// What was found in each, and its warnings.
#[utoipa::path(get, path = "/api/v1/files", tag = "archive", params(FilesParams), responses(
    (status = 200, description = "A page of files", body = FilePage, headers(
        ("Link" = String, description = "The next page, as `rel=\"next\"`, where there is one"),
    )),
    (status = 304, description = "Not modified: the tag in `If-None-Match` is current"),
))]
pub(crate) async fn files(
    State(state): State<AppState>,
    Only(FilesParams { offset, limit }): Only<FilesParams>,
) -> Result<impl IntoResponse, Problem> {
    let first = whole_number("offset", &offset)?.unwrap_or(0);
    if first > MAX_FILES_OFFSET {
        return Err(Problem::value("offset", &offset, ValueForm::AtMost(MAX_FILES_OFFSET)));
    }
    let most = whole_number("limit", &limit)?.unwrap_or(USUAL_FILES);
    if !(1..=MAX_FILES).contains(&most) {
        return Err(Problem::value("limit", &limit, ValueForm::Between(1, MAX_FILES)));
    }
    let page = state.ask(move |opened| {
        let reports = opened.archive.file_reports_from(first, most)?;
        let total = opened.archive.file_count()?;
        let told =
            |report| FileReport { path: String::new(), roles: LineRoles::default(), ..report };
        let files = reports.into_iter().map(told).collect();
        Ok(FilePage { total, files })
    });
    let page: FilePage = page.await?;
    let offset = first + most;
    let follows = offset <= MAX_FILES_OFFSET && (offset as u64) < page.total;
    let address = format!("/api/v1/files?offset={offset}&limit={most}");
    Ok((follows.then(|| next_page(&address)), Json(page)))
}
