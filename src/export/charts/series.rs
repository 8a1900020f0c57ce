//! What tells the lines of a chart apart: colour, dashes and markers.

use maud::{Markup, html};

use super::svg::{points, rectangle};
use crate::search::MAX_LINES;

/// Lengths of dash and gap in turn; `None` for a solid line.
const DASHES: [Option<&str>; MAX_LINES] = [
    None,
    Some("8 4"),
    Some("2 3"),
    Some("12 4 2 4"),
    Some("5 3"),
    Some("16 4"),
    Some("8 3 2 3 2 3"),
    Some("3 6"),
];

/// Colours that the colour-blind can tell apart (Okabe and Ito, 2008), without yellow, which cannot
/// be seen on white, and with a grey.
const COLOURS: [&str; MAX_LINES] =
    ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#777777"];

/// The path of a line by its index, which must be below [`MAX_LINES`].
pub(crate) fn path(index: usize, along: impl IntoIterator<Item = (i32, i32)>) -> Markup {
    let (colour, dashes) = (COLOURS[index % MAX_LINES], DASHES[index % MAX_LINES]);
    html! {
        polyline fill="none" stroke=(colour) stroke-width="2" stroke-dasharray=[dashes]
            points=(points(along)) {}
    }
}

/// The mark of what a line does not go through, around a pixel.
pub(crate) fn hollow(index: usize, (x, y): (i32, i32)) -> Markup {
    let colour = COLOURS[index % MAX_LINES];
    html! { circle cx=(x) cy=(y) r="5" fill="none" stroke=(colour) stroke-width="2" {} }
}

/// The marker of a line around a pixel.
pub(crate) fn marker(index: usize, (x, y): (i32, i32)) -> Markup {
    let colour = COLOURS[index % MAX_LINES];
    let around = |corners: &[(i32, i32)]| {
        points(corners.iter().map(|(right, down)| (x + right, y + down)).collect::<Vec<_>>())
    };
    let polygon = |corners: &[(i32, i32)]| {
        html! { polygon fill=(colour) points=(around(corners)) {} }
    };
    let outline = |corners: &[(i32, i32)]| {
        html! { polyline fill="none" stroke=(colour) points=(around(corners)) {} }
    };
    match index % MAX_LINES {
        0 => html! { circle cx=(x) cy=(y) r="4" fill=(colour) {} },
        1 => rectangle((x - 4, y - 4), (8, 8), colour),
        2 => polygon(&[(0, -5), (5, 4), (-5, 4)]),
        3 => polygon(&[(0, -6), (5, 0), (0, 6), (-5, 0)]),
        4 => polygon(&[(0, 5), (5, -4), (-5, -4)]),
        5 => html! { (outline(&[(-4, -4), (4, 4)])) (outline(&[(-4, 4), (4, -4)])) },
        6 => html! { (outline(&[(-5, 0), (5, 0)])) (outline(&[(0, -5), (0, 5)])) },
        _ => outline(&[(-4, -4), (4, -4), (4, 4), (-4, 4), (-4, -4)]),
    }
}
