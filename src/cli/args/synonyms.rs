//! The user's file of words that mean the same, with what can be done about a bad one here.

use std::path::Path;

use anyhow::anyhow;

use crate::cli::output::failure;
use crate::present;
use crate::present::SynonymsError;
use crate::query::Synonyms;

/// Those of a named file, or of the one in the corpus folder, if there is one there.
///
/// # Errors
/// When a named file cannot be read, and when a line is not an entry.
pub(crate) fn read(named: Option<&Path>, corpus: &Path) -> anyhow::Result<Synonyms> {
    present::synonyms(named, corpus).map_err(|error| match error {
        SynonymsError::Unreadable { path, error } => failure::at_path(&path, error),
        wrong @ SynonymsError::Wrong { .. } => {
            anyhow!("{wrong}; mend it, or leave the file out with --no-synonyms")
        }
    })
}
