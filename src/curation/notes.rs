//! Tags and notes on articles and on passages of them: `notes/FILE.toml`.
//!
//! ```toml
//! [[note]]
//! id = "5t0kq2m9x4vd"
//! article = "k7q2m9x4t1vd"
//! file = "甲报/一版.txt"
//! lines = [[3, 9]]
//! quote = ["县城通车", "昨日通车。"]
//! field = "note"
//! now = "里程与年鉴不合"
//! passage = "全长12公里"
//! by = "李"
//! at = "2024-05-15T02:00:00Z"
//! ```

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::entry::{LogEntry, behind};
use super::folder::{CurationError, CurationFolder};
use super::log;
use crate::model::{Anchor, ArticleId, EntryId};

/// What entries of such a file are called.
pub(super) const NOTE: &str = "note";
/// The folder of these files.
pub(super) const NOTES: &str = "notes";

/// An entry about an article.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NoteEntry {
    /// Made of all else that it says.
    #[serde(default)]
    pub id: EntryId,
    /// The id that the article had then.
    pub article: ArticleId,
    /// Where it stood then.
    #[serde(flatten)]
    pub anchor: Anchor,
    /// What was done.
    #[serde(flatten)]
    pub change: NoteChange,
    /// The words of the article that a note is about, as they stand in it; empty if it is about all of
    /// it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub passage: String,
    /// Who.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// What was done: the `field` of an entry and what it is `now`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "field", content = "now", rename_all = "snake_case")]
pub enum NoteChange {
    /// The article has this tag.
    Tag(String),
    /// It has it no more.
    Untag(String),
    /// A note.
    Note(String),
    /// Takes back the entry of this id.
    Undo(EntryId),
}

impl LogEntry for NoteEntry {
    fn id(&self) -> &EntryId {
        &self.id
    }

    fn set_id(&mut self, id: EntryId) {
        self.id = id;
    }

    fn at(&self) -> Timestamp {
        self.at
    }

    fn set_at(&mut self, at: Timestamp) {
        self.at = at;
    }

    fn undoes(&self) -> Option<&EntryId> {
        match &self.change {
            NoteChange::Undo(id) => Some(id),
            _ => None,
        }
    }
}

/// Writes entries about articles, and says how they are named.
///
/// # Errors
/// When the folder or the file cannot be read or written.
pub fn add_notes(
    folder: &CurationFolder,
    entries: Vec<NoteEntry>,
) -> Result<Vec<EntryId>, CurationError> {
    let mut by_file: BTreeMap<String, Vec<NoteEntry>> = BTreeMap::new();
    for entry in entries {
        by_file.entry(entry.anchor.file.clone()).or_default().push(entry);
    }
    let turn = folder.lock()?;
    let mut ids = Vec::new();
    for (file, entries) in by_file {
        let path = folder.file(NOTES, &file)?;
        let entries = behind(&log::read(&path, NOTE)?.entries, entries);
        log::append_all(&path, NOTE, &entries, &turn)?;
        ids.extend(entries.into_iter().map(|entry| entry.id));
    }
    Ok(ids)
}
