//! What a text is about, as a vector: texts about the same thing have a high cosine, whether or not
//! they share a word.
//!
//! The vector of a text is the sum of those of its terms, the characters and the pairs of adjacent
//! characters of the folded text. They are fitted on news, so that pieces of one article are nearer to
//! each other than to pieces of other articles (`cargo bench --bench fit -- --vectors FILE`).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::text::fold_char;

/// Numbers of a vector.
pub const DIMENSIONS: usize = 64;
/// The greatest number of a vector in the table; the least one is as far below 0.
pub const MAX_NUMBER: i8 = 31;

/// The digit of the least number; a digit for each number follows in the order of ASCII.
const FIRST_DIGIT: u8 = b'0';

/// The vectors of terms that are built into the program.
static FITTED: LazyLock<TermVectors> =
    LazyLock::new(|| TermVectors::read(include_str!("vectors.tsv")));

/// The terms in ascending order, and their vectors in the same order.
#[derive(Default)]
struct TermVectors {
    terms: Vec<u32>,
    vectors: Vec<[i8; DIMENSIONS]>,
}

impl TermVectors {
    /// Reads the rows that [`row`] wrote; lines that begin with `#` may stand before them. What is not
    /// of that form is left out.
    fn read(table: &str) -> Self {
        let rows: BTreeMap<u32, [i8; DIMENSIONS]> = table
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| {
                let (text, digits) = line.split_once('\t')?;
                let digits: &[u8; DIMENSIONS] = digits.as_bytes().try_into().ok()?;
                Some((terms(text.chars()).last()?, digits.map(number)))
            })
            .collect();
        Self { terms: rows.keys().copied().collect(), vectors: rows.into_values().collect() }
    }

    fn get(&self, term: u32) -> Option<&[i8; DIMENSIONS]> {
        self.vectors.get(self.terms.binary_search(&term).ok()?)
    }
}

fn number(digit: u8) -> i8 {
    digit.wrapping_sub(FIRST_DIGIT).cast_signed() - MAX_NUMBER - 1
}

/// A row of the table: the term, and a digit for each number, which is rounded and cut off at
/// [`MAX_NUMBER`].
#[must_use]
pub fn row(term: u32, vector: [f32; DIMENSIONS]) -> String {
    let text =
        [term >> 16, term & 0xffff].into_iter().filter(|&c| c > 0).filter_map(char::from_u32);
    let most = f32::from(MAX_NUMBER);
    let digit = |number: f32| {
        let above_least = number.round().clamp(-most, most) + most + 1.0;
        char::from(FIRST_DIGIT + above_least as u8)
    };
    format!("{}\t{}\n", text.collect::<String>(), vector.map(digit).iter().collect::<String>())
}

/// The terms of a text, blanks aside: its Chinese characters, and for each that stands behind another
/// one the pair of both. A pair has the first character in the upper half of its number and the second
/// one in the lower half, a character stands in the upper half alone.
pub fn terms(text: impl Iterator<Item = char>) -> impl Iterator<Item = u32> {
    let mut before = 0;
    text.filter(|c| !c.is_whitespace()).map(fold_char).flat_map(move |c| {
        let here = if ('\u{4e00}'..='\u{9fff}').contains(&c) { u32::from(c) } else { 0 };
        let one = (here > 0).then_some(here << 16);
        let pair = (before > 0 && here > 0).then_some(before << 16 | here);
        before = here;
        one.into_iter().chain(pair)
    })
}

/// The vector of a text or of several; nothing but zeros if none of their terms is known.
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
        let mut counts: BTreeMap<u32, u32> = BTreeMap::new();
        for term in terms(text.chars()) {
            *counts.entry(term).or_default() += 1;
        }
        let mut vector = Self::default();
        for (term, count) in counts {
            let Some(numbers) = FITTED.get(term) else { continue };
            let weight = 1.0 + (count as f32).ln();
            for (sum, &number) in vector.0.iter_mut().zip(numbers) {
                *sum += weight * f32::from(number);
            }
        }
        vector
    }

    pub fn add(&mut self, other: &Self) {
        for (sum, number) in self.0.iter_mut().zip(other.0) {
            *sum += number;
        }
    }

    /// The cosine of the angle between two vectors; `None` if one of them is of unknown terms alone.
    pub fn cosine(&self, other: &Self) -> Option<f32> {
        let product = |a: &Self, b: &Self| a.0.iter().zip(b.0).map(|(a, b)| a * b).sum::<f32>();
        let lengths = product(self, self) * product(other, other);
        (lengths > 0.0).then(|| product(self, other) / lengths.sqrt())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_a_vector_for_each_row() {
        let rows = include_str!("vectors.tsv").lines().filter(|line| !line.starts_with('#'));
        assert_eq!(FITTED.terms.len(), rows.count());
        assert!(FITTED.terms.len() > 10_000, "{} terms", FITTED.terms.len());
    }

    #[test]
    fn a_written_row_is_read_again() {
        let numbers: [f32; DIMENSIONS] = std::array::from_fn(|n| n as f32 - 40.0);
        for text in ["井", "水井"] {
            let term = terms(text.chars()).last().expect("a term");
            let table = TermVectors::read(&format!("# fitted on a\n{}", row(term, numbers)));
            let read = table.get(term).expect("a row");
            assert_eq!((read[0], read[40], read[63]), (-MAX_NUMBER, 0, 23));
        }
        let broken = TermVectors::read("井\n井\t012\nabc\t0\n");
        assert!(broken.terms.is_empty());
    }

    #[test]
    fn texts_about_the_same_are_nearer_without_a_word_in_common() {
        let of = |text: &str| TextVector::of(text);
        let harvest = of("今年小麦丰收，农民忙着收割晾晒。");
        let fields = of("合作社的水稻亩产提高，种粮大户很高兴。");
        let film = of("这部影片的导演和演员出席了首映式。");
        let near = harvest.cosine(&fields).expect("known terms");
        let far = harvest.cosine(&film).expect("known terms");
        assert!(near > far + 0.1, "{near} {far}");
        assert_eq!(of("abc 123").cosine(&film), None);
    }
}
