//! How a search was understood: names with several meanings, synonyms, parts and what they find.

use maud::{Markup, html};

use super::SearchPage;
use crate::pages::common::{links, words};
use crate::present::Lang;
use crate::present::SearchParams;
use crate::query::Expansion;
use crate::search::{Explanation, Note};

/// Meanings of a district's name that are listed.
const MAX_PATHS: usize = 6;

/// Everything that a reader should know before the hits.
pub(crate) fn notes(lang: Lang, found: &SearchPage) -> Markup {
    html! {
        @if !found.strange.is_empty() {
            p.note {
                strong { (lang.of("注意：", "Note: ")) }
                (lang.of("网址中的下列参数没有意义，未予理会：", "passed over in the address, as it means nothing here: "))
                code { (found.strange.join(lang.of("、", ", "))) }
            }
        }
        @for each in &found.answer.notes { (note(lang, each)) }
        @if !found.answer.synonyms.is_empty() { (synonyms(lang, &found.asked, &found.answer.synonyms)) }
        @if let Some(explanation) = &found.answer.explanation {
            (understood(lang, explanation))
        } @else if !found.asked.q.is_empty() && found.answer.total > 0 {
            p.small.screen-only { a href=(links::explained(&found.asked)) rel="nofollow" { (lang.of(
                "这个检索是怎样理解的？",
                "How was this understood?",
            )) } }
        }
    }
}

/// What each part of a query finds.
pub(crate) fn parts(lang: Lang, explanation: &Explanation) -> Markup {
    html! {
        div.scroll tabindex="0" role="group" aria-label=(lang.of("各部分", "Parts")) {
            table {
                thead {
                    tr {
                        th scope="col" { (lang.of("部分", "Part")) }
                        th.number scope="col" { (lang.of("单独", "Alone")) }
                        th.number scope="col" { (lang.of("加筛选后", "With the filters")) }
                        th.number scope="col" { (lang.of("去掉此项后", "Without it")) }
                        th scope="col" { (lang.of("切成的词（篇数）", "Its words (articles)")) }
                    }
                }
                tbody {
                    @for part in &explanation.parts {
                        tr {
                            th scope="row" {
                                code { (part.part) }
                                @if part.excluded { span.soft { (lang.of(
                                    "（排除）",
                                    " (left out)",
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
            summary { (lang.of("这个检索是怎样理解的", "How this was understood")) }
            p {
                @if explanation.query.is_empty() { (lang.of(
                    "所有文章",
                    "Every article",
                )) } @else { code { (explanation.query) } }
                (lang.of("：筛选之后的 ", ": "))
                @let total = words::number(explanation.total);
                @let filtered = words::number(explanation.filtered);
                (match lang {
                    Lang::Zh => format!("{filtered} 篇中的 {total} 篇"),
                    Lang::En => format!("{total} of {filtered} that the filters leave"),
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
                            Lang::Zh => format!("“{name}”有 {} 个意思，都算在内：", paths.len()),
                            Lang::En => {
                                format!("{name} means {} districts, all taken: ", paths.len())
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
                            Lang::Zh => format!("有“{name}”这个地方，但库里没有它的文章。"),
                            Lang::En => format!("the archive has no article of {name}."),
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
                    (expansion.word) (lang.of(" 也找 ", " also finds "))
                    (expansion.added.join(lang.of("、", ", ")))
                }
                (lang.of("。", ". "))
                a href=(links::search(&exact)) { (lang.of("只找原词", "Only what I typed")) }
            }
        }
    }
}
