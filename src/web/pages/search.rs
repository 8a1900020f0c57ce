//! `/`: the page of a search.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::Markup;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::pages;
use crate::pages::layout::links;
use crate::pages::{Frame, Refusal, SearchPage, Section};
use crate::present;
use crate::present::{Extras, Lang, SearchParams};
use crate::search::SearchError;
use crate::web::archive::{OpenArchive, today};
use crate::web::request::flag;
use crate::web::{AppState, Parameters, Problem};

/// Articles on the page that nothing was asked of.
const HOME_HITS: usize = 5;

/// What the page has beside a search.
#[derive(Default, Deserialize, IntoParams)]
#[serde(default)]
struct ExplainParams {
    /// Whether to explain each hit and how the query was parsed.
    explain: Option<String>,
}

/// The page. An invalid search gives a page as well, with the form as it was filled in.
pub(crate) async fn page(
    State(state): State<AppState>,
    lang: Lang,
    mut parameters: Parameters,
) -> Result<Response, Problem> {
    let ExplainParams { explain } = parameters.take_own()?;
    let explain = flag("explain", explain.as_deref())?;
    let strange = parameters.take_strange();
    let params = parameters.params()?;
    let answer = state.ask(move |opened| answer(opened, lang, params, explain, strange)).await?;
    Ok(answer.into_response())
}

fn answer(
    opened: &OpenArchive,
    lang: Lang,
    params: SearchParams,
    explain: bool,
    strange: Vec<String>,
) -> Result<(StatusCode, Markup), Problem> {
    let about = Frame {
        lang,
        here: if explain { links::explained(&params) } else { links::search(&params) },
        section: Section::Search,
        feed: Some(links::feed(&params)),
        articles: Some(opened.articles),
        ..Frame::default()
    };
    let refused = |status, why| Ok((status, pages::refused(&about, &params, why)));
    let is_home = params == SearchParams::default() && !explain;
    let asked = if is_home {
        SearchParams { limit: Some(HOME_HITS), ..SearchParams::default() }
    } else {
        params.clone()
    };
    let selection = match opened.parse(&asked) {
        Ok(selection) => selection,
        Err(error) => return refused(StatusCode::BAD_REQUEST, Refusal::ParamError(&error)),
    };
    let extras = Extras {
        disjunctive: true,
        explanation: explain,
        days: true,
        no_hits: true,
        facets: false,
    };
    match present::search(&opened.archive, &selection, extras) {
        Ok(answer) => {
            let latest = match params.only_district() {
                Some(name) => opened.archive.latest_figures(&name, today())?,
                None => None,
            };
            let page = SearchPage { params, answer, is_home, latest, strange };
            Ok((StatusCode::OK, pages::search(&about, &page)))
        }
        Err(
            error @ (SearchError::UnknownDistrict { .. }
            | SearchError::UnknownTopic { .. }
            | SearchError::UnknownIndicator { .. }
            | SearchError::UnknownUnit { .. }
            | SearchError::TooMuch { .. }),
        ) => refused(StatusCode::BAD_REQUEST, Refusal::Unknown(&error)),
        Err(error @ SearchError::StaleCursor) => {
            refused(StatusCode::GONE, Refusal::Unknown(&error))
        }
        Err(error) => Err(error.into()),
    }
}
