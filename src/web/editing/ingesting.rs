//! Brings what editors decided into the index, in the background: one ingest at a time, of the files
//! concerned, tried again while another process ingests.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::timeout;

/// How long to wait while another ingest runs: longer each time.
const FIRST_PAUSE: Duration = Duration::from_millis(200);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// Reads files of the corpus again; their names are those below the corpus folder.
#[derive(Clone)]
pub struct Reingest(Arc<ReadAgain>);

type ReadAgain = dyn Fn(&[String]) -> Result<(), ReingestError> + Send + Sync;

/// Why files were not read again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReingestError {
    /// Another ingest runs.
    Busy,
    /// It failed, with what it says.
    Failed(String),
}

/// How far the index is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) enum IngestState {
    /// All that was asked for is in the index.
    #[default]
    Done,
    /// An ingest runs or waits for another one.
    Running,
    /// The last one failed. What was decided is kept; the next ingest takes it in.
    Failed(String),
}

/// Ingests that editors' decisions ask for.
#[derive(Debug, Clone)]
pub(crate) struct Ingesting {
    reingest: Option<Reingest>,
    /// Files to be read, and whether a thread does so.
    waiting: Arc<Mutex<(BTreeSet<String>, bool)>>,
    state: watch::Sender<IngestState>,
}

impl Reingest {
    /// Reads files again by this function.
    pub fn new(
        read: impl Fn(&[String]) -> Result<(), ReingestError> + Send + Sync + 'static,
    ) -> Self {
        Self(Arc::new(read))
    }
}

impl fmt::Debug for Reingest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Reingest")
    }
}

impl Ingesting {
    pub(crate) fn new(reingest: Option<Reingest>) -> Self {
        Self { reingest, waiting: Arc::default(), state: watch::Sender::default() }
    }

    /// Has files read again; does nothing where the server is not given the means.
    pub(crate) fn ask(&self, files: impl IntoIterator<Item = String>) {
        let Some(reingest) = self.reingest.clone() else { return };
        let mut waiting = self.locked();
        waiting.0.extend(files);
        if waiting.1 || waiting.0.is_empty() {
            return;
        }
        waiting.1 = true;
        self.state.send_replace(IngestState::Running);
        drop(waiting);
        let own = self.clone();
        thread::spawn(move || own.run(&reingest));
    }

    /// How far the index is.
    pub(crate) fn state(&self) -> IngestState {
        self.state.borrow().clone()
    }

    /// Waits until nothing is being read, but not longer than this.
    pub(crate) async fn settled(&self, patience: Duration) {
        let mut state = self.state.subscribe();
        let done = state.wait_for(|state| *state != IngestState::Running);
        // Whoever is told too early sees that it still runs.
        let _ = timeout(patience, done).await;
    }

    fn run(&self, reingest: &Reingest) {
        let mut pause = FIRST_PAUSE;
        let mut outcome = IngestState::Done;
        loop {
            let files: Vec<String> = {
                let mut waiting = self.locked();
                if waiting.0.is_empty() {
                    waiting.1 = false;
                    self.state.send_replace(outcome);
                    return;
                }
                std::mem::take(&mut waiting.0).into_iter().collect()
            };
            // A panic would leave everybody waiting.
            let read =
                std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| (reingest.0)(&files)));
            match read {
                Ok(Ok(())) => (pause, outcome) = (FIRST_PAUSE, IngestState::Done),
                Ok(Err(ReingestError::Busy)) => {
                    self.locked().0.extend(files);
                    thread::sleep(pause);
                    pause = (2 * pause).min(LONGEST_PAUSE);
                }
                Ok(Err(ReingestError::Failed(why))) => {
                    tracing::error!(why, "what an editor decided could not be ingested");
                    outcome = IngestState::Failed(why);
                }
                Err(_) => {
                    tracing::error!("an ingest panicked");
                    outcome = IngestState::Failed(String::new());
                }
            }
        }
    }

    fn locked(&self) -> MutexGuard<'_, (BTreeSet<String>, bool)> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    async fn after(reingest: Reingest, files: &[&str]) -> IngestState {
        let ingesting = Ingesting::new(Some(reingest));
        ingesting.ask(files.iter().map(|&file| file.to_owned()));
        ingesting.settled(Duration::from_secs(5)).await;
        ingesting.state()
    }

    #[tokio::test]
    async fn it_waits_for_other_ingests_and_loses_no_file() {
        let tries = Arc::new(AtomicUsize::new(0));
        let counted = tries.clone();
        let reingest = Reingest::new(move |files| {
            assert_eq!(files, ["a.txt", "b.txt"]);
            let is_busy = counted.fetch_add(1, Ordering::SeqCst) < 2;
            if is_busy { Err(ReingestError::Busy) } else { Ok(()) }
        });
        assert_eq!(after(reingest, &["b.txt", "a.txt"]).await, IngestState::Done);
        assert_eq!(tries.load(Ordering::SeqCst), 3);
    }

    #[tokio::test]
    async fn only_one_runs_at_a_time_and_a_failure_is_told() {
        let running = Arc::new(AtomicUsize::new(0));
        let reingest = Reingest::new(move |files| {
            assert_eq!(running.fetch_add(1, Ordering::SeqCst), 0);
            thread::sleep(Duration::from_millis(20));
            running.fetch_sub(1, Ordering::SeqCst);
            if files.contains(&"bad".to_owned()) {
                return Err(ReingestError::Failed("no space".to_owned()));
            }
            Ok(())
        });
        let ingesting = Ingesting::new(Some(reingest.clone()));
        for at in 0..20 {
            ingesting.ask([format!("{at}")]);
        }
        ingesting.settled(Duration::from_secs(5)).await;
        assert_eq!(ingesting.state(), IngestState::Done);
        let failed = IngestState::Failed("no space".to_owned());
        assert_eq!(after(reingest, &["bad"]).await, failed);
        let panics = Reingest::new(|_| panic!("a mistake"));
        assert_eq!(after(panics, &["a"]).await, IngestState::Failed(String::new()));
    }
}
