//! A second look at the cuts: which rows of units are one item?
//!
//! The label sequence sees a window of a few units. Here whole segments between likely starts are
//! weighed: a headline against its text, a segment's own coherence, its closing line, and whether the
//! starts of the file look like this one (`evidence`). Regression trees (`trees`) give the
//! probability that a segment is an item; the row of segments with the highest expected F1 is taken
//! (a semi-Markov model: Sarawagi and Cohen, NIPS 2004).

mod evidence;
mod trees;

use std::ops::Range;

pub(super) use evidence::{EVIDENCE, EVIDENCE_GROUPS, SegmentContext, Values};
pub(super) use trees::{GroupSums, Node, Split, Tree, Trees};

/// Units with a lower posterior of a start are none.
const MIN_START: f32 = 0.02;
/// Starts that may be expected within a segment.
const MAX_INNER_STARTS: f32 = 3.0;
/// Likely starts within a segment.
const MAX_INNER: usize = 12;

/// The segments that may be items: from a likely start to another one or to the end of the file.
/// `starts` are posteriors, one for each unit.
pub(super) fn candidates(starts: &[f32]) -> Vec<Range<usize>> {
    let likely = |&unit: &usize| unit == 0 || starts[unit] > MIN_START;
    let mut edges: Vec<usize> = (0..starts.len()).filter(likely).collect();
    edges.push(starts.len());
    let mut segments = Vec::new();
    for (place, &first) in edges.iter().enumerate() {
        let mut inner = 0.0;
        for &next in edges[place + 1..].iter().take(MAX_INNER + 1) {
            segments.push(first..next);
            inner += starts.get(next).copied().unwrap_or(0.0);
            if inner > MAX_INNER_STARTS {
                break;
            }
        }
    }
    segments
}

/// A segment that was chosen.
pub(super) struct Segment {
    pub units: Range<usize>,
    /// The probability that it is an item.
    pub probability: f32,
    /// What each group of evidence adds to its log-odds.
    pub contributions: GroupSums,
}

/// The row of segments from the first to the last unit with the highest expected F1.
pub(super) fn choose(context: &SegmentContext, trees: &Trees) -> Vec<Segment> {
    /// Half of the F1 that is expected: the gain that a segment must bring to be worth its place.
    const HALF_F1: f32 = 0.42;
    let units = context.totals().len();
    let candidates = candidates(context.totals());
    let mut best: Vec<(f32, usize)> = vec![(f32::NEG_INFINITY, usize::MAX); units + 1];
    best[0].0 = 0.0;
    let mut weighed = Vec::with_capacity(candidates.len());
    for (place, segment) in candidates.iter().enumerate() {
        let evidence = context.evidence(segment);
        let probability = 1.0 / (1.0 + (-trees.score(&evidence)).exp());
        let reached = best[segment.start].0 + probability - HALF_F1;
        if reached > best[segment.end].0 {
            best[segment.end] = (reached, place);
        }
        weighed.push((evidence, probability));
    }
    let mut chosen = Vec::new();
    let mut end = units;
    while let Some(units) = candidates.get(best[end].1).filter(|_| end > 0) {
        let (evidence, probability) = &weighed[best[end].1];
        let contributions = trees.contributions(evidence);
        chosen.push(Segment { units: units.clone(), probability: *probability, contributions });
        end = units.start;
    }
    chosen.reverse();
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_go_from_one_likely_start_to_another() {
        let segments = candidates(&[0.9, 0.0, 0.3, 0.01, 0.8]);
        assert_eq!(segments, [0..2, 0..4, 0..5, 2..4, 2..5, 4..5]);
        assert_eq!(candidates(&[0.0, 0.0]), [0..2], "a file without starts is one segment");
        assert!(candidates(&[]).is_empty());
    }

    #[test]
    fn no_segment_swallows_many_sure_starts() {
        let longest = candidates(&[1.0; 40]).into_iter().map(|segment| segment.len()).max();
        assert_eq!(longest, Some(MAX_INNER_STARTS as usize + 1));
    }
}
