//! When the files of the archive were last changed: by it records are dated and selected.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::search::{Archive, SearchError};

/// Reports on files that are read at once.
const MAX_REPORTS: usize = 1_000;

/// The files with articles in the order of their names, each with when it was changed before it was
/// taken in. One of which that is not known counts as the oldest.
#[derive(Debug)]
pub(crate) struct FileDays(BTreeMap<String, Timestamp>);

impl FileDays {
    /// # Errors
    /// When the index cannot be read.
    pub(crate) fn read(archive: &Archive) -> Result<Self, SearchError> {
        // A report says far more: of all of them only the names and times are kept.
        let mut days = BTreeMap::new();
        let mut read = 0;
        loop {
            let reports = archive.file_reports_from(read, MAX_REPORTS)?;
            if reports.is_empty() {
                return Ok(Self(days));
            }
            read += reports.len();
            let reports = reports.into_iter().filter(|file| file.articles > 0);
            days.extend(reports.map(|file| (file.source, file.changed.unwrap_or_default())));
        }
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
