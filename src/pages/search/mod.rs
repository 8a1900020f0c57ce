//! The page of a search: box, what is found, and ways to narrow it.

pub(crate) mod chart;
pub(crate) mod filters;
pub(crate) mod form;
pub(crate) mod hit;
pub(crate) mod notes;
pub(crate) mod nothing;
pub(crate) mod paging;
pub(crate) mod refused;
#[cfg(test)]
mod tests;

use maud::{Markup, html};

use super::Frame;
use super::common::charts::articles;
use super::common::{frame::frame, words};
use crate::present::Lang;
use crate::present::{Nothing, SearchParams};
use crate::query::Expansion;
use crate::search::{Explanation, Facets, Results, Timeline};
use chart::chart;
use filters::filters;
use form::{Open, chips, form};
use hit::hit;
use notes::notes;
use nothing::nothing;
use paging::{beside, orders, pages};

/// What a search found, as the page needs it.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// What was asked.
    pub asked: SearchParams,
    /// What [`Archive::search`](crate::search::Archive::search) gave; its facets are not looked at.
    pub results: Results,
    /// Counts, of what each filter could choose: where no filter is set those of the results, else
    /// [`Archive::choices`](crate::search::Archive::choices).
    pub facets: Facets,
    /// What is found, by day, where the filters leave a few months at most:
    /// [`Archive::timeline`](crate::search::Archive::timeline). Otherwise the facets' months are
    /// drawn.
    pub days: Option<Timeline>,
    /// What synonyms added: that of [`Selection`](crate::present::What).
    pub expansions: Vec<Expansion>,
    /// Why nothing was found, where nothing was: [`Nothing::of`].
    pub nothing: Option<Nothing>,
    /// How the query was understood, if that was asked for (`explain=1`):
    /// [`Archive::explain`](crate::search::Archive::explain).
    pub explanation: Option<Explanation>,
    /// Parameters of the address that mean nothing here and were passed over.
    pub strange: Vec<String>,
}

/// The page of a search.
#[must_use]
pub fn search(about: &Frame, found: &Found) -> Markup {
    let lang = about.lang;
    let asked = &found.asked;
    let is_start = *asked == SearchParams::default();
    let title = if asked.q.is_empty() { lang.of("检索", "Search") } else { &asked.q };
    let main = html! {
        (form(lang, asked, if is_start { Open::Box } else { Open::Neither }))
        (chips(lang, asked))
        div.results {
            section.found aria-labelledby="total" {
                h1 #total { (total(lang, found, is_start)) }
                (notes(lang, found))
                (chart(lang, found))
                @if let Some(why) = &found.nothing { (nothing(lang, asked, why)) }
                @if found.results.total > 0 {
                    (orders(lang, asked))
                    (hits(lang, found))
                    (pages(lang, found))
                    (beside(lang, found))
                }
            }
            (filters(lang, found))
        }
    };
    frame(about, title, &main)
}

fn hits(lang: Lang, found: &Found) -> Markup {
    let offset = found.asked.offset.unwrap_or(0);
    // Behind a mark it is not known how many came before.
    let counted = found.asked.after.is_empty();
    html! {
        @if found.results.hits.is_empty() {
            p.note { (lang.of(
                "这一页没有文章，都在前面的页里。",
                "Nothing on this page; all of it stands on pages before.",
            )) }
        }
        ol.hits start=[counted.then_some(offset + 1)] {
            @for (place, each) in (offset + 1..).zip(&found.results.hits) {
                li { (hit(lang, &found.asked, each, counted.then_some(place as u64))) }
            }
        }
    }
}

/// How much is found.
fn total(lang: Lang, found: &Found, is_start: bool) -> Markup {
    let Results { total, stories, .. } = found.results;
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
                (lang.of("，其中不重复 ", " ("))
                (stories)
                (lang.of(" 篇", " not counting reprints)"))
            }
        }
    }
}
