//! Keeps the first of what matches, or all of it, in order.

use std::collections::{BTreeMap, HashMap};

use tantivy::{DocId, SegmentOrdinal, SegmentReader};

use super::BlockCollector;
use super::groups::Given;
use crate::index::SegmentStandings;
use crate::search::Sort;
use crate::search::rank::order::{Place, Ranking, SegmentOrder, score_key, standings};
use crate::search::rank::{Scoring, SegmentScoring};

/// Keeps the first places; of each group of reprints only the first, if they are grouped.
pub(crate) struct TopHits<'a> {
    sort: Sort,
    ranking: &'a Ranking,
    scoring: &'a Scoring,
    grouped: bool,
    after: Option<(Place, Option<&'a Given<'a>>)>,
    segment: Option<Segment>,
    kept: Kept,
}

struct Segment {
    order: SegmentOrder,
    /// Where the order is by score.
    scoring: Option<SegmentScoring>,
    /// Where reprints are grouped.
    standings: Option<SegmentStandings>,
}

/// The first places with their groups; 0 is none.
struct Kept {
    most: usize,
    places: BTreeMap<Place, u32>,
    groups: HashMap<u32, Place>,
}

impl<'a> TopHits<'a> {
    pub(crate) fn new(
        sort: Sort,
        most: usize,
        grouped: bool,
        ranking: &'a Ranking,
        scoring: &'a Scoring,
    ) -> Self {
        let kept = Kept { most, places: BTreeMap::new(), groups: HashMap::new() };
        Self { sort, ranking, scoring, grouped, after: None, segment: None, kept }
    }

    /// Passes over what comes up to a place, and the groups that have an article there.
    pub(crate) fn after(mut self, place: Place, given: Option<&'a Given<'a>>) -> Self {
        self.after = Some((place, given));
        self
    }

    /// In order, with the groups.
    pub(crate) fn into_places(self) -> Vec<(Place, u32)> {
        self.kept.places.into_iter().collect()
    }

    /// The last place if all that were asked for are there.
    pub(crate) fn last_if_full(&self) -> Option<Place> {
        self.kept.last_if_full()
    }
}

impl BlockCollector for TopHits<'_> {
    fn segment(&mut self, at: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<()> {
        let order = SegmentOrder::new(self.sort, at, reader, self.ranking)?;
        let groups = self.ranking.order().filter(|_| self.grouped);
        self.segment = Some(Segment {
            order,
            scoring: match self.sort {
                Sort::Relevance => Some(self.scoring.of_segment(reader)?),
                Sort::Newest | Sort::Oldest => None,
            },
            standings: groups.and_then(|order| standings(order, reader)),
        });
        Ok(())
    }

    fn block(&mut self, docs: &[DocId]) {
        let Some(Segment { order, scoring, standings }) = &mut self.segment else { return };
        if self.kept.most == 0 {
            return;
        }
        for &doc in docs {
            let last = self.kept.last_if_full();
            let key = match scoring {
                Some(scoring) => match scoring.score(doc, last.map_or(0.0, Place::score)) {
                    Some(score) => score_key(score),
                    None => continue,
                },
                None => order.day_key(doc),
            };
            if last.is_some_and(|last| last.key < key) {
                continue;
            }
            let place = order.place(doc, key);
            let group = standings.as_ref().map_or(0, |standings| standings.of(doc).group);
            if let Some((after, given)) = self.after
                && (place <= after || given.is_some_and(|given| given.has(group)))
            {
                continue;
            }
            self.kept.put(place, group);
        }
    }
}

impl Kept {
    fn last_if_full(&self) -> Option<Place> {
        let last = self.places.last_key_value().filter(|_| self.places.len() >= self.most);
        last.map(|(place, _)| *place)
    }

    fn put(&mut self, place: Place, group: u32) {
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
    ranking: &'a Ranking,
    order: Option<SegmentOrder>,
    places: Vec<Place>,
}

impl<'a> AllHits<'a> {
    pub(crate) fn new(sort: Sort, ranking: &'a Ranking) -> Self {
        Self { sort, ranking, order: None, places: Vec::new() }
    }

    /// In order.
    pub(crate) fn into_places(mut self) -> Vec<Place> {
        self.places.sort_unstable();
        self.places
    }
}

impl BlockCollector for AllHits<'_> {
    fn segment(&mut self, at: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<()> {
        self.order = Some(SegmentOrder::new(self.sort, at, reader, self.ranking)?);
        Ok(())
    }

    fn block(&mut self, docs: &[DocId]) {
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
            let mut kept = Kept { most, places: BTreeMap::new(), groups: HashMap::new() };
            let mut all = Vec::new();
            for (at, (key, group)) in (0..).zip(places) {
                let address = DocAddress::new(0, at);
                let place = Place { key, rank: 0, ordinal: at, address };
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
