//! The total order of articles: independent of threads and of the engine's segments; by day and by
//! place also of the history of the index, which relevance follows only nearly (see
//! [`Sort::Relevance`]).

use std::sync::Arc;

use tantivy::columnar::Column;
use tantivy::{DocAddress, DocId, SegmentOrdinal, SegmentReader};

use super::Sort;
use crate::index::{SourceRanks, names, source_column};

/// Where an article comes in the order asked for: smaller is sooner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    /// By score or by day.
    key: u64,
    /// By the path of the file.
    source: u32,
    /// By the place in the file.
    ordinal: u32,
    /// Where the engine keeps it; decides nothing unless a file holds two articles of one place.
    pub(super) address: DocAddress,
}

impl Place {
    /// The score, where the order is by score.
    pub(super) fn score(self) -> f32 {
        f32::from_bits(u32::MAX - self.key as u32)
    }
}

/// Finds the places of the articles of one segment.
pub(super) struct SegmentOrder {
    sort: Sort,
    segment: SegmentOrdinal,
    day: Column<u64>,
    source: Column<u64>,
    ordinal: Column<u64>,
    ranks: Option<Arc<[u32]>>,
}

impl SegmentOrder {
    pub(super) fn new(
        sort: Sort,
        segment: SegmentOrdinal,
        reader: &SegmentReader,
        ranks: &SourceRanks,
    ) -> tantivy::Result<Self> {
        let fast = reader.fast_fields();
        let (_, source) = source_column(reader)?.into_parts();
        Ok(Self {
            sort,
            segment,
            day: fast.u64(names::DAY)?,
            source,
            ordinal: fast.u64(names::ORDINAL)?,
            ranks: ranks.of_segment(segment as usize),
        })
    }

    /// What the article is sorted by before anything else.
    pub(super) fn key(&self, doc: DocId, score: f32) -> u64 {
        let day = || self.day.first(doc).unwrap_or(0);
        match self.sort {
            // Scores are not negative, so that their bits are in their order.
            Sort::Relevance => u64::from(u32::MAX - score.to_bits()),
            Sort::Newest => u64::MAX - day(),
            Sort::Oldest => match day() {
                0 => u64::MAX,
                day => day,
            },
        }
    }

    pub(super) fn place(&self, doc: DocId, key: u64) -> Place {
        let number = self.source.first(doc).unwrap_or(0) as usize;
        let source = match &self.ranks {
            Some(ranks) => ranks.get(number).copied().unwrap_or(u32::MAX),
            None => number as u32,
        };
        let ordinal = self.ordinal.first(doc).unwrap_or(0) as u32;
        Place { key, source, ordinal, address: DocAddress::new(self.segment, doc) }
    }
}

impl Place {
    /// Whether an article with this key cannot come before this place.
    pub(super) fn is_before(&self, key: u64) -> bool {
        self.key < key
    }
}
