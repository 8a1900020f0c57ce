//! The queue of what is to be looked at: one article at a time, with what is doubted about it and
//! what can be done.

use std::sync::Arc;

use maud::{Markup, html};

use super::fields::{accept, field_of, figure, of_review, text_field};
use super::lines::toolbar;
use super::{EditView, history};
use crate::model::{Record, Review};
use crate::pages::layout::frame::{Frame, frame};
use crate::pages::layout::links;
use crate::pages::source::lines::{TableParts, table};
use crate::present::words;
use crate::present::{FileFindings, Lang, SourceView, in_article, name};
use crate::search::ReviewCount;

/// What the page shows.
#[derive(Debug)]
pub struct ReviewPage {
    /// The editor and the forms.
    pub view: EditView,
    /// How many articles there are for each reason.
    pub counts: Vec<ReviewCount>,
    /// The reason that is worked on.
    pub review: Review,
    /// Articles that were passed over.
    pub skipped: usize,
    /// The article; `None` where nothing is left.
    pub item: Option<ReviewItem>,
    /// What is to be looked at in files, which their own pages correct.
    pub in_files: Arc<FileFindings>,
}

/// An article to be looked at.
#[derive(Debug)]
pub struct ReviewItem {
    /// The article.
    pub record: Record,
    /// The lines around its first one, where they can be shown.
    pub lines: Option<SourceView>,
}

/// Findings in files that are listed, of each matter.
const MAX_LISTED_FILES: usize = 20;

/// Bytes of the text that are shown at most.
const MAX_SHOWN_BYTES: usize = 1_500;

/// The page.
#[must_use]
pub fn review(about: &Frame, page: &ReviewPage) -> Markup {
    let lang = about.lang;
    let title = lang.of("待核查", "Review queue");
    let main = html! {
        (page.view.head(lang))
        h1 { (title) }
        (reasons(lang, page))
        @match &page.item {
            Some(item) => (self::item(lang, page, item)),
            None => p.note {
                @if page.skipped == 0 { (lang.of("这一类已没有待核查的文章。", "Nothing is left to review here.")) }
                @else {
                    (lang.of("后面没有了。", "There is nothing behind.")) " "
                    a href=(links::review(page.review, 0)) { (lang.of("从头开始", "Begin again")) }
                }
            },
        }
        (files(lang, &page.in_files))
    };
    frame(about, title, &main)
}

fn reasons(lang: Lang, page: &ReviewPage) -> Markup {
    html! {
        nav aria-label=(lang.of("原因", "Reasons")) {
            ul.chips {
                @for count in &page.counts {
                    li {
                        a.chip href=(links::review(count.review, 0))
                            aria-current=[(count.review == page.review).then_some("page")] {
                            (words::review(lang, count.review)) " "
                            span.number { (words::number(count.count)) }
                        }
                    }
                }
            }
        }
    }
}

/// What is to be looked at in files, with the ways there.
fn files(lang: Lang, found: &FileFindings) -> Markup {
    html! {
        @for (matter, count, findings) in &found.matters {
            details.in-files {
                summary {
                    (words::matter(lang, *matter)) " "
                    span.number { (words::number(*count)) }
                }
                ul.plain.small {
                    @for finding in findings.iter().take(MAX_LISTED_FILES) {
                        li {
                            a lang=(Lang::Zh.tag()) href=(links::source_line(&finding.source, finding.line.unwrap_or(1))) {
                                (finding.place())
                            }
                            " " (words::about(lang, &finding.about))
                        }
                    }
                    @if *count > MAX_LISTED_FILES as u64 {
                        li { a href=(links::overview(true, false)) { (lang.of("全部", "All")) } }
                    }
                }
            }
        }
    }
}

fn item(lang: Lang, page: &ReviewPage, item: &ReviewItem) -> Markup {
    let (view, record) = (&page.view, &item.record);
    let found = in_article(record);
    html! {
        article.review data-review {
            h2 lang=(Lang::Zh.tag()) {
                a href=(links::article(&record.id, None)) { (name(record)) }
            }
            p.byline {
                @if let Some(publication) = &record.publication {
                    span lang=(Lang::Zh.tag()) { (publication) }
                }
                span.number { (words::date_or_guess(lang, &record.date)) }
                a lang=(Lang::Zh.tag()) href=(links::source_of(record)) { (record.source) }
            }
            ul.plain.doubts {
                @for finding in of_review(&found, page.review) {
                    li { span.doubt { (words::about(lang, &finding.about)) } }
                }
            }
            div.actions role="group" aria-label=(lang.of("处理", "Decide")) {
                (accept(lang, &record.id, view, page.review))
                a.button data-key="e" href="#decide" { (lang.of("更正", "Correct")) " " kbd { "e" } }
                a.button rel="next" data-key="n" href=(links::review(page.review, page.skipped + 1)) {
                    (lang.of("跳过", "Next")) " " kbd { "n" }
                }
                @if page.skipped > 0 {
                    a.button rel="prev" href=(links::review(page.review, page.skipped - 1)) {
                        (lang.of("上一篇", "Previous"))
                    }
                }
            }
            // Shown by the script, without which there are no keys.
            label.small data-keys hidden {
                input type="checkbox" checked;
                " " (lang.of("使用快捷键", "Use the keys")) " "
                kbd { "a" } " " kbd { "e" } " " kbd { "n" }
            }
            section #decide tabindex="-1" aria-label=(lang.of("更正", "Correct")) {
                (decide(lang, page, item))
            }
            (text(lang, record))
            (history::history(lang, view))
        }
    }
}

/// The forms that the doubt is about.
fn decide(lang: Lang, page: &ReviewPage, item: &ReviewItem) -> Markup {
    let (view, record) = (&page.view, &item.record);
    let parts = TableParts { marked: Some(record.ordinal), heads: true, tools: true };
    html! {
        @if let Some((field, value)) = field_of(record, page.review) {
            (text_field(lang, record, view, field, &value, true))
        }
        @if page.review == Review::DoubtfulFigure {
            @for row in &record.indicators { (figure(lang, record, view, row)) }
        }
        @if let (Review::WeakCut, Some(lines)) = (page.review, &item.lines) {
            (toolbar(lang, view, &record.source))
            div.scroll role="region" tabindex="0" aria-label=(lang.of("原文件各行", "Lines of the file")) {
                (table(
                    lang, &lines.lines, &lines.articles, parts,
                ))
            }
        }
        p.small {
            a href={ (links::article(&record.id, None)) "#corrections" } {
                (lang.of("更正其他各项", "Correct anything else"))
            }
        }
    }
}

fn text(lang: Lang, record: &Record) -> Markup {
    let body = record.body.as_str();
    let fits = |end: &usize| body.is_char_boundary(*end);
    let end = (0..=MAX_SHOWN_BYTES.min(body.len())).rev().find(fits).unwrap_or(0);
    html! {
        div.body lang=(Lang::Zh.tag()) {
            @for line in body[..end].lines().filter(|line| !line.trim().is_empty()) { p { (line) } }
            @if end < body.len() { p.soft { "……" } }
        }
        @if end < body.len() {
            p.small { a href=(links::article(&record.id, None)) { (lang.of("阅读全文", "Read all of it")) } }
        }
    }
}
