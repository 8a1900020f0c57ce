//! Reads the user's file of words that mean the same.

use std::fs;
use std::io;
use std::path::Path;

use anyhow::bail;

use super::failure;
use crate::intake::SYNONYMS;
use crate::query::Synonyms;

/// Those of a named file, or of the one in the corpus folder, if there is one there.
///
/// # Errors
/// When a named file cannot be read, and when a line is not an entry: a query that silently finds
/// less than was written down would be worse.
pub(super) fn read(named: Option<&Path>, corpus: &Path) -> anyhow::Result<Synonyms> {
    let usual = corpus.join(SYNONYMS);
    let path = named.unwrap_or(&usual);
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if named.is_none() && error.kind() == io::ErrorKind::NotFound => {
            return Ok(Synonyms::default());
        }
        Err(error) => return Err(failure::at_path(path, error)),
    };
    let (synonyms, wrong) = Synonyms::parse(&text);
    if let Some(first) = wrong.first() {
        bail!("{}: {first}; mend it, or leave the file out with --no-synonyms", path.display());
    }
    Ok(synonyms)
}
