//! `/indicators`: an indicator over time.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::Markup;

use crate::pages;
use crate::pages::layout::links;
use crate::pages::{Frame, IndicatorsPage, Section, SeriesRefusal};
use crate::present::{Lang, SeriesParams};
use crate::search::SearchError;
use crate::web::state::{OpenArchive, today};
use crate::web::{AppState, Parameters, Problem};

/// Districts that are shown where none is asked for.
const USUAL_DISTRICTS: usize = 5;

/// The page. What cannot be understood gives a page as well, with the form as it was filled in.
pub(crate) async fn page(
    State(state): State<AppState>,
    lang: Lang,
    mut parameters: Parameters,
) -> Result<Response, Problem> {
    let params: SeriesParams = parameters.take_own()?;
    let answer = state.ask(move |opened| answer(opened, lang, params)).await?;
    Ok(answer.into_response())
}

fn answer(
    opened: &OpenArchive,
    lang: Lang,
    params: SeriesParams,
) -> Result<(StatusCode, Markup), Problem> {
    let archive = &opened.archive;
    let about = Frame {
        lang,
        here: links::series(&params),
        section: Section::Indicators,
        articles: Some(opened.articles),
        ..Frame::default()
    };
    let names = archive.figure_totals()?.indicators.clone();
    let refused = |why| {
        let page = pages::indicators_refused(&about, &params, &names, why);
        Ok((StatusCode::BAD_REQUEST, page))
    };
    let asked = match params.drawable().and_then(|()| params.request(today())) {
        Ok(asked) => asked,
        Err(error) => return refused(SeriesRefusal::Param(&error)),
    };
    if asked.name.is_empty() {
        let page = IndicatorsPage { params, names, ..IndicatorsPage::default() };
        return Ok((StatusCode::OK, pages::indicators(&about, &page)));
    }
    let found = || {
        let mut filter = asked.filter.clone();
        filter.districts.clear();
        let districts = archive.figure_districts(&asked.name, &filter)?;
        filter.districts.clone_from(&asked.filter.districts);
        if filter.districts.is_empty() {
            let most = districts.iter().take(USUAL_DISTRICTS);
            filter.districts = most.map(|count| count.value.clone()).collect();
        }
        let series = archive.series(&asked.name, &filter, asked.by, asked.measure)?;
        Ok((series, districts, filter.districts))
    };
    match found() {
        Ok((series, districts, district)) => {
            let shown = SeriesParams { district, ..params.clone() };
            let series = Some(series);
            let page = IndicatorsPage { params, shown, series, districts, names };
            Ok((StatusCode::OK, pages::indicators(&about, &page)))
        }
        Err(
            error @ (SearchError::UnknownIndicator { .. } | SearchError::UnknownDistrict { .. }),
        ) => refused(SeriesRefusal::Unknown(&error)),
        Err(error) => Err(error.into()),
    }
}
