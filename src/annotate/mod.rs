//! Independent layers over an article: what can be read out of its words, each with its evidence.

mod record;

use crate::model::Record;
use crate::model::SourceText;
use crate::split::Cutting;

/// Holds the tables that the layers read. One is enough for any number of threads.
#[derive(Debug)]
pub struct Annotator {}

impl Annotator {
    /// Loads the tables that are built into the program.
    #[must_use]
    pub fn new() -> Self {
        Self {}
    }

    /// Turns the articles of one file into records. Reprints are found later, over all files.
    #[must_use]
    pub fn annotate(&self, source: &SourceText, cutting: &Cutting) -> Vec<Record> {
        record::records(source, cutting)
    }
}

impl Default for Annotator {
    fn default() -> Self {
        Self::new()
    }
}
