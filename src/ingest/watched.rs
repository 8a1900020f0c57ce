//! What somebody who looks at a corpus again and again can tell an ingest.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// What is known of the files of a corpus by watching them; nothing if nobody does. Paths are as the walk
/// over the corpus finds them.
#[derive(Debug, Clone, Default)]
pub struct WatchedFiles {
    /// Files that are being written, or that could not be read and are as they were then: they stay in the
    /// index as they are.
    pub unsettled: HashSet<PathBuf>,
    /// Files of which an earlier ingest knows the content and that nobody has written to since: their
    /// content is not compared again, but all else that decides how they are read is.
    pub same: HashSet<PathBuf>,
}

/// Asks a running ingest to end: the file that is being read is given up, and stays in the index as it was;
/// what was done before is committed.
#[derive(Debug, Clone, Default)]
pub struct StopSignal(Arc<AtomicBool>);

impl StopSignal {
    /// Asks for the end.
    pub fn stop(&self) {
        self.0.store(true, Ordering::SeqCst);
    }

    /// The same for who knows nothing of ingests.
    pub(super) fn flag(&self) -> &Arc<AtomicBool> {
        &self.0
    }

    /// Whether the end was asked for.
    #[must_use]
    pub fn is_set(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}
