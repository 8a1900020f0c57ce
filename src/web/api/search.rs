//! `/api/v1/search`, `/facets`, `/timeline`.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::present;
use crate::present::{Answer, Extras, SearchParams, flag};
use crate::search::{Facets, Timeline};
use crate::web::request::searches::WholeSearch;
use crate::web::request::trends::PeriodParams;
use crate::web::{AppState, Parameters, Problem};

/// Counts.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FacetCounts {
    /// Of what is found.
    facets: Facets,
    /// Each dimension counted without its own filter: what else it could choose.
    #[serde(rename = "choices")]
    disjunctive: Facets,
}

/// What a search can be asked for beside its hits.
#[derive(Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(crate) struct ExtrasParams {
    /// Whether counts by district, topic, outlet, publication, kind and time are given, too.
    #[param(value_type = bool)]
    facets: Option<String>,
    /// Whether each hit says why it is one, and how the query was understood.
    #[param(value_type = bool)]
    explain: Option<String>,
}

/// Find articles
///
/// The hits of one page, with what matched where.
#[utoipa::path(get, path = "/api/v1/search", tag = "archive", params(SearchParams, ExtrasParams), responses(
    (status = 200, description = "A page of hits", body = Answer),
    (status = 304, description = "As you have it: it carries the tag that `If-None-Match` names"),
    (status = 410, description = "The page that `after` leads to is no more: the archive has changed", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn search(
    State(state): State<AppState>,
    mut parameters: Parameters,
) -> Result<Json<Answer>, Problem> {
    let ExtrasParams { facets, explain } = parameters.take_own()?;
    let facets = facets.map_or(Ok(false), |value| flag("facets", &value))?;
    let explain = explain.map_or(Ok(false), |value| flag("explain", &value))?;
    let params = parameters.params()?;
    let extras = Extras { facets, disjunctive: facets, explanation: explain, ..Extras::default() };
    let answer = state.ask(move |opened| {
        Ok(present::search(&opened.archive, &opened.selection(&params)?, extras)?)
    });
    Ok(Json(answer.await?))
}

/// Count articles
///
/// By district, topic, outlet, publication, kind, year and month.
#[utoipa::path(get, path = "/api/v1/facets", tag = "archive", params(WholeSearch), responses(
    (status = 200, description = "Counts", body = FacetCounts),
    (status = 304, description = "As you have it: it carries the tag that `If-None-Match` names"),
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
        Ok(FacetCounts { facets, disjunctive })
    });
    Ok(Json(counts.await?))
}

/// Count articles over time
#[utoipa::path(get, path = "/api/v1/timeline", tag = "archive", params(WholeSearch, PeriodParams), responses(
    (status = 200, description = "Counts in the order of time", body = Timeline),
    (status = 304, description = "As you have it: it carries the tag that `If-None-Match` names"),
))]
pub(crate) async fn timeline(
    State(state): State<AppState>,
    mut parameters: Parameters,
) -> Result<Json<Timeline>, Problem> {
    let by = parameters.take_own::<PeriodParams>()?.granularity()?;
    let WholeSearch(params) = WholeSearch::parse(parameters)?;
    let timeline = state.ask(move |opened| {
        let request = opened.selection(&params)?.request;
        Ok(opened.archive.timeline(&request, by)?)
    });
    Ok(Json(timeline.await?))
}
