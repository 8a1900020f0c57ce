//! Lexical cohesion: how much vocabulary a headline shares with the text before and after it, and
//! where a file changes its topic.
//!
//! The terms are bigrams of letters, weighted by inverse document frequency over the units of the
//! file. Topic shifts are measured as in Hearst's `TextTiling` (Computational Linguistics 23, 1997):
//! the similarity of the text on both sides of a gap, relative to the other gaps of the file.
//!
//! Sets are ordered because floating-point sums depend on the order.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use super::shape;
use super::unit::Unit;
use super::vectors::TextVector;
use crate::text::fold_char;

/// Units of at least this many characters count as text.
const MIN_TEXT_CHARS: usize = 28;
/// Text units compared on each side of a gap.
const WINDOW: usize = 5;
/// Characters on each side of a gap whose vectors are compared, up to the end of a unit.
const WINDOW_CHARS: usize = 80;
/// The nearness of texts of which no term is known: less than any cosine.
const NOT_KNOWN: f32 = -2.0;

pub(super) struct Cohesion {
    bigrams: Vec<Vec<u32>>,
    idf: Vec<f32>,
    /// For each unit the sum of the idf of its bigrams.
    weights: Vec<f32>,
    /// Units that are long enough to count as text, in order.
    texts: Vec<usize>,
    /// Topic shift at the gap before each unit: how many standard deviations the similarity across
    /// it lies below the mean of the file.
    shifts: Vec<f32>,
    /// What each unit is about.
    vectors: Vec<TextVector>,
    /// Characters of each unit.
    lengths: Vec<usize>,
    /// How near the texts on both sides of the gap before each unit are in what they are about, and how
    /// many standard deviations that lies below the mean of the file.
    nearness: Vec<f32>,
    turns: Vec<f32>,
}

impl Cohesion {
    pub fn new(units: &[Unit]) -> Self {
        let mut ids: HashMap<(char, char), u32> = HashMap::new();
        let bigrams: Vec<Vec<u32>> = units
            .iter()
            .map(|unit| {
                let mut bigrams = Vec::new();
                let mut before = None;
                for c in unit.text.chars().map(fold_char) {
                    let letter = c.is_alphanumeric().then_some(c);
                    if let (Some(one), Some(two)) = (before, letter) {
                        let next = ids.len() as u32;
                        bigrams.push(*ids.entry((one, two)).or_insert(next));
                    }
                    before = letter;
                }
                bigrams.sort_unstable();
                bigrams.dedup();
                bigrams
            })
            .collect();
        let mut found = vec![0u32; ids.len()];
        for &bigram in bigrams.iter().flatten() {
            found[bigram as usize] += 1;
        }
        let all = units.len().max(2) as f32;
        let idf: Vec<f32> = found.iter().map(|&count| (all / count.max(1) as f32).ln()).collect();
        let weight = |bigrams: &Vec<u32>| bigrams.iter().map(|&bigram| idf[bigram as usize]).sum();
        let weights = bigrams.iter().map(weight).collect();
        let is_text = |unit: &usize| shape::length(&units[*unit].text) >= MIN_TEXT_CHARS;
        let texts = (0..units.len()).filter(is_text).collect();
        let mut cohesion = Self {
            bigrams,
            idf,
            weights,
            texts,
            shifts: Vec::new(),
            vectors: units.iter().map(|unit| TextVector::of(&unit.text)).collect(),
            lengths: units.iter().map(|unit| shape::length(&unit.text)).collect(),
            nearness: Vec::new(),
            turns: Vec::new(),
        };
        cohesion.shifts = cohesion.topic_shifts();
        let nearness: Vec<Option<f32>> = (0..units.len())
            .map(|unit| {
                cohesion.near(cohesion.ahead_of(unit, 0), cohesion.behind(unit, units.len()))
            })
            .collect();
        cohesion.turns = below_mean(&nearness);
        cohesion.nearness = nearness.into_iter().map(|one| one.unwrap_or(NOT_KNOWN)).collect();
        cohesion
    }

    /// The topic shift before a unit in standard deviations, from -2 to 2.
    pub fn shift(&self, unit: usize) -> f32 {
        self.shifts.get(unit).copied().unwrap_or(0.0)
    }

    /// How near what stands on both sides of the gap before a unit is in what it is about: a cosine, or
    /// less than any if it is not known.
    pub fn nearness(&self, unit: usize) -> f32 {
        self.nearness.get(unit).copied().unwrap_or(NOT_KNOWN)
    }

    /// The same in standard deviations below the mean of the file, from -2 to 2.
    pub fn turn(&self, unit: usize) -> f32 {
        self.turns.get(unit).copied().unwrap_or(0.0)
    }

    /// How near two ranges of units are in what they are about.
    pub fn near_ranges(&self, one: Range<usize>, other: Range<usize>) -> f32 {
        self.near(one, other).unwrap_or(NOT_KNOWN)
    }

    /// The units before a unit, from `first` on, that hold some text.
    pub fn ahead_of(&self, unit: usize, first: usize) -> Range<usize> {
        let mut characters = 0;
        let mut from = unit;
        while from > first && characters < WINDOW_CHARS {
            from -= 1;
            characters += self.lengths[from];
        }
        from..unit
    }

    /// The units from a unit on, before `end`, that hold some text.
    pub fn behind(&self, unit: usize, end: usize) -> Range<usize> {
        let mut characters = 0;
        let mut to = unit;
        while to < end && characters < WINDOW_CHARS {
            characters += self.lengths[to];
            to += 1;
        }
        unit..to
    }

    fn near(&self, one: Range<usize>, other: Range<usize>) -> Option<f32> {
        let sum = |units: Range<usize>| {
            let mut sum = TextVector::default();
            self.vectors[units].iter().for_each(|vector| sum.add(vector));
            sum
        };
        sum(one).cosine(&sum(other))
    }

    /// The idf-weighted share of a unit's bigrams that occur in the text after it, and in the text
    /// before it, each from 0 to 1.
    pub fn similarity(&self, unit: usize) -> (f32, f32) {
        let after = self.after(unit + 1);
        let before = self.before(unit);
        (self.weighted_overlap(unit, &after), self.weighted_overlap(unit, &before))
    }

    /// Words that a unit shares with one of the two before it.
    pub fn shared_before(&self, unit: usize) -> f32 {
        let shares = (unit.saturating_sub(2)..unit).map(|other| self.shared(unit, other));
        shares.fold(0.0, f32::max)
    }

    /// The idf-weighted share of the bigrams of the shorter of two units that both have.
    pub fn shared(&self, one: usize, other: usize) -> f32 {
        let (a, b) = (&self.bigrams[one], &self.bigrams[other]);
        let (mut i, mut k, mut sum) = (0, 0, 0.0);
        while i < a.len() && k < b.len() {
            match a[i].cmp(&b[k]) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => k += 1,
                std::cmp::Ordering::Equal => {
                    sum += self.idf[a[i] as usize];
                    i += 1;
                    k += 1;
                }
            }
        }
        let all = self.weights[one].min(self.weights[other]);
        if all > 0.0 { sum / all } else { 0.0 }
    }

    /// The idf-weighted share of a unit's bigrams that occur in a range of units.
    pub fn similarity_to(&self, unit: usize, range: Range<usize>) -> f32 {
        let bigrams = range.flat_map(|other| self.bigrams[other].iter().copied()).collect();
        self.weighted_overlap(unit, &bigrams)
    }

    fn weighted_overlap(&self, unit: usize, bigrams: &BTreeSet<u32>) -> f32 {
        let weight = |bigram: &u32| self.idf[*bigram as usize];
        let all: f32 = self.bigrams[unit].iter().map(weight).sum();
        let shared: f32 =
            self.bigrams[unit].iter().filter(|bigram| bigrams.contains(bigram)).map(weight).sum();
        if all > 0.0 { shared / all } else { 0.0 }
    }

    fn after(&self, start: usize) -> BTreeSet<u32> {
        let from = self.texts.partition_point(|&unit| unit < start);
        self.bigrams_of(&self.texts[from..self.texts.len().min(from + WINDOW)])
    }

    fn before(&self, end: usize) -> BTreeSet<u32> {
        let to = self.texts.partition_point(|&unit| unit < end);
        self.bigrams_of(&self.texts[to.saturating_sub(WINDOW)..to])
    }

    fn bigrams_of(&self, units: &[usize]) -> BTreeSet<u32> {
        units.iter().flat_map(|&unit| self.bigrams[unit].iter().copied()).collect()
    }

    fn topic_shifts(&self) -> Vec<f32> {
        let similarity: Vec<Option<f32>> = (0..self.bigrams.len())
            .map(|unit| {
                let (before, after) = (self.before(unit), self.after(unit));
                let weight = |bigrams: &BTreeSet<u32>| {
                    bigrams.iter().map(|&bigram| self.idf[bigram as usize].powi(2)).sum::<f32>()
                };
                let (one, other) = (weight(&before), weight(&after));
                if one <= 0.0 || other <= 0.0 {
                    return None;
                }
                let shared: f32 = before
                    .intersection(&after)
                    .map(|&bigram| self.idf[bigram as usize].powi(2))
                    .sum();
                Some(shared / (one * other).sqrt())
            })
            .collect();
        below_mean(&similarity)
    }
}

/// How many standard deviations each value lies below the mean of all, from -2 to 2.
fn below_mean(values: &[Option<f32>]) -> Vec<f32> {
    let known: Vec<f32> = values.iter().flatten().copied().collect();
    let mean = known.iter().sum::<f32>() / known.len().max(1) as f32;
    let spread = (known.iter().map(|one| (one - mean).powi(2)).sum::<f32>()
        / known.len().max(1) as f32)
        .sqrt()
        .max(1e-6);
    values
        .iter()
        .map(|one| one.map_or(0.0, |one| ((mean - one) / spread).clamp(-2.0, 2.0)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::SourceText;
    use crate::split::layout::FileLayout;

    #[test]
    fn the_turn_of_a_file_is_where_it_comes_to_something_else() {
        let page = "今年小麦丰收，农民忙着收割晾晒，合作社的晒场上堆满了粮食。\n\n水稻的亩产也提高了，种粮大户说多亏了新品种，农技员常到田里来看。\n\n这部影片的导演和演员昨晚出席了首映式，观众坐满了影院。\n\n剧组说，电影拍了三年，主演为角色学会了当地的方言。";
        let layout = FileLayout::of(&SourceText::from_text("a.txt", page));
        let cohesion = Cohesion::new(&layout.units);
        let turns: Vec<f32> = (1..4).map(|unit| cohesion.turn(unit)).collect();
        assert!(turns[1] > turns[0] && turns[1] > turns[2], "{turns:?}");
        assert!(cohesion.near_ranges(0..1, 1..2) > cohesion.near_ranges(1..2, 2..3));
        assert!(cohesion.near_ranges(0..0, 1..2) <= NOT_KNOWN);
    }

    #[test]
    fn a_window_holds_whole_units_up_to_some_text() {
        let text = "井台加了护栏，三十户人家又喝上了井水，淘井的师傅说这口井有两百年了。";
        let page = [text; 6].join("\n\n");
        let layout = FileLayout::of(&SourceText::from_text("a.txt", page));
        let cohesion = Cohesion::new(&layout.units);
        assert_eq!((cohesion.ahead_of(5, 0), cohesion.ahead_of(1, 0)), (2..5, 0..1));
        assert_eq!((cohesion.behind(0, 6), cohesion.behind(0, 2)), (0..3, 0..2));
    }
}
