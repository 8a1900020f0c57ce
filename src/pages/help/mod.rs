//! The help page: the query language in examples, keys, what dates and districts mean, how to cite.

pub(crate) mod api;
mod prose;
pub(crate) mod tables;
pub(crate) mod text;

use maud::{Markup, html};

use super::layout::frame::{Frame, frame};
use super::layout::links;
use crate::present::Lang;
use crate::present::SearchParams;
use crate::query::{FIELD_NAMES, KIND_NAMES};
use prose::{
    ABOUT_DAYS, DAYS, FIELD_NAMES_HELP, FIGURES, LIMITS, OPERATORS_IN_TEXT, PARTIAL, PLACES,
    RANKING, REPRINTS, SEVERAL_PLACES, WORDS, said,
};
use tables::{DATES, FIELDS, KEYS, OPERATORS};

/// The help page.
#[must_use]
pub fn help(about: &Frame) -> Markup {
    let lang = about.lang;
    let title = lang.of("帮助", "Help");
    let main = html! {
        div.prose {
            h1 { (title) }
            nav.chapters aria-label=(lang.of("本页目录", "On this page")) {
                ul.chips {
                    @for (id, chinese, english) in CHAPTERS {
                        li { a.chip href={ "#" (id) } { (lang.of(chinese, english)) } }
                    }
                }
            }
            @for (id, chinese, english) in CHAPTERS {
                section aria-labelledby=(id) {
                    h2 id=(id) { (lang.of(chinese, english)) }
                    (chapter(lang, id))
                }
            }
        }
    };
    frame(about, title, &main)
}

const CHAPTERS: [(&str, &str, &str); 9] = [
    ("words", "检索语法", "Query syntax"),
    ("fields", "字段", "Fields"),
    ("dates", "日期", "Dates"),
    ("districts", "地区", "Districts"),
    ("figures", "指标", "Indicators"),
    ("order", "结果与排序", "Results and ranking"),
    ("keys", "键盘操作", "Keyboard"),
    ("cite", "引用与导出", "Citation and export"),
    ("limits", "限制", "Limits"),
];

fn chapter(lang: Lang, id: &str) -> Markup {
    match id {
        "words" => query(lang),
        "fields" => fields(lang),
        "dates" => dates(lang),
        "districts" => districts(lang),
        "figures" => figures(lang),
        "order" => order(lang),
        "keys" => keys(lang),
        "cite" => cite(lang),
        _ => limits(lang),
    }
}

fn query(lang: Lang) -> Markup {
    html! {
        p { (said(lang, WORDS)) (lang.of("点击例子可直接检索。", " Every example is a link.")) }
        (table(lang, OPERATORS))
        p { (said(lang, OPERATORS_IN_TEXT)) }
    }
}

fn fields(lang: Lang) -> Markup {
    html! {
        p { (said(lang, FIELD_NAMES_HELP)) (example("地区:(登封市 OR 新密市)")) }
        (table(lang, FIELDS))
        p { (lang.of("全部字段名：", "All field names: ")) }
        ul.names {
            @for (_, names) in FIELD_NAMES {
                li { @for name in *names { code { (name) } " " } }
            }
        }
        p {
            (lang.of("类型：", "Kinds: "))
            @for (at, (_, names)) in KIND_NAMES.iter().enumerate() {
                @if at > 0 { (lang.of("；", "; ")) }
                (names.join(lang.of("、", ", ")))
            }
        }
    }
}

fn dates(lang: Lang) -> Markup {
    html! {
        p { (said(lang, DAYS)) }
        (table(lang, DATES))
        p { (said(lang, ABOUT_DAYS)) }
    }
}

fn districts(lang: Lang) -> Markup {
    html! {
        p { (said(lang, PLACES)) (example("地区:郑州高新区")) }
        p { (said(lang, SEVERAL_PLACES)) }
    }
}

fn figures(lang: Lang) -> Markup {
    html! {
        p {
            (said(lang, FIGURES))
            (example("指标:地区生产总值>500亿元"))
        }
        p {
            a href="/indicators" { (lang.of("指标页", "The page of indicators")) }
            (lang.of(
                "把一项指标的数值按时段和地区并列，每个数值和数据点都可点击查看原文；同一时段有不同说法时全部列出，并标“≠”。数值由程序读出，引用前请核对原文。",
                " sets the values of one indicator side by side, by period and district. Every value and every point leads to the words of its article; where articles differ, all are listed and marked ≠. Values are read by rules: check the words before citing them.",
            ))
        }
    }
}

fn order(lang: Lang) -> Markup {
    html! {
        p { (said(lang, PARTIAL)) }
        p { (said(lang, RANKING)) }
        p { (said(lang, REPRINTS)) }
    }
}

fn keys(lang: Lang) -> Markup {
    html! {
        div.scroll tabindex="0" role="group" aria-label=(lang.of("键盘操作", "Keyboard")) { table {
            thead { tr {
                th scope="col" { (lang.of("键", "Key")) }
                th scope="col" { (lang.of("作用", "Action")) }
            } }
            tbody { @for (keys, chinese, english) in KEYS { tr {
                th scope="row" { @for key in *keys { kbd { (key) } " " } }
                td { (lang.of(chinese, english)) }
            } } }
        } }
    }
}

fn cite(lang: Lang) -> Markup {
    html! {
        p { (lang.of(
            "文章页提供可复制的引文（GB/T 7714 各种样式）、供 EndNote、NoteExpress、Zotero 和 LaTeX 使用的条目，以及固定链接；编号由文件名和原文计算得出，原文不变则编号不变。引用前请点击“对照原文件”核对原文。推断的日期在引文中置于方括号内。",
            "The page of an article has citations to copy (GB/T 7714 in several styles), entries for EndNote, NoteExpress, Zotero and LaTeX, and a permalink. The id is computed from the file name and the text, and stays the same as long as they do. Before citing, check the article against its source. A date that was inferred stands in square brackets in the citation.",
        )) }
        p { (lang.of(
            "检索页的网址包含全部检索条件，可收藏或分享。结果上方可导出、订阅、查看趋势和保存检索。导出的格式有表格（CSV、Excel）、标出匹配处的阅读卡片（Word、HTML、EPUB）、Markdown、引文（引文列表、RIS、BibTeX、biblatex、CSL JSON）和含全部字段的 JSONL；勾选本页的结果，可只导出或引用所选的文章。订阅（Atom）提供新入库的文章，以文件的最后修改时间为准；网址加 since=2026-11-20 只返回此后的文章。保存在命令行的检索（dibao saved）列在“保存的检索”页，各有订阅地址；“批量检索”页一次检索许多检索式或名称，得到一张表。",
            "The address of a search page contains the whole search, so it can be bookmarked and shared. Above the results are export, feed, trend and the link to save a search. Formats are tables (CSV, Excel), reading cards with the matches marked (Word, HTML, EPUB), Markdown, citations (a list of references, RIS, BibTeX, biblatex, CSL JSON), and JSONL with every field; tick results of a page to export or cite these alone. The feed (Atom) lists new articles by the modification time of their files; add since=2026-11-20 to its address to leave out older ones. Searches that are saved on the command line (dibao saved) are listed on the page of saved searches, each with its feed; the page of batch searches takes many queries or names and gives one table.",
        )) }
    }
}

fn limits(lang: Lang) -> Markup {
    html! {
        p { (said(lang, LIMITS)) }
    }
}

fn table(lang: Lang, rows: &[(&str, &str, &str)]) -> Markup {
    html! {
        div.scroll tabindex="0" role="group" aria-label=(lang.of("写法", "Syntax")) { table.syntax {
            thead { tr {
                th scope="col" { (lang.of("写法", "Syntax")) }
                th scope="col" { (lang.of("匹配", "Matches")) }
            } }
            tbody { @for (typed, chinese, english) in rows { tr {
                th scope="row" { (example(typed)) }
                td { (lang.of(*chinese, *english)) }
            } } }
        } }
    }
}

fn example(typed: &str) -> Markup {
    let to = SearchParams::default().saying(typed);
    html! { a href=(links::search(&to)) { code lang=(Lang::Zh.tag()) { (typed) } } }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::testing::golden::golden;
    use crate::query;

    #[test]
    fn every_example_can_be_read() {
        for (typed, ..) in OPERATORS.iter().chain(FIELDS).chain(DATES) {
            assert!(query::parse(typed).is_ok(), "{typed}");
        }
    }

    #[test]
    fn both_languages_have_every_chapter_and_the_limits_that_are_held() {
        for lang in Lang::ALL {
            let shown = help(&Frame { lang, ..Frame::default() }).into_string();
            insta::assert_snapshot!(format!("help-{}", lang.tag()), golden(&shown));
            let limits = &shown[shown.find("<h2 id=\"limits\">").expect("the last chapter")..];
            assert!(limits.contains("1,000"));
            let texts = query::MAX_SIMILAR_TEXTS;
            for limit in [query::MAX_PARTS, query::MAX_DEPTH, query::MAX_NEAR_WORDS, texts] {
                assert!(limits.contains(&limit.to_string()), "{limit}");
            }
            for limit in [query::MAX_GAP, query::MAX_SKIPPED] {
                assert!(limits.contains(&limit.to_string()), "{limit}");
            }
            assert_eq!(query::MAX_CHARACTERS, 1_000);
        }
    }
}
