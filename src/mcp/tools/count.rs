//! `count`: how many articles match, by a dimension, and by one across another.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{PAGING, ToolSpec};
use crate::mcp::arguments::{Arguments, choice, number};
use crate::mcp::reply::{first, totals};
use crate::mcp::schema::{InputSchema, output};
use crate::mcp::{Reply, ToolContext, ToolError};
use crate::present::{Lang, ParamError, ValueForm};
use crate::search::{Facets, Granularity, MatrixAxis, Note, Request};

pub(super) const TOOL: ToolSpec = ToolSpec {
    name: "count",
    title: ("计数", "Count articles"),
    description: "Count the articles that match, exactly: in all, `by` a dimension (district, topic, \
        outlet, publication, kind, year, quarter, month, day), or by one `across` another as a table. \
        Query and filters as in `search`. An article whose date is an interval is counted in a period \
        only where all its days lie in it; `possible` says how many more may be of it.",
    input: || InputSchema::default().with::<CountArguments>().with_search(&PAGING).finish(),
    output: output::<CountReply>,
    run,
};

/// Values that are given without `limit`, and at most.
const USUAL_VALUES: usize = 30;
const MAX_VALUES: usize = 300;
/// Rows and columns of a table at most.
const MAX_TABLE_ROWS: usize = 40;
const MAX_TABLE_COLUMNS: usize = 36;

/// How articles are counted.
#[derive(Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
struct CountArguments {
    /// The dimension to count by; without it only the totals are given.
    #[param(inline, value_type = CountedBy)]
    by: String,
    /// A second dimension: the columns of a table whose rows are those of `by`. Not kind.
    #[param(inline, value_type = CountedBy)]
    across: String,
    /// Values to give, 30 by default: those with the most articles, of periods the latest.
    #[param(minimum = 1, maximum = 300, value_type = u64)]
    limit: String,
}

/// What articles are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum CountedBy {
    District,
    Topic,
    Outlet,
    Publication,
    Kind,
    Year,
    Quarter,
    Month,
    Day,
}

/// Counts.
#[derive(Debug, Serialize, ToSchema)]
struct CountReply {
    /// Articles that match.
    articles: u64,
    /// The same with reprints counted once.
    stories: u64,
    /// What they are counted by.
    #[schema(required)]
    by: Option<CountedBy>,
    /// Values with their articles: most first, periods in order of time. An article with several values
    /// counts in each.
    values: Vec<ValueCount>,
    /// Values that are left out: a greater `limit`, or filters, show them.
    more_values: usize,
    /// Articles without a value; `null` of kinds, as every article has one.
    #[schema(required)]
    without: Option<u64>,
    /// Of periods: articles that are possible in several, and certainly of none.
    spread: u64,
    /// The table, with `across`.
    #[schema(required)]
    table: Option<CountsAcross>,
    /// Whether articles with only some of the words, which a search can list behind those that match,
    /// are left out.
    without_partial: bool,
    /// What to know about how the query was understood.
    notes: Vec<Note>,
}

/// A value and its articles.
#[derive(Debug, Serialize, ToSchema)]
struct ValueCount {
    /// The value: a name, or a period such as `2023-02`.
    value: String,
    /// Articles that have it; of a period, that are certainly of it.
    count: u64,
    /// Of a period: further articles that may be of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    possible: Option<u64>,
}

/// Rows by columns.
#[derive(Debug, Serialize, ToSchema)]
struct CountsAcross {
    /// What the columns are.
    across: CountedBy,
    /// Their names.
    columns: Vec<String>,
    /// The rows, each with its articles in each of the columns.
    rows: Vec<AcrossRow>,
    /// Rows and columns that are left out: those with the fewest articles, of periods the earliest.
    more_rows: usize,
    more_columns: usize,
    /// Periods without articles that are left out between columns: those of long gaps.
    gaps: Vec<ColumnGap>,
    /// Articles without a value for the rows.
    without_row: u64,
    /// Articles without a value for the columns.
    without_column: u64,
    /// Where the rows are periods: articles that are possible in several, and certainly of none.
    spread_row: u64,
    /// The same of columns.
    spread_column: u64,
}

/// Columns that are left out.
#[derive(Debug, Serialize, ToSchema)]
struct ColumnGap {
    /// The column before which they would stand.
    before: String,
    /// How many they are.
    periods: usize,
}

/// A row.
#[derive(Debug, Serialize, ToSchema)]
struct AcrossRow {
    /// Its name.
    name: String,
    /// Its articles, whether a column counts them or not.
    count: u64,
    /// Articles for each of the columns.
    cells: Vec<u64>,
}

fn run(context: &ToolContext<'_>, mut arguments: Arguments) -> Result<Reply, ToolError> {
    let CountArguments { by, across, limit } = arguments.take()?;
    let params = arguments.search(&PAGING)?;
    let by: Option<CountedBy> = choice("by", &by, ValueForm::CountedBy)?;
    let across: Option<CountedBy> = choice("across", &across, ValueForm::CountedBy)?;
    let limit = number("limit", &limit, USUAL_VALUES, 1, MAX_VALUES)?;
    let selection = context.selection(&params)?;
    let (archive, request) = (context.archive, &selection.request);
    let table = match (by, across) {
        (Some(by), Some(across)) if by == across => {
            return Err(ToolError::Alike { names: ["by", "across"] });
        }
        (Some(by), Some(across)) => Some(table(context, request, by, across)?),
        (None, Some(_)) => return Err(ToolError::Missing { name: "by" }),
        (_, None) => None,
    };
    let sums = archive.totals(request)?;
    let counted = match by {
        Some(by) => counted(context, request, by, limit)?,
        None => DimensionCounts::default(),
    };
    let reply = CountReply {
        articles: sums.articles,
        stories: sums.stories,
        by,
        values: counted.values,
        more_values: counted.more,
        without: counted.without,
        spread: counted.spread,
        table,
        without_partial: context.without_partial(&selection)?,
        notes: archive.notes(request)?,
    };
    Reply::new(text(context, &reply), &reply)
}

/// Counts by one dimension.
#[derive(Default)]
struct DimensionCounts {
    values: Vec<ValueCount>,
    more: usize,
    without: Option<u64>,
    spread: u64,
}

fn counted(
    context: &ToolContext<'_>,
    request: &Request,
    by: CountedBy,
    limit: usize,
) -> Result<DimensionCounts, ToolError> {
    if let Some(granularity) = by.granularity() {
        let timeline = context.archive.timeline(request, granularity)?;
        let mut counts = timeline.counts;
        let more = counts.len().saturating_sub(limit);
        let values = counts.drain(more..).map(|count| ValueCount {
            value: count.value.to_string(),
            count: count.count,
            possible: Some(count.possible),
        });
        let (values, without) = (values.collect(), Some(timeline.undated));
        return Ok(DimensionCounts { values, more, without, spread: timeline.spread });
    }
    let facets = context.archive.facets(request)?;
    let Facets { districts, topics, outlets, publications, kinds, .. } = facets;
    let counts = match by {
        CountedBy::District => districts,
        CountedBy::Topic => topics,
        CountedBy::Outlet => outlets,
        CountedBy::Publication => publications,
        _ => kinds,
    };
    let without = match by.axis() {
        // A table without rows and columns, of which the articles that it does not place are wanted.
        Some(axis) => Some(context.archive.matrix(request, axis, axis, 0, 0)?.without_row),
        None => None,
    };
    let (counts, more) = first(counts, limit);
    let values = counts.into_iter().map(|count| ValueCount {
        value: count.value,
        count: count.count,
        possible: None,
    });
    Ok(DimensionCounts { values: values.collect(), more, without, spread: 0 })
}

fn table(
    context: &ToolContext<'_>,
    request: &Request,
    by: CountedBy,
    across: CountedBy,
) -> Result<CountsAcross, ToolError> {
    let axis = |name, of: CountedBy| {
        let wrong =
            || ParamError::Value { name, value: "kind".to_owned(), expected: ValueForm::CountedBy };
        of.axis().ok_or_else(wrong)
    };
    let (rows, columns) = (axis("by", by)?, axis("across", across)?);
    let matrix =
        context.archive.matrix(request, rows, columns, MAX_TABLE_ROWS, MAX_TABLE_COLUMNS)?;
    let gaps = matrix.columns.iter().filter(|column| column.skipped > 0);
    let gaps = gaps
        .map(|column| ColumnGap { before: column.name.clone(), periods: column.skipped })
        .collect();
    let rows = matrix.rows.into_iter().map(|row| AcrossRow {
        name: row.name,
        count: row.count,
        cells: row.cells,
    });
    Ok(CountsAcross {
        across,
        columns: matrix.columns.into_iter().map(|column| column.name).collect(),
        rows: rows.collect(),
        more_rows: matrix.more_rows,
        more_columns: matrix.more_columns,
        gaps,
        without_row: matrix.without_row,
        without_column: matrix.without_column,
        spread_row: matrix.spread_row,
        spread_column: matrix.spread_column,
    })
}

impl CountedBy {
    fn granularity(self) -> Option<Granularity> {
        match self {
            Self::Year => Some(Granularity::Year),
            Self::Quarter => Some(Granularity::Quarter),
            Self::Month => Some(Granularity::Month),
            Self::Day => Some(Granularity::Day),
            _ => None,
        }
    }

    /// `None` of what a table cannot have.
    fn axis(self) -> Option<MatrixAxis> {
        match self {
            Self::District => Some(MatrixAxis::District),
            Self::Topic => Some(MatrixAxis::Topic),
            Self::Outlet => Some(MatrixAxis::Outlet),
            Self::Publication => Some(MatrixAxis::Publication),
            Self::Kind => None,
            Self::Year | Self::Quarter | Self::Month | Self::Day => {
                self.granularity().map(MatrixAxis::Period)
            }
        }
    }
}

fn text(context: &ToolContext<'_>, reply: &CountReply) -> String {
    let lang = context.lang();
    let sums = totals(lang, reply.articles, reply.stories);
    let mut text = lang.of(format!("共 {sums}。"), format!("{sums} in all."));
    for value in &reply.values {
        let _ = write!(text, "\n{}\t{}", value.value, value.count);
        if let Some(possible) = value.possible.filter(|&possible| possible > 0) {
            let _ = write!(text, " +{possible}");
        }
    }
    if reply.more_values > 0 {
        let more = reply.more_values;
        text.push_str(&lang.of(
            format!("\n（另有 {more} 个值从略；可用 limit 或筛选条件查看）"),
            format!("\n({more} more values are left out; `limit` or filters show them)"),
        ));
    }
    let (without, spread) = (reply.without.unwrap_or(0), reply.spread);
    if without + spread > 0 {
        let _ = write!(text, "\n{}", unplaced(lang, without, spread));
    }
    if let Some(table) = &reply.table {
        table_text(lang, table, &mut text);
    }
    text
}

fn table_text(lang: Lang, table: &CountsAcross, text: &mut String) {
    let _ = write!(text, "\n\n\t{}", table.columns.join("\t"));
    for row in &table.rows {
        let cells: Vec<String> = row.cells.iter().map(u64::to_string).collect();
        let _ = write!(text, "\n{}\t{}", row.name, cells.join("\t"));
    }
    let (rows, columns) = (table.more_rows, table.more_columns);
    if rows + columns > 0 {
        text.push_str(&lang.of(
            format!("\n（从略：{rows} 行，{columns} 列；请用筛选条件缩小范围）"),
            format!("\n(left out: {rows} rows, {columns} columns; filters narrow it)"),
        ));
    }
    for ColumnGap { before, periods } in &table.gaps {
        text.push_str(&lang.of(
            format!("\n（{before} 之前有 {periods} 个没有文章的时段从略）"),
            format!("\n({periods} periods without articles are left out before {before})"),
        ));
    }
    let of_rows = (lang.of("行：", "Rows: "), table.without_row, table.spread_row);
    let of_columns = (lang.of("列：", "Columns: "), table.without_column, table.spread_column);
    for (of, without, spread) in [of_rows, of_columns] {
        if without + spread > 0 {
            let _ = write!(text, "\n{of}{}", unplaced(lang, without, spread));
        }
    }
}

/// Articles that no value counts.
fn unplaced(lang: Lang, without: u64, spread: u64) -> String {
    let without = (without > 0)
        .then(|| lang.of(format!("无此项 {without} 篇"), format!("{without} without a value")));
    let spread = (spread > 0).then(|| {
        lang.of(
            format!("可属多个时段而未计入 {spread} 篇"),
            format!("{spread} possible in several periods, and counted in none"),
        )
    });
    let parts: Vec<String> = [without, spread].into_iter().flatten().collect();
    let parts = parts.join(lang.of("；", "; "));
    lang.of(format!("（{parts}）"), format!("({parts})"))
}
