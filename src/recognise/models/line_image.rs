//! The picture of a line, set straight and brought to one height.

use super::detect::TextBox;
use crate::recognise::raster::Raster;

/// Rows of it.
pub(super) const HEIGHT: usize = 48;

/// Columns at most: a line of some hundred characters.
const MAX_WIDTH: f32 = 4_800.0;

/// The dots of a line, row by row, and the number of columns. One that runs down is turned to the left.
pub(super) fn line_image(raster: &Raster, found: &TextBox) -> (Vec<f32>, usize) {
    let up = found.up;
    let right = (-up.1, up.0);
    let down = (-up.0, -up.1);
    // Along the line and across it.
    let (along, across, length, thickness) = if found.is_vertical() {
        (down, (-right.0, -right.1), found.height, found.width)
    } else {
        (right, down, found.width, found.height)
    };
    let columns = (length / thickness.max(1.0) * HEIGHT as f32).round().clamp(16.0, MAX_WIDTH);
    let width = columns as usize;
    let step = (length / columns, thickness / HEIGHT as f32);
    // Dots of the page that make one of the line: their mean is taken.
    let fine = step.0.max(step.1).ceil().clamp(1.0, 8.0) as usize;
    let mut dots = Vec::with_capacity(width * HEIGHT);
    for row in 0..HEIGHT {
        for column in 0..width {
            let mut sum = 0.0;
            for part in 0..fine * fine {
                let inside = |part: usize| (part as f32 + 0.5) / fine as f32;
                let u = (column as f32 + inside(part % fine)) * step.0 - length / 2.0;
                let v = (row as f32 + inside(part / fine)) * step.1 - thickness / 2.0;
                sum += between(
                    raster,
                    found.center.0 + along.0 * u + across.0 * v - 0.5,
                    found.center.1 + along.1 * u + across.1 * v - 0.5,
                );
            }
            dots.push(sum / (fine * fine) as f32);
        }
    }
    (dots, width)
}

/// The grey at a place between dots; what is outside of the page is as its edge.
fn between(raster: &Raster, x: f32, y: f32) -> f32 {
    let (width, height) = (raster.width() as usize, raster.height() as usize);
    let place = |at: f32, end: usize| at.clamp(0.0, (end - 1) as f32);
    let (x, y) = (place(x, width), place(y, height));
    let (left, top) = (x as usize, y as usize);
    let (right, bottom) = ((left + 1).min(width - 1), (top + 1).min(height - 1));
    let (dx, dy) = (x - left as f32, y - top as f32);
    let dot = |x: usize, y: usize| f32::from(raster.dots()[y * width + x]);
    let upper = dot(left, top) * (1.0 - dx) + dot(right, top) * dx;
    let lower = dot(left, bottom) * (1.0 - dx) + dot(right, bottom) * dx;
    upper * (1.0 - dy) + lower * dy
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_runs_down_begins_at_its_left_end() {
        // A page that is dark above and bright below.
        let dots = (0..100 * 20).map(|at| if at / 20 < 50 { 0 } else { 200 }).collect();
        let raster = Raster::new(20, 100, dots, None).expect("a page");
        let found = TextBox { center: (10.0, 50.0), up: (0.0, -1.0), width: 20.0, height: 100.0 };
        assert!(found.is_vertical());
        let (line, width) = line_image(&raster, &found);
        assert_eq!((width, line.len()), (240, 240 * HEIGHT));
        assert!(
            line[..100].iter().all(|dot| *dot < 1.0)
                && line[140..240].iter().all(|dot| *dot > 199.0)
        );
        assert_eq!(found.bounds(20, 100), [0, 0, 20, 100]);
    }
}
