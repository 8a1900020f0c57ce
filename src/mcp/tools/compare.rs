//! `compare`: what differs between two articles, sentence by sentence.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::ToolSpec;
use crate::mcp::arguments::{Arguments, number};
use crate::mcp::article_head::ArticleHead;
use crate::mcp::reply::{clipped, fitting};
use crate::mcp::schema::{InputSchema, output};
use crate::mcp::{Reply, ToolContext, ToolError};
use crate::search::{Comparison, FieldPassage, Overlap, Passage, TextChange, compare};

pub(super) const TOOL: ToolSpec = ToolSpec {
    name: "compare",
    title: ("比较两篇", "Compare two articles"),
    description: "Compare two articles, such as a reprint and its original: how much of them is the \
        same, and every sentence that differs, with the words of each. What is the same but for script \
        or width is left out.",
    input: || InputSchema::default().with::<CompareArguments>().finish(),
    output: output::<CompareReply>,
    run,
};

/// Sentences that are given at once.
const MAX_PASSAGES: usize = 60;
/// Characters of a sentence; a longer one is cut, and given without its pieces.
const MAX_PASSAGE_CHARS: usize = 600;

/// Which articles.
#[derive(Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
struct CompareArguments {
    /// The id of the first article, or a beginning of it that no other article has.
    #[param(required = true, min_length = 1)]
    first: String,
    /// The same of the second article.
    #[param(required = true, min_length = 1)]
    second: String,
    /// Differing sentences to pass over: `next_offset` of the part before.
    #[param(minimum = 0, value_type = u64)]
    offset: String,
}

/// The differences.
#[derive(Debug, Serialize, ToSchema)]
struct CompareReply {
    /// The first article.
    first: ArticleHead,
    /// The second article.
    second: ArticleHead,
    /// How much of the bodies is the same, in characters.
    common: Overlap,
    /// The parts of the headline, 文号 and credit that differ.
    head: Vec<FieldPassage>,
    /// Sentences of the bodies that differ, all parts together.
    differing: usize,
    /// Those of this part, in the order of the texts.
    passages: Vec<Passage>,
    /// The `offset` of the next part; `null` at the end.
    #[schema(required)]
    next_offset: Option<usize>,
}

fn run(context: &ToolContext<'_>, mut arguments: Arguments) -> Result<Reply, ToolError> {
    let CompareArguments { first, second, offset } = arguments.take()?;
    arguments.end()?;
    let offset = number("offset", &offset, 0, 0, usize::MAX)?;
    let one = context.single("first", &first)?;
    let other = context.single("second", &second)?;
    let Comparison { head, body, common } = compare(&one, &other);
    let differ: Vec<Passage> =
        body.into_iter().filter(|passage| !passage.change.is_none()).collect();
    let differing = differ.len();
    let passages = differ.into_iter().skip(offset).take(MAX_PASSAGES).map(bounded);
    let mut passages: Vec<Passage> = passages.collect();
    passages.truncate(fitting(&passages));
    let end = offset.saturating_add(passages.len());
    let head = head.into_iter().filter(|part| !part.passage.change.is_none());
    let head = head.map(|part| FieldPassage { passage: bounded(part.passage), ..part });
    let reply = CompareReply {
        first: ArticleHead::of(context, &one),
        second: ArticleHead::of(context, &other),
        common,
        head: head.collect(),
        differing,
        passages,
        next_offset: (end < differing).then_some(end),
    };
    Reply::new(text(context, &reply), &reply)
}

fn bounded(passage: Passage) -> Passage {
    let is_long = |text: &Option<String>| {
        text.as_ref().is_some_and(|text| text.chars().count() > MAX_PASSAGE_CHARS)
    };
    if !is_long(&passage.first) && !is_long(&passage.second) {
        return passage;
    }
    let cut = |text: Option<String>| text.map(|text| clipped(&text, MAX_PASSAGE_CHARS));
    Passage {
        first: cut(passage.first),
        second: cut(passage.second),
        pieces: Vec::new(),
        ..passage
    }
}

fn text(context: &ToolContext<'_>, reply: &CompareReply) -> String {
    let lang = context.lang();
    let mut text = format!("1: {}\n2: {}", reply.first.line(), reply.second.line());
    let Overlap { first, second, both, .. } = reply.common;
    let differing = reply.differing;
    text.push_str(&lang.of(
        format!("\n正文 {first} 字与 {second} 字，相同 {both} 字；{differing} 句不同。"),
        format!(
            "\n{first} and {second} characters, {both} of them in both; {differing} sentences differ."
        ),
    ));
    let parts = reply.head.iter().map(|part| &part.passage).chain(&reply.passages);
    for passage in parts {
        for (sign, side) in [('-', &passage.first), ('+', &passage.second)] {
            if let Some(side) = side {
                let _ = write!(text, "\n{sign} {side}");
            }
        }
        if passage.change == TextChange::Changed {
            text.push('\n');
        }
    }
    if let Some(next) = reply.next_offset {
        let more = lang.of("\n（续读用 offset=", "\n(go on with offset=");
        let _ = write!(text, "{more}{next}{}", lang.of("）", ")"));
    }
    text
}
