//! `article`: an article with all that is known of it, its text in parts where it is long.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::ToolSpec;
use crate::export::CitationStyle;
use crate::mcp::arguments::{Arguments, number};
use crate::mcp::article_head::ArticleHead;
use crate::mcp::reply::{clipped, first};
use crate::mcp::schema::{InputSchema, output};
use crate::mcp::{Reply, ToolContext, ToolError};
use crate::model::{ArticleId, Byline, DateNote, Genre, Issue, Place, Topic};

pub(super) const TOOL: ToolSpec = ToolSpec {
    name: "article",
    title: ("读文章", "Read an article"),
    description: "Read an article by its id: headline, text, date with its evidence, districts, \
        topics, people, the file and lines it is from, and its citation. A long text comes in parts: \
        `next_offset` is the `offset` of the next one.",
    input: || InputSchema::default().with::<ArticleArguments>().finish(),
    output: output::<ArticleReply>,
    run,
};

/// Characters of a text that are given at once.
const MAX_BODY_CHARS: usize = 10_000;
/// Characters of it in the text of an answer, whose values have the whole part.
const MAX_TEXT_CHARS: usize = 2_000;
/// Places that are listed.
const MAX_PLACES: usize = 40;

/// Which article.
#[derive(Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
struct ArticleArguments {
    /// The id of the article, or a beginning of it that no other article has.
    #[param(required = true, min_length = 1)]
    id: String,
    /// Characters of the text to pass over: `next_offset` of the part before.
    #[param(minimum = 0, value_type = u64)]
    offset: String,
}

/// An article.
#[derive(Debug, Serialize, ToSchema)]
struct ArticleReply {
    /// What tells it from others, and where it stands.
    article: ArticleHead,
    /// 引题.
    #[schema(required)]
    kicker: Option<String>,
    /// 副题.
    #[schema(required)]
    subtitle: Option<String>,
    /// 栏目.
    #[schema(required)]
    section: Option<String>,
    /// 文号.
    #[schema(required)]
    docno: Option<String>,
    /// Who issued a document.
    #[schema(required)]
    issuer: Option<String>,
    /// 文种, 体裁.
    #[schema(required)]
    genre: Option<Genre>,
    /// The issue that it is printed in.
    issue: Issue,
    /// Who made it.
    byline: Byline,
    /// Its date: an interval of days, with the words it was read from.
    date: DateNote,
    /// Districts, those that it is about first, with their roles and the words that tell them.
    districts: Vec<Place>,
    /// Districts that are not listed.
    more_districts: usize,
    /// Topics, the strongest first.
    topics: Vec<Topic>,
    /// The text from `offset` on.
    body: String,
    /// Where this part begins, in characters.
    offset: usize,
    /// Characters of the whole text.
    body_characters: usize,
    /// The `offset` of the next part; `null` at the end.
    #[schema(required)]
    next_offset: Option<usize>,
    /// Credit and signature lines.
    #[schema(required)]
    credit: Option<String>,
    /// Figures of indicators that it states; the tool `indicators` lists them.
    figures: usize,
    /// The earliest article with substantially the same text.
    #[schema(required, value_type = Option<String>)]
    reprint_of: Option<ArticleId>,
    /// How it is cited (GB/T 7714—2025); the tool `cite` has other styles.
    citation: String,
}

fn run(context: &ToolContext<'_>, mut arguments: Arguments) -> Result<Reply, ToolError> {
    let ArticleArguments { id, offset } = arguments.take()?;
    arguments.end()?;
    let offset = number("offset", &offset, 0, 0, usize::MAX)?;
    let record = context.single("id", &id)?;
    let article = ArticleHead::of(context, &record);
    let (body_characters, figures) = (record.body.chars().count(), record.indicators.len());
    let body: String = record.body.chars().skip(offset).take(MAX_BODY_CHARS).collect();
    let end = offset.saturating_add(MAX_BODY_CHARS);
    let citation = CitationStyle::default().cite(&record, 1)?.text;
    let (districts, more_districts) = first(record.districts, MAX_PLACES);
    let reply = ArticleReply {
        article,
        kicker: record.kicker,
        subtitle: record.subtitle,
        section: record.section,
        docno: record.docno,
        issuer: record.issuer,
        genre: record.genre,
        issue: record.issue,
        byline: record.byline,
        date: record.date,
        districts,
        more_districts,
        topics: record.topics,
        body,
        offset,
        body_characters,
        next_offset: (end < body_characters).then_some(end),
        credit: record.credit,
        figures,
        reprint_of: record.reprint_of,
        citation,
    };
    Reply::new(text(context, &reply), &reply)
}

fn text(context: &ToolContext<'_>, reply: &ArticleReply) -> String {
    let lang = context.lang();
    let mut text = reply.article.line();
    for part in [&reply.kicker, &reply.subtitle, &reply.docno].into_iter().flatten() {
        let _ = write!(text, "\n{part}");
    }
    let begun = clipped(&reply.body, MAX_TEXT_CHARS);
    let _ = write!(text, "\n\n{begun}");
    let all = reply.body_characters;
    // Who is shown this text alone reads on from its end.
    let next = reply.offset.saturating_add(MAX_TEXT_CHARS);
    if next < all {
        text.push_str(&lang.of(
            format!("\n\n（全文 {all} 字；body 字段中有更多，此处之后的用 offset={next} 续读）"),
            format!("\n\n({all} characters in all; `body` has more, or go on with offset={next})"),
        ));
    }
    if let Some(credit) = &reply.credit {
        let _ = write!(text, "\n\n{credit}");
    }
    let _ = write!(text, "\n\n{}", reply.citation);
    text
}
