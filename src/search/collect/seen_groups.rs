//! Which groups of reprints had a hit on the pages before.

use tantivy::{DocId, SegmentOrdinal, SegmentReader};

use super::collector::BlockCollector;
use crate::index::SegmentRanks;
use crate::search::rank::{
    ArchiveRanks, Scoring, SegmentScoring, SegmentSortKeys, Sort, SortKey, score_bits,
    segment_ranks,
};

/// The groups that have an article up to a hit, so that they were on an earlier page.
pub(crate) struct SeenGroups<'a> {
    until: SortKey,
    sort: Sort,
    ranks: &'a ArchiveRanks,
    scoring: &'a Scoring,
    segment: Option<(SegmentSortKeys, Option<SegmentScoring>, SegmentRanks)>,
    /// By number of the group.
    groups: Vec<bool>,
}

impl<'a> SeenGroups<'a> {
    pub(crate) fn new(
        until: SortKey,
        sort: Sort,
        ranks: &'a ArchiveRanks,
        scoring: &'a Scoring,
    ) -> Self {
        let groups = vec![false; ranks.groups() as usize + 1];
        Self { until, sort, ranks, scoring, segment: None, groups }
    }

    pub(crate) fn has(&self, group: u32) -> bool {
        self.groups.get(group as usize).is_some_and(|&seen| seen)
    }
}

impl BlockCollector for SeenGroups<'_> {
    fn for_segment(&mut self, at: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<()> {
        let segment_ranks = self.ranks.stored().and_then(|ranks| segment_ranks(ranks, reader));
        self.segment = match segment_ranks {
            None => None,
            Some(segment_ranks) => {
                let order = SegmentSortKeys::new(self.sort, at, reader, self.ranks)?;
                let scoring = match self.sort {
                    Sort::Relevance => Some(self.scoring.for_segment(reader)?),
                    Sort::Newest | Sort::Oldest => None,
                };
                Some((order, scoring, segment_ranks))
            }
        };
        Ok(())
    }

    fn collect_block(&mut self, docs: &[DocId]) {
        let Some((order, scoring, segment_ranks)) = &mut self.segment else { return };
        let least = if self.sort == Sort::Relevance { self.until.score() } else { 0.0 };
        for &doc in docs {
            let group = segment_ranks.of(doc).group;
            let Some(seen) = self.groups.get_mut(group as usize) else { continue };
            if group == 0 || *seen {
                continue;
            }
            let key = match scoring {
                Some(scoring) => match scoring.score(doc, least) {
                    Some(score) => score_bits(score),
                    None => continue,
                },
                None => order.day_key(doc),
            };
            *seen = order.sort_key(doc, key) <= self.until;
        }
    }
}
