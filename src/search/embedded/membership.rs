//! Whether an article is among those of a query, asked for in ascending order.

use tantivy::query::{Scorer, Weight};
use tantivy::{DocId, DocSet, SeekDangerResult, SegmentReader, TERMINATED};

/// Tells of some articles, asked for in the order of their numbers, whether a query matches them. A
/// phrase is looked for in these articles alone: finding its next match can take as long as finding all.
/// The engine's unions do look for the next match of each of their parts.
pub(crate) struct Membership {
    matches: Box<dyn Scorer>,
    /// No article below this one matches, of those not asked for yet.
    next: DocId,
    /// The last match.
    found: Option<DocId>,
}

impl Membership {
    pub(crate) fn new(weight: &dyn Weight, reader: &SegmentReader) -> tantivy::Result<Self> {
        let (first, matches) = weight.scorer_danger(reader, 0, 1.0)?;
        let mut membership = Self { matches, next: 0, found: None };
        membership.learn(0, first);
        Ok(membership)
    }

    pub(crate) fn has(&mut self, doc: DocId) -> bool {
        if doc < self.next {
            return self.found == Some(doc);
        }
        let result = self.matches.seek_danger(doc);
        self.learn(doc, result);
        self.found == Some(doc)
    }

    fn learn(&mut self, doc: DocId, result: SeekDangerResult) {
        match result {
            SeekDangerResult::Found => (self.next, self.found) = (doc + 1, Some(doc)),
            SeekDangerResult::SeekLowerBound(next) => self.next = next,
        }
    }
}

/// Whether a document set contains `doc`. Successive calls must ask for ascending documents,
/// because a document set cannot seek backwards.
pub(super) fn contains<D: DocSet + ?Sized>(docs: &mut D, doc: DocId) -> bool {
    let at = docs.doc();
    at == doc || (at < doc && at != TERMINATED && docs.seek(doc) == doc)
}
