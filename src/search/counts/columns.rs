//! Reading the engine's columns for a block of documents.

use tantivy::DocId;
use tantivy::columnar::Column;

/// The first value of each article. The engine leaves the slot of an article without a value as it
/// is, so that what another block or column put there must go before.
pub(crate) fn first_values(column: &Column<u64>, docs: &[DocId], firsts: &mut Vec<Option<u64>>) {
    firsts.clear();
    firsts.resize(docs.len(), None);
    column.first_vals(docs, firsts);
}
