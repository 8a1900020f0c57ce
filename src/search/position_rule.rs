//! Matches phrases and proximity: decides by positions whether pieces of a text are adjacent or
//! near. Independent of the engine, since both membership and highlights are decided here.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

/// How the pieces must be arranged in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum PositionRule {
    /// Each piece directly after the one before; a single piece anywhere.
    Adjacent,
    /// In any order, without overlaps, and with at most `gap` characters between neighbours in the
    /// text. A piece that is listed twice must occur twice.
    Near {
        /// The most characters between neighbours.
        gap: u32,
    },
    /// In the order of the list.
    Ordered {
        /// The least and the most characters, inclusive, between each piece and the next one;
        /// pieces without a gap are adjacent.
        gaps: Vec<(u32, u32)>,
    },
}

/// A piece and its positions in one text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PhrasePiece {
    /// Its length in characters, at least one.
    pub(crate) len: u32,
    /// The positions at which it begins, in characters, ascending.
    pub(crate) starts: Vec<u32>,
}

/// The most sets of pieces that are tracked at a time for [`PositionRule::Near`]: enough for all
/// sets of ten pieces.
///
/// The number of sets can double with each further piece, because it matters which pieces have been
/// used: a piece can bridge a gap only once. If more sets than this are open, which takes more than
/// ten pieces in a dense text, a run counts as a match if it contains every piece. That can add a
/// match, but never loses one.
const MAX_SETS: usize = 1 << 10;

/// Whether the pieces occur anywhere as `rule` requires. Without pieces there is no match.
pub(crate) fn any(pieces: &[PhrasePiece], rule: &PositionRule) -> bool {
    if pieces.iter().any(|piece| piece.starts.is_empty()) {
        return false;
    }
    match (pieces, rule) {
        ([], _) => false,
        ([_], _) => true,
        (_, PositionRule::Adjacent) => is_in_order(pieces, &[]),
        (_, PositionRule::Ordered { gaps }) => is_in_order(pieces, gaps),
        (_, PositionRule::Near { gap }) => {
            let occurrences = in_text_order(pieces);
            let mut runs = runs(&occurrences, *gap, pieces.len()).into_iter();
            runs.any(|run| is_near(run, *gap, pieces.len()))
        }
    }
}

/// For each piece the ascending positions at which it takes part in a match of `rule`. If [`any`]
/// is false, all lists are empty; otherwise none is.
pub(crate) fn all(pieces: &[PhrasePiece], rule: &PositionRule) -> Vec<Vec<u32>> {
    match rule {
        PositionRule::Adjacent => in_order(pieces, &[]),
        PositionRule::Ordered { gaps } => in_order(pieces, gaps),
        PositionRule::Near { gap } => {
            let mut found = vec![Vec::new(); pieces.len()];
            let occurrences = in_text_order(pieces);
            for run in runs(&occurrences, *gap, pieces.len()) {
                let taking = taking_part(run, *gap, pieces.len());
                for (occurrence, _) in run.iter().zip(taking).filter(|(_, takes_part)| *takes_part)
                {
                    if let Some(found) = found.get_mut(occurrence.piece) {
                        found.push(occurrence.start);
                    }
                }
            }
            found
        }
    }
}

fn is_in_order(pieces: &[PhrasePiece], gaps: &[(u32, u32)]) -> bool {
    in_order_forward(pieces, gaps).last().is_some_and(|starts| !starts.is_empty())
}

/// The positions from which the sequence can be completed in both directions.
fn in_order(pieces: &[PhrasePiece], gaps: &[(u32, u32)]) -> Vec<Vec<u32>> {
    let mut kept = in_order_forward(pieces, gaps);
    let steps: Vec<Step> = steps(pieces, gaps).collect();
    let mut behind: Option<Vec<u32>> = None;
    for (at, starts) in kept.iter_mut().enumerate().rev() {
        if let (Some(behind), Some(step)) = (&behind, steps.get(at)) {
            keep_followed(starts, behind, *step);
        }
        behind = Some(starts.clone());
    }
    kept
}

/// For each piece the positions that are reachable from the pieces before it.
fn in_order_forward(pieces: &[PhrasePiece], gaps: &[(u32, u32)]) -> Vec<Vec<u32>> {
    let mut kept: Vec<Vec<u32>> = Vec::with_capacity(pieces.len());
    let mut steps = steps(pieces, gaps);
    for piece in pieces {
        let mut starts = piece.starts.clone();
        if let Some(before) = kept.last()
            && let Some(step) = steps.next()
        {
            keep_led_to(&mut starts, before, step);
        }
        kept.push(starts);
    }
    kept
}

/// Minimum and maximum number of characters from the start of a piece to that of the next one.
type Step = (u64, u64);

/// One step for each piece; that of the last one is unused.
fn steps(pieces: &[PhrasePiece], gaps: &[(u32, u32)]) -> impl Iterator<Item = Step> {
    let gaps = gaps.iter().copied().chain(std::iter::repeat((0, 0)));
    pieces.iter().zip(gaps).map(|(piece, (min_gap, max_gap))| {
        let len = u64::from(piece.len);
        (len + u64::from(min_gap), len + u64::from(max_gap))
    })
}

/// Keeps the starts that are a step after any of the positions `before`. Of those that are far
/// enough away the last is the nearest, so only that one is checked.
fn keep_led_to(starts: &mut Vec<u32>, before: &[u32], (min_step, max_step): Step) {
    let mut before = before.iter().map(|&place| u64::from(place)).peekable();
    let mut nearest = None;
    starts.retain(|&start| {
        let start = u64::from(start);
        while let Some(place) = before.next_if(|place| place + min_step <= start) {
            nearest = Some(place);
        }
        nearest.is_some_and(|place| start <= place + max_step)
    });
}

/// Keeps the starts that are a step before any of the positions `behind`. Only the first that is
/// far enough away is checked.
fn keep_followed(starts: &mut Vec<u32>, behind: &[u32], (min_step, max_step): Step) {
    let mut behind = behind.iter().map(|&place| u64::from(place)).peekable();
    starts.retain(|&start| {
        let start = u64::from(start);
        while behind.next_if(|place| *place < start + min_step).is_some() {}
        behind.peek().is_some_and(|place| *place <= start + max_step)
    });
}

/// One occurrence of a piece.
#[derive(Debug, Clone, Copy)]
struct Occurrence {
    start: u32,
    /// The position after its last character.
    end: u32,
    /// Index of the piece.
    piece: usize,
}

/// All occurrences in the order of the text.
fn in_text_order(pieces: &[PhrasePiece]) -> Vec<Occurrence> {
    let mut occurrences: Vec<Occurrence> = Vec::new();
    for (piece, PhrasePiece { len, starts }) in pieces.iter().enumerate() {
        let placed = |&start: &u32| Occurrence { start, end: start.saturating_add(*len), piece };
        occurrences.extend(starts.iter().map(placed));
    }
    occurrences.sort_unstable_by_key(|occurrence| (occurrence.start, occurrence.piece));
    occurrences
}

/// Splits the occurrences where more than `gap` characters separate one from everything before it,
/// and returns the runs that contain every piece.
fn runs(occurrences: &[Occurrence], gap: u32, pieces: usize) -> Vec<&[Occurrence]> {
    let mut runs = Vec::new();
    let mut rest = occurrences;
    let mut last_seen = vec![usize::MAX; pieces];
    while let Some(first) = rest.first() {
        let (mut len, mut reach, mut kinds) = (0, first.start, 0);
        for occurrence in rest {
            if occurrence.start > reach {
                break;
            }
            reach = reach.max(occurrence.end.saturating_add(gap));
            len += 1;
            // The length of the rest identifies the run.
            if let Some(seen) = last_seen.get_mut(occurrence.piece)
                && *seen != rest.len()
            {
                *seen = rest.len();
                kinds += 1;
            }
        }
        let (run, behind) = rest.split_at(len);
        rest = behind;
        if kinds == pieces {
            runs.push(run);
        }
    }
    runs
}

/// Whether a run that contains every piece has a match.
fn is_near(run: &[Occurrence], gap: u32, pieces: usize) -> bool {
    let Some(full) = full_set(pieces) else { return true };
    let mut chains = Chains::new(gap);
    for occurrence in run {
        match chains.ending_with(occurrence) {
            Some(sets) if sets.last() != Some(&full) => {}
            _ => return true,
        }
    }
    false
}

/// For each occurrence of a run that contains every piece, whether it takes part in a match.
///
/// It does if a chain that ends with it and one that begins with it together have all pieces and
/// share only this one.
fn taking_part(run: &[Occurrence], gap: u32, pieces: usize) -> Vec<bool> {
    let everything = vec![true; run.len()];
    let Some(full) = full_set(pieces) else { return everything };
    let Some(ending) = all_chains(run, gap) else { return everything };
    if !ending.iter().any(|sets| sets.last() == Some(&full)) {
        return vec![false; run.len()];
    }
    // Chains that begin with an occurrence end with it in the mirrored text.
    let mirrored = |&Occurrence { start, end, piece }: &Occurrence| Occurrence {
        start: u32::MAX - end,
        end: u32::MAX - start,
        piece,
    };
    let mut backwards: Vec<(usize, Occurrence)> =
        run.iter().map(mirrored).enumerate().rev().collect();
    backwards.sort_by_key(|(_, occurrence)| occurrence.start);
    let (places, backwards): (Vec<usize>, Vec<Occurrence>) = backwards.into_iter().unzip();
    let Some(beginning) = all_chains(&backwards, gap) else { return everything };

    let mut taking = vec![false; run.len()];
    for ((place, occurrence), beginning) in places.into_iter().zip(&backwards).zip(beginning) {
        let (Some(taking), Some(ending)) = (taking.get_mut(place), ending.get(place)) else {
            continue;
        };
        let own = bit(occurrence.piece);
        *taking = ending.iter().any(|set| beginning.binary_search(&(full & !set | own)).is_ok());
    }
    taking
}

/// The result of [`Chains::ending_with`] for each occurrence.
fn all_chains(run: &[Occurrence], gap: u32) -> Option<Vec<Vec<u64>>> {
    let mut chains = Chains::new(gap);
    run.iter().map(|occurrence| chains.ending_with(occurrence)).collect()
}

/// The set of all pieces, one bit each; `None` if there are too many or none.
fn full_set(pieces: usize) -> Option<u64> {
    let unused = 64_u32.checked_sub(u32::try_from(pieces).ok()?)?;
    u64::MAX.checked_shr(unused)
}

/// The set of one piece.
fn bit(piece: usize) -> u64 {
    1 << (piece % 64)
}

/// Tracks the sets of pieces that chains can consist of while going through a text. A chain is a
/// sequence of occurrences of different pieces, without overlaps, each near the one before.
///
/// How a chain can continue depends only on its pieces and its end, and of two chains with the same
/// pieces the one that ends later can continue in every way that the other can.
struct Chains {
    gap: u32,
    /// The sets of pieces of the chains so far, each with the latest end.
    open: BTreeMap<u64, u32>,
    /// Ends after the current position, with the sets of pieces of the chains that end there.
    ahead: BinaryHeap<Reverse<(u32, Vec<u64>)>>,
}

impl Chains {
    fn new(gap: u32) -> Self {
        Self { gap, open: BTreeMap::new(), ahead: BinaryHeap::new() }
    }

    /// The sets of pieces, ascending, of all chains that end with the next occurrence; `None` if
    /// there are too many. Occurrences must be passed in the order of their starts.
    fn ending_with(&mut self, occurrence: &Occurrence) -> Option<Vec<u64>> {
        while self.ahead.peek().is_some_and(|Reverse((end, _))| *end <= occurrence.start) {
            if let Some(Reverse((end, sets))) = self.ahead.pop() {
                // Ends ascend, so this one is the latest.
                self.open.extend(sets.into_iter().map(|set| (set, end)));
            }
        }
        self.open.retain(|_, end| end.saturating_add(self.gap) >= occurrence.start);
        if self.open.len() > MAX_SETS {
            return None;
        }
        let own = bit(occurrence.piece);
        let longer = self.open.keys().filter(|set| *set & own == 0).map(|set| set | own);
        let sets: Vec<u64> = std::iter::once(own).chain(longer).collect();
        self.ahead.push(Reverse((occurrence.end, sets.clone())));
        Some(sets)
    }
}
