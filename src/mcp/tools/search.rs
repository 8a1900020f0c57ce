//! `search`: a page of hits, each with quotes.

use std::fmt::Write as _;

use serde::Serialize;
use utoipa::ToSchema;

use super::ToolSpec;
use crate::mcp::arguments::Arguments;
use crate::mcp::article_head::ArticleHead;
use crate::mcp::reply::{MAX_NAME_CHARS, clipped, fitting, totals};
use crate::mcp::schema::{InputSchema, output};
use crate::mcp::{Reply, ToolContext, ToolError};
use crate::model::ArticleId;
use crate::present;
use crate::present::{Answer, Extras, windows};
use crate::query::Expansion;
use crate::search::{Highlight, Hit, Note, Suggestion, TextField, Totals};

pub(super) const TOOL: ToolSpec = ToolSpec {
    name: "search",
    title: ("检索文章", "Search for articles"),
    description: "Find articles of Chinese newspapers and bulletins. `q` is a query: words side by \
        side must all occur, \"…\" is exact text, -… excludes, OR, brackets, and fields such as \
        地区: 主题: 日期: 标题: 来源: 文号: 指标: (the resource dibao://help has all of it). Filters \
        narrow it. Totals are exact; `next` is the cursor for `after`. Articles with all words come \
        first; those with only some of them follow and list what they lack. Each hit has its id, \
        date, quotes with what matched, and where it is.",
    input: || InputSchema::default().with_search(&[]).finish(),
    output: output::<SearchReply>,
    run,
};

/// Width of a quote in columns: a Chinese character has two.
const QUOTE_COLUMNS: usize = 160;
/// Characters of a field that is quoted as a whole.
const MAX_FIELD_CHARS: usize = 200;

/// A page of hits.
#[derive(Debug, Serialize, ToSchema)]
struct SearchReply {
    /// Articles that match, all pages together.
    total: u64,
    /// The same with reprints counted once: as many hits as there are.
    stories: u64,
    /// Articles with only some of the words, which come behind those that match; `null` where none
    /// can follow.
    #[schema(required)]
    partial: Option<Totals>,
    /// The hits of this page: fewer than `limit` where they are long.
    hits: Vec<HitReply>,
    /// The cursor of the next page, a value for `after`; `null` on the last page.
    #[schema(required)]
    next: Option<String>,
    /// What to know about how the query was understood.
    notes: Vec<Note>,
    /// Words that the synonyms of the archive added to the query.
    synonyms: Vec<Expansion>,
    /// What may have been meant, where nothing was found.
    suggestions: Vec<Suggestion>,
}

/// A hit.
#[derive(Debug, Serialize, ToSchema)]
struct HitReply {
    #[serde(flatten)]
    article: ArticleHead,
    /// Where it matches; the beginning of the text where nothing in it does.
    quotes: Vec<QuoteReply>,
    /// Words of the query that it lacks.
    missing: Vec<String>,
    /// How many other hits have substantially the same text.
    reprints: u64,
    /// The earliest article with substantially the same text.
    #[schema(required, value_type = Option<String>)]
    reprint_of: Option<ArticleId>,
}

/// A passage as it is printed.
#[derive(Debug, Serialize, ToSchema)]
struct QuoteReply {
    /// The part of the article.
    field: TextField,
    /// The text, word for word.
    text: String,
    /// What in it matches, each once.
    matches: Vec<String>,
}

fn run(context: &ToolContext<'_>, arguments: Arguments) -> Result<Reply, ToolError> {
    let params = arguments.search(&[])?;
    let mut selection = context.selection(&params)?;
    let mut answer = present::search(context.archive, &selection, Extras::default())?;
    let mut hits = hit_replies(context, &answer);
    let room = fitting(&hits);
    if room < hits.len() {
        // A shorter page, so that its cursor is that of the hit behind it.
        selection.request.limit = room;
        answer = present::search(context.archive, &selection, Extras::default())?;
        hits = hit_replies(context, &answer);
    }
    let Answer { total, stories, partial, next, notes, synonyms, suggestions, .. } = answer;
    let reply = SearchReply {
        total,
        stories,
        partial,
        hits,
        next: next.map(|next| next.to_string()),
        notes,
        synonyms,
        suggestions,
    };
    Reply::new(text(context, &reply), &reply)
}

fn hit_replies(context: &ToolContext<'_>, answer: &Answer) -> Vec<HitReply> {
    answer.hits.iter().map(|hit| hit_reply(context, hit)).collect()
}

fn hit_reply(context: &ToolContext<'_>, hit: &Hit) -> HitReply {
    let fields = hit.highlights.iter().filter(|found| found.field != TextField::Body);
    let whole = fields.filter_map(|found| {
        let text = found.field.of(&hit.record)?;
        Some(quote(found.field, clipped(text, MAX_FIELD_CHARS), matched(text, found)))
    });
    let body = &hit.record.body;
    let of_body = hit.highlights.iter().find(|found| found.field == TextField::Body);
    let spans = of_body.map_or(&[][..], |found| &found.spans);
    let passages = windows(body, spans, QUOTE_COLUMNS).into_iter().map(|window| {
        let within =
            spans.iter().filter(|span| window.start <= span.start && span.end <= window.end);
        let matches = within.filter_map(|span| body.get(span.clone()));
        quote(TextField::Body, body.get(window.clone()).unwrap_or_default().to_owned(), matches)
    });
    HitReply {
        article: ArticleHead::of(context, &hit.record),
        quotes: whole.chain(passages).collect(),
        missing: hit.missing.clone(),
        reprints: hit.reprints,
        reprint_of: hit.record.reprint_of.clone(),
    }
}

fn matched<'a>(text: &'a str, found: &'a Highlight) -> impl Iterator<Item = &'a str> {
    found.spans.iter().filter_map(|span| text.get(span.clone()))
}

fn quote<'a>(field: TextField, text: String, matches: impl Iterator<Item = &'a str>) -> QuoteReply {
    let mut once: Vec<String> = Vec::new();
    for found in matches.map(|found| clipped(found, MAX_NAME_CHARS)) {
        if !once.contains(&found) {
            once.push(found);
        }
    }
    QuoteReply { field, text, matches: once }
}

fn text(context: &ToolContext<'_>, reply: &SearchReply) -> String {
    let lang = context.lang();
    let found = totals(lang, reply.total, reply.stories);
    let shown = reply.hits.len();
    let mut text = lang.of(
        format!("找到 {found}；本页 {shown} 条。"),
        format!("Found {found}; {shown} on this page."),
    );
    if let Some(partial) = reply.partial.filter(|partial| partial.articles > 0) {
        let partial = totals(lang, partial.articles, partial.stories);
        text.push_str(&lang.of(
            format!("另有 {partial}只含部分检索词。"),
            format!(" {partial} more with only some of the words."),
        ));
    }
    for (place, hit) in reply.hits.iter().enumerate() {
        let _ = write!(text, "\n{}. {}", place + 1, hit.article.line());
        for quote in &hit.quotes {
            let _ = write!(text, "\n   “{}”", quote.text.replace('\n', " "));
        }
        if !hit.missing.is_empty() {
            let missing = hit.missing.join(lang.of("、", ", "));
            let _ = write!(text, "\n   {}{missing}", lang.of("缺少：", "without "));
        }
    }
    match &reply.next {
        Some(next) => {
            let more = lang.of("下一页：after=", "Next page: after=");
            let _ = write!(text, "\n{more}{next}");
        }
        None if reply.total > 0 => {
            text.push_str(lang.of("\n已是最后一页。", "\nThis is the last page."));
        }
        None => {}
    }
    for Suggestion { part, instead, articles, .. } in &reply.suggestions {
        text.push_str(&lang.of(
            format!("\n“{part}”没有找到；可试“{instead}”（{articles} 篇）"),
            format!("\nNothing for {part}; try {instead} ({articles} articles)"),
        ));
    }
    text
}
