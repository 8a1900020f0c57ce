//! What an editor sees on the pages of an article and of a file.

use super::ingesting::IngestState;
use crate::curation::{CurationFolder, replaced};
use crate::model::{ArticleId, Change, Correction, EntryId, FileReport, Record};
use crate::pages::{EditView, IngestNote, ShownDecision, SignedIn};
use crate::present::{EntryState, history, revision};
use crate::search::{Archive, Request};
use crate::web::editing::editor::Editor;
use crate::web::{AppState, Problem};

/// Decisions that are listed at most.
const MAX_SHOWN: usize = 200;

/// Who edits, with what the server keeps of that, before the archive is asked.
#[derive(Debug)]
pub(crate) struct Viewer {
    editor: SignedIn,
    folder: CurationFolder,
    ingest: IngestNote,
    back: String,
    saved: Option<EntryId>,
}

impl Viewer {
    /// `None` for a reader. `back` is the page that forms come back to, `saved` the decision that was
    /// just made on it.
    pub(crate) fn new(
        state: &AppState,
        editor: Option<&Editor>,
        back: String,
        saved: String,
    ) -> Option<Self> {
        let editor = editor?.signed_in(state)?;
        let ingest = match state.editing()?.ingesting.state() {
            IngestState::Done => IngestNote::Done,
            IngestState::Running => IngestNote::Running,
            IngestState::Failed(why) => IngestNote::Failed(why),
        };
        let folder = state.options().curation.clone();
        let saved = Some(saved).filter(|saved| !saved.is_empty()).map(EntryId);
        Some(Self { editor, folder, ingest, back, saved })
    }

    /// The forms about an article, or about the file of a report.
    ///
    /// # Errors
    /// When the folder of decisions or the index cannot be read.
    pub(crate) fn view(
        self,
        archive: &Archive,
        report: Option<&FileReport>,
        record: Option<&Record>,
    ) -> Result<EditView, Problem> {
        let Self { editor, folder, ingest, back, saved } = self;
        let file = record.map(|record| record.source.as_str());
        let file = file.or(report.map(|report| report.source.as_str()));
        let Some(file) = file else {
            let (seen, seen_in_file, decisions, topics) = Default::default();
            return Ok(EditView {
                editor,
                seen,
                seen_in_file,
                back,
                decisions,
                topics,
                ingest,
                saved: None,
            });
        };
        let read = |article: Option<&ArticleId>| {
            revision(&folder, file, article).map(|revision| revision.to_string())
        };
        let seen_in_file = read(None)?;
        let seen = match record {
            Some(record) => read(Some(&record.id))?,
            None => seen_in_file.clone(),
        };
        let all = history(&folder, file, None)?;
        let made = saved.as_ref().and_then(|saved| all.iter().find(|(one, _)| one.id == *saved));
        let saved_undo = made.filter(|(entry, _)| matches!(entry.change, Change::Undo(_)));
        let mut made = saved_undo.map(|(entry, undone)| {
            let state = match undone {
                Some(undo) => EntryState::TakenBack { by: undo.by.clone() },
                None => EntryState::TakesBack,
            };
            ShownDecision { entry: entry.clone(), state }
        });
        let of_page = |entry: &Correction| match record {
            None => true,
            Some(record) => is_about(entry, record) || saved.as_ref() == Some(&entry.id),
        };
        let mut decisions: Vec<ShownDecision> = Vec::new();
        let is_undo = |entry: &Correction| matches!(entry.change, Change::Undo(_));
        let counted = all.iter().filter(|(entry, undone)| undone.is_none() && !is_undo(entry));
        let replaced = replaced(counted.map(|(entry, _)| entry));
        for (entry, undone) in all.iter().rev() {
            if is_undo(entry) || !of_page(entry) {
                continue;
            }
            let state = match undone {
                Some(undo) => EntryState::TakenBack { by: undo.by.clone() },
                None if replaced.contains(&entry.id) => EntryState::Replaced,
                None => state_of(entry, report),
            };
            decisions.push(ShownDecision { entry: entry.clone(), state });
            if decisions.len() == MAX_SHOWN {
                break;
            }
        }
        if made.is_none() {
            made = decisions.iter().find(|one| saved.as_ref() == Some(&one.entry.id)).cloned();
        }
        let topics = match record {
            Some(_) => topics(archive)?,
            None => Vec::new(),
        };
        Ok(EditView { editor, seen, seen_in_file, back, decisions, topics, ingest, saved: made })
    }
}

/// Whether an entry is about an article as it is now.
fn is_about(entry: &Correction, record: &Record) -> bool {
    let of_article =
        entry.article.as_ref().is_some_and(|id| *id == record.id || record.former_ids.contains(id));
    of_article || record.corrections.iter().any(|applied| applied.entry == entry.id)
}

fn state_of(entry: &Correction, report: Option<&FileReport>) -> EntryState {
    let Some(report) = report else { return EntryState::Waiting };
    if let Some(unplaced) = report.unplaced.iter().find(|unplaced| unplaced.entry == entry.id) {
        return EntryState::Unplaced { reason: unplaced.reason.clone() };
    }
    if report.corrections.contains(&entry.id) {
        return EntryState::Applied;
    }
    EntryState::Waiting
}

/// The topics that articles have.
fn topics(archive: &Archive) -> Result<Vec<String>, Problem> {
    let topics = archive.facets(&Request::default())?.topics;
    Ok(topics.into_iter().map(|count| count.value).collect())
}
