//! The archive as it is now: opened when it is first asked for, and again when an ingest, in
//! whatever process, has changed it.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::Problem;
use crate::intake::SYNONYMS;
use crate::model::CivilDate;
use crate::query::Synonyms;
use crate::search::{Archive, IndexState, Request};
use crate::view::{Asked, What};

/// How long what was found out about the folders holds.
const FRESH: Duration = Duration::from_millis(500);

/// Where the archive is kept.
#[derive(Debug)]
pub(super) struct Shelf {
    index: PathBuf,
    corpus: PathBuf,
    kept: Mutex<Option<Kept>>,
}

#[derive(Debug)]
struct Kept {
    opened: Arc<Opened>,
    seen: Instant,
}

/// The archive and its synonyms at one time.
#[derive(Debug)]
pub(super) struct Opened {
    pub archive: Archive,
    pub synonyms: Synonyms,
    /// How many articles there are.
    pub articles: u64,
    /// Changes with whatever an answer depends on.
    pub state: String,
    index: IndexState,
    /// The text that the synonyms were read from.
    written: String,
}

impl Shelf {
    pub(super) fn new(index: PathBuf, corpus: PathBuf) -> Self {
        Self { index, corpus, kept: Mutex::new(None) }
    }

    /// The archive as it is now. Reads files: not for async threads.
    ///
    /// # Errors
    /// When there is no index or it cannot be read.
    pub(super) fn open(&self) -> Result<Arc<Opened>, Problem> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(Kept { opened, seen }) = &*kept
            && seen.elapsed() < FRESH
        {
            return Ok(opened.clone());
        }
        let before = kept.take().map(|kept| kept.opened);
        let opened = self.open_again(before)?;
        *kept = Some(Kept { opened: opened.clone(), seen: Instant::now() });
        Ok(opened)
    }

    fn open_again(&self, before: Option<Arc<Opened>>) -> Result<Arc<Opened>, Problem> {
        let written = self.synonyms();
        let mut index = IndexState::read(&self.index)?;
        if let Some(before) = before
            && before.index == index
            && before.written == written
        {
            return Ok(before);
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
        let (synonyms, wrong) = Synonyms::parse(&written);
        for line in wrong {
            tracing::warn!(
                "{}: {line}; the line is left out",
                self.corpus.join(SYNONYMS).display()
            );
        }
        let hash = blake3::hash(written.as_bytes()).to_hex();
        let state = format!("{index}-{}", &hash[..8]);
        let articles = archive.count(&Request::default())?;
        tracing::info!(state, articles, "the archive is open");
        Ok(Arc::new(Opened { archive, synonyms, articles, state, index, written }))
    }

    fn synonyms(&self) -> String {
        let path = self.corpus.join(SYNONYMS);
        match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => {
                tracing::warn!("{}: {error}; no synonyms are used", path.display());
                String::new()
            }
        }
    }
}

impl Opened {
    /// Which articles are meant.
    ///
    /// # Errors
    /// When what was asked cannot be understood.
    pub(super) fn what(&self, asked: &Asked) -> Result<What, Problem> {
        let what = asked.what(&self.synonyms, today());
        what.map_err(|error| Problem::misasked(error, &asked.q))
    }

    /// A request for all of them, in the order of relevance.
    ///
    /// # Errors
    /// When what was asked cannot be understood.
    pub(super) fn request(&self, asked: &Asked) -> Result<Request, Problem> {
        Ok(self.what(asked)?.request())
    }
}

/// The civil day here and now.
pub(super) fn today() -> CivilDate {
    jiff::Zoned::now().date()
}
