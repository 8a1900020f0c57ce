//! The forms of tags, notes and collections.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde::Deserialize;

use super::editor::{Editor, EditorForm};
use crate::model::ArticleId;
use crate::pages::layout::links;
use crate::pages::{self, ChangedPage, Frame};
use crate::present::{Desk, ItemPlace, Lang, NotingError};
use crate::web::archive::OpenArchive;
use crate::web::request::chosen::single;
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
    EditorForm { editor, form, .. }: EditorForm<NoteForm>,
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
    EditorForm { editor, form, .. }: EditorForm<CollectionForm>,
) -> Result<Response, Problem> {
    write(&state, editor.name, move |_, desk| {
        let about = Some(form.about.as_str()).filter(|about| !about.trim().is_empty());
        let name = desk.begin(&form.name, Some(""), about)?;
        Ok(links::collection(&name))
    })
    .await
}

/// A form of a collection.
pub(crate) async fn collection(
    State(state): State<AppState>,
    lang: Lang,
    InPath(name): InPath<String>,
    EditorForm { editor, form, .. }: EditorForm<CollectionForm>,
) -> Result<Response, Problem> {
    let unsent = changed_text(&state, &editor, &name, &form);
    let written = write(&state, editor.name, move |opened, desk| {
        let page = links::collection(&name);
        let known = opened.archive.notebook().collections.get(name.trim());
        let Some(known) = known else {
            return Err(Problem::not_found(Detail::NoCollection { name }));
        };
        let article = ArticleId(form.article.clone());
        match form.action.as_str() {
            "about" => drop(desk.begin(&name, Some(&form.was), Some(&form.about))?),
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
        Ok(match form.action.as_str() {
            "about" => page,
            _ => links::collection_item(&name, &ArticleId(form.article)),
        })
    })
    .await;
    match (written, unsent) {
        (Err(problem), Some(unsent)) => Ok(shown_beside(lang, problem, unsent)),
        (written, _) => written,
    }
}

/// The page that shows what an editor typed beside what somebody else wrote meanwhile, as far as the
/// form tells; `None` for a program, and where the form has no text that could be lost.
fn changed_text(
    state: &AppState,
    editor: &Editor,
    name: &str,
    form: &CollectionForm,
) -> Option<ChangedPage> {
    let mine = match form.action.as_str() {
        "remark" => &form.remark,
        "about" => &form.about,
        _ => return None,
    };
    let fields = [("action", &form.action), ("article", &form.article)];
    Some(ChangedPage {
        editor: editor.signed_in(state)?,
        now: String::new(),
        field: form.action.clone(),
        mine: mine.clone(),
        action: links::collection(name),
        fields: fields.map(|(name, value)| (name.to_owned(), value.clone())).to_vec(),
        back: links::collection(name),
    })
}

/// The same with what it says now, where that is why nothing was written.
fn shown_beside(lang: Lang, problem: Problem, mut page: ChangedPage) -> Response {
    let Some(now) = problem.value.text_now() else { return problem.into_response() };
    page.fields.push(("was".to_owned(), now.to_owned()));
    now.clone_into(&mut page.now);
    let frame = Frame { lang, here: page.back.clone(), ..Frame::default() };
    (problem.status(), pages::changed(&frame, &page)).into_response()
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
    let own = state.clone();
    let page = state.ask(move |opened| {
        let desk = Desk {
            archive: &opened.archive,
            corpus: &corpus,
            folder: &folder,
            by: &by,
            at: Timestamp::now(),
        };
        let page = work(opened, &desk);
        own.look_again();
        page
    });
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, page.await?)]).into_response())
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
            NotingError::Name { .. } => Self::parameter("name", Detail::noting(error)),
            NotingError::Text => Self::parameter("text", Detail::noting(error)),
            NotingError::Passage { .. } => Self::parameter("passage", Detail::noting(error)),
            NotingError::SeveralNotes { .. } => Self::parameter("note", Detail::noting(error)),
        }
    }
}
