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
/// How long files are gathered before they are read.
const GATHERING: Duration = Duration::from_millis(100);

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
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum IngestState {
    /// All that was asked for is in the index.
    #[default]
    Done,
    /// An ingest runs or waits for another one.
    Running,
    /// Files could not be read again; why is in the log. What was decided is kept, and tried again with
    /// the next one.
    Failed,
}

/// Ingests that editors' decisions ask for.
#[derive(Debug, Clone)]
pub(crate) struct Ingesting {
    reingest: Option<Reingest>,
    queue: Arc<Mutex<Queue>>,
    state: watch::Sender<IngestState>,
}

/// Files that are to be read.
#[derive(Debug, Default)]
struct Queue {
    waiting: BTreeSet<String>,
    /// Those that could not be read, until they are.
    failed: BTreeSet<String>,
    /// Whether a thread reads.
    is_running: bool,
}

impl Reingest {
    /// Reads files again by this function.
    pub fn new(
        read: impl Fn(&[String]) -> Result<(), ReingestError> + Send + Sync + 'static,
    ) -> Self {
        Self(Arc::new(read))
    }

    /// A panic counts as a failure: it would leave everybody waiting.
    fn read(&self, files: &[String]) -> Result<(), ReingestError> {
        let read = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| (self.0)(files)));
        read.unwrap_or_else(|_| Err(ReingestError::Failed("it panicked".to_owned())))
    }
}

impl fmt::Debug for Reingest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Reingest")
    }
}

impl Ingesting {
    pub(crate) fn new(reingest: Option<Reingest>) -> Self {
        Self { reingest, queue: Arc::default(), state: watch::Sender::default() }
    }

    /// Whether the server is given the means.
    pub(super) fn is_possible(&self) -> bool {
        self.reingest.is_some()
    }

    /// Has files read again, and those that could not be read the last time; does nothing where the
    /// server is not given the means.
    pub(crate) fn ask(&self, files: impl IntoIterator<Item = String>) {
        let Some(reingest) = self.reingest.clone() else { return };
        let mut queue = self.locked();
        queue.waiting.extend(files);
        if queue.waiting.is_empty() {
            return;
        }
        let failed = std::mem::take(&mut queue.failed);
        queue.waiting.extend(failed);
        if queue.is_running {
            return;
        }
        queue.is_running = true;
        self.state.send_replace(IngestState::Running);
        drop(queue);
        let own = self.clone();
        thread::spawn(move || own.run(&reingest));
    }

    /// How far the index is.
    pub(crate) fn state(&self) -> IngestState {
        *self.state.borrow()
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
        loop {
            if self.is_over() {
                return;
            }
            // Decisions come one soon after the other, and each ingest costs the same.
            thread::sleep(GATHERING);
            let files = std::mem::take(&mut self.locked().waiting);
            let files: Vec<String> = files.into_iter().collect();
            match reingest.read(&files) {
                Ok(()) => pause = FIRST_PAUSE,
                Err(ReingestError::Busy) => {
                    self.locked().waiting.extend(files);
                    thread::sleep(pause);
                    pause = (2 * pause).min(LONGEST_PAUSE);
                }
                Err(ReingestError::Failed(why)) if files.len() == 1 => self.fail(files, &why),
                // One of them is no reason to leave out the others.
                Err(ReingestError::Failed(_)) => {
                    for file in files {
                        let file = [file];
                        match reingest.read(&file) {
                            Ok(()) => {}
                            Err(ReingestError::Busy) => self.locked().waiting.extend(file),
                            Err(ReingestError::Failed(why)) => self.fail(file, &why),
                        }
                    }
                }
            }
        }
    }

    /// Whether nothing is left to be read: then the state says how it went.
    fn is_over(&self) -> bool {
        let mut queue = self.locked();
        if !queue.waiting.is_empty() {
            return false;
        }
        queue.is_running = false;
        let is_done = queue.failed.is_empty();
        let state = if is_done { IngestState::Done } else { IngestState::Failed };
        self.state.send_replace(state);
        true
    }

    fn fail(&self, files: impl IntoIterator<Item = String>, why: &str) {
        for file in files {
            tracing::error!(file, why, "what an editor decided could not be ingested");
            self.locked().failed.insert(file);
        }
    }

    fn locked(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
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
    async fn only_one_runs_at_a_time() {
        let running = Arc::new(AtomicUsize::new(0));
        let reingest = Reingest::new(move |_| {
            assert_eq!(running.fetch_add(1, Ordering::SeqCst), 0);
            thread::sleep(Duration::from_millis(20));
            running.fetch_sub(1, Ordering::SeqCst);
            Ok(())
        });
        let ingesting = Ingesting::new(Some(reingest));
        for at in 0..20 {
            ingesting.ask([format!("{at}")]);
        }
        ingesting.settled(Duration::from_secs(5)).await;
        assert_eq!(ingesting.state(), IngestState::Done);
    }

    #[tokio::test]
    async fn a_failure_lasts_until_its_own_file_is_read() {
        let is_full = Arc::new(AtomicUsize::new(1));
        let (full, read) = (is_full.clone(), Arc::new(Mutex::new(BTreeSet::new())));
        let done = read.clone();
        let reingest = Reingest::new(move |files| {
            if files.contains(&"bad".to_owned()) && full.load(Ordering::SeqCst) == 1 {
                return Err(ReingestError::Failed("no space".to_owned()));
            }
            done.lock().expect("a lock").extend(files.iter().cloned());
            Ok(())
        });
        let ingesting = Ingesting::new(Some(reingest));
        let asked = async |files: &[&str]| {
            ingesting.ask(files.iter().map(|&file| file.to_owned()));
            ingesting.settled(Duration::from_secs(5)).await;
            ingesting.state()
        };
        assert_eq!(asked(&["a", "bad"]).await, IngestState::Failed);
        assert!(read.lock().expect("a lock").contains("a"), "the other one is read");
        assert_eq!(asked(&["b"]).await, IngestState::Failed);
        is_full.store(0, Ordering::SeqCst);
        assert_eq!(asked(&["c"]).await, IngestState::Done);
        assert!(read.lock().expect("a lock").contains("bad"));
        let panics = Reingest::new(|_| panic!("a mistake"));
        assert_eq!(after(panics, &["a"]).await, IngestState::Failed);
    }
}
