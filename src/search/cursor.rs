//! Where a page ends, so that the next one begins there: as fast for the thousandth page as for
//! the first.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};
use tantivy::DocAddress;

use super::rank::SortKey;

/// The last hit of a page. Its text form is opaque, short and safe in an address; it is good for
/// the same search of the same state of the archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// The commit.
    generation: u64,
    /// [`Request::result_hash`](super::Request::result_hash).
    search: u32,
    pub(super) sort_key: SortKey,
}

/// The text is not a cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a mark of a page; take the one that the page before gave")]
pub struct CursorError;

impl Cursor {
    pub(super) fn new(generation: u64, search: u32, sort_key: SortKey) -> Self {
        Self { generation, search, sort_key }
    }

    /// Whether it belongs to the search of this hash in this commit.
    pub(super) fn fits(&self, generation: u64, search: u32) -> bool {
        self.generation == generation && self.search == search
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let SortKey { key, rank, ordinal, address } = self.sort_key;
        let numbers = [
            self.generation,
            u64::from(self.search),
            key,
            u64::from(rank),
            u64::from(ordinal),
            u64::from(address.segment_ord),
            u64::from(address.doc_id),
        ];
        for (at, number) in numbers.into_iter().enumerate() {
            write!(f, "{}{number:x}", if at == 0 { "" } else { "-" })?;
        }
        Ok(())
    }
}

impl FromStr for Cursor {
    type Err = CursorError;

    fn from_str(text: &str) -> Result<Self, CursorError> {
        let numbers: Vec<u64> = text
            .split('-')
            .map(|number| u64::from_str_radix(number, 16).map_err(|_| CursorError))
            .collect::<Result<_, _>>()?;
        let [generation, search, key, rank, ordinal, segment, doc] = numbers[..] else {
            return Err(CursorError);
        };
        let small = |number: u64| u32::try_from(number).map_err(|_| CursorError);
        let address = DocAddress::new(small(segment)?, small(doc)?);
        let sort_key = SortKey { key, rank: small(rank)?, ordinal: small(ordinal)?, address };
        Ok(Self { generation, search: small(search)?, sort_key })
    }
}

impl Serialize for Cursor {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::Request;

    #[test]
    fn a_cursor_is_read_back_from_its_text_and_fits_its_own_search_only() {
        let request = Request { group: true, ..Request::default() };
        let sort_key =
            SortKey { key: u64::MAX, rank: 3, ordinal: 7, address: DocAddress::new(1, 9) };
        let search = request.result_hash();
        let cursor = Cursor::new(12, search, sort_key);
        assert_eq!(cursor.to_string().parse(), Ok(cursor));
        assert!(cursor.fits(12, search) && !cursor.fits(13, search));
        assert!(!cursor.fits(12, Request::default().result_hash()));
        let other_size = Request { limit: 50, ..request };
        assert!(cursor.fits(12, other_size.result_hash()), "the size of a page is free");
    }

    #[test]
    fn other_texts_are_refused() {
        for text in ["", "1-2-3", "1-2-3-4-5-6-x", "1-2-3-4-5-6-7-8", "1-2-3-4-5-6-100000000"] {
            assert_eq!(text.parse::<Cursor>(), Err(CursorError), "{text}");
        }
    }
}
