//! What passes between the threads of an ingest.

use std::collections::HashMap;

use super::curated::CorpusCorrections;
use super::plan::IngestPlan;
use super::progress::Progress;
use super::publication::Publications;
use super::report::PartReport;
use crate::intake::{Config, ReadReport};
use crate::model::{FileReport, Record};

/// What the threads of an ingest share.
pub(super) struct Pipeline<'a> {
    pub(super) plan: &'a IngestPlan,
    pub(super) config: &'a Config,
    /// The reports on the files that the index has.
    pub(super) known: &'a HashMap<String, FileReport>,
    pub(super) progress: &'a dyn Progress,
    pub(super) publications: Publications,
    pub(super) corrections: CorpusCorrections,
}

/// The result of a job, numbered in the order of the files and of the chunks in them.
pub(super) struct JobResult {
    pub(super) number: u64,
    /// Position of the file.
    pub(super) file: usize,
    /// Bytes of text that it holds.
    pub(super) bytes: u64,
    pub(super) output: JobOutput,
}

/// The output of a job.
pub(super) enum JobOutput {
    /// A part of a file.
    Part(Vec<Record>, Box<PartReport>),
    /// The end of a file that was read.
    End(ReadReport),
    /// A file that is unchanged in the index.
    Unchanged,
}
