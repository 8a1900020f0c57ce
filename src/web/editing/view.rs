//! What an editor sees on the pages of an article and of a file.

use serde::Deserialize;
use utoipa::IntoParams;

use super::ingesting::IngestState;
use crate::curation::CurationFolder;
use crate::model::{Change, FileReport, Record};
use crate::pages::{EditView, IngestNote, SignedIn};
use crate::present::{DecisionState, FileDecisions, is_about, topic_labels};
use crate::search::Archive;
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
            IngestState::Failed => IngestNote::Failed,
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
        let file = record.map(|record| record.source.as_str());
        let Some(file) = file.or(report.map(|report| report.source.as_str())) else {
            let saved = saved.decision(archive, &folder, None)?;
            let (seen, seen_in_file, decisions) = Default::default();
            return Ok(EditView {
                editor,
                seen,
                seen_in_file,
                back,
                decisions,
                topics: &[],
                ingest,
                saved,
            });
        };
        let known = FileDecisions::load(&folder, file, report)?;
        let seen_in_file = known.revision(None).to_string();
        let seen = record.map_or_else(
            || seen_in_file.clone(),
            |record| known.revision(Some(record)).to_string(),
        );
        let all = known.states(report);
        let saved = saved.decision(archive, &folder, Some((file, &all)))?;
        let is_shown = |one: &DecisionState| {
            let is_undo = matches!(one.entry.change, Change::Undo(_));
            !is_undo && record.is_none_or(|record| is_about(&one.entry, record))
        };
        let decisions = all.into_iter().rev().filter(is_shown).take(MAX_SHOWN).collect();
        let topics = if record.is_some() { topic_labels() } else { &[] };
        Ok(EditView { editor, seen, seen_in_file, back, decisions, topics, ingest, saved })
    }
}

impl Saved {
    /// The entry, where there is one; `known` are the decisions on a file that have been read.
    fn decision(
        &self,
        archive: &Archive,
        folder: &CurationFolder,
        known: Option<(&str, &[DecisionState])>,
    ) -> Result<Option<DecisionState>, Problem> {
        if self.saved.is_empty() {
            return Ok(None);
        }
        let is_it = |one: &&DecisionState| one.entry.id.0 == self.saved;
        if let Some((file, all)) = known
            && file == self.saved_in
        {
            return Ok(all.iter().find(is_it).cloned());
        }
        // What is sent is compared with the files of the archive before one is opened.
        let Some(report) = archive.file_report(&self.saved_in)? else { return Ok(None) };
        let known = FileDecisions::load(folder, &report.source, Some(&report))?;
        Ok(known.states(Some(&report)).iter().find(is_it).cloned())
    }
}
