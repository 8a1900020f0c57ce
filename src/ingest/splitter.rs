//! The table of weights that the files of a corpus are split by: that of the program, or one that was
//! fitted on pages of one's own and lies in the corpus folder.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::intake::SPLITTER;
use crate::split::{Splitter, WeightsError};

/// Tables larger than this are none.
const MAX_TABLE_BYTES: u64 = 64 << 20;

/// What the files of a corpus are split by. The default is the table of the program.
#[derive(Default)]
pub struct CorpusSplitter {
    pub(super) splitter: Splitter,
    /// 16 hexadecimal digits of the hash of the table; empty for that of the program.
    pub(super) fingerprint: String,
}

/// Why a table of weights cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SplitterError {
    /// The file cannot be read.
    #[error("cannot read {}: {error}; make it readable or remove it", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// It is not a table that this program can use.
    #[error("{}, {error}; write the table anew with `dibao fit`, or remove it", path.display())]
    Invalid {
        /// The file.
        path: PathBuf,
        /// The line, and what is wrong there.
        error: WeightsError,
    },
}

impl CorpusSplitter {
    /// Reads a named table, or the one in the corpus folder, if there is one there.
    ///
    /// # Errors
    ///
    /// When a file is there and cannot be read, or is no table that this program can use.
    pub fn load(named: Option<&Path>, corpus: &Path) -> Result<Self, SplitterError> {
        let path = named.map_or_else(|| corpus.join(SPLITTER), Path::to_owned);
        match read(&path) {
            Ok(table) => Self::of(&table).map_err(|error| SplitterError::Invalid { path, error }),
            Err(error) if named.is_none() && is_absent(&error) => Ok(Self::default()),
            Err(error) => Err(SplitterError::Unreadable { path, error }),
        }
    }

    fn of(table: &str) -> Result<Self, WeightsError> {
        let splitter = Splitter::from_table(table)?;
        let fingerprint = blake3::hash(table.as_bytes()).to_hex()[..16].to_owned();
        Ok(Self { splitter, fingerprint })
    }

    /// The splitter itself.
    #[must_use]
    pub fn splitter(&self) -> &Splitter {
        &self.splitter
    }
}

fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

fn read(path: &Path) -> io::Result<String> {
    if fs::metadata(path)?.len() > MAX_TABLE_BYTES {
        return Err(io::Error::other("it is larger than 64 MB"));
    }
    fs::read_to_string(path)
}
