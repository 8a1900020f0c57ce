//! Shared words: how much a headline has in common with the text before and after it, and where
//! a page changes its subject.
//!
//! Words are pairs of neighbouring letters, weighted by how rare they are in the file (inverse
//! document frequency over its units). The change of subject is measured as in Hearst's
//! `TextTiling` (Computational Linguistics 23, 1997): the likeness of the text on both sides of a
//! gap, compared with that of the other gaps of the file.
//!
//! Sets are ordered, because sums of fractions depend on the order.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use super::shape;
use super::unit::Unit;
use crate::text::fold_char;

/// Units of at least this many characters count as text.
const TEXT: usize = 28;
/// Units of text that are looked at on each side.
const WINDOW: usize = 5;

pub(super) struct Affinity {
    words: Vec<Vec<u32>>,
    rarity: Vec<f32>,
    /// Units that are long enough to count as text, in order.
    texts: Vec<usize>,
    /// Likeness across the gap before each unit, as distance from the file's mean in standard
    /// deviations: above 0 where words change.
    shifts: Vec<f32>,
}

impl Affinity {
    pub fn new(units: &[Unit]) -> Self {
        let mut numbers: HashMap<(char, char), u32> = HashMap::new();
        let words: Vec<Vec<u32>> = units
            .iter()
            .map(|unit| {
                let mut words = Vec::new();
                let mut before = None;
                for c in unit.text.chars().map(fold_char) {
                    let letter = c.is_alphanumeric().then_some(c);
                    if let (Some(one), Some(two)) = (before, letter) {
                        let next = numbers.len() as u32;
                        words.push(*numbers.entry((one, two)).or_insert(next));
                    }
                    before = letter;
                }
                words.sort_unstable();
                words.dedup();
                words
            })
            .collect();
        let mut found = vec![0u32; numbers.len()];
        for &word in words.iter().flatten() {
            found[word as usize] += 1;
        }
        let all = units.len().max(2) as f32;
        let rarity = found.iter().map(|&count| (all / count.max(1) as f32).ln()).collect();
        let is_text = |unit: &usize| shape::length(&units[*unit].text) >= TEXT;
        let texts = (0..units.len()).filter(is_text).collect();
        let mut affinity = Self { words, rarity, texts, shifts: Vec::new() };
        affinity.shifts = affinity.measure_shifts();
        affinity
    }

    /// How far words change before a unit, in standard deviations, from -2 to 2.
    pub fn shift(&self, unit: usize) -> f32 {
        self.shifts.get(unit).copied().unwrap_or(0.0)
    }

    /// The share of a unit's rare words that the text after it has, and that the text before it
    /// has, each from 0 to 1.
    pub fn likeness(&self, unit: usize) -> (f32, f32) {
        let after = self.after(unit + 1);
        let before = self.before(unit);
        (self.share(unit, &after), self.share(unit, &before))
    }

    /// The share of a unit's rare words that stand in a range of units.
    pub fn likeness_to(&self, unit: usize, range: Range<usize>) -> f32 {
        let words = range.flat_map(|other| self.words[other].iter().copied()).collect();
        self.share(unit, &words)
    }

    fn share(&self, unit: usize, words: &BTreeSet<u32>) -> f32 {
        let weight = |word: &u32| self.rarity[*word as usize];
        let all: f32 = self.words[unit].iter().map(weight).sum();
        let shared: f32 =
            self.words[unit].iter().filter(|word| words.contains(word)).map(weight).sum();
        if all > 0.0 { shared / all } else { 0.0 }
    }

    fn after(&self, start: usize) -> BTreeSet<u32> {
        let from = self.texts.partition_point(|&unit| unit < start);
        self.words_of(&self.texts[from..self.texts.len().min(from + WINDOW)])
    }

    fn before(&self, end: usize) -> BTreeSet<u32> {
        let to = self.texts.partition_point(|&unit| unit < end);
        self.words_of(&self.texts[to.saturating_sub(WINDOW)..to])
    }

    fn words_of(&self, units: &[usize]) -> BTreeSet<u32> {
        units.iter().flat_map(|&unit| self.words[unit].iter().copied()).collect()
    }

    fn measure_shifts(&self) -> Vec<f32> {
        let likeness: Vec<Option<f32>> = (0..self.words.len())
            .map(|unit| {
                let (before, after) = (self.before(unit), self.after(unit));
                let weight = |words: &BTreeSet<u32>| {
                    words.iter().map(|&word| self.rarity[word as usize].powi(2)).sum::<f32>()
                };
                let (one, other) = (weight(&before), weight(&after));
                if one <= 0.0 || other <= 0.0 {
                    return None;
                }
                let shared: f32 = before
                    .intersection(&after)
                    .map(|&word| self.rarity[word as usize].powi(2))
                    .sum();
                Some(shared / (one * other).sqrt())
            })
            .collect();
        let known: Vec<f32> = likeness.iter().flatten().copied().collect();
        let mean = known.iter().sum::<f32>() / known.len().max(1) as f32;
        let spread = (known.iter().map(|one| (one - mean).powi(2)).sum::<f32>()
            / known.len().max(1) as f32)
            .sqrt()
            .max(1e-6);
        likeness
            .into_iter()
            .map(|one| one.map_or(0.0, |one| ((mean - one) / spread).clamp(-2.0, 2.0)))
            .collect()
    }
}
