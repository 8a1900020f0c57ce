//! Reads the user's file of words that mean the same.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::intake::SYNONYMS;
use crate::query::Synonyms;

/// Why the words that mean the same are not known. What to do about it depends on who asked.
#[derive(Debug, Error)]
pub enum SynonymsError {
    /// The file cannot be read.
    #[error("{}: {error}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// A line is not an entry.
    #[error("{}: {first}", path.display())]
    Wrong {
        /// The file.
        path: PathBuf,
        /// The first such line, with what is wrong.
        first: String,
    },
}

/// Those of a named file, or of the one in the corpus folder, if there is one there.
///
/// # Errors
/// When a named file cannot be read, and when a line is not an entry: a query that silently finds
/// less than was written down would be worse.
pub fn synonyms(named: Option<&Path>, corpus: &Path) -> Result<Synonyms, SynonymsError> {
    let path = named.map_or_else(|| corpus.join(SYNONYMS), Path::to_owned);
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if named.is_none() && error.kind() == io::ErrorKind::NotFound => {
            return Ok(Synonyms::default());
        }
        Err(error) => return Err(SynonymsError::Unreadable { path, error }),
    };
    let (synonyms, wrong) = Synonyms::parse(&text);
    match wrong.first() {
        Some(first) => Err(SynonymsError::Wrong { path, first: first.clone() }),
        None => Ok(synonyms),
    }
}
