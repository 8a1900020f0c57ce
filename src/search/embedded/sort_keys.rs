//! What articles are sorted by, read from the columns of the index and from the order of the archive.

use std::io;
use std::sync::Arc;

use tantivy::columnar::Column;
use tantivy::{DocId, SegmentOrdinal, SegmentReader};

use crate::index::{DocumentRanks, SegmentRanks, SourceRanks, names, source_column};
use crate::search::{Address, Sort, SortKey};

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

/// Finds the sort keys of the articles of one segment.
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
        SortKey { key, rank, ordinal, address: Address { part: self.segment, number: doc } }
    }
}

/// The order of articles in the archive: by files, and within one by what stands first.
pub(super) struct ArticleOrder {
    segments: Vec<SegmentSortKeys>,
}

impl ArticleOrder {
    pub(super) fn new(segments: Vec<SegmentSortKeys>) -> Self {
        Self { segments }
    }

    /// The sort key of an article that has no other than its place.
    pub(super) fn key_of(&self, address: Address) -> Option<SortKey> {
        let keys = self.segments.get(address.part as usize)?;
        Some(keys.sort_key(address.number, 0))
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
