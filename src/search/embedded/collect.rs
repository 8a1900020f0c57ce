//! What is gathered from the documents that match: the first of them, all of them, or how many of
//! them? [`collect`] runs a query over the segments and hands the matching documents, in blocks, to
//! one or more collectors.
//!
//! The verbs are those of tantivy's `Collector` and `SegmentCollector` (`for_segment`,
//! `collect_block`, `harvest`), but not the traits, for four reasons:
//!
//! - They collect each segment on its own and merge the results. Top hits skip most of the scoring
//!   because the score of the last hit kept *so far*, in all segments, is the bound; they are also
//!   filled by two queries in a row (headline matches first).
//! - `for_segment` is called for every segment, also for one without a match. Preparing one opens
//!   posting lists and columns; here it waits for the first matching block.
//! - Where a segment has deleted documents, their default falls back from blocks to single
//!   documents, and columns can no longer be read in blocks.
//! - A `SegmentCollector` is `'static`: scoring and ranks, which are borrowed here, would have to be
//!   shared by reference counting.

use tantivy::columnar::Column;
use tantivy::query::{EnableScoring, Query as EngineQuery};
use tantivy::{DocId, Searcher, SegmentOrdinal, SegmentReader};

use super::sort_keys::{ArchiveRanks, SegmentSortKeys};
use crate::search::{Address, Sort, SortKey};

/// Receives the matching documents in the order of the engine: segment by segment, ascending.
pub(crate) trait BlockCollector {
    /// The blocks that follow are of this segment. Not called for a segment without a match.
    fn for_segment(&mut self, at: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<()>;

    /// Matching documents, ascending, at most [`tantivy::COLLECT_BLOCK_BUFFER_LEN`].
    fn collect_block(&mut self, docs: &[DocId]);
}

/// Collects everything that matches with all collectors in one pass.
pub(crate) fn collect(
    searcher: &Searcher,
    query: &dyn EngineQuery,
    collectors: &mut [&mut dyn BlockCollector],
) -> tantivy::Result<()> {
    let weight = query.weight(EnableScoring::disabled_from_searcher(searcher))?;
    for (at, reader) in (0..).zip(searcher.segment_readers()) {
        let mut begun = false;
        let mut failed = None;
        let mut alive: Vec<DocId> = Vec::new();
        weight.for_each_no_score(reader, &mut |docs| {
            let docs = match reader.alive_bitset() {
                None => docs,
                Some(bitset) => {
                    alive.clear();
                    alive.extend(docs.iter().copied().filter(|&doc| bitset.is_alive(doc)));
                    &alive
                }
            };
            if docs.is_empty() || failed.is_some() {
                return;
            }
            for collector in collectors.iter_mut() {
                // Lazily: a rare term is in few segments, and preparing one takes time.
                if !begun && let Err(error) = collector.for_segment(at, reader) {
                    failed = Some(error);
                    return;
                }
                collector.collect_block(docs);
            }
            begun = true;
        })?;
        if let Some(error) = failed {
            return Err(error);
        }
    }
    Ok(())
}

/// The first value of each article. The engine leaves the slot of an article without a value as it
/// is, so that what another block or column put there must go before.
pub(crate) fn first_values(column: &Column<u64>, docs: &[DocId], firsts: &mut Vec<Option<u64>>) {
    firsts.clear();
    firsts.resize(docs.len(), None);
    column.first_vals(docs, firsts);
}

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

/// The first of what matches.
pub(crate) struct FirstDocs {
    limit: usize,
    segment: SegmentOrdinal,
    found: Vec<Address>,
}

impl FirstDocs {
    pub(crate) fn new(limit: usize) -> Self {
        Self { limit, segment: 0, found: Vec::new() }
    }

    pub(crate) fn harvest(self) -> Vec<Address> {
        self.found
    }
}

impl BlockCollector for FirstDocs {
    fn for_segment(&mut self, at: SegmentOrdinal, _: &SegmentReader) -> tantivy::Result<()> {
        self.segment = at;
        Ok(())
    }

    fn collect_block(&mut self, docs: &[DocId]) {
        let left = self.limit - self.found.len();
        let part = self.segment;
        self.found.extend(docs.iter().take(left).map(|&number| Address { part, number }));
    }
}
