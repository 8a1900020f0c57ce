//! The total order of articles: independent of threads and of the engine's segments; by day and by
//! place also of the history of the index, which relevance follows only nearly (see
//! [`Sort::Relevance`]).

use std::io;
use std::sync::Arc;

use tantivy::columnar::Column;
use tantivy::{DocAddress, DocId, SegmentOrdinal, SegmentReader};

use super::sort::Sort;
use crate::index::{DocumentRanks, SegmentRanks, SourceRanks, names, source_column};

/// Where an article comes in the order asked for: smaller is sooner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct SortKey {
    /// By score or by day.
    pub(crate) key: u64,
    /// By the path of the file.
    pub(crate) rank: u32,
    /// By the place in the file.
    pub(crate) ordinal: u32,
    /// Where the engine keeps it; decides nothing unless a file holds two articles of one place.
    pub(crate) address: DocAddress,
}

impl SortKey {
    /// The score, where the order is by score.
    pub(crate) fn score(self) -> f32 {
        f32::from_bits(u32::MAX - self.key as u32)
    }
}

/// The key of a score. Scores are not negative, so that their bits are in their order.
pub(crate) fn score_bits(score: f32) -> u64 {
    u64::from(u32::MAX - score.to_bits())
}

/// What tells the order of files: made at the end of an ingest, or, in an archive that is opened
/// while one is under way, from the names of the files.
#[derive(Debug)]
pub(crate) enum ArchiveRanks {
    Stored(DocumentRanks),
    Computed(SourceRanks),
}

impl ArchiveRanks {
    pub(crate) fn stored(&self) -> Option<&DocumentRanks> {
        match self {
            Self::Stored(ranks) => Some(ranks),
            Self::Computed(_) => None,
        }
    }

    /// Number of groups of reprints.
    pub(crate) fn groups(&self) -> u32 {
        self.stored().map_or(0, DocumentRanks::groups)
    }
}

/// Finds the sort_keys of the articles of one segment.
pub(crate) struct SegmentSortKeys {
    sort: Sort,
    segment: SegmentOrdinal,
    day: Column<u64>,
    ordinal: Column<u64>,
    ranks: SegmentFileRanks,
}

enum SegmentFileRanks {
    Stored(SegmentRanks),
    Computed(Column<u64>, Option<Arc<[u32]>>),
}

impl SegmentSortKeys {
    pub(crate) fn new(
        sort: Sort,
        segment: SegmentOrdinal,
        reader: &SegmentReader,
        ranks: &ArchiveRanks,
    ) -> tantivy::Result<Self> {
        let fast = reader.fast_fields();
        let ranks = match ranks {
            ArchiveRanks::Stored(order) => {
                SegmentFileRanks::Stored(segment_ranks(order, reader).ok_or_else(unknown)?)
            }
            ArchiveRanks::Computed(ranks) => SegmentFileRanks::Computed(
                source_column(reader)?.into_parts().1,
                ranks.of_segment(segment as usize),
            ),
        };
        Ok(Self {
            sort,
            segment,
            day: fast.u64(names::DAY)?,
            ordinal: fast.u64(names::ORDINAL)?,
            ranks,
        })
    }

    /// What the article is sorted by before anything else, where the order is by day.
    pub(crate) fn day_key(&self, doc: DocId) -> u64 {
        let day = self.day.first(doc).unwrap_or(0);
        match (self.sort, day) {
            (Sort::Oldest, 0) => u64::MAX,
            (Sort::Oldest, day) => day,
            _ => u64::MAX - day,
        }
    }

    pub(crate) fn sort_key(&self, doc: DocId, key: u64) -> SortKey {
        let rank = match &self.ranks {
            SegmentFileRanks::Stored(segment_ranks) => segment_ranks.of(doc).rank,
            SegmentFileRanks::Computed(numbers, ranks) => {
                let number = numbers.first(doc).unwrap_or(0) as usize;
                let of_number = |ranks: &Arc<[u32]>| ranks.get(number).copied();
                ranks.as_ref().map_or(Some(number as u32), of_number).unwrap_or(u32::MAX)
            }
        };
        let ordinal = self.ordinal.first(doc).unwrap_or(0) as u32;
        SortKey { key, rank, ordinal, address: DocAddress::new(self.segment, doc) }
    }
}

/// An archive is opened with an order that knows all its segments, or with none.
fn unknown() -> io::Error {
    io::Error::other("a segment that the order of the archive does not know")
}

/// What an order says of a segment's documents.
pub(crate) fn segment_ranks(order: &DocumentRanks, reader: &SegmentReader) -> Option<SegmentRanks> {
    order.segment(&reader.segment_id().uuid_string())
}
