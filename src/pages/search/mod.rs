//! The page of a search: box, what is found, and ways to narrow it.

pub(crate) mod filters;
pub(crate) mod form;
pub(crate) mod hits;
pub(crate) mod notes;
pub(crate) mod refused;
#[cfg(test)]
mod tests;

use maud::{Markup, html};

use super::common::charts::articles;
use super::common::frame::{Frame, frame};
use super::common::words;
use crate::present::Lang;
use crate::present::{Answer, SearchParams};
use filters::{chart, filters};
use form::{FormFocus, chips, form};
use hits::{beside, hit, orders, pages};
use notes::{notes, nothing};

/// What the page shows.
#[derive(Debug, Clone, Default)]
pub struct SearchPage {
    /// What was asked.
    pub asked: SearchParams,
    /// What was found, with what each filter could choose.
    pub answer: Answer,
    /// Parameters of the address that mean nothing here and were passed over.
    pub strange: Vec<String>,
}

/// The page of a search.
#[must_use]
pub fn search(about: &Frame, found: &SearchPage) -> Markup {
    let lang = about.lang;
    let SearchPage { asked, answer, .. } = found;
    let is_start = *asked == SearchParams::default();
    let title = if asked.q.is_empty() { lang.of("检索", "Search") } else { &asked.q };
    let main = html! {
        (form(lang, asked, if is_start { FormFocus::Box } else { FormFocus::Neither }))
        (chips(lang, asked))
        div.results {
            section.found aria-labelledby="total" {
                h1 #total { (total(lang, found, is_start)) }
                (notes(lang, asked, answer, &found.strange))
                (chart(lang, asked, answer))
                @if let Some(why) = &answer.no_hits { (nothing(lang, asked, why)) }
                @if answer.total > 0 {
                    (orders(lang, asked))
                    (hits(lang, found))
                    (pages(lang, asked, answer))
                    (beside(lang, asked, answer.total))
                }
            }
            (filters(lang, asked, answer))
        }
    };
    frame(about, title, &main)
}

fn hits(lang: Lang, found: &SearchPage) -> Markup {
    let offset = found.asked.offset.unwrap_or(0);
    // Behind a mark it is not known how many came before.
    let counted = found.asked.after.is_empty();
    html! {
        @if found.answer.hits.is_empty() {
            p.note { (lang.of(
                "本页没有结果，请查看前面的页。",
                "No results on this page; see the earlier pages.",
            )) }
        }
        ol.hits start=[counted.then_some(offset + 1)] {
            @for (place, each) in (offset + 1..).zip(&found.answer.hits) {
                li { (hit(lang, &found.asked, each, counted.then_some(place as u64))) }
            }
        }
    }
}

/// How much is found.
fn total(lang: Lang, found: &SearchPage, is_start: bool) -> Markup {
    let Answer { total, stories, .. } = found.answer;
    let others = (stories < total).then(|| words::number(stories));
    html! {
        @if is_start {
            (lang.of("全库 ", "The archive: ")) (articles(lang, total))
        } @else {
            @if !found.asked.q.is_empty() {
                span.asked { (found.asked.q) }
                (lang.of("：", ": "))
            }
            (articles(lang, total))
        }
        @if let Some(stories) = others {
            span.soft {
                (lang.of("（去重后 ", " ("))
                (stories)
                (lang.of(" 篇）", " without reprints)"))
            }
        }
    }
}
