//! `/api/v1/search`, `/facets`, `/timeline`.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use super::which::Which;
use crate::present::SearchParams;
use crate::query::Expansion;
use crate::search::{
    Explanation, Facets, Filters, Granularity, Hit, Note, Request, Suggestion, Timeline,
};
use crate::web::request::sentences;
use crate::web::{App, Parameters, Problem};

/// A page of hits.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Found {
    /// The query as it was sent.
    query: String,
    /// Articles that match, all pages together.
    total: u64,
    /// The same with reprints counted once.
    stories: u64,
    /// The hits of this page.
    hits: Vec<Hit>,
    /// The next page, as a value for `after`; `null` after the last hit.
    #[schema(required)]
    next: Option<String>,
    /// Counts of what is found, if they were asked for.
    #[schema(required)]
    facets: Option<Facets>,
    /// What else each filter could choose; `null` without filters, or if facets were not asked for.
    #[schema(required)]
    choices: Option<Facets>,
    /// What a person should know about how the request was understood.
    notes: Vec<Note>,
    /// Words that were added because they are written down as meaning the same.
    synonyms: Vec<Added>,
    /// How the query was understood, if that was asked for.
    #[schema(required)]
    explanation: Option<Explanation>,
    /// What may have been meant, where nothing was found.
    suggestions: Vec<Suggestion>,
}

/// What means the same as a word of the query.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Added {
    /// The word of the query.
    word: String,
    /// What was added.
    added: Vec<String>,
}

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
    (status = 200, description = "A page of hits", body = Found),
    (status = 304, description = "As you have it: it carries the tag that `If-None-Match` names"),
    (status = 410, description = "The page that `after` leads to is no more: the archive has changed", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn search(
    State(app): State<App>,
    mut parameters: Parameters,
) -> Result<Json<Found>, Problem> {
    let facets = parameters.take_flag("facets")?;
    let explain = parameters.take_flag("explain")?;
    let asked = parameters.asked()?;
    let found = app.ask(move |opened| {
        let archive = &opened.archive;
        let what = opened.what(&asked)?;
        let page = asked.page(&what).map_err(|error| Problem::misasked(error, &asked.q))?;
        let request = Request { facets, explain, ..page };
        let results = archive.search(&request)?;
        let choices = facets && request.filters != Filters::default();
        Ok(Found {
            query: asked.q,
            total: results.total,
            stories: results.stories,
            next: results.next.map(|cursor| cursor.to_string()),
            facets: results.facets,
            choices: choices.then(|| archive.disjunctive_facets(&request)).transpose()?,
            notes: results.notes,
            synonyms: what.expansions.into_iter().map(Added::from).collect(),
            explanation: explain.then(|| archive.explain(&request)).transpose()?,
            suggestions: match results.total {
                0 => archive.suggestions(&request)?,
                _ => Vec::new(),
            },
            hits: results.hits,
        })
    });
    Ok(Json(found.await?))
}

/// Count articles
///
/// By district, topic, outlet, publication, kind, year and month.
#[utoipa::path(get, path = "/api/v1/facets", tag = "archive", params(Which), responses(
    (status = 200, description = "Counts", body = Counted),
    (status = 304, description = "As you have it: it carries the tag that `If-None-Match` names"),
))]
pub(crate) async fn facets(
    State(app): State<App>,
    parameters: Parameters,
) -> Result<Json<Counted>, Problem> {
    let asked = parameters.asked_as_a_whole()?;
    let counted = app.ask(move |opened| {
        let request = opened.request(&asked)?;
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
    State(app): State<App>,
    mut parameters: Parameters,
) -> Result<Json<Timeline>, Problem> {
    let by = every(parameters.take("by").as_deref())?;
    let asked = parameters.asked_as_a_whole()?;
    let timeline = app.ask(move |opened| {
        let request = opened.request(&asked)?;
        Ok(opened.archive.timeline(&request, by)?)
    });
    Ok(Json(timeline.await?))
}

/// The length of a period, by its name.
///
/// # Errors
/// When there is none of this name.
pub(crate) fn every(name: Option<&str>) -> Result<Granularity, Problem> {
    let Some(name) = name else { return Ok(Granularity::Month) };
    let mut known =
        [Granularity::Day, Granularity::Month, Granularity::Quarter, Granularity::Year].into_iter();
    let known = known.find(|every| every.as_str() == name);
    known.ok_or_else(|| Problem::value("by", name, sentences::A_PERIOD))
}

impl From<Expansion> for Added {
    fn from(Expansion { word, added, .. }: Expansion) -> Self {
        Self { word, added }
    }
}
