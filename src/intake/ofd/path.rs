//! The straight lines of a path (`AbbreviatedData`): rules, and frames of tables.

use hayro_interpret::kurbo::{Point, Rect};

/// Longer paths are drawings.
const MAX_SEGMENTS: usize = 64;

/// The straight lines of a path that is stroked; the rectangle around one that is only filled, from corner
/// to corner.
pub(super) fn straight_lines(path: &str, is_stroked: bool) -> Vec<(Point, Point)> {
    let mut words = path.split_ascii_whitespace();
    let mut lines = Vec::new();
    let mut corners = Vec::new();
    let (mut start, mut at) = (Point::ZERO, Point::ZERO);
    while let Some(operator) = words.next() {
        let count = match operator {
            "S" | "M" | "L" => 2,
            "Q" => 4,
            "B" => 6,
            "A" => 7,
            "C" => 0,
            _ => break,
        };
        let numbers: Vec<f64> =
            words.by_ref().take(count).map_while(|word| word.parse().ok()).collect();
        if numbers.len() < count || corners.len() > MAX_SEGMENTS {
            return Vec::new();
        }
        let to = match numbers[..] {
            [.., x, y] => Point::new(x, y),
            _ => start,
        };
        match operator {
            "S" | "M" => start = to,
            "L" | "C" => lines.push((at, to)),
            _ => {}
        }
        corners.push(to);
        at = to;
    }
    if is_stroked {
        return lines;
    }
    let Some((&first, others)) = corners.split_first() else { return Vec::new() };
    let around =
        others.iter().fold(Rect::from_points(first, first), |area, &corner| area.union_pt(corner));
    vec![(around.origin(), Point::new(around.x1, around.y1))]
}
