//! The search form with its options, and the filters that are set.

use maud::{Markup, html};

use crate::model::{Kind, Review};
use crate::pages::layout::links;
use crate::pages::layout::marked::named;
use crate::present::Lang;
use crate::present::words;
use crate::present::{DEFAULT_LIMIT, Dimension, SearchParams};
use crate::search::RoleScope;

/// Hits on a page that are offered.
const LIMITS: [usize; 4] = [10, 20, 50, 100];

/// Examples of what can be typed, with what they find.
const EXAMPLES: [(&str, &str, &str); 8] = [
    ("氢能 登封", "含两个词的排在前面", "both words, then either"),
    ("“先进制造业开发区”", "原样连在一起", "exact phrase"),
    ("氢能 OR 燃料电池", "含任一词", "either term"),
    ("新密 -疫情", "含新密，不含疫情", "the first but not the second"),
    ("标题:开门红", "只看标题", "in the headline only"),
    ("\"产业 园区\"~3", "两词相隔至多三个字", "at most three characters apart"),
    ("文号:新开〔2022〕92号", "文号", "document number"),
    ("日期:2023年一季度", "日期可能在此期间", "may be dated in this quarter"),
];

/// Which part of the form is ready for input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FormFocus {
    /// The box has the focus.
    Box,
    /// The options are unfolded.
    Options,
    /// None: the page is about its results.
    Neither,
}

/// The form.
pub(crate) fn form(lang: Lang, params: &SearchParams, open: FormFocus) -> Markup {
    html! {
        form.search role="search" action="/" method="get" {
            div.box {
                label.unseen for="q" { (lang.of("检索词", "Search query")) }
                input #q type="search" name="q" value=(params.q) maxlength="1000"
                    autocomplete="off" autocapitalize="off" spellcheck="false"
                    autofocus[open == FormFocus::Box] data-box
                    placeholder=(lang.of(
                        "词语、“原文”、标题:…、地区:…",
                        "words, “exact text”, 标题:…, 地区:…",
                    ));
                button.main type="submit" { (lang.of("检索", "Search")) }
            }
            // Added by the script: without it the key does nothing.
            span #keys-hint hidden { (lang.of(
                "按 / 键定位到检索框",
                "Press / to focus the search box",
            )) }
            @for dimension in Dimension::ALL {
                @for value in params.values(dimension) {
                    input type="hidden" name=(dimension.parameter()) value=(value);
                }
            }
            @if !params.sort.is_empty() { input type="hidden" name="sort" value=(params.sort); }
            div.under-box {
                details.help {
                    summary { (lang.of("检索语法", "Query syntax")) }
                    (examples(lang))
                }
                (more(lang, params, open == FormFocus::Options))
            }
        }
    }
}

/// The restrictions that are set, each with a way to take it away.
pub(crate) fn chips(lang: Lang, params: &SearchParams) -> Markup {
    let mut set: Vec<(Markup, SearchParams)> = Vec::new();
    let colon = lang.of("：", ": ");
    for dimension in Dimension::ALL {
        for value in params.values(dimension) {
            let said = html! { (label(lang, dimension)) (colon) (shown(lang, dimension, value)) };
            set.push((said, params.toggled(dimension, value)));
        }
    }
    if !params.from.is_empty() || !params.to.is_empty() {
        let said = match (params.from.as_str(), params.to.as_str()) {
            (from, to) if from == to => from.to_owned(),
            (from, "") => format!("{from} {}", lang.of("起", "or later")),
            ("", to) => format!("{} {to}", lang.of("至", "until")),
            (from, to) => format!("{from} {} {to}", lang.of("至", "to")),
        };
        let said = html! { (label(lang, Dimension::Days)) (colon) (said) };
        set.push((said, params.without(Dimension::Days)));
    }
    if let Some(scope) = RoleScope::from_word(&params.role) {
        let said =
            html! { (lang.of("地区", "Districts")) (colon) (words::role_scope(lang, scope)) };
        set.push((said, SearchParams { role: String::new(), ..params.from_the_start() }));
    }
    for flag in flags(lang, params) {
        if flag.is_set {
            set.push((html! { (flag.said) }, flag.without));
        }
    }
    html! {
        @if !set.is_empty() {
            ul.chips aria-label=(lang.of("当前条件", "Active filters")) {
                @for (said, without) in &set {
                    li {
                        a.chip.set href=(links::search(without)) {
                            (said)
                            span aria-hidden="true" { "×" }
                            span.unseen { (lang.of("（移除）", " (remove)")) }
                        }
                    }
                }
                @if set.len() > 1 {
                    li {
                        @let none = SearchParams {
                            role: String::new(),
                            any: false,
                            all: false,
                            ungrouped: false,
                            exact: false,
                            ..params.without_filters()
                        };
                        a.chip href=(links::search(&none)) {
                            (lang.of("清除全部条件", "Clear all"))
                        }
                    }
                }
            }
        }
    }
}

/// Examples, each of which is a link.
pub(crate) fn examples(lang: Lang) -> Markup {
    html! {
        ul.examples {
            @for (typed, chinese, english) in EXAMPLES {
                li {
                    a href=(links::search(&SearchParams::default().saying(typed))) { code { (typed) } }
                    " " span.soft { (lang.of(chinese, english)) }
                }
            }
        }
        p { a href="/help" { (lang.of("完整语法", "Full query syntax")) } }
    }
}

/// What a dimension is called.
pub(crate) fn label(lang: Lang, dimension: Dimension) -> &'static str {
    match dimension {
        Dimension::District => lang.of("地区", "District"),
        Dimension::Topic => lang.of("主题", "Topic"),
        Dimension::Kind => lang.of("类型", "Kind"),
        Dimension::Outlet => lang.of("来源", "Outlet"),
        Dimension::Publication => lang.of("报刊", "Publication"),
        Dimension::Tag => lang.of("标签", "Tag"),
        Dimension::Collection => lang.of("收藏", "Collection"),
        Dimension::Days => lang.of("日期", "Date"),
        Dimension::Certain => lang.of("日期是否确定", "certain dates only"),
        Dimension::Undated => lang.of("日期是否不详", "undated only"),
        Dimension::Review => lang.of("待核查", "Needs review"),
    }
}

/// A value as a reader knows it.
pub(crate) fn shown(lang: Lang, dimension: Dimension, value: &str) -> Markup {
    let kind = Kind::ALL.into_iter().find(|kind| kind.as_str() == value);
    let known = match dimension {
        Dimension::Kind => kind.map(|kind| words::kind(lang, kind)),
        Dimension::Review => Review::from_word(value).map(|review| words::review(lang, review)),
        _ => None,
    };
    match known {
        Some(words) => html! { (words) },
        None => named(lang, value),
    }
}

fn more(lang: Lang, params: &SearchParams, open: bool) -> Markup {
    html! {
        details.more open[open] {
            summary { (lang.of("更多选项", "More options")) }
            div.fields {
                @for (name, value, label) in [
                    ("from", &params.from, lang.of("日期从", "Dated from")),
                    ("to", &params.to, lang.of("到", "to")),
                ] {
                    div.field {
                        label for=(name) { (label) }
                        input id=(name) type="text" name=(name) value=(value) size="12"
                            inputmode="numeric" autocomplete="off"
                            pattern="[0-9]{4}(-[0-9]{1,2}(-[0-9]{1,2})?)?"
                            title=(lang.of(
                                "2023、2023-02 或 2023-02-10",
                                "2023, 2023-02 or 2023-02-10",
                            ))
                            placeholder="2023-02";
                    }
                }
                div.field {
                    label for="role" { (lang.of("地区筛选和计数", "Districts that count")) }
                    select #role name="role" {
                        @for scope in RoleScope::ALL {
                            @let value = if scope == RoleScope::default() { "" } else { scope.as_str() };
                            option value=(value) selected[params.role == value] {
                                (words::role_scope(lang, scope))
                            }
                        }
                    }
                }
                div.field {
                    label for="limit" { (lang.of("每页篇数", "Results per page")) }
                    select #limit name="limit" {
                        option value="" {
                            (lang.of("默认（", "default (")) (DEFAULT_LIMIT) (lang.of("）", ")"))
                         }
                        @if let Some(limit) = params.limit.filter(|limit| !LIMITS.contains(limit)) {
                            option value=(limit) selected { (limit) }
                        }
                        @for limit in LIMITS {
                            option value=(limit) selected[params.limit == Some(limit)] { (limit) }
                        }
                    }
                }
            }
            div.ticks {
                @for flag in flags(lang, params) {
                    label.tick {
                        input type="checkbox" name=(flag.name) value="true" checked[flag.is_set];
                        span { (flag.said) }
                    }
                }
            }
        }
    }
}

/// An option that is set or not.
struct FlagOption {
    name: &'static str,
    is_set: bool,
    said: &'static str,
    /// The search without it.
    without: SearchParams,
}

fn flags(lang: Lang, params: &SearchParams) -> [FlagOption; 6] {
    let base = params.from_the_start();
    [
        FlagOption {
            name: "any",
            is_set: params.any,
            said: lang.of("匹配任一检索词", "Match any of the words"),
            without: SearchParams { any: false, ..base.clone() },
        },
        FlagOption {
            name: "all",
            is_set: params.all,
            said: lang.of("须含全部检索词", "Match all of the words"),
            without: SearchParams { all: false, ..base.clone() },
        },
        FlagOption {
            name: "certain",
            is_set: params.certain,
            said: lang.of("仅含日期确定在范围内的文章", "Certain dates only"),
            without: params.without(Dimension::Certain),
        },
        FlagOption {
            name: "undated",
            is_set: params.undated,
            said: lang.of("仅看日期不详", "Undated only"),
            without: params.without(Dimension::Undated),
        },
        FlagOption {
            name: "ungrouped",
            is_set: params.ungrouped,
            said: lang.of("不合并转载", "List reprints separately"),
            without: SearchParams { ungrouped: false, ..base.clone() },
        },
        FlagOption {
            name: "exact",
            is_set: params.exact,
            said: lang.of("不使用同义词", "Without synonyms"),
            without: SearchParams { exact: false, ..base },
        },
    ]
}
