//! Independent layers over an article: what can be read out of its words, each with its evidence.

mod reprints;
mod shingles;
mod sketch;
mod topics;
mod vocabulary;

pub use reprints::{Item, group};
pub use shingles::{SHORTEST, containment};
pub use sketch::{Sketch, sketch};
pub use topics::Topics;
pub use vocabulary::{Label, TopicsError};

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
    pub fn annotate(&self, _source: &SourceText, _cutting: &Cutting) -> Vec<Record> {
        Vec::new()
    }
}

impl Default for Annotator {
    fn default() -> Self {
        Self::new()
    }
}
