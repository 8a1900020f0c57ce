//! Which corpus an index was made from.

use serde::{Deserialize, Serialize};

use crate::model::{FileReport, NamedFiles};

/// The corpus that an index was made from: where its folder was, and some of its files, by which it
/// is known again at another place.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CorpusIdentity {
    /// The folder: absolute, symbolic links resolved.
    pub folder: String,
    /// Some of its files that the index has, in the order of their names. None until an ingest has
    /// come to its end, and if the index has no file of the corpus.
    pub sample: Vec<SampledFile>,
    /// Files of other kinds, which are not read, as the last ingest of the whole folder found them.
    #[serde(default)]
    pub other_files: NamedFiles,
}

/// A file of the corpus as it was ingested.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SampledFile {
    /// Path below the corpus folder, separated by `/`.
    pub source: String,
    /// Size in bytes.
    pub bytes: u64,
    /// BLAKE3 of its content, in hexadecimal digits.
    pub hash: String,
}

/// Files in a sample at most. Of two corpora with other files, none is the same; of one that has
/// grown, most are.
const MAX_SAMPLE: usize = 16;

impl CorpusIdentity {
    /// Samples those files of the folder with the lowest hashes of their names: the same ones while the
    /// corpus grows, wherever in it that is. `lies_in_it` tells which files are of the folder.
    #[must_use]
    pub fn new(
        folder: String,
        mut reports: Vec<&FileReport>,
        lies_in_it: impl Fn(&FileReport) -> bool,
    ) -> Self {
        reports.sort_by_cached_key(|report| *blake3::hash(report.source.as_bytes()).as_bytes());
        // Of a file that was not read to its end there is no hash.
        let known = reports.into_iter().filter(|report| !report.hash.is_empty());
        let sampled = known.filter(|report| lies_in_it(report)).take(MAX_SAMPLE);
        let mut sample: Vec<SampledFile> = sampled
            .map(|report| SampledFile {
                source: report.source.clone(),
                bytes: report.bytes,
                hash: report.hash.clone(),
            })
            .collect();
        sample.sort();
        Self { folder, sample, other_files: NamedFiles::default() }
    }
}
