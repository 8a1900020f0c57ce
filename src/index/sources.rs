//! The order of the files: by path, whatever parts the engine keeps the articles in.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use tantivy::columnar::StrColumn;
use tantivy::{Searcher, SegmentReader};

use super::schema::names;

/// For each segment, the place of its paths among those of all segments.
#[derive(Debug, Default)]
pub(crate) struct SourceRanks {
    /// Empty where there is only one segment: its own numbering is the order.
    by_segment: Vec<Arc<[u32]>>,
}

impl SourceRanks {
    pub(crate) fn read(searcher: &Searcher) -> tantivy::Result<Self> {
        let segments = searcher.segment_readers();
        if segments.len() < 2 {
            return Ok(Self::default());
        }
        let mut places: BTreeMap<Vec<u8>, Vec<(usize, usize)>> = BTreeMap::new();
        let mut sizes = Vec::new();
        for (segment, reader) in segments.iter().enumerate() {
            let column = source_column(reader)?;
            let mut stream = column.dictionary().stream()?;
            let mut number = 0;
            while stream.advance() {
                places.entry(stream.key().to_vec()).or_default().push((segment, number));
                number += 1;
            }
            sizes.push(number);
        }
        let mut ranks: Vec<Vec<u32>> = sizes.into_iter().map(|size| vec![0; size]).collect();
        for (rank, places) in places.values().enumerate() {
            for &(segment, number) in places {
                ranks[segment][number] = rank as u32;
            }
        }
        Ok(Self { by_segment: ranks.into_iter().map(Into::into).collect() })
    }

    /// The ranks of a segment's paths by their numbers in the segment; `None` where the numbers
    /// are the ranks.
    pub(crate) fn of_segment(&self, segment: usize) -> Option<Arc<[u32]>> {
        self.by_segment.get(segment).cloned()
    }
}

/// The paths of a segment's articles and files.
pub(crate) fn source_column(reader: &SegmentReader) -> tantivy::Result<StrColumn> {
    reader.fast_fields().str(names::SOURCE)?.ok_or_else(|| {
        tantivy::TantivyError::from(io::Error::other("a segment without names of files"))
    })
}
