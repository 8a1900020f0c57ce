//! What can be wrong with a file of an index, and what repairs it.

use std::ffi::OsStr;
use std::fmt;
use std::path::Path;

use serde::Serialize;

/// What an index says of itself: in the index folder, with a copy in the data folder.
pub(super) const MANIFEST: &str = "dibao.json";

/// The engine's list of the files that it made, from which it knows what it may remove.
pub(super) const MANAGED: &str = ".managed.json";
/// What the names of files with the order of the articles begin with.
pub(super) const ORDER: &str = "order-";
/// What an ingest keeps to find reprints by what is new alone: the decided pairs, and what the names of
/// the files with the sketches of a segment begin with.
pub(super) const REPRINTS: &str = "reprints";
pub(super) const SKETCHES: &str = "sketches-";

/// What is wrong with a file of an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Damage {
    /// Its content is not what was written.
    Altered,
    /// It does not reach its end.
    CutOff,
    /// It is gone.
    Missing,
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Altered => "damaged: its content does not match its checksum",
            Self::CutOff => "damaged: it was cut off",
            Self::Missing => "missing",
        })
    }
}

/// What repairs a damaged file of an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Mend {
    /// An ingest: the file is made from the others.
    Ingest,
    /// An ingest that rebuilds the index from the corpus.
    Rebuild,
}

impl Mend {
    /// For this file of an index folder.
    #[must_use]
    pub fn of(path: &Path) -> Self {
        let name = path.file_name().and_then(OsStr::to_str).unwrap_or_default();
        let is_made_again = [MANIFEST, MANAGED, REPRINTS].contains(&name)
            || [ORDER, SKETCHES].iter().any(|begins| name.starts_with(begins));
        if is_made_again { Self::Ingest } else { Self::Rebuild }
    }
}

impl fmt::Display for Mend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Ingest => "`dibao ingest` makes it again",
            Self::Rebuild => "`dibao ingest --rebuild` rebuilds the index from the corpus",
        })
    }
}
