//! What became of the entries about a file.

use crate::model::{Correction, EntryId, UnplacedCorrection, UnplacedReason};

/// What became of the entries about a file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Outcome {
    /// Those whose place was found: they were applied, or a later one about the same thing was.
    pub placed: Vec<EntryId>,
    /// Those that cannot be applied.
    pub unplaced: Vec<UnplacedCorrection>,
}

impl Outcome {
    pub(super) fn refuse(&mut self, entry: &Correction, reason: UnplacedReason) {
        self.unplaced.push(UnplacedCorrection::of(entry, reason));
    }

    pub(super) fn settle(&mut self, entry: &Correction, result: Result<(), UnplacedReason>) {
        match result {
            Ok(()) => self.placed.push(entry.id.clone()),
            Err(reason) => self.refuse(entry, reason),
        }
    }
}
