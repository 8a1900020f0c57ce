//! What an editor sees on the pages of an article and of a file.

use serde::Deserialize;
use utoipa::IntoParams;

use super::ingesting::IngestState;
use crate::curation::{CurationFolder, replaced};
use crate::model::{ArticleId, Change, Correction, FileReport, Record};
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
    saved: Saved,
}

/// The decision that was just made on a page, by the parameters that say so.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
pub(crate) struct Saved {
    /// The id of the entry.
    saved: String,
    /// The file that it is about.
    saved_in: String,
}

impl Viewer {
    /// `None` for a reader. `back` is the page that forms come back to, `saved` the decision that was
    /// just made on it.
    pub(crate) fn new(
        state: &AppState,
        editor: Option<&Editor>,
        back: String,
        saved: Saved,
    ) -> Option<Self> {
        let editor = editor?.signed_in(state)?;
        let ingest = match state.editing()?.ingesting.state() {
            IngestState::Done => IngestNote::Done,
            IngestState::Running => IngestNote::Running,
            IngestState::Failed(why) => IngestNote::Failed(why),
        };
        let folder = state.options().curation.clone();
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
        let made = saved.entry(archive, &folder)?;
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
                saved: made,
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
        let of_page = |entry: &Correction| match record {
            None => true,
            Some(record) => is_about(entry, record),
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
                None if replaced.contains(&entry.id) => EntryState::Replaced,
                undone => state_of(entry, undone.as_ref(), report),
            };
            decisions.push(ShownDecision { entry: entry.clone(), state });
            if decisions.len() == MAX_SHOWN {
                break;
            }
        }
        let topics = match record {
            Some(_) => topics(archive)?,
            None => Vec::new(),
        };
        Ok(EditView { editor, seen, seen_in_file, back, decisions, topics, ingest, saved: made })
    }
}

impl Saved {
    /// The entry, where there is one.
    fn entry(
        &self,
        archive: &Archive,
        folder: &CurationFolder,
    ) -> Result<Option<ShownDecision>, Problem> {
        if self.saved.is_empty() {
            return Ok(None);
        }
        // What is sent is compared with the files of the archive before one is opened.
        let Some(report) = archive.file_report(&self.saved_in)? else { return Ok(None) };
        let all = history(folder, &report.source, None)?;
        let found = all.into_iter().find(|(entry, _)| entry.id.0 == self.saved);
        Ok(found.map(|(entry, undone)| {
            let state = state_of(&entry, undone.as_ref(), Some(&report));
            ShownDecision { entry, state }
        }))
    }
}

/// Whether an entry is about an article as it is now.
fn is_about(entry: &Correction, record: &Record) -> bool {
    let of_article =
        entry.article.as_ref().is_some_and(|id| *id == record.id || record.former_ids.contains(id));
    of_article || record.corrections.iter().any(|applied| applied.entry == entry.id)
}

fn state_of(
    entry: &Correction,
    undone: Option<&Correction>,
    report: Option<&FileReport>,
) -> EntryState {
    if let Some(undo) = undone {
        return EntryState::TakenBack { by: undo.by.clone() };
    }
    if matches!(entry.change, Change::Undo(_)) {
        return EntryState::TakesBack;
    }
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
