//! What an ingest is asked to do, and why it cannot.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

use super::splitter::SplitterError;
use super::watched::{StopSignal, WatchedFiles};
use crate::curation::{CurationError, CurationFolder};
use crate::index::IndexError;
use crate::intake::{ConfigError, FollowLinks};
#[cfg(feature = "opensearch")]
use crate::opensearch::ClusterSettings;
use crate::recognise::{OcrSetting, RecognitionError};

/// What an ingest is asked to do.
#[derive(Debug, Clone)]
pub struct IngestPlan {
    /// The corpus folder: records name their files by the path below it, and its `corpus.toml`
    /// applies.
    pub corpus: PathBuf,
    /// Files and folders to take in; none means the whole corpus folder. Files that are gone are
    /// removed from the index if they lay below one of these.
    pub paths: Vec<PathBuf>,
    /// The index folder.
    pub index: PathBuf,
    /// The cluster that keeps the archive instead of the index folder, which then has only what is kept
    /// beside an index.
    #[cfg(feature = "opensearch")]
    pub cluster: Option<ClusterSettings>,
    /// The folder of people's corrections; `None` applies none.
    pub curation: Option<CurationFolder>,
    /// Threads that split and annotate, and as many that index.
    pub threads: usize,
    /// Whether to rebuild the index. The old one is used until the new one is complete.
    pub rebuild: bool,
    /// Whether to go on where no file is found and the index has some: it is emptied. Refused
    /// otherwise, since the folder may be one that is not mounted.
    pub allow_empty: bool,
    /// Whether to go on where the index was made from another corpus folder. Refused otherwise,
    /// since files of the same names would be replaced.
    pub another_corpus: bool,
    /// Which links below the corpus folder are followed.
    pub links: FollowLinks,
    /// A file of words for the dictionary, one on each line. An index keeps its words; other ones
    /// need a rebuild.
    pub user_words: Option<PathBuf>,
    /// What recognises the text on pictures of which `corpus.toml` says nothing; files that it has
    /// recognised stay as they are without it.
    pub ocr: Option<OcrSetting>,
    /// Bytes of source files after which what was done so far is committed, at the next boundary
    /// between two files: what a killed run does not have to do again.
    pub commit_after: u64,
    /// What is known of the files by watching them.
    pub watched: WatchedFiles,
    /// Ends the ingest early when it is asked to.
    pub stop: StopSignal,
}

impl IngestPlan {
    /// Ingests a whole corpus, with a thread for each processor.
    #[must_use]
    pub fn new(corpus: impl Into<PathBuf>, index: impl Into<PathBuf>) -> Self {
        Self {
            corpus: corpus.into(),
            paths: Vec::new(),
            index: index.into(),
            #[cfg(feature = "opensearch")]
            cluster: None,
            curation: None,
            threads: std::thread::available_parallelism().map_or(1, usize::from),
            rebuild: false,
            allow_empty: false,
            another_corpus: false,
            links: FollowLinks::Inside,
            user_words: None,
            ocr: None,
            commit_after: 256 << 20,
            watched: WatchedFiles::default(),
            stop: StopSignal::default(),
        }
    }
}

/// Why an ingest stopped. What was committed before is kept, and the next run goes on from there.
#[derive(Debug, Error)]
pub enum IngestError {
    /// The index cannot be opened or written to.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// `corpus.toml` cannot be understood.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// A table in the corpus folder cannot be used.
    #[error(transparent)]
    Splitter(#[from] SplitterError),
    /// The folder of corrections cannot be read. Without them articles would be other ones.
    #[error(transparent)]
    Curation(#[from] CurationError),
    /// What is to recognise text cannot be used.
    #[error(transparent)]
    Recognition(#[from] RecognitionError),
    /// A path that was named does not exist.
    #[error("{path}: no such file or folder; nothing was changed", path = .0.display())]
    Missing(PathBuf),
    /// No file was found, and the index would be empty.
    #[error(
        "{folder}: no files to ingest, and the index in {index} has articles{known}; nothing was \
         changed; check that the folder is the right one and is mounted, and that `skip` in corpus.toml \
         leaves some, or empty the index with --allow-empty",
        folder = folder.display(), index = index.display(), known = from_folder(known.as_deref())
    )]
    NothingFound {
        /// The index folder.
        index: PathBuf,
        /// Where files were looked for.
        folder: PathBuf,
        /// The corpus folder that the index was made from, if it says so.
        known: Option<String>,
    },
    /// The index was made from another corpus.
    #[error(
        "{found}: not the corpus that the index in {index} was made from, which is {known}; nothing \
         was changed; name that folder with --corpus, name another index with --index, or go on \
         with --another-corpus",
        found = found.display(), index = index.display()
    )]
    AnotherCorpus {
        /// The index folder.
        index: PathBuf,
        /// The corpus folder that the index was made from.
        known: String,
        /// The corpus folder of this run.
        found: PathBuf,
    },
    /// The file of words cannot be read.
    #[error("{path}: the list of words cannot be read: {source}", path = path.display())]
    UserWords {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

impl IngestError {
    /// Whether it is in vain to try again as long as nobody has done something about it: another corpus, or an
    /// index that cannot be used.
    #[must_use]
    pub fn is_lasting(&self) -> bool {
        match self {
            Self::AnotherCorpus { .. } | Self::UserWords { .. } => true,
            Self::Index(error) => matches!(
                error,
                IndexError::Foreign { .. }
                    | IndexError::Outdated { .. }
                    | IndexError::Damaged { .. }
            ),
            _ => false,
        }
    }

    /// Whether another process writes to the index: later it can go on.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        matches!(self, Self::Index(IndexError::Busy { .. }))
    }
}

fn from_folder(known: Option<&str>) -> String {
    known.map(|folder| format!(" from {folder}")).unwrap_or_default()
}
