//! Areas of a page whose text can be recognised on its own: columns, headlines, boxes.
//!
//! Recursive X-Y cuts over the white between what is printed. Rules and frames are left out of account,
//! and so are large pictures: what remains are letters, whose usual height says how wide a gutter is.

use super::ink::{InkMap, Letters, PrintArea};
use super::raster::Raster;

/// A white strip of this width, in heights of letters, divides columns; one of that height blocks.
const GUTTER: f32 = 0.95;
const GAP: f32 = 1.1;

/// A gutter counts below a headline if what it divides is so many letters high.
const MIN_COLUMN: f32 = 4.0;

/// Areas on a page at most; one that has more is recognised as a whole.
const MAX_AREAS: usize = 400;

/// The areas of a page; none if it does not fall apart.
pub(super) fn areas(raster: &Raster) -> Vec<PrintArea> {
    let map = InkMap::of(raster);
    let Some(Letters { height: letter, pieces: letters }) = map.letters() else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let mut waiting = vec![letters];
    while let Some(part) = waiting.pop() {
        match cut(&part, letter) {
            Some((before, after)) => waiting.extend([after, before]),
            None => found.extend(around(&part, letter)),
        }
        if found.len() + waiting.len() > MAX_AREAS {
            return Vec::new();
        }
    }
    let on_page = |area: PrintArea| map.on_page(area, letter, raster);
    if found.len() > 1 { found.into_iter().map(on_page).collect() } else { Vec::new() }
}

/// Cuts letters at the widest white strip, measured by what divides columns or blocks; else where a
/// headline stands close above columns.
fn cut(part: &[PrintArea], letter: f32) -> Option<(Vec<PrintArea>, Vec<PrintArea>)> {
    let gutter = widest(part, 0).map(|(width, at)| (width as f32 / (letter * GUTTER), 0, at));
    let gap = widest(part, 1).map(|(height, at)| (height as f32 / (letter * GAP), 1, at));
    let widest = gutter.into_iter().chain(gap).max_by(|a, b| a.0.total_cmp(&b.0));
    let widest = widest.filter(|(relative, ..)| *relative >= 1.0);
    let (axis, at) = match widest {
        Some((_, axis, at)) => (axis, at),
        None => (1, above_columns(part, letter)?),
    };
    Some(part.iter().partition(|piece| piece[axis] < at))
}

/// Where a strip of any height ends, above or below which several lines have a gutter between them.
fn above_columns(part: &[PrintArea], letter: f32) -> Option<u32> {
    let gutter = |side: &[PrintArea]| {
        let top = side.iter().map(|piece| piece[1]).min()?;
        let bottom = side.iter().map(|piece| piece[3]).max()?;
        let is_high = (bottom - top) as f32 >= letter * MIN_COLUMN;
        let (width, _) = widest(side, 0).filter(|_| is_high)?;
        (width as f32 >= letter * GUTTER).then_some(width)
    };
    let sides = |at: u32| part.iter().partition::<Vec<PrintArea>, _>(|piece| piece[1] < at);
    let divided = strips(part, 1).into_iter().filter_map(|(_, at)| {
        let (above, below) = sides(at);
        Some((gutter(&above).max(gutter(&below))?, at))
    });
    divided.max().map(|(_, at)| at)
}

/// The widest strip without letters along an axis, and where it ends.
fn widest(part: &[PrintArea], axis: usize) -> Option<(u32, u32)> {
    strips(part, axis).into_iter().max()
}

/// The strips without letters along an axis: how wide they are, and where they end.
fn strips(part: &[PrintArea], axis: usize) -> Vec<(u32, u32)> {
    let mut spans: Vec<(u32, u32)> =
        part.iter().map(|piece| (piece[axis], piece[axis + 2])).collect();
    spans.sort_unstable();
    let mut strips = Vec::new();
    let mut end = spans.first().map_or(0, |span| span.1);
    for (from, to) in spans {
        if from > end {
            strips.push((from - end, from));
        }
        end = end.max(to);
    }
    strips
}

/// The rectangle around letters; `None` for specks.
fn around(part: &[PrintArea], letter: f32) -> Option<PrintArea> {
    let first = *part.first()?;
    let area = part.iter().fold(first, |all, piece| {
        [all[0].min(piece[0]), all[1].min(piece[1]), all[2].max(piece[2]), all[3].max(piece[3])]
    });
    let longer = (area[2] - area[0]).max(area[3] - area[1]);
    (longer as f32 >= letter * 0.4).then_some(area)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page with black rectangles.
    fn page(width: u32, height: u32, black: &[PrintArea]) -> Raster {
        let mut dots = vec![255; (width * height) as usize];
        for [left, top, right, bottom] in black {
            for y in *top..*bottom {
                for x in *left..*right {
                    dots[(y * width + x) as usize] = 0;
                }
            }
        }
        Raster::new(width, height, dots, None).expect("a page")
    }

    /// Letters of 16 dots in lines.
    fn text(left: u32, top: u32, columns: u32, rows: u32) -> Vec<PrintArea> {
        let row = |row: u32| (0..columns).map(move |column| (left + column * 18, top + row * 24));
        (0..rows).flat_map(row).map(|(x, y)| [x, y, x + 16, y + 16]).collect()
    }

    #[test]
    fn columns_and_headlines_are_areas_and_frames_are_none() {
        let mut black = text(20, 20, 20, 1);
        black.extend(text(20, 80, 9, 8));
        black.extend(text(206, 80, 9, 8));
        // A frame around the second column, and a rule below the headline.
        black.extend([
            [196, 70, 374, 72],
            [196, 280, 374, 282],
            [196, 70, 198, 282],
            [372, 70, 374, 282],
        ]);
        black.push([20, 50, 380, 52]);
        let found = areas(&page(400, 300, &black));
        let [head, left, right] = &found[..] else { panic!("{found:?}") };
        assert!(head[1] < 20 && head[3] < 50, "{head:?}");
        assert!(left[2] < 196 && left[3] > 260, "{left:?}");
        assert!(right[0] > 180 && right[2] > 360, "{right:?}");
    }

    #[test]
    fn a_page_of_one_block_or_of_none_does_not_fall_apart() {
        assert_eq!(areas(&page(400, 300, &text(20, 20, 18, 9))), Vec::<PrintArea>::new());
        assert_eq!(areas(&page(400, 300, &[])), Vec::<PrintArea>::new());
        assert_eq!(areas(&page(1, 1, &[[0, 0, 1, 1]])), Vec::<PrintArea>::new());
    }
}
