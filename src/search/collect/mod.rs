//! Goes once through everything that matches, segment by segment, and tells those who watch.

pub(crate) mod groups;
pub(crate) mod top_hits;

use tantivy::query::{EnableScoring, Query as EngineQuery};
use tantivy::{DocId, Searcher, SegmentOrdinal, SegmentReader};

/// Is told what matches, in the order in which the engine keeps it.
pub(super) trait BlockCollector {
    /// The articles that follow are of this segment. Not told of a segment without any.
    fn segment(&mut self, at: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<()>;

    /// Articles that match, ascending, at most [`tantivy::COLLECT_BLOCK_BUFFER_LEN`].
    fn block(&mut self, docs: &[DocId]);
}

/// Tells all watchers of everything that matches.
pub(super) fn pass(
    searcher: &Searcher,
    query: &dyn EngineQuery,
    watchers: &mut [&mut dyn BlockCollector],
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
            for watcher in watchers.iter_mut() {
                // Most segments have nothing of what is rare, and to prepare for one takes time.
                if !begun && let Err(error) = watcher.segment(at, reader) {
                    failed = Some(error);
                    return;
                }
                watcher.block(docs);
            }
            begun = true;
        })?;
        if let Some(error) = failed {
            return Err(error);
        }
    }
    Ok(())
}
