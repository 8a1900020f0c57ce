//! In what order do hits come, and where does a page end? The order is total: independent of
//! threads and of the engine's segments; by day and by place also of the history of the index,
//! which relevance follows only nearly (see [`Sort::Relevance`]). A page ends at a sort key, so
//! that the next one begins there: as fast for the thousandth page as for the first.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize, Serializer};
use utoipa::ToSchema;

use super::Address;

/// The order of the hits. Ties are broken by the place in the archive, so that the order is total.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Sort {
    /// Best first; newest first where the query has no words. How rare a word is, is told from all
    /// that the index holds: the reports on files, and for a while what was taken out of it (at
    /// most about a tenth), count too. So the scores, and the order of articles that are nearly
    /// equal, can differ a little between an index that grew and one that was built anew; parts
    /// that stand in an article as they were typed always come before their words alone.
    #[default]
    Relevance,
    /// Latest date first, undated last.
    Newest,
    /// Earliest date first, undated last.
    Oldest,
}

impl Sort {
    /// Every order.
    pub const ALL: [Self; 3] = [Self::Relevance, Self::Newest, Self::Oldest];

    /// Its name in addresses and flags.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Relevance => "relevance",
            Self::Newest => "newest",
            Self::Oldest => "oldest",
        }
    }
}

/// The sort key of an article: smaller comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct SortKey {
    /// By score or by day.
    pub(crate) key: u64,
    /// By the path of the file.
    pub(crate) rank: u32,
    /// By the place in the file.
    pub(crate) ordinal: u32,
    /// Where the engine keeps it; decides nothing unless a file holds two articles of one place.
    pub(crate) address: Address,
}

impl SortKey {
    /// The key of a score. Scores are not negative, so that their bits are in their order.
    pub(crate) fn of_score(score: f32) -> u64 {
        u64::from(u32::MAX - score.to_bits())
    }

    /// The score, where the order is by score.
    pub(crate) fn score(self) -> f32 {
        f32::from_bits(u32::MAX - self.key as u32)
    }
}

/// The last hit of a page. Its text form is opaque, short and safe in an address; it is good for
/// the same search of the same state of the archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// The commit.
    generation: u64,
    /// [`Request::result_hash`](super::Request::result_hash).
    search: u32,
    /// Whether the hit has only some of the words.
    partial: bool,
    sort_key: SortKey,
}

/// The text is not a cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a cursor; use `next` of the previous page")]
pub struct CursorError;

impl Cursor {
    pub(super) fn new(generation: u64, search: u32, partial: bool, sort_key: SortKey) -> Self {
        Self { generation, search, partial, sort_key }
    }

    /// Whether the hit has only some of the words.
    pub(super) fn is_partial(&self) -> bool {
        self.partial
    }

    pub(super) fn sort_key(&self) -> SortKey {
        self.sort_key
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
            u64::from(self.partial),
            key,
            u64::from(rank),
            u64::from(ordinal),
            u64::from(address.part),
            u64::from(address.number),
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
        let [generation, search, partial @ 0..=1, key, rank, ordinal, part, number] = numbers[..]
        else {
            return Err(CursorError);
        };
        let small = |number: u64| u32::try_from(number).map_err(|_| CursorError);
        let address = Address { part: small(part)?, number: small(number)? };
        let sort_key = SortKey { key, rank: small(rank)?, ordinal: small(ordinal)?, address };
        Ok(Self { generation, search: small(search)?, partial: partial == 1, sort_key })
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
            SortKey { key: u64::MAX, rank: 3, ordinal: 7, address: Address { part: 1, number: 9 } };
        let search = request.result_hash();
        let cursor = Cursor::new(12, search, false, sort_key);
        assert_eq!(cursor.to_string().parse(), Ok(cursor));
        let partial = Cursor::new(12, search, true, sort_key);
        assert_eq!(partial.to_string().parse(), Ok(partial));
        assert!(cursor.fits(12, search) && !cursor.fits(13, search));
        assert!(!cursor.fits(12, Request::default().result_hash()));
        let other_size = Request { limit: 50, ..request };
        assert!(cursor.fits(12, other_size.result_hash()), "the size of a page is free");
    }

    #[test]
    fn other_texts_are_refused() {
        for text in [
            "",
            "1-2-3",
            "1-2-0-4-5-6-7-x",
            "1-2-2-4-5-6-7-8",
            "1-2-0-4-5-6-7-8-9",
            "1-2-0-4-5-6-7-100000000",
        ] {
            assert_eq!(text.parse::<Cursor>(), Err(CursorError), "{text}");
        }
    }
}
