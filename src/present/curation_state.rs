//! What became of the corrections of a folder: applied, waiting, taken back, or not to be placed.

use std::collections::{HashMap, HashSet};
use std::path::{Component, Path};

use serde::Serialize;

use super::CorrectError;
use crate::curation::{Corrections, CurationFolder, Fault, replaced};
use crate::model::{Change, Correction, EntryId, UnplacedCorrection, UnplacedReason};
use crate::search::Archive;

/// What became of an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum EntryState {
    /// It counts, and the archive has it.
    Applied,
    /// A later one about the same thing counts.
    Replaced,
    /// It was taken back.
    TakenBack {
        /// By whom.
        by: String,
    },
    /// It takes another one back.
    TakesBack,
    /// The archive does not have it yet.
    Waiting,
    /// It cannot be applied.
    Unplaced {
        /// Why.
        reason: UnplacedReason,
    },
}

/// The entries of a folder.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CurationState {
    /// All that can be read, in the order of decisions.
    pub entries: Vec<(Correction, EntryState)>,
    /// Entries that cannot be understood beside others: of these only what they say is known.
    pub refused: Vec<UnplacedCorrection>,
    /// What cannot be read.
    pub faults: Vec<Fault>,
}

impl CurationState {
    /// Reads a folder and what the archive says of its entries.
    ///
    /// # Errors
    /// When the folder or the index cannot be read.
    pub fn read(
        archive: &Archive,
        corpus: &Path,
        folder: &CurationFolder,
    ) -> Result<Self, CorrectError> {
        let corrections = Corrections::load(folder)?;
        let mut told: HashMap<EntryId, EntryState> = HashMap::new();
        let mut files: HashSet<String> = HashSet::new();
        for report in archive.file_reports()? {
            let applied = report.corrections.into_iter().map(|id| (id, EntryState::Applied));
            told.extend(applied);
            for UnplacedCorrection { entry, reason, .. } in report.unplaced {
                told.entry(entry).or_insert(EntryState::Unplaced { reason });
            }
            files.insert(report.source);
        }
        let replaced = replaced(corrections.active());
        let state = |entry: &Correction| {
            if let Some(undo) = corrections.undone_by(&entry.id) {
                return EntryState::TakenBack { by: undo.by.clone() };
            }
            let refused = corrections.refused().iter().find(|refused| refused.entry == entry.id);
            if let (Some(refused), Change::Undo(_)) = (refused, &entry.change) {
                return EntryState::Unplaced { reason: refused.reason.clone() };
            }
            if matches!(entry.change, Change::Undo(_)) {
                return EntryState::TakesBack;
            }
            match told.get(&entry.id) {
                Some(EntryState::Applied) if replaced.contains(&entry.id) => EntryState::Replaced,
                Some(other) => other.clone(),
                None if files.contains(&entry.anchor.file)
                    || is_there(corpus, &entry.anchor.file) =>
                {
                    EntryState::Waiting
                }
                None => EntryState::Unplaced { reason: UnplacedReason::FileGone },
            }
        };
        let entries = corrections.entries().iter().map(|entry| (entry.clone(), state(entry)));
        Ok(Self {
            entries: entries.collect(),
            refused: corrections.refused().to_vec(),
            faults: corrections.faults().to_vec(),
        })
    }
}

/// Whether the corpus has a file of this name, which an entry says and which is not trusted.
fn is_there(corpus: &Path, file: &str) -> bool {
    let is_plain = Path::new(file).components().all(|part| matches!(part, Component::Normal(_)));
    is_plain && corpus.join(file).is_file()
}
