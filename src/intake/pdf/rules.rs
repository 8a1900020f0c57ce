//! The rules that a page draws: straight lines across or down, whether stroked or filled.

use hayro_interpret::DrawMode;
use hayro_interpret::kurbo::{Affine, BezPath, PathSeg, Shape};

use crate::intake::layout::{Rule, Sheet};

/// Longer paths are drawings.
const MAX_SEGMENTS: usize = 64;

/// The rules of a path.
pub(super) fn rules(path: &BezPath, place: Affine, mode: &DrawMode, sheet: &Sheet) -> Vec<Rule> {
    if path.elements().len() > MAX_SEGMENTS {
        return Vec::new();
    }
    let path = place * path;
    let rule = |from: (f64, f64), to: (f64, f64)| {
        let corner = |(x, y): (f64, f64)| (x as f32, y as f32);
        sheet.frame(corner(from), corner(to)).and_then(Rule::of)
    };
    if !matches!(mode, DrawMode::Stroke(_)) {
        let area = path.bounding_box();
        return rule((area.x0, area.y0), (area.x1, area.y1)).into_iter().collect();
    }
    let straight = path.segments().filter_map(|segment| match segment {
        PathSeg::Line(line) => rule((line.p0.x, line.p0.y), (line.p1.x, line.p1.y)),
        PathSeg::Quad(_) | PathSeg::Cubic(_) => None,
    });
    straight.collect()
}
