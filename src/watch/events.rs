//! What happens while a folder is watched.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::ingest::{Event, FileOutcome, IngestError, IngestSummary, MAX_NAMES, Progress};
use crate::model::FileWarning;

/// Something that who watches a folder wants to know.
#[derive(Debug)]
pub enum WatchEvent<'a> {
    /// How changes are noticed from now on.
    Watching(&'a Noticing),
    /// Nothing can be done at the moment.
    Waiting(WaitReason),
    /// Everything was looked at, and there is nothing to ingest.
    Unchanged,
    /// An ingest has come to its end.
    Ingested(&'a WatchRun),
    /// An ingest has failed and is tried again after this time.
    Failed(&'a IngestError, Duration),
}

/// How changes are noticed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Noticing {
    /// The system tells of each; everything is looked at as often in any case.
    Told(Duration),
    /// Everything is looked at as often.
    Polled(Duration, PollReason),
}

/// Why the system does not tell of changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PollReason {
    /// It is not asked to.
    Asked,
    /// The folder lies on a file system that others write to; its name.
    Network(String),
    /// It cannot; with what it says.
    Refused(String),
}

/// Why there is nothing to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaitReason {
    /// The corpus folder is not there, or no folder.
    NoFolder,
    /// It has no files, and the index has some.
    NoFiles,
    /// Another process writes to the index.
    Busy,
}

/// What an ingest did.
#[derive(Debug, Default)]
pub struct WatchRun {
    /// In figures.
    pub summary: IngestSummary,
    /// Whether it is the first one of the watch.
    pub is_first: bool,
    /// The first files that were taken in or removed or have failed, at most [`MAX_NAMES`].
    pub names: Vec<String>,
    /// Warnings, each with the file, folder or name that it is about; those that an earlier run told are
    /// left out.
    pub warnings: Vec<(String, FileWarning)>,
}

impl WatchRun {
    /// Files that were taken in or removed.
    #[must_use]
    pub fn changes(&self) -> u64 {
        let summary = &self.summary;
        summary.files_taken + summary.files_not_text + summary.files_removed
    }
}

/// Gathers what becomes of files.
#[derive(Debug, Default)]
pub(super) struct RunLog(Mutex<RunNotes>);

#[derive(Debug, Default)]
pub(super) struct RunNotes {
    pub(super) names: Vec<String>,
    pub(super) warnings: Vec<(String, FileWarning)>,
    /// Paths of files that could not be read.
    pub(super) failed: Vec<std::path::PathBuf>,
}

impl RunLog {
    pub(super) fn into_notes(self) -> RunNotes {
        self.0.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    fn locked(&self) -> MutexGuard<'_, RunNotes> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Progress for RunLog {
    fn event(&self, event: Event<'_>) {
        let mut notes = self.locked();
        let (path, source, outcome) = match event {
            Event::Warning { place, warning } => {
                notes.warnings.push((place.to_owned(), warning.clone()));
                return;
            }
            Event::File { path, source, outcome, .. } => (path, source, outcome),
            _ => return,
        };
        let warnings = match outcome {
            FileOutcome::Unchanged => return,
            FileOutcome::Removed => &[],
            FileOutcome::Taken(report) => report.warnings.as_slice(),
            FileOutcome::Failed(warnings) => {
                notes.failed.push(path.to_owned());
                warnings
            }
        };
        let place = path.display().to_string();
        notes.warnings.extend(warnings.iter().map(|warning| (place.clone(), warning.clone())));
        if notes.names.len() < MAX_NAMES {
            notes.names.push(source.to_owned());
        }
    }
}
