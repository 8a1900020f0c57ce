//! Goes once through everything that matches, segment by segment, and tells those who watch.

pub(crate) mod groups;
pub(crate) mod top_hits;

use tantivy::query::{EnableScoring, Query as EngineQuery};
use tantivy::{DocId, Searcher, SegmentOrdinal, SegmentReader};

/// Is told what matches, in the order in which the engine keeps it.
pub(super) trait BlockCollector {
    /// The articles that follow are of this segment. Not told of a segment without any.
    fn for_segment(&mut self, at: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<()>;

    /// Articles that match, ascending, at most [`tantivy::COLLECT_BLOCK_BUFFER_LEN`].
    fn collect_block(&mut self, docs: &[DocId]);
}

/// Tells all collectors of everything that matches.
pub(super) fn collect(
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
                // Most segments have nothing of what is rare, and to prepare for one takes time.
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
