//! Collections of articles, each in an order of its own and with a remark on each: `collections/NAME.toml`.
//!
//! ```toml
//! [[change]]
//! id = "9x4t1vdk7q2m"
//! article = "k7q2m9x4t1vd"
//! file = "甲报/一版.txt"
//! lines = [[3, 9]]
//! field = "add"
//! now = "通车的首次报道"
//! after = "5t0kq2m9x4vd"
//! by = "李"
//! at = "2024-05-15T02:00:00Z"
//! ```

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::entry::{LogEntry, behind, in_force};
use super::folder::{CurationError, CurationFolder};
use super::log;
use crate::model::{Anchor, ArticleId, Collection, CollectionItem, EntryId};
use crate::text::fold;

/// What entries of such a file are called.
pub(super) const CHANGE: &str = "change";
/// The folder of these files.
pub(super) const COLLECTIONS: &str = "collections";

/// Characters of a name of a tag or a collection at most.
pub const MAX_LABEL_CHARS: usize = 60;

/// Characters of a note or a remark at most.
pub const MAX_NOTE_CHARS: usize = 10_000;

/// An entry of a collection.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CollectionEntry {
    /// Made of all else that it says.
    #[serde(default)]
    pub id: EntryId,
    /// The article that it is about, by the id that it had then; none if it is about the collection.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub article: Option<ArticleId>,
    /// Where an article that is added stood then.
    #[serde(flatten)]
    pub anchor: Option<Anchor>,
    /// What was done.
    #[serde(flatten)]
    pub change: CollectionChange,
    /// The article behind which one that is added or moved stands; empty: before all others. Without
    /// it, or where that one is not there, it stands behind all others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// Who.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// What was done: the `field` of an entry and what it is `now`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "field", content = "now", rename_all = "snake_case")]
pub enum CollectionChange {
    /// What the collection is for.
    About(String),
    /// The article is in it, with this remark, which may be empty. One that is in it already stays
    /// where it is.
    Add(String),
    /// The remark on the article.
    Remark(String),
    /// The article stands elsewhere.
    Move,
    /// The article is in it no more.
    Remove,
    /// Takes back the entry of this id.
    Undo(EntryId),
}

impl LogEntry for CollectionEntry {
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
            CollectionChange::Undo(id) => Some(id),
            _ => None,
        }
    }
}

/// What entries that count make, oldest first. `moved` has the ids that articles have now where they
/// had another one then.
pub(super) fn collection(
    entries: &[CollectionEntry],
    moved: &HashMap<ArticleId, ArticleId>,
) -> Collection {
    let now = |id: &ArticleId| moved.get(id).unwrap_or(id).clone();
    let mut made = Collection::default();
    // The ids under which each was added: articles that were joined since are one.
    let mut known: HashMap<ArticleId, HashSet<&ArticleId>> = HashMap::new();
    for entry in entries {
        if let CollectionChange::About(about) = &entry.change {
            made.about.clone_from(about);
            continue;
        }
        let Some(then) = &entry.article else { continue };
        let article = now(then);
        let after = entry.after.as_ref().map(|id| ArticleId(id.clone()));
        let after = after.map(|id| if id.0.is_empty() { id } else { now(&id) });
        match &entry.change {
            CollectionChange::Add(remark) => {
                let ids = known.entry(article.clone()).or_default();
                if !ids.insert(then) || ids.len() > 1 {
                    continue;
                }
                let (remark, by) = (remark.clone(), entry.by.clone());
                let item = CollectionItem { article, remark, by, at: entry.at };
                insert(&mut made.items, item, after.as_ref());
            }
            _ if !known.contains_key(&article) => {}
            CollectionChange::Remark(remark) => {
                let item = made.items.iter_mut().find(|item| item.article == article);
                if let Some(item) = item {
                    item.remark.clone_from(remark);
                }
            }
            CollectionChange::Move => {
                let at = made.items.iter().position(|item| item.article == article);
                if let Some(at) = at {
                    let item = made.items.remove(at);
                    insert(&mut made.items, item, after.as_ref());
                }
            }
            CollectionChange::Remove => {
                let ids = known.entry(article.clone()).or_default();
                ids.remove(then);
                // One that was joined to it and taken out before leaves it where it is.
                if ids.is_empty() || *then == article {
                    known.remove(&article);
                    made.items.retain(|item| item.article != article);
                }
            }
            CollectionChange::About(_) | CollectionChange::Undo(_) => {}
        }
    }
    made
}

fn insert(items: &mut Vec<CollectionItem>, item: CollectionItem, after: Option<&ArticleId>) {
    let place = match after {
        None => items.len(),
        Some(first) if first.0.is_empty() => 0,
        Some(other) => {
            items.iter().position(|item| item.article == *other).map_or(items.len(), |at| at + 1)
        }
    };
    items.insert(place, item);
}

/// Writes entries of a collection, and says how they are named.
///
/// # Errors
/// When the folder or the file cannot be read or written, and when no file can have the name.
pub fn add_to_collection(
    folder: &CurationFolder,
    name: &str,
    entries: Vec<CollectionEntry>,
) -> Result<Vec<EntryId>, CurationError> {
    let path = folder.file(COLLECTIONS, name)?;
    let turn = folder.lock()?;
    let entries = behind(&log::read(&path, CHANGE)?.entries, entries);
    log::append_all(&path, CHANGE, &entries, &turn)?;
    Ok(entries.into_iter().map(|entry| entry.id).collect())
}

/// Writes another text where one says `was`: the remark on the article of the entry, or, without an
/// article, what the collection is for; else nothing, and gives what it says. An article that had
/// another id when it was added is not compared.
///
/// # Errors
/// As [`add_to_collection`].
pub fn change_text(
    folder: &CurationFolder,
    name: &str,
    entry: CollectionEntry,
    was: &str,
) -> Result<Result<(), String>, CurationError> {
    let path = folder.file(COLLECTIONS, name)?;
    let turn = folder.lock()?;
    let known = log::read::<CollectionEntry>(&path, CHANGE)?.entries;
    let made = collection(&in_force(known.clone()), &HashMap::new());
    let now = match &entry.article {
        None => Some(&made.about),
        Some(id) => made.items.iter().find(|item| item.article == *id).map(|item| &item.remark),
    };
    if let Some(now) = now.filter(|now| *now != was) {
        return Ok(Err(now.clone()));
    }
    log::append_all(&path, CHANGE, &behind(&known, vec![entry]), &turn)?;
    Ok(Ok(()))
}

/// A name as it may be given to a tag or a collection, without blanks around it; `None` for one that
/// is empty, too long, means that there is none (无, none, *), or that no file can have.
#[must_use]
pub fn label(typed: &str) -> Option<String> {
    let typed = typed.trim();
    let is_plain = |c: char| !c.is_control() && !matches!(c, '/' | '\\');
    let fits = !typed.is_empty()
        && !typed.starts_with('.')
        && typed.chars().count() <= MAX_LABEL_CHARS
        && typed.chars().all(is_plain)
        && !matches!(fold(typed).text.as_str(), "无" | "none" | "*");
    fits.then(|| typed.to_owned())
}
