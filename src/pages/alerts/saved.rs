//! `/saved`: the saved searches with their counts and feeds.

use maud::{Markup, html};

use crate::pages::layout::frame::{Frame, frame};
use crate::pages::layout::links;
use crate::present::words;
use crate::present::{Lang, SearchParams};

/// The saved searches of an archive.
#[derive(Debug, Clone, Default)]
pub struct SavedPage {
    /// In the order of their names.
    pub searches: Vec<SavedRow>,
    /// Entries that cannot be read.
    pub unreadable: usize,
}

/// A saved search.
#[derive(Debug, Clone)]
pub struct SavedRow {
    /// Its name.
    pub name: String,
    /// As the file has it.
    pub search: String,
    /// The search; `None` where it cannot be understood.
    pub params: Option<SearchParams>,
    /// How many articles match, or why that is not known.
    pub articles: Result<u64, String>,
    /// Who saved it; empty where nobody is named.
    pub by: String,
    /// The day on which it was saved.
    pub day: String,
}

/// The page.
#[must_use]
pub fn saved(about: &Frame, page: &SavedPage) -> Markup {
    let lang = about.lang;
    let title = lang.of("保存的检索", "Saved searches");
    let main = html! {
        h1 { (title) }
        p {
            (lang.of(
                "命令行 `dibao saved add 名称 检索式` 保存检索，`dibao new` 列出各检索新到的文章；订阅地址可加入阅读器。",
                "`dibao saved add NAME QUERY` saves a search on the command line, `dibao new` lists what is new to each; readers take the addresses of the feeds.",
            ))
        }
        @if page.unreadable > 0 {
            p.note.warn {
                (lang.of(
                    format!("searches.toml 中有 {} 条无法读取，已略过；运行 dibao saved list 可知原因。", page.unreadable),
                    format!(
                        "{} of searches.toml cannot be read; dibao saved list says why.",
                        words::counted(lang, page.unreadable as u64, "", ("entry", "entries")),
                    ),
                ))
            }
        }
        @if page.searches.is_empty() {
            p { (lang.of("还没有保存的检索。", "There are none yet.")) }
        } @else {
            div.scroll tabindex="0" role="group" aria-label=(title) {
                table {
                    thead { tr {
                        th scope="col" { (lang.of("名称", "Name")) }
                        th scope="col" { (lang.of("检索", "Search")) }
                        th.number scope="col" { (lang.of("文章", "Articles")) }
                        th scope="col" { (lang.of("订阅", "Feed")) }
                        th scope="col" { (lang.of("保存", "Saved")) }
                    } }
                    tbody { @for row in &page.searches { (of_row(lang, row)) } }
                }
            }
        }
        p { a href="/batch" { (lang.of("批量检索", "Batch search")) } }
    };
    frame(about, title, &main)
}

fn of_row(lang: Lang, row: &SavedRow) -> Markup {
    html! {
        tr {
            th scope="row" lang=(Lang::Zh.tag()) {
                @match &row.params {
                    Some(params) => { a href=(links::search(params)) { (row.name) } },
                    None => { (row.name) },
                }
            }
            td { code { (row.search) } }
            @match (&row.articles, &row.params) {
                (Ok(articles), Some(params)) => {
                    td.number { a href=(links::search(params)) { (words::number(*articles)) } }
                },
                (Ok(articles), None) => { td.number { (words::number(*articles)) } },
                (Err(why), _) => { td { (why) } },
            }
            td {
                a href=(links::saved_feed(&row.name)) rel="nofollow"
                    aria-label=(lang.of(format!("订阅“{}”", row.name), format!("Feed of {}", row.name))) { "Atom" }
            }
            td {
                (row.day)
                @if !row.by.is_empty() { " " (row.by) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_leads_to_its_hits_and_its_feed_and_nothing_is_taken_for_html() {
        let params = SearchParams { q: "氢能".into(), ..SearchParams::default() };
        let good = SavedRow {
            name: "氢&<b>".into(),
            search: "q=氢能".into(),
            params: Some(params),
            articles: Ok(1234),
            by: "甲一".into(),
            day: "2026-02-01".into(),
        };
        let bad = SavedRow { params: None, articles: Err("<i>".into()), ..good.clone() };
        let page = SavedPage { searches: vec![good, bad], unreadable: 2 };
        let html = saved(&Frame { lang: Lang::En, ..Frame::default() }, &page).into_string();
        assert!(html.contains(r#"<a href="/?q=%E6%B0%A2%E8%83%BD">1,234</a>"#), "{html}");
        assert!(html.contains(r#"href="/feed?saved=%E6%B0%A2%26%3Cb%3E""#), "{html}");
        assert!(html.contains("2 entries of searches.toml"), "{html}");
        assert!(!html.contains("<b>") && !html.contains("<i>"), "{html}");
        let empty = saved(&Frame::default(), &SavedPage::default()).into_string();
        assert!(empty.contains("还没有保存的检索"), "{empty}");
    }
}
