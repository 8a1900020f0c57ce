//! Who writes to an archive: one process at a time. Each says now and then that it is still there; one
//! that was killed loses the right.

use std::collections::hash_map::RandomState;
use std::fs;
use std::hash::{BuildHasher, Hasher};
use std::path::Path;
use std::process;
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

/// Seconds after which a process that says nothing is taken for dead.
const EXPIRES: u64 = 120;
/// Seconds after which it is time to say something again.
const RENEWED: u64 = 20;

/// The right to write.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Lease {
    host: String,
    process: u32,
    /// Seconds since 1970, by the clock of the writer.
    at: u64,
    /// Tells leases apart that are the same otherwise: containers share names and numbers.
    #[serde(default)]
    nonce: u64,
}

impl Lease {
    /// That of this process, now.
    pub(super) fn own() -> Self {
        let host = fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
        let nonce = RandomState::new().build_hasher().finish();
        Self { host: host.trim().to_owned(), process: process::id(), at: now(), nonce }
    }

    /// Whether its holder is gone: it ended on this machine, or has said nothing for two minutes.
    pub(super) fn is_over(&self) -> bool {
        let own = Self::own();
        let processes = Path::new("/proc");
        let is_here = !self.host.is_empty() && self.host == own.host && processes.is_dir();
        let ended = is_here && !processes.join(self.process.to_string()).is_dir();
        ended || self.at + EXPIRES < own.at
    }

    /// Whether it is time to renew it.
    pub(super) fn is_due(&self) -> bool {
        self.at + RENEWED < now()
    }
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_that_is_there_keeps_the_right_and_one_that_is_silent_loses_it() {
        let own = Lease::own();
        assert!(!own.is_over() && !own.is_due());
        assert_ne!(own, Lease::own(), "two writers of one process in one second");
        let silent = Lease { at: own.at - EXPIRES - 1, ..own.clone() };
        assert!(silent.is_over() && silent.is_due());
        let elsewhere = Lease { host: "elsewhere".into(), process: u32::MAX, ..own.clone() };
        assert!(!elsewhere.is_over());
        if !own.host.is_empty() {
            assert!(Lease { process: u32::MAX, ..own }.is_over());
        }
    }
}
