//! The hits: their order, and each of them.

use maud::{Markup, html};

use super::exporting::{pick, selection_bar};
use super::form::label;
use super::pager::pages;
use crate::model::{Basis, DateNote, Record, Review};
use crate::pages::layout::links;
use crate::pages::layout::marked::{marked, snippets};
use crate::present::words;
use crate::present::{Answer, Dimension, Lang, SearchParams, reviews, spans};
use crate::query;
use crate::search::{Hit, TextField};

/// The hits of this page, with their order and the other pages.
pub(crate) fn hits(lang: Lang, params: &SearchParams, answer: &Answer) -> Markup {
    let offset = params.offset.unwrap_or(0);
    // Behind a mark it is not known how many came before.
    let counted = params.after.is_empty();
    html! {
        div.order-line {
            (orders(lang, params))
            @if !answer.hits.is_empty() { (selection_bar(lang)) }
        }
        @if answer.hits.is_empty() {
            p.note { (lang.of(
                "本页没有结果，请查看前面的页。",
                "No results on this page; see the earlier pages.",
            )) }
        }
        @let line = match answer.partial {
            Some(_) => answer.hits.iter().position(|hit| !hit.missing.is_empty()),
            None => None,
        };
        @let (full, partial) = answer.hits.split_at(line.unwrap_or(answer.hits.len()));
        @if !full.is_empty() { (list(lang, params, full, offset, HitList { counted, pickable: true })) }
        @if !partial.is_empty() {
            (divide(lang, params, answer.total))
            (list(lang, params, partial, offset + full.len(), HitList { counted, pickable: true }))
        }
        (pages(lang, params, answer))
    }
}

/// How hits are listed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct HitList {
    /// Whether it is known how many stand before them.
    pub(crate) counted: bool,
    /// Whether each can be chosen for the export.
    pub(crate) pickable: bool,
}

/// Hits in their order; `before` stand before them.
pub(crate) fn list(
    lang: Lang,
    params: &SearchParams,
    hits: &[Hit],
    before: usize,
    HitList { counted, pickable }: HitList,
) -> Markup {
    html! {
        ol.hits start=[counted.then_some(before + 1)] {
            @for (place, each) in (before + 1..).zip(hits) {
                li class=[pickable.then_some("pickable")] {
                    @if pickable { (pick(lang, &each.record)) }
                    (hit(lang, params, each, counted.then_some(place as u64)))
                }
            }
        }
    }
}

/// The line between articles with all of the words and those with some.
fn divide(lang: Lang, params: &SearchParams, total: u64) -> Markup {
    let any = SearchParams { any: true, ..params.from_the_start() };
    let all = SearchParams { all: true, ..params.from_the_start() };
    html! {
        div.divide {
            p {
                @if total == 0 { (lang.of("没有文章含全部检索词。", "No article has all of the words. ")) }
                (lang.of(
                    "以下文章只含部分检索词，按相关度排列。",
                    "The articles below have only some of the words, best first.",
                ))
            }
            p.small.screen-only {
                a href=(links::search(&any)) rel="nofollow" {
                    (lang.of("匹配任一检索词，一并计数和导出", "Match any of the words, and count and export all"))
                }
                " " (lang.of("·", "·")) " "
                a href=(links::search(&all)) rel="nofollow" {
                    (lang.of("仅看含全部检索词的文章", "Only articles with all of the words"))
                }
            }
        }
    }
}

/// A hit. `place`: its place among all of them, from 1, where that is known.
fn hit(lang: Lang, params: &SearchParams, hit: &Hit, place: Option<u64>) -> Markup {
    let record = &hit.record;
    let href = links::article(&record.id, place.map(|place| (params, place)));
    let body = spans(&hit.highlights, TextField::Body);
    html! {
        article.hit {
            h2 { a href=(href) data-hit { (headline(hit)) } }
            (facts(lang, params, hit))
            div.snippets lang=(Lang::Zh.tag()) { (snippets(&record.body, body)) }
            @let credit = spans(&hit.highlights, TextField::Credit);
            @if let (Some(text), false) = (&record.credit, credit.is_empty()) {
                p.credit lang=(Lang::Zh.tag()) { (marked(text, credit)) }
            }
            // A search for articles that need review shows what to check.
            @if !params.review.is_empty() { (to_check(lang, record)) }
            @for row in record.indicators.iter().filter(|row| hit.figures.contains(&row.id)) {
                p.small.figure lang=(Lang::Zh.tag()) { (words::figure_line(lang, row)) }
            }
            @if !hit.look_alikes.is_empty() {
                p.small.look-alikes {
                    (lang.of("字形相近：", "Looks alike: "))
                    @for (at, text) in hit.look_alikes.iter().enumerate() {
                        @if at > 0 { (lang.of("、", ", ")) }
                        span lang=(Lang::Zh.tag()) { (text) }
                    }
                }
            }
            @if !hit.missing.is_empty() {
                p.small.missing {
                    (lang.of("缺少：", "Without "))
                    @for (at, word) in hit.missing.iter().enumerate() {
                        @if at > 0 { (lang.of("、", ", ")) }
                        s lang=(Lang::Zh.tag()) { (word) }
                    }
                }
            }
            @if hit.reprints > 0 {
                p.small {
                    a href={ (links::article(&record.id, None)) "#reprints" } {
                        (lang.of("另有 ", ""))
                        (words::number(hit.reprints))
                        (match (lang, hit.reprints) {
                            (Lang::Zh, _) => " 篇转载",
                            (Lang::En, 1) => " reprint",
                            (Lang::En, _) => " reprints",
                        })
                    }
                }
            }
        }
    }
}

fn to_check(lang: Lang, record: &Record) -> Markup {
    html! {
        ul.small {
            @for review in reviews(record) {
                @if review == Review::ArticleWarning {
                    @for warning in &record.warnings { li { (words::article_warning(lang, warning)) } }
                } @else {
                    li { (words::review(lang, review)) }
                }
            }
        }
    }
}

/// A date as finely as it is known, and where it comes from; a guess says so.
fn date(lang: Lang, note: &DateNote) -> Markup {
    let said = words::date(lang, note);
    html! {
        @if words::is_guess(note) { (lang.of("约 ", "about ")) }
        @if let Some(day) = note.value { time datetime=(day) { (said) } } @else { (said) }
        @if note.basis != Basis::Unknown {
            span.small {
                (lang.of("（", " ("))
                @if words::is_guess(note) && note.basis == Basis::Issue {
                    (lang.of("据出版日期推断", "inferred from the issue"))
                } @else { (words::basis(lang, note.basis)) }
                (lang.of("）", ")"))
            }
        }
    }
}

/// Kicker, title and subtitle as they are printed.
fn headline(hit: &Hit) -> Markup {
    let record = &hit.record;
    html! {
        @if record.headline().next().is_none() {
            span.headline lang=(Lang::Zh.tag()) { (words::name(record)) }
        } @else {
            @for (class, field) in [
                ("kicker", TextField::Kicker),
                ("headline", TextField::Title),
                ("subtitle", TextField::Subtitle),
            ] {
                @if let Some(text) = field.of(record) {
                    span class=(class) lang=(Lang::Zh.tag()) {
                        (marked(text, spans(&hit.highlights, field)))
                    }
                    " "
                }
            }
        }
    }
}

fn facts(lang: Lang, params: &SearchParams, hit: &Hit) -> Markup {
    let record = &hit.record;
    html! {
        ul.line {
            li { span.unseen { (label(lang, Dimension::Days)) " " } (date(lang, &record.date)) }
            @if let Some(district) = record.about().next() {
                li { (narrowed(lang, params, Dimension::District, &district.name)) }
            }
            @if let Some(outlet) = &record.outlet {
                li lang=(Lang::Zh.tag()) { (marked(outlet, spans(&hit.highlights, TextField::Outlet))) }
            }
            @if let Some(publication) = &record.publication {
                li lang=(Lang::Zh.tag()) { (publication) @if let Some(page) = &record.page { " " (page) } }
            } @else if let Some(page) = &record.page {
                li { (page) }
            }
            @if let Some(docno) = &record.docno {
                li lang=(Lang::Zh.tag()) { (marked(docno, spans(&hit.highlights, TextField::Docno))) }
            }
            @for topic in &record.topics {
                li { (narrowed(lang, params, Dimension::Topic, &topic.label)) }
            }
            @if let Some(noted) = &hit.noted {
                @for tag in &noted.tags { li { (narrowed(lang, params, Dimension::Tag, tag)) } }
                @for name in &noted.collections {
                    li { (narrowed(lang, params, Dimension::Collection, name)) }
                }
                @if !noted.notes.is_empty() {
                    @let count = noted.notes.len();
                    li { (lang.of(format!("笔记 {count} 条"), format!("notes: {count}"))) }
                }
            }
        }
    }
}

/// A value that leads to the same search, narrowed to it.
fn narrowed(lang: Lang, params: &SearchParams, dimension: Dimension, value: &str) -> Markup {
    let to = params.with_values(dimension, vec![value.to_owned()]);
    html! {
        span.unseen { (label(lang, dimension)) " " }
        a lang=(Lang::Zh.tag()) href=(links::search(&to)) rel="nofollow" { (value) }
    }
}

/// The orders that can be chosen. Without words nothing is more relevant than anything else: then
/// the newest come first.
fn orders(lang: Lang, params: &SearchParams) -> Markup {
    let newest = lang.of("从新到旧", "Newest first");
    let oldest = ("oldest", lang.of("从旧到新", "Oldest first"));
    let has_words = query::parse(&params.q).is_ok_and(|query| !query.texts().is_empty());
    let orders = if has_words {
        vec![("", lang.of("相关度", "Relevance")), ("newest", newest), oldest]
    } else {
        vec![("", newest), oldest]
    };
    let chosen = match params.sort.as_str() {
        "relevance" => "",
        "newest" if !has_words => "",
        sort => sort,
    };
    html! {
        nav.orders aria-label=(lang.of("排序", "Sort by")) {
            ul {
                @for (sort, said) in orders {
                    @let to = SearchParams { sort: sort.to_owned(), ..params.from_the_start() };
                    li {
                        a href=(links::search(&to)) rel="nofollow"
                            aria-current=[(sort == chosen).then_some("true")] { (said) }
                    }
                }
            }
        }
    }
}
