//! How a search was understood: names with several meanings, synonyms, parts and what they find.

use maud::{Markup, html};

use crate::pages::common::{links, words};
use crate::present::Lang;
use crate::present::{Answer, SearchParams};
use crate::query::Expansion;
use crate::search::{Explanation, Note};

/// Meanings of a district's name that are listed.
const MAX_PATHS: usize = 6;

/// Everything that a reader should know before the hits. `strange`: parameters that were passed over.
pub(crate) fn notes(
    lang: Lang,
    asked: &SearchParams,
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
        @if !answer.synonyms.is_empty() { (synonyms(lang, asked, &answer.synonyms)) }
        @if let Some(explanation) = &answer.explanation {
            (understood(lang, explanation))
        } @else if !asked.q.is_empty() && answer.total > 0 {
            p.small.screen-only { a href=(links::explained(asked)) rel="nofollow" { (lang.of(
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
                (lang.of("：筛选后的 ", ": "))
                @let total = words::number(explanation.total);
                @let filtered = words::number(explanation.filtered);
                (match lang {
                    Lang::Zh => format!("{filtered} 篇中命中 {total} 篇"),
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
                Note::EmptyDistrict { name } => {
                    p {
                        strong { (lang.of("注意：", "Note: ")) }
                        (match lang {
                            Lang::Zh => format!("“{name}”是有效地名，但库中没有相关文章。"),
                            Lang::En => format!("the archive has no articles from {name}."),
                        })
                    }
                },
            }
        }
    }
}

fn synonyms(lang: Lang, asked: &SearchParams, expansions: &[Expansion]) -> Markup {
    let exact = SearchParams { exact: true, ..asked.from_the_start() };
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
