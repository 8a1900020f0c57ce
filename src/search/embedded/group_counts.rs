//! How many articles match, and how many stories: the same with reprints once.

use tantivy::{DocId, SegmentOrdinal, SegmentReader};

use super::collect::BlockCollector;
use super::sort_keys::{ArchiveRanks, segment_ranks};
use crate::index::SegmentRanks;
use crate::search::Totals;

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
