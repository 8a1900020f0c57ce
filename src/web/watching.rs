//! What a server that also watches the corpus says of that: in its health and its metrics.

use std::fmt;
use std::sync::atomic::{AtomicI64, AtomicU64};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::{Registry, Unit};
use serde::Serialize;
use utoipa::ToSchema;

/// How the corpus folder is watched, told by who watches and read by the server. Cheap to clone.
#[derive(Clone, Default)]
pub struct WatchState {
    told: Arc<Mutex<WatchHealth>>,
    looked: Gauge<i64, AtomicI64>,
    current: Gauge<i64, AtomicI64>,
    files: Family<ChangeLabels, Counter<u64, AtomicU64>>,
    failures: Counter<u64, AtomicU64>,
}

/// The corpus folder is watched
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
pub(super) struct WatchHealth {
    /// Whether the index has what is in the folder.
    state: WatchedState,
    /// When the folder was last looked at.
    #[schema(value_type = Option<String>, format = DateTime)]
    looked: Option<Timestamp>,
    /// When something was last ingested.
    #[schema(value_type = Option<String>, format = DateTime)]
    ingested: Option<Timestamp>,
    /// Files that were written to, came or went and are not ingested yet, at the last look.
    pending: u64,
    /// Files that could not be read as they are.
    failed: u64,
}

/// Whether the index has what is in the folder.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum WatchedState {
    /// Nobody has looked yet.
    #[default]
    Starting,
    /// It has.
    Current,
    /// Files are still to be ingested, or could not be read.
    Behind,
    /// The folder is missing or empty, or another process ingests.
    Waiting,
    /// The last ingest failed; why is in the log.
    Failed,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ChangeLabels {
    change: &'static str,
}

/// Files of an ingest.
#[derive(Debug, Clone, Copy, Default)]
pub struct WatchedFileCounts {
    /// That the index did not have.
    pub added: u64,
    /// That it had otherwise.
    pub changed: u64,
    /// That are gone.
    pub removed: u64,
    /// That could not be read.
    pub failed: u64,
}

impl WatchState {
    /// Tells that somebody has looked, and how it stands.
    pub fn looked(&self, state: WatchedState) {
        let now = Timestamp::now();
        let mut told = self.locked();
        told.state = state;
        told.looked = Some(now);
        self.looked.set(now.as_second());
        self.current.set(i64::from(state == WatchedState::Current));
        if state == WatchedState::Failed {
            self.failures.inc();
        }
    }

    /// Tells how many files are still to be ingested, and how many could not be read.
    pub fn stands(&self, pending: u64, failed: u64) {
        {
            let mut told = self.locked();
            (told.pending, told.failed) = (pending, failed);
        }
        let is_behind = pending + failed > 0;
        self.looked(if is_behind { WatchedState::Behind } else { WatchedState::Current });
    }

    /// Tells of an ingest; [`Self::stands`] says what is left.
    pub fn ingested(&self, counts: WatchedFileCounts) {
        let WatchedFileCounts { added, changed, removed, failed } = counts;
        if added + changed + removed > 0 {
            self.locked().ingested = Some(Timestamp::now());
        }
        let counts =
            [("added", added), ("changed", changed), ("removed", removed), ("failed", failed)];
        for (change, count) in counts {
            self.files.get_or_create(&ChangeLabels { change }).inc_by(count);
        }
    }

    pub(super) fn health(&self) -> WatchHealth {
        self.locked().clone()
    }

    pub(super) fn register(&self, registry: &mut Registry) {
        registry.register_with_unit(
            "watch_looked_timestamp",
            "When the corpus folder was last looked at",
            Unit::Seconds,
            self.looked.clone(),
        );
        registry.register(
            "watch_current",
            "Whether the index has what is in the corpus folder: 1, or 0",
            self.current.clone(),
        );
        registry.register("watch_files", "Files ingested by the watch", self.files.clone());
        registry.register(
            "watch_failures",
            "Ingests by the watch that failed",
            self.failures.clone(),
        );
    }

    fn locked(&self) -> MutexGuard<'_, WatchHealth> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for WatchState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.health().fmt(f)
    }
}
