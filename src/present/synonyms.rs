//! The user's file of synonyms: where it is, and what reading it gives. The command line refuses a
//! bad line, a server leaves it out; both read the file here.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::intake::SYNONYMS;
use crate::query::{Synonyms, SynonymsError};

/// The file as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SynonymsFile {
    /// Where it is, whether it exists or not.
    pub path: PathBuf,
    /// What it holds; empty where there is none in the corpus folder.
    pub text: String,
}

impl SynonymsFile {
    /// Where the file of a corpus is.
    #[must_use]
    pub fn path_in(corpus: &Path) -> PathBuf {
        corpus.join(SYNONYMS)
    }

    /// Reads a named file, or the one in the corpus folder, if there is one there.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn read(named: Option<&Path>, corpus: &Path) -> io::Result<Self> {
        let path = named.map_or_else(|| Self::path_in(corpus), Path::to_owned);
        match fs::read_to_string(&path) {
            Ok(text) => Ok(Self { path, text }),
            Err(error) if named.is_none() && error.kind() == io::ErrorKind::NotFound => {
                Ok(Self { path, text: String::new() })
            }
            Err(error) => Err(error),
        }
    }

    /// The synonyms, and an error for each line that is not an entry.
    #[must_use]
    pub fn parse(&self) -> (Synonyms, Vec<SynonymsError>) {
        Synonyms::parse(&self.text)
    }
}
