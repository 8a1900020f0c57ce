//! Stable names of articles.

use std::fmt;

use serde::{Deserialize, Serialize};

/// 12 characters that name an article: the same lines in a file of the same name give the same id,
/// wherever the file stands and whatever else changes around them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ArticleId(pub String);

/// Without letters and digits that are mistaken for each other (i l o u).
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

impl ArticleId {
    /// An id from the upper 60 bits of a hash.
    #[must_use]
    pub fn from_hash(hash: u64) -> Self {
        Self(
            (0..12)
                .map(|place| char::from(ALPHABET[(hash >> (59 - 5 * place)) as usize & 31]))
                .collect(),
        )
    }
}

impl fmt::Display for ArticleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_has_twelve_characters_and_keeps_the_upper_sixty_bits() {
        assert_eq!(ArticleId::from_hash(0).0, "000000000000");
        assert_eq!(ArticleId::from_hash(u64::MAX).0, "zzzzzzzzzzzz");
        assert_eq!(ArticleId::from_hash(1 << 63).0, "g00000000000");
        assert_eq!(ArticleId::from_hash(0b1_0000).0, "000000000001");
    }
}
