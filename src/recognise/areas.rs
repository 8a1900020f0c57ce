//! Areas of a page whose text can be recognised on its own: columns, headlines, boxes.
//!
//! Recursive X-Y cuts over the white between what is printed. Rules and frames are left out of account,
//! and so are large pictures: what remains are letters, whose usual height says how wide a gutter is.

use super::raster::Raster;

/// A rectangle in dots of the page: left, top, right, bottom.
pub(super) type PrintArea = [u32; 4];

/// Dots on the longer side of what is looked at.
const MAX_SIDE: u32 = 1_600;

/// A white strip of this width, in heights of letters, divides columns; one of that height blocks.
const GUTTER: f32 = 0.95;
const GAP: f32 = 1.1;

/// A piece that is longer than letters are high, by this, and thinner, by that, is a rule.
const MIN_RULE: f32 = 4.0;
const MAX_RULE: f32 = 0.35;

/// A piece that is longer than letters are high, by this, and wider, by that, is a frame or a picture; on a
/// blurred page letters of a line hang together.
const MAX_LETTER: f32 = 9.0;
const MAX_LINE: f32 = 6.0;

/// A gutter counts below a headline if what it divides is so many letters high.
const MIN_COLUMN: f32 = 4.0;

/// Areas on a page at most; one that has more is recognised as a whole.
const MAX_AREAS: usize = 400;

/// The areas of a page; none if it does not fall apart.
pub(super) fn areas(raster: &Raster) -> Vec<PrintArea> {
    let map = InkMap::of(raster);
    let pieces = map.pieces();
    let mut heights: Vec<u32> =
        pieces.iter().map(|piece| piece[3] - piece[1]).filter(|height| *height >= 4).collect();
    heights.sort_unstable();
    // Signs and parts of characters are lower than characters are.
    let Some(&letter) = heights.get(heights.len() * 3 / 4) else { return Vec::new() };
    let letter = letter as f32;
    let is_letter = |piece: &&PrintArea| {
        let (width, height) = (piece[2] - piece[0], piece[3] - piece[1]);
        let (shorter, longer) = (width.min(height) as f32, width.max(height) as f32);
        let is_rule = shorter < letter * MAX_RULE && longer > letter * MIN_RULE;
        !is_rule && (shorter <= letter * MAX_LINE || longer <= letter * MAX_LETTER)
    };
    let letters: Vec<PrintArea> = pieces.iter().filter(is_letter).copied().collect();
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

/// Which parts of a page are dark, seen from further away.
struct InkMap {
    width: usize,
    height: usize,
    /// Dots of the page for one of these.
    scale: u32,
    ink: Vec<bool>,
}

impl InkMap {
    fn of(raster: &Raster) -> Self {
        let scale = raster.width().max(raster.height()).div_ceil(MAX_SIDE).max(1);
        let (width, height) = (raster.width().div_ceil(scale), raster.height().div_ceil(scale));
        let (width, height) = (width as usize, height as usize);
        let mut sums = vec![0u32; width * height];
        let mut counts = vec![0u32; width * height];
        let scale_by = scale as usize;
        for (y, row) in raster.dots().chunks(raster.width() as usize).enumerate() {
            for (x, dot) in row.iter().enumerate() {
                let at = y / scale_by * width + x / scale_by;
                sums[at] += u32::from(*dot);
                counts[at] += 1;
            }
        }
        let means: Vec<u8> =
            sums.iter().zip(counts).map(|(sum, count)| (sum / count.max(1)) as u8).collect();
        let threshold = threshold(&means);
        let ink = means.iter().map(|mean| *mean < threshold).collect();
        Self { width, height, scale, ink }
    }

    /// The rectangles around what hangs together.
    fn pieces(&self) -> Vec<PrintArea> {
        let mut pieces = Vec::new();
        let mut is_open = self.ink.clone();
        let mut waiting = Vec::new();
        for start in 0..is_open.len() {
            if !is_open[start] {
                continue;
            }
            is_open[start] = false;
            waiting.push(start);
            let mut piece = [u32::MAX, u32::MAX, 0, 0];
            while let Some(at) = waiting.pop() {
                let (x, y) = (at % self.width, at / self.width);
                let (left, top) = (x as u32, y as u32);
                piece = [
                    piece[0].min(left),
                    piece[1].min(top),
                    piece[2].max(left + 1),
                    piece[3].max(top + 1),
                ];
                for y in y.saturating_sub(1)..(y + 2).min(self.height) {
                    for x in x.saturating_sub(1)..(x + 2).min(self.width) {
                        let next = y * self.width + x;
                        if std::mem::take(&mut is_open[next]) {
                            waiting.push(next);
                        }
                    }
                }
            }
            pieces.push(piece);
        }
        pieces
    }

    /// An area with some white around it, in dots of the page.
    fn on_page(&self, area: PrintArea, letter: f32, raster: &Raster) -> PrintArea {
        let margin = (letter * 0.35) as u32;
        let scaled = |at: u32, end: u32| (at * self.scale).min(end);
        [
            scaled(area[0].saturating_sub(margin), raster.width()),
            scaled(area[1].saturating_sub(margin), raster.height()),
            scaled(area[2] + margin, raster.width()),
            scaled(area[3] + margin, raster.height()),
        ]
    }
}

/// The grey that divides dark and bright best (Otsu's method).
fn threshold(means: &[u8]) -> u8 {
    let mut counts = [0u64; 256];
    for mean in means {
        counts[usize::from(*mean)] += 1;
    }
    let all = means.len() as f64;
    let sum: f64 =
        counts.iter().zip(0u32..).map(|(count, grey)| *count as f64 * f64::from(grey)).sum();
    let (mut below, mut sum_below) = (0.0, 0.0);
    let mut best = (0.0, 128);
    for grey in 0..255u8 {
        let count = counts[usize::from(grey)] as f64;
        below += count;
        sum_below += count * f64::from(grey);
        let above = all - below;
        if below > 0.0 && above > 0.0 {
            let apart = sum_below / below - (sum - sum_below) / above;
            let between = below * above * apart * apart;
            if between > best.0 {
                best = (between, grey + 1);
            }
        }
    }
    // On a page without much print every shadow would be dark.
    best.1.clamp(64, 208)
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
