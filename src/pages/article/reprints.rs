//! Other prints of an article, and what differs in them.

use maud::{Markup, html};

use crate::model::{Record, ReprintEvidence};
use crate::pages::layout::links;
use crate::present::Lang;
use crate::present::words;
use crate::search::{Comparison, FieldPassage, TextChange, TextField};

/// Prints that are listed at once; the rest can be opened.
const FIRST: usize = 12;

/// Another article with substantially the same text.
#[derive(Debug, Clone)]
pub struct Reprint {
    /// The article.
    pub record: Record,
    /// The article of the page (first) compared with this one (second); of very many reprints the
    /// first ones only.
    pub comparison: Option<Comparison>,
    /// Why the article of the page counts as a reprint of this one, if it does.
    pub evidence: Option<ReprintEvidence>,
}

/// The list; nothing where there is none.
pub(crate) fn reprints(lang: Lang, record: &Record, reprints: &[Reprint]) -> Markup {
    if reprints.is_empty() {
        return html! {};
    }
    html! {
        section aria-labelledby="reprints" {
            h2 #reprints {
                (lang.of("转载与重刊", "Reprints")) " "
                span.soft.number { (words::number(reprints.len() as u64)) }
            }
            @let (first, rest) = reprints.split_at(reprints.len().min(FIRST));
            ul.plain.reprints { @for other in first { (one(lang, record, other)) } }
            @if !rest.is_empty() {
                details {
                    summary {
                        (lang.of("展开其余 ", "Show ")) (words::number(rest.len() as u64))
                        (lang.of(" 篇", " more"))
                    }
                    ul.plain.reprints { @for other in rest { (one(lang, record, other)) } }
                }
            }
        }
    }
}

fn one(lang: Lang, record: &Record, other: &Reprint) -> Markup {
    html! {
        li {
            a lang=(Lang::Zh.tag()) href=(links::article(&other.record.id, None)) {
                (words::name(&other.record))
            }
            p.small.soft {
                span.number { (words::date_or_guess(lang, &other.record.date)) }
                @for from in [&other.record.outlet, &other.record.publication].into_iter().flatten() {
                    " · " span lang=(Lang::Zh.tag()) { (from) }
                }
                @if record.reprint_of.as_ref() == Some(&other.record.id) {
                    " · " (lang.of("最早的一篇", "the earliest"))
                    @if let Some(evidence) = &other.evidence {
                        (lang.of("：", ": ")) (words::reprint_evidence(lang, evidence))
                    }
                }
            }
            p.small {
                @if let Some(comparison) = &other.comparison { (difference(lang, comparison)) " " }
                a href=(links::compare(&record.id, &other.record.id)) {
                    (lang.of("逐句对照", "Compare"))
                }
            }
        }
    }
}

/// What differs, in one line.
pub(crate) fn difference(lang: Lang, comparison: &Comparison) -> String {
    let count = |wanted: TextChange| {
        comparison.body.iter().filter(|passage| passage.change == wanted).count() as u64
    };
    let (changed, first, second) =
        (count(TextChange::Changed), count(TextChange::First), count(TextChange::Second));
    let share = comparison.common.share.unwrap_or(1.0);
    let mut parts = vec![
        lang.of(format!("相同 {:.0}%", share * 100.0), format!("{:.0}% identical", share * 100.0)),
    ];
    let mut add = |many: u64, chinese: &str, english: &str| {
        if many > 0 {
            parts.push(lang.of(format!("{chinese} {many} 句"), format!("{many} {english}")));
        }
    };
    add(changed, "改动", if changed == 1 { "sentence changed" } else { "sentences changed" });
    add(first, "本篇独有", "only in this article");
    add(second, "对方独有", "only in the other");
    if changed + first + second == 0 {
        parts.push(lang.of("正文相同", "identical text").to_owned());
    }
    let is_title =
        |part: &FieldPassage| part.field == TextField::Title && !part.passage.change.is_none();
    if comparison.head.iter().any(is_title) {
        parts.push(lang.of("标题不同", "different title").to_owned());
    }
    parts.join(lang.of("，", ", "))
}
