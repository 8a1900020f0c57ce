//! The page of a search: box, what is found, and ways to narrow it.

pub(crate) mod cited;
pub(crate) mod exporting;
pub(crate) mod filters;
pub(crate) mod form;
pub(crate) mod hits;
pub(crate) mod home;
pub(crate) mod latest;
pub(crate) mod notes;
pub(crate) mod pager;
pub(crate) mod refused;
#[cfg(test)]
mod tests;
pub(crate) mod timeline;
pub(crate) mod toolbar;

use maud::{Markup, html};

use super::layout::frame::{Frame, frame};
use crate::present::Lang;
use crate::present::words;
use crate::present::words::articles;
use crate::present::{Answer, SearchParams};
use crate::search::StatedFigure;
use filters::filters;
use form::{FormFocus, chips, form};
use hits::hits;
use home::home;
use latest::latest;
use notes::{notes, nothing};
use timeline::chart;
use toolbar::toolbar;

/// What the page shows.
#[derive(Debug, Clone, Default)]
pub struct SearchPage {
    /// What was asked.
    pub params: SearchParams,
    /// What was found, with what each filter could choose.
    pub answer: Answer,
    /// Whether nothing was asked: then the page says what there is, and `answer` has the newest
    /// articles.
    pub is_home: bool,
    /// The latest figures of the district, where one is all that is asked for.
    pub latest: Option<(String, Vec<StatedFigure>)>,
    /// Parameters of the address that mean nothing here and were passed over.
    pub strange: Vec<String>,
}

/// The page of a search.
#[must_use]
pub fn search(about: &Frame, found: &SearchPage) -> Markup {
    let lang = about.lang;
    let SearchPage { params, answer, .. } = found;
    if found.is_home {
        let main = home(lang, params, answer, &found.strange);
        return frame(about, lang.of("首页", "Home"), &main);
    }
    let title = if params.q.is_empty() { lang.of("检索", "Search") } else { &params.q };
    let main = html! {
        (form(lang, params, FormFocus::Neither))
        (chips(lang, params))
        div.results {
            section.found aria-labelledby="total" {
                div.found-head {
                    h1 #total { (total(lang, found)) }
                    (toolbar(lang, params, answer))
                }
                (notes(lang, params, answer, &found.strange))
                @if let Some((district, figures)) = &found.latest {
                    (latest(lang, district, figures))
                }
                (chart(lang, params, answer))
                @if let Some(why) = &answer.no_hits { (nothing(lang, params, why)) }
                @if found_any(answer) { (hits(lang, params, answer)) }
            }
            (filters(lang, params, answer))
        }
    };
    frame(about, title, &main)
}

fn found_any(answer: &Answer) -> bool {
    answer.total > 0 || answer.partial.is_some_and(|partial| partial.articles > 0)
}

/// How much is found.
fn total(lang: Lang, found: &SearchPage) -> Markup {
    let Answer { total, stories, partial, .. } = found.answer;
    html! {
        @if !found.params.q.is_empty() {
            span.asked { (found.params.q) }
            (lang.of("：", ": "))
        }
        @if let Some(partial) = partial.filter(|partial| partial.articles > 0) {
            (lang.of("含全部检索词 ", "")) (counted(lang, total, stories))
            (lang.of("，含部分 ", " with all of the words, "))
            (counted(lang, partial.articles, partial.stories))
            (lang.of("", " with some"))
        } @else {
            (counted(lang, total, stories))
        }
    }
}

/// Articles, and how many without reprints.
fn counted(lang: Lang, total: u64, stories: u64) -> Markup {
    html! {
        span.count { (articles(lang, total)) }
        @if stories < total {
            span.soft.count {
                (lang.of("（去重后 ", " ("))
                (words::number(stories))
                (lang.of(" 篇）", " without reprints)"))
            }
        }
    }
}
