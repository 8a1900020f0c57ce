//! Whether an ingest takes the same corpus as before: an empty folder, or another one, would replace
//! what the index has.

use std::fs;
use std::path::{Path, PathBuf};

use super::plan::{IngestError, IngestPlan};
use super::target::KnownArchive;
use crate::index::{CorpusIdentity, SampledFile};
use crate::intake;
use crate::model::FileReport;

/// Which corpus the plan takes from, with a sample of the files in `reports` that lie in it. `None`
/// if it takes from none: what it names lies elsewhere.
pub(super) fn identity(
    plan: &IngestPlan,
    archive: &KnownArchive,
    reports: Vec<&FileReport>,
) -> Option<CorpusIdentity> {
    let folder = real_folder(plan)?;
    let lies_in_it = |report: &FileReport| {
        fs::canonicalize(&report.path).is_ok_and(|real| real == folder.join(&report.source))
    };
    let mut corpus = CorpusIdentity::new(folder.display().to_string(), reports, lies_in_it);
    if let Some(known) = &archive.corpus {
        corpus.other_files = known.other_files.clone();
    }
    Some(corpus)
}

/// Refuses a corpus that the plan does not allow, before anything is changed.
///
/// # Errors
/// When it is another one than before.
pub(super) fn check_corpus(plan: &IngestPlan, archive: &KnownArchive) -> Result<(), IngestError> {
    let (Some(known), Some(folder)) = (&archive.corpus, real_folder(plan)) else {
        return Ok(());
    };
    let is_known = known.folder == folder.display().to_string();
    if plan.another_corpus || is_known || is_moved(known, &folder) {
        return Ok(());
    }
    let (index, known) = (plan.index.clone(), known.folder.clone());
    Err(IngestError::AnotherCorpus { index, known, found: folder })
}

/// Refuses to empty an index, where the plan does not allow it.
///
/// # Errors
/// When no file was found and the index has some.
pub(super) fn check_that_something_is_left(
    plan: &IngestPlan,
    archive: &KnownArchive,
    found: usize,
    would_lose: bool,
) -> Result<(), IngestError> {
    if found > 0 || !would_lose || plan.allow_empty {
        return Ok(());
    }
    let folder = plan.paths.first().unwrap_or(&plan.corpus).clone();
    let known = archive.corpus.as_ref().map(|known| known.folder.clone());
    Err(IngestError::NothingFound { index: plan.index.clone(), folder, known })
}

/// Whether there is an archive that may have articles.
pub(super) fn has_articles(archive: &KnownArchive) -> bool {
    archive.exists && archive.corpus.as_ref().is_none_or(|known| !known.sample.is_empty())
}

/// The corpus folder, absolute and without links, if the plan takes from it.
fn real_folder(plan: &IngestPlan) -> Option<PathBuf> {
    let folder = fs::canonicalize(&plan.corpus).ok()?;
    let lies_in_it =
        |path: &PathBuf| fs::canonicalize(path).is_ok_and(|real| real.starts_with(&folder));
    let takes = plan.paths.is_empty() || plan.paths.iter().any(lies_in_it);
    takes.then_some(folder)
}

/// Whether a folder is the known corpus at another place: at least half of the files that the index
/// remembers are in it as they were.
fn is_moved(known: &CorpusIdentity, folder: &Path) -> bool {
    let is_same = |sampled: &&SampledFile| {
        let path = folder.join(&sampled.source);
        fs::metadata(&path).is_ok_and(|file| file.len() == sampled.bytes)
            && intake::content_hash(&path).is_ok_and(|hash| hash == sampled.hash)
    };
    let same = known.sample.iter().filter(is_same).count();
    same > 0 && same * 2 >= known.sample.len()
}
