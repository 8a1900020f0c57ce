//! What a text is about, as a vector: texts about the same have a high cosine, whether or not they
//! share a word.
//!
//! The terms are characters and pairs of adjacent characters of the folded text. Their vectors are
//! fitted (`fit`) so that pieces of one article are nearer to each other than to those of others.

use std::collections::HashMap;

use crate::text::fold_char;

/// Numbers of a vector.
pub(super) const DIMENSIONS: usize = 64;

/// The vectors of terms: their number and dimensions (little-endian `u32`), the terms in ascending
/// order (a `u32` each), and the numbers of each term (an `i8` each), in the same order.
static VECTORS: &[u8] = include_bytes!("vectors.bin");
const HEAD: usize = 8;

/// The sum of the vectors of the terms of a text; nothing but zeros if none is known.
#[derive(Debug, Clone, Copy)]
pub(super) struct TextVector([f32; DIMENSIONS]);

impl Default for TextVector {
    fn default() -> Self {
        Self([0.0; DIMENSIONS])
    }
}

impl TextVector {
    /// A term that occurs `n` times counts `1 + ln n`.
    pub fn of(text: &str) -> Self {
        let mut counts: HashMap<u32, u32> = HashMap::new();
        let mut order = Vec::new();
        for term in terms(text) {
            let count = counts.entry(term).or_default();
            if *count == 0 {
                order.push(term);
            }
            *count += 1;
        }
        let mut vector = Self::default();
        for term in order {
            let Some(numbers) = numbers(term) else { continue };
            let weight = 1.0 + (counts[&term] as f32).ln();
            for (sum, number) in vector.0.iter_mut().zip(numbers) {
                *sum += weight * f32::from(number.cast_signed());
            }
        }
        vector
    }

    pub fn add(&mut self, other: &Self) {
        for (sum, number) in self.0.iter_mut().zip(other.0) {
            *sum += number;
        }
    }

    /// The cosine of the angle between two vectors; `None` if one has no known term.
    pub fn cosine(&self, other: &Self) -> Option<f32> {
        let product = |a: &Self, b: &Self| a.0.iter().zip(b.0).map(|(a, b)| a * b).sum::<f32>();
        let lengths = product(self, self) * product(other, other);
        (lengths > 0.0).then(|| product(self, other) / lengths.sqrt())
    }
}

/// The characters and the pairs of adjacent characters of a text, blanks aside.
fn terms(text: &str) -> impl Iterator<Item = u32> + '_ {
    let mut before = 0;
    text.chars().filter(|c| !c.is_whitespace()).map(fold_char).flat_map(move |c| {
        let here = if ('\u{4e00}'..='\u{9fff}').contains(&c) { u32::from(c) } else { 0 };
        let pair = (before > 0 && here > 0).then_some(before << 16 | here);
        let one = (here > 0).then_some(here << 16);
        before = here;
        [one, pair].into_iter().flatten()
    })
}

/// The numbers of a term.
fn numbers(term: u32) -> Option<&'static [u8]> {
    let number = |place: usize| {
        let bytes = VECTORS.get(place..place + 4)?;
        Some(u32::from_le_bytes(bytes.try_into().ok()?))
    };
    let count = number(0)? as usize;
    let (mut from, mut to) = (0, count);
    while from < to {
        let middle = usize::midpoint(from, to);
        if number(HEAD + middle * 4)? < term { from = middle + 1 } else { to = middle }
    }
    if from == count || number(HEAD + from * 4)? != term {
        return None;
    }
    let first = HEAD + count * 4 + from * DIMENSIONS;
    VECTORS.get(first..first + DIMENSIONS)
}
