//! The driver of an ingest: files go through intake, split, annotate and index, in parallel, with
//! bounded memory, and only what changed.
//!
//! One thread reads the files in the order of their names; workers cut and annotate; what they
//! made is put back into that order and written by one thread. So the index is always written at
//! the boundary between two files, whatever the workers do, and two runs over the same files give
//! the same articles in the same order.

mod file_writer;
mod job;
mod path_conflict;
mod pipeline;
mod plan;
mod progress;
mod report;
#[cfg(test)]
mod rule_sources;
mod rules;
mod run;
mod sentences;
mod summary;

pub use plan::{IngestError, IngestPlan};
pub use progress::{Event, FileOutcome, Progress};
pub use run::run;
pub use sentences::SENTENCES;
pub use summary::IngestSummary;
