//! Where a page ends, so that the next one begins there: as fast for the thousandth page as for
//! the first.

use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::str::FromStr;

use serde::{Serialize, Serializer};
use tantivy::DocAddress;

use super::Request;
use super::rank::order::SortKey;

/// The last hit of a page. Its text form is opaque, short and safe in an address; it is good for
/// the same search of the same state of the archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// The commit, and the search.
    generation: u64,
    search: u32,
    pub(super) place: SortKey,
}

/// The text is not a cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a mark of a page; take the one that the page before gave")]
pub struct CursorError;

impl Cursor {
    pub(super) fn new(generation: u64, request: &Request, place: SortKey) -> Self {
        Self { generation, search: search_mark(request), place }
    }

    /// Whether it belongs to this search of this commit.
    pub(super) fn fits(&self, generation: u64, request: &Request) -> bool {
        self.generation == generation && self.search == search_mark(request)
    }
}

/// Tells searches apart whose hits come in another order, or are others.
fn search_mark(request: &Request) -> u32 {
    let mut hasher = DefaultHasher::new();
    let Request { query, matching, filters, sort, group, .. } = request;
    query.to_string().hash(&mut hasher);
    (matching, filters, sort, group).hash(&mut hasher);
    hasher.finish() as u32
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let SortKey { key, rank, ordinal, address } = self.place;
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
        let place = SortKey { key, rank: small(rank)?, ordinal: small(ordinal)?, address };
        Ok(Self { generation, search: small(search)?, place })
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

    #[test]
    fn a_cursor_is_read_back_from_its_text_and_fits_its_own_search_only() {
        let request = Request { group: true, ..Request::default() };
        let place = SortKey { key: u64::MAX, rank: 3, ordinal: 7, address: DocAddress::new(1, 9) };
        let cursor = Cursor::new(12, &request, place);
        assert_eq!(cursor.to_string().parse(), Ok(cursor));
        assert!(cursor.fits(12, &request) && !cursor.fits(13, &request));
        assert!(!cursor.fits(12, &Request::default()));
        assert!(cursor.fits(12, &Request { limit: 50, ..request }), "the size of a page is free");
    }

    #[test]
    fn other_texts_are_refused() {
        for text in ["", "1-2-3", "1-2-3-4-5-6-x", "1-2-3-4-5-6-7-8", "1-2-3-4-5-6-100000000"] {
            assert_eq!(text.parse::<Cursor>(), Err(CursorError), "{text}");
        }
    }
}
