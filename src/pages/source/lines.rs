//! Rows of a file: number, role, text; in blocks by the article that owns
//! them.

use std::collections::HashSet;

use maud::{Markup, html};

use crate::model::{LineRole, Record, cut_confidence_is_low};
use crate::pages::editing::lines::{cell, join};
use crate::pages::layout::links;
use crate::present::Lang;
use crate::present::words;
use crate::present::{SourceLine, name};

/// What a table of lines has beside them.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct TableParts {
    /// The article whose lines are marked, by its place in the file.
    pub(crate) marked: Option<u32>,
    /// Whether each run of lines of an article begins with what the article is called.
    pub(crate) heads: bool,
    /// Whether an editor has tools beside each line.
    pub(crate) tools: bool,
}

/// A table of lines.
pub(crate) fn table(
    lang: Lang,
    lines: &[SourceLine],
    articles: &[Record],
    parts: TableParts,
) -> Markup {
    let TableParts { marked, heads, tools } = parts;
    let owners = owners(lines);
    let placed: Vec<(&SourceLine, Option<u32>)> = lines.iter().zip(owners).collect();
    let mut seen = HashSet::new();
    let mut named = HashSet::new();
    let mut last_row = None;
    html! {
        table.lines {
            thead {
                tr {
                    th.number scope="col" { (lang.of("行", "Line")) }
                    th scope="col" { (lang.of("类型", "Role")) }
                    th scope="col" { (lang.of("原文", "Text")) }
                    @if tools { th scope="col" { (lang.of("更正", "Correct")) } }
                }
            }
            @for run in placed.chunk_by(|a, b| a.1 == b.1 && a.0.row + 1 == b.0.row) {
                @let owner = run.first().and_then(|line| line.1);
                @let article = articles.iter().find(|article| Some(article.ordinal) == owner);
                @let gap = last_row.is_some_and(|last| run.first().is_some_and(|line| line.0.row > last + 1));
                @if gap {
                    tbody { tr.gap { td colspan=(columns(tools)) { "⋯" } } }
                }
                tbody.owned[owner.is_some()].own[owner.is_some() && owner == marked] {
                    @if let Some(article) = article.filter(|_| heads) {
                        (head(lang, article, named.insert(article.ordinal), tools))
                    }
                    @for (line, _) in run {
                        @let begins = article.and_then(|article| article.lines.first());
                        @let can_begin = begins.is_none_or(|own| own.0 != line.number);
                        @let tools = tools.then(|| cell(lang, line, can_begin));
                        (row(lang, line, seen.insert(line.number), tools))
                    }
                }
                @let _ = last_row.replace(run.last().map_or(0, |line| line.0.row));
            }
        }
    }
}

fn columns(tools: bool) -> u8 {
    if tools { 4 } else { 3 }
}

/// The article that each line belongs to; blank lines belong to an article if their neighbours do.
fn owners(lines: &[SourceLine]) -> Vec<Option<u32>> {
    let mut owners: Vec<Option<u32>> = lines.iter().map(|line| line.owner).collect();
    let is_blank = |line: &SourceLine| line.role == Some(LineRole::Blank);
    let mut last: Option<usize> = None;
    for (at, line) in lines.iter().enumerate().filter(|(_, line)| !is_blank(line)) {
        if let Some(last) = last
            && lines[last].owner == line.owner
        {
            owners[last..at].fill(line.owner);
        }
        last = Some(at);
    }
    owners
}

fn head(lang: Lang, article: &Record, is_first: bool, tools: bool) -> Markup {
    let confidence = article.cut.confidence;
    let is_doubtful = cut_confidence_is_low(confidence);
    html! {
        tr.head.doubtful[is_doubtful] {
            th colspan=(columns(tools)) scope="rowgroup" {
                span.soft.number { (article.ordinal) " " }
                a lang=(Lang::Zh.tag()) href=(links::article(&article.id, None)) {
                    (name(article))
                }
                @if is_first {
                    " " span.soft { (words::kind(lang, article.kind)) " · "
                        (lang.of("分篇可信度 ", "split confidence ")) span.number {
                            (format!("{:.0}%", confidence * 100.0))
                        }
                    }
                    @if is_doubtful { " " span.doubt { (lang.of("分篇存疑", "uncertain split")) } }
                    @if tools && article.ordinal > 1 { (join(lang, &article.id)) }
                } @else {
                    " " span.soft { (lang.of("续", "continued")) }
                }
            }
        }
    }
}

fn row(lang: Lang, line: &SourceLine, is_first: bool, tools: Option<Markup>) -> Markup {
    let anchor = format!("L{}", line.number);
    html! {
        tr id=[is_first.then_some(&anchor)] class=(class(line.role, line.owner.is_some())) {
            th.number scope="row" { a href={ "#" (anchor) } { (line.number) } }
            td.role {
                @let is_blank = line.role == Some(LineRole::Blank);
                span.unseen[is_blank] { (role(lang, line)) }
            }
            td.text lang=(Lang::Zh.tag()) {
                (line.text)
                @if line.is_short { " " span.soft { (lang.of("…（此行过长，未全部显示）", "… (truncated)")) } }
            }
            @if let Some(tools) = tools { (tools) }
        }
    }
}

/// The role of a line, in words.
fn role(lang: Lang, line: &SourceLine) -> &'static str {
    match (line.role, line.owner) {
        (Some(role), _) => words::role(lang, role),
        (None, Some(_)) => lang.of("文章", "article"),
        (None, None) => lang.of("不明", "unknown"),
    }
}

/// The look of a line: colour and the pattern of its edge.
pub(crate) fn class(role: Option<LineRole>, is_owned: bool) -> &'static str {
    use LineRole as Role;
    match role {
        Some(Role::Kicker | Role::Title | Role::Subtitle) => "is-head",
        Some(Role::Body | Role::Table) => "is-body",
        Some(Role::Subheading) => "is-sub",
        Some(Role::Docno | Role::Credit) => "is-credit",
        Some(
            Role::Banner
            | Role::Section
            | Role::Contents
            | Role::Front
            | Role::Colophon
            | Role::Boilerplate,
        ) => "is-around",
        Some(Role::Advertisement) => "is-advertisement",
        Some(Role::Stray) => "is-stray",
        Some(Role::Blank) => "is-blank",
        None if is_owned => "is-body",
        None => "is-unknown",
    }
}
