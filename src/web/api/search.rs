//! `/api/v1/search`, `/facets`, `/timeline`.

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::fields::FieldsParams;
use super::next_page;
use crate::present;
use crate::present::{Answer, Extras, SearchParams};
use crate::search::{Facets, Timeline};
use crate::web::request::flag;
use crate::web::request::searches::WholeSearch;
use crate::web::request::trends::PeriodParams;
use crate::web::{AppState, Parameters, Problem};

/// Counts.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FacetCounts {
    /// Facets of the matching articles.
    facets: Facets,
    /// Disjunctive facets: each field counted without its own filter.
    #[serde(rename = "choices")]
    disjunctive: Facets,
    /// Whether articles with only some of the words, which a search can list behind those that match,
    /// are left out. They are counted with `any`.
    without_partial: bool,
}

/// Counts over time.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TimelineCounts {
    /// The counts.
    #[serde(flatten)]
    timeline: Timeline,
    /// Whether articles with only some of the words, which a search can list behind those that match,
    /// are left out. They are counted with `any`.
    without_partial: bool,
}

/// Optional parts of the answer to a search.
#[derive(Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(crate) struct ExtrasParams {
    /// Whether to add counts by district, topic, outlet, publication, kind and time.
    #[param(value_type = bool)]
    facets: Option<String>,
    /// Whether to explain each hit and how the query was parsed.
    #[param(value_type = bool)]
    explain: Option<String>,
}

/// Find articles
///
/// The hits of one page, with what matched where.
#[utoipa::path(get, path = "/api/v1/search", tag = "archive", params(SearchParams, ExtrasParams, FieldsParams), responses(
    (status = 200, description = "A page of hits", body = Answer, headers(
        ("Link" = String, description = "The next page, as `rel=\"next\"`, where there is one"),
    )),
    (status = 304, description = "Not modified: the tag in `If-None-Match` is current"),
    (status = 410, description = "The cursor in `after` has expired: the archive has changed", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn search(
    State(state): State<AppState>,
    mut parameters: Parameters,
) -> Result<impl IntoResponse, Problem> {
    let ExtrasParams { facets, explain } = parameters.take_own()?;
    let facets = flag("facets", facets.as_deref())?;
    let explain = flag("explain", explain.as_deref())?;
    let fields = parameters.take_own::<FieldsParams>()?.fields()?;
    let params = parameters.params()?;
    let extras = Extras { facets, disjunctive: facets, explanation: explain, ..Extras::default() };
    let asked = params.clone();
    let answer = state.ask(move |opened| {
        Ok(present::search(&opened.archive, &opened.selection(&asked)?, extras)?)
    });
    let answer = answer.await?;
    let next = answer.next.as_ref().map(|next| {
        let next = SearchParams { after: next.to_string(), ..params.from_the_start() };
        let mut address = format!("/api/v1/search?{}", next.to_address());
        for (name, is_set) in [("facets", facets), ("explain", explain)] {
            if is_set {
                address = format!("{address}&{name}=true");
            }
        }
        if let Some(names) = fields.to_address() {
            address = format!("{address}&fields={names}");
        }
        next_page(&address)
    });
    Ok((next, fields.answer(&answer, "/hits")?))
}

/// Count articles
///
/// By district, topic, outlet, publication, kind, year and month.
#[utoipa::path(get, path = "/api/v1/facets", tag = "archive", params(WholeSearch), responses(
    (status = 200, description = "Counts", body = FacetCounts),
    (status = 304, description = "Not modified: the tag in `If-None-Match` is current"),
))]
pub(crate) async fn facets(
    State(state): State<AppState>,
    parameters: Parameters,
) -> Result<Json<FacetCounts>, Problem> {
    let WholeSearch(params) = WholeSearch::parse(parameters)?;
    let counts = state.ask(move |opened| {
        let request = opened.selection(&params)?.request;
        let (facets, disjunctive) =
            (opened.archive.facets(&request)?, opened.archive.disjunctive_facets(&request)?);
        let without_partial = opened.archive.can_have_partial(&request)?;
        Ok(FacetCounts { facets, disjunctive, without_partial })
    });
    Ok(Json(counts.await?))
}

/// Count articles over time
#[utoipa::path(get, path = "/api/v1/timeline", tag = "archive", params(WholeSearch, PeriodParams), responses(
    (status = 200, description = "Counts in chronological order", body = TimelineCounts),
    (status = 304, description = "Not modified: the tag in `If-None-Match` is current"),
))]
pub(crate) async fn timeline(
    State(state): State<AppState>,
    mut parameters: Parameters,
) -> Result<Json<TimelineCounts>, Problem> {
    let by = parameters.take_own::<PeriodParams>()?.granularity()?;
    let WholeSearch(params) = WholeSearch::parse(parameters)?;
    let timeline = state.ask(move |opened| {
        let request = opened.selection(&params)?.request;
        Ok(TimelineCounts {
            timeline: opened.archive.timeline(&request, by)?,
            without_partial: opened.archive.can_have_partial(&request)?,
        })
    });
    Ok(Json(timeline.await?))
}
