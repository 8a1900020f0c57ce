//! Sketches: samples of a text's shingle hashes, some hundred bytes each, from which containment is
//! estimated.

use super::shingles::{MIN_NUMBERS, MIN_SHINGLED_CHARS, TextFeatures};

/// The sketch of a text: a sample of its shingles and one of its numbers. Shingles are runs of
/// letters, digits and Han characters of the folded text, without anything else, so that line
/// breaks, punctuation and width make no difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sketch {
    shingles: FracMinHash,
    numbers: FracMinHash,
    /// Letters, digits and Han characters of the text.
    length: u32,
    /// Hash of all of them in order.
    whole: u64,
}

/// A sample of a set in which every member is kept or dropped independently of the others: those
/// are kept whose hash is not above a bound (FracMinHash: Irber et al., *Lightweight compositional
/// analysis of metagenomes with FracMinHash and minimum metagenome covers*, 2022; the idea is
/// Broder's, *On the resemblance and containment of documents*, 1997). The bound is the same for
/// all sets of ordinary size; it is higher for small sets, and so low for large ones that they keep
/// no more than a few hundred.
#[derive(Debug, Clone, PartialEq, Eq)]
struct FracMinHash {
    /// The hashes, ascending and unique.
    hashes: Vec<u32>,
    /// The bound: every member with a hash up to this one is in `hashes`.
    bound: u32,
}

/// One shingle in sixteen is kept, …
const COMMON_BOUND: u32 = u32::MAX / 16;
/// … but at least this many if there are as many …
const MIN_HASHES: usize = 32;
/// … and at most this many.
const MAX_HASHES: usize = 512;
/// Numbers kept.
const MAX_NUMBERS: usize = 16;
/// Sketches a text. Below [`MIN_SHINGLED_CHARS`] characters the sketch is empty.
#[must_use]
pub fn sketch(body: &str) -> Sketch {
    let TextFeatures { mut shingles, mut numbers, length, whole } = TextFeatures::of(body);
    if length < MIN_SHINGLED_CHARS {
        shingles.clear();
        numbers.clear();
    }
    Sketch {
        shingles: FracMinHash::new(shingles, COMMON_BOUND, MIN_HASHES, MAX_HASHES),
        numbers: FracMinHash::new(numbers, u32::MAX, MAX_NUMBERS, MAX_NUMBERS),
        length: length as u32,
        whole,
    }
}

impl Sketch {
    /// Letters, digits and Han characters of the text.
    #[must_use]
    pub fn length(&self) -> u32 {
        self.length
    }

    /// Whether the text was too short to be matched.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.shingles.hashes.is_empty()
    }

    /// A key that is equal for texts that differ only in punctuation, white space and width.
    pub(crate) fn whole(&self) -> (u32, u64) {
        (self.length, self.whole)
    }

    /// The lowest hashes, at most `count`. Similar texts share some of them.
    pub(crate) fn lowest(&self, count: usize) -> &[u32] {
        self.shingles.hashes.get(..count).unwrap_or(&self.shingles.hashes)
    }

    /// Whether [`containment`](crate::annotate::containment) may reach a share: whether the
    /// estimate plus this many standard errors does, so that hardly any pair is missed.
    pub(crate) fn may_reach(&self, other: &Self, min_containment: f64, errors: f64) -> bool {
        let (shorter, longer) =
            if self.length <= other.length { (self, other) } else { (other, self) };
        let few_numbers = shorter.numbers.hashes.len() < MIN_NUMBERS;
        (few_numbers || shorter.numbers.share_in(&longer.numbers, errors) >= min_containment)
            && shorter.shingles.share_in(&longer.shingles, errors) >= min_containment
    }
}

impl FracMinHash {
    fn new(all: Vec<u32>, common_bound: u32, min_hashes: usize, max_hashes: usize) -> Self {
        let mut hashes: Vec<u32> =
            all.iter().copied().filter(|&hash| hash <= common_bound).collect();
        hashes.sort_unstable();
        hashes.dedup();
        let (mut bound, mut size) = (common_bound, max_hashes);
        if hashes.len() < min_hashes {
            hashes = all;
            hashes.sort_unstable();
            hashes.dedup();
            (bound, size) = (u32::MAX, min_hashes);
        }
        if hashes.len() > size {
            hashes.truncate(size);
            bound = hashes.last().copied().unwrap_or(bound);
        }
        hashes.shrink_to_fit();
        Self { hashes, bound }
    }

    /// Estimates the share of this set that is also in the other one, plus standard errors.
    fn share_in(&self, other: &Self, errors: f64) -> f64 {
        let bound = self.bound.min(other.bound);
        let mut others = other.hashes.iter().copied().peekable();
        let (mut seen, mut shared) = (0_u32, 0_u32);
        for &hash in self.hashes.iter().take_while(|&&hash| hash <= bound) {
            seen += 1;
            while others.next_if(|&lower| lower < hash).is_some() {}
            shared += u32::from(others.peek() == Some(&hash));
        }
        if seen == 0 {
            return 0.0;
        }
        let share = f64::from(shared) / f64::from(seen);
        let error = (share * (1.0 - share) / f64::from(seen)).sqrt();
        if bound == u32::MAX { share } else { share + errors * error }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::annotate::containment;

    const BRIDGE: &str = "镇上的石桥修好了，村民赶集不必再绕行八里路，挑担的、推车的都说方便。";

    #[test]
    fn breaks_of_the_scan_width_and_punctuation_make_no_difference() {
        let broken = "镇上的石桥修好了,村民赶集\n不必再绕行 八里路，挑担的、\n\n推车的都说方便";
        assert_eq!(sketch(BRIDGE), sketch(broken));
        assert!((containment(BRIDGE, broken) - 1.0).abs() < f64::EPSILON);
    }

    #[test]
    fn what_is_too_short_to_tell_matches_nothing_not_even_itself() {
        for text in ["", "好", "图片新闻", "……！？", "资料照片 本报资料室"] {
            assert!(sketch(text).is_empty(), "{text}");
            assert!(containment(text, text).abs() < f64::EPSILON, "{text}");
        }
    }

    #[test]
    fn a_long_text_has_a_bounded_sketch() {
        let long: String =
            (0..200_000_u32).filter_map(|n| char::from_u32(0x4e00 + n * 7 % 20_000)).collect();
        let long = sketch(&long);
        assert!(
            long.numbers.hashes.len() <= MAX_NUMBERS && long.shingles.hashes.len() <= MAX_HASHES
        );
    }

    proptest! {
        #[test]
        fn any_text_has_the_same_sketch_again(text in ".{0,300}") {
            prop_assert_eq!(sketch(&text), sketch(&text));
        }
    }
}
