//! `/help`: the query language, keys, dates, districts, citing.

use axum::extract::State;
use maud::Markup;

use crate::pages;
use crate::pages::{Frame, Section};
use crate::present::Lang;
use crate::web::{AppState, Problem};

/// The page. It is there also while the archive is not.
pub(crate) async fn page(State(state): State<AppState>, lang: Lang) -> Result<Markup, Problem> {
    let articles = state.archive().await.ok().map(|opened| opened.articles);
    let here = "/help".to_owned();
    Ok(pages::help(&Frame { lang, here, section: Section::Help, articles, ..Frame::default() }))
}
