//! How the words of the dictionary lie in bytes: shared by what writes the table when the program
//! is built, and by what reads it where it lies.
//!
//! There is one number of 64 bits, a node, for every beginning of a word. A beginning of one
//! character stands at the place that is the character's number. A longer one is looked for from
//! a place that is computed of the place of the beginning shorter by one and of its last
//! character; it stands there or behind, before the next place that is empty.
//!
//! From the lowest bit on, a node holds the number of its last character, the place of the shorter
//! beginning, the number of the frequency of the word that ends here, and a filter of the
//! characters that follow, which spares most looks at what is not there.

#![allow(dead_code, reason = "what writes and what reads need a half each")]

/// Bits of the number of a character; 0 is every character that no word has.
const CODE_BITS: u32 = 14;
/// Bits of a place.
const PLACE_BITS: u32 = 20;
const KEY_BITS: u32 = CODE_BITS + PLACE_BITS;
/// Bits of the number of a frequency, counted from 1; 0 where no word ends.
const WORD_BITS: u32 = 13;
/// What is left is the filter's.
const FILTER_BITS: u32 = 64 - KEY_BITS - WORD_BITS;

/// Characters that the layout has room for.
pub const MOST_CODES: usize = (1 << CODE_BITS) - 1;
/// Places that the layout has room for.
pub const MOST_PLACES: usize = 1 << PLACE_BITS;
/// Different frequencies that the layout has room for.
pub const MOST_FREQUENCIES: usize = (1 << WORD_BITS) - 1;

/// A beginning of words; that of an empty place is 0.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Node(pub u64);

/// Which beginning is meant: a shorter one and the character that follows it.
#[derive(Debug, Clone, Copy)]
pub struct Key(u64);

impl Key {
    #[inline]
    pub fn new(shorter: u32, code: u32) -> Self {
        Self(u64::from(shorter) << CODE_BITS | u64::from(code))
    }

    /// Where to look for it first, in places of which `direct` are for single characters and
    /// `hashed` for longer beginnings.
    #[inline]
    pub fn first_place(self, direct: usize, hashed: usize) -> usize {
        let hash = self.0.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
        direct + ((hash * hashed as u64) >> 32) as usize
    }
}

impl Node {
    pub fn new(key: Key, word: Option<u32>, following: &[u32]) -> Self {
        let word = word.map_or(0, |word| u64::from(word) + 1);
        let filter = following.iter().fold(0, |bits, &code| bits | filter_bit(code));
        Self(key.0 | word << KEY_BITS | filter)
    }

    #[inline]
    pub fn is(self, key: Key) -> bool {
        self.0 & ((1 << KEY_BITS) - 1) == key.0
    }

    /// Number of the frequency of the word that ends here, from 0.
    #[inline]
    pub fn word(self) -> Option<u32> {
        ((self.0 >> KEY_BITS) as u32 & ((1 << WORD_BITS) - 1)).checked_sub(1)
    }

    /// Whether it may be followed by a character: never `false` for one that follows.
    #[inline]
    pub fn may_have(self, code: u32) -> bool {
        self.0 & filter_bit(code) != 0
    }
}

#[inline]
fn filter_bit(code: u32) -> u64 {
    let hash = code.wrapping_mul(0x9e37_79b1) >> 16;
    1 << (64 - FILTER_BITS + ((hash * FILTER_BITS) >> 16))
}
