//! The tables of weights that the files of a corpus are split by: that of the program, or those that
//! were fitted on pages of one's own, in the corpus folder and in the folders of publications.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::intake::{CorpusFile, SPLITTER};
use crate::split::{Splitter, WeightsError};

/// Tables larger than this are none.
const MAX_TABLE_BYTES: u64 = 64 << 20;

/// The tables of a corpus. The default is that of the program for all files.
#[derive(Default)]
pub struct CorpusSplitters {
    general: Arc<CorpusSplitter>,
    /// Tables of publications, by the first folder of their files. They can be read: they were when
    /// the corpus was opened.
    by_folder: BTreeMap<String, String>,
}

/// What files are split by. The default is the table of the program.
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

impl CorpusSplitters {
    /// Reads a named table for all files; without one, that at the top of the corpus folder and those
    /// of publications, as far as they are there.
    ///
    /// # Errors
    ///
    /// When a file is there and cannot be read, or is no table that this program can use.
    pub fn load(named: Option<&Path>, corpus: &Path) -> Result<Self, SplitterError> {
        if let Some(path) = named {
            let general = Arc::new(CorpusSplitter::load(path)?);
            return Ok(Self { general, by_folder: BTreeMap::new() });
        }
        let of_corpus = table(&corpus.join(SPLITTER))?.map(|(_, splitter)| splitter);
        let mut by_folder = BTreeMap::new();
        // A corpus that is no folder has no publications; the walk says what is wrong with it.
        for entry in fs::read_dir(corpus).into_iter().flatten().filter_map(Result::ok) {
            if let Some((text, _)) = table(&entry.path().join(SPLITTER))? {
                by_folder.insert(entry.file_name().to_string_lossy().into_owned(), text);
            }
        }
        Ok(Self { general: Arc::new(of_corpus.unwrap_or_default()), by_folder })
    }

    /// The table for the publication of a file.
    pub(super) fn of(&self, file: &CorpusFile) -> Arc<CorpusSplitter> {
        let folder = file.source.split_once('/').map(|(folder, _)| folder);
        let own = folder.and_then(|folder| self.by_folder.get(folder));
        let own = own.and_then(|table| CorpusSplitter::of(table).ok());
        own.map_or_else(|| Arc::clone(&self.general), Arc::new)
    }
}

impl CorpusSplitter {
    /// Reads a table.
    ///
    /// # Errors
    ///
    /// When the file cannot be read, or is no table that this program can use.
    pub fn load(path: &Path) -> Result<Self, SplitterError> {
        let path = path.to_owned();
        match read(&path) {
            Ok(table) => Self::of(&table).map_err(|error| SplitterError::Invalid { path, error }),
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

/// A table that may be missing, as text and read.
fn table(path: &Path) -> Result<Option<(String, CorpusSplitter)>, SplitterError> {
    // A folder that cannot be searched is named when its files are looked for.
    if fs::metadata(path).is_err() {
        return Ok(None);
    }
    let path = path.to_owned();
    match read(&path) {
        Ok(text) => match CorpusSplitter::of(&text) {
            Ok(splitter) => Ok(Some((text, splitter))),
            Err(error) => Err(SplitterError::Invalid { path, error }),
        },
        Err(error) if is_absent(&error) => Ok(None),
        Err(error) => Err(SplitterError::Unreadable { path, error }),
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
