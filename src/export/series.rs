//! A series as a tidy table, a row for each value of each period, and drawn.

use std::io::{self, Write};

use maud::Markup;

use super::charts::line::{ChartLine, LineChart, TooManyLines};
use super::csv::{harmless, system_error};
use super::pivot::{change_word, status_word};
use super::trend::ChartWords;
use crate::model::CivilDate;
use crate::search::{PeriodLength, Series, SeriesLine, SeriesPoint, SeriesValue};

/// The columns of a series, in order.
pub const SERIES_COLUMNS: [&str; 20] = [
    "indicator",
    "district",
    "period_from",
    "period_to",
    "value",
    "unit",
    "articles",
    "conflict",
    "article",
    "measure",
    "value_max",
    "approx",
    "status",
    "preliminary",
    "change_kind",
    "change",
    "change_unit",
    "quote",
    "source",
    "line",
];

/// Writes a series as CSV (RFC 4180), a row for each value of each period: values in the base unit, days
/// as 2023-02-10; `measure` is level or change; `conflict` is true where articles differ on a period;
/// `article` is the first that states the value, with the quote and where the article begins.
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
                let cells = cells(series, line, point, value);
                table.write_record(&cells).map_err(system_error)?;
            }
        }
    }
    table.flush()
}

fn cells(
    series: &Series,
    line: &SeriesLine,
    point: &SeriesPoint,
    value: &SeriesValue,
) -> [String; SERIES_COLUMNS.len()] {
    let text = |text: &str| harmless(text).into_owned();
    let number = |number: Option<f64>| number.map(|number| number.to_string()).unwrap_or_default();
    let (change, source) = (value.change.as_ref(), value.sources.first());
    [
        text(&series.name),
        text(line.district.as_deref().unwrap_or_default()),
        point.from.to_string(),
        point.to.to_string(),
        value.value.to_string(),
        text(&line.unit),
        value.articles.to_string(),
        (point.values.len() > 1).to_string(),
        text(source.map_or("", |source| &source.article.0)),
        series.measure.as_str().to_owned(),
        number(value.value_max),
        text(value.approx.as_deref().unwrap_or_default()),
        status_word(value.status).to_owned(),
        value.preliminary.to_string(),
        change.map_or("", |change| change_word(change.kind)).to_owned(),
        number(change.map(|change| change.value)),
        text(change.map_or("", |change| &change.unit)),
        text(source.map_or("", |source| &source.quote)),
        text(source.map_or("", |source| &source.source)),
        source.and_then(|source| source.line).map(|line| line.to_string()).unwrap_or_default(),
    ]
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
