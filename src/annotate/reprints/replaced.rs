//! What stands between the common passages of two texts, in the same places?

use super::passages::CommonPassage;
use crate::text::numerals::{is_numeral, number};
use crate::text::surnames::is_surname;

/// Characters up to which what stands between two common passages is one word or number for another.
const MAX_WORD: usize = 20;
/// How often a word must stand in either article to be the name of what it tells of.
const MIN_NAME_TIMES: usize = 3;

/// What stands in the same places of two texts and is not the same.
pub(super) struct Replaced {
    /// Numbers, each time that they are others.
    pub(super) numbers: u32,
    /// Words; what is replaced by the same again counts once.
    pub(super) words: u32,
    /// Whether a name that recurs in the one and does not occur in the other stands where the other
    /// has such a name: that of a person, or any word if there are other numbers as well.
    pub(super) has_other_name: bool,
}

impl Replaced {
    pub(super) fn between(passages: &[CommonPassage], first: &[char], second: &[char]) -> Self {
        let mut numbers = 0;
        let mut words: Vec<(&[char], &[char])> = Vec::new();
        for pair in passages.windows(2) {
            let [before, behind] = pair else { continue };
            let Some(other) = second.get(before.second_end()..behind.second) else { continue };
            let own = &first[before.first_end()..behind.first];
            let longest = own.len().max(other.len());
            if own.is_empty() || other.is_empty() || longest > MAX_WORD {
                continue;
            }
            if differ_in_numbers_alone(own, other) {
                numbers += u32::from(numbers_in(own) != numbers_in(other));
            } else if own.len() > 1 && other.len() > 1 {
                words.push((own, other));
            }
        }
        words.sort_unstable();
        let has_other_name = words.chunk_by(PartialEq::eq).any(|same| {
            let (own, other) = same[0];
            let recurs = times(own, first).min(times(other, second)) >= MIN_NAME_TIMES;
            let is_name = numbers > 0 || (is_like_person(own) && is_like_person(other));
            is_name && recurs && times(own, second) == 0 && times(other, first) == 0
        });
        words.dedup();
        Self { numbers, words: words.len() as u32, has_other_name }
    }
}

/// Whether it may be the name of a person.
fn is_like_person(word: &[char]) -> bool {
    (2..=4).contains(&word.len()) && word.first().is_some_and(|&first| is_surname(first))
}

fn times(word: &[char], text: &[char]) -> usize {
    text.windows(word.len()).filter(|window| *window == word).count()
}

/// Whether both have numerals and are the same otherwise: 六月 and 6月, which is the same number, and
/// 六月 and 7月.
fn differ_in_numbers_alone(a: &[char], b: &[char]) -> bool {
    let others =
        |text: &[char]| -> Vec<char> { text.iter().copied().filter(|&c| !is_numeral(c)).collect() };
    let has_numerals = |text: &[char]| text.iter().any(|&c| is_numeral(c));
    has_numerals(a) && has_numerals(b) && others(a) == others(b)
}

/// The numbers in a text; what cannot be read as one stays as it is.
pub(super) fn numbers_in(text: &[char]) -> Vec<Result<u32, String>> {
    let runs = text.chunk_by(|&a, &b| is_numeral(a) == is_numeral(b));
    let numerals = runs.filter(|run| run.first().is_some_and(|&first| is_numeral(first)));
    let read = |run: &[char]| {
        let run: String = run.iter().collect();
        number(&run).ok_or(run)
    };
    numerals.map(read).collect()
}
