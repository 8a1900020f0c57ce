//! A series that cannot be shown: why, with what is near. The form keeps all that was typed.

use maud::{Markup, html};

use super::form::form;
use crate::pages::layout::frame::{Frame, frame};
use crate::pages::layout::links;
use crate::present::errors::error;
use crate::present::words::param_error;
use crate::present::{Lang, ParamError, SeriesParams};
use crate::search::{Count, SearchError};

/// Why a series is refused.
#[derive(Debug, Clone, Copy)]
pub enum SeriesRefusal<'a> {
    /// A parameter cannot be understood.
    Param(&'a ParamError),
    /// The archive cannot answer: nothing is called so.
    Unknown(&'a SearchError),
}

/// The page of a series that is refused.
#[must_use]
pub fn indicators_refused(
    about: &Frame,
    params: &SeriesParams,
    names: &[Count],
    why: SeriesRefusal,
) -> Markup {
    let lang = about.lang;
    let title = lang.of("指标条件有误", "Invalid series");
    let main = html! {
        div.indicators {
            h1 { (title) }
            div.note.fail { (reason(lang, params, why)) }
            (form(lang, params, names))
        }
    };
    frame(about, title, &main)
}

fn reason(lang: Lang, params: &SeriesParams, why: SeriesRefusal) -> Markup {
    let near: Vec<(&String, SeriesParams)> = match why {
        SeriesRefusal::Unknown(SearchError::UnknownIndicator { near, .. }) => {
            let instead = |name: &String| SeriesParams { name: name.clone(), ..params.clone() };
            near.iter().map(|name| (name, instead(name))).collect()
        }
        SeriesRefusal::Unknown(SearchError::UnknownDistrict { name: unknown, near }) => {
            let instead = |name: &String| {
                let changed = params.district.iter().map(|known| {
                    if known.trim() == unknown { name.clone() } else { known.clone() }
                });
                SeriesParams { district: changed.collect(), ..params.clone() }
            };
            near.iter().map(|name| (name, instead(name))).collect()
        }
        _ => Vec::new(),
    };
    html! {
        p { (match why {
            SeriesRefusal::Param(error) => param_error(lang, error),
            SeriesRefusal::Unknown(unknown) => error(lang, unknown),
        }) }
        @if !near.is_empty() {
            ul.chips {
                @for (name, instead) in &near {
                    li { a.chip href=(links::series(instead)) lang=(Lang::Zh.tag()) { (name) } }
                }
            }
        }
    }
}
