//! `/article/{id}/compare/{other}`: two articles side by side.

use axum::extract::State;
use axum::http::Uri;
use maud::Markup;

use crate::pages;
use crate::pages::Frame;
use crate::present::Lang;
use crate::search::compare;
use crate::web::request::chosen::single;
use crate::web::{AppState, InPath, Problem};

/// The page.
pub(crate) async fn page(
    State(state): State<AppState>,
    lang: Lang,
    uri: Uri,
    InPath((first, second)): InPath<(String, String)>,
) -> Result<Markup, Problem> {
    state
        .ask(move |opened| {
            let (first, second) = (single(opened, &first)?, single(opened, &second)?);
            let (here, articles) = (uri.to_string(), Some(opened.articles));
            let frame = Frame { lang, here, articles, ..Frame::default() };
            Ok(pages::compare(&frame, &first, &second, &compare(&first, &second)))
        })
        .await
}
