//! How long, how deep and how wide a query may be, which bounds the time that it takes.

/// Characters of a query, as it was typed and in its normal form.
pub const MAX_CHARACTERS: usize = 1_000;
/// Words, quotes, values and dates in a query.
pub const MAX_PARTS: usize = 64;
/// Brackets within brackets, as they were typed and in the normal form.
pub const MAX_DEPTH: usize = 16;
/// Characters between two words that are near each other.
pub const MAX_GAP: u32 = 100;
/// Words that can be asked to be near each other.
pub const MAX_NEAR_WORDS: usize = 8;
/// Characters that a `*` stands for at most, and `?` in a row.
pub const MAX_SKIPPED: u32 = 20;
/// Characters of a text that is also found as characters that look alike.
pub const MIN_SIMILAR_CHARACTERS: usize = 3;
/// The same, at most.
pub const MAX_SIMILAR_CHARACTERS: usize = 12;
/// Texts that such texts of a query stand for, all together.
pub const MAX_SIMILAR_TEXTS: usize = 512;
/// Gaps in one part.
pub const MAX_GAPS: usize = 8;
