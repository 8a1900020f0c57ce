//! Lets only so many bytes of work be under way at once.

use std::sync::{Condvar, Mutex, PoisonError};

/// A counter of bytes under way with a limit.
#[derive(Debug)]
pub(crate) struct ByteSemaphore {
    most: u64,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    under_way: u64,
    closed: bool,
}

impl ByteSemaphore {
    pub(crate) fn new(most: u64) -> Self {
        Self { most, state: Mutex::default(), changed: Condvar::new() }
    }

    /// Waits until `bytes` fit in, or nothing else is under way. `false` when the gate was closed.
    pub(crate) fn enter(&self, bytes: u64) -> bool {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let mut state = self
            .changed
            .wait_while(state, |state| {
                !state.closed && state.under_way > 0 && state.under_way + bytes > self.most
            })
            .unwrap_or_else(PoisonError::into_inner);
        state.under_way += bytes;
        !state.closed
    }

    /// Says that `bytes` are done.
    pub(crate) fn leave(&self, bytes: u64) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.under_way = state.under_way.saturating_sub(bytes);
        self.changed.notify_all();
    }

    /// Lets nothing in any more, and nobody wait.
    pub(crate) fn close(&self) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).closed = true;
        self.changed.notify_all();
    }
}
