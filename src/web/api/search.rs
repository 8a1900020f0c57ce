//! `/api/v1/search`, `/facets`, `/timeline`.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use super::which::Which;
use crate::present;
use crate::present::{Answer, Extras, SearchParams};
use crate::search::{Facets, Granularity, Timeline};
use crate::web::{AppState, Parameters, Problem};

/// Counts.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Counted {
    /// Of what is found.
    facets: Facets,
    /// Each dimension counted without its own filter: what else it could choose.
    choices: Facets,
}

/// What a search can be asked for beside its hits.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "read from the address by name; stands here for the document")]
pub(crate) struct Beside {
    /// Whether counts by district, topic, outlet, publication, kind and time are given, too.
    facets: Option<bool>,
    /// Whether each hit says why it is one, and how the query was understood.
    explain: Option<bool>,
}

/// The length of a period.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "read from the address by name; stands here for the document")]
pub(crate) struct By {
    /// The length of a period; month is the usual one.
    #[param(inline)]
    by: Option<Granularity>,
}

/// Find articles
///
/// The hits of one page, with what matched where.
#[utoipa::path(get, path = "/api/v1/search", tag = "archive", params(SearchParams, Beside), responses(
    (status = 200, description = "A page of hits", body = Answer),
    (status = 304, description = "As you have it: it carries the tag that `If-None-Match` names"),
    (status = 410, description = "The page that `after` leads to is no more: the archive has changed", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn search(
    State(state): State<AppState>,
    mut parameters: Parameters,
) -> Result<Json<Answer>, Problem> {
    let facets = parameters.take_flag("facets")?;
    let explain = parameters.take_flag("explain")?;
    let asked = parameters.asked()?;
    let extras = Extras { facets, choices: facets, explanation: explain, ..Extras::default() };
    let answer = state.ask(move |opened| {
        Ok(present::search(&opened.archive, &opened.selection(&asked)?, extras)?)
    });
    Ok(Json(answer.await?))
}

/// Count articles
///
/// By district, topic, outlet, publication, kind, year and month.
#[utoipa::path(get, path = "/api/v1/facets", tag = "archive", params(Which), responses(
    (status = 200, description = "Counts", body = Counted),
    (status = 304, description = "As you have it: it carries the tag that `If-None-Match` names"),
))]
pub(crate) async fn facets(
    State(state): State<AppState>,
    parameters: Parameters,
) -> Result<Json<Counted>, Problem> {
    let asked = parameters.asked_as_a_whole()?;
    let counted = state.ask(move |opened| {
        let request = opened.selection(&asked)?.request;
        let (facets, choices) =
            (opened.archive.facets(&request)?, opened.archive.disjunctive_facets(&request)?);
        Ok(Counted { facets, choices })
    });
    Ok(Json(counted.await?))
}

/// Count articles over time
#[utoipa::path(get, path = "/api/v1/timeline", tag = "archive", params(Which, By), responses(
    (status = 200, description = "Counts in the order of time", body = Timeline),
    (status = 304, description = "As you have it: it carries the tag that `If-None-Match` names"),
))]
pub(crate) async fn timeline(
    State(state): State<AppState>,
    mut parameters: Parameters,
) -> Result<Json<Timeline>, Problem> {
    let by = parameters.take_period()?;
    let asked = parameters.asked_as_a_whole()?;
    let timeline = state.ask(move |opened| {
        let request = opened.selection(&asked)?.request;
        Ok(opened.archive.timeline(&request, by)?)
    });
    Ok(Json(timeline.await?))
}
