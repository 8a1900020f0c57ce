//! A trend as a table (CSV) and as a chart (SVG).

use std::io::{self, Write};

use maud::Markup;
use serde::Deserialize;
use utoipa::ToSchema;

use super::charts::line::{ChartLine, LineChart, PointLink, TooManyLines};
use super::csv::system_error;
use crate::search::{Period, Point, Trend};

/// The columns of [`write_trend`].
pub const TREND_COLUMNS: [&str; 6] =
    ["period", "name", "articles", "of", "per_thousand", "possible"];

/// Which of the numbers of a trend is drawn.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Measure {
    /// Articles.
    #[default]
    Articles,
    /// Articles per thousand of all.
    #[serde(rename = "share")]
    PerThousand,
}

/// What a chart of a trend says beside its numbers, in the reader's language.
#[derive(Debug, Clone, Copy)]
pub struct ChartWords<'a> {
    /// Above the chart, and its accessible name.
    pub title: &'a str,
    /// Its accessible description.
    pub description: &'a str,
    /// The title of the x axis.
    pub x_title: &'a str,
    /// The title of the y axis.
    pub y_title: &'a str,
}

impl Measure {
    /// The number of a point, of the articles that are certainly of its period; `None` where the
    /// period certainly has none at all.
    #[must_use]
    pub fn of(self, point: &Point) -> Option<f64> {
        match self {
            Self::Articles => (point.of > 0).then_some(point.articles as f64),
            Self::PerThousand => point.per_thousand,
        }
    }
}

/// Writes a trend as CSV, one row for each point: the period (`2023-02`, `2023-Q1`, `2023`), the
/// name of the line, its articles, all articles of the period, the former per thousand of the latter
/// (empty if there are none), and how many more are possible in the period. Names are written as they
/// are.
///
/// # Errors
/// When the output cannot be written to.
pub fn write_trend(trend: &Trend, out: impl Write) -> io::Result<()> {
    let mut table = ::csv::Writer::from_writer(out);
    table.write_record(TREND_COLUMNS).map_err(system_error)?;
    for line in &trend.lines {
        for point in &line.points {
            let row = [
                point.period.to_string(),
                line.name.clone(),
                point.articles.to_string(),
                point.of.to_string(),
                point.per_thousand.map(|share| share.to_string()).unwrap_or_default(),
                point.possible.to_string(),
            ];
            table.write_record(&row).map_err(system_error)?;
        }
    }
    table.flush()
}

/// Draws a trend of the articles that are certainly of a period. Periods without any are gaps. `link`
/// says where a point leads, by the index of its line and its period.
///
/// # Errors
/// When it has more than [`MAX_LINES`](crate::search::MAX_LINES) lines.
pub fn trend_chart(
    trend: &Trend,
    measure: Measure,
    words: ChartWords<'_>,
    link: &dyn Fn(usize, Period) -> Option<PointLink>,
) -> Result<Markup, TooManyLines> {
    let lines: Vec<ChartLine> = trend
        .lines
        .iter()
        .map(|line| ChartLine {
            name: line.name.clone(),
            points: line
                .points
                .iter()
                .filter_map(|point| Some((point.period.number(), measure.of(point)?)))
                .collect(),
            others: Vec::new(),
        })
        .collect();
    let chart = LineChart {
        title: words.title,
        description: words.description,
        x_title: words.x_title,
        y_title: words.y_title,
        lines: &lines,
        label: &|place| Period::at(trend.by, place).to_string(),
        cycle: trend.by.cycle(),
        link: &|line, (place, _)| link(line, Period::at(trend.by, place)),
    };
    chart.to_svg()
}
