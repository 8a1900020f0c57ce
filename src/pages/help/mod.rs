//! The help page: the query language in examples, keys, what dates and districts mean, how to cite.

pub(crate) mod api;
pub(crate) mod tables;

use maud::{Markup, html};

use super::layout::frame::{Frame, frame};
use super::layout::links;
use crate::present::Lang;
use crate::present::SearchParams;
use crate::query::{FIELD_NAMES, KIND_NAMES};
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
        p { (lang.of(
            "直接输入检索词：以空格分隔多个词，引号内的文字按原样匹配，不区分繁简、全半角和大小写。点击例子可直接检索。",
            "Type words separated by spaces; articles with all of them come first. Quoted text is \
             matched exactly. Traditional and simplified characters, character width and case make \
             no difference. Every example is a link.",
        )) }
        (table(lang, OPERATORS))
        p { (lang.of(
            "OR、AND、NOT 须大写并以空格分隔，小写按普通词处理。可直接粘贴标题：词中的括号、冒号、竖线均按文字匹配。",
            "OR, AND and NOT are operators when written in capitals and separated by spaces. A headline can be pasted as it is: brackets, colons and bars inside words are matched as text.",
        )) }
    }
}

fn fields(lang: Lang) -> Markup {
    html! {
        p { (lang.of(
            "字段名后加冒号（全角、半角均可），字段名可用中文或英文。字段作用于括号内的每一项：",
            "Write the name of a field, in Chinese or English, and a colon. It applies to everything in brackets: ",
        )) (example("地区:(登封市 OR 新密市)")) }
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
        p { (lang.of(
            "文章的日期可能只精确到月、季度，或只知道大致范围。“日期”匹配可能在所查范围内的文章；“确切日期”只匹配日期范围完全在其中的文章。",
            "The date of an article may be known only to the month or the quarter, or as a range of days. 日期 matches articles whose date may be in the given range; 确切日期 matches only those whose whole range is.",
        )) }
        (table(lang, DATES))
        p { (lang.of(
            "标有“约”的日期为推断所得；日期后注明依据（落款、出版日期、导语等），文章页列出原文。时间分布图和年月计数把确定在某一时段的文章与可能在该时段的（日期跨多个时段）分开列出。",
            "“about” marks an inferred date. The note after a date gives its basis (signature, issue, lead and so on), and the page of the article quotes the text. Charts and counts over time tell articles that are certainly of a period from those that may be of several.",
        )) }
    }
}

fn districts(lang: Lang) -> Markup {
    html! {
        p { (lang.of(
            "地区指文章报道的地点，而非报社所在地。市、省包含其下辖地区；支持简称、旧称和行政区划代码。多个城市共有的名称（如高新区）会全部计入，并在结果上方提示；如需指定，请加上城市名：",
            "The district is the place an article reports on, not where the paper is published. A city or province includes everything in it; short names, former names and division codes work too. A name shared by several cities (高新区) matches all of them, with a note above the results; add the name of the city to choose one: ",
        )) (example("地区:郑州高新区")) }
        p { (lang.of(
            "筛选中选择多个地区时，满足任意一个即可。",
            "With several districts selected, articles match any of them.",
        )) }
    }
}

fn figures(lang: Lang) -> Markup {
    html! {
        p {
            (lang.of(
                "程序从文章中读出各地的指标数值，如地区生产总值、粮食产量，附增减、时段、地区和原文。检索时可限定指标和数值：",
                "Figures of districts, such as the regional product or the grain harvest, are read out of the articles with their change, period, district and words. A query can ask for an indicator and for values: ",
            ))
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
        p { (lang.of(
            "含全部检索词的文章排在前面；只含部分检索词的列在其后，以一条线隔开，按相关度排列，并注明各缺哪些词。提问用语（哪些、什么时候、多少）不参与检索。引号、字段、排除项和筛选条件始终有效。计数、分布图、导出和订阅只计含全部检索词的文章；“更多选项”中可选择须含全部检索词，或匹配任一检索词。",
            "Articles with all of the words come first; those with only some of them follow behind a line, best first, with the words that they lack. Words that only ask (哪些, 什么时候, 多少) are not searched for. Quotes, fields, exclusions and filters always hold. Counts, charts, exports and the feed are of articles with all of the words; More options can match all of the words only, or any of them.",
        )) }
        p { (lang.of(
            "与检索式完全一致的排在前面，标题命中的优先；其次按词的邻近程度和罕见程度排序。没有检索词时按日期从新到旧。",
            "Exact matches come first, matches in the headline before all others; then articles are ranked by how close the words are and how rare. Without words, the newest come first.",
        )) }
        p { (lang.of(
            "内容基本相同的转载合并为一条，总数同时给出全部篇数和去重后的篇数；可在“更多选项”中选择不合并。同义词由管理员在 synonyms.txt 中维护，使用时会有提示，也可关闭。",
            "Reprints of substantially the same text are grouped into one result; totals are given with and without reprints. Use More options to list reprints separately. Synonyms are maintained by the administrator in synonyms.txt; the page shows when they are used, and they can be turned off.",
        )) }
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
            "检索页的网址包含全部检索条件，可收藏或分享。结果上方可导出、订阅、查看趋势和保存检索。导出的格式有表格（CSV）、标出匹配处的阅读卡片（Word、HTML、EPUB）、Markdown 和含全部字段的 JSONL；勾选本页的结果，可只导出或引用所选的文章。订阅（Atom）提供新入库的文章，以文件的最后修改时间为准；网址加 since=2026-11-20 只返回此后的文章。",
            "The address of a search page contains the whole search, so it can be bookmarked and shared. Above the results are export, feed, trend and the link to save a search. Formats are tables (CSV), reading cards with the matches marked (Word, HTML, EPUB), Markdown, and JSONL with every field; tick results of a page to export or cite these alone. The feed (Atom) lists new articles by the modification time of their files; add since=2026-11-20 to its address to leave out older ones.",
        )) }
    }
}

fn limits(lang: Lang) -> Markup {
    html! {
        p { (lang.of(
            "检索式最多 1,000 个字符、64 个检索项、16 层括号；~ 最多间隔 100 字、8 个词；* 最多代表 20 个字；≈ 最多展开为 512 种写法。需要读取的索引过多的检索式会被拒绝，并说明如何精简。",
            "A query has at most 1,000 characters, 64 parts and 16 levels of brackets; ~ spans at most 100 characters and 8 words; * stands for at most 20 characters, and ≈ for at most 512 texts. A query that would read too much of the index is refused, with what to do.",
        )) }
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
