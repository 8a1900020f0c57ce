//! The forms of tags, notes and collections.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde::Deserialize;

use super::editor::EditorForm;
use crate::model::ArticleId;
use crate::pages::layout::links;
use crate::present::{Desk, ItemPlace, NotingError};
use crate::web::request::chosen::single;
use crate::web::state::OpenArchive;
use crate::web::{AppState, Detail, InPath, Problem};

/// What the forms of an article send.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct NoteForm {
    action: String,
    tag: String,
    text: String,
    passage: String,
    note: String,
    collection: String,
    remark: String,
}

/// What the forms of a collection send.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct CollectionForm {
    action: String,
    name: String,
    about: String,
    article: String,
    was: String,
    remark: String,
    /// The article behind which it goes; empty for the first place.
    after: Option<String>,
    /// The place that it goes to, from 1.
    to: Option<usize>,
}

/// A form of an article.
pub(crate) async fn article(
    State(state): State<AppState>,
    InPath(id): InPath<String>,
    EditorForm { editor, form }: EditorForm<NoteForm>,
) -> Result<Response, Problem> {
    let by = editor.name;
    write(&state, by, move |opened, desk| {
        let record = single(opened, &id)?;
        let one = std::slice::from_ref(&record);
        match form.action.as_str() {
            "tag" => desk.tag(one, &form.tag, true)?,
            "untag" => desk.tag(one, &form.tag, false)?,
            "note" => drop(desk.note(&record, &form.text, &form.passage)?),
            "take_back" => desk.take_back(&opened.notes, &record, &form.note)?,
            "collect" => {
                let remark = Some(form.remark.as_str()).filter(|remark| !remark.trim().is_empty());
                desk.add(&form.collection, one, remark, &ItemPlace::Last)?;
            }
            _ => return Err(Problem::parameter("action", Detail::NoOperation)),
        }
        Ok(format!("{}#notes", links::article(&record.id, None)))
    })
    .await
}

/// A collection that is begun.
pub(crate) async fn begin(
    State(state): State<AppState>,
    EditorForm { editor, form }: EditorForm<CollectionForm>,
) -> Result<Response, Problem> {
    write(&state, editor.name, move |_, desk| {
        let name = desk.begin(&form.name, &form.about)?;
        Ok(links::collection(&name))
    })
    .await
}

/// A form of a collection.
pub(crate) async fn collection(
    State(state): State<AppState>,
    InPath(name): InPath<String>,
    EditorForm { editor, form }: EditorForm<CollectionForm>,
) -> Result<Response, Problem> {
    write(&state, editor.name, move |opened, desk| {
        let page = links::collection(&name);
        let known = opened.archive.notebook().collections.get(name.trim());
        let Some(known) = known else {
            return Err(Problem::not_found(Detail::NoCollection { name }));
        };
        let article = ArticleId(form.article.clone());
        match form.action.as_str() {
            "about" => drop(desk.begin(&name, &form.about)?),
            "remark" => desk.remark(&name, &article, &form.was, &form.remark)?,
            "remove" => {
                desk.remove(&name, &[article])?;
                return Ok(page);
            }
            "move" => {
                let others = known.items.iter().filter(|item| item.article != article);
                let place = match (form.after, form.to) {
                    (Some(after), _) if after.is_empty() => ItemPlace::First,
                    (Some(after), _) => ItemPlace::After(ArticleId(after)),
                    (None, Some(0 | 1)) => ItemPlace::First,
                    (None, Some(to)) => others
                        .take(to - 1)
                        .last()
                        .map_or(ItemPlace::Last, |item| ItemPlace::After(item.article.clone())),
                    (None, None) => ItemPlace::Last,
                };
                desk.move_item(&name, &article, &place)?;
            }
            _ => return Err(Problem::parameter("action", Detail::NoOperation)),
        }
        Ok(format!("{page}#item-{}", form.article))
    })
    .await
}

/// Writes, and leads back to a page that shows it.
async fn write(
    state: &AppState,
    by: String,
    work: impl FnOnce(&OpenArchive, &Desk<'_>) -> Result<String, Problem> + Send + 'static,
) -> Result<Response, Problem> {
    let (corpus, folder) = (state.options().corpus.clone(), state.options().curation.clone());
    // What was written a moment ago counts.
    state.look_again();
    let page = state.ask(move |opened| {
        let desk = Desk {
            archive: &opened.archive,
            corpus: &corpus,
            folder: &folder,
            by: &by,
            at: Timestamp::now(),
        };
        work(opened, &desk)
    });
    let page = page.await;
    state.look_again();
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, page?)]).into_response())
}

impl From<NotingError> for Problem {
    fn from(error: NotingError) -> Self {
        match error {
            NotingError::Search(error) => error.into(),
            NotingError::Curation(error) => {
                // The message names folders of the server, so it goes to the log alone.
                tracing::error!(%error, "what an editor wrote could not be kept");
                Self::internal()
            }
            NotingError::Changed { .. } => {
                let (status, kind) = (StatusCode::CONFLICT, "urn:dibao:problem:conflict");
                Self::new(status, kind, "Changed meanwhile", Detail::noting(error))
            }
            NotingError::Note { .. }
            | NotingError::Collection { .. }
            | NotingError::Item { .. } => Self::not_found(Detail::noting(error)),
            NotingError::Name { .. }
            | NotingError::Text
            | NotingError::Passage { .. }
            | NotingError::SeveralNotes { .. } => Self::parameter("", Detail::noting(error)),
        }
    }
}
