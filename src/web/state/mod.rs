//! What all answers share: the archive, and turns to ask it.

pub(crate) mod archive_cache;
pub(crate) mod site;

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use super::middleware::metrics::Metrics;
use super::{Options, Problem};
use archive_cache::{ArchiveCache, OpenArchive};

/// What all answers share. Cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct AppState {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    options: Options,
    archive_cache: Arc<ArchiveCache>,
    searches: Arc<Semaphore>,
    exports: Arc<Semaphore>,
    metrics: Metrics,
    build: String,
}

impl AppState {
    pub(crate) fn new(options: Options) -> Self {
        let limits = &options.limits;
        let searches = Arc::new(Semaphore::new(limits.searches));
        let exports = Arc::new(Semaphore::new(limits.exports));
        let archive_cache =
            Arc::new(ArchiveCache::new(options.index.clone(), options.corpus.clone()));
        let metrics = Metrics::new();
        // Answers name the server as these say, and list what they allow.
        let told = format!("{:?} {}", options.public_url, options.sitemap);
        let build = format!("{}-{}", build(), &blake3::hash(told.as_bytes()).to_hex()[..8]);
        Self {
            inner: Arc::new(Inner { options, archive_cache, searches, exports, metrics, build }),
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

    pub(crate) fn metrics(&self) -> &Metrics {
        &self.inner.metrics
    }

    /// Asks the archive as it is now, on a thread where that may take its time. So many at a time
    /// as the limits say; who waits too long for a turn or for the answer is told so.
    ///
    /// # Errors
    /// Those of the question, and when there is no archive, no turn or no time.
    pub(crate) async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&OpenArchive) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let turn = self.turn(&self.inner.searches).await?;
        let archive = self.inner.archive_cache.clone();
        let answer = spawn_blocking(move || {
            // Held until the work is done, also if nobody waits for it any more.
            let _turn = turn;
            question(&*archive.open()?)
        });
        match timeout(self.inner.options.limits.answer, answer).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(error)) => {
                tracing::error!(%error, "a search did not end");
                Err(Problem::internal())
            }
            Err(_) => Err(Problem::slow()),
        }
    }

    /// A turn to export.
    ///
    /// # Errors
    /// When none is free in time.
    pub(crate) async fn export_turn(&self) -> Result<OwnedSemaphorePermit, Problem> {
        self.turn(&self.inner.exports).await
    }

    /// The archive as it is now.
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

    async fn turn(&self, turns: &Arc<Semaphore>) -> Result<OwnedSemaphorePermit, Problem> {
        let turn = timeout(self.inner.options.limits.patience, turns.clone().acquire_owned()).await;
        turn.ok().and_then(Result::ok).ok_or_else(Problem::busy)
    }
}

/// The version, and when the program was made, as far as its file says so.
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
