//! How often an editor may write: so often within a minute, counted for each name.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

const WINDOW: Duration = Duration::from_mins(1);

/// When each editor wrote in the last minute. There are no more names than the file of tokens has.
#[derive(Debug)]
pub(super) struct Writes {
    most: usize,
    recent: Mutex<HashMap<String, VecDeque<Instant>>>,
}

impl Writes {
    pub(super) fn new(most: usize) -> Self {
        Self { most, recent: Mutex::default() }
    }

    /// Counts a write; `false` where there were too many, and it does not count.
    pub(super) fn count(&self, name: &str) -> bool {
        let now = Instant::now();
        let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        let own = recent.entry(name.to_owned()).or_default();
        while own.front().is_some_and(|then| now.duration_since(*then) >= WINDOW) {
            own.pop_front();
        }
        if own.len() >= self.most {
            return false;
        }
        own.push_back(now);
        true
    }
}
