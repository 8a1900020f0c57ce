//! What tells the lines of a chart apart: colour, dashes and marks.

use plotters::coord::Shift;
use plotters::prelude::*;

/// Lines in one chart at most: as many as there are colours and marks.
pub const MAX_LINES: usize = 8;

/// Marks on one line before some are left out.
pub(crate) const MARK_STEP: usize = 40;

/// How a line is drawn.
pub(crate) struct Dash {
    /// Lengths of dash and gap in turn; empty for a line that is not dashed.
    pattern: &'static str,
    /// Pixels.
    pub width: u32,
}

const fn dash(pattern: &'static str) -> Dash {
    Dash { pattern, width: 2 }
}

pub(crate) const DASHES: [Dash; MAX_LINES] = [
    dash(""),
    dash("8 4"),
    dash("2 3"),
    dash("12 4 2 4"),
    dash("5 3"),
    dash("16 4"),
    dash("8 3 2 3 2 3"),
    dash("3 6"),
];

/// Colours that the colour-blind can tell apart (Okabe and Ito, 2008), without yellow, which cannot
/// be seen on white, and with a grey.
const COLOURS: [RGBColor; MAX_LINES] = [
    RGBColor(0, 114, 178),
    RGBColor(213, 94, 0),
    RGBColor(0, 158, 115),
    RGBColor(204, 121, 167),
    RGBColor(230, 159, 0),
    RGBColor(86, 180, 233),
    RGBColor(0, 0, 0),
    RGBColor(119, 119, 119),
];

/// The colour of a line by its place, which must be below [`MAX_LINES`].
pub(crate) fn colour(index: usize) -> RGBColor {
    COLOURS[index % MAX_LINES]
}

/// The document with the line of this place dashed: the library itself can only break it up into
/// hundreds of little lines. No two lines have one colour, and only they are of their width.
pub(crate) fn dashed(svg: &str, index: usize) -> String {
    let Dash { pattern, width } = &DASHES[index % MAX_LINES];
    if pattern.is_empty() {
        return svg.to_owned();
    }
    let RGBColor(red, green, blue) = colour(index);
    let line = format!("stroke=\"#{red:02X}{green:02X}{blue:02X}\" stroke-width=\"{width}\"");
    svg.replace(&line, &format!("{line} stroke-dasharray=\"{pattern}\""))
}

/// Draws the mark of a line around a pixel.
pub(crate) fn draw_mark<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    index: usize,
    (x, y): (i32, i32),
) -> Result<(), DrawingAreaErrorKind<DB::ErrorType>> {
    let full = colour(index).filled();
    let outline = colour(index).stroke_width(1);
    let around = |corners: &[(i32, i32)]| -> Vec<(i32, i32)> {
        corners.iter().map(|(right, down)| (x + right, y + down)).collect()
    };
    let path = |corners: &[(i32, i32)]| PathElement::new(around(corners), outline);
    match index % MAX_LINES {
        0 => area.draw(&Circle::new((x, y), 4, full)),
        1 => area.draw(&Rectangle::new([(x - 4, y - 4), (x + 4, y + 4)], full)),
        2 => area.draw(&Polygon::new(around(&[(0, -5), (5, 4), (-5, 4)]), full)),
        3 => area.draw(&Polygon::new(around(&[(0, -6), (5, 0), (0, 6), (-5, 0)]), full)),
        4 => area.draw(&Polygon::new(around(&[(0, 5), (5, -4), (-5, -4)]), full)),
        5 => {
            area.draw(&path(&[(-4, -4), (4, 4)]))?;
            area.draw(&path(&[(-4, 4), (4, -4)]))
        }
        6 => {
            area.draw(&path(&[(-5, 0), (5, 0)]))?;
            area.draw(&path(&[(0, -5), (0, 5)]))
        }
        _ => area.draw(&path(&[(-4, -4), (4, -4), (4, 4), (-4, 4), (-4, -4)])),
    }
}
