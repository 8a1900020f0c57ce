//! `/saved`: the saved searches.

use axum::extract::State;
use maud::Markup;

use crate::pages;
use crate::pages::{Frame, SavedPage, SavedRow};
use crate::present::{Lang, words};
use crate::web::api::saved::{SavedCount, list};
use crate::web::{AppState, NoParams, Only, Problem};

/// The page.
pub(crate) async fn page(
    State(state): State<AppState>,
    lang: Lang,
    _: Only<NoParams>,
) -> Result<Markup, Problem> {
    let folder = state.options().curation.clone();
    state
        .ask(move |opened| {
            let saved = list(opened, &folder, lang)?;
            let searches = saved.searches.into_iter().map(row).collect();
            let (here, articles) = ("/saved".to_owned(), Some(opened.articles));
            let about = Frame { lang, here, articles, ..Frame::default() };
            let page = SavedPage { searches, unreadable: saved.unreadable };
            Ok(pages::saved(&about, &page))
        })
        .await
}

fn row(saved: SavedCount) -> SavedRow {
    SavedRow {
        name: saved.name,
        search: saved.search,
        params: saved.params,
        articles: saved.articles.ok_or_else(|| saved.error.unwrap_or_default()),
        by: saved.by,
        day: words::day(saved.at),
    }
}
