//! What changes in the groups when articles come and go?

use std::collections::BTreeMap;

use super::SketchedArticle;
use super::candidates::{HashSelection, PositionPairs, candidate_pairs, seeds, without};
use super::groups::{DecidedReprints, groups};

/// When an article was in the archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Presence {
    /// When it was grouped last.
    pub(crate) before: bool,
    /// Now.
    pub(crate) now: bool,
}

/// A pair of articles that were compared, by their positions, the smaller one first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct DecidedPair {
    pub(crate) pair: (u32, u32),
    /// Whether they share a hash by which they are candidates. Others were compared because each
    /// resembles a third one.
    pub(crate) are_candidates: bool,
    /// Whether they are the same item.
    pub(crate) is_same: bool,
}

/// The groups, and what is to be known to group again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Regrouped {
    /// For each item the position of the earliest one that it reprints; `None` for that one itself,
    /// for items without a group, and for those that are gone.
    pub(crate) first_of: Vec<Option<usize>>,
    /// The candidates that are the same item, and all pairs that the groups were decided by,
    /// ascending.
    pub(crate) decided: Vec<DecidedPair>,
}

/// Standard errors that are added to the estimated containment. Pairs that stay below the least
/// containment even so are not compared.
const STANDARD_ERRORS: f64 = 1.5;
/// Least share of the shorter text's shingles that the longer one contains. Reprints have 0.62 or
/// more.
const MIN_CONTAINMENT: f64 = 0.57;

/// Groups the articles that are present now, as people decided where they did. `known` is what was decided when those were grouped
/// that were present before; the groups are those that one finds without it. `is_same` is called
/// with two positions and says whether the articles are the same item.
///
/// # Errors
/// Those of `is_same`.
pub(crate) fn regroup<E>(
    items: &[SketchedArticle],
    presence: impl Fn(usize) -> Presence,
    known: &[DecidedPair],
    decisions: &DecidedReprints,
    mut is_same: impl FnMut(usize, usize) -> Result<bool, E>,
) -> Result<Regrouped, E> {
    let before = |position: usize| presence(position).before;
    let now = |position: usize| presence(position).now;
    let (gained, lost) = changed_candidates(items, &before, &now);
    let mut verdicts: BTreeMap<(u32, u32), bool> =
        known.iter().map(|known| (known.pair, known.is_same)).collect();
    let mut decide = |a: u32, b: u32| -> Result<bool, E> {
        let pair = (a.min(b), a.max(b));
        if let Some(&verdict) = verdicts.get(&pair) {
            return Ok(verdict);
        }
        let (one, other) = (&items[a as usize].sketch, &items[b as usize].sketch);
        let verdict = one.may_reach(other, MIN_CONTAINMENT, STANDARD_ERRORS)
            && is_same(pair.0 as usize, pair.1 as usize)?;
        verdicts.insert(pair, verdict);
        Ok(verdict)
    };
    let mut pairs = still_candidates(items, &now, known, &lost);
    for &(a, b) in &gained {
        if decide(a, b)? {
            pairs.push((a, b));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    let mut decided: BTreeMap<(u32, u32), bool> = pairs.iter().map(|&pair| (pair, true)).collect();
    let first_of = groups(items, &pairs, decisions, |a, b| {
        let (a, b) = (a.min(b) as u32, a.max(b) as u32);
        let is_same = decide(a, b)?;
        decided.insert((a, b), is_same);
        Ok(is_same)
    })?;
    let decided = decided.into_iter().map(|(pair, is_same)| DecidedPair {
        pair,
        are_candidates: is_same && pairs.binary_search(&pair).is_ok(),
        is_same,
    });
    Ok(Regrouped { first_of, decided: decided.collect() })
}

/// The pairs that are candidates now by a hash of some article that came or went, and were none
/// before by any of these hashes; and those that were, and are none now.
fn changed_candidates(
    items: &[SketchedArticle],
    before: &dyn Fn(usize) -> bool,
    now: &dyn Fn(usize) -> bool,
) -> (PositionPairs, PositionPairs) {
    if !(0..items.len()).any(before) {
        return (candidate_pairs(items, now, None), Vec::new());
    }
    let changed = (0..items.len()).filter(|&position| before(position) != now(position));
    let affected: HashSelection =
        changed.flat_map(|position| seeds(&items[position])).copied().collect();
    let were = candidate_pairs(items, before, Some(&affected));
    let are = candidate_pairs(items, now, Some(&affected));
    (without(&are, &were), without(&were, &are))
}

/// The known candidates that are candidates still: of those that are none any more by a hash that
/// some article brought or took away, those that are by another hash.
fn still_candidates(
    items: &[SketchedArticle],
    now: &dyn Fn(usize) -> bool,
    known: &[DecidedPair],
    lost: &[(u32, u32)],
) -> PositionPairs {
    let present = known
        .iter()
        .filter(|known| known.are_candidates)
        .map(|known| known.pair)
        .filter(|&(a, b)| now(a as usize) && now(b as usize));
    let (in_doubt, mut kept): (PositionPairs, PositionPairs) =
        present.partition(|pair| lost.binary_search(pair).is_ok());
    if in_doubt.is_empty() {
        return kept;
    }
    let shared = in_doubt.iter().flat_map(|&(a, b)| {
        let others = seeds(&items[b as usize]);
        let own = seeds(&items[a as usize]).iter().copied();
        own.filter(|hash| others.binary_search(hash).is_ok())
    });
    let shared: HashSelection = shared.collect();
    let are = candidate_pairs(items, now, Some(&shared));
    kept.extend(in_doubt.iter().filter(|pair| are.binary_search(pair).is_ok()));
    kept
}
