//! A trend that cannot be drawn: which of its lines cannot be understood, and where. The form keeps
//! all that was typed.

use maud::{Markup, html};

use super::TrendParams;
use super::form::form;
use crate::pages::layout::frame::{Frame, frame};
use crate::pages::search::refused::{Refusal, reason};
use crate::present::words::param_error;
use crate::present::{Lang, ParamError, SearchParams};

/// Why a trend is refused.
#[derive(Debug, Clone, Copy)]
pub enum TrendRefusal<'a> {
    /// The lines as a whole are refused.
    Lines(&'a ParamError),
    /// The search of a line is refused.
    Line(&'a SearchParams, Refusal<'a>),
}

/// The page of a trend that is refused.
#[must_use]
pub fn trend_refused(about: &Frame, params: &TrendParams, why: TrendRefusal) -> Markup {
    let lang = about.lang;
    let title = lang.of("趋势条件有误", "Invalid trend");
    let main = html! {
        div.trend {
            h1 { (title) }
            @match why {
                TrendRefusal::Lines(error) => {
                    div.note.fail { p { (param_error(lang, error)) } }
                }
                TrendRefusal::Line(search, why) => {
                    @if let Some(at) = params.lines.iter().position(|line| *line == search.q) {
                        p { strong { (which(lang, at + 1)) } code lang=(Lang::Zh.tag()) { (search.q) } }
                    }
                    (reason(lang, search, why))
                }
            }
            (form(lang, params))
        }
    };
    frame(about, title, &main)
}

/// The field of the form, from 1.
fn which(lang: Lang, at: usize) -> String {
    match lang {
        Lang::Zh => format!("检索词 {at}："),
        Lang::En => format!("Terms, field {at}: "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::parse;
    use crate::search::SearchError;

    fn page(lang: Lang, why: TrendRefusal) -> String {
        let lines = vec!["氢能".to_owned(), "\"<i>".to_owned()];
        let params = TrendParams { lines, ..TrendParams::default() };
        trend_refused(&Frame { lang, ..Frame::default() }, &params, why).into_string()
    }

    #[test]
    fn the_line_that_is_wrong_is_named_with_its_place_and_the_form_is_kept() {
        let search = SearchParams { q: "\"<i>".into(), ..SearchParams::default() };
        let error = ParamError::Query(parse(&search.q).expect_err("no closing quote"));
        let zh = page(Lang::Zh, TrendRefusal::Line(&search, Refusal::ParamError(&error)));
        assert!(
            zh.contains("检索词 2：") && zh.contains("<mark class=\"wrong\">&quot;&lt;i&gt;"),
            "{zh}"
        );
        assert!(zh.contains("value=\"氢能\"") && zh.contains("value=\"&quot;&lt;i&gt;\""), "{zh}");
    }

    #[test]
    fn what_is_wrong_with_all_lines_is_said_in_both_languages() {
        let search = SearchParams { q: "氢能".into(), ..SearchParams::default() };
        let error = SearchError::UnknownDistrict { name: "<b>".into(), near: Vec::new() };
        for lang in Lang::ALL {
            let unknown = page(lang, TrendRefusal::Line(&search, Refusal::Unknown(&error)));
            assert!(unknown.contains("&lt;b&gt;") && unknown.contains("<form"), "{unknown}");
            let error = ParamError::TooManyLines { name: "line", lines: 10 };
            let many = page(lang, TrendRefusal::Lines(&error));
            let words =
                lang.of("10 条线太多，难以分辨；至多 8 条", "too many lines: 10; at most 8");
            assert!(many.contains(words) && many.contains("<form"), "{many}");
        }
    }
}
