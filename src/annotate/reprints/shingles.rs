//! Shingles and numbers of a text, and the exact containment of two texts.

use std::collections::HashSet;

use crate::text::fold_char;

/// Shorter texts can agree by chance and are never matched.
pub const MIN_SHINGLED_CHARS: usize = 12;
/// Characters per shingle: enough that two texts on one subject share few shingles by chance, and
/// so few that a scanning error affects few shingles.
const SHINGLE_CHARS: usize = 5;
/// Fewer numbers than this are no evidence.
pub(crate) const MIN_NUMBERS: usize = 4;

/// How much of the shorter text the longer one contains, from 0 to 1, computed exactly: the share
/// of its shingles or, if that is lower and there are enough numbers, the share of its numbers.
/// Market reports and daily bulletins repeat a form with new numbers, while a reprint keeps the
/// numbers. Numbers of one digit are ignored. 0 if one of the texts is shorter than
/// [`MIN_SHINGLED_CHARS`].
#[must_use]
pub fn containment(a: &str, b: &str) -> f64 {
    let (of_a, of_b) = (TextFeatures::of(a), TextFeatures::of(b));
    if of_a.length.min(of_b.length) < MIN_SHINGLED_CHARS {
        return 0.0;
    }
    let (shorter, longer) =
        if (of_a.length, a) <= (of_b.length, b) { (of_a, of_b) } else { (of_b, of_a) };
    let shingles = share(&set(shorter.shingles), &set(longer.shingles));
    let numbers = set(shorter.numbers);
    if numbers.len() < MIN_NUMBERS {
        return shingles;
    }
    shingles.min(share(&numbers, &set(longer.numbers)))
}

fn set(hashes: Vec<u32>) -> HashSet<u32> {
    hashes.into_iter().collect()
}

fn share(wanted: &HashSet<u32>, present: &HashSet<u32>) -> f64 {
    let shared = wanted.iter().filter(|hash| present.contains(hash)).count();
    shared as f64 / wanted.len().max(1) as f64
}

/// The hashed features that texts are compared by.
#[derive(Default)]
pub(crate) struct TextFeatures {
    /// A hash of every shingle, in the order of the text; none for a text that is too short.
    pub(crate) shingles: Vec<u32>,
    /// A hash of every number of two or more digits.
    pub(crate) numbers: Vec<u32>,
    /// Letters, digits and Han characters.
    pub(crate) length: usize,
    /// Hash of all of them in order.
    pub(crate) whole: u64,
}

impl TextFeatures {
    /// Reads a text.
    pub(crate) fn of(body: &str) -> Self {
        let leaving = BASE.wrapping_pow(SHINGLE_CHARS as u32);
        let mut features = Self { shingles: Vec::with_capacity(body.len() / 3), ..Self::default() };
        let mut window = [0_u64; SHINGLE_CHARS];
        let mut rolling = 0_u64;
        let mut number = NumberHasher::default();
        for c in body.chars().map(fold_char) {
            if !is_han(c) && !c.is_alphanumeric() {
                // A blank does not end a number: scans have stray blanks almost anywhere.
                match c {
                    ' ' => {}
                    '.' => number.point(),
                    _ => features.numbers.extend(number.end()),
                }
                continue;
            }
            let code = u64::from(u32::from(c)) + 1;
            if c.is_ascii_digit() {
                number.digit(code);
            } else {
                features.numbers.extend(number.end());
            }
            let oldest = std::mem::replace(&mut window[features.length % SHINGLE_CHARS], code);
            // A rolling polynomial hash (Karp and Rabin, 1987).
            rolling = rolling
                .wrapping_mul(BASE)
                .wrapping_add(code)
                .wrapping_sub(oldest.wrapping_mul(leaving));
            features.whole = features.whole.wrapping_mul(BASE).wrapping_add(code);
            features.length += 1;
            if features.length >= SHINGLE_CHARS {
                features.shingles.push(upper_half(mix(rolling)));
            }
        }
        features.numbers.extend(number.end());
        features.whole = mix(features.whole);
        features
    }
}

/// An odd constant with well mixed bits: 2^64 divided by the golden ratio.
const BASE: u64 = 0x9e37_79b9_7f4a_7c15;

/// A number that is being read.
#[derive(Default)]
struct NumberHasher {
    hash: u64,
    digits: usize,
    after_point: bool,
}

impl NumberHasher {
    fn digit(&mut self, code: u64) {
        if self.after_point {
            self.hash = self.hash.wrapping_mul(BASE);
            self.after_point = false;
        }
        self.hash = self.hash.wrapping_mul(BASE).wrapping_add(code);
        self.digits += 1;
    }

    fn point(&mut self) {
        self.after_point = self.digits > 0;
    }

    fn end(&mut self) -> Option<u32> {
        let number = std::mem::take(self);
        (number.digits >= 2).then(|| upper_half(mix(number.hash)))
    }
}

fn upper_half(hash: u64) -> u32 {
    (hash >> 32) as u32
}

/// Spreads every bit over all others (the finaliser of MurmurHash3, Appleby 2011).
fn mix(mut hash: u64) -> u64 {
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^ (hash >> 33)
}

/// Decides most characters without the Unicode tables.
fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const BRIDGE: &str = "镇上的石桥修好了，村民赶集不必再绕行八里路，挑担的、推车的都说方便。";

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
    fn a_blank_inside_a_number_makes_no_difference_but_a_point_does() {
        let numbers = |body: &str| TextFeatures::of(body).numbers;
        assert_eq!(numbers("投资 88. 8 亿元"), numbers("投资88.8亿元。"));
        assert_ne!(numbers("投资88.8亿元"), numbers("投资888亿元"));
        assert_eq!(numbers("建于1958."), numbers("１９５８年建"));
        assert!(numbers("第3版").is_empty());
    }

    proptest! {
        #[test]
        fn containment_is_a_share_and_does_not_ask_which_text_comes_first(
            a in "[甲乙丙丁0-9 ,]{0,60}", b in "[甲乙丙丁0-9 ,]{0,60}",
        ) {
            let share = containment(&a, &b);
            prop_assert!((0.0..=1.0).contains(&share));
            prop_assert!((share - containment(&b, &a)).abs() < f64::EPSILON);
        }
    }
}
