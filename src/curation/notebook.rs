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
    collections_folder: PathBuf,
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
        let collections_folder = folder.path().join(COLLECTIONS);
        let collections = files(&collections_folder, CHANGE, &before.collections)?;
        Ok(Self { notes, collections, collections_folder })
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
        let named = self.collections.iter().map(|(path, file)| {
            // Of one that somebody put in a folder below, the folder is a part of the name.
            let name =
                path.strip_prefix(&self.collections_folder).unwrap_or(path).with_extension("");
            let name = name.to_string_lossy().into_owned();
            (name, in_force(file.entries.entries.clone()))
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
        for noted in articles.values_mut() {
            noted.tags.sort();
        }
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
        // Links to files count, too.
        if !path.is_file() || is_hidden || path.extension().is_none_or(|e| e != "toml") {
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

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use proptest::prelude::*;

    use super::*;
    use crate::curation::{add_notes, add_to_collection};

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).expect("a time")
    }

    fn note(article: u8, second: i64, change: NoteChange) -> NoteEntry {
        NoteEntry {
            id: EntryId::default(),
            article: ArticleId(format!("{article:012}")),
            anchor: Anchor { file: "甲报/一版.txt".into(), ..Anchor::default() },
            change,
            passage: String::new(),
            by: "李".into(),
            at: at(second),
        }
    }

    fn item(article: u8, second: i64, change: CollectionChange) -> CollectionEntry {
        CollectionEntry {
            id: EntryId::default(),
            article: Some(ArticleId(format!("{article:012}"))),
            anchor: None,
            change,
            after: None,
            by: "李".into(),
            at: at(second),
        }
    }

    fn read(folder: &CurationFolder) -> NoteFiles {
        NoteFiles::read(folder, &NoteFiles::default()).expect("readable")
    }

    #[test]
    fn what_is_written_is_read_and_what_is_taken_back_does_not_count() {
        let dir = tempfile::tempdir().expect("a folder");
        let folder = CurationFolder::new(dir.path().join("k"));
        assert_eq!(read(&folder).state(), "");
        let tag = |name: &str| NoteChange::Tag(name.into());
        let ids = add_notes(&folder, vec![note(1, 1, tag("通车")), note(1, 2, tag("待核"))])
            .expect("written");
        let before = read(&folder);
        let on = |files: &NoteFiles| {
            let notebook = files.notebook(&HashMap::new());
            notebook.articles.get(&ArticleId("000000000001".into())).cloned().unwrap_or_default()
        };
        assert_eq!(on(&before).tags, ["待核", "通车"]);
        // Written at an earlier time than what it takes back: still behind it.
        let undone = add_notes(&folder, vec![note(1, 0, NoteChange::Undo(ids[0].clone()))]);
        let undone = undone.expect("written").swap_remove(0);
        let after = NoteFiles::read(&folder, &before).expect("readable");
        assert_eq!(on(&after).tags, ["待核"]);
        assert_ne!(after.state(), before.state());
        add_notes(&folder, vec![note(1, 0, NoteChange::Undo(undone))]).expect("written");
        assert_eq!(on(&read(&folder)).tags, ["待核", "通车"]);
        add_notes(&folder, vec![note(1, 9, NoteChange::Untag("ＴＯＮＧ".into()))])
            .expect("written");
        assert_eq!(on(&read(&folder)).tags, ["待核", "通车"], "another tag");
    }

    #[test]
    fn names_stay_in_the_folder_and_articles_are_known_by_the_ids_that_they_have_now() {
        let dir = tempfile::tempdir().expect("a folder");
        let folder = CurationFolder::new(dir.path().join("k"));
        let out = note(1, 1, NoteChange::Tag("甲".into()));
        let anchor = Anchor { file: "../../别处".into(), ..Anchor::default() };
        assert!(add_notes(&folder, vec![NoteEntry { anchor, ..out }]).is_err());
        assert!(!dir.path().join("别处.toml").exists());
        add_to_collection(&folder, "志", vec![item(1, 1, CollectionChange::Add("备注".into()))])
            .expect("written");
        let moved =
            HashMap::from([(ArticleId("000000000001".into()), ArticleId("000000000009".into()))]);
        let notebook = read(&folder).notebook(&moved);
        assert_eq!(notebook.collections["志"].items[0].article.0, "000000000009");
        assert_eq!(notebook.articles[&ArticleId("000000000009".into())].collections, ["志"]);
    }

    #[test]
    fn every_file_of_a_collection_is_listed_under_its_own_name() {
        let dir = tempfile::tempdir().expect("a folder");
        let folder = CurationFolder::new(dir.path().join("k"));
        let add = || vec![item(1, 1, CollectionChange::Add(String::new()))];
        add_to_collection(&folder, "志", add()).expect("written");
        add_to_collection(&folder, "旧/志", add()).expect("written");
        let names = |files: &NoteFiles| {
            files.notebook(&HashMap::new()).collections.into_keys().collect::<Vec<_>>()
        };
        assert_eq!(names(&read(&folder)), ["志", "旧/志"]);
        #[cfg(unix)]
        {
            let collections = folder.path().join(COLLECTIONS);
            let link = collections.join("又.toml");
            std::os::unix::fs::symlink(collections.join("志.toml"), link).expect("a link");
            assert_eq!(names(&read(&folder)), ["又", "志", "旧/志"]);
        }
        let long = "长".repeat(84);
        let refused = add_to_collection(&folder, &long, add());
        assert!(matches!(refused, Err(CurationError::LongName { name }) if name == long));
        assert!(add_to_collection(&folder, &long[..249], add()).is_ok());
        let names = ["無", "ｎｏｎｅ", "None", "＊", "无题"].map(crate::curation::label);
        assert_eq!(names, [None, None, None, None, Some("无题".to_owned())]);
    }

    #[test]
    fn articles_that_were_joined_are_one_in_a_collection() {
        let moved =
            HashMap::from([(ArticleId("000000000002".into()), ArticleId("000000000001".into()))]);
        let add = |article, second| item(article, second, CollectionChange::Add(String::new()));
        let remove = |article, second| item(article, second, CollectionChange::Remove);
        let count = |entries: &[CollectionEntry]| collection(entries, &moved).items.len();
        assert_eq!(count(&[add(1, 1), add(2, 2)]), 1);
        assert_eq!(count(&[add(1, 1), add(2, 2), remove(2, 3)]), 1, "taken out before");
        assert_eq!(count(&[add(1, 1), add(2, 2), remove(1, 3)]), 0);
        assert_eq!(count(&[add(2, 1), remove(1, 2)]), 0);
        assert_eq!(count(&[add(2, 1), remove(1, 2), add(1, 3)]), 1);
    }

    fn change() -> impl Strategy<Value = (u8, CollectionChange, Option<u8>)> {
        let change = prop_oneof![
            4 => "[甲乙丙]{0,2}".prop_map(CollectionChange::Add),
            2 => Just(CollectionChange::Move),
            1 => Just(CollectionChange::Remove),
            1 => "[甲乙丙]{0,2}".prop_map(CollectionChange::Remark),
        ];
        (0_u8..6, change, proptest::option::of(0_u8..7))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        /// Whatever a merge does to the order of entries, and if it keeps some twice, a collection has
        /// each of its articles once, in the same order.
        #[test]
        fn the_order_in_the_file_makes_no_difference(
            changes in proptest::collection::vec(change(), 0..24),
            seed in any::<u64>(),
        ) {
            let entries: Vec<CollectionEntry> = changes
                .into_iter()
                .zip(0..)
                .map(|((article, change, after), second)| CollectionEntry {
                    // The last one stands for the first place.
                    after: after.map(|n| if n == 6 { String::new() } else { format!("{n:012}") }),
                    ..item(article, second, change)
                })
                .collect();
            let made = collection(&in_force(entries.clone()), &HashMap::new());
            let mut merged = entries.clone();
            merged.extend(entries.iter().take(5).cloned());
            let len = merged.len().max(1);
            for at in 0..merged.len() {
                merged.swap(at, (seed as usize).wrapping_mul(at + 7) % len);
            }
            prop_assert_eq!(&collection(&in_force(merged), &HashMap::new()), &made);
            let mut ids: Vec<&ArticleId> = made.items.iter().map(|item| &item.article).collect();
            let count = ids.len();
            ids.sort();
            ids.dedup();
            prop_assert_eq!(ids.len(), count);
        }
    }
}
