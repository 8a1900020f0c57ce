//! An article among the hits.

use maud::{Markup, html};

use super::form::label;
use crate::model::{Basis, DateNote, Record, Review};
use crate::pages::common::marked::{marked, snippets};
use crate::pages::common::{links, words};
use crate::present::Lang;
use crate::present::{Dimension, SearchParams, spans};
use crate::search::{Hit, TextField};

/// A hit. `place`: its place among all of them, from 1, where that is known.
pub(crate) fn hit(lang: Lang, asked: &SearchParams, hit: &Hit, place: Option<u64>) -> Markup {
    let record = &hit.record;
    let href = links::article(&record.id, place.map(|place| (asked, place)));
    let body = spans(&hit.highlights, TextField::Body);
    html! {
        article.hit {
            h2 { a href=(href) data-hit { (headline(hit)) } }
            (facts(lang, asked, hit))
            // Of a picture without a title the beginning of the body is the headline already.
            @if record.title.is_some() || !body.is_empty() {
                div.snippets lang=(Lang::Zh.tag()) { (snippets(&record.body, body)) }
            }
            @let credit = spans(&hit.highlights, TextField::Credit);
            @if let (Some(text), false) = (&record.credit, credit.is_empty()) {
                p.credit lang=(Lang::Zh.tag()) { (marked(text, credit)) }
            }
            // Who looks for what has to be checked is told what that is.
            @if !asked.review.is_empty() { (to_check(lang, record)) }
            @if hit.reprints > 0 {
                p.small {
                    a href={ (links::article(&record.id, None)) "#reprints" } {
                        (lang.of("另有 ", ""))
                        (words::number(hit.reprints))
                        (match (lang, hit.reprints) {
                            (Lang::Zh, _) => " 处刊载",
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
            @for review in Review::ALL.into_iter().filter(|review| review.concerns(record)) {
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
                (lang.of("（", " (")) (words::basis(lang, note.basis)) (lang.of("）", ")"))
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

fn facts(lang: Lang, asked: &SearchParams, hit: &Hit) -> Markup {
    let record = &hit.record;
    html! {
        ul.line {
            li { span.unseen { (label(lang, Dimension::Days)) " " } (date(lang, &record.date)) }
            @if let Some(district) = record.districts.first() {
                li { (narrowed(lang, asked, Dimension::District, &district.name)) }
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
                li { (narrowed(lang, asked, Dimension::Topic, &topic.label)) }
            }
        }
    }
}

/// A value that leads to the same search, narrowed to it.
fn narrowed(lang: Lang, asked: &SearchParams, dimension: Dimension, value: &str) -> Markup {
    let to = asked.with_values(dimension, vec![value.to_owned()]);
    html! {
        span.unseen { (label(lang, dimension)) " " }
        a lang=(Lang::Zh.tag()) href=(links::search(&to)) rel="nofollow" { (value) }
    }
}
