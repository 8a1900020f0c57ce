//! Counts what matches: articles, and stories, that is with reprints once.

use tantivy::{DocId, SegmentOrdinal, SegmentReader};

use super::BlockCollector;
use crate::index::SegmentRanks;
use crate::search::Sort;
use crate::search::rank::order::{
    ArchiveRanks, SegmentSortKeys, SortKey, score_bits, segment_ranks,
};
use crate::search::rank::{Scoring, SegmentScoring};

/// How many articles match, and how many of each group.
pub(crate) struct GroupCounts<'a> {
    ranking: &'a ArchiveRanks,
    grouped: bool,
    segment_ranks: Option<SegmentRanks>,
    articles: u64,
    alone: u64,
    /// By number of the group.
    groups: Vec<u32>,
}

impl<'a> GroupCounts<'a> {
    pub(crate) fn new(ranking: &'a ArchiveRanks, grouped: bool) -> Self {
        let groups = if grouped { ranking.groups() as usize + 1 } else { 0 };
        Self {
            ranking,
            grouped,
            segment_ranks: None,
            articles: 0,
            alone: 0,
            groups: vec![0; groups],
        }
    }

    /// Whether what matches must be gone through, and not only counted.
    pub(crate) fn needs_groups(&self) -> bool {
        self.grouped && self.ranking.groups() > 0
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

    /// How many articles of a group match; 0 is no group.
    pub(crate) fn of_group(&self, group: u32) -> u64 {
        self.groups.get(group as usize).map_or(0, |&count| u64::from(count))
    }
}

impl BlockCollector for GroupCounts<'_> {
    fn for_segment(&mut self, _: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<()> {
        let order = self.ranking.order().filter(|_| self.grouped);
        self.segment_ranks = order.and_then(|order| segment_ranks(order, reader));
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

/// Which groups have an article up to a place: they were given on an earlier page.
pub(crate) struct SeenGroups<'a> {
    until: SortKey,
    sort: Sort,
    ranking: &'a ArchiveRanks,
    scoring: &'a Scoring,
    segment: Option<(SegmentSortKeys, Option<SegmentScoring>, SegmentRanks)>,
    /// By number of the group.
    groups: Vec<bool>,
}

impl<'a> SeenGroups<'a> {
    pub(crate) fn new(
        until: SortKey,
        sort: Sort,
        ranking: &'a ArchiveRanks,
        scoring: &'a Scoring,
    ) -> Self {
        let groups = vec![false; ranking.groups() as usize + 1];
        Self { until, sort, ranking, scoring, segment: None, groups }
    }

    pub(crate) fn has(&self, group: u32) -> bool {
        self.groups.get(group as usize).is_some_and(|&seen| seen)
    }
}

impl BlockCollector for SeenGroups<'_> {
    fn for_segment(&mut self, at: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<()> {
        let segment_ranks = self.ranking.order().and_then(|order| segment_ranks(order, reader));
        self.segment = match segment_ranks {
            None => None,
            Some(segment_ranks) => {
                let order = SegmentSortKeys::new(self.sort, at, reader, self.ranking)?;
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
            *seen = order.place(doc, key) <= self.until;
        }
    }
}
