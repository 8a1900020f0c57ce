//! The hashed shingles of a text.

use crate::text::fold_char;

/// Shorter texts can agree by chance and are never matched.
pub(crate) const MIN_SHINGLED_CHARS: usize = 12;
/// Characters per shingle: enough that two texts on one subject share few shingles by chance, and
/// so few that a scanning error affects few shingles.
pub(crate) const SHINGLE_CHARS: usize = 5;

/// What the texts of candidates are looked up by.
#[derive(Default)]
pub(crate) struct Shingles {
    /// A hash of every shingle, in the order of the text; none for a text that is too short.
    pub(crate) hashes: Vec<u32>,
    /// Letters, digits and Han characters.
    pub(crate) length: usize,
    /// Hash of all of them in order.
    pub(crate) whole: u64,
}

impl Shingles {
    /// Reads a text.
    pub(crate) fn of(body: &str) -> Self {
        let letters = letters(body);
        let whole =
            letters.iter().fold(0_u64, |whole, &c| whole.wrapping_mul(BASE).wrapping_add(code(c)));
        let hashes = if letters.len() < MIN_SHINGLED_CHARS {
            Vec::new()
        } else {
            rolling_hashes(&letters, SHINGLE_CHARS).map(upper_half).collect()
        };
        Self { hashes, length: letters.len(), whole: mix(whole) }
    }
}

/// The letters, digits and Han characters of a text, folded: what is left when line breaks,
/// punctuation and width make no difference.
pub(crate) fn letters(text: &str) -> Vec<char> {
    let mut letters = Vec::with_capacity(text.len() / 3);
    letters.extend(text.chars().map(fold_char).filter(|&c| is_han(c) || c.is_alphanumeric()));
    letters
}

/// A hash of every run of so many characters, by where it begins (a rolling polynomial hash: Karp
/// and Rabin, 1987).
pub(crate) fn rolling_hashes(letters: &[char], run: usize) -> impl Iterator<Item = u64> + '_ {
    let leaving = BASE.wrapping_pow(run as u32);
    let mut rolling = 0_u64;
    let hashes = letters.iter().enumerate().map(move |(at, &c)| {
        let oldest = at.checked_sub(run).map_or(0, |before| code(letters[before]));
        rolling = rolling
            .wrapping_mul(BASE)
            .wrapping_add(code(c))
            .wrapping_sub(oldest.wrapping_mul(leaving));
        mix(rolling)
    });
    hashes.skip(run.saturating_sub(1))
}

/// An odd constant with well mixed bits: 2^64 divided by the golden ratio.
const BASE: u64 = 0x9e37_79b9_7f4a_7c15;

/// Never 0, so that leading characters count.
fn code(c: char) -> u64 {
    u64::from(u32::from(c)) + 1
}

fn upper_half(hash: u64) -> u32 {
    (hash >> 32) as u32
}

/// Spreads every bit over all others (the finaliser of MurmurHash3, Appleby 2011).
fn mix(mut hash: u64) -> u64 {
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^ (hash >> 33)
}

/// Decides most characters without the Unicode tables.
pub(crate) fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_runs_have_equal_hashes_wherever_they_stand() {
        let hashes = |text: &str| -> Vec<u64> {
            rolling_hashes(&text.chars().collect::<Vec<char>>(), 3).collect()
        };
        assert_eq!(hashes("甲乙丙"), hashes("丁甲乙丙")[1..]);
        assert_eq!(hashes("甲乙丙丁").len(), 2);
        assert!(hashes("甲乙").is_empty());
        assert_ne!(hashes("甲乙丙"), hashes("丙乙甲"));
    }
}
