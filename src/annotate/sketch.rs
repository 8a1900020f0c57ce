//! Reduces a text to a few hundred bytes by which copies of it are found again.

use std::collections::HashSet;
use std::hash::Hash;

use crate::text::fold_char;

/// What is kept of a text: a sample of its shingles (runs of [`SHINGLE`] letters, digits and Han
/// characters of the folded text, all else left out, so that line breaks, punctuation and width
/// make no difference).
///
/// The sample holds every shingle whose hash lies below a bound that is the same for all texts
/// (FracMinHash: Irber et al., *Lightweight compositional analysis of metagenomes with FracMinHash
/// and minimum metagenome covers*, 2022; the idea is Broder's, *On the resemblance and containment
/// of documents*, 1997). A short text keeps its [`FEWEST`] lowest hashes even above that bound, a
/// long one no more than its [`MOST`] lowest; `bound` says up to where the sample is whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sketch {
    /// Hashes in ascending order, each once.
    hashes: Vec<u32>,
    /// Every shingle of the text with a hash up to this one is in `hashes`.
    bound: u32,
    /// Letters, digits and Han characters of the text.
    length: u32,
    /// Hash of all of them in order.
    whole: u64,
}

/// Characters of a shingle: long enough that two texts on one matter share few by chance, short
/// enough that an error of the scan spoils few.
const SHINGLE: usize = 5;
/// One shingle in sixteen is kept.
const COMMON_BOUND: u32 = u32::MAX / 16;
const FEWEST: usize = 32;
const MOST: usize = 512;
/// Texts with fewer characters may agree by chance; they get an empty sketch, which matches none.
pub const SHORTEST: usize = 12;

/// Fewer numbers than these tell nothing.
const ENOUGH_NUMBERS: usize = 4;

/// Sketches a text. Any text will do; below [`SHORTEST`] characters the sketch is empty.
#[must_use]
pub fn sketch(body: &str) -> Sketch {
    let (all, whole, length) = shingle_hashes(body);
    if length < SHORTEST {
        return Sketch { hashes: Vec::new(), bound: 0, length: length as u32, whole };
    }
    let mut hashes: Vec<u32> = all.iter().copied().filter(|&hash| hash <= COMMON_BOUND).collect();
    hashes.sort_unstable();
    hashes.dedup();
    let mut bound = COMMON_BOUND;
    if hashes.len() < FEWEST {
        hashes = all;
        hashes.sort_unstable();
        hashes.dedup();
        // All of a very short text is kept: the sample is whole up to any bound.
        let last = hashes.get(FEWEST - 1).copied();
        bound = last.unwrap_or(u32::MAX);
        hashes.truncate(FEWEST);
    } else if let Some(&last) = hashes.get(MOST - 1) {
        bound = last;
        hashes.truncate(MOST);
    }
    hashes.shrink_to_fit();
    Sketch { hashes, bound, length: length as u32, whole }
}

/// How much of the shorter text the longer one has too, from 0 to 1, exactly: the share of its
/// shingles or, where that is less and it has [`ENOUGH_NUMBERS`], of its numbers. Market reports
/// and daily bulletins fill one form with other numbers each time; a reprint keeps them.
/// 0 where one of the texts is shorter than [`SHORTEST`].
#[must_use]
pub fn containment(a: &str, b: &str) -> f64 {
    let ((of_a, _, a_length), (of_b, _, b_length)) = (shingle_hashes(a), shingle_hashes(b));
    if a_length.min(b_length) < SHORTEST {
        return 0.0;
    }
    let (fewer, more, shorter, longer) =
        if (a_length, a) <= (b_length, b) { (of_a, of_b, a, b) } else { (of_b, of_a, b, a) };
    let shingles = share(&fewer.into_iter().collect(), &more.into_iter().collect());
    let wanted = numbers(shorter);
    if wanted.len() < ENOUGH_NUMBERS {
        return shingles;
    }
    shingles.min(share(&wanted, &numbers(longer)))
}

fn share<T: Eq + Hash>(wanted: &HashSet<T>, present: &HashSet<T>) -> f64 {
    let shared = wanted.iter().filter(|one| present.contains(one)).count();
    shared as f64 / wanted.len().max(1) as f64
}

/// The numbers of a text written in digits, two of them at least: single ones are met anywhere.
fn numbers(body: &str) -> HashSet<String> {
    let folded: String = body.chars().map(fold_char).filter(|&c| c != ' ').collect();
    folded
        .split(|c: char| !c.is_ascii_digit() && c != '.')
        .map(|number| number.trim_matches('.'))
        .filter(|number| number.len() >= 2)
        .map(str::to_owned)
        .collect()
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
        self.hashes.is_empty()
    }

    /// The same for texts that are equal but for punctuation, white space and width.
    pub(super) fn whole(&self) -> (u32, u64) {
        (self.length, self.whole)
    }

    /// The lowest hashes, at most `count`: two similar texts share some of them.
    pub(super) fn lowest(&self, count: usize) -> &[u32] {
        self.hashes.get(..count).unwrap_or(&self.hashes)
    }

    /// An estimate of [`containment`], with its standard error.
    pub(super) fn estimate(&self, other: &Self) -> (f64, f64) {
        let bound = self.bound.min(other.bound);
        let up_to = |hashes: &[u32]| hashes.partition_point(|&hash| hash <= bound);
        let (mine, others) = (up_to(&self.hashes), up_to(&other.hashes));
        let (mut left, mut right) =
            (self.hashes.iter().take(mine), other.hashes.iter().take(others));
        let (mut a, mut b) = (left.next(), right.next());
        let mut shared = 0_usize;
        while let (Some(x), Some(y)) = (a, b) {
            if x == y {
                shared += 1;
            }
            (a, b) = (if x <= y { left.next() } else { a }, if y <= x { right.next() } else { b });
        }
        let fewer = mine.min(others);
        if fewer == 0 {
            return (0.0, 0.0);
        }
        let share = shared as f64 / fewer as f64;
        let whole = bound == u32::MAX;
        (share, if whole { 0.0 } else { (share * (1.0 - share) / fewer as f64).sqrt() })
    }

    /// The sketch as bytes, to be stored beside the article: 16 bytes and 4 for each hash.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(16 + 4 * self.hashes.len());
        bytes.extend(self.whole.to_le_bytes());
        bytes.extend(self.length.to_le_bytes());
        bytes.extend(self.bound.to_le_bytes());
        bytes.extend(self.hashes.iter().flat_map(|hash| hash.to_le_bytes()));
        bytes
    }

    /// The sketch that [`Sketch::to_bytes`] wrote; `None` for bytes that it cannot have written.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (whole, rest) = bytes.split_first_chunk::<8>()?;
        let (words, rest) = rest.as_chunks::<4>();
        let mut numbers = words.iter().map(|word| u32::from_le_bytes(*word));
        let (length, bound) = (numbers.next()?, numbers.next()?);
        let hashes: Vec<u32> = numbers.collect();
        let ascending = hashes.is_sorted_by(|a, b| a < b);
        let bounded = hashes.len() <= MOST && hashes.last().is_none_or(|&last| last <= bound);
        (rest.is_empty() && ascending && bounded).then(|| Self {
            hashes,
            bound,
            length,
            whole: u64::from_le_bytes(*whole),
        })
    }
}

/// A hash for every shingle in the order of the text, one for the whole text, and its length in
/// characters that count. A text shorter than a shingle has none.
fn shingle_hashes(body: &str) -> (Vec<u32>, u64, usize) {
    /// An odd constant with well mixed bits: 2^64 divided by the golden ratio.
    const BASE: u64 = 0x9e37_79b9_7f4a_7c15;
    let leaving = BASE.wrapping_pow(SHINGLE as u32);
    let mut hashes = Vec::with_capacity(body.len() / 3);
    let mut window = [0_u64; SHINGLE];
    let (mut rolling, mut whole, mut length) = (0_u64, 0_u64, 0_usize);
    for c in body.chars().map(fold_char).filter(|&c| is_han(c) || c.is_alphanumeric()) {
        let code = u64::from(u32::from(c)) + 1;
        let oldest = std::mem::replace(&mut window[length % SHINGLE], code);
        // A polynomial over the window (Karp and Rabin, 1987): one step in, one step out.
        rolling = rolling
            .wrapping_mul(BASE)
            .wrapping_add(code)
            .wrapping_sub(oldest.wrapping_mul(leaving));
        whole = whole.wrapping_mul(BASE).wrapping_add(code);
        length += 1;
        if length >= SHINGLE {
            hashes.push((mix(rolling) >> 32) as u32);
        }
    }
    (hashes, mix(whole), length)
}

/// Spreads every bit over all others (the finaliser of MurmurHash3, Appleby 2011).
fn mix(mut hash: u64) -> u64 {
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^ (hash >> 33)
}

/// Most characters are decided without a look into the tables of Unicode.
fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const BRIDGE: &str = "镇上的石桥修好了，村民赶集不必再绕行八里路，挑担的、推车的都说方便。";

    #[test]
    fn breaks_of_the_scan_width_and_punctuation_make_no_difference() {
        let broken = "镇上的石桥修好了,村民赶集\n不必再绕行 八里路，挑担的、\n\n推车的都说方便";
        assert_eq!(sketch(BRIDGE), sketch(broken));
        assert!((containment(BRIDGE, broken) - 1.0).abs() < f64::EPSILON);
    }

    #[test]
    fn a_part_is_contained_in_the_whole_and_a_stranger_is_not() {
        let whole = format!("县里昨天来了消息。{BRIDGE}下一步还要修码头，预算已经批了下来。");
        assert!((containment(BRIDGE, &whole) - 1.0).abs() < f64::EPSILON);
        assert!(containment(BRIDGE, "合唱队每逢周末在公园里排练，听众越来越多了。") < 0.05);
    }

    #[test]
    fn a_form_filled_with_other_numbers_is_not_the_same_text() {
        let day = |numbers: [u32; 4]| {
            let [hens, eggs, price, income] = numbers;
            format!(
                "本场今日存栏母鸡{hens}只，收蛋{eggs}斤，每斤批发价{price}分，全天进账{income}元，\
                 饲料充足，防疫正常，值班人员在岗，明日照常开门收售。"
            )
        };
        let (monday, tuesday) = (day([1210, 980, 415, 4067]), day([1195, 1004, 418, 4196]));
        assert!(containment(&monday, &tuesday) < 0.3);
        assert!((containment(&monday, &monday) - 1.0).abs() < f64::EPSILON);
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
        assert!(sketch(&long).to_bytes().len() <= 16 + 4 * MOST);
    }

    #[test]
    fn bytes_that_no_sketch_has_are_refused() {
        let bytes = sketch(BRIDGE).to_bytes();
        assert_eq!(Sketch::from_bytes(&bytes), Some(sketch(BRIDGE)));
        assert_eq!(Sketch::from_bytes(&bytes[..bytes.len() - 1]), None);
        assert_eq!(Sketch::from_bytes(&bytes[..7]), None);
        let doubled = [&bytes[..], &bytes[16..20]].concat();
        assert_eq!(Sketch::from_bytes(&doubled), None);
    }

    proptest! {
        #[test]
        fn any_text_has_a_sketch_that_survives_storage(text in ".{0,300}") {
            let sketch = sketch(&text);
            prop_assert_eq!(Sketch::from_bytes(&sketch.to_bytes()), Some(sketch));
        }

        #[test]
        fn containment_is_a_share_and_does_not_ask_which_text_comes_first(
            a in "[甲乙丙丁0-9 ,]{0,60}", b in "[甲乙丙丁0-9 ,]{0,60}",
        ) {
            let share = containment(&a, &b);
            prop_assert!((0.0..=1.0).contains(&share));
            prop_assert!((share - containment(&b, &a)).abs() < f64::EPSILON);
        }

        #[test]
        fn any_bytes_can_be_offered_as_a_sketch(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            if let Some(sketch) = Sketch::from_bytes(&bytes) {
                prop_assert_eq!(sketch.to_bytes(), bytes);
            }
        }
    }
}
