//! The open archive: opened on first use, and reopened when an ingest, in any process, has changed it.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};
use std::time::{Duration, Instant};

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

/// How long the result of the last check for changes is used.
const FRESH: Duration = Duration::from_millis(500);
/// How often, and at what interval, opening a missing index is retried.
const TRIES: u32 = 3;
const PAUSE: Duration = Duration::from_millis(20);

/// Searches whose counts are kept at most.
const MAX_COUNTS: usize = 2_000;

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
    /// Changes with the index, the synonyms and these files.
    pub state: String,
    index: IndexState,
    /// Where the articles of notes are that have other ids now.
    places: PlacedNotes,
    /// How many articles searches have that are counted again and again.
    counts: Mutex<HashMap<String, u64>>,
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

    pub(crate) fn look_again(&self) {
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
        let mut places = PlacedNotes::default();
        let (archive, _) = with_notes(archive, &notes, &self.corpus, &mut places)?;
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
            state,
            index,
            places,
            counts: Mutex::default(),
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
        let mut places = self.places.clone();
        let (archive, _) = with_notes(self.archive.clone(), &notes, corpus, &mut places)?;
        let hash = blake3::hash(self.written.text.as_bytes()).to_hex();
        Ok(Self {
            archive,
            synonyms: self.synonyms.clone(),
            articles: self.articles,
            state: state(&self.index, &hash[..8], &notes),
            notes,
            index: self.index.clone(),
            places,
            // Tags and collections can be searched for.
            counts: Mutex::default(),
            written: self.written.clone(),
            file_findings: Mutex::new(locked(&self.file_findings).clone()),
            file_days: Mutex::new(locked(&self.file_days).clone()),
        })
    }

    /// What a manifest says of it.
    pub(crate) fn stamp(&self) -> ArchiveStamp {
        ArchiveStamp { state: self.index.to_string(), articles: self.articles }
    }

    /// How many articles a search has, counted once a day; `search` is how it is written, by which it is
    /// known again.
    ///
    /// # Errors
    /// When it cannot be answered.
    pub(crate) fn counted(&self, search: &str, request: &Request) -> Result<u64, SearchError> {
        let written = format!("{} {search}", today());
        if let Some(count) = locked(&self.counts).get(&written) {
            return Ok(*count);
        }
        let count = self.archive.count(request)?;
        let mut known = locked(&self.counts);
        if known.len() >= MAX_COUNTS {
            known.clear();
        }
        known.insert(written, count);
        Ok(count)
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
    pub(crate) fn knows_file_days(&self) -> bool {
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
