//! Goes through everything that matches once, and keeps what was asked for.

use std::collections::BinaryHeap;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::{DocId, SegmentOrdinal, SegmentReader};

use super::Sort;
use super::order::{Place, SegmentOrder};
use crate::index::SourceRanks;

/// Counts what matches and keeps the first places.
pub(super) struct Best<'a> {
    pub(super) sort: Sort,
    /// Places to keep.
    pub(super) most: usize,
    pub(super) ranks: &'a SourceRanks,
}

/// What [`Best`] and its parts give.
pub(super) struct Found {
    /// Everything that matches.
    pub(super) total: u64,
    /// The first places, in order.
    pub(super) places: Vec<Place>,
}

pub(super) struct SegmentBest {
    order: SegmentOrder,
    most: usize,
    total: u64,
    /// The last of the places kept is on top.
    kept: BinaryHeap<Place>,
}

impl Collector for Best<'_> {
    type Fruit = Found;
    type Child = SegmentBest;

    fn for_segment(
        &self,
        segment: SegmentOrdinal,
        reader: &SegmentReader,
    ) -> tantivy::Result<SegmentBest> {
        let order = SegmentOrder::new(self.sort, segment, reader, self.ranks)?;
        Ok(SegmentBest { order, most: self.most, total: 0, kept: BinaryHeap::new() })
    }

    fn requires_scoring(&self) -> bool {
        self.sort == Sort::Relevance && self.most > 0
    }

    fn merge_fruits(&self, found: Vec<Found>) -> tantivy::Result<Found> {
        let total = found.iter().map(|found| found.total).sum();
        let mut places: Vec<Place> = found.into_iter().flat_map(|found| found.places).collect();
        places.sort_unstable();
        places.truncate(self.most);
        Ok(Found { total, places })
    }
}

impl SegmentCollector for SegmentBest {
    type Fruit = Found;

    fn collect(&mut self, doc: DocId, score: f32) {
        self.total += 1;
        if self.most == 0 {
            return;
        }
        let key = self.order.key(doc, score);
        if self.kept.len() < self.most {
            self.kept.push(self.order.place(doc, key));
        } else if let Some(mut last) = self.kept.peek_mut()
            && !last.is_before(key)
        {
            let place = self.order.place(doc, key);
            if place < *last {
                *last = place;
            }
        }
    }

    fn harvest(self) -> Found {
        Found { total: self.total, places: self.kept.into_sorted_vec() }
    }
}

/// Keeps the place of everything that matches: 24 bytes for each article.
pub(super) struct Everything<'a> {
    pub(super) sort: Sort,
    pub(super) ranks: &'a SourceRanks,
}

pub(super) struct SegmentEverything {
    order: SegmentOrder,
    places: Vec<Place>,
}

impl Collector for Everything<'_> {
    type Fruit = Vec<Place>;
    type Child = SegmentEverything;

    fn for_segment(
        &self,
        segment: SegmentOrdinal,
        reader: &SegmentReader,
    ) -> tantivy::Result<SegmentEverything> {
        let order = SegmentOrder::new(self.sort, segment, reader, self.ranks)?;
        Ok(SegmentEverything { order, places: Vec::new() })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, places: Vec<Vec<Place>>) -> tantivy::Result<Vec<Place>> {
        let mut places = places.concat();
        places.sort_unstable();
        Ok(places)
    }
}

impl SegmentCollector for SegmentEverything {
    type Fruit = Vec<Place>;

    fn collect(&mut self, doc: DocId, score: f32) {
        self.places.push(self.order.place(doc, self.order.key(doc, score)));
    }

    fn harvest(self) -> Vec<Place> {
        self.places
    }
}
