//! The passages that two texts have in common, found by greedy string tiling (Wise, *String
//! similarity via greedy string tiling and running Karp–Rabin matching*, 1993), in one pass over
//! the first text.

use super::shingles::rolling_hashes;
/// A run of characters that two texts have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct CommonPassage {
    /// Where it begins in the first text, in characters.
    pub(crate) first: usize,
    /// Where it begins in the second text, in characters.
    pub(crate) second: usize,
    /// Characters.
    pub(crate) length: usize,
}

impl CommonPassage {
    pub(crate) fn first_end(&self) -> usize {
        self.first + self.length
    }

    pub(crate) fn second_end(&self) -> usize {
        self.second + self.length
    }
}

/// Places of a shingle that are tried, from the end of the last passage on and from the beginning:
/// tables and lists repeat a shingle any number of times.
const MAX_PLACES: usize = 4;

/// The passages of at least `min_length` characters that stand in both texts, in the order of the
/// first one; they do not overlap in it. Of several places in the second text the one with the
/// longest passage counts, and of these the next one behind the passage before.
pub(crate) fn common_passages(
    first: &[char],
    second: &[char],
    min_length: usize,
) -> Vec<CommonPassage> {
    let mut places: Vec<(u64, usize)> = rolling_hashes(second, min_length).zip(0..).collect();
    places.sort_unstable();
    let hashes: Vec<u64> = rolling_hashes(first, min_length).collect();
    let mut found = Vec::new();
    let (mut at, mut behind) = (0, 0);
    while let Some(&hash) = hashes.get(at) {
        let from = places.partition_point(|place| place.0 < hash);
        let same = places[from..].iter().take_while(|place| place.0 == hash);
        let same: &[(u64, usize)] = &places[from..from + same.count()];
        let next = same.partition_point(|place| place.1 < behind);
        let tried = same[next..].iter().take(MAX_PLACES).chain(same.iter().take(MAX_PLACES));
        let mut best = CommonPassage { first: at, second: 0, length: 0 };
        for &(_, place) in tried {
            let pairs = first[at..].iter().zip(&second[place..]);
            let length = pairs.take_while(|(a, b)| a == b).count();
            if length > best.length {
                best = CommonPassage { first: at, second: place, length };
            }
        }
        if best.length < min_length {
            at += 1;
            continue;
        }
        at = best.first_end();
        behind = best.second_end();
        found.push(best);
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::annotate::reprints::shingles::letters;

    fn shared(first: &str, second: &str) -> Vec<String> {
        let (first, second) = (letters(first), letters(second));
        common_passages(&first, &second, 5)
            .iter()
            .map(|passage| first[passage.first..passage.first_end()].iter().collect())
            .collect()
    }

    #[test]
    fn passages_are_as_long_as_they_can_be_and_may_stand_in_another_order() {
        let first = "石桥上月修好通车。村民赶集不必绕行八里路！";
        let second = "村民赶集不必绕行八里路，因为石桥上月修好通车了";
        assert_eq!(shared(first, second), ["石桥上月修好通车", "村民赶集不必绕行八里路"]);
    }

    #[test]
    fn a_passage_goes_on_where_the_one_before_ended() {
        let texts = ["甲乙丙丁戊，天地玄黄宇。甲乙丙丁戊，日月盈昃辰", "甲乙丙丁戊日月盈昃辰"];
        let (first, second) = (letters(texts[0]), letters(texts[1]));
        let passages = common_passages(&first, &second, 5);
        assert_eq!(passages.last().map(|last| (last.second, last.length)), Some((0, 10)));
    }

    proptest! {
        #[test]
        fn a_passage_stands_in_both_texts(a in "[甲乙丙0-9]{0,60}", b in "[甲乙丙0-9]{0,60}") {
            let (first, second) = (letters(&a), letters(&b));
            let mut end = 0;
            for passage in common_passages(&first, &second, 4) {
                prop_assert!(passage.length >= 4 && passage.first >= end);
                prop_assert_eq!(
                    &first[passage.first..passage.first_end()],
                    &second[passage.second..passage.second_end()]
                );
                end = passage.first_end();
            }
        }
    }
}
