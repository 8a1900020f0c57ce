//! What can be done with all that is found: taken along, subscribed to, drawn over time, kept.

use maud::{Markup, html};

use crate::export::Format;
use crate::pages::layout::links;
use crate::present::words::articles;
use crate::present::{Answer, Dimension, Lang, SearchParams};

/// The tools beside the count. What opens is a `details`, so that all of it works without a script.
pub(crate) fn toolbar(lang: Lang, params: &SearchParams, answer: &Answer) -> Markup {
    html! {
        div.tools role="group" aria-label=(lang.of("检索结果操作", "Actions for the results")) {
            @if answer.filter_counts().is_some() {
                a.button.to-filters href="#filters" {
                    (lang.of("筛选", "Filters"))
                    @let set = set(params);
                    @if set > 0 { " (" (set) ")" }
                }
            }
            @if answer.total > 0 { (export(lang, params, answer.total)) }
            a.button href=(links::feed(params)) rel="nofollow"
                title=(lang.of("订阅新入库的文章（Atom）", "Subscribe to new articles (Atom)")) {
                (lang.of("订阅", "Feed"))
            }
            // Undated articles have no place in a trend.
            @if answer.total > 0 && !params.undated {
                a.button href=(links::trend(params)) rel="nofollow" { (lang.of("趋势", "Trend")) }
            }
            (save(lang, params))
        }
        @if answer.partial.is_some_and(|partial| partial.articles > 0) {
            p.small.soft.screen-only { (lang.of(
                "导出、订阅、趋势、时间分布和筛选计数仅统计含全部检索词的文章。",
                "Export, feed, trend, timeline and filter counts cover only articles with all of the words.",
            )) }
        }
    }
}

/// Values of filters that are set.
fn set(params: &SearchParams) -> usize {
    let values = Dimension::ALL.into_iter().map(|dimension| params.values(dimension).len());
    let has_days = !params.from.is_empty() || !params.to.is_empty();
    let flags = [has_days, params.certain, params.undated];
    values.sum::<usize>() + flags.into_iter().filter(|&is_set| is_set).count()
}

fn export(lang: Lang, params: &SearchParams, total: u64) -> Markup {
    html! {
        details.tool {
            summary.button { (lang.of("导出", "Export")) }
            div.panel {
                p { (lang.of("导出全部 ", "Export all ")) (articles(lang, total)) }
                ul.plain {
                    @for format in Format::ALL {
                        li {
                            a href=(links::export(params, format.as_str())) download rel="nofollow" {
                                (format.name()) (lang.of("（", " (")) (use_of(lang, format))
                                (lang.of("）", ")"))
                            }
                        }
                    }
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
        Format::Cite => lang.of("参考文献表", "list of references"),
        Format::Ris => lang.of("EndNote、NoteExpress、Zotero", "EndNote, NoteExpress, Zotero"),
        Format::Bibtex | Format::Biblatex => "LaTeX",
        Format::CslJson => "Zotero, pandoc",
    }
}

/// A search is kept by its address: it holds all that was asked for, and nothing of one reader.
fn save(lang: Lang, params: &SearchParams) -> Markup {
    let address = links::search(&params.from_the_start());
    html! {
        details.tool {
            summary.button { (lang.of("保存", "Save")) }
            div.panel {
                p {
                    a #permalink rel="bookmark" href=(address) {
                        (lang.of("此检索的固定链接", "Permanent link to this search"))
                    }
                    " "
                    button type="button" data-copy="permalink" {
                        (lang.of("复制链接", "Copy link"))
                    }
                }
                p.small.soft { (lang.of(
                    "可收藏此链接或发送给他人。链接保存的是检索条件，每次打开都按库中当前内容检索。",
                    "Bookmark the link or pass it on. It holds what you searched for; opening it searches the archive as it is then.",
                )) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_filter_that_is_set_counts() {
        let params = SearchParams {
            district: vec!["新密市".into(), "登封市".into()],
            from: "2023".into(),
            to: "2024".into(),
            certain: true,
            ..SearchParams::default()
        };
        assert_eq!((set(&SearchParams::default()), set(&params)), (0, 4));
    }
}
