//! `/overview`: what the archive holds.

use axum::extract::State;
use maud::Markup;

use super::{App, Parameters, Problem, sentences};
use crate::pages::{self, Files, Frame, Lang, Overview, Section};
use crate::search::{Archive, Axis, Every, Matrix, Request, SearchError, Timeline};
use crate::view::Days;

/// Months that are shown one by one, as bars and as columns; a longer time is shown by year. Of
/// columns only months with articles count: long gaps are left out there.
const MOST_BARS: usize = 240;
const MOST_COLUMNS: usize = 120;
/// Rows of the matrices, and districts beside the topics.
const MOST_ROWS: usize = 24;
const MOST_TOPICS: usize = 40;
const MOST_DISTRICTS: usize = 16;

/// The page.
pub(super) async fn page(
    State(app): State<App>,
    lang: Lang,
    mut parameters: Parameters,
) -> Result<Markup, Problem> {
    let files = parameters.take("files");
    let all = match files.as_deref() {
        None => false,
        Some("all") => true,
        Some(other) => return Err(Problem::value("files", other, sentences::ALL)),
    };
    let here = if all { "/overview?files=all" } else { "/overview" }.to_owned();
    app.ask(move |opened| {
        let values = values(&opened.archive, all)?;
        let articles = Some(values.totals.articles);
        let section = Section::Overview;
        let about = Frame { lang, here, section, articles, ..Frame::default() };
        Ok(pages::overview(&about, &values))
    })
    .await
}

fn values(archive: &Archive, all: bool) -> Result<Overview, SearchError> {
    let everything = Request::default();
    let mut over_time = archive.timeline(&everything, Every::Month)?;
    let districts_by =
        if over_time.counts.len() > MOST_COLUMNS { Every::Year } else { Every::Month };
    if months(&over_time) > MOST_BARS {
        over_time = archive.timeline(&everything, Every::Year)?;
    }
    let facets = archive.facets(&everything)?;
    let columns = Axis::Period(districts_by);
    let matrix = |rows, columns, most_rows, most_columns| -> Result<Matrix, SearchError> {
        archive.matrix(&everything, rows, columns, most_rows, most_columns)
    };
    Ok(Overview {
        totals: archive.totals(&everything)?,
        undated: over_time.undated,
        unplaced: facets.unplaced,
        by: over_time.by,
        periods: over_time.counts,
        districts: matrix(Axis::District, columns, MOST_ROWS, usize::MAX)?,
        districts_by,
        topics: matrix(Axis::Topic, Axis::District, MOST_TOPICS, MOST_DISTRICTS)?,
        outlets: facets.outlets,
        publications: facets.publications,
        review: archive.review(&everything)?,
        files: Files { reports: archive.files()?, all },
    })
}

/// Months from the first to the last one.
fn months(timeline: &Timeline) -> usize {
    let month = |value: &str| {
        let day = value.parse::<Days>().ok()?.first;
        Some(i32::from(day.year()) * 12 + i32::from(day.month()))
    };
    let first = timeline.counts.first().and_then(|count| month(&count.value));
    let last = timeline.counts.last().and_then(|count| month(&count.value));
    first.zip(last).map_or(0, |(first, last)| last.abs_diff(first) as usize + 1)
}
