//! `series`: an indicator over time, district by district.

use std::fmt::Write as _;

use serde::Serialize;
use utoipa::ToSchema;

use super::ToolSpec;
use crate::mcp::arguments::Arguments;
use crate::mcp::reply::{clipped, first};
use crate::mcp::schema::{InputSchema, output};
use crate::mcp::{Reply, ToolContext, ToolError};
use crate::present::SeriesParams;
use crate::present::words::{period_label, series_district, series_values};
use crate::search::{Series, SeriesLine, SeriesPoint};

pub(super) const TOOL: ToolSpec = ToolSpec {
    name: "series",
    title: ("指标序列", "Compare figures over time"),
    description: "Give an indicator over time, a line for each district and unit, in periods of one \
        length. Equal values of several articles are one; where articles differ there are several, and \
        each has the articles that state it with their words. `name` is an indicator such as \
        地区生产总值.",
    input: || InputSchema::default().with::<SeriesParams>().finish(),
    output: output::<SeriesReply>,
    run,
};

/// Values of all lines together, each counted once and once for each of its sources.
const MAX_VALUES: usize = 300;
/// Values of one period, where one line alone has more than are given.
const MAX_VALUES_OF_POINT: usize = 20;
/// Districts that are named where their lines are left out.
const MAX_NAMED: usize = 60;
/// Characters of a quote.
const MAX_QUOTE_CHARS: usize = 160;

/// Lines.
#[derive(Debug, Serialize, ToSchema)]
struct SeriesReply {
    /// The lines.
    series: Series,
    /// Periods that are left out of a single line that is too long, the earliest: ask for them by
    /// `period`.
    more_periods: usize,
    /// Values of these periods that are left out, those that the fewest articles state.
    more_values: usize,
    /// Lines that are left out, as there are too many values: their districts. Ask for them by
    /// `district`, or for less by `period`.
    left_out: Vec<String>,
    /// Further lines that are left out.
    more_left_out: usize,
    /// The page of a source, with its `article` and `row` in the places of these words; `null` where it
    /// is not known where the pages are.
    #[schema(required)]
    permalink: Option<String>,
}

fn run(context: &ToolContext<'_>, mut arguments: Arguments) -> Result<Reply, ToolError> {
    let params: SeriesParams = arguments.take()?;
    arguments.end()?;
    let asked = params.request(context.today)?;
    if asked.name.is_empty() {
        return Err(ToolError::Missing { name: "name" });
    }
    let mut series = context.archive.series(&asked.name, &asked.filter, asked.by, asked.measure)?;
    let mut values = 0;
    let room = series.lines.iter().take_while(|line| {
        values += line.points.iter().map(weight).sum::<usize>();
        values <= MAX_VALUES
    });
    // Of the first line something is always given.
    let room = room.count().max(1);
    let behind = series.lines.split_off(room.min(series.lines.len()));
    let (mut more_periods, mut more_values) = (0, 0);
    if let Some(line) = series.lines.first_mut().filter(|_| values > MAX_VALUES && room == 1) {
        (more_periods, more_values) = shorten(line);
    }
    let lang = context.lang();
    let districts = behind.iter().map(|line| series_district(lang, line).to_owned());
    let (left_out, more_left_out) = first(districts.collect(), MAX_NAMED);
    for line in &mut series.lines {
        for value in line.points.iter_mut().flat_map(|point| &mut point.values) {
            for source in &mut value.sources {
                source.quote = clipped(&source.quote, MAX_QUOTE_CHARS);
            }
        }
    }
    let site = context.caller.site.as_ref();
    let permalink = site.map(|site| format!("{site}/article/{{article}}#figure-{{row}}"));
    let reply =
        SeriesReply { series, more_periods, more_values, left_out, more_left_out, permalink };
    Reply::new(text(context, &reply), &reply)
}

/// How much of an answer a point takes.
fn weight(point: &SeriesPoint) -> usize {
    point.values.iter().map(|value| 1 + value.sources.len()).sum()
}

/// Leaves of a line what fits: how many periods, and how many values of the others, it lacks then.
fn shorten(line: &mut SeriesLine) -> (usize, usize) {
    let mut values = 0;
    let mut more_values = 0;
    for point in &mut line.points {
        more_values += point.values.len().saturating_sub(MAX_VALUES_OF_POINT);
        point.values.truncate(MAX_VALUES_OF_POINT);
    }
    let latest = line.points.iter().rev().take_while(|point| {
        values += weight(point);
        values <= MAX_VALUES
    });
    let more_periods = line.points.len() - latest.count();
    line.points.drain(..more_periods);
    (more_periods, more_values)
}

fn text(context: &ToolContext<'_>, reply: &SeriesReply) -> String {
    let (lang, series) = (context.lang(), &reply.series);
    let mut text = series.name.clone();
    if series.lines.is_empty() {
        text.push_str(lang.of("：没有找到数值", ": no values found"));
    }
    for line in &series.lines {
        let _ = write!(text, "\n{}", series_district(lang, line));
        for point in &line.points {
            let period = period_label(Some(point.from), Some(point.to)).unwrap_or_default();
            let _ = write!(text, "\n  {period}: {}", series_values(lang, line, point));
            let values = point.values.iter().filter_map(|value| value.sources.first());
            for source in values {
                let _ = write!(text, " [{}]", source.article);
            }
        }
    }
    let (periods, values) = (reply.more_periods, reply.more_values);
    if periods + values > 0 {
        text.push_str(&lang.of(
            format!("\n（较早的 {periods} 个时段和 {values} 个数值从略；请用 period 指定）"),
            format!(
                "\n({periods} earlier periods and {values} values are left out; ask for them by \
                 `period`)"
            ),
        ));
    }
    let lines = reply.left_out.len() + reply.more_left_out;
    if lines > 0 {
        let names = reply.left_out.join(lang.of("、", ", "));
        text.push_str(&lang.of(
            format!("\n（{lines} 条线从略：{names}；请用 district 指定）"),
            format!("\n({lines} lines are left out: {names}; ask for them by `district`)"),
        ));
    }
    if series.of_other_lengths > 0 {
        let others = series.of_other_lengths;
        text.push_str(&lang.of(
            format!("\n另有 {others} 个数值属于其他长度的时段（by）"),
            format!("\n{others} more values are of periods of other lengths (`by`)"),
        ));
    }
    text
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::model::IndicatorStatus;
    use crate::search::SeriesValue;

    #[test]
    fn a_line_that_is_too_long_keeps_its_latest_periods() {
        let value = |number| SeriesValue {
            value: f64::from(number),
            value_max: None,
            approx: None,
            status: IndicatorStatus::Actual,
            preliminary: false,
            change: None,
            articles: 1,
            sources: Vec::new(),
        };
        let point = |year, values| SeriesPoint {
            from: date(year, 1, 1),
            to: date(year, 12, 31),
            values: (0..values).map(value).collect(),
        };
        let mut points: Vec<SeriesPoint> = (1901..=2000).map(|year| point(year, 4)).collect();
        points.push(point(2001, 25));
        let mut line = SeriesLine { district: None, unit: "元".to_owned(), points };
        // Twenty values of the last year, and four of each of seventy years before.
        assert_eq!(shorten(&mut line), (30, 5));
        assert_eq!(line.points.first().map(|point| point.from), Some(date(1931, 1, 1)));
        assert_eq!(line.points.iter().map(weight).sum::<usize>(), MAX_VALUES);
    }
}
