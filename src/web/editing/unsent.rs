//! Forms that are not taken: what was typed into them is kept.

use axum::http::{HeaderMap, Uri, header};
use axum::response::{IntoResponse, Response};

use crate::pages::TYPED_FIELDS;
use crate::pages::layout::links;
use crate::pages::{self, Frame, RefusedForm, UnsentPage};
use crate::present::Lang;
use crate::web::Problem;
use crate::web::middleware::language;
use crate::web::middleware::language::is_path_here;
use crate::web::pages::error::accepts_html;

/// Somebody who sends a form from a page.
#[derive(Debug)]
pub(super) struct FormSender {
    lang: Lang,
    /// The page that the form was on.
    page: String,
}

impl FormSender {
    /// `None` for a program.
    pub(super) fn of(headers: &HeaderMap) -> Option<Self> {
        if !accepts_html(headers) {
            return None;
        }
        let page = headers.get(header::REFERER).and_then(|page| page.to_str().ok());
        let page = page.and_then(|page| page.parse::<Uri>().ok());
        let page = page.and_then(|page| page.path_and_query().map(ToString::to_string));
        let page = page.filter(|page| is_path_here(page)).unwrap_or_else(|| "/".to_owned());
        Some(Self { lang: language::of(headers), page })
    }

    /// The form again, with what was typed into it and why it was not taken.
    pub(super) fn asked_again(self, problem: &Problem, form: &RefusedForm) -> Response {
        let Self { lang, page } = self;
        let frame = Frame { lang, here: page.clone(), ..Frame::default() };
        let told = problem.value.text(lang);
        // People do not know the names of fields of a form.
        let why = TYPED_FIELDS.iter().find_map(|name| told.strip_prefix(name)?.strip_prefix('='));
        let page_again = pages::asked_again(&frame, why.unwrap_or(&told), form, &page);
        (problem.status(), page_again).into_response()
    }

    /// Why the form was not taken, what was typed into it, and the way to sign in again.
    pub(super) fn told(self, problem: &Problem, fields: &[(String, String)]) -> Response {
        let Self { lang, page } = self;
        let typed = TYPED_FIELDS.iter().flat_map(|name| {
            let values = fields.iter().filter(move |(field, _)| field == name);
            values.map(|(_, value)| value.clone()).filter(|value| !value.trim().is_empty())
        });
        let unsent = UnsentPage {
            why: problem.value.text(lang),
            typed: typed.collect(),
            login: links::login(&page),
            back: page,
        };
        let frame = Frame { lang, here: unsent.back.clone(), ..Frame::default() };
        (problem.status(), pages::unsent(&frame, &unsent)).into_response()
    }
}
