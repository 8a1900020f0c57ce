//! `/collections` and `/collection/{name}`: what people collected.

use axum::extract::State;
use axum::response::Response;
use maud::Markup;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::pages;
use crate::pages::layout::links;
use crate::pages::{Frame, MAX_COLLECTED};
use crate::present;
use crate::present::{Lang, whole_number};
use crate::web::api::export::export_collection;
use crate::web::editing::editor::Editor;
use crate::web::{AppState, Detail, InPath, NoParams, Only, Problem, Site};

/// The list.
pub(crate) async fn list(
    State(state): State<AppState>,
    lang: Lang,
    editor: Option<Editor>,
    _: Only<NoParams>,
) -> Result<Markup, Problem> {
    let login =
        (state.editing().is_some() && editor.is_none()).then(|| links::login(links::COLLECTIONS));
    let editor = editor.and_then(|editor| editor.signed_in(&state));
    state
        .ask(move |opened| {
            let (here, articles) = (links::COLLECTIONS.to_owned(), Some(opened.articles));
            let frame = Frame { lang, here, articles, ..Frame::default() };
            let listed = present::collections(&opened.archive);
            Ok(pages::collections(&frame, &listed, editor.as_ref(), login.as_deref()))
        })
        .await
}

/// Which of its articles.
#[derive(Default, Deserialize, IntoParams)]
#[serde(default)]
pub(crate) struct PlaceInCollection {
    /// Articles to pass over.
    offset: String,
    /// The article that is looked for.
    item: String,
}

/// One of them.
pub(crate) async fn page(
    State(state): State<AppState>,
    lang: Lang,
    editor: Option<Editor>,
    InPath(name): InPath<String>,
    Only(PlaceInCollection { offset, item }): Only<PlaceInCollection>,
) -> Result<Markup, Problem> {
    let offset = whole_number("offset", &offset)?.unwrap_or(0);
    let editor = editor.and_then(|editor| editor.signed_in(&state));
    state
        .ask(move |opened| {
            let archive = &opened.archive;
            let at = present::place_in_collection(archive, &name, &item);
            // Pages begin at whole numbers of them, so that each article is on one.
            let first = at.unwrap_or(offset) / MAX_COLLECTED * MAX_COLLECTED;
            let shown = first..first.saturating_add(MAX_COLLECTED);
            let Some(collected) = present::collected_part(archive, &name, shown)? else {
                return Err(Problem::not_found(Detail::NoCollection { name }));
            };
            let (here, articles) = (links::collection_from(&name, first), Some(opened.articles));
            let frame = Frame { lang, here, articles, ..Frame::default() };
            Ok(pages::collection(&frame, &collected, first, editor.as_ref()))
        })
        .await
}

/// The format of a file.
#[derive(Default, Deserialize, IntoParams)]
#[serde(default)]
pub(crate) struct CollectionFileParams {
    /// As with exports.
    format: String,
    /// The citation style.
    style: String,
}

/// One as a file.
pub(crate) async fn file(
    State(state): State<AppState>,
    site: Site,
    lang: Lang,
    InPath(name): InPath<String>,
    Only(CollectionFileParams { format, style }): Only<CollectionFileParams>,
) -> Result<Response, Problem> {
    export_collection(&state, site, lang, name, &format, &style).await
}
