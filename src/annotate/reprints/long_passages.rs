//! How much of a text stands in another one, in passages that are too long to be set phrases?

use super::passages::CommonPassage;
use super::shingles::is_han;
use crate::text::numerals::is_numeral;

/// Characters from which a passage counts, if it is not the whole text. Forms share many shorter ones.
const LONG_PASSAGE: usize = 20;
/// Han characters from which a text is a Chinese one.
const MIN_CHINESE: usize = 40;

/// How much of a text lies in the long passages that it has in common with another one.
pub(super) struct LongPassages {
    /// For each character and the end, how many of those before it count: in a Chinese text the Han
    /// characters alone, since pages leave the code of their scripts in it.
    counting: Vec<u32>,
    /// Where the passages lie, ascending.
    passages: Vec<(usize, usize)>,
}

impl LongPassages {
    /// Those of the first text. Passages between which both texts have one character, and no
    /// numeral, are one: a scanning error or an edited word does not end what is in common.
    pub(super) fn of_first(passages: &[CommonPassage], first: &[char], second: &[char]) -> Self {
        let mut joined: Vec<(usize, usize)> = Vec::new();
        let mut before: Option<&CommonPassage> = None;
        for passage in passages {
            let goes_on = before.is_some_and(|before| {
                (before.first_end() + 1, before.second_end() + 1) == (passage.first, passage.second)
                    && !is_numeral(first[before.first_end()])
                    && !is_numeral(second[before.second_end()])
            });
            match joined.last_mut() {
                Some((_, end)) if goes_on => *end = passage.first_end(),
                _ => joined.push((passage.first, passage.first_end())),
            }
            before = Some(passage);
        }
        Self::new(first, joined)
    }

    /// Those of the second text, none of them joined.
    pub(super) fn of_second(passages: &[CommonPassage], second: &[char]) -> Self {
        let mut found: Vec<(usize, usize)> =
            passages.iter().map(|passage| (passage.second, passage.second_end())).collect();
        found.sort_unstable();
        Self::new(second, found)
    }

    fn new(text: &[char], mut passages: Vec<(usize, usize)>) -> Self {
        let min_length = LONG_PASSAGE.min(text.len());
        passages.retain(|(start, end)| end - start >= min_length);
        let is_chinese = text.iter().filter(|&&c| is_han(c)).count() >= MIN_CHINESE;
        let mut counting = vec![0];
        for &c in text {
            let before = counting.last().copied().unwrap_or(0);
            counting.push(before + u32::from(!is_chinese || is_han(c)));
        }
        Self { counting, passages }
    }

    /// The share of the characters that count.
    pub(super) fn share(&self) -> f64 {
        self.share_until(self.counting.len() - 1)
    }

    /// The same of the first so many of them.
    pub(super) fn share_of_first(&self, counting: usize) -> f64 {
        self.share_until(self.counting.partition_point(|&before| (before as usize) < counting))
    }

    /// How many characters count.
    pub(super) fn count(&self) -> usize {
        self.counting.last().map_or(0, |&all| all as usize)
    }

    fn share_until(&self, end: usize) -> f64 {
        let counted = |at: usize| self.counting[at.min(end)];
        let covered: u32 =
            self.passages.iter().map(|&(from, to)| counted(to) - counted(from)).sum();
        f64::from(covered) / f64::from(counted(end)).max(1.0)
    }
}
