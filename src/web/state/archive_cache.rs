//! The archive as it is now: opened when it is first asked for, and again when an ingest, in
//! whatever process, has changed it.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};
use std::time::{Duration, Instant};

use crate::index::IndexError;
use crate::model::CivilDate;
use crate::present::{SearchParams, Selection, SynonymsFile};
use crate::query::Synonyms;
use crate::search::{Archive, IndexState, Request, SearchError};
use crate::web::Problem;

/// How long what was found out about the folders holds.
const FRESH: Duration = Duration::from_millis(500);
/// How often, and after which pause, an index that is missing is looked for again.
const TRIES: u32 = 3;
const PAUSE: Duration = Duration::from_millis(20);

/// Where the archive is kept.
#[derive(Debug)]
pub(crate) struct ArchiveCache {
    index: PathBuf,
    corpus: PathBuf,
    kept: Mutex<CacheEntry>,
    /// Held by the one who opens the archive; never together with `kept`, but for a moment.
    opening: Mutex<()>,
}

#[derive(Debug, Default)]
struct CacheEntry {
    /// What came of the last look, and when that was.
    outcome: Option<(Result<Arc<OpenArchive>, Problem>, Instant)>,
    /// The last archive that could be opened.
    last: Option<Arc<OpenArchive>>,
}

/// The archive and its synonyms at one time.
#[derive(Debug)]
pub(crate) struct OpenArchive {
    pub archive: Archive,
    pub synonyms: Synonyms,
    /// How many articles there are.
    pub articles: u64,
    /// Changes with the index and the synonyms.
    pub state: String,
    index: IndexState,
    /// What the synonyms were read from.
    written: SynonymsFile,
}

impl ArchiveCache {
    pub(crate) fn new(index: PathBuf, corpus: PathBuf) -> Self {
        Self { index, corpus, kept: Mutex::default(), opening: Mutex::default() }
    }

    /// The archive as it was found a moment ago; `None` if somebody has to look again.
    pub(crate) fn fresh(&self) -> Option<Result<Arc<OpenArchive>, Problem>> {
        let kept = locked(&self.kept);
        let (outcome, seen) = kept.outcome.as_ref()?;
        (seen.elapsed() < FRESH).then(|| outcome.clone())
    }

    /// The archive as it is now; while another thread opens it anew, as it was before. Reads
    /// files: not for async threads.
    ///
    /// # Errors
    /// When there is no index or it cannot be read.
    pub(crate) fn open(&self) -> Result<Arc<OpenArchive>, Problem> {
        if let Some(outcome) = self.fresh() {
            return outcome;
        }
        let last = locked(&self.kept).last.clone();
        let _turn = match (self.opening.try_lock(), last.clone()) {
            (Ok(turn), _) => turn,
            (Err(TryLockError::WouldBlock), Some(last)) => return Ok(last),
            (Err(_), _) => locked(&self.opening),
        };
        if let Some(outcome) = self.fresh() {
            return outcome;
        }
        let outcome = self.open_again(last.as_ref()).map_err(Problem::from);
        let mut kept = locked(&self.kept);
        if let Ok(opened) = &outcome {
            kept.last = Some(opened.clone());
        }
        kept.outcome = Some((outcome.clone(), Instant::now()));
        outcome
    }

    fn open_again(&self, last: Option<&Arc<OpenArchive>>) -> Result<Arc<OpenArchive>, SearchError> {
        let mut tries = 0;
        loop {
            match self.open_once(last) {
                // An index that is being replaced is missing for a moment.
                Err(SearchError::Index(IndexError::Missing { .. })) if tries < TRIES => {
                    tries += 1;
                    std::thread::sleep(PAUSE);
                }
                outcome => return outcome,
            }
        }
    }

    fn open_once(&self, last: Option<&Arc<OpenArchive>>) -> Result<Arc<OpenArchive>, SearchError> {
        let written = self.synonyms();
        let mut index = IndexState::read(&self.index)?;
        if let Some(last) = last
            && last.index == index
            && last.written == written
        {
            return Ok(last.clone());
        }
        let archive = loop {
            let archive = Archive::open(&self.index)?;
            // An ingest may commit between any two lines.
            let now = IndexState::read(&self.index)?;
            if now == index {
                break archive;
            }
            index = now;
        };
        let (synonyms, wrong) = written.parse();
        let served = archive.clone();
        std::thread::spawn(move || served.load_dictionary());
        for line in wrong {
            tracing::warn!("{line}; the line is left out");
        }
        let hash = blake3::hash(written.text.as_bytes()).to_hex();
        let state = format!("{index}-{}", &hash[..8]);
        let articles = archive.count(&Request::default())?;
        tracing::info!(state, articles, "the archive is open");
        Ok(Arc::new(OpenArchive { archive, synonyms, articles, state, index, written }))
    }

    /// The synonyms as they are written now; a file that cannot be read is as none.
    fn synonyms(&self) -> SynonymsFile {
        match SynonymsFile::read(None, &self.corpus) {
            Ok(file) => file,
            Err(error) => {
                let path = SynonymsFile::path_in(&self.corpus);
                tracing::warn!("{}: {error}; no synonyms are used", path.display());
                SynonymsFile { path, text: String::new() }
            }
        }
    }
}

impl OpenArchive {
    /// The articles and the page that are asked for.
    ///
    /// # Errors
    /// When a parameter cannot be understood.
    pub(crate) fn selection(&self, params: &SearchParams) -> Result<Selection, Problem> {
        let selection = params.selection(&self.synonyms, today());
        selection.map_err(|error| Problem::misasked(error, &params.q))
    }
}

/// What is behind these locks is whole whatever happened to who held them.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The civil day here and now.
pub(crate) fn today() -> CivilDate {
    jiff::Zoned::now().date()
}
