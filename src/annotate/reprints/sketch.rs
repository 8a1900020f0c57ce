//! Sketches: samples of a text's shingle hashes, some hundred bytes each, from which containment is
//! estimated.

use super::shingles::Shingles;

/// The sketch of a text: a sample of its shingles. Shingles are runs of letters, digits and Han
/// characters of the folded text, without anything else, so that line breaks, punctuation and
/// width make no difference.
///
/// Every shingle is kept or dropped independently of the others: those are kept whose hash is not
/// above a bound (FracMinHash: Irber et al., *Lightweight compositional analysis of metagenomes
/// with FracMinHash and minimum metagenome covers*, 2022; the idea is Broder's, *On the resemblance
/// and containment of documents*, 1997). The bound is the same for all texts of ordinary size; it
/// is higher for short ones, and so low for long ones that they keep no more than a few hundred.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sketch {
    /// The hashes, ascending and unique.
    hashes: Vec<u32>,
    /// The bound: every shingle with a hash up to this one is in `hashes`.
    bound: u32,
    /// Letters, digits and Han characters of the text.
    length: u32,
    /// Hash of all of them in order.
    whole: u64,
}

/// One shingle in sixteen is kept, …
const COMMON_BOUND: u32 = u32::MAX / 16;
/// … but at least this many if there are as many …
const MIN_HASHES: usize = 32;
/// … and at most this many.
const MAX_HASHES: usize = 512;

impl Sketch {
    /// Sketches a text. The sketch of a text that is too short to be matched, fewer than 12
    /// characters, is empty.
    #[must_use]
    pub fn of(body: &str) -> Self {
        let Shingles { hashes: all, length, whole } = Shingles::of(body);
        let mut hashes: Vec<u32> =
            all.iter().copied().filter(|&hash| hash <= COMMON_BOUND).collect();
        hashes.sort_unstable();
        hashes.dedup();
        let (mut bound, mut size) = (COMMON_BOUND, MAX_HASHES);
        if hashes.len() < MIN_HASHES {
            hashes = all;
            hashes.sort_unstable();
            hashes.dedup();
            (bound, size) = (u32::MAX, MIN_HASHES);
        }
        if hashes.len() > size {
            hashes.truncate(size);
            bound = hashes.last().copied().unwrap_or(bound);
        }
        hashes.shrink_to_fit();
        Self { hashes, bound, length: length as u32, whole }
    }

    /// Puts together what [`hashes`](Self::hashes), [`bound`](Self::bound), [`length`](Self::length)
    /// and [`whole`](Self::whole) gave.
    pub(crate) fn from_parts(hashes: Vec<u32>, bound: u32, length: u32, whole: u64) -> Self {
        Self { hashes, bound, length, whole }
    }

    /// The hashes that were kept, ascending and unique.
    pub(crate) fn hashes(&self) -> &[u32] {
        &self.hashes
    }

    /// The highest hash that would have been kept.
    pub(crate) fn bound(&self) -> u32 {
        self.bound
    }

    /// Letters, digits and Han characters of the text.
    pub(crate) fn length(&self) -> u32 {
        self.length
    }

    /// Hash of all letters, digits and Han characters in order.
    pub(crate) fn whole(&self) -> u64 {
        self.whole
    }

    /// Whether the text was too short to be matched.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.hashes.is_empty()
    }

    /// The lowest hashes, at most `count`. Similar texts share some of them.
    pub(crate) fn lowest(&self, count: usize) -> &[u32] {
        self.hashes.get(..count).unwrap_or(&self.hashes)
    }

    /// Whether the longer text may contain this share of the shorter one's shingles: whether the
    /// estimate plus this many standard errors reaches it, so that hardly any pair is missed.
    pub(crate) fn may_reach(&self, other: &Self, min_containment: f64, errors: f64) -> bool {
        let size = |sketch: &Self| (sketch.length, sketch.whole);
        let (shorter, longer) =
            if size(self) <= size(other) { (self, other) } else { (other, self) };
        shorter.share_in(longer, errors) >= min_containment
    }

    /// Estimates the share of these shingles that are also in the other text, plus standard errors.
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

    const BRIDGE: &str = "镇上的石桥修好了，村民赶集不必再绕行八里路，挑担的、推车的都说方便。";

    #[test]
    fn breaks_of_the_scan_width_and_punctuation_make_no_difference() {
        let broken = "镇上的石桥修好了,村民赶集\n不必再绕行 八里路，挑担的、\n\n推车的都说方便";
        assert_eq!(Sketch::of(BRIDGE), Sketch::of(broken));
    }

    #[test]
    fn what_is_too_short_to_tell_has_an_empty_sketch() {
        for text in ["", "好", "图片新闻", "……！？", "资料照片 本报资料室"] {
            assert!(Sketch::of(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn a_part_may_be_contained_in_the_whole_and_a_stranger_not() {
        let whole = format!("县里昨天来了消息。{BRIDGE}下一步还要修码头，预算已经批了下来。");
        let stranger = "合唱队每逢周末在公园里排练，听众越来越多，下月还要请老师来教识谱。";
        let bridge = Sketch::of(BRIDGE);
        assert!(bridge.may_reach(&Sketch::of(&whole), 0.9, 1.5));
        assert!(!bridge.may_reach(&Sketch::of(stranger), 0.3, 1.5));
    }

    #[test]
    fn a_long_text_has_a_bounded_sketch() {
        let long: String =
            (0..200_000_u32).filter_map(|n| char::from_u32(0x4e00 + n * 7 % 20_000)).collect();
        assert!(Sketch::of(&long).hashes.len() <= MAX_HASHES);
    }

    proptest! {
        #[test]
        fn any_text_has_the_same_sketch_again(text in ".{0,300}") {
            prop_assert_eq!(Sketch::of(&text), Sketch::of(&text));
        }
    }
}
