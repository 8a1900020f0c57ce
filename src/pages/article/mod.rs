//! An article, set for reading, with everything that is known of it and where that comes from.

pub(crate) mod body;
mod cite;
pub(crate) mod compare;
mod corrected;
mod doubtful;
pub(crate) mod evidence;
pub(crate) mod facts;
pub(crate) mod figures;
pub(crate) mod noted;
mod page_pictures;
pub(crate) mod reprints;
pub(crate) mod source_column;
pub(crate) mod structured;
#[cfg(test)]
mod tests;
mod wording;

use std::collections::HashSet;

use maud::{Markup, html};

use super::editing::fields::{Cutting, fields};
use super::editing::history::history;
use super::editing::{EditView, lines::toolbar};
use super::layout::frame::{Frame, frame};
use super::layout::links;
use super::layout::marked::{TextMarks, part_anchored};
use crate::model::{LineRole, Record};
use crate::present::Lang;
use crate::present::words;
use crate::present::{DEFAULT_LIMIT, NoPictures, PageMarks, SearchParams, SourceError, SourceView};
use crate::search::{Highlight, TextField};
use body::{BodyText, body};
use cite::take_away;
use corrected::corrected;
use doubtful::legend;
use evidence::EvidencePlaces;
use facts::facts;
use figures::figures;
use noted::{NotesSection, notes};
use page_pictures::page_pictures;
use reprints::{Reprint, reprints};
use source_column::source;
use wording::wording;

/// What the page of an article shows.
#[derive(Debug)]
pub struct ArticlePage {
    /// The article.
    pub record: Record,
    /// What the search that led here marks in it.
    pub highlights: Vec<Highlight>,
    /// The search that led here.
    pub params: SearchParams,
    /// Its place among the hits of that search.
    pub trail: Option<Trail>,
    /// The articles before and behind it in its file.
    pub neighbours: [Option<Record>; 2],
    /// Articles of its file.
    pub of_file: u64,
    /// What people noted on it.
    pub notes: NotesSection,
    /// Other articles with substantially the same text.
    pub reprints: Vec<Reprint>,
    /// Its lines in the file.
    pub source: Result<SourceView, SourceError>,
    /// Other articles of this id: files of one name and with one text give one.
    pub twins: Vec<Record>,
    /// The pages that it stands on of which there are pictures, none of a text without pages; or why there are
    /// none.
    pub page_images: Result<Vec<PageMarks>, NoPictures>,
    /// What an editor has on the page.
    pub edit: Option<EditView>,
    /// Where readers can sign in to edit.
    pub login: Option<String>,
}

impl ArticlePage {
    /// What is marked in a field.
    fn marks(&self, lang: Lang, field: TextField) -> TextMarks<'_> {
        TextMarks::of(lang, &self.record, &self.highlights, field)
    }
}

/// The way through the hits of a search.
#[derive(Debug, Clone)]
pub struct Trail {
    /// The place among the hits, from 1.
    pub at: u64,
    /// Hits, reprints counted as the search counts them.
    pub total: u64,
    /// The hits before and behind.
    pub steps: [Option<Record>; 2],
}

/// The page.
#[must_use]
pub fn article(about: &Frame, article: &ArticlePage) -> Markup {
    let (lang, record) = (about.lang, &article.record);
    let read = EvidencePlaces::of(record);
    let main = html! {
        @if let Some(view) = &article.edit { (view.head(lang)) }
        (trail(lang, article))
        div.article {
            article #text lang=(Lang::Zh.tag()) {
                (headline(lang, article, &read))
                (legend(lang, record))
                div.body { (text(lang, article, &read)) }
                @if let Some(credit) = &record.credit {
                    p.credit { (article.marks(lang, TextField::Credit).whole(credit)) }
                }
            }
            aside aria-label=(lang.of("关于此文", "About this article")) {
                (warnings(lang, record))
                (page_pictures(lang, record, &article.page_images))
                @if let Some(view) = &article.edit {
                    (fields(lang, record, view, cutting(article)))
                    (history(lang, view))
                }
                section aria-labelledby="facts" {
                    h2 #facts { (lang.of("著录", "Details")) }
                    (facts(lang, record, &article.highlights, &read))
                }
                (corrected(lang, record))
                (wording(lang, record))
                (notes(lang, record, &article.notes))
                (figures(lang, record, &read))
                (reprints(lang, record, &article.reprints))
                (twins(lang, article))
                (take_away(lang, record))
            }
            @let edit = article.edit.as_ref().filter(|_| !matches!(cutting(article), Cutting::Stated));
            @let tools = edit.map(|view| toolbar(lang, view, &record.source));
            (source(lang, record, article.source.as_ref(), tools.as_ref()))
        }
        (neighbours(lang, article))
    };
    frame(about, &words::name(record), &main)
}

fn cutting(article: &ArticlePage) -> Cutting {
    let is_cut = article.source.as_ref().is_ok_and(|view| !view.has_articles);
    match &article.neighbours[0] {
        _ if !is_cut => Cutting::Stated,
        None => Cutting::First,
        Some(_) => Cutting::Behind,
    }
}

/// The place among the hits, and the ways back and on.
fn trail(lang: Lang, article: &ArticlePage) -> Markup {
    let has_search = article.params != SearchParams::default();
    if article.trail.is_none() && !has_search {
        return html! {};
    }
    let step = |record: &Record, at: u64| links::article(&record.id, Some((&article.params, at)));
    html! {
        nav.trail data-hits[article.trail.is_some()] aria-label=(lang.of("检索结果", "Search results")) {
            a href=(links::search(&back(article))) { "← " (lang.of("返回检索结果", "Back to results")) }
            @if let Some(trail) = &article.trail {
                span.number {
                    (lang.of(
                        format!("第 {} 篇，共 {} 篇", words::number(trail.at), words::number(trail.total)),
                        format!("{} of {}", words::number(trail.at), words::number(trail.total)),
                    ))
                }
                @let [before, behind] = &trail.steps;
                @if let Some(record) = before {
                    a rel="prev" href=(step(record, trail.at.saturating_sub(1))) {
                        (lang.of("上一条结果", "Previous result"))
                    }
                }
                @if let Some(record) = behind {
                    a rel="next" href=(step(record, trail.at + 1)) {
                        (lang.of("下一条结果", "Next result"))
                    }
                }
            }
        }
    }
}

/// The search, on the page of hits that this one is on.
fn back(article: &ArticlePage) -> SearchParams {
    let params = article.params.from_the_start();
    let size = params.limit.unwrap_or(DEFAULT_LIMIT).max(1);
    let at = article.trail.as_ref().map_or(1, |trail| trail.at) as usize;
    let offset = at.saturating_sub(1) / size * size;
    SearchParams { offset: (offset > 0).then_some(offset), ..params }
}

fn headline(lang: Lang, article: &ArticlePage, read: &EvidencePlaces) -> Markup {
    let record = &article.record;
    let with_marks = |field, text: &str| {
        part_anchored(text, 0..text.len(), &article.marks(lang, field), &read.anchors(field))
    };
    html! {
        hgroup {
            @if let Some(kicker) = &record.kicker { p.kicker { (with_marks(TextField::Kicker, kicker)) } }
            @match &record.title {
                Some(title) => h1 { (with_marks(TextField::Title, title)) },
                None => h1.untitled { (words::name(record)) },
            }
            @if let Some(subtitle) = &record.subtitle {
                p.subtitle { (with_marks(TextField::Subtitle, subtitle)) }
            }
        }
        p.byline lang=(lang.tag()) {
            @if let Some(outlet) = &record.outlet { span lang=(Lang::Zh.tag()) { (outlet) } }
            @if let Some(publication) = &record.publication {
                span lang=(Lang::Zh.tag()) { (publication) @if let Some(page) = &record.page { " " (page) } }
            }
            span.number { (words::date_or_guess(lang, &record.date)) }
            @for (role, names) in [
                (lang.of("记者", "Reporters"), &record.byline.reporters),
                (lang.of("通讯员", "Correspondents"), &record.byline.correspondents),
                (lang.of("摄影", "Photographs"), &record.byline.photographers),
            ] {
                @if !names.is_empty() { span { (role) " " span lang=(Lang::Zh.tag()) { (names.join("、")) } } }
            }
            a.beside-link href="#source" { (lang.of("对照原文件", "Compare with source")) }
            @if let Some(login) = &article.login {
                a.beside-link href=(login) rel="nofollow" { (lang.of("登录更正", "Sign in to correct")) }
            }
        }
    }
}

fn text(lang: Lang, article: &ArticlePage, read: &EvidencePlaces) -> Markup {
    let record = &article.record;
    let lines = article.source.iter().flat_map(|view| &view.lines);
    let headings: HashSet<&str> = lines
        .filter(|line| line.owner == Some(record.ordinal))
        .filter(|line| line.role == Some(LineRole::Subheading))
        .map(|line| line.text.trim())
        .collect();
    let text = BodyText {
        text: &record.body,
        marks: article.marks(lang, TextField::Body),
        anchors: &read.anchors(TextField::Body),
    };
    body(lang, &text, &headings)
}

fn warnings(lang: Lang, record: &Record) -> Markup {
    html! {
        @for warning in &record.warnings {
            p.note.warn {
                strong { (lang.of("注意：", "Note: ")) } span { (words::article_warning(lang, warning)) }
            }
        }
    }
}

fn twins(lang: Lang, article: &ArticlePage) -> Markup {
    html! {
        @if !article.twins.is_empty() {
            section aria-labelledby="twins" {
                h2 #twins { (lang.of("同一编号的其他文章", "Other articles with this id")) }
                ul.plain.small {
                    @for twin in &article.twins {
                        li { a lang=(Lang::Zh.tag()) href=(links::source_of(twin)) { (twin.source) } }
                    }
                }
            }
        }
    }
}

/// The articles before and behind it in the file.
fn neighbours(lang: Lang, article: &ArticlePage) -> Markup {
    let record = &article.record;
    let [before, behind] = &article.neighbours;
    let step = |record: &Record, rel: &str, what: &str| {
        html! {
            a.step rel=(rel) href=(links::article(&record.id, None)) {
                span.soft.small { (what) }
                span lang=(Lang::Zh.tag()) { (words::name(record)) }
            }
        }
    };
    html! {
        nav.neighbours aria-label=(lang.of("同一文件的文章", "Articles in the same file")) {
            @if let Some(record) = before { (step(record, "prev", lang.of("← 上一篇（同一文件）", "← Previous in this file"))) }
            p.soft.small {
                a lang=(Lang::Zh.tag()) href=(links::source_of(record)) { (record.source) }
                br;
                (lang.of(
                    format!("第 {} 篇，共 {} 篇", words::number(u64::from(record.ordinal)), words::number(article.of_file)),
                    format!("article {} of {}", words::number(u64::from(record.ordinal)), words::number(article.of_file)),
                ))
            }
            @if let Some(record) = behind { (step(record, "next", lang.of("下一篇（同一文件） →", "Next in this file →"))) }
        }
    }
}

/// Several articles whose ids begin with the given prefix.
#[must_use]
pub fn several(about: &Frame, id: &str, found: &[Record], total: u64) -> Markup {
    let lang = about.lang;
    let title = lang.of("编号不唯一", "Ambiguous id");
    let main = html! {
        h1 { (title) }
        p {
            (lang.of(
                format!("以“{id}”开头的编号有 {} 个，请选择一篇：", words::number(total)),
                format!("{} articles have an id that begins with “{id}”. Choose one:", words::number(total)),
            ))
        }
        ul.plain {
            @for record in found {
                li {
                    code { (record.id) } " "
                    a lang=(Lang::Zh.tag()) href=(links::article(&record.id, None)) {
                        (words::name(record))
                    }
                    " " span.soft.number { (words::date_or_guess(lang, &record.date)) }
                }
            }
        }
    };
    frame(about, title, &main)
}
