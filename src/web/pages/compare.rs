//! `/article/{id}/compare/{other}`: two articles side by side.

use axum::extract::State;
use axum::http::Uri;
use maud::Markup;

use crate::model::Record;
use crate::pages;
use crate::pages::Frame;
use crate::present;
use crate::present::Identified;
use crate::present::Lang;
use crate::search::compare;
use crate::web::state::OpenArchive;
use crate::web::{AppState, Detail, InPath, Problem};

/// The page.
pub(crate) async fn page(
    State(state): State<AppState>,
    lang: Lang,
    uri: Uri,
    InPath((first, second)): InPath<(String, String)>,
) -> Result<Markup, Problem> {
    state
        .ask(move |opened| {
            let (first, second) = (article(opened, &first)?, article(opened, &second)?);
            let (here, articles) = (uri.to_string(), Some(opened.articles));
            let frame = Frame { lang, here, articles, ..Frame::default() };
            Ok(pages::compare(&frame, &first, &second, &compare(&first, &second)))
        })
        .await
}

/// Several articles of one id have one text: any of them will do.
fn article(opened: &OpenArchive, id: &str) -> Result<Record, Problem> {
    let unknown = || Problem::not_found(Detail::NoSingleArticle { id: id.to_owned() });
    match present::find(&opened.archive, id)? {
        Identified::Article(found) => found.into_iter().next().ok_or_else(unknown),
        Identified::Nothing | Identified::Several(..) => Err(unknown()),
    }
}
