//! Which pairs of texts are worth comparing?

use super::SketchedArticle;

/// Hashes of each sketch by which candidates are found. Two texts at the limits of
/// [`MIN_LENGTH_RATIO`] and of half of the shingles have a resemblance of at least 0.22, so all of
/// the 24 lowest hashes differ in one case of 400.
const SEED_HASHES: usize = 24;
/// A hash that more articles share than this comes from a set phrase.
const MAX_RARE_ARTICLES: usize = 16;
/// Each article with a set phrase is compared with this many others that are next to it in length.
const MAX_NEIGHBOURS: usize = 4;
/// Least ratio of the lengths. Below it, the shorter text is a part of the other (a brief that a
/// long report takes up, an item of a compilation) and not the same text again. Annotated reprints
/// have 0.59 or more, parts 0.46 or less.
const MIN_LENGTH_RATIO: f64 = 0.55;

/// Pairs of positions, the smaller one first.
pub(crate) type PositionPairs = Vec<(u32, u32)>;

/// A set of hashes that is quick to say no: of a large archive nearly all are asked for.
#[derive(Debug)]
pub(crate) struct HashSelection {
    /// One bit for each remainder of a member.
    remainders: Vec<u64>,
    /// The members, ascending.
    sorted: Vec<u32>,
}

impl HashSelection {
    const REMAINDERS: u32 = 1 << 20;

    fn contains(&self, hash: u32) -> bool {
        let remainder = hash % Self::REMAINDERS;
        self.remainders[remainder as usize / 64] >> (remainder % 64) & 1 == 1
            && self.sorted.binary_search(&hash).is_ok()
    }
}

impl FromIterator<u32> for HashSelection {
    fn from_iter<I: IntoIterator<Item = u32>>(hashes: I) -> Self {
        let mut sorted: Vec<u32> = hashes.into_iter().collect();
        sorted.sort_unstable();
        sorted.dedup();
        let mut remainders = vec![0; Self::REMAINDERS as usize / 64];
        for remainder in sorted.iter().map(|hash| hash % Self::REMAINDERS) {
            remainders[remainder as usize / 64] |= 1 << (remainder % 64);
        }
        Self { remainders, sorted }
    }
}

/// The hashes that an article is found by.
pub(crate) fn seeds(item: &SketchedArticle) -> &[u32] {
    item.sketch.lowest(SEED_HASHES)
}

/// The candidate pairs among the `present` positions: articles of similar length that share one of
/// these hashes (`None`: any) with few others or, where many have it, are next to each other in
/// length. Ascending and unique, the smaller position of a pair first.
///
/// Whether a pair is a candidate by a hash depends on those that have this hash alone: where few
/// articles came or went, the pairs of their hashes tell all that has changed.
pub(crate) fn candidate_pairs(
    items: &[SketchedArticle],
    present: &dyn Fn(usize) -> bool,
    hashes: Option<&HashSelection>,
) -> PositionPairs {
    let mut sharing: Vec<(u32, u32)> = Vec::new();
    for (position, item) in items.iter().enumerate().filter(|&(position, _)| present(position)) {
        let wanted =
            seeds(item).iter().filter(|hash| hashes.is_none_or(|all| all.contains(**hash)));
        sharing.extend(wanted.map(|&hash| (hash, position as u32)));
    }
    sharing.sort_unstable();
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    for bucket in sharing.chunk_by_mut(|a, b| a.0 == b.0).filter(|bucket| bucket.len() > 1) {
        let by_length = |&(_, position): &(u32, u32)| {
            let SketchedArticle { sketch, key, .. } = &items[position as usize];
            (sketch.length(), sketch.whole(), *key)
        };
        bucket.sort_unstable_by_key(by_length);
        let reach =
            if bucket.len() <= MAX_RARE_ARTICLES { MAX_RARE_ARTICLES } else { MAX_NEIGHBOURS };
        let length = |position: u32| f64::from(items[position as usize].sketch.length());
        for (place, &(_, shorter)) in bucket.iter().enumerate() {
            let longer = bucket.iter().skip(place + 1).take(reach).map(|&(_, position)| position);
            let limit = length(shorter) / MIN_LENGTH_RATIO;
            let like = longer.take_while(|&position| length(position) <= limit);
            pairs.extend(like.map(|position| (shorter.min(position), shorter.max(position))));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// The pairs of the first list that the second one lacks. Both are ascending.
pub(crate) fn without(pairs: &[(u32, u32)], others: &[(u32, u32)]) -> PositionPairs {
    let mut others = others.iter().peekable();
    let mut left = Vec::new();
    for pair in pairs {
        while others.next_if(|other| *other < pair).is_some() {}
        if others.peek() != Some(&pair) {
            left.push(*pair);
        }
    }
    left
}
