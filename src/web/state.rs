//! Shared state of the server: the open archive and the permits for searches and exports.
//!
//! The archive is opened on first use, and reopened when an ingest, in any process, has changed it.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};
use std::time::{Duration, Instant};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use super::editing::desk::Editing;
use super::metrics::Metrics;
use super::oai::file_days::FileDays;
use super::{Options, Problem};
use crate::curation::{CurationFolder, NoteFiles};
use crate::export::ArchiveStamp;
use crate::index::IndexError;
use crate::model::CivilDate;
use crate::present::{
    FileFindings, PageLimits, ParamError, PlacedNotes, SearchParams, Selection, SynonymsFile,
    with_notes,
};
use crate::query::Synonyms;
use crate::search::{Archive, IndexState, Request, SearchError};

/// Shared state of the server. Cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct AppState {
    inner: Arc<SharedState>,
}

#[derive(Debug)]
struct SharedState {
    options: Options,
    archive_cache: Arc<ArchiveCache>,
    searches: Arc<Semaphore>,
    exports: Arc<Semaphore>,
    metrics: Metrics,
    build: String,
    wrong_tokens: WrongTokens,
    editing: Option<Editing>,
}

/// Wrong tokens that wait for their answer, and the one that is next.
#[derive(Debug)]
struct WrongTokens {
    places: Semaphore,
    turn: tokio::sync::Mutex<()>,
}

/// Wrong tokens that wait for their answer at most.
const MAX_WRONG_TOKENS: usize = 16;

/// How long the answer to a wrong token takes at least.
const WRONG_TOKEN: Duration = Duration::from_millis(250);

impl AppState {
    pub(crate) fn new(options: Options) -> Self {
        let limits = &options.limits;
        let searches = Arc::new(Semaphore::new(limits.searches));
        let exports = Arc::new(Semaphore::new(limits.exports));
        let archive_cache = Arc::new(ArchiveCache::new(&options));
        let metrics = Metrics::new();
        let editing = Editing::new(&options);
        // Answers name the server as these say, and list what they allow.
        let told = format!("{:?} {}", options.public_url, options.sitemap);
        let build = format!("{}-{}", build(), &blake3::hash(told.as_bytes()).to_hex()[..8]);
        Self {
            inner: Arc::new(SharedState {
                options,
                archive_cache,
                searches,
                exports,
                metrics,
                build,
                wrong_tokens: WrongTokens {
                    places: Semaphore::new(MAX_WRONG_TOKENS),
                    turn: tokio::sync::Mutex::default(),
                },
                editing,
            }),
        }
    }

    /// Which build of the program this is, and how it was set up: another one may make other pages
    /// of the same archive.
    pub(crate) fn build(&self) -> &str {
        &self.inner.build
    }

    pub(crate) fn options(&self) -> &Options {
        &self.inner.options
    }

    /// What is kept of those who may write; `None` where nobody may.
    pub(crate) fn editing(&self) -> Option<&Editing> {
        self.inner.editing.as_ref()
    }

    pub(crate) fn metrics(&self) -> &Metrics {
        &self.inner.metrics
    }

    /// Waits before a wrong token is refused: one after the other, so that guessing takes as long with
    /// many connections as with one. Whether it waited: beyond so many at a time there is no answer to
    /// whether a token is wrong.
    pub(crate) async fn after_wrong_token(&self) -> bool {
        let Ok(_place) = self.inner.wrong_tokens.places.try_acquire() else { return false };
        let _turn = self.inner.wrong_tokens.turn.lock().await;
        tokio::time::sleep(WRONG_TOKEN).await;
        true
    }

    /// Runs `ask` over the current archive on a blocking thread. The limits bound how many run at
    /// the same time, how long they wait for a permit and how long they take.
    ///
    /// # Errors
    /// The errors of `ask`, and when there is no archive, no free permit in time, or a timeout.
    pub(crate) async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&OpenArchive) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let turn = self.turn(&self.inner.searches).await?;
        let archive = self.inner.archive_cache.clone();
        let answer = spawn_blocking(move || {
            // Held until the work is done, even if the client has gone.
            let _turn = turn;
            question(&*archive.open()?)
        });
        match timeout(self.inner.options.limits.answer, answer).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(error)) => {
                tracing::error!(%error, "a search panicked");
                Err(Problem::internal())
            }
            Err(_) => Err(Problem::slow()),
        }
    }

    /// A permit to export, held while the export runs.
    ///
    /// # Errors
    /// When none is free in time.
    pub(crate) async fn export_turn(&self) -> Result<OwnedSemaphorePermit, Problem> {
        self.turn(&self.inner.exports).await
    }

    /// The current archive.
    ///
    /// # Errors
    /// When there is none, or it cannot be read.
    pub(crate) async fn archive(&self) -> Result<Arc<OpenArchive>, Problem> {
        if let Some(outcome) = self.inner.archive_cache.fresh() {
            return outcome;
        }
        let archive = self.inner.archive_cache.clone();
        let opened = spawn_blocking(move || archive.open());
        match timeout(self.inner.options.limits.answer, opened).await {
            Ok(opened) => opened.unwrap_or_else(|_| Err(Problem::internal())),
            Err(_) => Err(Problem::slow()),
        }
    }

    /// Has the days of the files read where they are not known yet: in the turn of an export, so that
    /// searches do not wait for it.
    ///
    /// # Errors
    /// As [`Self::archive`], and when no turn is free in time.
    pub(crate) async fn read_file_days(&self) -> Result<(), Problem> {
        let opened = self.archive().await?;
        if opened.knows_file_days() {
            return Ok(());
        }
        let turn = self.export_turn().await?;
        let read = spawn_blocking(move || {
            // Held until the work is done, even if the client has gone.
            let _turn = turn;
            opened.file_days().map(drop)
        });
        match timeout(self.inner.options.limits.answer, read).await {
            Ok(Ok(read)) => read.map_err(Problem::from),
            Ok(Err(_)) => Err(Problem::internal()),
            Err(_) => Err(Problem::slow()),
        }
    }

    /// Has the next request look at once whether anything has changed.
    pub(crate) fn look_again(&self) {
        self.inner.archive_cache.look_again();
    }

    async fn turn(&self, turns: &Arc<Semaphore>) -> Result<OwnedSemaphorePermit, Problem> {
        let turn = timeout(self.inner.options.limits.patience, turns.clone().acquire_owned()).await;
        turn.ok().and_then(Result::ok).ok_or_else(Problem::busy)
    }
}

/// The version, and the modification time of the executable if there is one.
fn build() -> String {
    let version = env!("CARGO_PKG_VERSION");
    let program = std::env::current_exe().and_then(std::fs::metadata);
    let made = program.and_then(|file| file.modified()).ok();
    let since = made.and_then(|made| made.duration_since(std::time::UNIX_EPOCH).ok());
    since.map_or_else(|| version.to_owned(), |since| format!("{version}-{}", since.as_secs()))
}

/// How long the result of the last check for changes is used.
const FRESH: Duration = Duration::from_millis(500);
/// How often, and at what interval, opening a missing index is retried.
const TRIES: u32 = 3;
const PAUSE: Duration = Duration::from_millis(20);

/// Where the archive is kept.
#[derive(Debug)]
pub(crate) struct ArchiveCache {
    index: PathBuf,
    corpus: PathBuf,
    curation: CurationFolder,
    /// Postings that a search may read.
    max_postings: u64,
    kept: Mutex<CacheEntry>,
    /// Held by the thread that opens the archive; `kept` is locked meanwhile only for a moment.
    opening: Mutex<()>,
}

#[derive(Debug, Default)]
struct CacheEntry {
    /// Result and time of the last check.
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
    /// The files of tags, notes and collections.
    pub notes: NoteFiles,
    /// Where articles are that had other ids when they were noted.
    note_places: PlacedNotes,
    /// Changes with the index, the synonyms and these files.
    pub state: String,
    index: IndexState,
    /// What the synonyms were read from.
    written: SynonymsFile,
    /// Gathered when they are first asked for, by one request while others wait.
    file_findings: Mutex<Option<Arc<FileFindings>>>,
    /// The same.
    file_days: Mutex<Option<Arc<FileDays>>>,
}

impl ArchiveCache {
    pub(crate) fn new(options: &Options) -> Self {
        Self {
            index: options.index.clone(),
            corpus: options.corpus.clone(),
            curation: options.curation.clone(),
            max_postings: options.limits.postings,
            kept: Mutex::default(),
            opening: Mutex::default(),
        }
    }

    /// The archive of the last check; `None` if it is time to check again.
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

    fn look_again(&self) {
        locked(&self.kept).outcome = None;
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
        let index = IndexState::read(&self.index)?;
        let notes = self.notes(last);
        if let Some(last) = last.filter(|last| last.index == index && last.written == written) {
            if last.notes.state() == notes.state() {
                return Ok(last.clone());
            }
            return Ok(Arc::new(last.with_notes(notes, &self.corpus)?));
        }
        let (archive, index) = Archive::open_with_state(&self.index)?;
        let archive = archive.with_max_postings(self.max_postings);
        let mut note_places = PlacedNotes::default();
        let (archive, _) = with_notes(archive, &notes, &self.corpus, &mut note_places)?;
        let (synonyms, wrong) = written.parse();
        let served = archive.clone();
        std::thread::spawn(move || {
            if let Err(error) = served.load() {
                tracing::warn!(%error, "what completions are made of cannot be read");
            }
        });
        for error in wrong {
            tracing::warn!("{}: {error}; the line is left out", written.path.display());
        }
        let hash = blake3::hash(written.text.as_bytes()).to_hex();
        let hash = &hash[..8];
        let state = state(&index, hash, &notes);
        let articles = archive.count(&Request::default())?;
        tracing::info!(state, articles, "the archive is open");
        Ok(Arc::new(OpenArchive {
            archive,
            synonyms,
            articles,
            notes,
            note_places,
            state,
            index,
            written,
            file_findings: Mutex::default(),
            file_days: Mutex::default(),
        }))
    }

    /// Reads the files of tags, notes and collections that have changed; a folder that cannot be used
    /// counts as it was.
    fn notes(&self, last: Option<&Arc<OpenArchive>>) -> NoteFiles {
        let before = last.map(|last| last.notes.clone()).unwrap_or_default();
        NoteFiles::read(&self.curation, &before).unwrap_or_else(|error| {
            tracing::warn!(%error, "tags, notes and collections cannot be read");
            before
        })
    }

    /// Reads the synonyms file; an unreadable one counts as empty.
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

/// What an archive with these notes is known by.
fn state(index: &IndexState, synonyms: &str, notes: &NoteFiles) -> String {
    let notes = notes.state();
    if notes.is_empty() {
        format!("{index}-{synonyms}")
    } else {
        format!("{index}-{synonyms}-{notes}")
    }
}

impl OpenArchive {
    /// The same with other notes.
    fn with_notes(&self, notes: NoteFiles, corpus: &Path) -> Result<Self, SearchError> {
        let mut note_places = self.note_places.clone();
        let (archive, _) = with_notes(self.archive.clone(), &notes, corpus, &mut note_places)?;
        let hash = blake3::hash(self.written.text.as_bytes()).to_hex();
        Ok(Self {
            archive,
            synonyms: self.synonyms.clone(),
            articles: self.articles,
            state: state(&self.index, &hash[..8], &notes),
            notes,
            note_places,
            index: self.index.clone(),
            written: self.written.clone(),
            file_findings: Mutex::new(locked(&self.file_findings).clone()),
            file_days: Mutex::new(locked(&self.file_days).clone()),
        })
    }

    /// What a manifest says of it.
    pub(crate) fn stamp(&self) -> ArchiveStamp {
        ArchiveStamp { state: self.index.to_string(), articles: self.articles }
    }

    /// What is to be looked at in the files. The first request reads the reports on all of them, those
    /// behind it none.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(crate) fn file_findings(&self) -> Result<Arc<FileFindings>, SearchError> {
        let mut known = locked(&self.file_findings);
        if let Some(known) = &*known {
            return Ok(known.clone());
        }
        let found = Arc::new(FileFindings::of(&self.archive)?);
        *known = Some(found.clone());
        Ok(found)
    }

    /// When the files were last changed, read by the first request as well.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(crate) fn file_days(&self) -> Result<Arc<FileDays>, SearchError> {
        let mut known = locked(&self.file_days);
        if let Some(known) = &*known {
            return Ok(known.clone());
        }
        let read = Arc::new(FileDays::read(&self.archive)?);
        *known = Some(read.clone());
        Ok(read)
    }

    /// Whether they are read; not while they are.
    fn knows_file_days(&self) -> bool {
        self.file_days.try_lock().is_ok_and(|known| known.is_some())
    }

    /// The articles and the page that are asked for.
    ///
    /// # Errors
    /// When a parameter cannot be understood.
    pub(crate) fn selection(&self, params: &SearchParams) -> Result<Selection, Problem> {
        self.parse(params).map_err(|error| Problem::from_params(error, &params.q))
    }

    /// The same with the error as a value, for pages that show it in their form.
    ///
    /// # Errors
    /// When a parameter cannot be understood.
    pub(crate) fn parse(&self, params: &SearchParams) -> Result<Selection, ParamError> {
        params.selection(&self.synonyms, today(), PageLimits::SERVER)
    }
}

/// Ignores poisoning: the values behind these locks are replaced whole, never half changed.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Today's date in the local time zone.
pub(crate) fn today() -> CivilDate {
    jiff::Zoned::now().date()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::index::{IndexWriter, IndexWriterOptions};

    #[tokio::test]
    async fn who_waits_too_long_is_told_so_and_the_work_keeps_its_turn() {
        let folder = tempfile::tempdir().expect("a folder");
        let (index, corpus) = (folder.path().join("index"), folder.path().join("corpus"));
        let options = IndexWriterOptions { threads: 1, user_words: None, rebuild: false };
        IndexWriter::open(&index, options).and_then(IndexWriter::finish).expect("an index");
        let mut options = Options::new(index, corpus);
        options.limits.searches = 1;
        options.limits.answer = Duration::from_millis(1);
        options.limits.patience = Duration::from_millis(1);
        let state = AppState::new(options);
        let (end, ended) = std::sync::mpsc::channel::<()>();
        let slow = state.ask(move |_| {
            let _ = ended.recv();
            Ok(())
        });
        assert_eq!(slow.await.map_err(|problem| problem.code), Err("slow"));
        let busy = state.ask(|_| Ok(())).await;
        assert_eq!(busy.map_err(|problem| problem.code), Err("busy"));
        drop(end);
    }
}
