//! Notes on a search: ambiguous names, synonyms, how the query was parsed; and if nothing was
//! found, why, and what to try instead.

use maud::{Markup, html};

use super::form::{examples, label};
use crate::pages::layout::links;
use crate::present::words;
use crate::present::{Answer, Dimension, Lang, NoHits, SearchParams};
use crate::query;
use crate::query::{Expansion, Node, Query};
use crate::search::{Explanation, Note, Suggestion};

/// Meanings of a district's name that are listed.
const MAX_PATHS: usize = 6;

/// Everything that a reader should know before the hits. `strange`: parameters that were passed
/// over.
pub(crate) fn notes(
    lang: Lang,
    params: &SearchParams,
    answer: &Answer,
    strange: &[String],
) -> Markup {
    html! {
        @if !strange.is_empty() {
            p.note {
                strong { (lang.of("注意：", "Note: ")) }
                (lang.of("已忽略网址中无法识别的参数：", "unknown parameters in the address were ignored: "))
                code { (strange.join(lang.of("、", ", "))) }
            }
        }
        @for each in &answer.notes { (note(lang, each)) }
        @if !answer.synonyms.is_empty() { (synonyms(lang, params, &answer.synonyms)) }
        @if let Some(explanation) = &answer.explanation {
            (understood(lang, explanation))
        } @else if !params.q.is_empty() && answer.total > 0 {
            p.small.screen-only { a href=(links::explained(params)) rel="nofollow" { (lang.of(
                "查看检索式解析",
                "How was this query interpreted?",
            )) } }
        }
    }
}

/// What each part of a query finds.
pub(crate) fn parts(lang: Lang, explanation: &Explanation) -> Markup {
    html! {
        div.scroll tabindex="0" role="group" aria-label=(lang.of("各检索项", "Parts")) {
            table {
                thead {
                    tr {
                        th scope="col" { (lang.of("检索项", "Part")) }
                        th.number scope="col" { (lang.of("单独命中", "Alone")) }
                        th.number scope="col" { (lang.of("筛选后命中", "With filters")) }
                        th.number scope="col" { (lang.of("去掉此项后", "Without it")) }
                        th scope="col" { (lang.of("分词（篇数）", "Words (articles)")) }
                    }
                }
                tbody {
                    @for part in &explanation.parts {
                        tr {
                            th scope="row" {
                                code { (part.part) }
                                @if part.excluded { span.soft { (lang.of(
                                    "（排除）",
                                    " (excluded)",
                                )) } }
                            }
                            td.number { (words::number(part.alone)) }
                            td.number { (words::number(part.filtered)) }
                            td.number { (words::number(part.without)) }
                            td {
                                @for (at, word) in part.words.iter().enumerate() {
                                    @if at > 0 { (lang.of("、", ", ")) }
                                    (word.word) (lang.of("（", " (")) (words::number(word.articles)) (lang.of("）", ")"))
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn understood(lang: Lang, explanation: &Explanation) -> Markup {
    html! {
        details.understood open {
            summary { (lang.of("检索式解析", "How the query was interpreted")) }
            p {
                @if explanation.query.is_empty() { (lang.of(
                    "所有文章",
                    "All articles",
                )) } @else { code { (explanation.query) } }
                (lang.of("：", ": "))
                @let total = words::number(explanation.total);
                @let filtered = words::number(explanation.filtered);
                (match lang {
                    Lang::Zh => format!("筛选后 {filtered} 篇，命中 {total} 篇"),
                    Lang::En => format!("{total} of {filtered} articles left by the filters"),
                })
            }
            (parts(lang, explanation))
        }
    }
}

fn note(lang: Lang, note: &Note) -> Markup {
    html! {
        div.note.warn {
            @match note {
                Note::AmbiguousDistrict { name, paths } => {
                    p {
                        strong { (lang.of("注意：", "Note: ")) }
                        (match lang {
                            Lang::Zh => format!("“{name}”对应 {} 个地区，均已计入：", paths.len()),
                            Lang::En => {
                                format!("{name} matches {} districts; all are included: ", paths.len())
                            }
                        })
                        @for (at, path) in paths.iter().take(MAX_PATHS).enumerate() {
                            @if at > 0 { (lang.of("、", ", ")) }
                            span lang=(Lang::Zh.tag()) { (path.concat()) }
                        }
                        @if paths.len() > MAX_PATHS { "…" }
                    }
                },
                Note::EmptyDistrict { name, named } => {
                    p {
                        strong { (lang.of("注意：", "Note: ")) }
                        (match (lang, named) {
                            (Lang::Zh, true) => format!("没有主要写“{name}”的文章，但有文章提到它："),
                            (Lang::En, true) => {
                                format!("no article is about {name}, but some name it: ")
                            }
                            (Lang::Zh, false) => format!("“{name}”是有效地名，但库中没有相关文章。"),
                            (Lang::En, false) => format!("the archive has no articles from {name}."),
                        })
                        @if *named {
                            @let query = format!("涉及地区:{name}");
                            a href=(links::search(&SearchParams::default().saying(query.as_str()))) {
                                code { (query) }
                            }
                        }
                    }
                },
                Note::UnknownTag { name, near } => {
                    (unknown_label(lang, lang.of("标签", "tag"), Dimension::Tag, name, near))
                },
                Note::UnknownCollection { name, near } => {
                    (unknown_label(
                        lang,
                        lang.of("收藏", "collection"),
                        Dimension::Collection,
                        name,
                        near,
                    ))
                },
                Note::QuestionWords { words } => {
                    p {
                        strong { (lang.of("注意：", "Note: ")) }
                        (lang.of("提问用语不参与检索：", "words that only ask are not searched for: "))
                        @for (at, word) in words.iter().enumerate() {
                            @if at > 0 { (lang.of("、", ", ")) }
                            span lang=(Lang::Zh.tag()) { (word) }
                        }
                        (lang.of("。", "."))
                    }
                },
                Note::UnfinishedIngest => {
                    p {
                        strong { (lang.of("注意：", "Note: ")) }
                        (lang.of(
                            "入库尚未完成，转载还没有归并。",
                            "an ingest has not finished; reprints are not grouped yet.",
                        ))
                    }
                },
                Note::NoReprints => {
                    p {
                        strong { (lang.of("注意：", "Note: ")) }
                        (lang.of(
                            "这个引擎尚不识别转载，未归并转载。",
                            "this engine does not find reprints yet; none are grouped.",
                        ))
                    }
                },
            }
        }
    }
}

/// A tag or a collection that there is not, and others that may have been meant.
fn unknown_label(
    lang: Lang,
    what: &str,
    dimension: Dimension,
    name: &str,
    near: &[String],
) -> Markup {
    html! {
        p {
            strong { (lang.of("注意：", "Note: ")) }
            (lang.of(format!("没有“{name}”这个{what}。"), format!("there is no {what} “{name}”.")))
            @if !near.is_empty() {
                (lang.of("是否指：", " Did you mean: "))
                @for (at, name) in near.iter().enumerate() {
                    @if at > 0 { (lang.of("、", ", ")) }
                    @let params = SearchParams::default().with_values(dimension, vec![name.clone()]);
                    a lang=(Lang::Zh.tag()) href=(links::search(&params)) { (name) }
                }
            }
        }
    }
}

fn synonyms(lang: Lang, params: &SearchParams, expansions: &[Expansion]) -> Markup {
    let exact = SearchParams { exact: true, ..params.from_the_start() };
    html! {
        div.note {
            p {
                strong { (lang.of("同义词：", "Synonyms: ")) }
                @for (at, expansion) in expansions.iter().enumerate() {
                    @if at > 0 { (lang.of("；", "; ")) }
                    (expansion.word) (lang.of(" 同时检索 ", " also matches "))
                    (expansion.added.join(lang.of("、", ", ")))
                }
                (lang.of("。", ". "))
                a href=(links::search(&exact)) { (lang.of("不使用同义词", "Search without synonyms")) }
            }
        }
    }
}

/// Why nothing was found, with links to searches that find something.
pub(crate) fn nothing(lang: Lang, params: &SearchParams, why: &NoHits) -> Markup {
    if why.articles == 0 {
        return html! {
            div.note.warn { p { (lang.of(
                "库中还没有文章，请在服务器上运行 dibao ingest 入库。",
                "The archive is empty. Run dibao ingest on the server to add files.",
            )) } }
        };
    }
    html! {
        div.nothing {
            p.lead {
                @let articles = words::counted(lang, why.articles, "篇文章", ("article", "articles"));
                (match lang {
                    Lang::Zh => format!("{articles}中没有匹配的结果。"),
                    Lang::En => format!("No results in {articles}."),
                })
            }
            (causes(lang, why))
            (ways(lang, params, why))
            @if why.explanation.parts.len() > 1 {
                h2 { (lang.of("各检索项命中数", "Matches by part")) }
                (parts(lang, &why.explanation))
            }
            details { summary { (lang.of("检索语法", "Query syntax")) } (examples(lang)) }
        }
    }
}

fn causes(lang: Lang, why: &NoHits) -> Markup {
    let missing = &why.explanation.missing;
    html! {
        @if !missing.is_empty() {
            p {
                (lang.of("未找到包含", "No article contains "))
                @for (at, word) in missing.iter().enumerate() {
                    @if at > 0 { (lang.of("、", ", ")) }
                    (lang.of("“", "")) strong { (word) } (lang.of("”", ""))
                }
                (lang.of("的文章", ""))
                @if let Some(found) = why.explanation.without_missing.filter(|&found| found > 0) {
                    (lang.of("；其余检索词命中 ", "; the other words match "))
                    (words::number(found)) (lang.of(" 篇", ""))
                }
                (lang.of("。", "."))
            }
        }
        @if let Some((first, last)) = &why.months {
            p {
                (match lang {
                    Lang::Zh => format!("库中文章的日期范围：{first} 至 {last}。"),
                    Lang::En => format!("Articles in the archive date from {first} to {last}."),
                })
            }
        }
    }
}

/// Other searches, each of which finds something.
fn ways(lang: Lang, params: &SearchParams, why: &NoHits) -> Markup {
    let mut ways: Vec<(Markup, String, u64)> = Vec::new();
    for suggestion in &why.suggestions {
        let said =
            html! { (lang.of("您是否要找：", "Did you mean ")) strong { (suggestion.instead) } };
        let to = params.saying(instead(&params.q, suggestion)).without_filters();
        ways.push((said, links::search(&to), suggestion.articles));
    }
    if let Some(found) = why.with_some {
        let said = html! { (lang.of("匹配任一检索词", "Match any of the words")) };
        let to = SearchParams { any: true, ..params.from_the_start() };
        ways.push((said, links::search(&to), found));
    }
    for (at, part) in why.explanation.parts.iter().enumerate() {
        if let (true, Some(rest)) = (part.without > 0, without_part(&params.q, at)) {
            let said = html! { (lang.of("去掉 ", "Without ")) code { (part.part) } };
            ways.push((said, links::search(&params.saying(rest)), part.without));
        }
    }
    for &(dimension, found) in why.without.iter().filter(|(_, found)| *found > 0) {
        let said = html! { (lang.of("不限", "Without filter: ")) (label(lang, dimension)) };
        ways.push((said, links::search(&params.without(dimension)), found));
    }
    if let Some(found) = why.without_filters.filter(|&found| found > 0) {
        let said = html! { (lang.of("清除全部筛选", "Without filters")) };
        ways.push((said, links::search(&params.without_filters()), found));
    }
    html! {
        @if !ways.is_empty() {
            h2 { (lang.of("建议", "Suggestions")) }
            ul.ways {
                @for (said, href, found) in &ways {
                    li {
                        @if *found > 0 { a href=(href) { (said) } } @else { (said) }
                        (lang.of("：", ": "))
                        span.number { (words::number(*found)) (lang.of(" 篇", "")) }
                    }
                }
            }
        }
    }
}

/// The query without one of its top-level parts; `None` if that cannot be expressed
/// or nothing is left.
fn without_part(typed: &str, at: usize) -> Option<String> {
    let query = query::parse(typed).ok()?;
    let mut rest: Vec<Node> = query.parts().to_vec();
    if at >= rest.len() || rest.len() < 2 {
        return None;
    }
    rest.remove(at);
    Some(Query { root: Some(Node::all(rest, 0..0)) }.to_string())
}

/// The query with a suggestion in place of the string that finds nothing.
fn instead(typed: &str, suggestion: &Suggestion) -> String {
    let Suggestion { part, span, instead, .. } = suggestion;
    let (Some(before), Some(there), Some(behind)) =
        (typed.get(..span.start), typed.get(span.clone()), typed.get(span.end..))
    else {
        return instead.clone();
    };
    let changed = if there.contains(part.as_str()) {
        there.replacen(part.as_str(), instead, 1)
    } else {
        instead.clone()
    };
    let changed = format!("{before}{changed}{behind}");
    // What the archive holds can mean something in a query.
    if query::parse(&changed).is_ok() {
        changed
    } else {
        format!("{before}“{instead}”{behind}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_left_out_and_the_rest_still_says_the_same() {
        assert_eq!(without_part("甲 AND 乙 -丙", 0).as_deref(), Some("乙 -丙"));
        assert_eq!(without_part("甲 乙 OR 丙", 0).as_deref(), Some("乙 OR 丙"));
        assert_eq!(without_part("甲", 0), None);
        assert_eq!(without_part("甲 乙", 7), None);
        assert_eq!(without_part("(", 0), None);
    }

    #[test]
    fn another_string_stands_where_the_first_stood_within_its_field() {
        let suggested = |part: &str, span, other: &str| Suggestion {
            part: part.into(),
            span,
            instead: other.into(),
            articles: 1,
        };
        let other = suggested("氢燃科电池", 4..26, "氢燃料电池");
        assert_eq!(instead("甲 标题:氢燃科电池", &other), "甲 标题:氢燃料电池");
        let other = suggested("氢燃科电池", 0..15, "氢(燃料");
        assert_eq!(instead("氢燃科电池 甲", &other), "“氢(燃料” 甲");
        assert_eq!(instead("甲", &suggested("乙", 5..9, "丙")), "丙");
    }
}
