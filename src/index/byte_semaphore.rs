//! Limits the bytes of work under way: a semaphore whose permits are bytes.

use std::sync::{Condvar, Mutex, PoisonError};

/// A counting semaphore over bytes.
#[derive(Debug)]
pub(crate) struct ByteSemaphore {
    limit: u64,
    state: Mutex<SemaphoreState>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct SemaphoreState {
    under_way: u64,
    closed: bool,
}

impl ByteSemaphore {
    pub(crate) fn new(limit: u64) -> Self {
        Self { limit, state: Mutex::default(), changed: Condvar::new() }
    }

    /// Waits until `bytes` fit below the limit, or nothing else is under way. `false` if the
    /// semaphore was closed.
    pub(crate) fn acquire(&self, bytes: u64) -> bool {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let mut state = self
            .changed
            .wait_while(state, |state| {
                !state.closed && state.under_way > 0 && state.under_way + bytes > self.limit
            })
            .unwrap_or_else(PoisonError::into_inner);
        state.under_way += bytes;
        !state.closed
    }

    /// Gives back `bytes`.
    pub(crate) fn release(&self, bytes: u64) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.under_way = state.under_way.saturating_sub(bytes);
        self.changed.notify_all();
    }

    /// Refuses further acquisitions and wakes all waiters.
    pub(crate) fn close(&self) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).closed = true;
        self.changed.notify_all();
    }
}
