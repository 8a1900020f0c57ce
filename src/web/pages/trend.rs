//! `/trend`: words or districts over time.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::Markup;

use crate::pages;
use crate::pages::{Frame, Refusal, Section, TrendParams, TrendRefusal, Trends};
use crate::present::Lang;
use crate::search::{Count, Request, SearchError};
use crate::web::archive::OpenArchive;
use crate::web::request::trends;
use crate::web::request::trends::{OwnTrendParams, TrendError};
use crate::web::{AppState, Parameters, Problem};

/// Topics and districts in the examples.
const EXAMPLES: usize = 3;

/// The page. An invalid line gives a page as well, with the form as it was filled in.
pub(crate) async fn page(
    State(state): State<AppState>,
    lang: Lang,
    mut parameters: Parameters,
) -> Result<Response, Problem> {
    let own = OwnTrendParams::take(&mut parameters)?;
    parameters.take_strange();
    let params = own.params(parameters)?;
    let answer = state.ask(move |opened| answer(opened, lang, params)).await?;
    Ok(answer.into_response())
}

fn answer(
    opened: &OpenArchive,
    lang: Lang,
    params: TrendParams,
) -> Result<(StatusCode, Markup), Problem> {
    let address = params.to_address();
    let about = Frame {
        lang,
        here: if address.is_empty() { "/trend".to_owned() } else { format!("/trend?{address}") },
        section: Section::Trend,
        articles: Some(opened.articles),
        ..Frame::default()
    };
    let refused = |why| Ok((StatusCode::BAD_REQUEST, pages::trend_refused(&about, &params, why)));
    match trends::trend(opened, &params) {
        Ok(Some((trend, searches))) => {
            let shown = Trends { params, trend: Some(trend), searches, ..Trends::default() };
            Ok((StatusCode::OK, pages::trend(&about, &shown)))
        }
        Ok(None) => {
            let examples = examples(opened)?;
            let shown = Trends { params, examples, ..Trends::default() };
            Ok((StatusCode::OK, pages::trend(&about, &shown)))
        }
        Err(TrendError::ParamError(search, error)) => {
            refused(TrendRefusal::Line(&search, Refusal::ParamError(&error)))
        }
        Err(TrendError::Search(
            Some(search),
            error @ (SearchError::UnknownDistrict { .. }
            | SearchError::UnknownTopic { .. }
            | SearchError::UnknownIndicator { .. }
            | SearchError::UnknownUnit { .. }
            | SearchError::TooMuch { .. }),
        )) => refused(TrendRefusal::Line(&search, Refusal::Unknown(&error))),
        Err(TrendError::Lines(error)) => refused(TrendRefusal::Lines(&error)),
        Err(failure @ TrendError::Search(..)) => Err(failure.problem()),
    }
}

fn examples(opened: &OpenArchive) -> Result<(Vec<String>, Vec<String>), Problem> {
    let facets = opened.archive.facets(&Request::default())?;
    let first = |counts: Vec<Count>| -> Vec<String> {
        counts.into_iter().take(EXAMPLES).map(|count| count.value).collect()
    };
    Ok((first(facets.topics), first(facets.districts)))
}
