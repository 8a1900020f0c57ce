//! Progress events of a running ingest.

use std::path::Path;

use crate::intake::CorpusFile;
use crate::model::{FileReport, FileWarning};

/// Receives the events of an ingest, from one thread at a time.
pub trait Progress: Sync {
    /// Handles an event.
    fn event(&self, event: Event<'_>);
}

/// Ignores all events.
impl Progress for () {
    fn event(&self, _: Event<'_>) {}
}

/// A step of an ingest.
#[derive(Debug, Clone, Copy)]
pub enum Event<'a> {
    /// The files were found.
    Found {
        /// Files to look at.
        files: u64,
        /// Their size on the disk.
        bytes: u64,
    },
    /// A warning about something other than a file of the ingest, or about a file before it is read.
    Warning {
        /// The file, folder or name.
        place: &'a str,
        /// What is the matter with it.
        warning: &'a FileWarning,
    },
    /// Part of a file is done.
    Part {
        /// Articles of that part.
        articles: u64,
        /// Its text in bytes: about what it takes of the file, more where that is compressed.
        bytes: u64,
        /// Size of the file on the disk.
        of: u64,
    },
    /// A file is done.
    File {
        /// Where it stands.
        path: &'a Path,
        /// Path below the corpus folder.
        source: &'a str,
        /// Size on the disk.
        bytes: u64,
        /// What became of it.
        outcome: FileOutcome<'a>,
    },
    /// What was done so far is in the index.
    Committed,
    /// All files are done; the index is being tidied and reprints are looked for.
    Finishing,
}

impl<'a> Event<'a> {
    /// What became of a file that was found.
    pub(super) fn of(found: &'a CorpusFile, outcome: FileOutcome<'a>) -> Self {
        let CorpusFile { path, source, bytes, .. } = found;
        Self::File { path, source, bytes: *bytes, outcome }
    }
}

/// What became of a file.
#[derive(Debug, Clone, Copy)]
pub enum FileOutcome<'a> {
    /// It was taken in.
    Taken {
        /// The report on it, with its warnings.
        report: &'a FileReport,
        /// Whether the index did not have it.
        is_new: bool,
    },
    /// It is in the index as it is.
    Unchanged,
    /// It could not be read to its end; articles that the index has of it are kept.
    Failed(&'a [FileWarning]),
    /// It is gone, and its articles were removed.
    Removed,
}
