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

use std::collections::{BTreeMap, HashMap};

use tantivy::columnar::Column;
use tantivy::query::{EnableScoring, Query as EngineQuery, Weight};
use tantivy::{DocId, Searcher, SegmentOrdinal, SegmentReader};

use super::Totals;
use super::scoring::{Membership, Scoring, SegmentScoring};
use super::sort::{ArchiveRanks, SegmentSortKeys, Sort, SortKey, score_bits, segment_ranks};
use crate::index::SegmentRanks;

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
                    Some(score) => score_bits(score),
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
                    Some(score) => score_bits(score),
                    None => continue,
                },
                None => order.day_key(doc),
            };
            *seen = order.sort_key(doc, key) <= self.until;
        }
    }
}

/// How many articles match, and how many of each group.
pub(crate) struct GroupCounts<'a> {
    ranks: &'a ArchiveRanks,
    grouped: bool,
    segment_ranks: Option<SegmentRanks>,
    articles: u64,
    alone: u64,
    /// By number of the group.
    groups: Vec<u32>,
}

impl<'a> GroupCounts<'a> {
    pub(crate) fn new(ranks: &'a ArchiveRanks, grouped: bool) -> Self {
        let groups = if grouped { ranks.groups() as usize + 1 } else { 0 };
        Self { ranks, grouped, segment_ranks: None, articles: 0, alone: 0, groups: vec![0; groups] }
    }

    /// Whether what matches must be gone through, and not only counted.
    pub(crate) fn needs_groups(&self) -> bool {
        self.grouped && self.ranks.groups() > 0
    }

    /// Counts articles that belong to no group.
    pub(crate) fn add(&mut self, articles: u64) {
        self.articles += articles;
        self.alone += articles;
    }

    /// Articles that match.
    pub(crate) fn articles(&self) -> u64 {
        self.articles
    }

    /// The same with each group once.
    pub(crate) fn stories(&self) -> u64 {
        self.alone + self.groups.iter().filter(|&&count| count > 0).count() as u64
    }

    /// How many articles of a group match; of group 0, which is none, no article.
    pub(crate) fn of_group(&self, group: u32) -> u64 {
        self.groups.get(group as usize).map_or(0, |&count| u64::from(count))
    }

    /// The articles that were counted here and not there, and their stories that have no article
    /// there. What was counted there must have been counted here too.
    pub(crate) fn beyond(&self, first: &Self) -> Totals {
        let groups = self.groups.iter().zip(&first.groups);
        let groups = groups.filter(|&(&all, &first)| all > 0 && first == 0).count() as u64;
        Totals {
            articles: self.articles - first.articles,
            stories: self.alone - first.alone + groups,
        }
    }
}

impl BlockCollector for GroupCounts<'_> {
    fn for_segment(&mut self, _: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<()> {
        let order = self.ranks.stored().filter(|_| self.grouped);
        self.segment_ranks = order.and_then(|ranks| segment_ranks(ranks, reader));
        Ok(())
    }

    fn collect_block(&mut self, docs: &[DocId]) {
        self.articles += docs.len() as u64;
        let Some(segment_ranks) = &self.segment_ranks else {
            self.alone += docs.len() as u64;
            return;
        };
        for &doc in docs {
            match segment_ranks.of(doc).group {
                0 => self.alone += 1,
                group => {
                    if let Some(count) = self.groups.get_mut(group as usize) {
                        *count += 1;
                    }
                }
            }
        }
    }
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use tantivy::DocAddress;

    use super::*;

    proptest! {
        #[test]
        fn of_each_group_the_first_is_kept_whatever_the_order(
            sort_keys in prop::collection::vec((0..50_u64, 0..6_u32), 0..60),
            limit in 0..12_usize,
        ) {
            let mut kept = TopN { limit, sort_keys: BTreeMap::new(), groups: HashMap::new() };
            let mut all = Vec::new();
            for (at, (key, group)) in (0..).zip(sort_keys) {
                let address = DocAddress::new(0, at);
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
