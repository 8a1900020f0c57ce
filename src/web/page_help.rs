//! `/help`: the query language, keys, dates, districts, citing.

use axum::extract::State;
use maud::Markup;

use super::{App, Parameters, Problem};
use crate::pages::{self, Frame, Lang, Section};
use crate::search::Request;

/// The page. It is there also while the archive is not.
pub(super) async fn page(
    State(app): State<App>,
    lang: Lang,
    parameters: Parameters,
) -> Result<Markup, Problem> {
    parameters.none_left()?;
    let articles = app.ask(|opened| Ok(opened.archive.count(&Request::default())?)).await.ok();
    let here = "/help".to_owned();
    Ok(pages::help(&Frame { lang, here, section: Section::Help, articles, ..Frame::default() }))
}
