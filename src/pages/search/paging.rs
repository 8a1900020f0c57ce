//! The order of the hits, their pages, and what can be taken away of them.

use maud::{Markup, html};

use crate::export::Format;
use crate::pages::common::charts::articles;
use crate::pages::common::{links, words};
use crate::present::Lang;
use crate::present::{Answer, DEFAULT_LIMIT, MAX_OFFSET, SearchParams};

/// Pages that are offered before and behind the one that is shown.
const BESIDE: usize = 2;

/// The orders that can be chosen.
pub(crate) fn orders(lang: Lang, asked: &SearchParams) -> Markup {
    let orders = [
        ("", lang.of("相关度", "Relevance")),
        ("newest", lang.of("从新到旧", "Newest first")),
        ("oldest", lang.of("从旧到新", "Oldest first")),
    ];
    let chosen = if asked.sort == "relevance" { "" } else { asked.sort.as_str() };
    html! {
        nav.orders aria-label=(lang.of("排序", "Sort by")) {
            ul {
                @for (sort, said) in orders {
                    @let to = SearchParams { sort: sort.to_owned(), ..asked.from_the_start() };
                    li {
                        a href=(links::search(&to)) rel="nofollow"
                            aria-current=[(sort == chosen).then_some("true")] { (said) }
                    }
                }
            }
            a.to-filters href="#filters" { (lang.of("筛选", "Filters")) }
        }
    }
}

/// Ways to the other pages.
pub(crate) fn pages(lang: Lang, asked: &SearchParams, answer: &Answer) -> Markup {
    let limit = asked.limit.unwrap_or(DEFAULT_LIMIT);
    if limit == 0 {
        return html! {};
    }
    let offset = asked.offset.unwrap_or(0);
    let stories = usize::try_from(answer.stories).unwrap_or(usize::MAX);
    // A page of its own shows what stands behind a mark.
    let here = asked.after.is_empty().then_some(offset / limit);
    let last = (stories.div_ceil(limit).max(1) - 1).min(MAX_OFFSET / limit);
    let to = |page: usize| {
        let offset = Some(page * limit).filter(|&offset| offset > 0);
        links::search(&SearchParams { offset, ..asked.from_the_start() })
    };
    let next = match here {
        Some(page) if page < last => Some(to(page + 1)),
        // So far behind that pages have no numbers.
        _ => answer.next.map(|next| {
            links::search(&SearchParams { after: next.to_string(), ..asked.from_the_start() })
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
                @if let Some(next) = next {
                    li { a.button rel="next" href=(next) { (lang.of("下一页", "Next")) } }
                }
            }
        }
    }
}

/// Export, feed and trend.
pub(crate) fn beside(lang: Lang, asked: &SearchParams, total: u64) -> Markup {
    html! {
        section.taken aria-labelledby="taken" {
            h2 #taken {
                (lang.of("导出全部 ", "Export all ")) (articles(lang, total))
            }
            ul.chips {
                @for format in Format::ALL {
                    li {
                        a.button href=(links::export(asked, format.as_str())) download
                            rel="nofollow" {
                            (format.name()) (lang.of("（", " (")) (use_of(lang, format))
                            (lang.of("）", ")"))
                        }
                    }
                }
                li { a.button href=(links::feed(asked)) rel="nofollow" { (lang.of(
                    "订阅新入库的文章（Atom）",
                    "Subscribe to new articles (Atom)",
                )) } }
                // What has no date stands nowhere in time.
                @if !asked.undated {
                    li { a.button href=(links::trend(asked)) rel="nofollow" {
                        (lang.of("查看走势", "Trend"))
                    } }
                }
            }
        }
    }
}

fn use_of(lang: Lang, format: Format) -> &'static str {
    match format {
        Format::Jsonl => lang.of("全部字段", "all fields"),
        Format::Csv => lang.of("表格", "table"),
        Format::Markdown => lang.of("阅读", "for reading"),
    }
}

/// Pages from 0 that are offered; `None` stands for those that are left out.
fn offered(here: Option<usize>, last: usize) -> Vec<Option<usize>> {
    let near = here.unwrap_or(0);
    let mut shown = Vec::new();
    let mut before = None;
    for page in (near.saturating_sub(BESIDE)..=near + BESIDE)
        .chain([0, last])
        .collect::<std::collections::BTreeSet<_>>()
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
