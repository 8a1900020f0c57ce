//! `/`: the page of a search.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::Markup;

use crate::pages;
use crate::pages::common::links;
use crate::pages::{Found, Frame, Refusal, Section};
use crate::present::Lang;
use crate::present::{Nothing, ParamError, SearchParams, Selection};
use crate::search::{Archive, Filters, Granularity, Request, SearchError, Timeline};
use crate::web::state::archive_cache::{Opened, today};
use crate::web::{App, Parameters, Problem};

/// Days that are drawn one by one; more are drawn by month.
const MAX_DAYS: i32 = 93;

/// The page. A search that cannot be understood is a page with what was typed, too.
pub(crate) async fn page(
    State(app): State<App>,
    lang: Lang,
    mut parameters: Parameters,
) -> Result<Response, Problem> {
    let explain = parameters.take_flag("explain")?;
    let strange = parameters.take_strange(&[]);
    let asked = parameters.asked()?;
    let answer = app.ask(move |opened| answer(opened, lang, &asked, explain, strange)).await?;
    Ok(answer.into_response())
}

fn answer(
    opened: &Opened,
    lang: Lang,
    asked: &SearchParams,
    explain: bool,
    strange: Vec<String>,
) -> Result<(StatusCode, Markup), Problem> {
    let archive = &opened.archive;
    let about = Frame {
        lang,
        here: if explain { links::explained(asked) } else { links::search(asked) },
        section: Section::Search,
        feed: Some(links::feed(asked)),
        articles: Some(opened.articles),
        ..Frame::default()
    };
    let refused = |status, why| Ok((status, pages::refused(&about, asked, why)));
    let (what, request) = match understood(opened, asked) {
        Ok(understood) => understood,
        Err(error) => return refused(StatusCode::BAD_REQUEST, Refusal::ParamError(&error)),
    };
    match found(archive, asked, &what, &request, explain) {
        Ok(found) => Ok((StatusCode::OK, pages::search(&about, &Found { strange, ..found }))),
        Err(error @ (SearchError::UnknownDistrict { .. } | SearchError::UnknownTopic { .. })) => {
            refused(StatusCode::BAD_REQUEST, Refusal::Unknown(&error))
        }
        Err(error @ SearchError::StaleCursor) => {
            refused(StatusCode::GONE, Refusal::Unknown(&error))
        }
        Err(error) => Err(error.into()),
    }
}

fn understood(opened: &Opened, asked: &SearchParams) -> Result<(Selection, Request), ParamError> {
    let what = asked.what(&opened.synonyms, today())?;
    let request = asked.page(&what)?;
    Ok((what, request))
}

/// One search with its counts; what else could be chosen only where filters are set, and why only
/// where nothing was found.
fn found(
    archive: &Archive,
    asked: &SearchParams,
    what: &Selection,
    request: &Request,
    explain: bool,
) -> Result<Found, SearchError> {
    let filtered = request.filters != Filters::default();
    let mut results = archive.search(&Request { facets: !filtered, ..request.clone() })?;
    let facets = match results.facets.take() {
        Some(facets) => facets,
        None => archive.disjunctive_facets(request)?,
    };
    Ok(Found {
        asked: asked.clone(),
        facets,
        days: days(archive, request)?,
        expansions: what.expansions.clone(),
        nothing: (results.total == 0).then(|| Nothing::of(archive, what)).transpose()?,
        explanation: explain.then(|| archive.explain(request)).transpose()?,
        results,
        strange: Vec::new(),
    })
}

/// What is found by day, where the filters leave so few.
fn days(archive: &Archive, request: &Request) -> Result<Option<Timeline>, SearchError> {
    let (Some(from), Some(to)) = (request.filters.from, request.filters.to) else {
        return Ok(None);
    };
    let few = to.since(from).is_ok_and(|span| span.get_days() < MAX_DAYS);
    few.then(|| archive.timeline(request, Granularity::Day)).transpose()
}
