//! A search that cannot be answered: where it cannot be understood, and what was expected. The form
//! keeps all that was typed.

use maud::{Markup, html};

use super::form::{FormFocus, chips, examples, form};
use crate::pages::layout::frame::{Frame, frame};
use crate::pages::layout::links;
use crate::present::Lang;
use crate::present::errors;
use crate::present::words::{expected, found, param_error};
use crate::present::{Dimension, ParamError, SearchParams};
use crate::query::{Expected, Found, ParseError};
use crate::search::SearchError;

/// Why a search is refused.
#[derive(Debug, Clone, Copy)]
pub enum Refusal<'a> {
    /// A parameter cannot be understood.
    ParamError(&'a ParamError),
    /// The archive has nothing of that name, or the page is of another search. What is no fault of
    /// the search (an index that cannot be read) is for `error`.
    Unknown(&'a SearchError),
}

/// The page of a search that is refused.
#[must_use]
pub fn refused(about: &Frame, params: &SearchParams, why: Refusal) -> Markup {
    let lang = about.lang;
    let title = lang.of("检索条件有误", "Invalid search");
    // Where the query is right, it is one of the options that is wrong.
    let options =
        matches!(why, Refusal::ParamError(error) if !matches!(error, ParamError::Query(_)));
    let main = html! {
        (form(lang, params, if options { FormFocus::Options } else { FormFocus::Neither }))
        (chips(lang, params))
        h1 { (title) }
        (reason(lang, params, why))
    };
    frame(about, title, &main)
}

/// Why, and where.
pub(crate) fn reason(lang: Lang, params: &SearchParams, why: Refusal) -> Markup {
    html! {
        @match why {
            Refusal::ParamError(ParamError::Query(error)) => {
                (caret(lang, &params.q, error))
                details open { summary { (lang.of("检索语法", "Query syntax")) } (examples(lang)) }
            },
            Refusal::ParamError(other) => div.note.fail { p { (param_error(lang, other)) } },
            Refusal::Unknown(error) => (unknown(lang, params, error)),
        }
    }
}

/// The query with the place marked, and what was expected there.
fn caret(lang: Lang, typed: &str, error: &ParseError) -> Markup {
    let part = |range: std::ops::Range<usize>| typed.get(range).unwrap_or_default();
    let there = part(error.span.clone());
    html! {
        div.note.fail.caret {
            pre.typed lang=(Lang::Zh.tag()) {
                (part(0..error.span.start))
                @if there.is_empty() {
                    mark.wrong { span aria-hidden="true" { "▲" } span.unseen { (lang.of(
                        "【此处】",
                        "[here]",
                    )) } }
                } @else {
                    mark.wrong { (there) }
                }
                (part(error.span.end..typed.len()))
            }
            p {
                @let (at, found) = (place(typed, error), found(lang, &error.found));
                @let expected = expected(lang, error.expected);
                // What was opened and is not closed is marked from there to the end.
                @let is_open = error.found == Found::End && !there.is_empty();
                @let sign = if matches!(error.expected, Expected::ClosingBracket(_)) { "括号" } else { "引号" };
                @match lang {
                    Lang::Zh if is_open => {
                        "第 " (at) " 个字符处的" (sign) "未闭合：" strong { (expected) } "。"
                    },
                    Lang::En if is_open => {
                        "What opens at character " (at) " is not closed: expected "
                        strong { (expected) } "."
                    },
                    Lang::Zh => {
                        "第 " (at) " 个字符处为" strong { (found) } "：" strong { (expected) } "。"
                    },
                    Lang::En => {
                        "At character " (at) ": found " strong { (found) }
                        ", expected " strong { (expected) } "."
                    },
                }
            }
        }
    }
}

fn place(typed: &str, error: &ParseError) -> usize {
    typed.get(..error.span.start).unwrap_or(typed).chars().count() + 1
}

fn unknown(lang: Lang, params: &SearchParams, error: &SearchError) -> Markup {
    html! {
        div.note.fail {
            @match error {
                SearchError::UnknownTopic { topic, labels } => {
                    p { (errors::unknown_topic(lang, topic)) }
                    ul.chips {
                        @for label in labels {
                            @let to = params.with_values(Dimension::Topic, vec![label.clone()]);
                            li { a.chip href=(links::search(&to)) { (label) } }
                        }
                    }
                },
                SearchError::StaleCursor => p {
                    (errors::error(lang, error))
                    " "
                    a href=(links::search(&params.from_the_start())) { (lang.of(
                        "转到第一页",
                        "Go to the first page",
                    )) }
                },
                other => p { (errors::error(lang, other)) },
            }
        }
    }
}
