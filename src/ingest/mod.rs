//! How do many files go through intake, split, annotate and index in parallel, in bounded memory, and
//! only where something changed?
//!
//! One thread reads the files in the order of their names, workers split and annotate them (`job`),
//! and one thread restores the order and writes the results (`file_writer`). So commits lie between
//! two files whatever the workers do, and two runs over the same files give the same articles in the
//! same order.

mod corpus_check;
mod curated;
mod file_writer;
mod job;
mod path_conflict;
mod pipeline;
mod plan;
mod progress;
mod publication;
mod report;
#[cfg(test)]
mod rule_sources;
mod rules;
mod run;
mod settings_check;
mod splitter;
mod summary;
mod target;
mod watched;

pub use plan::{IngestError, IngestPlan};
pub use progress::{Event, FileOutcome, Progress};
pub use publication::{Publication, Publications};
pub use run::run;
pub use settings_check::unknown_regions;
pub use splitter::{CorpusSplitter, CorpusSplitters, SplitterError};
pub use summary::{IngestSummary, MAX_NAMES, OpenFiles, Undescribed};
pub use watched::{StopSignal, WatchedFiles};

pub use crate::split::{WeightsError, WeightsProblem};
