//! Pages → segments that are items or none, to fit the trees on.

use std::ops::Range;

use super::boost::TreeExample;
use super::constraints::Constraint;
use super::page::FitPage;
use crate::split::learned::FrameShares;
use crate::split::segments;
use crate::split::segments::candidates;
use crate::split::start::StartPosterior;

/// A segment that is an item, or is none.
pub(super) type SegmentExample = TreeExample<{ segments::NAMES.len() }>;

/// The segments of a page that may be items, by posteriors of weights that were not fitted on it.
/// Those with lines that nobody annotated are left out.
pub(super) fn examples(
    page: &FitPage,
    starts: &[StartPosterior],
    publication: &FrameShares,
) -> Vec<SegmentExample> {
    let context = page.evidence.segments(starts, publication);
    let known = candidates(context.totals()).into_iter().filter(|segment| {
        page.constraints[segment.clone()].iter().all(|constraint| constraint.owner.is_some())
    });
    known
        .map(|segment| SegmentExample {
            evidence: context.evidence(&segment),
            holds: is_item(&page.constraints, &segment),
            weight: page.weight as f32,
        })
        .collect()
}

/// Whether a segment is just the units of one item. Each line of a heading is an item.
fn is_item(constraints: &[Constraint], segment: &Range<usize>) -> bool {
    let first = constraints[segment.start];
    if first.is_heading {
        return segment.len() == 1;
    }
    let same = |unit: usize| {
        constraints.get(unit).is_some_and(|constraint| constraint.owner == first.owner)
    };
    let begins = first.begins == Some(true);
    begins && segment.clone().all(same) && !same(segment.end)
}
