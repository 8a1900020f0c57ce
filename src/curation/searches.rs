//! Saved searches: `searches.toml`, to which entries are only added.

use std::collections::BTreeMap;
use std::path::PathBuf;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::folder::{CurationError, CurationFolder, Turn};
use super::log::{Fault, append, read};
use crate::model::{ArticleId, EntryId};

const FILE: &str = "searches.toml";
const KIND: &str = "search";

/// Saved searches at most.
pub const MAX_SAVED_SEARCHES: usize = 500;
/// Characters of a name at most.
pub const MAX_SAVED_NAME: usize = 60;

/// An entry of `searches.toml`: a search that was saved under a name, or that a name was given up. Of
/// the entries of a name the latest counts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedSearch {
    /// What it is called.
    pub name: String,
    /// The search as it stands behind the `?` of its address; empty for every article.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub search: String,
    /// That there is no search of this name any more.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub removed: bool,
    /// Who said so.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by: String,
    /// When.
    #[serde(default)]
    pub at: Timestamp,
}

/// The searches that are saved.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SavedSearches {
    /// In the order of their names.
    pub searches: Vec<SavedSearch>,
    /// Entries that cannot be read.
    pub faults: Vec<Fault>,
}

impl SavedSearch {
    /// Made of its name, its search and when it was saved: another search has another one.
    #[must_use]
    pub fn id(&self) -> EntryId {
        let mut hasher = blake3::Hasher::new();
        for part in [&self.name, &self.search, &self.at.to_string()] {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part.as_bytes());
        }
        let bits = hasher.finalize().as_bytes()[..8].try_into().map_or(0, u64::from_le_bytes);
        EntryId(ArticleId::from_hash(bits).0)
    }
}

impl SavedSearches {
    /// Reads those of a folder; none where there is no file.
    ///
    /// # Errors
    /// When the folder is of another version or the file cannot be read.
    pub fn read(folder: &CurationFolder) -> Result<Self, CurationError> {
        folder.check()?;
        let found = read::<SavedSearch>(&file(folder), KIND)?;
        let mut latest: BTreeMap<String, SavedSearch> = BTreeMap::new();
        for entry in found.entries {
            let when = |entry: &SavedSearch| (entry.at, entry.removed, entry.id());
            match latest.get(&entry.name) {
                Some(known) if when(known) >= when(&entry) => {}
                _ => drop(latest.insert(entry.name.clone(), entry)),
            }
        }
        latest.retain(|_, entry| !entry.removed);
        Ok(Self { searches: latest.into_values().collect(), faults: found.faults })
    }

    /// The one of a name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&SavedSearch> {
        self.searches.iter().find(|search| search.name == name)
    }

    /// Adds an entry; whoever holds the turn has looked at what there was.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn add(
        folder: &CurationFolder,
        entry: &SavedSearch,
        turn: &Turn,
    ) -> Result<(), CurationError> {
        append(&file(folder), KIND, entry, turn)
    }

    /// A tag that changes whenever the file does; empty where there is none.
    #[must_use]
    pub fn tag(folder: &CurationFolder) -> String {
        let hashed = |content: Vec<u8>| blake3::hash(&content).to_hex()[..12].to_owned();
        std::fs::read(file(folder)).map(hashed).unwrap_or_default()
    }
}

fn file(folder: &CurationFolder) -> PathBuf {
    folder.path().join(FILE)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(name: &str, search: &str, at: &str) -> SavedSearch {
        let (name, search, at) = (name.to_owned(), search.to_owned(), at.parse().expect("a time"));
        SavedSearch { name, search, at, ..SavedSearch::default() }
    }

    #[test]
    fn the_latest_entry_of_a_name_counts_whatever_the_order_of_the_file() {
        let dir = tempfile::tempdir().expect("a folder");
        let folder = CurationFolder::new(dir.path().join("k"));
        assert_eq!(SavedSearches::read(&folder).expect("no file"), SavedSearches::default());
        let entries = [
            entry("甲", "q=二", "2026-02-02T00:00:00Z"),
            entry("甲", "q=一", "2026-02-01T00:00:00Z"),
            SavedSearch { removed: true, ..entry("乙", "", "2026-02-03T00:00:00Z") },
            entry("乙", "q=三", "2026-02-01T00:00:00Z"),
        ];
        let turn = folder.lock().expect("made");
        for entry in &entries {
            SavedSearches::add(&folder, entry, &turn).expect("written");
        }
        let read = SavedSearches::read(&folder).expect("read");
        assert_eq!(read.searches, entries[..1]);
        assert_eq!(read.get("甲"), Some(&entries[0]));
        assert_ne!(entries[0].id(), entries[1].id());
        // A name can be used again.
        let again = entry("乙", "q=四", "2026-02-04T00:00:00Z");
        SavedSearches::add(&folder, &again, &turn).expect("written");
        assert_eq!(SavedSearches::read(&folder).expect("read").get("乙"), Some(&again));
    }

    #[test]
    fn entries_by_hand_need_a_name_alone_and_a_bad_one_costs_no_other() {
        let dir = tempfile::tempdir().expect("a folder");
        let folder = CurationFolder::new(dir.path());
        let text = "[[search]]\nname = \"甲\"\nsearch = \"q=氢能&district=登封市\"\n\n\
                    [[search]]\nsearch = 7\n\n[[search]]\nname = \"乙\"\n";
        std::fs::write(dir.path().join(FILE), text).expect("written");
        let read = SavedSearches::read(&folder).expect("read");
        let names: Vec<&str> = read.searches.iter().map(|search| search.name.as_str()).collect();
        assert_eq!(names, ["乙", "甲"]);
        assert_eq!(read.faults.len(), 1);
        assert_eq!(read.faults[0].line, 5);
    }
}
