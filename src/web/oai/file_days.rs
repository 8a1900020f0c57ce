//! When the files of the archive were last changed: by it records are dated and selected.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::search::{Archive, SearchError};

/// The files in the order of their names, each with when it was changed before it was taken in. One
/// of which that is not known counts as the oldest.
#[derive(Debug)]
pub(crate) struct FileDays(BTreeMap<String, Timestamp>);

impl FileDays {
    /// # Errors
    /// When the index cannot be read.
    pub(crate) fn read(archive: &Archive) -> Result<Self, SearchError> {
        let reports = archive.file_reports()?.into_iter();
        let changed = reports.map(|file| (file.source, file.changed.unwrap_or_default()));
        Ok(Self(changed.collect()))
    }

    pub(crate) fn files(&self) -> impl Iterator<Item = (&str, Timestamp)> {
        self.0.iter().map(|(file, changed)| (file.as_str(), *changed))
    }

    pub(crate) fn of(&self, file: &str) -> Timestamp {
        self.0.get(file).copied().unwrap_or_default()
    }

    pub(crate) fn earliest(&self) -> Timestamp {
        self.0.values().min().copied().unwrap_or_default()
    }
}
