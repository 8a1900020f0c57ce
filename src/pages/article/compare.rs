//! Two articles side by side, sentence by sentence.

use maud::{Markup, html};

use crate::model::Record;
use crate::pages::layout::frame::{Frame, frame};
use crate::pages::layout::links;
use crate::present::Lang;
use crate::present::words;
use crate::search::{Comparison, Passage, TextChange};

/// The page of two articles.
#[must_use]
pub fn compare(about: &Frame, first: &Record, second: &Record, comparison: &Comparison) -> Markup {
    let lang = about.lang;
    let title = lang.of("逐句对照", "Comparison");
    let main = html! {
        h1 { (title) }
        p.lead { (common(lang, comparison)) }
        table.compared {
            caption.unseen { (lang.of("两篇文章逐句对照", "Two articles, sentence by sentence")) }
            thead {
                tr {
                    (head(lang, lang.of("甲", "First"), first))
                    th.change scope="col" { (lang.of("异同", "Change")) }
                    (head(lang, lang.of("乙", "Second"), second))
                }
            }
            @if !comparison.head.is_empty() {
                tbody {
                    @for part in &comparison.head {
                        (row(lang, &[&part.passage], Some(words::text_field(lang, part.field))))
                    }
                }
            }
            tbody.text {
                @for run in comparison.body.chunk_by(|a, b| {
                    a.change == TextChange::Same && b.change == TextChange::Same
                }) {
                    (row(lang, &run.iter().collect::<Vec<_>>(), None))
                }
            }
        }
    };
    frame(about, &format!("{title}{}{}", lang.of("：", ": "), words::name(first)), &main)
}

fn head(lang: Lang, which: &str, record: &Record) -> Markup {
    html! {
        th scope="col" {
            span.soft.small { (which) } br;
            a lang=(Lang::Zh.tag()) href=(links::article(&record.id, None)) {
                (words::name(record))
            }
            p.soft.small {
                span.number { (words::date(lang, &record.date)) }
                @for from in [&record.outlet, &record.publication].into_iter().flatten() {
                    " · " span lang=(Lang::Zh.tag()) { (from) }
                }
            }
        }
    }
}

fn common(lang: Lang, comparison: &Comparison) -> Markup {
    let common = &comparison.common;
    let percent = |of: u64| match of {
        0 => "–".to_owned(),
        _ => format!("{:.0}%", 100.0 * common.both as f64 / of as f64),
    };
    let share = common.share.map_or("–".to_owned(), |share| format!("{:.0}%", share * 100.0));
    html! {
        strong.number { (lang.of(format!("相同 {share}"), format!("{share} in common"))) }
        " " span.soft {
            (lang.of(
                format!(
                    "共有 {} 字，占甲篇 {}，乙篇 {}",
                    words::number(common.both), percent(common.first), percent(common.second),
                ),
                format!(
                    "{} shared characters: {} of the first, {} of the second",
                    words::number(common.both), percent(common.first), percent(common.second),
                ),
            ))
        }
    }
}

/// Passages of one row; several only if all are the same in both articles.
fn row(lang: Lang, passages: &[&Passage], field: Option<&str>) -> Markup {
    let Some(change) = passages.first().map(|passage| passage.change) else { return html! {} };
    let (word, class) = match change {
        TextChange::Same => (lang.of("相同", "same"), "same"),
        TextChange::Form => (lang.of("仅标点或字形不同", "punctuation or variants only"), "form"),
        TextChange::Changed => (lang.of("有改动", "changed"), "changed"),
        TextChange::First => (lang.of("仅甲篇有", "first only"), "first"),
        TextChange::Second => (lang.of("仅乙篇有", "second only"), "second"),
    };
    html! {
        tr class=(class) {
            td lang=(Lang::Zh.tag()) { @for passage in passages { (side(passage, true)) } }
            th.change scope="row" {
                @if let Some(field) = field { span.soft { (field) } br; }
                (word)
            }
            td lang=(Lang::Zh.tag()) { @for passage in passages { (side(passage, false)) } }
        }
    }
}

/// What the first article prints of a passage, or the second.
fn side(passage: &Passage, is_first: bool) -> Markup {
    let of = |first, second| if is_first { first } else { second };
    let text: Option<&String> = of(passage.first.as_ref(), passage.second.as_ref());
    html! {
        @match passage.change {
            TextChange::Same => (text.map_or("", String::as_str)),
            TextChange::First | TextChange::Second => (differing(text, is_first)),
            TextChange::Form | TextChange::Changed => {
                @for piece in &passage.pieces {
                    @let text = of(piece.first.as_ref(), piece.second.as_ref());
                    @let is_equal = piece.change == TextChange::Same
                        || (piece.change == TextChange::Form && passage.change == TextChange::Changed);
                    @if is_equal { (text.map_or("", String::as_str)) }
                    @else { (differing(text, is_first)) }
                }
            }
        }
    }
}

fn differing(text: Option<&String>, is_first: bool) -> Markup {
    html! {
        @if let Some(text) = text {
            @if is_first { del { (text) } } @else { ins { (text) } }
        }
    }
}
