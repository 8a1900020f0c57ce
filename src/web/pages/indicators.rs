//! `/indicators`: an indicator over time.

use std::collections::BTreeSet;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::Markup;

use crate::pages;
use crate::pages::layout::links;
use crate::pages::{Frame, IndicatorsPage, Section, SeriesRefusal};
use crate::present::{Lang, SeriesParams, SeriesRequest};
use crate::search::{Archive, FigureFilter, SearchError, canonical_district};
use crate::web::archive::{OpenArchive, today};
use crate::web::{AppState, Parameters, Problem};

/// Districts that are shown where none is asked for, and one that dwarfs all others in a drawing.
const USUAL_DISTRICTS: usize = 5;
const COUNTRY: &str = "全国";

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
    let totals = archive.figure_totals()?;
    let refused = |why| {
        let page = pages::indicators_refused(&about, &params, &totals.indicators, why);
        Ok((StatusCode::BAD_REQUEST, page))
    };
    let asked = match params.drawable().and_then(|()| params.request(today())) {
        Ok(asked) => asked,
        Err(error) => return refused(SeriesRefusal::Param(&error)),
    };
    if asked.name.is_empty() {
        let page = IndicatorsPage { params, totals, ..IndicatorsPage::default() };
        return Ok((StatusCode::OK, pages::indicators(&about, &page)));
    }
    match found(archive, &asked, &params) {
        Ok(found) => {
            let page = IndicatorsPage { params, totals, ..found };
            Ok((StatusCode::OK, pages::indicators(&about, &page)))
        }
        Err(
            error @ (SearchError::UnknownIndicator { .. } | SearchError::UnknownDistrict { .. }),
        ) => refused(SeriesRefusal::Unknown(&error)),
        Err(error) => Err(error.into()),
    }
}

/// The series with what can be chosen beside it.
fn found(
    archive: &Archive,
    asked: &SeriesRequest,
    params: &SeriesParams,
) -> Result<IndicatorsPage, SearchError> {
    let SeriesRequest { name, by, measure, .. } = asked;
    let mut filter = FigureFilter { districts: Vec::new(), ..asked.filter.clone() };
    let districts = archive.figure_districts(name, &filter, *by, *measure)?;
    if asked.filter.districts.is_empty() {
        let parts = districts.iter().filter(|count| count.value != COUNTRY);
        filter.districts = parts.take(USUAL_DISTRICTS).map(|count| count.value.clone()).collect();
    }
    for district in &asked.filter.districts {
        let district = canonical_district(district, &districts);
        if !filter.districts.contains(&district) {
            filter.districts.push(district);
        }
    }
    let series = archive.series(name, &filter, *by, *measure)?;
    let statuses = if series.lines.is_empty() {
        archive.figure_statuses(name, &filter, *by, *measure)?
    } else {
        BTreeSet::new()
    };
    let shown = SeriesParams { district: filter.districts, ..params.clone() };
    let series = Some(series);
    Ok(IndicatorsPage { shown, series, districts, statuses, ..IndicatorsPage::default() })
}
