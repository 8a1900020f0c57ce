//! `trend`: words or districts over time, side by side.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{PAGING, ToolSpec};
use crate::mcp::arguments::{Arguments, choice};
use crate::mcp::schema::{InputSchema, output};
use crate::mcp::{Reply, ToolContext, ToolError};
use crate::present::words;
use crate::present::{SearchParams, ValueForm};
use crate::search::{Granularity, Period, Trend};

pub(super) const TOOL: ToolSpec = ToolSpec {
    name: "trend",
    title: ("趋势", "Compare over time"),
    description: "Compare words over time, or districts: for each line the articles that match in each \
        year, quarter, month or day, beside all articles of that time. Give words as `line`, up to \
        eight; with one word and several values of `district` the districts are compared. A period \
        that no article can be of is left out: it is a gap and no zero.",
    input: || InputSchema::default().with::<TrendArguments>().with_search(&NOT_OF_TRENDS).finish(),
    output: output::<TrendReply>,
    run,
};

/// Periods that are given at once.
const MAX_PERIODS: usize = 120;
const NOT_OF_TRENDS: [&str; 7] = {
    let [one, two, three, four, five] = PAGING;
    ["q", "undated", one, two, three, four, five]
};

/// What is compared.
#[derive(Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
struct TrendArguments {
    /// A word or query that is a line of its own; at most eight lines.
    line: Vec<String>,
    /// The length of a period; month is the usual one.
    #[param(inline, value_type = Granularity)]
    by: String,
}

/// Lines over the same time.
#[derive(Debug, Serialize, ToSchema)]
struct TrendReply {
    /// The lines, each with its points in order of time.
    trend: Trend,
    /// Periods that are left out behind these.
    more_periods: usize,
    /// The `from` of the next part; `null` where nothing is left out.
    #[schema(required)]
    next_from: Option<String>,
    /// Whether articles with only some of the words of a line, which a search can list behind those that
    /// match, are left out.
    without_partial: bool,
}

fn run(context: &ToolContext<'_>, mut arguments: Arguments) -> Result<Reply, ToolError> {
    let TrendArguments { line, by } = arguments.take()?;
    let params = arguments.search(&NOT_OF_TRENDS)?;
    let by = choice("by", &by, ValueForm::Period)?.unwrap_or_default();
    let words: Vec<String> = given(&line);
    let districts = given(&params.district);
    let compares_districts = words.len() < 2 && districts.len() > 1;
    let params = SearchParams { district: districts.clone(), ..params };
    let lines = params.trend_lines(&words, if compares_districts { &districts } else { &[] })?;
    if lines.is_empty() {
        return Err(ToolError::Missing { name: "line" });
    }
    let mut requests = Vec::with_capacity(lines.len());
    let mut without_partial = false;
    for (name, search) in lines {
        let selection = context.selection(&search)?;
        without_partial |= context.without_partial(&selection)?;
        requests.push((name, selection.request));
    }
    let mut trend = context.archive.trend(&requests, by)?;
    let periods: BTreeSet<_> =
        trend.lines.iter().flat_map(|line| &line.points).map(|point| point.period).collect();
    let next = periods.iter().nth(MAX_PERIODS).copied();
    if let Some(next) = next {
        for line in &mut trend.lines {
            line.points.retain(|point| point.period < next);
        }
    }
    let reply = TrendReply {
        trend,
        more_periods: periods.len().saturating_sub(MAX_PERIODS),
        next_from: next.and_then(Period::days).map(|(day, _)| day.to_string()),
        without_partial,
    };
    Reply::new(text(context, &reply), &reply)
}

/// The values that are not empty, each of them once.
fn given(values: &[String]) -> Vec<String> {
    let mut given: Vec<String> = Vec::new();
    for value in values.iter().map(|value| value.trim()).filter(|value| !value.is_empty()) {
        if !given.iter().any(|known| known == value) {
            given.push(value.to_owned());
        }
    }
    given
}

fn text(context: &ToolContext<'_>, reply: &TrendReply) -> String {
    let (lang, by) = (context.lang(), reply.trend.by);
    let mut text = String::new();
    for line in &reply.trend.lines {
        let articles = words::articles(lang, line.articles);
        let (spread, undated) = (line.spread, line.undated);
        let in_none = words::spread(lang, by);
        text.push_str(&lang.of(
            format!("{}：{articles}，{in_none} {spread}，无日期 {undated}\n", line.name),
            format!("{}: {articles}, {spread} {in_none}, {undated} undated\n", line.name),
        ));
        for point in line.points.iter().filter(|point| point.articles > 0) {
            let _ = write!(text, "{} {}; ", point.period, point.articles);
        }
        text.push('\n');
    }
    if let Some(next) = &reply.next_from {
        let more = words::periods(lang, reply.more_periods as u64, by);
        text.push_str(&lang.of(
            format!("（其后 {more}从略；续读用 from={next}）"),
            format!("({more} behind these are left out; go on with from={next})"),
        ));
    }
    text
}
