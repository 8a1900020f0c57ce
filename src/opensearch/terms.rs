//! Terms as the cluster takes them apart again: at white space, and where one is very long.

use crate::index;

/// Lucene's analyzer for white space cuts a longer term in two.
const MAX_CHARS: usize = 200;
/// What is left of a longer one, before the hash of it.
const KEPT_CHARS: usize = 100;
/// White space in a term is shifted into a plane of private characters, which no text has.
const SHIFT: u32 = 0x10_0000;

/// A term without white space and not too long; different ones stay different.
pub(crate) fn encoded(term: &str) -> String {
    let shifted = |c: char| {
        let is_space = c.is_whitespace() || c.is_control();
        char::from_u32(c as u32 + SHIFT).filter(|_| is_space).unwrap_or(c)
    };
    let mut encoded: String = term.chars().map(shifted).collect();
    if let Some((end, _)) = encoded.char_indices().nth(MAX_CHARS) {
        let hash = blake3::hash(encoded.as_bytes()).to_hex();
        let kept = encoded.char_indices().nth(KEPT_CHARS).map_or(end, |(at, _)| at);
        encoded.truncate(kept);
        encoded.push_str(hash.as_str());
    }
    encoded
}

/// The pairs of neighbouring characters of a text in its search form, the last character with the mark
/// of the end.
pub(crate) fn pair_terms(form: &str) -> Vec<String> {
    index::pair_terms(form).iter().map(|pair| encoded(pair)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_term_has_no_white_space_and_is_not_cut() {
        assert_eq!(encoded("氢能"), "氢能");
        for term in ["a b", "a\u{3000}b", "a\u{1}b", "\t"] {
            assert!(!encoded(term).contains(|c: char| c.is_whitespace() || c.is_control()));
        }
        let long = "a".repeat(900);
        assert!(encoded(&long).chars().count() <= MAX_CHARS);
        assert_ne!(encoded(&long), encoded(&long[1..]));
        assert_eq!(pair_terms("氢能"), ["氢能", "能\u{ffff}"]);
    }

    proptest! {
        #[test]
        fn different_terms_stay_different(one in "[a ｂ\u{3000}\t]{0,12}", other in "[a ｂ\u{3000}\t]{0,12}") {
            prop_assert_eq!(one == other, encoded(&one) == encoded(&other));
        }
    }
}
