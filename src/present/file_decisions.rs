//! What was decided about one file of the archive, under whatever names it had, and where it is now.

use std::collections::{BTreeSet, HashSet};
use std::path::{Component, Path, PathBuf};

use super::decision::{Revision, mark};
use super::{CorrectError, EntryState};
use crate::curation::{Corrections, CurationError, CurationFolder, replaced};
use crate::model::{Change, Correction, EntryId, FileReport, Record};
use crate::search::{Archive, SearchError};

/// The decisions on one file.
#[derive(Debug, Clone, Default)]
pub struct FileDecisions {
    known: Corrections,
    /// The names that the file has and had, where `known` has decisions on others too.
    names: Option<BTreeSet<String>>,
}

/// A decision, what became of it, and whether the archive does not have that yet.
#[derive(Debug, Clone)]
pub struct DecisionState {
    /// The entry.
    pub entry: Correction,
    /// What became of it.
    pub state: EntryState,
    /// Whether the next ingest changes something by it.
    pub is_pending: bool,
}

impl FileDecisions {
    /// Reads the decisions on a file. `report` is what the archive says of it: decisions that it names
    /// and that were made under another name of the file are read as well.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn load(
        folder: &CurationFolder,
        file: &str,
        report: Option<&FileReport>,
    ) -> Result<Self, CurationError> {
        let own = Corrections::load_file(folder, file)?;
        let ids: HashSet<&EntryId> = own.entries().iter().map(|entry| &entry.id).collect();
        let mut elsewhere: HashSet<&EntryId> = report.map(told).into_iter().flatten().collect();
        elsewhere.retain(|id| !ids.contains(id));
        if elsewhere.is_empty() {
            return Ok(Self { known: own, names: None });
        }
        let known = Corrections::load(folder)?;
        let others = known.entries().iter().filter(|entry| elsewhere.contains(&entry.id));
        let others = others.map(|entry| entry.anchor.file.clone());
        let names = others.chain([file.to_owned()]).collect();
        Ok(Self { known, names: Some(names) })
    }

    /// The entries, in the order of decisions.
    pub(super) fn entries(&self) -> impl Iterator<Item = &Correction> {
        let is_own = |entry: &&Correction| {
            self.names.as_ref().is_none_or(|names| names.contains(&entry.anchor.file))
        };
        self.known.entries().iter().filter(is_own)
    }

    /// Which entries there are about an article, or, without one, about the file: of each the beginning
    /// of its id.
    #[must_use]
    pub fn revision(&self, article: Option<&Record>) -> Revision {
        let about =
            self.entries().filter(|entry| article.is_none_or(|record| is_about(entry, record)));
        Revision(about.map(|entry| mark(&entry.id)).collect())
    }

    /// Every entry in the order of decisions, with what became of it by this report.
    #[must_use]
    pub fn states(&self, report: Option<&FileReport>) -> Vec<DecisionState> {
        let is_undo = |entry: &Correction| matches!(entry.change, Change::Undo(_));
        let active = self
            .entries()
            .filter(|entry| !is_undo(entry) && self.known.undone_by(&entry.id).is_none());
        let replaced = replaced(active);
        let told: HashSet<&EntryId> = report.map(told).into_iter().flatten().collect();
        let state = |entry: &Correction| {
            if let Some(undo) = self.known.undone_by(&entry.id) {
                return EntryState::TakenBack { by: undo.by.clone() };
            }
            if is_undo(entry) {
                return EntryState::TakesBack;
            }
            if replaced.contains(&entry.id) {
                return EntryState::Replaced;
            }
            let mut unplaced = report.iter().flat_map(|report| &report.unplaced);
            if let Some(unplaced) = unplaced.find(|unplaced| unplaced.entry == entry.id) {
                return EntryState::Unplaced { reason: unplaced.reason.clone() };
            }
            if told.contains(&entry.id) { EntryState::Applied } else { EntryState::Waiting }
        };
        self.entries()
            .map(|entry| {
                let state = state(entry);
                let is_pending = match state {
                    EntryState::Waiting => true,
                    EntryState::TakenBack { .. } => told.contains(&entry.id),
                    _ => false,
                };
                DecisionState { entry: entry.clone(), state, is_pending }
            })
            .collect()
    }
}

/// Whether an entry is about an article as it is now: by its id, one that it had, or since it was applied
/// to it, whatever the article was called then.
#[must_use]
pub fn is_about(entry: &Correction, record: &Record) -> bool {
    let of_article =
        entry.article.as_ref().is_some_and(|id| *id == record.id || record.former_ids.contains(id));
    of_article || record.corrections.iter().any(|applied| applied.entry == entry.id)
}

/// The entries that the archive has of a file, applied or not.
fn told(report: &FileReport) -> impl Iterator<Item = &EntryId> {
    let unplaced = report.unplaced.iter().map(|unplaced| &unplaced.entry);
    report.corrections.iter().chain(unplaced)
}

/// The files of the archive with decisions that it does not have yet.
///
/// # Errors
/// When the folder or the index cannot be read.
pub fn pending_files(
    archive: &Archive,
    folder: &CurationFolder,
) -> Result<BTreeSet<String>, CorrectError> {
    let corrections = Corrections::load(folder)?;
    let mut pending = BTreeSet::new();
    if corrections.entries().is_empty() {
        return Ok(pending);
    }
    let reports = archive.file_reports()?;
    let mut known: HashSet<&EntryId> = replaced(corrections.active());
    for report in &reports {
        if told(report).any(|entry| corrections.undone_by(entry).is_some()) {
            pending.insert(report.source.clone());
        }
        known.extend(told(report));
    }
    let files: HashSet<&str> = reports.iter().map(|report| report.source.as_str()).collect();
    let waiting = corrections.active().filter(|entry| !known.contains(&entry.id));
    let waiting = waiting.map(|entry| &entry.anchor.file);
    pending.extend(waiting.filter(|file| files.contains(file.as_str())).cloned());
    Ok(pending)
}

/// The file that an entry is about, by the name that the archive has for it now; the name in the entry
/// where the archive has no such file.
///
/// # Errors
/// When the index cannot be read.
pub fn current_file(archive: &Archive, entry: &Correction) -> Result<String, SearchError> {
    let named = &entry.anchor.file;
    if archive.file_report(named)?.is_some() {
        return Ok(named.clone());
    }
    if let Some(id) = &entry.article
        && let Some(record) = archive.get(id)?.into_iter().next()
    {
        return Ok(record.source);
    }
    let undone = match &entry.change {
        Change::Undo(undone) => Some(undone),
        _ => None,
    };
    let is_it = |report: &FileReport| {
        let is_same = !entry.anchor.content.is_empty() && report.hash == entry.anchor.content;
        is_same || told(report).any(|id| *id == entry.id || Some(id) == undone)
    };
    let found = archive.file_reports()?.into_iter().find(is_it);
    Ok(found.map_or_else(|| named.clone(), |report| report.source))
}

/// Where a file of the archive is now: below the corpus folder, else where it was at the ingest. `None`
/// where it is not, and for a name that the archive does not have: an entry can say any.
///
/// # Errors
/// When the index cannot be read.
pub fn file_path(
    archive: &Archive,
    corpus: &Path,
    file: &str,
) -> Result<Option<PathBuf>, SearchError> {
    let Some(report) = archive.file_report(file)? else { return Ok(None) };
    let is_plain = Path::new(file).components().all(|part| matches!(part, Component::Normal(_)));
    let below = is_plain.then(|| corpus.join(file));
    let mut places = below.into_iter().chain([PathBuf::from(report.path)]);
    Ok(places.find(|path| path.is_file()))
}
