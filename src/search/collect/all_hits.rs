//! Every hit, in order and without scores.

use tantivy::{DocId, SegmentOrdinal, SegmentReader};

use super::collector::BlockCollector;
use crate::search::rank::{ArchiveRanks, SegmentSortKeys, Sort, SortKey};

/// Keeps the sort key of every match: 24 bytes each. Sorted by day, or by place in the archive where
/// the order would be by score.
pub(crate) struct AllHits<'a> {
    sort: Sort,
    ranks: &'a ArchiveRanks,
    order: Option<SegmentSortKeys>,
    sort_keys: Vec<SortKey>,
}

impl<'a> AllHits<'a> {
    pub(crate) fn new(sort: Sort, ranks: &'a ArchiveRanks) -> Self {
        Self { sort, ranks, order: None, sort_keys: Vec::new() }
    }

    /// In order.
    pub(crate) fn harvest(mut self) -> Vec<SortKey> {
        self.sort_keys.sort_unstable();
        self.sort_keys
    }
}

impl BlockCollector for AllHits<'_> {
    fn for_segment(&mut self, at: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<()> {
        self.order = Some(SegmentSortKeys::new(self.sort, at, reader, self.ranks)?);
        Ok(())
    }

    fn collect_block(&mut self, docs: &[DocId]) {
        let Some(order) = &self.order else { return };
        for &doc in docs {
            let key = if self.sort == Sort::Relevance { 0 } else { order.day_key(doc) };
            self.sort_keys.push(order.sort_key(doc, key));
        }
    }
}
