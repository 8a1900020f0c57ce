//! What can go wrong with a search.

use std::path::PathBuf;

use thiserror::Error;

use crate::index::IndexError;

/// Why a search cannot be answered.
#[derive(Debug, Error)]
pub enum SearchError {
    /// The index cannot be opened.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// The engine failed while it read the index.
    #[error(
        "{path}: the index cannot be read: {message}; `dibao ingest --rebuild` makes it anew from \
         the corpus",
        path = path.display()
    )]
    Engine {
        /// The index folder.
        path: PathBuf,
        /// What the engine says.
        message: String,
    },
}
