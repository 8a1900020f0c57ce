//! A series as a tidy table, a row for each value of each period, and drawn.

use std::collections::BTreeMap;
use std::io::{self, Write};

use maud::Markup;

use super::charts::line::{ChartLine, LineChart, PointLink, TooManyLines};
use super::csv::{harmless, system_error};
use super::pivot::{change_word, status_word};
use super::trend::ChartWords;
use crate::model::{CivilDate, IndicatorStatus};
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
/// as 2023-02-10; `measure` is level or change; `conflict` is true where articles differ
/// on a period, that is, state another value of the same status;
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
        point.differs(value).to_string(),
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

/// The unit in which a series is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct ChartUnit {
    /// The base unit that most values have; the others are in no drawing.
    pub unit: String,
    /// By which values are divided: 1e8 for 亿.
    pub divisor: f64,
    /// The same as it is written: 亿.
    pub multiple: &'static str,
}

impl ChartUnit {
    /// That of a series.
    #[must_use]
    pub fn of(series: &Series) -> Self {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for line in &series.lines {
            *counts.entry(&line.unit).or_default() += line.points.len();
        }
        let most = counts.into_iter().rev().max_by_key(|&(_, points)| points);
        let unit = most.map_or("", |(unit, _)| unit);
        let lines = series.lines.iter().filter(|line| line.unit == unit);
        let values = lines.flat_map(|line| &line.points).flat_map(|point| &point.values);
        let largest = values.map(|value| value.value.abs()).fold(0.0, f64::max);
        let (divisor, multiple) = match largest {
            largest if matches!(unit, "%" | "‰") || largest < 1e4 => (1.0, ""),
            largest if largest < 1e8 => (1e4, "万"),
            _ => (1e8, "亿"),
        };
        Self { unit: unit.to_owned(), divisor, multiple }
    }
}

/// Draws the lines of one unit: facts, targets and forecasts of a district each as a line of its own,
/// called what `name` says. Of values that conflict the line goes through the one that most articles
/// state, and the others are hollow. Days stand at their months. `link` says where a value leads.
///
/// # Errors
/// When there are more than [`MAX_LINES`](crate::search::MAX_LINES) lines of the unit.
pub fn series_chart(
    series: &Series,
    of: &ChartUnit,
    words: ChartWords<'_>,
    name: &dyn Fn(&SeriesLine, IndicatorStatus) -> String,
    link: &dyn Fn(&SeriesLine, &SeriesPoint, &SeriesValue) -> Option<PointLink>,
) -> Result<Markup, TooManyLines> {
    let axis = TimeAxis(series.by);
    let at =
        |point: &SeriesPoint, value: &SeriesValue| (axis.place(point.to), value.value / of.divisor);
    let of_unit = series.lines.iter().filter(|line| line.unit == of.unit);
    let drawn: Vec<DrawnLine> = of_unit.flat_map(DrawnLine::of).collect();
    let lines = drawn.iter().map(|line| ChartLine {
        name: name(line.line, line.status),
        points: line.values.iter().map(|(point, value)| at(point, value)).collect(),
        others: line.others.iter().map(|(point, value)| at(point, value)).collect(),
    });
    let lines: Vec<ChartLine> = lines.collect();
    let chart = LineChart {
        title: words.title,
        description: words.description,
        x_title: words.x_title,
        y_title: words.y_title,
        lines: &lines,
        label: &|at| axis.label(at),
        link: &|index, place| {
            let of = drawn.get(index)?;
            // Days of one month stand at one position.
            let mut all = of.values.iter().chain(&of.others);
            let (point, value) = all.find(|(point, value)| at(point, value) == place)?;
            link(of.line, point, value)
        },
        cycle: axis.cycle(),
    };
    chart.to_svg()
}

/// What one line goes through, and the values of the same status beside it.
struct DrawnLine<'a> {
    line: &'a SeriesLine,
    status: IndicatorStatus,
    values: Vec<(&'a SeriesPoint, &'a SeriesValue)>,
    others: Vec<(&'a SeriesPoint, &'a SeriesValue)>,
}

impl<'a> DrawnLine<'a> {
    /// The facts of a line, its targets and its forecasts, where it has any.
    fn of(line: &'a SeriesLine) -> Vec<Self> {
        let statuses =
            [IndicatorStatus::Actual, IndicatorStatus::Target, IndicatorStatus::Forecast];
        let drawn = statuses.into_iter().map(|status| {
            let mut drawn = Self { line, status, values: Vec::new(), others: Vec::new() };
            for point in &line.points {
                let belongs = |value: &&SeriesValue| {
                    value.status == status || (status.is_fact() && value.status.is_fact())
                };
                let mut values = point.values.iter().filter(belongs);
                let Some(first) = values.next() else { continue };
                drawn.values.push((point, first));
                let differing = values.filter(|value| value.status == first.status);
                drawn.others.extend(differing.map(|value| (point, value)));
            }
            drawn
        });
        drawn.filter(|drawn| !drawn.values.is_empty()).collect()
    }
}

/// Periods of one length side by side: years, quarters, or the months in which the others end.
#[derive(Clone, Copy)]
struct TimeAxis(PeriodLength);

impl TimeAxis {
    /// Periods of a year.
    fn cycle(self) -> u32 {
        match self.0 {
            PeriodLength::Year => 1,
            PeriodLength::Quarter => 4,
            PeriodLength::ToDate | PeriodLength::Month | PeriodLength::Day => 12,
        }
    }

    fn place(self, end: CivilDate) -> i32 {
        let cycle = self.cycle().cast_signed();
        i32::from(end.year()) * cycle + (i32::from(end.month()) - 1) * cycle / 12
    }

    fn label(self, at: i32) -> String {
        let cycle = self.cycle().cast_signed();
        let (year, within) = (at.div_euclid(cycle), at.rem_euclid(cycle) + 1);
        match self.0 {
            PeriodLength::Year => year.to_string(),
            PeriodLength::Quarter => format!("{year}-Q{within}"),
            PeriodLength::ToDate | PeriodLength::Month | PeriodLength::Day => {
                format!("{year}-{within:02}")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quarters_and_months_stand_side_by_side() {
        let end = |day: &str| day.parse::<CivilDate>().expect("a day");
        let quarters = TimeAxis(PeriodLength::Quarter);
        assert_eq!(quarters.place(end("2023-03-31")), quarters.place(end("2022-12-31")) + 1);
        assert_eq!(quarters.label(quarters.place(end("2023-06-30"))), "2023-Q2");
        let months = TimeAxis(PeriodLength::ToDate);
        assert_eq!(months.label(months.place(end("2022-09-30"))), "2022-09");
        let years = TimeAxis(PeriodLength::Year);
        assert_eq!(years.label(years.place(end("2022-12-31"))), "2022");
    }
}
