//! The user's file of synonyms. A query that silently finds less than was written down would be
//! worse than none: a bad line is an error here.

use std::path::Path;

use anyhow::bail;

use crate::cli::output::failure;
use crate::present::{Lang, SynonymsFile, errors};
use crate::query::Synonyms;

/// Those of a named file, or of the one in the corpus folder, if there is one there.
///
/// # Errors
/// When a named file cannot be read, and when a line is not an entry.
pub(crate) fn read(named: Option<&Path>, corpus: &Path, lang: Lang) -> anyhow::Result<Synonyms> {
    let file = SynonymsFile::read(named, corpus).map_err(|error| {
        let path = named.map_or_else(|| SynonymsFile::path_in(corpus), Path::to_owned);
        failure::at_path(&path, error)
    })?;
    let (synonyms, wrong) = file.parse();
    match wrong.first() {
        Some(wrong) => {
            let (path, wrong) = (file.path.display(), errors::error(lang, wrong));
            bail!(lang.of(
                format!("{path}：{wrong}；请改正，或用 --no-synonyms 不使用同义词"),
                format!("{path}: {wrong}; fix it, or use --no-synonyms"),
            ))
        }
        None => Ok(synonyms),
    }
}
