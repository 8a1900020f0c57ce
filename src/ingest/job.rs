//! What passes between the threads of an ingest.

use std::collections::HashMap;

use super::plan::IngestPlan;
use super::progress::Progress;
use super::report::PartReport;
use crate::intake::{Config, ReadReport};
use crate::model::{FileReport, Record};

/// What every thread of an ingest may look at.
pub(super) struct Pipeline<'a> {
    pub(super) plan: &'a IngestPlan,
    pub(super) config: &'a Config,
    /// The reports on the files that the index has.
    pub(super) known: &'a HashMap<String, FileReport>,
    pub(super) progress: &'a dyn Progress,
}

/// A step for the writer, numbered in the order of the files and of the parts in them.
pub(super) struct JobResult {
    pub(super) number: u64,
    /// Position of the file.
    pub(super) file: usize,
    /// Bytes of text that it holds.
    pub(super) bytes: u64,
    pub(super) made: JobOutput,
}

/// What the writer is handed.
pub(super) enum JobOutput {
    /// A part of a file.
    Part(Vec<Record>, Box<PartReport>),
    /// The end of a file that was read.
    End(ReadReport),
    /// A file that the index has as it is.
    Unchanged,
}
