//! How long, how deep and how wide a query may be, so that none takes the archive's time for long.

/// Characters of a query, as it was typed and in its normal form.
pub const MOST_CHARACTERS: usize = 1_000;
/// Words, quotes, values and dates in a query.
pub const MOST_PARTS: usize = 64;
/// Brackets within brackets, as they were typed and in the normal form.
pub const MOST_DEPTH: usize = 16;
/// Characters between two words that are near each other.
pub const MOST_GAP: u32 = 100;
/// Words that can be asked to be near each other.
pub const MOST_NEAR_WORDS: usize = 8;
/// Characters that a `*` stands for at most, and `?` in a row.
pub const MOST_SKIPPED: u32 = 20;
/// Gaps in one part.
pub const MOST_GAPS: usize = 8;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::expected::*;

    #[test]
    fn what_is_said_is_what_is_held() {
        for (limit, said) in [
            (MOST_CHARACTERS, TOO_LONG),
            (MOST_CHARACTERS, TOO_LONG_PRINTED),
            (MOST_PARTS, TOO_MANY),
            (MOST_DEPTH, TOO_DEEP),
            (MOST_GAP as usize, TOO_FAR),
            (MOST_NEAR_WORDS, TOO_MANY_NEAR),
            (MOST_SKIPPED as usize, TOO_WIDE),
            (MOST_GAPS, TOO_MANY_GAPS),
        ] {
            let number: String = said.chars().filter(char::is_ascii_digit).collect();
            assert_eq!(number, limit.to_string(), "{said}");
        }
    }
}
