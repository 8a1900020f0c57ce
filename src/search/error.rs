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
        "no district is called `{name}`; give its name (新密市), the city's with it (郑州高新区) \
         or its code"
    )]
    UnknownDistrict {
        /// The name asked for.
        name: String,
    },
    /// A cursor of another search, or of the archive as it was before.
    #[error("this page belongs to another search, or the archive has changed since; begin again")]
    StaleCursor,
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
