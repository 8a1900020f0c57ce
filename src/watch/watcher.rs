//! Looks, waits until files stand still, ingests, and waits for changes.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::events::{
    FileChange, Noticing, PollReason, RunLog, RunNotes, Standing, WaitReason, WatchEvent, WatchRun,
};
use super::look::{FileStamp, FolderIdentity, Places, Sight, Stamps};
use super::network::network;
use super::notifier::Notifier;
use super::wake::Wake;
use crate::ingest::{self, IngestError, IngestPlan, MAX_NAMES, WatchedFiles};
use crate::model::FileWarning;

/// How a corpus folder is watched.
#[derive(Debug, Clone)]
pub struct WatchPlan {
    /// The ingest that runs; of the whole corpus.
    pub ingest: IngestPlan,
    /// How long a file must stand still before it is read.
    pub settle: Duration,
    /// How often everything is looked at in any case, and the longest time after which an ingest that failed is
    /// tried again.
    pub rescan: Duration,
    /// How often everything is looked at instead of having the system tell of changes.
    pub poll: Option<Duration>,
    /// Held while an ingest runs: for other ingests of this process.
    pub turn: Arc<Mutex<()>>,
}

/// How often a file system is looked at that tells of no changes.
const POLL: Duration = Duration::from_mins(1);
/// How often it is looked whether the corpus folder is back.
const ABSENCE: Duration = Duration::from_secs(5);
/// An ingest is put off at most as long for files that come and go.
const MAX_PUT_OFF: Duration = Duration::from_mins(1);
/// The time between two looks is at least as many times as long as a look takes.
const LOOK_SHARE: u32 = 4;
/// Warnings that are remembered so that they are told once.
const MAX_TOLD: usize = 100_000;

/// Watches until [`Wake::stop`], and ingests what changes.
///
/// # Errors
/// When the first ingest fails in a way that lasts: the index was made from another corpus or by other rules.
pub fn run(
    plan: &WatchPlan,
    wake: &Wake,
    tell: &mut dyn FnMut(WatchEvent<'_>),
) -> Result<(), IngestError> {
    let ingest = IngestPlan { paths: Vec::new(), stop: wake.stop_signal(), ..plan.ingest.clone() };
    let mut watcher = Watcher {
        plan,
        ingest,
        wake,
        tell,
        notifier: None,
        noticing: None,
        sight: Sight::default(),
        look_took: Duration::ZERO,
        done: None,
        failed: Stamps::new(),
        failed_at: Instant::now(),
        waiting: None,
        returning: false,
        put_off: None,
        failures: 0,
        next_try: None,
        told: HashSet::new(),
    };
    while !wake.is_stopped() {
        let pause = watcher.step()?;
        let now = Instant::now();
        // Whatever wakes it, looking takes a share of the time alone.
        let earliest = now + watcher.look_took * LOOK_SHARE;
        wake.wait(now + pause, plan.settle.min(Duration::from_secs(1)), earliest);
    }
    Ok(())
}

struct Watcher<'a> {
    plan: &'a WatchPlan,
    ingest: IngestPlan,
    wake: &'a Wake,
    tell: &'a mut dyn FnMut(WatchEvent<'_>),
    notifier: Option<Notifier>,
    noticing: Option<Noticing>,
    sight: Sight,
    /// How long the last look took.
    look_took: Duration,
    /// What the last ingest took, or found unchanged; `None` before the first one.
    done: Option<Done>,
    /// Files that could not be read, and when that was tried.
    failed: Stamps,
    failed_at: Instant,
    waiting: Option<WaitReason>,
    /// Whether files come back after all were missed.
    returning: bool,
    /// Since when there is something new.
    put_off: Option<Instant>,
    /// Ingests that failed in a row.
    failures: u32,
    /// When the next one may run, if the settings are still these.
    next_try: Option<(Instant, Stamps)>,
    /// Warnings that were told.
    told: HashSet<String>,
}

/// What an ingest has dealt with.
struct Done {
    /// All files that were there; without a stamp those that it left out or that have failed.
    files: HashMap<PathBuf, Option<FileStamp>>,
    settings: Stamps,
}

impl Watcher<'_> {
    /// Looks once and does what is to be done; gives the time until the next look.
    fn step(&mut self) -> Result<Duration, IngestError> {
        let plan = self.plan;
        let (settle, ingest) = (plan.settle, &plan.ingest);
        if FolderIdentity::of(&ingest.corpus).is_none() {
            self.notifier = None;
            self.wait_for(WaitReason::NoFolder);
            return Ok(ABSENCE.min(plan.rescan));
        }
        let places = Places {
            corpus: &ingest.corpus,
            links: ingest.links,
            curation: ingest.curation.as_ref(),
        };
        // Before the look, so that what changes meanwhile is told.
        let pause = self.notice(&places);
        let began = Instant::now();
        self.sight.look(&places);
        self.look_took = began.elapsed();
        let soon = settle.max(self.look_took * LOOK_SHARE);
        let lost_all = self.sight.files.is_empty()
            && (self.waiting == Some(WaitReason::NoFiles)
                || self.done.as_ref().is_some_and(|done| !done.files.is_empty()));
        if lost_all {
            self.wait_for(WaitReason::NoFiles);
            return Ok(ABSENCE.min(pause));
        }
        self.greet();
        let unsettled = self.sight.unsettled(settle);
        if !self.is_something_new(&unsettled) {
            self.put_off = None;
            // What it failed on, or was kept from, is no more.
            if self.failures > 0 || self.waiting.is_some() {
                (self.failures, self.next_try, self.waiting) = (0, None, None);
                self.tell_noticing();
            }
            self.tell_standing();
            return Ok(if unsettled.is_empty() { pause } else { soon.min(pause) });
        }
        if !self.is_time(&unsettled, began) {
            // What it failed on, or is kept from, is told until it is no more.
            if self.waiting.is_none() && self.failures == 0 {
                self.tell_standing();
            }
            return Ok(soon);
        }
        if let Some((at, settings)) = &self.next_try
            && *settings == self.sight.settings
            && let Some(wait) = at.checked_duration_since(Instant::now())
        {
            return Ok(wait);
        }
        self.put_off = None;
        if self.waiting.is_none() && self.failures == 0 {
            self.tell_standing();
        }
        let done = self.run_ingest(&unsettled)?;
        Ok(done.unwrap_or(if unsettled.is_empty() { pause } else { soon }))
    }

    fn tell_standing(&mut self) {
        let standing = self.standing();
        (self.tell)(WatchEvent::Looked(standing));
    }

    /// How far the index has what was seen.
    fn standing(&self) -> Standing {
        let failed = self.sight.files.iter().filter(|(path, stamp)| self.has_failed(path, stamp));
        let failed = failed.count() as u64;
        let Some(done) = &self.done else {
            return Standing { pending: self.sight.files.len() as u64, failed };
        };
        let is_pending = |(path, stamp): &(&PathBuf, &FileStamp)| {
            done.files.get(*path) != Some(&Some(**stamp)) && !self.has_failed(path, stamp)
        };
        let new = self.sight.files.iter().filter(is_pending).count();
        let gone = done.files.keys().filter(|path| !self.sight.files.contains_key(*path)).count();
        let others = usize::from(self.sight.settings != done.settings);
        Standing { pending: (new + gone + others) as u64, failed }
    }

    /// Whether a file could not be read as it is.
    fn has_failed(&self, path: &PathBuf, stamp: &FileStamp) -> bool {
        self.failed.get(path) == Some(stamp)
    }

    /// Whether it is time to read again what could not be read.
    fn tries_failed_again(&self) -> bool {
        self.failed_at.elapsed() >= self.plan.rescan
            || self.done.as_ref().is_some_and(|done| done.settings != self.sight.settings)
    }

    /// Whether an ingest may run: it removes what is missing, so that this is put off for a while as long as
    /// files come and go.
    fn is_time(&mut self, unsettled: &HashSet<PathBuf>, now: Instant) -> bool {
        let settle = self.plan.settle;
        let put_off = *self.put_off.get_or_insert(now);
        let (is_steady, longest) = if self.returning {
            (unsettled.is_empty() && self.sight.is_steady(settle), self.plan.rescan)
        } else {
            (self.sight.is_steady(settle), MAX_PUT_OFF)
        };
        is_steady || put_off.elapsed() >= longest
    }

    /// Tells that files are there again.
    fn greet(&mut self) {
        if !matches!(self.waiting, Some(WaitReason::NoFolder | WaitReason::NoFiles)) {
            return;
        }
        self.waiting = None;
        self.returning = self.done.is_some();
        self.tell_noticing();
    }

    fn tell_noticing(&mut self) {
        if let Some(noticing) = &self.noticing {
            (self.tell)(WatchEvent::Watching(noticing));
        }
    }

    /// Has changes told if that is possible; gives the time after which everything is looked at.
    fn notice(&mut self, places: &Places<'_>) -> Duration {
        let polled = |every: Duration, why| Noticing::Polled(every.min(self.plan.rescan), why);
        let folders = places.folders();
        let noticing = match (self.plan.poll, network(places.corpus)) {
            (Some(every), _) => polled(every, PollReason::Asked),
            (None, Some(name)) => polled(POLL, PollReason::Network(name.to_owned())),
            (None, None) => {
                if self.notifier.as_ref().is_none_or(|notifier| !notifier.is_of(&folders)) {
                    // The old one goes first: there is a limit for both.
                    self.notifier = None;
                }
                let begun = match self.notifier.take() {
                    Some(notifier) => Ok(notifier),
                    None => Notifier::begin(&folders, self.wake),
                };
                match begun {
                    Ok(notifier) => {
                        self.notifier = Some(notifier);
                        Noticing::Told(self.plan.rescan)
                    }
                    Err(error) => polled(POLL, PollReason::Refused(error.to_string())),
                }
            }
        };
        let (Noticing::Told(pause) | Noticing::Polled(pause, _)) = noticing;
        if self.noticing.as_ref() != Some(&noticing) {
            (self.tell)(WatchEvent::Watching(&noticing));
            self.noticing = Some(noticing);
        }
        pause
    }

    /// Whether an ingest would find something else than the last one did, but for these files.
    fn is_something_new(&self, unsettled: &HashSet<PathBuf>) -> bool {
        let Some(done) = &self.done else {
            // At the beginning nobody knows which files stand still.
            return self.sight.files.is_empty() || unsettled.len() < self.sight.files.len();
        };
        if self.sight.settings != done.settings
            || done.files.keys().any(|path| !self.sight.files.contains_key(path))
        {
            return true;
        }
        let again = self.tries_failed_again();
        self.sight.files.iter().any(|(path, stamp)| {
            let has_failed = !again && self.has_failed(path, stamp);
            done.files.get(path) != Some(&Some(*stamp)) && !has_failed && !unsettled.contains(path)
        })
    }

    /// Ingests all but these files. Gives the time until the next look where it could not.
    fn run_ingest(
        &mut self,
        unsettled: &HashSet<PathBuf>,
    ) -> Result<Option<Duration>, IngestError> {
        let done = self.done.as_ref();
        let same = self.sight.files.iter().filter(|(path, stamp)| {
            done.is_some_and(|done| done.files.get(*path) == Some(&Some(**stamp)))
        });
        let same = same.map(|(path, _)| path.clone()).collect();
        let mut held_back = unsettled.clone();
        let again = self.tries_failed_again();
        if !again {
            let failed =
                self.sight.files.iter().filter(|(path, stamp)| self.has_failed(path, stamp));
            held_back.extend(failed.map(|(path, _)| path.clone()));
        }
        self.ingest.watched = WatchedFiles { unsettled: held_back, same };
        let is_first = self.done.is_none();
        let is_recovery = self.failures > 0 || self.waiting.is_some();
        let log = RunLog::default();
        let ran = {
            let _turn = self.plan.turn.lock().unwrap_or_else(PoisonError::into_inner);
            ingest::run(&self.ingest, &log)
        };
        match ran {
            Ok(summary) => {
                let notes = log.into_notes();
                let failed_before = self.note_done(unsettled, &notes, again);
                let mut warnings = notes.warnings;
                warnings.retain(|(place, warning)| self.is_told_first(place, warning));
                let mut failed = notes.failed;
                failed.retain(|(path, _)| {
                    failed_before.get(path).is_none_or(|stamp| !self.has_failed(path, stamp))
                });
                let names = failed.iter().map(|(_, source)| (FileChange::Failed, source.clone()));
                let run = WatchRun {
                    summary,
                    is_first,
                    is_recovery,
                    failed: failed.len() as u64,
                    names: notes.names.into_iter().chain(names).take(MAX_NAMES).collect(),
                    warnings,
                };
                (self.tell)(WatchEvent::Ingested(&run));
                self.tell_standing();
                Ok(None)
            }
            Err(error) if error.is_busy() => {
                self.wait_for(WaitReason::Busy);
                Ok(Some(self.plan.settle.max(Duration::from_secs(1))))
            }
            Err(IngestError::NothingFound { .. }) => {
                self.wait_for(WaitReason::NoFiles);
                Ok(Some(ABSENCE.min(self.plan.rescan)))
            }
            // It went away after the look.
            Err(IngestError::Missing(_)) => Ok(Some(Duration::ZERO)),
            Err(error) if self.done.is_none() && error.is_lasting() => Err(error),
            Err(error) => {
                let growth = 1 << self.failures.min(16);
                let again =
                    (self.plan.settle.max(Duration::from_secs(1)) * growth).min(self.plan.rescan);
                self.failures += 1;
                self.next_try = Some((Instant::now() + again, self.sight.settings.clone()));
                (self.tell)(WatchEvent::Failed(&error, again));
                Ok(Some(again))
            }
        }
    }

    /// Notes what an ingest has dealt with, and whether it tried again what had failed. Gives the files that
    /// had failed before.
    fn note_done(
        &mut self,
        unsettled: &HashSet<PathBuf>,
        notes: &RunNotes,
        tried_again: bool,
    ) -> Stamps {
        self.waiting = None;
        self.returning = false;
        self.failures = 0;
        self.next_try = None;
        if tried_again || self.done.is_none() {
            self.failed_at = Instant::now();
        }
        let failed: HashSet<&PathBuf> = notes.failed.iter().map(|(path, _)| path).collect();
        let stays_failed = |(path, stamp): &(&PathBuf, &FileStamp)| {
            failed.contains(*path) || !tried_again && self.has_failed(path, stamp)
        };
        let failed_files = self.sight.files.iter().filter(stays_failed);
        let failed = failed_files.map(|(path, stamp)| (path.clone(), *stamp)).collect();
        let before = std::mem::replace(&mut self.failed, failed);
        let files = self.sight.files.iter().map(|(path, stamp)| {
            let is_done = !unsettled.contains(path) && !self.failed.contains_key(path);
            (path.clone(), is_done.then_some(*stamp))
        });
        self.done = Some(Done { files: files.collect(), settings: self.sight.settings.clone() });
        before
    }

    fn is_told_first(&mut self, place: &str, warning: &FileWarning) -> bool {
        if self.told.len() >= MAX_TOLD {
            self.told.clear();
        }
        self.told.insert(format!("{place}: {warning}"))
    }

    /// Says why nothing can be done, once.
    fn wait_for(&mut self, reason: WaitReason) {
        if self.waiting != Some(reason) {
            self.waiting = Some(reason);
            (self.tell)(WatchEvent::Waiting(reason));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::thread;

    use super::*;

    #[test]
    fn a_failed_ingest_stays_told_while_files_are_written() {
        let folder = tempfile::tempdir().expect("a folder");
        let corpus = folder.path().join("corpus");
        fs::create_dir(&corpus).expect("a folder");
        fs::write(corpus.join("a.txt"), "渡口开渡。\n").expect("written");
        let settle = Duration::from_millis(60);
        let plan = WatchPlan {
            ingest: IngestPlan::new(&corpus, folder.path().join("index")),
            settle,
            rescan: Duration::from_mins(10),
            poll: Some(Duration::from_millis(20)),
            turn: Arc::default(),
        };
        let wake = Wake::default();
        let mut told = Vec::new();
        let mut tell = |event: WatchEvent<'_>| match event {
            WatchEvent::Ingested(_) => {
                fs::write(corpus.join("corpus.toml"), "unknown = 1\n").expect("written");
                told.clear();
            }
            WatchEvent::Failed(..) => {
                told.push("failed");
                let (path, wake) = (corpus.join("b.txt"), wake.clone());
                thread::spawn(move || {
                    for length in 1..30 {
                        fs::write(&path, "渡口开渡。\n".repeat(length)).expect("written");
                        thread::sleep(settle / 3);
                    }
                    wake.stop();
                });
            }
            WatchEvent::Looked(_) => told.push("looked"),
            WatchEvent::Watching(_) | WatchEvent::Waiting(_) => told.push("other"),
        };
        run(&plan, &wake, &mut tell).expect("nothing that lasts");
        assert_eq!(
            told.iter().position(|event| *event == "failed"),
            Some(told.len() - 1),
            "{told:?}"
        );
    }
}
