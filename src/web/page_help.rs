//! `/help`: the query language, keys, dates, districts, citing.

use axum::extract::State;
use maud::Markup;

use super::{App, Problem};
use crate::pages::{self, Frame, Lang, Section};

/// The page. It is there also while the archive is not.
pub(super) async fn page(State(app): State<App>, lang: Lang) -> Result<Markup, Problem> {
    let articles = app.archive().await.ok().map(|opened| opened.articles);
    let here = "/help".to_owned();
    Ok(pages::help(&Frame { lang, here, section: Section::Help, articles, ..Frame::default() }))
}
