//! The forms of editors: each is one decision, which is written, ingested in the background, and
//! answered with the page that the form was on. Where somebody else decided on the same meanwhile,
//! both values are shown instead.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::changes::{ArticleForm, LinesChange, LinesForm};
use super::editor::{Editor, EditorForm};
use super::ingesting::IngestState;
use super::unsent::FormSender;
use crate::model::{ArticleId, Change, Correction, EntryId};
use crate::pages::layout::links;
use crate::pages::{self, ConflictPage, Frame, RefusedForm};
use crate::present::words;
use crate::present::{
    CorrectError, Decision, Lang, Revision, Target, correct, current_file, take_back,
};
use crate::web::archive::OpenArchive;
use crate::web::middleware::language::is_path_here;
use crate::web::{AppState, Detail, InPath, Problem};

/// How long an answer waits for the ingest of what was decided: pages then show it already.
const PATIENCE: Duration = Duration::from_secs(3);

/// The form that takes an entry back.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct UndoForm {
    entry: String,
    file: String,
    seen: Option<String>,
    back: String,
}

/// What came of a form.
enum FormOutcome {
    /// With the file, by the name that it has now, and the page to go back to.
    Written { entry: Box<Correction>, file: String, back: String },
    /// The page with both values.
    Conflict(Box<ConflictPage>),
}

/// What a form asked for, as it is shown beside what others decided, and sent again.
struct SentForm {
    action: String,
    field: String,
    mine: String,
    fields: Vec<(String, String)>,
    back: String,
}

/// `/edit/state`: how far the index is.
#[derive(Debug, Serialize)]
pub(crate) struct StateAnswer {
    state: &'static str,
}

/// `/edit/article/{id}`
pub(crate) async fn article(
    State(state): State<AppState>,
    lang: Lang,
    InPath(id): InPath<String>,
    EditorForm { editor, form, sender }: EditorForm<ArticleForm>,
) -> Result<Response, Problem> {
    let again = sender.zip(editor.signed_in(&state)).map(|(sender, editor)| {
        let action = links::edit_article(&ArticleId(id.clone()));
        let fields = with_seen(form.fields(), form.seen.as_ref());
        (sender, RefusedForm { editor, action, field: form.field.clone(), fields })
    });
    let decided = of_article(state, lang, id, editor, form).await;
    or_again(decided, again)
}

/// The fields of a form with what had been decided when it was made.
fn with_seen(mut fields: Vec<(String, String)>, seen: Option<&String>) -> Vec<(String, String)> {
    fields.extend(seen.map(|seen| ("seen".to_owned(), seen.clone())));
    fields
}

/// The answer, or the form again with what was typed, if a value in it is none.
fn or_again(
    decided: Result<Response, Problem>,
    again: Option<(FormSender, RefusedForm)>,
) -> Result<Response, Problem> {
    match (decided, again) {
        (Err(problem), Some((sender, form))) if problem.status() == StatusCode::BAD_REQUEST => {
            Ok(sender.asked_again(&problem, &form))
        }
        (decided, _) => decided,
    }
}

async fn of_article(
    state: AppState,
    lang: Lang,
    id: String,
    editor: Editor,
    form: ArticleForm,
) -> Result<Response, Problem> {
    let id = ArticleId(id);
    let change = form.change()?;
    let asked = SentForm {
        action: links::edit_article(&id),
        field: change.field(),
        mine: words::decided_value(lang, &change),
        fields: form.fields(),
        back: form.back.clone(),
    };
    let (why, seen) = (form.why, form.seen);
    let found = written(&state, editor, why, seen, asked, move |opened, door| {
        // A former id leads to the article that has the text now.
        let target =
            Target::Article(opened.archive.get(&id)?.into_iter().next().map_or(id, |one| one.id));
        door.correct(opened, &target, change)
    });
    answered(&state, lang, found.await?, None).await
}

/// `/edit/lines`
pub(crate) async fn lines(
    State(state): State<AppState>,
    lang: Lang,
    EditorForm { editor, form, sender }: EditorForm<LinesForm>,
) -> Result<Response, Problem> {
    let again = sender.zip(editor.signed_in(&state)).map(|(sender, editor)| {
        let (action, field) = (links::EDIT_LINES.to_owned(), form.field().to_owned());
        let fields = with_seen(form.fields(), form.seen.as_ref());
        (sender, RefusedForm { editor, action, field, fields })
    });
    or_again(of_lines(state, lang, editor, form).await, again)
}

async fn of_lines(
    state: AppState,
    lang: Lang,
    editor: Editor,
    form: LinesForm,
) -> Result<Response, Problem> {
    let change = form.change()?;
    let (field, mine) = match &change {
        LinesChange::Of(_, change) => (change.field(), words::decided_value(lang, change)),
        LinesChange::Joins(id) => ("joins".to_owned(), id.to_string()),
    };
    let (action, fields) = (links::EDIT_LINES.to_owned(), form.fields());
    let asked = SentForm { action, field, mine, fields, back: form.back.clone() };
    let row = form.first_row();
    let found =
        written(&state, editor, form.why, form.seen, asked, move |opened, door| match change {
            LinesChange::Of(target, change) => door.correct(opened, &target, change),
            LinesChange::Joins(id) => {
                let second = opened.archive.get(&id)?.into_iter().next();
                let second = second.ok_or(CorrectError::NoArticle(id))?;
                let [before, _] = opened.archive.neighbours(&second)?;
                let before = before.ok_or_else(|| CorrectError::Target {
                    field: "joins".to_owned(),
                    expected: "an article with one before it in its file",
                })?;
                door.correct(opened, &Target::Article(before.id), Change::Joins(second.id))
            }
        });
    answered(&state, lang, found.await?, row).await
}

/// `/edit/undo`
pub(crate) async fn undo(
    State(state): State<AppState>,
    lang: Lang,
    EditorForm { editor, form, .. }: EditorForm<UndoForm>,
) -> Result<Response, Problem> {
    let UndoForm { entry, file, seen, back } = form;
    let named = [("entry", &entry), ("file", &file), ("back", &back)];
    let asked = SentForm {
        action: links::EDIT_UNDO.to_owned(),
        field: "undo".to_owned(),
        mine: String::new(),
        fields: named.map(|(name, value)| (name.to_owned(), value.clone())).to_vec(),
        back: back.clone(),
    };
    let found = written(&state, editor, String::new(), seen, asked, move |_, door| {
        let file = Some(file.as_str()).filter(|file| !file.is_empty());
        take_back(&door.folder, file, &EntryId(entry), &door.decision, door.seen.as_ref())
    });
    answered(&state, lang, found.await?, None).await
}

/// `/edit/state`
pub(crate) async fn state(
    State(state): State<AppState>,
    _editor: Editor,
) -> Result<Json<StateAnswer>, Problem> {
    let editing = state.editing().ok_or_else(|| Problem::not_found(Detail::EditingOff))?;
    let state = match editing.ingesting.state() {
        IngestState::Done => "done",
        IngestState::Running => "running",
        IngestState::Failed => "failed",
    };
    Ok(Json(StateAnswer { state }))
}

/// What is needed to write a decision down.
struct Door {
    corpus: std::path::PathBuf,
    folder: crate::curation::CurationFolder,
    decision: Decision,
    seen: Option<Revision>,
}

impl Door {
    fn correct(
        self,
        opened: &OpenArchive,
        target: &Target,
        change: Change,
    ) -> Result<Correction, CorrectError> {
        let Self { corpus, folder, decision, seen } = self;
        correct(&opened.archive, &corpus, &folder, target, change, &decision, seen.as_ref())
    }
}

/// Has a decision written down, and the file of it read again: also where nobody waits for the answer
/// any more.
async fn written(
    state: &AppState,
    editor: Editor,
    why: String,
    seen: Option<String>,
    asked: SentForm,
    write: impl FnOnce(&OpenArchive, Door) -> Result<Correction, CorrectError> + Send + 'static,
) -> Result<FormOutcome, Problem> {
    let (corpus, folder) = (state.options().corpus.clone(), state.options().curation.clone());
    let signed_in = editor.signed_in(state);
    let decision = Decision { by: editor.name, why, at: Timestamp::now() };
    let seen = seen.map(Revision);
    let editing = state.editing().ok_or_else(|| Problem::not_found(Detail::EditingOff))?;
    let ingesting = editing.ingesting.clone();
    state
        .ask(move |opened| {
            let door = Door { corpus, folder, decision, seen: seen.clone() };
            let theirs = match write(opened, door) {
                Ok(entry) => {
                    let file = current_file(&opened.archive, &entry).unwrap_or_else(|error| {
                        tracing::warn!(%error, "the file of a decision is not known");
                        entry.anchor.file.clone()
                    });
                    ingesting.ask([file.clone()]);
                    let (entry, back) = (Box::new(entry), asked.back);
                    return Ok(FormOutcome::Written { entry, file, back });
                }
                Err(CorrectError::Conflict(theirs)) => theirs,
                Err(error) => return Err(error.into()),
            };
            // A program gets the problem; a page is of use to a browser alone.
            let Some(editor) = signed_in else { return Err(CorrectError::Conflict(theirs).into()) };
            // What is shown counts as seen, and no decision that somebody makes at this moment.
            let seen = seen.unwrap_or_default().with(&theirs);
            let SentForm { action, field, mine, mut fields, back } = asked;
            fields.push(("seen".to_owned(), seen.to_string()));
            let back = if is_path_here(&back) { back } else { "/".to_owned() };
            let page = ConflictPage { editor, theirs, field, mine, action, fields, back };
            Ok(FormOutcome::Conflict(Box::new(page)))
        })
        .await
}

/// Leads back to the page that the form was on, once the index has what was decided, or after a
/// while.
async fn answered(
    state: &AppState,
    lang: Lang,
    outcome: FormOutcome,
    row: Option<u32>,
) -> Result<Response, Problem> {
    let editing = state.editing().ok_or_else(|| Problem::not_found(Detail::EditingOff))?;
    let (entry, file, back) = match outcome {
        FormOutcome::Written { entry, file, back } => (entry, file, back),
        FormOutcome::Conflict(page) => {
            let frame = Frame { lang, here: page.back.clone(), ..Frame::default() };
            return Ok((StatusCode::CONFLICT, pages::conflict(&frame, &page)).into_response());
        }
    };
    editing.ingesting.settled(PATIENCE).await;
    state.look_again();
    let back = returned(&back, &entry, &file, row);
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, back)]).into_response())
}

/// The page that a form was on, with the decision that was made there, at the row that it was about or
/// at what is said of it.
fn returned(back: &str, entry: &Correction, file: &str, row: Option<u32>) -> String {
    let of_article = entry.article.as_ref().map(|id| links::article(id, None));
    let other = || of_article.unwrap_or_else(|| links::source(file, None, None));
    let back = if is_path_here(back) { back.to_owned() } else { other() };
    let (page, _) = back.split_once('#').unwrap_or((&back, ""));
    let (path, query) = page.split_once('?').unwrap_or((page, ""));
    let kept = query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("saved"));
    let saved = [("saved", entry.id.0.as_str()), ("saved_in", file)];
    // Two strings can always be written.
    let saved = serde_html_form::to_string(saved).unwrap_or_default();
    let query: Vec<&str> = kept.chain([saved.as_str()]).collect();
    let place = row.map_or_else(|| "saved".to_owned(), |row| format!("L{row}"));
    format!("{path}?{}#{place}", query.join("&"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Anchor;

    #[test]
    fn a_form_leads_back_to_its_page_and_nowhere_else() {
        let entry = Correction {
            id: EntryId("abc".into()),
            article: Some(ArticleId("0123456789ab".into())),
            anchor: Anchor { file: "a b.txt".into(), ..Anchor::default() },
            change: Change::Title("甲".into()),
            was: String::new(),
            by: "王芳".into(),
            at: Timestamp::UNIX_EPOCH,
            why: String::new(),
        };
        let led = |back: &str, row| returned(back, &entry, "a b.txt", row);
        assert_eq!(
            led("/article/x?q=1&saved=old&saved_in=c#text", None),
            "/article/x?q=1&saved=abc&saved_in=a+b.txt#saved"
        );
        assert_eq!(
            led("/source?file=a", Some(12)),
            "/source?file=a&saved=abc&saved_in=a+b.txt#L12"
        );
        for elsewhere in ["", "//evil.example", "https://evil.example", "/\\evil.example"] {
            assert_eq!(
                led(elsewhere, None),
                "/article/0123456789ab?saved=abc&saved_in=a+b.txt#saved"
            );
        }
    }
}
