//! `/overview`: what the archive holds.

use axum::extract::State;
use maud::Markup;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::pages;
use crate::pages::layout::links;
use crate::pages::{Frame, Overview, Section};
use crate::present::Lang;
use crate::present::ValueForm;
use crate::search::{Granularity, Matrix, MatrixAxis, PeriodCount, Request, SearchError, Timeline};
use crate::web::archive::OpenArchive;
use crate::web::{AppState, Parameters, Problem};

/// Months that are shown one by one, as bars and as columns; a longer time is shown by year. Of
/// columns only months with articles count: long gaps are left out there.
const MAX_BARS: usize = 240;
const MAX_MONTHS: usize = 120;
/// Rows of the matrices, and districts beside the topics.
const MAX_ROWS: usize = 24;
/// Rows where all are asked for: every district of a large province, bounded all the same; with so
/// many, fewer months stand one by one.
const ALL_ROWS: usize = 400;
const MONTHS_OF_ALL: usize = 36;
const MAX_TOPICS: usize = 40;
const MAX_DISTRICTS: usize = 16;

/// What is listed in full.
#[derive(Default, Deserialize, IntoParams)]
#[serde(default)]
struct FullListParams {
    /// `all` for every finding in files.
    files: String,
    /// `all` for every row of the matrices and lists.
    rows: String,
}

/// The page.
pub(crate) async fn page(
    State(state): State<AppState>,
    lang: Lang,
    mut parameters: Parameters,
) -> Result<Markup, Problem> {
    let FullListParams { files, rows } = parameters.take_own()?;
    let (all_files, all_rows) = (all("files", &files)?, all("rows", &rows)?);
    let here = links::overview(all_files, all_rows);
    state
        .ask(move |opened| {
            let values = values(opened, all_files, all_rows)?;
            let articles = Some(values.totals.articles);
            let section = Section::Overview;
            let about = Frame { lang, here, section, articles, ..Frame::default() };
            Ok(pages::overview(&about, &values))
        })
        .await
}

/// Whether all of something are to be listed.
fn all(name: &'static str, value: &str) -> Result<bool, Problem> {
    match value {
        "" => Ok(false),
        "all" => Ok(true),
        other => Err(Problem::value(name, other, ValueForm::All)),
    }
}

fn values(
    opened: &OpenArchive,
    all_findings: bool,
    all_rows: bool,
) -> Result<Overview, SearchError> {
    let archive = &opened.archive;
    let everything = Request::default();
    let mut over_time = archive.timeline(&everything, Granularity::Month)?;
    let (max_rows, max_months) =
        if all_rows { (ALL_ROWS, MONTHS_OF_ALL) } else { (MAX_ROWS, MAX_MONTHS) };
    let certain = over_time.counts.iter().filter(|month| month.count > 0);
    let districts_by =
        if certain.count() > max_months { Granularity::Year } else { Granularity::Month };
    if months(&over_time) > MAX_BARS {
        over_time = archive.timeline(&everything, Granularity::Year)?;
    }
    let facets = archive.facets(&everything)?;
    let columns = MatrixAxis::Period(districts_by);
    let matrix = |rows, columns, max_rows, max_columns| -> Result<Matrix, SearchError> {
        archive.matrix(&everything, rows, columns, max_rows, max_columns)
    };
    let figures = archive.figure_totals()?;
    Ok(Overview {
        totals: archive.totals(&everything)?,
        undated: over_time.undated,
        spread: over_time.spread,
        unplaced: facets.unplaced,
        figures: figures.figures,
        with_figures: figures.articles,
        by: over_time.by,
        periods: over_time.counts,
        districts: matrix(MatrixAxis::District, columns, max_rows, usize::MAX)?,
        districts_by,
        topics: matrix(MatrixAxis::Topic, MatrixAxis::District, MAX_TOPICS, MAX_DISTRICTS)?,
        outlets: facets.outlets,
        publications: facets.publications,
        review: archive.review_counts(&everything)?,
        files: archive.file_count()?,
        file_findings: opened.file_findings()?,
        all_findings,
        all_rows,
    })
}

/// Months from the first to the last one.
fn months(timeline: &Timeline) -> usize {
    let ends = timeline.counts.first().zip(timeline.counts.last());
    let number = |month: &PeriodCount| month.value.number();
    ends.map_or(0, |(first, last)| number(last).abs_diff(number(first)) as usize + 1)
}
