//! Rows of a file: number, role, text; in blocks by the article that owns
//! them.

use std::collections::HashSet;

use maud::{Markup, html};

use crate::model::{LineRole, Record, cut_confidence_is_low};
use crate::pages::layout::links;
use crate::present::Lang;
use crate::present::words;
use crate::present::{SourceLine, name};

/// A table of lines. Those of the article of this place in the file are marked; with `heads` each
/// run of lines of an article begins with what the article is called.
pub(crate) fn table(
    lang: Lang,
    lines: &[SourceLine],
    articles: &[Record],
    marked: Option<u32>,
    heads: bool,
) -> Markup {
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
                }
            }
            @for run in placed.chunk_by(|a, b| a.1 == b.1 && a.0.row + 1 == b.0.row) {
                @let owner = run.first().and_then(|line| line.1);
                @let article = articles.iter().find(|article| Some(article.ordinal) == owner);
                @let gap = last_row.is_some_and(|last| run.first().is_some_and(|line| line.0.row > last + 1));
                @if gap {
                    tbody { tr.gap { td colspan="3" { "⋯" } } }
                }
                tbody.owned[owner.is_some()].own[owner.is_some() && owner == marked] {
                    @if let Some(article) = article.filter(|_| heads) {
                        (head(lang, article, named.insert(article.ordinal)))
                    }
                    @for (line, _) in run { (row(lang, line, seen.insert(line.number))) }
                }
                @let _ = last_row.replace(run.last().map_or(0, |line| line.0.row));
            }
        }
    }
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

fn head(lang: Lang, article: &Record, is_first: bool) -> Markup {
    let confidence = article.cut.confidence;
    let is_doubtful = cut_confidence_is_low(confidence);
    html! {
        tr.head.doubtful[is_doubtful] {
            th colspan="3" scope="rowgroup" {
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
                } @else {
                    " " span.soft { (lang.of("续", "continued")) }
                }
            }
        }
    }
}

fn row(lang: Lang, line: &SourceLine, is_first: bool) -> Markup {
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
        Some(Role::Banner | Role::Section | Role::Contents | Role::Front | Role::Colophon) => {
            "is-around"
        }
        Some(Role::Advertisement) => "is-advertisement",
        Some(Role::Stray) => "is-stray",
        Some(Role::Blank) => "is-blank",
        None if is_owned => "is-body",
        None => "is-unknown",
    }
}
