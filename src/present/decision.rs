//! A decision of a person before it is written down: what it is about, whose it is, and why it may
//! not be written.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::source_file::SourceError;
use crate::curation::CurationError;
use crate::model::{ArticleId, Correction, EntryId, LineRange, UnplacedReason};
use crate::search::SearchError;

/// What a decision is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// An article.
    Article(ArticleId),
    /// Lines of a file, in this order.
    Lines {
        /// The file, below the corpus folder.
        file: String,
        /// Rows of the source view, counted from 1: of a text they are its lines.
        rows: Vec<LineRange>,
    },
}

/// Who decided, why, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The person's name.
    pub by: String,
    /// Empty where nothing is said.
    pub why: String,
    /// The time; a later one is written if what it replaces was decided after it.
    pub at: Timestamp,
}

impl Decision {
    /// The name, without blanks around it.
    pub(super) fn by(&self) -> Result<String, CorrectError> {
        match self.by.trim() {
            "" => Err(CorrectError::Nobody),
            by => Ok(by.to_owned()),
        }
    }

    /// The reason, without blanks around it.
    pub(super) fn why(&self) -> String {
        self.why.trim().to_owned()
    }
}

/// Which entries a person had before them who decides: a form carries it. See [`revision`](super::revision).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Revision(pub String);

/// Why a decision is not written down.
#[derive(Debug, Error)]
pub enum CorrectError {
    /// No article has the id.
    #[error("no article has the id {0}; `dibao search` prints ids")]
    NoArticle(ArticleId),
    /// The archive has no such file.
    #[error("{0}: the archive has no such file; name it as it stands below the corpus folder")]
    NoFile(String),
    /// The file has changed since it was ingested.
    #[error("{0}: it has changed since it was ingested; run `dibao ingest`, then decide again")]
    Changed(String),
    /// The lines are not in the file, or blank.
    #[error("{file}: it has no text in lines {lines}")]
    NoLines {
        /// The file.
        file: String,
        /// The lines as people write them.
        lines: String,
    },
    /// The change needs lines of a file, or an article.
    #[error("{field}: expected {expected}")]
    Target {
        /// The field of the change.
        field: String,
        /// What it can be about, in English.
        expected: &'static str,
    },
    /// The articles of the file are kept apart by the file itself.
    #[error("{0}: the file states its articles one by one, so that they are not cut otherwise")]
    KeptApart(String),
    /// The value is not known, or the article has not what is corrected.
    #[error("{0}")]
    Value(UnplacedReason),
    /// Nobody is named.
    #[error("no name; say who decides with --by or DIBAO_EDITOR")]
    Nobody,
    /// No entry has the id.
    #[error("no entry has the id {0}; `dibao curate list` prints ids")]
    NoEntry(EntryId),
    /// Somebody has decided on the same since.
    #[error("{} decided on the same meanwhile; look at it, then decide again", names(.0))]
    Conflict(Vec<Correction>),
    /// The source cannot be read.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// The index cannot be read.
    #[error(transparent)]
    Search(#[from] SearchError),
    /// The folder cannot be used.
    #[error(transparent)]
    Curation(#[from] CurationError),
}

/// The names of those who decided, each once.
pub(super) fn names(entries: &[Correction]) -> String {
    let mut names: Vec<&str> = entries.iter().map(|entry| entry.by.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    names.join(", ")
}

/// Characters of an id that tell it from others of one file.
const MARK: usize = 6;

pub(super) fn mark(id: &EntryId) -> String {
    format!("{:_<MARK$}", id.0.chars().take(MARK).collect::<String>())
}

impl Revision {
    /// With these entries, which the person has been shown meanwhile.
    #[must_use]
    pub fn with(&self, entries: &[Correction]) -> Self {
        let new: String = entries.iter().map(|entry| mark(&entry.id)).collect();
        Self(format!("{}{new}", self.0))
    }

    /// Whether an entry was among them.
    pub(super) fn knows(&self, entry: &EntryId) -> bool {
        let mark = mark(entry);
        let marks: Vec<char> = self.0.chars().collect();
        marks.chunks(MARK).any(|known| known.iter().copied().eq(mark.chars()))
    }
}

impl fmt::Display for Revision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
