//! A second look at the cuts: which rows of units are one item?
//!
//! The label sequence sees a window of a few units. Here whole segments between likely starts are
//! weighed: a headline against its text, a segment's own coherence, its closing line, and whether the
//! starts of the file look like this one (`evidence`). Regression trees give the
//! probability that a segment is an item; the row of segments with the highest expected F1 is taken
//! (a semi-Markov model: Sarawagi and Cohen, NIPS 2004).

mod authors;
mod content;
mod evidence;

use std::ops::Range;

use super::trees::Trees;

pub(super) use evidence::{
    EVIDENCE_GROUPS, EvidenceGroup, GROUPS, GroupSums, NAMES, SegmentContext,
};

/// Units with a lower posterior of a start are none.
const MIN_START: f32 = 0.02;
/// Starts that may be expected within a segment.
const MAX_INNER_STARTS: f32 = 3.0;
/// Likely starts within a segment that ends before any likely one. Longer segments end only before
/// starts that are more likely than that: a poem or a list has many weak ones.
const MAX_INNER: usize = 12;
/// The posterior of a start before which a segment of any length may end.
const MIN_STRONG_START: f32 = 0.1;

/// The segments that may be items: from a likely start to another one or to the end of the file.
/// `starts` are posteriors, one for each unit.
pub(super) fn candidates(starts: &[f32]) -> Vec<Range<usize>> {
    let likely = |&unit: &usize| unit == 0 || starts[unit] > MIN_START;
    let mut edges: Vec<usize> = (0..starts.len()).filter(likely).collect();
    edges.push(starts.len());
    let mut segments = Vec::new();
    for (place, &first) in edges.iter().enumerate() {
        let mut inner = 0.0;
        for (count, &next) in edges[place + 1..].iter().enumerate() {
            let start = starts.get(next).copied();
            if count <= MAX_INNER || start.is_none_or(|start| start > MIN_STRONG_START) {
                segments.push(first..next);
            }
            inner += start.unwrap_or(0.0);
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

/// The row of segments from the first to the last unit with the highest expected F1: twice the sum of
/// their probabilities, divided by their number and that of the items, which is the number of expected
/// starts. The maximum of the ratio is found as in Dinkelbach (Management Science 13, 1967). `more` is
/// what else speaks for a segment, as log-odds.
pub(super) fn choose(
    context: &SegmentContext,
    trees: &Trees,
    more: impl Fn(&Range<usize>) -> f32,
) -> Vec<Segment> {
    const MAX_ROUNDS: usize = 4;
    let totals = context.totals();
    let items = totals.iter().sum::<f32>().max(1.0);
    let segments: Vec<WeighedSegment> = candidates(totals)
        .into_iter()
        .map(|units| {
            let odds = trees.score(&context.evidence(&units)) + more(&units);
            WeighedSegment { units, probability: 1.0 / (1.0 + (-odds).exp()) }
        })
        .collect();
    let mut chosen = Vec::new();
    let mut half_f1 = 0.5;
    for _ in 0..MAX_ROUNDS {
        let row = best_row(&segments, totals.len(), half_f1);
        if row == chosen {
            break;
        }
        let sum: f32 = row.iter().map(|&place| segments[place].probability).sum();
        half_f1 = sum / (row.len() as f32 + items);
        chosen = row;
    }
    let segment = |place: usize| {
        let WeighedSegment { units, probability } = &segments[place];
        let contributions = evidence::by_group(trees, &context.evidence(units));
        Segment { units: units.clone(), probability: *probability, contributions }
    };
    chosen.into_iter().map(segment).collect()
}

struct WeighedSegment {
    units: Range<usize>,
    probability: f32,
}

/// The places of the segments that cover all units and have the highest sum of probabilities less
/// `cost` for each. Segments come in the order of their starts.
fn best_row(segments: &[WeighedSegment], units: usize, cost: f32) -> Vec<usize> {
    let mut best: Vec<(f32, Option<usize>)> = vec![(f32::NEG_INFINITY, None); units + 1];
    best[0].0 = 0.0;
    for (place, segment) in segments.iter().enumerate() {
        let reached = best[segment.units.start].0 + segment.probability - cost;
        if reached > best[segment.units.end].0 {
            best[segment.units.end] = (reached, Some(place));
        }
    }
    let mut row = Vec::new();
    let mut end = units;
    while let (_, Some(place)) = best[end] {
        row.push(place);
        end = segments[place].units.start;
    }
    row.reverse();
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_row_is_the_best_of_all_rows() {
        const UNITS: usize = 6;
        let segments: Vec<WeighedSegment> = (0..UNITS)
            .flat_map(|start| (start + 1..=UNITS).map(move |end| start..end))
            .map(|units| {
                let probability = ((units.start * 7 + units.end * 5) % 11) as f32 / 11.0;
                WeighedSegment { units, probability }
            })
            .collect();
        for cost in [0.0, 0.2, 0.45] {
            let value = |row: &[usize]| -> f32 {
                row.iter().map(|&place| segments[place].probability - cost).sum()
            };
            // Each bit says whether a segment begins with a unit; the first one always does.
            let rows = (0..1u32 << (UNITS - 1)).map(|bits| {
                let edges: Vec<usize> = [0]
                    .into_iter()
                    .chain((1..UNITS).filter(|unit| bits >> (unit - 1) & 1 == 1))
                    .chain([UNITS])
                    .collect();
                let places = edges.windows(2).map(|edge| {
                    let units = edge[0]..edge[1];
                    segments.iter().position(|segment| segment.units == units).expect("a segment")
                });
                places.collect::<Vec<_>>()
            });
            let most = rows.map(|row| value(&row)).fold(f32::MIN, f32::max);
            let found = best_row(&segments, UNITS, cost);
            assert!((value(&found) - most).abs() < 1e-5, "{found:?} at {cost}");
        }
    }

    #[test]
    fn segments_go_from_one_likely_start_to_another() {
        let segments = candidates(&[0.9, 0.0, 0.3, 0.01, 0.8]);
        assert_eq!(segments, [0..2, 0..4, 0..5, 2..4, 2..5, 4..5]);
        let one = candidates(&[0.0, 0.0]);
        assert!(one.len() == 1 && one[0] == (0..2), "a file without starts is one segment");
        assert!(candidates(&[]).is_empty());
        let mut weak = [0.03; 40];
        weak[30] = 0.5;
        let ends: Vec<usize> =
            candidates(&weak).into_iter().filter(|of| of.start == 0).map(|of| of.end).collect();
        assert!(ends.contains(&13) && !ends.contains(&14), "{ends:?}");
        assert!(ends.ends_with(&[30, 40]), "{ends:?}");
    }

    #[test]
    fn no_segment_swallows_many_sure_starts() {
        let longest = candidates(&[1.0; 40]).into_iter().map(|segment| segment.len()).max();
        assert_eq!(longest, Some(MAX_INNER_STARTS as usize + 1));
    }
}
