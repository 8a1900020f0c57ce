//! Pairs deleted sentences with the inserted ones that replaced them.

use super::sentences::Sentence;

/// The least similarity at which two sentences count as one that was changed.
const ALIKE: f32 = 0.4;
/// The most comparisons of characters; beyond it, sentences are not paired. Enough for some seven
/// hundred sentences of forty characters in each text.
const MAX_WORK: usize = 40_000_000;
/// The most pairs of sentences that are considered, each of which takes memory.
const MAX_PAIRS: usize = 4_000_000;

/// The indexes of paired sentences, in the order of both texts. Sentences without a counterpart
/// stand alone, those of the first text before those of the second.
pub(crate) fn pair(first: &[Sentence], second: &[Sentence]) -> Vec<(Option<usize>, Option<usize>)> {
    let mut pairs = Vec::with_capacity(first.len() + second.len());
    let (mut i, mut j) = (0, 0);
    for (at, to) in best_pairs(first, second) {
        pairs.extend((i..at).map(|at| (Some(at), None)));
        pairs.extend((j..to).map(|to| (None, Some(to))));
        pairs.push((Some(at), Some(to)));
        (i, j) = (at + 1, to + 1);
    }
    pairs.extend((i..first.len()).map(|at| (Some(at), None)));
    pairs.extend((j..second.len()).map(|to| (None, Some(to))));
    pairs
}

/// The pairs with the greatest total similarity among all choices of pairs that do not cross.
fn best_pairs(first: &[Sentence], second: &[Sentence]) -> Vec<(usize, usize)> {
    let (rows, columns) = (first.len(), second.len());
    let first: Vec<_> = first.iter().map(neighbours).collect();
    let second: Vec<_> = second.iter().map(neighbours).collect();
    let length = |all: &[Vec<_>]| all.iter().map(|one| one.len() + 1).sum::<usize>();
    let work =
        length(&first).saturating_mul(columns).saturating_add(length(&second).saturating_mul(rows));
    if work > MAX_WORK || rows.saturating_mul(columns) > MAX_PAIRS {
        return Vec::new();
    }
    // The greatest total for the sentences from each pair of indexes on.
    let width = columns + 1;
    let mut best = vec![0.0f32; (rows + 1) * width];
    for i in (0..rows).rev() {
        for j in (0..columns).rev() {
            let alike = dice(&first[i], &second[j]);
            let paired = if alike < ALIKE { 0.0 } else { alike + best[(i + 1) * width + j + 1] };
            best[i * width + j] =
                paired.max(best[(i + 1) * width + j]).max(best[i * width + j + 1]);
        }
    }
    let mut pairs = Vec::new();
    let (mut i, mut j) = (0, 0);
    while i < rows && j < columns {
        let here = best[i * width + j];
        if here <= best[(i + 1) * width + j] {
            i += 1;
        } else if here <= best[i * width + j + 1] {
            j += 1;
        } else {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        }
    }
    pairs
}

/// The bigrams of a sentence, sorted.
fn neighbours(sentence: &Sentence) -> Vec<(char, char)> {
    let mut pairs: Vec<(char, char)> =
        sentence.key.chars().zip(sentence.key.chars().skip(1)).collect();
    pairs.sort_unstable();
    pairs
}

/// The Dice coefficient of two sorted lists of bigrams, from 0 to 1.
fn dice(first: &[(char, char)], second: &[(char, char)]) -> f32 {
    let (mut i, mut j, mut common) = (0, 0, 0u32);
    while let (Some(a), Some(b)) = (first.get(i), second.get(j)) {
        match a.cmp(b) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                common += 1;
                (i, j) = (i + 1, j + 1);
            }
        }
    }
    let all = first.len() + second.len();
    if all == 0 { 0.0 } else { 2.0 * common as f32 / all as f32 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::diff::sentences::sentences;

    #[test]
    fn a_changed_sentence_is_paired_past_one_that_is_new() {
        let first = sentences("今年栽树三千亩，比去年多。");
        let second = sentences("春天到了。今年栽树四千亩，比去年多。河开了。");
        let expected = [(None, Some(0)), (Some(0), Some(1)), (None, Some(2))];
        assert_eq!(pair(&first, &second), expected);
    }

    #[test]
    fn sentences_that_have_little_in_common_stand_alone() {
        let (first, second) = (sentences("桥修好了。"), sentences("明天有大雨。"));
        assert_eq!(pair(&first, &second), [(Some(0), None), (None, Some(0))]);
    }

    #[test]
    fn too_many_sentences_are_not_paired_and_none_is_lost() {
        let text = "甲乙丙丁戊己庚辛。".repeat(3000);
        let all = sentences(&text);
        let pairs = pair(&all, &all);
        assert_eq!(pairs.len(), 6000);
        assert!(pairs.iter().all(|pair| pair.0.is_some() != pair.1.is_some()));
    }
}
