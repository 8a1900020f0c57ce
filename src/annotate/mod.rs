//! Independent layers over an article: what can be read out of its words, each with its evidence.

<<<<<<< HEAD
<<<<<<< HEAD
pub mod byline;
mod credit_words;
mod date_cues;
mod date_digits;
mod date_range;
mod date_resolve;
mod date_scan;
#[cfg(test)]
mod date_scan_tests;
mod date_words;
pub mod dates;
#[cfg(test)]
mod dates_tests;
pub mod docno;
pub mod issue;
mod issue_year;
pub mod issuer;
mod names;
mod signature;
=======
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
>>>>>>> topics
=======
mod context;
mod gazetteer;
mod meaning;
mod mentions;
mod names;
mod places;
mod primary;
mod support;
mod table;
mod villages;

pub use context::FileContext;
pub use gazetteer::{Gazetteer, Level, Unit, UnitId};
pub use places::Located;
>>>>>>> places

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
