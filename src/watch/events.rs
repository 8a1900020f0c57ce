//! What happens while a folder is watched.

use std::path::PathBuf;
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
    /// Everything was looked at.
    Looked(Standing),
    /// An ingest has come to its end.
    Ingested(&'a WatchRun),
    /// An ingest has failed and is tried again after this time.
    Failed(&'a IngestError, Duration),
}

/// How far the index has what is in the folder.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Standing {
    /// What is still to be ingested: files and settings that were written to, come and gone.
    pub pending: u64,
    /// Files that could not be read as they are.
    pub failed: u64,
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

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileChange {
    /// It is new in the index.
    Added,
    /// It was read again.
    Changed,
    /// It is gone.
    Removed,
    /// It could not be read.
    Failed,
}

/// What an ingest did.
#[derive(Debug, Default)]
pub struct WatchRun {
    /// In figures.
    pub summary: IngestSummary,
    /// Whether it is the first one of the watch.
    pub is_first: bool,
    /// Whether the one before failed, or could not run.
    pub is_recovery: bool,
    /// Files that could not be read; those that could not be read before and are as they were do not count.
    pub failed: u64,
    /// The first files of which something became, at most [`MAX_NAMES`].
    pub names: Vec<(FileChange, String)>,
    /// Warnings, each with the file, folder or name that it is about; those that an earlier run told are
    /// left out.
    pub warnings: Vec<(String, FileWarning)>,
}

impl WatchRun {
    /// Files that were read again.
    #[must_use]
    pub fn changed(&self) -> u64 {
        let summary = &self.summary;
        summary.files_taken + summary.files_not_text - summary.files_new
    }

    /// Files that were taken in or removed.
    #[must_use]
    pub fn changes(&self) -> u64 {
        self.summary.files_new + self.changed() + self.summary.files_removed
    }
}

/// Gathers what becomes of files.
#[derive(Debug, Default)]
pub(super) struct RunLog(Mutex<RunNotes>);

#[derive(Debug, Default)]
pub(super) struct RunNotes {
    /// The first files that were taken in or removed, at most [`MAX_NAMES`].
    pub(super) names: Vec<(FileChange, String)>,
    pub(super) warnings: Vec<(String, FileWarning)>,
    /// Path and name of each file that could not be read.
    pub(super) failed: Vec<(PathBuf, String)>,
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
        let (change, warnings): (_, &[FileWarning]) = match outcome {
            FileOutcome::Unchanged => return,
            FileOutcome::Removed => (FileChange::Removed, &[]),
            FileOutcome::Taken { report, is_new: true } => (FileChange::Added, &report.warnings),
            FileOutcome::Taken { report, .. } => (FileChange::Changed, &report.warnings),
            FileOutcome::Failed(warnings) => (FileChange::Failed, warnings),
        };
        notes.warnings.extend(warnings.iter().map(|warning| (source.to_owned(), warning.clone())));
        if change == FileChange::Failed {
            notes.failed.push((path.to_owned(), source.to_owned()));
        } else if notes.names.len() < MAX_NAMES {
            notes.names.push((change, source.to_owned()));
        }
    }
}
