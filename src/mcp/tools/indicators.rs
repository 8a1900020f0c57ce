//! `indicators`: what articles state of indicators, a row a value.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::ToolSpec;
use crate::export::FigureRow;
use crate::mcp::arguments::{Arguments, number};
use crate::mcp::reply::{clipped, fitting};
use crate::mcp::schema::{InputSchema, output};
use crate::mcp::{Reply, ToolContext, ToolError};
use crate::model::{Indicator, Record};
use crate::present::words::figure_line;
use crate::present::{FigureParams, ParamError, ValueForm, words};
use crate::search::{FigureCursor, FigurePage, Note};

pub(super) const TOOL: ToolSpec = ToolSpec {
    name: "indicators",
    title: ("指标数值", "List figures"),
    description: "List what articles state of indicators (地区生产总值, 粮食产量 …), a row for each \
        value: name, district, period, value with unit, change, whether it is so or planned, the words \
        of the text, and the article. `district` and `kind` are those of the figures; `q` and the \
        other filters choose the articles. Values are read by rules: check the quote.",
    input: || {
        let schema = InputSchema::default().with::<FigureParams>().with::<RowsArguments>();
        schema.with_search(&NOT_OF_FIGURES).finish()
    },
    output: output::<RowsReply>,
    run,
};

/// Rows that are given without `limit`, and at most.
const USUAL_ROWS: usize = 20;
const MAX_ROWS: usize = 100;
/// Characters of a quote in the text of an answer.
const MAX_QUOTE_CHARS: usize = 160;
/// What is not asked of articles where their figures are.
const NOT_OF_FIGURES: [&str; 8] =
    ["district", "role", "kind", "ungrouped", "sort", "limit", "offset", "after"];

/// Which page of the rows.
#[derive(Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
struct RowsArguments {
    /// Rows of a page, 20 by default.
    #[param(minimum = 1, maximum = 100, value_type = u64)]
    limit: String,
    /// A cursor: the value of `next` on the previous page.
    after: String,
}

/// Some of the rows.
#[derive(Debug, Serialize, ToSchema)]
struct RowsReply<'a> {
    /// Articles with such rows, all pages together.
    articles: u64,
    /// The rows of this page, by article, in the order of the files; fewer than `limit` where they are
    /// long.
    rows: Vec<RowReply<'a>>,
    /// The cursor of the next page, a value for `after`; `null` on the last page.
    #[schema(required)]
    next: Option<String>,
    /// What to know about how the query was understood.
    notes: Vec<Note>,
}

/// A row.
#[derive(Debug, Serialize, ToSchema)]
struct RowReply<'a> {
    #[serde(flatten)]
    row: FigureRow<'a>,
    /// The page of the article at this row; `null` where it is not known where the pages are.
    #[schema(required)]
    permalink: Option<String>,
}

fn run(context: &ToolContext<'_>, mut arguments: Arguments) -> Result<Reply, ToolError> {
    let figures: FigureParams = arguments.take()?;
    let RowsArguments { limit, after } = arguments.take()?;
    let params = arguments.search(&NOT_OF_FIGURES)?;
    let filter = figures.filter(context.today)?;
    let limit = number("limit", &limit, USUAL_ROWS, 1, MAX_ROWS)?;
    let from = match after.as_str() {
        "" => None,
        text => Some(text.parse::<FigureCursor>().map_err(|_| ParamError::Value {
            name: "after",
            value: text.to_owned(),
            expected: ValueForm::Cursor,
        })?),
    };
    let request = context.selection(&params)?.request;
    let mut page = context.archive.figure_page(&request, &filter, from, limit)?;
    let (room, all) = {
        let rows = row_replies(context, &page);
        (fitting(&rows), rows.len())
    };
    if room < all {
        // A shorter page, so that its cursor is that of the row behind it.
        page = context.archive.figure_page(&request, &filter, from, room)?;
    }
    let rows = row_replies(context, &page);
    let mut lines = String::new();
    for (record, row) in stated(&page) {
        let (line, quote) =
            (figure_line(context.lang(), row), clipped(&row.quote, MAX_QUOTE_CHARS));
        let _ = write!(lines, "\n{line} | {} | “{quote}”", record.id);
    }
    let next = page.next.map(|next| next.to_string());
    let notes = context.archive.notes(&request)?;
    let reply = RowsReply { articles: page.articles, rows, next, notes };
    Reply::new(text(context, &reply, &lines), &reply)
}

fn row_replies<'a>(context: &ToolContext<'_>, page: &'a FigurePage) -> Vec<RowReply<'a>> {
    let rows = stated(page).map(|(record, row)| RowReply {
        row: FigureRow::json(record, row),
        permalink: context.figure_permalink(&record.id, &row.id),
    });
    rows.collect()
}

/// The rows of a page, each with its article.
fn stated(page: &FigurePage) -> impl Iterator<Item = (&Record, &Indicator)> {
    page.found.iter().flat_map(|(record, places)| {
        places.iter().filter_map(move |&place| Some((record, record.indicators.get(place)?)))
    })
}

fn text(context: &ToolContext<'_>, reply: &RowsReply<'_>, lines: &str) -> String {
    let lang = context.lang();
    let (articles, shown) = (words::articles(lang, reply.articles), reply.rows.len());
    let mut text = lang.of(
        format!("{articles}写有这样的数值；本页 {shown} 条。"),
        format!("{articles} with such figures; {shown} on this page."),
    );
    text.push_str(lines);
    if let Some(next) = &reply.next {
        let _ = write!(text, "\n{}{next}", lang.of("下一页：after=", "Next page: after="));
    }
    text
}
