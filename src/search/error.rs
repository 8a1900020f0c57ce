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
    /// A topic that is none of the table's, and that no article has.
    #[error("{topic}: no such topic; the topics are {}", labels.join(" "))]
    UnknownTopic {
        /// The topic asked for.
        topic: String,
        /// The labels of the table.
        labels: Vec<String>,
    },
    /// A district that nothing is called.
    #[error(
        "no district is called `{name}`; use its full name (新密市), add the city (郑州高新区), or give \
         its code"
    )]
    UnknownDistrict {
        /// The name asked for.
        name: String,
    },
    /// A cursor of another search, or of the archive as it was before.
    #[error(
        "cursor expired: it belongs to another search, or the archive has changed; start at the first page"
    )]
    StaleCursor,
    /// The engine failed while it read the index.
    #[error(
        "{path}: the index cannot be read: {message}; `dibao ingest --rebuild` rebuilds it from \
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
