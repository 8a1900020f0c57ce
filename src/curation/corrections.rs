//! The corrections of a folder, and which of them count.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::folder::{CurationError, CurationFolder, Turn};
use super::log::{Entries, Fault, append_all, read};
use crate::model::{Change, Correction, EntryId, UnplacedCorrection, UnplacedReason};

/// The subfolder, and what its entries are called.
const FOLDER: &str = "corrections";
const ENTRY: &str = "correction";

/// Corrections in the order in which they were decided, whatever files they stand in and in which
/// order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Corrections {
    entries: Vec<Correction>,
    /// Entries that were taken back, with the places of those that did so.
    undone: HashMap<EntryId, usize>,
    refused: Vec<UnplacedCorrection>,
    faults: Vec<Fault>,
}

impl Corrections {
    /// The files that [`Self::load`] reads.
    ///
    /// # Errors
    /// When a folder cannot be read.
    pub fn files(folder: &CurationFolder) -> Result<Vec<PathBuf>, CurationError> {
        files(&folder.path().join(FOLDER))
    }

    /// Reads all files of a folder; none if it does not exist.
    ///
    /// # Errors
    /// When the folder is of another version, and when a file cannot be read: without its corrections
    /// articles would be other ones. What is wrong in single entries is no error.
    pub fn load(folder: &CurationFolder) -> Result<Self, CurationError> {
        folder.check()?;
        let mut all = Entries::default();
        for path in Self::files(folder)? {
            let found = read(&path, ENTRY)?;
            all.entries.extend(found.entries);
            all.faults.extend(found.faults);
        }
        Ok(Self::of(all))
    }

    /// Reads the corrections that were written about one file of the corpus.
    ///
    /// # Errors
    /// As [`Self::load`], and when the name would lead out of the folder.
    pub fn load_file(folder: &CurationFolder, file: &str) -> Result<Self, CurationError> {
        folder.check()?;
        Ok(Self::of(read(&folder.file(FOLDER, file)?, ENTRY)?))
    }

    /// Writes entries: those about one file all or none, file by file.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn add(
        folder: &CurationFolder,
        corrections: &[Correction],
        turn: &Turn,
    ) -> Result<(), CurationError> {
        let mut of_files: BTreeMap<PathBuf, Vec<&Correction>> = BTreeMap::new();
        for correction in corrections {
            let path = folder.file(FOLDER, &correction.anchor.file)?;
            of_files.entry(path).or_default().push(correction);
        }
        of_files.iter().try_for_each(|(path, entries)| append_all(path, ENTRY, entries, turn))
    }

    /// Puts entries in order.
    #[must_use]
    pub fn of(found: Entries<Correction>) -> Self {
        let (entries, same_id) = distinct(found.entries);
        let mut refused: Vec<UnplacedCorrection> = same_id
            .iter()
            .map(|entry| UnplacedCorrection::of(entry, UnplacedReason::SameId))
            .collect();
        let mut known: HashSet<&EntryId> = HashSet::new();
        let mut without_target: HashSet<&EntryId> = HashSet::new();
        for entry in &entries {
            if let Change::Undo(target) = &entry.change
                && !known.contains(target)
            {
                refused.push(UnplacedCorrection::of(entry, UnplacedReason::NothingToUndo));
                without_target.insert(&entry.id);
            }
            known.insert(&entry.id);
        }
        // From the last one back: what takes an entry back was decided after it.
        let mut undone = HashMap::new();
        for (place, entry) in entries.iter().enumerate().rev() {
            if let Change::Undo(target) = &entry.change
                && !undone.contains_key(&entry.id)
                && !without_target.contains(&entry.id)
            {
                undone.entry(target.clone()).or_insert(place);
            }
        }
        Self { entries, undone, refused, faults: found.faults }
    }

    /// All entries, those that take others back and those that were taken back too.
    #[must_use]
    pub fn entries(&self) -> &[Correction] {
        &self.entries
    }

    /// The entries that count, without those that take others back.
    pub fn active(&self) -> impl Iterator<Item = &Correction> {
        self.entries.iter().filter(|entry| {
            !matches!(entry.change, Change::Undo(_)) && !self.undone.contains_key(&entry.id)
        })
    }

    /// The entry that took this one back.
    #[must_use]
    pub fn undone_by(&self, entry: &EntryId) -> Option<&Correction> {
        self.undone.get(entry).and_then(|&place| self.entries.get(place))
    }

    /// Entries that cannot be understood beside the others.
    #[must_use]
    pub fn refused(&self) -> &[UnplacedCorrection] {
        &self.refused
    }

    /// What is no entry.
    #[must_use]
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }
}

/// One entry for each id, in the order of decisions, and the others that have the id of one of these
/// and say something else.
fn distinct(found: Vec<Correction>) -> (Vec<Correction>, Vec<Correction>) {
    // By what they say, so that equal ones are one.
    let mut by_id: BTreeMap<EntryId, BTreeMap<EntryId, Correction>> = BTreeMap::new();
    for entry in found {
        let own = entry.clone().identified().id;
        let id = if entry.id.0.is_empty() { own.clone() } else { entry.id.clone() };
        let entry = Correction { id: id.clone(), ..entry };
        by_id.entry(id).or_default().insert(own, entry);
    }
    let (mut entries, mut others) = (Vec::new(), Vec::new());
    for (id, mut same) in by_id {
        // The one that its id was made of; whichever file is read first.
        let genuine = same.remove(&id);
        let mut same = genuine.into_iter().chain(same.into_values());
        entries.extend(same.next());
        others.extend(same);
    }
    entries.sort_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id)));
    (entries, others)
}

/// The files of entries below a folder, in the order of their names.
fn files(folder: &Path) -> Result<Vec<PathBuf>, CurationError> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(CurationError::io(&folder, error)),
        };
        for entry in entries {
            let entry = entry.map_err(|error| CurationError::io(&folder, error))?;
            let kind = entry.file_type().map_err(|error| CurationError::io(&folder, error))?;
            let is_hidden = entry.file_name().to_string_lossy().starts_with('.');
            if kind.is_dir() && !is_hidden {
                open.push(entry.path());
            } else if kind.is_file()
                && !is_hidden
                && entry.path().extension().is_some_and(|ending| ending == "toml")
            {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::model::Anchor;

    fn entry(second: i64, change: Change) -> Correction {
        Correction {
            id: EntryId::default(),
            article: None,
            anchor: Anchor { file: "a.txt".into(), ..Anchor::default() },
            change,
            was: String::new(),
            by: "丁".into(),
            at: Timestamp::from_second(second).expect("a time"),
            why: String::new(),
        }
        .identified()
    }

    fn of(entries: Vec<Correction>) -> Corrections {
        Corrections::of(Entries { entries, faults: Vec::new() })
    }

    fn active(corrections: &Corrections) -> Vec<&Change> {
        corrections.active().map(|entry| &entry.change).collect()
    }

    #[test]
    fn an_undo_takes_back_what_was_decided_before_it_and_can_be_taken_back() {
        let page = entry(1, Change::Page("A01".into()));
        let undo = entry(2, Change::Undo(page.id.clone()));
        let again = entry(3, Change::Undo(undo.id.clone()));
        let all = of(vec![again.clone(), undo.clone(), page.clone()]);
        assert_eq!(active(&all), [&page.change]);
        assert_eq!(all.undone_by(&undo.id), Some(&again));
        let without = of(vec![page.clone(), undo.clone()]);
        assert!(active(&without).is_empty());
        assert_eq!(without.undone_by(&page.id), Some(&undo));
        // Made before what it names: it takes nothing back, and is told.
        let early = entry(0, Change::Undo(page.id.clone()));
        let all = of(vec![early.clone(), page.clone()]);
        assert_eq!(active(&all), [&page.change]);
        assert_eq!(all.refused()[0].reason, UnplacedReason::NothingToUndo);
        assert_eq!(all.refused()[0].entry, early.id);
    }

    #[test]
    fn equal_entries_are_one_and_other_words_under_the_same_id_are_refused() {
        let page = entry(1, Change::Page("A01".into()));
        let forged = Correction { change: Change::Page("B09".into()), ..page.clone() };
        for entries in
            [vec![page.clone(), page.clone(), forged.clone()], vec![forged, page.clone()]]
        {
            let all = of(entries);
            assert_eq!(active(&all), [&page.change]);
            assert_eq!(all.refused().len(), 1);
            assert_eq!(all.refused()[0].reason, UnplacedReason::SameId);
        }
    }
}
