//! Keeps the first of what matches, or all of it, in order.

use std::collections::{BTreeMap, HashMap};

use tantivy::{DocId, SegmentOrdinal, SegmentReader};

use super::BlockCollector;
use super::groups::SeenGroups;
use crate::index::SegmentRanks;
use crate::search::Sort;
use crate::search::rank::order::{
    ArchiveRanks, SegmentSortKeys, SortKey, score_bits, segment_ranks,
};
use crate::search::rank::{Scoring, SegmentScoring};

/// Keeps the first places; of each group of reprints only the first, if they are grouped.
pub(crate) struct TopHits<'a> {
    sort: Sort,
    ranking: &'a ArchiveRanks,
    scoring: &'a Scoring,
    grouped: bool,
    after: Option<(SortKey, Option<&'a SeenGroups<'a>>)>,
    segment: Option<SegmentTopHits>,
    kept: TopN,
}

struct SegmentTopHits {
    order: SegmentSortKeys,
    /// Where the order is by score.
    scoring: Option<SegmentScoring>,
    /// Where reprints are grouped.
    segment_ranks: Option<SegmentRanks>,
}

/// The first places with their groups; 0 is none.
struct TopN {
    most: usize,
    places: BTreeMap<SortKey, u32>,
    groups: HashMap<u32, SortKey>,
}

impl<'a> TopHits<'a> {
    pub(crate) fn new(
        sort: Sort,
        most: usize,
        grouped: bool,
        ranking: &'a ArchiveRanks,
        scoring: &'a Scoring,
    ) -> Self {
        let kept = TopN { most, places: BTreeMap::new(), groups: HashMap::new() };
        Self { sort, ranking, scoring, grouped, after: None, segment: None, kept }
    }

    /// Passes over what comes up to a place, and the groups that have an article there.
    pub(crate) fn after(mut self, place: SortKey, seen: Option<&'a SeenGroups<'a>>) -> Self {
        self.after = Some((place, seen));
        self
    }

    /// In order, with the groups.
    pub(crate) fn harvest(self) -> Vec<(SortKey, u32)> {
        self.kept.places.into_iter().collect()
    }

    /// The last place if all that were asked for are there.
    pub(crate) fn last_if_full(&self) -> Option<SortKey> {
        self.kept.last_if_full()
    }
}

impl BlockCollector for TopHits<'_> {
    fn for_segment(&mut self, at: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<()> {
        let order = SegmentSortKeys::new(self.sort, at, reader, self.ranking)?;
        let groups = self.ranking.order().filter(|_| self.grouped);
        self.segment = Some(SegmentTopHits {
            order,
            scoring: match self.sort {
                Sort::Relevance => Some(self.scoring.for_segment(reader)?),
                Sort::Newest | Sort::Oldest => None,
            },
            segment_ranks: groups.and_then(|order| segment_ranks(order, reader)),
        });
        Ok(())
    }

    fn collect_block(&mut self, docs: &[DocId]) {
        let Some(SegmentTopHits { order, scoring, segment_ranks }) = &mut self.segment else {
            return;
        };
        if self.kept.most == 0 {
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
            let place = order.place(doc, key);
            let group =
                segment_ranks.as_ref().map_or(0, |segment_ranks| segment_ranks.of(doc).group);
            if let Some((after, seen)) = self.after
                && (place <= after || seen.is_some_and(|seen| seen.has(group)))
            {
                continue;
            }
            self.kept.put(place, group);
        }
    }
}

impl TopN {
    fn last_if_full(&self) -> Option<SortKey> {
        let last = self.places.last_key_value().filter(|_| self.places.len() >= self.most);
        last.map(|(place, _)| *place)
    }

    fn put(&mut self, place: SortKey, group: u32) {
        if group != 0 {
            if let Some(known) = self.groups.get(&group) {
                if *known <= place {
                    return;
                }
                self.places.remove(known);
            } else if self.last_if_full().is_some_and(|last| last < place) {
                return;
            }
            self.groups.insert(group, place);
        }
        self.places.insert(place, group);
        if self.places.len() > self.most
            && let Some((_, group)) = self.places.pop_last()
        {
            self.groups.remove(&group);
        }
    }
}

/// Keeps the place of everything that matches: 24 bytes for each article. Without scores: by day,
/// or as the articles stand in the archive.
pub(crate) struct AllHits<'a> {
    sort: Sort,
    ranking: &'a ArchiveRanks,
    order: Option<SegmentSortKeys>,
    places: Vec<SortKey>,
}

impl<'a> AllHits<'a> {
    pub(crate) fn new(sort: Sort, ranking: &'a ArchiveRanks) -> Self {
        Self { sort, ranking, order: None, places: Vec::new() }
    }

    /// In order.
    pub(crate) fn harvest(mut self) -> Vec<SortKey> {
        self.places.sort_unstable();
        self.places
    }
}

impl BlockCollector for AllHits<'_> {
    fn for_segment(&mut self, at: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<()> {
        self.order = Some(SegmentSortKeys::new(self.sort, at, reader, self.ranking)?);
        Ok(())
    }

    fn collect_block(&mut self, docs: &[DocId]) {
        let Some(order) = &self.order else { return };
        for &doc in docs {
            let key = if self.sort == Sort::Relevance { 0 } else { order.day_key(doc) };
            self.places.push(order.place(doc, key));
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
            places in prop::collection::vec((0..50_u64, 0..6_u32), 0..60),
            most in 0..12_usize,
        ) {
            let mut kept = TopN { most, places: BTreeMap::new(), groups: HashMap::new() };
            let mut all = Vec::new();
            for (at, (key, group)) in (0..).zip(places) {
                let address = DocAddress::new(0, at);
                let place = SortKey { key, rank: 0, ordinal: at, address };
                all.push((place, group));
                if most > 0 {
                    kept.put(place, group);
                }
            }
            all.sort_unstable();
            let mut seen = std::collections::HashSet::new();
            all.retain(|(_, group)| *group == 0 || seen.insert(*group));
            all.truncate(most);
            prop_assert_eq!(kept.places.into_iter().collect::<Vec<_>>(), all);
        }
    }
}
