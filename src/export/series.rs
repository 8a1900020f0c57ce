//! A series as a tidy table, a row for each value of each period, and drawn.

use std::io::{self, Write};

use maud::Markup;

use super::charts::line::{ChartLine, LineChart, TooManyLines};
use super::csv::{harmless, system_error};
use super::trend::ChartWords;
use crate::model::CivilDate;
use crate::search::{PeriodLength, Series};

/// The columns of a series, in order.
pub const SERIES_COLUMNS: [&str; 9] = [
    "indicator",
    "district",
    "period_from",
    "period_to",
    "value",
    "unit",
    "articles",
    "conflict",
    "article",
];

/// Writes a series as CSV (RFC 4180): values in the base unit, days as 2023-02-10; `conflict` is true
/// where articles differ on a period, `article` the first that states the value.
///
/// # Errors
/// When the output cannot be written to.
pub fn write_series(series: &Series, out: impl Write) -> io::Result<()> {
    let mut table =
        ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(out);
    table.write_record(SERIES_COLUMNS).map_err(system_error)?;
    for line in &series.lines {
        for point in &line.points {
            for value in &point.values {
                let article = value.sources.first().map_or("", |source| &source.article.0);
                table
                    .write_record([
                        &*harmless(&series.name),
                        &*harmless(line.district.as_deref().unwrap_or_default()),
                        &point.from.to_string(),
                        &point.to.to_string(),
                        &value.value.to_string(),
                        &*harmless(&line.unit),
                        &value.articles.to_string(),
                        &(point.values.len() > 1).to_string(),
                        &*harmless(article),
                    ])
                    .map_err(system_error)?;
            }
        }
    }
    table.flush()
}

/// Draws the lines of one unit, each value divided by `divisor`: 1e8 for 亿. Of values that conflict the
/// one that most articles state is drawn. Days stand at their months.
///
/// # Errors
/// When there are more than [`MAX_LINES`](crate::search::MAX_LINES) lines of the unit.
pub fn series_chart(
    series: &Series,
    unit: &str,
    divisor: f64,
    words: ChartWords<'_>,
) -> Result<Markup, TooManyLines> {
    let yearly = series.by == PeriodLength::Year;
    let place = |day: CivilDate| {
        let year = i32::from(day.year());
        if yearly { year } else { year * 12 + i32::from(day.month()) - 1 }
    };
    let lines: Vec<ChartLine> = series
        .lines
        .iter()
        .filter(|line| line.unit == unit)
        .map(|line| ChartLine {
            name: line.district.clone().unwrap_or_default(),
            points: line
                .points
                .iter()
                .filter_map(|point| Some((place(point.to), point.values.first()?.value / divisor)))
                .collect(),
        })
        .collect();
    let label = |at: i32| {
        if yearly {
            return at.to_string();
        }
        format!("{}-{:02}", at.div_euclid(12), at.rem_euclid(12) + 1)
    };
    let chart = LineChart {
        title: words.title,
        description: words.description,
        x_title: words.x_title,
        y_title: words.y_title,
        lines: &lines,
        label: &label,
        link: &|_, _| None,
        cycle: if yearly { 1 } else { 12 },
    };
    chart.to_svg()
}
