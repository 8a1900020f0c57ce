//! The first hits of a list, and what stands on the pages before.

use std::collections::{BTreeMap, HashMap};

use tantivy::query::Weight;
use tantivy::{DocId, SegmentOrdinal, SegmentReader};

use super::collect::BlockCollector;
use super::group_counts::GroupCounts;
use super::membership::Membership;
use super::scoring::{Scoring, SegmentScoring};
use super::sort_keys::{ArchiveRanks, SegmentSortKeys, segment_ranks};
use crate::index::SegmentRanks;
use crate::search::{Sort, SortKey};

/// Keeps the first hits; of each group of reprints only the first one, if they are grouped.
pub(crate) struct TopHits<'a> {
    sort: Sort,
    ranks: &'a ArchiveRanks,
    scoring: &'a Scoring,
    grouped: bool,
    after: Option<(SortKey, Option<&'a SeenGroups<'a>>)>,
    excluded: Option<(Box<dyn Weight>, &'a GroupCounts<'a>)>,
    segment: Option<SegmentTopHits>,
    kept: TopN,
}

struct SegmentTopHits {
    order: SegmentSortKeys,
    /// Documents that are no hits.
    excluded: Option<Membership>,
    /// Where the order is by score.
    scoring: Option<SegmentScoring>,
    /// Where reprints are grouped.
    segment_ranks: Option<SegmentRanks>,
}

/// The first hits with their groups; group 0 is none.
struct TopN {
    limit: usize,
    sort_keys: BTreeMap<SortKey, u32>,
    groups: HashMap<u32, SortKey>,
}

impl<'a> TopHits<'a> {
    pub(crate) fn new(
        sort: Sort,
        limit: usize,
        grouped: bool,
        ranks: &'a ArchiveRanks,
        scoring: &'a Scoring,
    ) -> Self {
        let kept = TopN { limit, sort_keys: BTreeMap::new(), groups: HashMap::new() };
        Self { sort, ranks, scoring, grouped, after: None, excluded: None, segment: None, kept }
    }

    /// Leaves out the documents of a query, and the groups that have one of them.
    pub(crate) fn excluding(mut self, query: Box<dyn Weight>, groups: &'a GroupCounts<'a>) -> Self {
        self.excluded = Some((query, groups));
        self
    }

    /// Skips the hits up to and including this one, and groups that had a hit among them.
    pub(crate) fn after(mut self, sort_key: SortKey, seen: Option<&'a SeenGroups<'a>>) -> Self {
        self.after = Some((sort_key, seen));
        self
    }

    /// In order, with the groups.
    pub(crate) fn harvest(self) -> Vec<(SortKey, u32)> {
        self.kept.sort_keys.into_iter().collect()
    }

    /// The last hit, if as many as asked for are kept.
    pub(crate) fn last_if_full(&self) -> Option<SortKey> {
        self.kept.last_if_full()
    }
}

impl BlockCollector for TopHits<'_> {
    fn for_segment(&mut self, at: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<()> {
        let order = SegmentSortKeys::new(self.sort, at, reader, self.ranks)?;
        let groups = self.ranks.stored().filter(|_| self.grouped);
        let excluded = self.excluded.as_ref().map(|(query, _)| Membership::new(&**query, reader));
        self.segment = Some(SegmentTopHits {
            order,
            excluded: excluded.transpose()?,
            scoring: match self.sort {
                Sort::Relevance => Some(self.scoring.for_segment(reader)?),
                Sort::Newest | Sort::Oldest => None,
            },
            segment_ranks: groups.and_then(|ranks| segment_ranks(ranks, reader)),
        });
        Ok(())
    }

    fn collect_block(&mut self, docs: &[DocId]) {
        let Some(SegmentTopHits { order, excluded, scoring, segment_ranks }) = &mut self.segment
        else {
            return;
        };
        if self.kept.limit == 0 {
            return;
        }
        for &doc in docs {
            let last = self.kept.last_if_full();
            let key = match scoring {
                Some(scoring) => match scoring.score(doc, last.map_or(0.0, SortKey::score)) {
                    Some(score) => SortKey::of_score(score),
                    None => continue,
                },
                None => order.day_key(doc),
            };
            if last.is_some_and(|last| last.key < key) {
                continue;
            }
            let sort_key = order.sort_key(doc, key);
            let group =
                segment_ranks.as_ref().map_or(0, |segment_ranks| segment_ranks.of(doc).group);
            if let Some((after, seen)) = self.after
                && (sort_key <= after || seen.is_some_and(|seen| seen.has(group)))
            {
                continue;
            }
            if excluded.as_mut().is_some_and(|excluded| excluded.has(doc))
                || self.excluded.as_ref().is_some_and(|(_, groups)| groups.of_group(group) > 0)
            {
                continue;
            }
            self.kept.put(sort_key, group);
        }
    }
}

impl TopN {
    fn last_if_full(&self) -> Option<SortKey> {
        let last = self.sort_keys.last_key_value().filter(|_| self.sort_keys.len() >= self.limit);
        last.map(|(sort_key, _)| *sort_key)
    }

    fn put(&mut self, sort_key: SortKey, group: u32) {
        if group != 0 {
            if let Some(known) = self.groups.get(&group) {
                if *known <= sort_key {
                    return;
                }
                self.sort_keys.remove(known);
            } else if self.last_if_full().is_some_and(|last| last < sort_key) {
                return;
            }
            self.groups.insert(group, sort_key);
        }
        self.sort_keys.insert(sort_key, group);
        if self.sort_keys.len() > self.limit
            && let Some((_, group)) = self.sort_keys.pop_last()
        {
            self.groups.remove(&group);
        }
    }
}

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
        let min_score = if self.sort == Sort::Relevance { self.until.score() } else { 0.0 };
        for &doc in docs {
            let group = segment_ranks.of(doc).group;
            let Some(seen) = self.groups.get_mut(group as usize) else { continue };
            if group == 0 || *seen {
                continue;
            }
            let key = match scoring {
                Some(scoring) => match scoring.score(doc, min_score) {
                    Some(score) => SortKey::of_score(score),
                    None => continue,
                },
                None => order.day_key(doc),
            };
            *seen = order.sort_key(doc, key) <= self.until;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::search::Address;

    proptest! {
        #[test]
        fn of_each_group_the_first_is_kept_whatever_the_order(
            sort_keys in prop::collection::vec((0..50_u64, 0..6_u32), 0..60),
            limit in 0..12_usize,
        ) {
            let mut kept = TopN { limit, sort_keys: BTreeMap::new(), groups: HashMap::new() };
            let mut all = Vec::new();
            for (at, (key, group)) in (0..).zip(sort_keys) {
                let address = Address { part: 0, number: at };
                let sort_key = SortKey { key, rank: 0, ordinal: at, address };
                all.push((sort_key, group));
                if limit > 0 {
                    kept.put(sort_key, group);
                }
            }
            all.sort_unstable();
            let mut seen = std::collections::HashSet::new();
            all.retain(|(_, group)| *group == 0 || seen.insert(*group));
            all.truncate(limit);
            prop_assert_eq!(kept.sort_keys.into_iter().collect::<Vec<_>>(), all);
        }
    }
}
