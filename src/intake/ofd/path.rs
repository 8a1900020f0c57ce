//! A path (`AbbreviatedData`): its outline, and its straight lines, which are rules and frames of tables.

use hayro_interpret::kurbo::{Arc, BezPath, PathSeg, Point, Shape, SvgArc, Vec2};

/// Longer paths are drawings.
const MAX_SEGMENTS: usize = 64;

/// How many numbers follow an operator; `None` if it is none.
fn count_of(operator: &str) -> Option<usize> {
    match operator {
        "S" | "M" | "L" => Some(2),
        "Q" => Some(4),
        "B" => Some(6),
        "A" => Some(7),
        "C" => Some(0),
        _ => None,
    }
}

/// How far a curve that stands for an arc may be from it, in millimetres.
const TOLERANCE: f64 = 0.02;

/// Curves that stand for an arc: of a circle of a metre there are fewer.
const MAX_ARC: usize = 64;

/// The outline of a path up to its first fault, of so many pieces at most.
pub(super) fn outline(path: &str, pieces: usize) -> BezPath {
    let mut words = path.split_ascii_whitespace();
    let mut outline = BezPath::new();
    let (mut start, mut at) = (Point::ZERO, Point::ZERO);
    while let Some((operator, count)) = words.next().and_then(|name| Some((name, count_of(name)?)))
    {
        let number = |word: &str| word.parse().ok().filter(|number: &f64| number.is_finite());
        let numbers: Vec<f64> = words.by_ref().take(count).map_while(number).collect();
        if numbers.len() < count || outline.elements().len() >= pieces {
            break;
        }
        let to = match numbers[..] {
            [.., x, y] => Point::new(x, y),
            _ => start,
        };
        if outline.elements().is_empty() && !matches!(operator, "S" | "M") {
            outline.move_to(at);
        }
        match (operator, &numbers[..]) {
            ("S" | "M", _) => {
                outline.move_to(to);
                start = to;
            }
            (_, [x, y, _, _]) => outline.quad_to(Point::new(*x, *y), to),
            (_, [x0, y0, x1, y1, _, _]) => {
                outline.curve_to(Point::new(*x0, *y0), Point::new(*x1, *y1), to);
            }
            (_, [across, down, turn, is_large, is_clockwise, ..]) => {
                let arc = Arc::from_svg_arc(&SvgArc {
                    from: at,
                    to,
                    radii: Vec2::new(*across, *down),
                    x_rotation: turn.to_radians(),
                    large_arc: *is_large != 0.0,
                    sweep: *is_clockwise != 0.0,
                });
                match arc {
                    Some(arc) => outline.extend(arc.append_iter(TOLERANCE).take(MAX_ARC)),
                    None => outline.line_to(to),
                }
            }
            (_, []) => outline.close_path(),
            _ => outline.line_to(to),
        }
        at = to;
    }
    outline
}

/// The straight lines of a path that is stroked; the rectangle around one that is only filled, from corner
/// to corner.
pub(super) fn straight_lines(path: &BezPath, is_stroked: bool) -> Vec<(Point, Point)> {
    if path.is_empty() || path.elements().len() > MAX_SEGMENTS {
        return Vec::new();
    }
    if !is_stroked {
        let around = path.bounding_box();
        return vec![(around.origin(), Point::new(around.x1, around.y1))];
    }
    let straight = |piece| match piece {
        PathSeg::Line(line) => Some((line.p0, line.p1)),
        PathSeg::Quad(_) | PathSeg::Cubic(_) => None,
    };
    path.segments().filter_map(straight).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outline_has_the_lines_and_curves_of_its_data() {
        let svg = |data: &str| outline(data, 100).to_svg();
        assert_eq!(svg("M 0 0 L 10 0 L 10 5 C"), "M0,0 L10,0 L10,5 Z");
        assert_eq!(svg("S 1 1 M 0 0 Q 1 1 2 0 B 3 1 4 1 5 0"), "M1,1 M0,0 Q1,1 2,0 C3,1 4,1 5,0");
        assert_eq!(svg("L 5 5"), "M0,0 L5,5", "one that does not say where it begins");
        let half = outline("M 0 0 A 5 5 0 0 1 10 0", 100);
        let (end, around) = (half.current_position(), half.bounding_box());
        assert!(end.is_some_and(|end| end.distance(Point::new(10.0, 0.0)) < 1e-9), "{end:?}");
        let near = |found: f64, expected: f64| (found - expected).abs() < 0.05;
        assert!(
            near(around.x0, 0.0) && near(around.x1, 10.0) && near(around.y0, -5.0),
            "{around:?}"
        );
        assert!(near(around.y1, 0.0), "{around:?}");
        for broken in ["M 0 0 L 10 x", "M 0 0 L inf 0", "M 0 0 Z 1 2", "M 0 0 B 1 2"] {
            assert_eq!(svg(broken), "M0,0", "{broken}");
        }
        assert_eq!(straight_lines(&outline("M 0 0 L 4 0 Q 5 5 6 0 L 6 2 C", 9), true), {
            let [a, b, c, d] = [(0, 0), (4, 0), (6, 0), (6, 2)];
            let point = |(x, y): (i32, i32)| Point::new(x.into(), y.into());
            [(a, b), (c, d), (d, a)].map(|(from, to)| (point(from), point(to)))
        });
        let long = format!("M 0 0{}", " L 1 1".repeat(1_000));
        assert_eq!(outline(&long, 100).elements().len(), 100);
    }
}
