//! What people noted and collected, read from the folder and put together.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use serde::de::DeserializeOwned;
use walkdir::WalkDir;

use super::collections::{CHANGE, COLLECTIONS, CollectionChange, CollectionEntry, collection};
use super::entry::in_force;
use super::folder::{CurationError, CurationFolder};
use super::log::{self, Entries, Fault};
use super::notes::{NOTE, NOTES, NoteChange, NoteEntry};
use crate::model::{Anchor, ArticleId, ArticleNotes, Collection, EntryId, Notebook, ReaderNote};
use crate::text::fold;

/// The files of notes and collections as they were read.
#[derive(Debug, Clone, Default)]
pub struct NoteFiles {
    notes: BTreeMap<PathBuf, ReadFile<NoteEntry>>,
    collections: BTreeMap<PathBuf, ReadFile<CollectionEntry>>,
}

/// A file and how it was when it was read: another size or time is another content.
#[derive(Debug, Clone)]
struct ReadFile<T> {
    bytes: u64,
    changed: Option<SystemTime>,
    entries: Arc<Entries<T>>,
}

/// An article that a note or a collection speaks of, as it was then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Noted {
    /// Its id.
    pub article: ArticleId,
    /// Where it stood.
    pub anchor: Anchor,
    /// What was said about it, as it is listed where the article is not found any more.
    pub said: Vec<String>,
}

impl NoteFiles {
    /// Reads the files of the folder; those that are as they were `before` are not read again. A
    /// folder that does not exist is empty.
    ///
    /// # Errors
    /// When the folder is of another version, or a file cannot be read.
    pub fn read(folder: &CurationFolder, before: &Self) -> Result<Self, CurationError> {
        folder.check()?;
        let notes = files(&folder.path().join(NOTES), NOTE, &before.notes)?;
        let collections = files(&folder.path().join(COLLECTIONS), CHANGE, &before.collections)?;
        Ok(Self { notes, collections })
    }

    /// Differs where a file differs; empty where there is none.
    #[must_use]
    pub fn state(&self) -> String {
        if self.notes.is_empty() && self.collections.is_empty() {
            return String::new();
        }
        let mut hasher = blake3::Hasher::new();
        let mut add = |path: &Path, bytes: u64, changed: Option<SystemTime>| {
            let since = changed.and_then(|at| at.duration_since(SystemTime::UNIX_EPOCH).ok());
            let since = since.map_or(0, |since| since.as_nanos());
            hasher.update(format!("{}\0{bytes}\0{since}\0", path.display()).as_bytes());
        };
        self.notes.iter().for_each(|(path, file)| add(path, file.bytes, file.changed));
        self.collections.iter().for_each(|(path, file)| add(path, file.bytes, file.changed));
        hasher.finalize().to_hex()[..8].to_owned()
    }

    /// The entries that cannot be read.
    #[must_use]
    pub fn faults(&self) -> Vec<&Fault> {
        let notes = self.notes.values().flat_map(|file| &file.entries.faults);
        notes.chain(self.collections.values().flat_map(|file| &file.entries.faults)).collect()
    }

    /// An entry that counts.
    #[must_use]
    pub fn note(&self, id: &EntryId) -> Option<NoteEntry> {
        self.notes().into_iter().find(|entry| entry.id == *id)
    }

    fn notes(&self) -> Vec<NoteEntry> {
        // An entry takes back one of its file alone.
        let files = self.notes.values().map(|file| in_force(file.entries.entries.clone()));
        let mut entries: Vec<NoteEntry> = files.flatten().collect();
        entries.sort_by(|a, b| a.at.cmp(&b.at).then_with(|| a.id.cmp(&b.id)));
        entries
    }

    fn collections(&self) -> BTreeMap<String, Vec<CollectionEntry>> {
        let named = self.collections.iter().filter_map(|(path, file)| {
            let name = path.file_stem()?.to_string_lossy().into_owned();
            Some((name, in_force(file.entries.entries.clone())))
        });
        named.collect()
    }

    /// The articles that are spoken of, each once, with where it stood when it was last.
    #[must_use]
    pub fn noted(&self) -> Vec<Noted> {
        let mut found: BTreeMap<ArticleId, Noted> = BTreeMap::new();
        let mut add = |article: &ArticleId, anchor: &Anchor, said: Option<String>| {
            let noted = found.entry(article.clone()).or_insert_with(|| Noted {
                article: article.clone(),
                anchor: anchor.clone(),
                said: Vec::new(),
            });
            noted.anchor.clone_from(anchor);
            noted.said.extend(said);
        };
        for NoteEntry { article, anchor, change, passage, .. } in self.notes() {
            let said = match change {
                NoteChange::Tag(tag) => Some(tag),
                NoteChange::Note(text) if passage.is_empty() => Some(text),
                NoteChange::Note(text) => Some(format!("“{passage}”：{text}")),
                NoteChange::Untag(_) | NoteChange::Undo(_) => None,
            };
            add(&article, &anchor, said);
        }
        for (name, entries) in self.collections() {
            for CollectionEntry { article, anchor, change, .. } in entries {
                let (Some(article), Some(anchor)) = (article, anchor) else { continue };
                let said = match change {
                    CollectionChange::Add(remark) if remark.is_empty() => Some(name.clone()),
                    CollectionChange::Add(remark) => Some(format!("{name}：{remark}")),
                    _ => None,
                };
                add(&article, &anchor, said);
            }
        }
        found.into_values().collect()
    }

    /// Puts together what counts. `moved` has the ids that articles have now where they had another
    /// one when they were noted.
    #[must_use]
    pub fn notebook(&self, moved: &HashMap<ArticleId, ArticleId>) -> Notebook {
        let mut articles: HashMap<ArticleId, ArticleNotes> = HashMap::new();
        for entry in self.notes() {
            let NoteEntry { id, article, change, passage, by, at, .. } = entry;
            let article = moved.get(&article).cloned().unwrap_or(article);
            let noted = articles.entry(article).or_default();
            let is = |tag: &str| {
                let tag = fold(tag).text;
                move |known: &String| fold(known).text == tag
            };
            match change {
                NoteChange::Tag(tag) => {
                    if !noted.tags.iter().any(is(&tag)) {
                        noted.tags.push(tag);
                    }
                }
                NoteChange::Untag(tag) => {
                    let is = is(&tag);
                    noted.tags.retain(|known| !is(known));
                }
                NoteChange::Note(text) => {
                    noted.notes.push(ReaderNote { entry: id, text, passage, by, at });
                }
                NoteChange::Undo(_) => {}
            }
        }
        let collections: BTreeMap<String, Collection> = self
            .collections()
            .into_iter()
            .map(|(name, entries)| (name, collection(&entries, moved)))
            .collect();
        for (name, collection) in &collections {
            for item in &collection.items {
                let noted = articles.entry(item.article.clone()).or_default();
                noted.collections.push(name.clone());
            }
        }
        articles.retain(|_, noted| *noted != ArticleNotes::default());
        articles.values_mut().for_each(|noted| noted.tags.sort());
        Notebook { articles, collections }
    }
}

fn files<T: DeserializeOwned + Clone>(
    folder: &Path,
    kind: &str,
    before: &BTreeMap<PathBuf, ReadFile<T>>,
) -> Result<BTreeMap<PathBuf, ReadFile<T>>, CurationError> {
    let mut read = BTreeMap::new();
    if !folder.is_dir() {
        return Ok(read);
    }
    for entry in WalkDir::new(folder) {
        let entry = entry.map_err(|error| CurationError::io(folder, error.into()))?;
        let path = entry.path();
        let is_hidden = entry.file_name().to_string_lossy().starts_with('.');
        if !entry.file_type().is_file() || is_hidden || path.extension().is_none_or(|e| e != "toml")
        {
            continue;
        }
        // A file that goes away meanwhile is none.
        let Ok(metadata) = fs::metadata(path) else { continue };
        let (bytes, changed) = (metadata.len(), metadata.modified().ok());
        let known = before.get(path).filter(|file| file.bytes == bytes && file.changed == changed);
        let entries = match known {
            Some(file) => file.entries.clone(),
            None => Arc::new(log::read(path, kind)?),
        };
        read.insert(path.to_owned(), ReadFile { bytes, changed, entries });
    }
    Ok(read)
}
