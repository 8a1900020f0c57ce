//! Matches phrases and proximity: whether pieces of a text are adjacent or near, by their
//! positions. Knows no engine: both membership and highlights are decided here.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

/// How the pieces must be arranged in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum PositionRule {
    /// Each directly after the one before; a single piece anywhere.
    Adjacent,
    /// In any order, none overlapping another, and between each and the next one in the text at
    /// most `gap` characters. A piece that is named twice has to stand twice.
    Near {
        /// The most characters between neighbours.
        gap: u32,
    },
    /// In the order named.
    Ordered {
        /// The least and the most characters, both inclusive, between each piece and the next
        /// one; nothing stands between two pieces for which no gap is named.
        gaps: Vec<(u32, u32)>,
    },
}

/// A piece and its positions in one text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PhrasePiece {
    /// Its length in characters, at least one.
    pub(crate) len: u32,
    /// Where it begins, in characters, ascending.
    pub(crate) starts: Vec<u32>,
}

/// How many sets of pieces are followed at a time in [`PositionRule::Near`]. All sets of ten pieces
/// fit.
///
/// The sets can double with each further piece: a piece bridges a gap only if it is not used
/// elsewhere, so it matters which have been used. Where more than ten pieces stand so densely that
/// more sets than this are open, the run counts as found as long as every piece is in it. That can
/// find a text too many; it never loses one.
const MAX_SETS: usize = 1 << 10;

/// Whether the pieces stand anywhere as `rule` says. No pieces stand nowhere.
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

/// For each piece the places, ascending, where it takes part in standing as `rule` says. Where
/// [`any`] finds nothing, all are empty; elsewhere none is.
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

/// The places from which the whole order can be completed in both directions.
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

/// For each piece the places that the pieces before it lead to.
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

/// Minimum and maximum of characters from the beginning of a piece to that of the next one.
type Step = (u64, u64);

/// One step for each piece; that of the last leads nowhere.
fn steps(pieces: &[PhrasePiece], gaps: &[(u32, u32)]) -> impl Iterator<Item = Step> {
    let gaps = gaps.iter().copied().chain(std::iter::repeat((0, 0)));
    pieces.iter().zip(gaps).map(|(piece, (min_gap, max_gap))| {
        let len = u64::from(piece.len);
        (len + u64::from(min_gap), len + u64::from(max_gap))
    })
}

/// Keeps what lies a step behind any of the places `before`. Of those that are far enough away the
/// last is the nearest, so it alone has to be looked at.
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

/// Keeps what lies a step before any of the places `behind`: before the first that is far enough
/// away, or before none.
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
    /// Behind its last character.
    end: u32,
    /// Which piece.
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

/// The occurrences, cut where more than `gap` characters lie between one and everything before it;
/// only the runs in which every piece stands.
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
            // The length of what remains tells one run from another.
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

/// Whether all pieces stand near one another in a run that has each of them.
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

/// Which occurrences of a run that has each piece take part in a choice of one of each.
///
/// An occurrence does if a chain that ends with it and one that begins with it have all pieces
/// between them and nothing but itself in common.
fn taking_part(run: &[Occurrence], gap: u32, pieces: usize) -> Vec<bool> {
    let everything = vec![true; run.len()];
    let Some(full) = full_set(pieces) else { return everything };
    let Some(ending) = all_chains(run, gap) else { return everything };
    if !ending.iter().any(|sets| sets.last() == Some(&full)) {
        return vec![false; run.len()];
    }
    // Chains that begin with an occurrence end with it in the text read backwards.
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

/// For each occurrence the sets of [`Chains::ending_with`].
fn all_chains(run: &[Occurrence], gap: u32) -> Option<Vec<Vec<u64>>> {
    let mut chains = Chains::new(gap);
    run.iter().map(|occurrence| chains.ending_with(occurrence)).collect()
}

/// The set of all pieces, one bit each, if there are not too many.
fn full_set(pieces: usize) -> Option<u64> {
    let unused = 64_u32.checked_sub(u32::try_from(pieces).ok()?)?;
    u64::MAX.checked_shr(unused)
}

/// The set of one piece.
fn bit(piece: usize) -> u64 {
    1 << (piece % 64)
}

/// Follows through a text of which pieces a chain can consist: occurrences of different pieces,
/// none overlapping another, each near the one before.
///
/// For the text to come it matters only which pieces a chain has and where it ends, and of two
/// with the same pieces the one that ends later can do whatever the other can.
struct Chains {
    gap: u32,
    /// The sets of pieces of chains that have ended, and the latest end of each.
    open: BTreeMap<u64, u32>,
    /// Ends that still lie ahead, with the sets of pieces that end there.
    ahead: BinaryHeap<Reverse<(u32, Vec<u64>)>>,
}

impl Chains {
    fn new(gap: u32) -> Self {
        Self { gap, open: BTreeMap::new(), ahead: BinaryHeap::new() }
    }

    /// The sets of pieces, ascending, of all chains that end with the next occurrence; `None` if
    /// there are too many. Occurrences come in the order in which they begin.
    fn ending_with(&mut self, occurrence: &Occurrence) -> Option<Vec<u64>> {
        while self.ahead.peek().is_some_and(|Reverse((end, _))| *end <= occurrence.start) {
            if let Some(Reverse((end, sets))) = self.ahead.pop() {
                // Ends come ascending, so this one is the latest.
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
