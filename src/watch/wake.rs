//! Wakes who waits for changes.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::ingest::StopSignal;

/// Wakes who watches, from other threads. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Wake {
    shared: Arc<(Mutex<WakeState>, Condvar)>,
    stop: StopSignal,
}

#[derive(Debug, Default)]
struct WakeState {
    /// When the first and the last change were told that nobody has looked at.
    told: Option<(Instant, Instant)>,
    /// When somebody wants a look.
    wanted: Option<Instant>,
}

/// A stream of changes without a pause is looked at after this time.
const MAX_DELAY: Duration = Duration::from_secs(30);

impl Wake {
    /// Ends the watch: at once, or when an ingest has given up the file that it is reading.
    pub fn stop(&self) {
        self.stop.stop();
        // Who is about to wait has the lock.
        drop(self.locked());
        self.shared.1.notify_all();
    }

    /// Whether the end was asked for.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.stop.is_set()
    }

    /// The same for an ingest.
    #[must_use]
    pub fn stop_signal(&self) -> StopSignal {
        self.stop.clone()
    }

    /// Ends a wait at this time, if none ends before. Another time takes its place.
    pub fn look_at(&self, time: Instant) {
        self.locked().wanted = Some(time);
        self.shared.1.notify_all();
    }

    /// Tells of a change.
    pub(super) fn changed(&self) {
        let now = Instant::now();
        let mut state = self.locked();
        state.told = Some((state.told.map_or(now, |(first, _)| first), now));
        drop(state);
        self.shared.1.notify_all();
    }

    /// Waits until this time, or until something has changed and nothing further has for `quiet`, but not
    /// before `earliest`. Changes that were told before count; those that are told from now on count the next
    /// time.
    pub(super) fn wait(&self, until: Instant, quiet: Duration, earliest: Instant) {
        let mut state = self.locked();
        while !self.is_stopped() {
            let now = Instant::now();
            let due = state.told.map(|(first, last)| (last + quiet).min(first + MAX_DELAY));
            let due = due.into_iter().chain(state.wanted).min();
            let until = due.map_or(until, |due| due.max(earliest).min(until));
            if until <= now {
                break;
            }
            let waited = self.shared.1.wait_timeout(state, until - now);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        state.told = None;
        let now = Instant::now();
        state.wanted = state.wanted.filter(|time| *time > now);
    }

    fn locked(&self) -> MutexGuard<'_, WakeState> {
        self.shared.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    const LONG: Duration = Duration::from_mins(10);

    #[test]
    fn a_change_that_was_told_before_ends_the_wait_and_so_does_the_end() {
        let (wake, now) = (Wake::default(), Instant::now());
        wake.changed();
        let earliest = now + Duration::from_millis(50);
        wake.wait(Instant::now() + LONG, Duration::ZERO, earliest);
        assert!(Instant::now() >= earliest);
        wake.wait(Instant::now(), Duration::ZERO, now);
        let other = wake.clone();
        let teller = thread::spawn(move || other.changed());
        wake.wait(Instant::now() + LONG, Duration::from_millis(5), now);
        teller.join().expect("it tells");
        let wanted = Instant::now() + Duration::from_millis(50);
        wake.look_at(wanted);
        wake.wait(Instant::now(), LONG, now);
        wake.wait(Instant::now() + LONG, LONG, now);
        assert!(Instant::now() >= wanted);
        let other = wake.clone();
        let stopper = thread::spawn(move || other.stop());
        wake.wait(Instant::now() + LONG, LONG, now);
        stopper.join().expect("it stops");
        assert!(wake.is_stopped() && wake.stop_signal().is_set());
    }
}
