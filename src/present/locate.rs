//! Where a file of the archive stands now, and whether it is still what was taken in.

use std::path::{Path, PathBuf};

use serde::Serialize;
use thiserror::Error;
use utoipa::ToSchema;

use super::Look;
use crate::intake::{ConfigError, CorpusFile, FileFormat, content_hash, walk};
use crate::model::FileReport;
use crate::search::SearchError;

/// Whether a file is what was taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// It has the content of then.
    Same,
    /// It has another content: the lines may be other ones.
    Changed,
    /// It has the size of then, or was not read whole then; the content was not compared.
    Unsure,
}

/// Why the lines of a file cannot be shown.
#[derive(Debug, Error)]
pub enum SourceError {
    /// It is not where it was.
    #[error(
        "{}: the file is gone since it was ingested; put it back, or run `dibao ingest` to remove \
         its articles", .0.display()
    )]
    Gone(PathBuf),
    /// It is there, but may not be read.
    #[error("{}: cannot be read; check its permissions", .0.display())]
    Unreadable(PathBuf),
    /// Two files can be it, and neither has the content of then.
    #[error(
        "{}: neither this file nor the one at the place of the ingest has the content of then; \
         `dibao ingest` takes it in again", .0.display()
    )]
    Neither(PathBuf),
    /// It is packed.
    #[error("{}: the lines of a packed file are not shown; unpack it", .0.display())]
    Packed(PathBuf),
    /// It could not be read to where it is wanted; in words.
    #[error("{0}")]
    Broken(String),
    /// `corpus.toml` is not understood.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The index cannot be read.
    #[error(transparent)]
    Search(#[from] SearchError),
}

/// A larger file is not read from end to end for a page.
const COMPARED: u64 = 32 << 20;

/// The file as it stands now. It is looked for below the corpus folder first, and where it stood at
/// the ingest; of two files that can be it, only one with the content of then is it. The places
/// come from the report alone, and so from the index.
///
/// # Errors
/// When there is no such file any more, and when it cannot be told which one it is.
pub(super) fn locate(
    report: &FileReport,
    corpus: &Path,
    look: Look,
) -> Result<(CorpusFile, Standing), SourceError> {
    let below = corpus.join(&report.source);
    let stood = PathBuf::from(&report.path);
    let mut places: Vec<PathBuf> = vec![below.clone(), stood];
    places.retain(|place| place.is_file());
    places.dedup_by_key(|place| place.canonicalize().ok());
    let mut found: Vec<CorpusFile> =
        places.iter().flat_map(|place| walk(corpus, std::slice::from_ref(place)).files).collect();
    if places.is_empty() && report.source.contains(r"\x") {
        // A name that is not UTF-8 is written with escapes, which only the walk can resolve.
        found = walk(corpus, &[]).files;
        found.retain(|file| file.source == report.source);
    } else if places.is_empty() {
        return Err(SourceError::Gone(below));
    }
    let compare = |file: &CorpusFile| {
        if report.hash.is_empty() {
            return Standing::Unsure;
        }
        if file.bytes != report.bytes {
            return Standing::Changed;
        }
        if look == Look::Page && file.bytes > COMPARED {
            return Standing::Unsure;
        }
        let is_same = content_hash(file).is_ok_and(|now| now == report.hash);
        if is_same { Standing::Same } else { Standing::Changed }
    };
    let standings: Vec<Standing> = found.iter().map(compare).collect();
    let is_it = standings.iter().position(|standing| *standing != Standing::Changed);
    let (found, standing) = match (is_it, found.len()) {
        (Some(at), _) => (found.swap_remove(at), standings[at]),
        (None, 1) => (found.swap_remove(0), Standing::Changed),
        (None, 0) => return Err(SourceError::Unreadable(below)),
        (None, _) => return Err(SourceError::Neither(below)),
    };
    match found.format {
        FileFormat::JsonlZst => Err(SourceError::Packed(found.path)),
        FileFormat::Text | FileFormat::Html | FileFormat::Jsonl => Ok((found, standing)),
    }
}
