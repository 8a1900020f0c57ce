//! The help page: the query language in examples, keys, what dates and districts mean, how to cite.

pub(crate) mod api;
pub(crate) mod tables;

use maud::{Markup, html};

use super::Frame;
use super::common::{frame::frame, links};
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

const CHAPTERS: [(&str, &str, &str); 8] = [
    ("words", "检索式", "The query"),
    ("fields", "字段", "Fields"),
    ("dates", "日期", "Dates"),
    ("districts", "地区", "Districts"),
    ("order", "结果与次序", "Hits and their order"),
    ("keys", "键盘", "Keys"),
    ("cite", "引用与导出", "Citing and exporting"),
    ("limits", "限度", "Limits"),
];

fn chapter(lang: Lang, id: &str) -> Markup {
    match id {
        "words" => query(lang),
        "fields" => fields(lang),
        "dates" => dates(lang),
        "districts" => districts(lang),
        "order" => order(lang),
        "keys" => keys(lang),
        "cite" => cite(lang),
        _ => limits(lang),
    }
}

fn query(lang: Lang) -> Markup {
    html! {
        p { (lang.of(
            "想到什么就写什么：空格隔开的词都要有，引号里的照原样找，繁简、全半角、大小写不分\
             。每个例子都可以点。",
            "Write what comes to mind: words side by side must all be there, quotes take \
             text as it stands; script, width and case make no difference. Granularity example is \
             a link.",
        )) }
        (table(lang, OPERATORS))
        p { (lang.of(
            "OR、AND、NOT 要大写，前后有空格；小写的是普通词。贴进来的标题照字面找：词中的括\
             号、冒号、竖线都是文字。",
            "OR, AND and NOT are operators in capitals and by themselves. A headline can be \
             pasted as it is: brackets, colons and bars inside words are text.",
        )) }
    }
}

fn fields(lang: Lang) -> Markup {
    html! {
        p { (lang.of(
            "字段名后面加冒号（全角半角都行），中文名、英文名都可以。一个字段管括号里的每一项\
             ：",
            "A field's name, in Chinese or English, stands before a colon. It holds for each \
             part in brackets: ",
        )) (example("地区:(登封市 OR 新密市)")) }
        (table(lang, FIELDS))
        p { (lang.of("全部字段名：", "All names: ")) }
        ul.names {
            @for (_, names) in FIELD_NAMES {
                li { @for name in *names { code { (name) } " " } }
            }
        }
        p {
            (lang.of("种类：", "Kinds: "))
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
            "一篇文章的日期可能只知道到月、到季度，或只知道在一段日子里。用“日期”找，只要有可\
             能落在所要的日子里就算；用“确切日期”，整段都要落在里面。",
            "The date of an article may be known to the month, the quarter, or only as a \
             span of days. 日期 finds what can lie in the days asked for; 确切日期 only what \
             lies in them wherever it is in its span.",
        )) }
        (table(lang, DATES))
        p { (lang.of(
            "结果里写“约”的是推断；日期后面写着依据（落款、出版日期、导语……），文章页\
             上有原话。时间图和年月计数按可能的最后一天算。",
            "“about” marks a date that was inferred; the words after a date say from what \
             (signature, issue, lead and so on), and the article's page quotes them. Charts and \
             counts go by the last day that it can be.",
        )) }
    }
}

fn districts(lang: Lang) -> Markup {
    html! {
        p { (lang.of(
            "地区指文章写的是哪里，不是报社在哪里。写市名、省名，下辖各地都算；简称、旧称、行\
             政区划代码都认。几个城市都有的名字（高新区）会全部算上，并在结果上方说明；要哪一\
             个，连城市一起写：",
            "A district is where an article takes place, not where the paper is made. A city \
             or a province stands for all that lies in it; short and former names and codes \
             are understood. A name that several cities have (高新区) is taken for all of \
             them, and the page says so; give the city's name with it to choose: ",
        )) (example("地区:郑州高新区")) }
        p { (lang.of(
            "右边的筛选里选了几个地区，任一即可。",
            "Of several districts among the filters one is enough.",
        )) }
    }
}

fn order(lang: Lang) -> Markup {
    html! {
        p { (lang.of(
            "照原样出现的排在前，出现在标题里的更前；词靠得近、少见的词多的靠前。没有检索词时\
             从新到旧。",
            "What stands in an article as it was typed comes first, in the headline before \
             all; then words that are close to each other, and rare ones. Without words the \
             newest come first.",
        )) }
        p { (lang.of(
            "内容实质相同的转载合为一条，总数同时给出篇数和不重复的篇数；“更多选项”里可以逐篇\
             列出。同义词由档案管理者写在 synonyms.txt 里，用到了会说明，也可以关掉。",
            "Reprints of substantially the same text are one hit; totals give articles, and \
             articles without reprints. More options list each by itself. Synonyms are \
             written down by who keeps the archive; the page says where they were used, and \
             they can be turned off.",
        )) }
    }
}

fn keys(lang: Lang) -> Markup {
    html! {
        div.scroll tabindex="0" role="group" aria-label=(lang.of("键盘", "Keys")) { table {
            thead { tr {
                th scope="col" { (lang.of("键", "Key")) }
                th scope="col" { (lang.of("作用", "What it does")) }
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
            "文章页有可以复制的引文和固定地址；编号由文件名和原文算出，原文不变编号就不变。引\
             用前请点“对照原文件”，看文件里各行本来怎样、判为什么。日期是推断的，引用时请注明。",
            "An article's page has a citation to copy and an address that stays: its id is \
             made of the file's name and the text, and stays as long as they do. Look at the \
             source beside the article before you cite, and say so where a date was inferred.",
        )) }
        p { (lang.of(
            "检索页的地址就是检索式，可以收藏、转发。页底可以导出全部结果：JSONL 有全部字段，\
             CSV 给表格软件，Markdown 供阅读；订阅（Atom）给出新入库的文章，以文件最后改动的时间为准；网址加 since=2026-11-20 只要此后的。",
            "The address of a search is the search: keep it, send it on. Below the hits all \
             of them can be exported: JSONL has every field, CSV is for spreadsheets, \
             Markdown for reading; the feed (Atom) has what is new in \
             the archive, by when its files were changed; since=2026-11-20 in its address leaves \
             out what is older.",
        )) }
    }
}

fn limits(lang: Lang) -> Markup {
    html! {
        p { (lang.of(
            "检索式至多 1,000 个字符、64 个部分、16 层括号；~ 至多隔 100 字、8 个词；* 代表至\
             多 20 个字。",
            "A query has at most 1,000 characters, 64 parts and 16 brackets within brackets; \
             ~ at most 100 characters and 8 words; * stands for at most 20 characters.",
        )) }
    }
}

fn table(lang: Lang, rows: &[(&str, &str, &str)]) -> Markup {
    html! {
        div.scroll tabindex="0" role="group" aria-label=(lang.of("写法", "Written")) { table.syntax {
            thead { tr {
                th scope="col" { (lang.of("写法", "Written")) }
                th scope="col" { (lang.of("找到", "Finds")) }
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
            for (id, ..) in CHAPTERS {
                assert!(shown.contains(&format!("<h2 id=\"{id}\">")), "{id}");
            }
            let limits = &shown[shown.find("<h2 id=\"limits\">").expect("the last chapter")..];
            assert!(limits.contains("1,000"));
            for limit in [query::MAX_PARTS, query::MAX_DEPTH, query::MAX_NEAR_WORDS] {
                assert!(limits.contains(&limit.to_string()), "{limit}");
            }
            for limit in [query::MAX_GAP, query::MAX_SKIPPED] {
                assert!(limits.contains(&limit.to_string()), "{limit}");
            }
            assert_eq!(query::MAX_CHARACTERS, 1_000);
        }
    }
}
