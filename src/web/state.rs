//! Shared state of the server: the archive and the permits for searches and exports.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use super::archive::{ArchiveCache, OpenArchive};
use super::editing::desk::Editing;
use super::metrics::Metrics;
use super::{Options, Problem};

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
    pictures: Arc<Semaphore>,
    /// Of many searches at once there is one at a time.
    batches: Arc<Semaphore>,
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
        let pictures = Arc::new(Semaphore::new(limits.pictures));
        let batches = Arc::new(Semaphore::new(1));
        let archive_cache = Arc::new(ArchiveCache::new(&options));
        let metrics = Metrics::new(options.watch.as_ref());
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
                pictures,
                batches,
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

    /// A permit for many searches at once.
    ///
    /// # Errors
    /// When none is free in time.
    pub(crate) async fn batch_turn(&self) -> Result<OwnedSemaphorePermit, Problem> {
        self.turn(&self.inner.batches).await
    }

    /// A permit to draw or read the picture of a page.
    ///
    /// # Errors
    /// When none is free in time.
    pub(crate) async fn picture_turn(&self) -> Result<OwnedSemaphorePermit, Problem> {
        self.turn(&self.inner.pictures).await
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
