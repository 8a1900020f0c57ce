//! Ways to the other pages of the hits: by number as far as pages have one, and by a cursor beyond.

use std::collections::BTreeSet;

use maud::{Markup, html};

use crate::pages::layout::links;
use crate::present::words;
use crate::present::{Answer, DEFAULT_LIMIT, Lang, MAX_OFFSET, SearchParams};

/// Page links before and after the current page.
const BESIDE: usize = 2;

/// Ways to the other pages.
pub(crate) fn pages(lang: Lang, params: &SearchParams, answer: &Answer) -> Markup {
    let limit = params.limit.unwrap_or(DEFAULT_LIMIT);
    if limit == 0 {
        return html! {};
    }
    let offset = params.offset.unwrap_or(0);
    let behind = answer.partial.map_or(0, |partial| partial.stories);
    let stories = usize::try_from(answer.stories + behind).unwrap_or(usize::MAX);
    // A page reached by a cursor has no number.
    let here = params.after.is_empty().then_some(offset / limit);
    let last = (stories.div_ceil(limit).max(1) - 1).min(MAX_OFFSET / limit);
    let to = |page: usize| {
        let offset = Some(page * limit).filter(|&offset| offset > 0);
        links::search(&SearchParams { offset, ..params.from_the_start() })
    };
    let next = match here {
        Some(page) if page < last => Some(to(page + 1)),
        // So far behind that pages have no numbers.
        _ => answer.next.map(|next| {
            links::search(&SearchParams { after: next.to_string(), ..params.from_the_start() })
        }),
    };
    let before = here.filter(|&page| page > 0).map(|page| to(page.min(last + 1) - 1));
    if next.is_none() && before.is_none() && here.is_some() {
        return html! {};
    }
    html! {
        nav.pages aria-label=(lang.of("分页", "Pages")) {
            ul {
                @if let Some(before) = before {
                    li { a.button rel="prev" href=(before) { (lang.of("上一页", "Previous")) } }
                }
                @for page in offered(here, last) {
                    @match page {
                        Some(page) => li {
                            a.button href=(to(page))
                                aria-current=[(here == Some(page)).then_some("page")] {
                                span.unseen { (lang.of("第 ", "Page ")) }
                                (words::number(page as u64 + 1))
                                span.unseen { (lang.of(" 页", "")) }
                            }
                        },
                        None => li.gap aria-hidden="true" { "…" },
                    }
                }
                // Pages have no numbers as far behind as this: a cursor leads on.
                @if last < stories.div_ceil(limit).max(1) - 1 {
                    li.gap aria-hidden="true" { "…" }
                }
                @if let Some(next) = next {
                    li { a.button rel="next" href=(next) { (lang.of("下一页", "Next")) } }
                }
            }
        }
    }
}

/// The pages that get a link, counted from 0; `None` marks a gap.
fn offered(here: Option<usize>, last: usize) -> Vec<Option<usize>> {
    let near = here.unwrap_or(0);
    let mut shown = Vec::new();
    let mut before = None;
    for page in
        (near.saturating_sub(BESIDE)..=near + BESIDE).chain([0, last]).collect::<BTreeSet<_>>()
    {
        if page > last {
            continue;
        }
        if before.is_some_and(|before: usize| before + 1 < page) {
            shown.push(None);
        }
        shown.push(Some(page));
        before = Some(page);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_the_last_and_the_near_pages_are_offered() {
        let shown = |here, last| {
            let pages = offered(here, last).into_iter();
            pages.map(|p| p.map_or("…".to_owned(), |p| p.to_string())).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(shown(Some(0), 0), "0");
        assert_eq!(shown(Some(0), 20), "0 1 2 … 20");
        assert_eq!(shown(Some(10), 20), "0 … 8 9 10 11 12 … 20");
        assert_eq!(shown(Some(20), 20), "0 … 18 19 20");
        assert_eq!(shown(Some(90), 20), "0 … 20");
        assert_eq!(shown(None, 5), "0 1 2 … 5");
    }
}
