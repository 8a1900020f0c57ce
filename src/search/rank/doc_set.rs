//! Membership tests on the engine's document sets.

use tantivy::{DocId, DocSet, TERMINATED};

/// Whether a document set contains `doc`. Successive calls must ask for ascending documents, because
/// a document set cannot seek backwards.
pub(super) fn contains<D: DocSet + ?Sized>(docs: &mut D, doc: DocId) -> bool {
    let at = docs.doc();
    at == doc || (at < doc && at != TERMINATED && docs.seek(doc) == doc)
}
