//! What is dark on a page: the pieces that hang together, and which of them are letters.

use std::collections::HashMap;

use super::raster::Raster;

/// A rectangle in dots of the page: left, top, right, bottom.
pub(super) type PrintArea = [u32; 4];

/// Dots on the longer side of what is looked at.
const MAX_SIDE: u32 = 1_600;

/// A piece that is longer than letters are high, by this, and thinner, by that, is a rule.
const MIN_RULE: f32 = 4.0;
const MAX_RULE: f32 = 0.35;

/// A piece that is longer than letters are high, by this, and wider, by that, is a frame or a picture; on a
/// blurred page letters of a line hang together.
const MAX_LETTER: f32 = 9.0;
const MAX_LINE: f32 = 6.0;

/// What can be letters, in dots of an [`InkMap`].
pub(super) struct Letters {
    /// How high they usually are.
    pub(super) height: f32,
    /// Rectangles around them, without rules, frames and large pictures.
    pub(super) pieces: Vec<PrintArea>,
}

/// The lettering of a page: pieces of ink that stand in rows or columns with others of their size.
#[derive(Debug, Clone, PartialEq)]
pub struct Lettering {
    /// How high a letter usually is, in dots.
    pub height: f32,
    /// Rectangles in dots: left, top, right, bottom.
    pub pieces: Vec<[u32; 4]>,
}

/// A piece of this size, in heights of letters, can be a character or a part of one.
const SIZES: std::ops::RangeInclusive<f32> = 0.4..=2.5;

/// Neighbours in a row or column are no further away and no more beside it than this, in heights of letters;
/// and a piece of lettering has so many.
const MAX_AWAY: f32 = 3.0;
const MAX_BESIDE: f32 = 0.5;
const MIN_NEIGHBOURS: usize = 2;

/// Letters are darker than paper by this, of 255; less is the grain of the paper.
const MIN_CONTRAST: f64 = 30.0;

/// The lettering of a page. Spots of a photo and specks of paper have no neighbours in a row.
#[must_use]
pub fn lettering(raster: &Raster) -> Lettering {
    let map = InkMap::of(raster);
    let letters = map.letters().filter(|_| map.contrast >= MIN_CONTRAST);
    let Some(Letters { height, mut pieces }) = letters else {
        return Lettering { height: 0.0, pieces: Vec::new() };
    };
    pieces.retain(|[left, top, right, bottom]| {
        SIZES.contains(&((right - left).max(bottom - top) as f32 / height))
    });
    let is_letter = in_rows(&pieces, height);
    let mut is_letter = is_letter.into_iter();
    pieces.retain(|_| is_letter.next().unwrap_or_default());
    let on_page = |piece: PrintArea| piece.map(|at| at * map.scale);
    let pieces = pieces.into_iter().map(on_page).collect();
    Lettering { height: height * map.scale as f32, pieces }
}

/// Whether each of these stands in a row or a column with others.
fn in_rows(pieces: &[PrintArea], height: f32) -> Vec<bool> {
    let center = |[left, top, right, bottom]: PrintArea| {
        ((left + right) as f32 / 2.0, (top + bottom) as f32 / 2.0)
    };
    let reach = height * MAX_AWAY;
    let cell = |(x, y): (f32, f32)| ((x / reach) as i32, (y / reach) as i32);
    let mut cells: HashMap<(i32, i32), Vec<(f32, f32)>> = HashMap::new();
    for piece in pieces {
        let at = center(*piece);
        cells.entry(cell(at)).or_default().push(at);
    }
    let has_neighbours = |piece: &PrintArea| {
        let (x, y) = center(*piece);
        let (column, row) = cell((x, y));
        let near = (column - 1..=column + 1)
            .flat_map(|column| (row - 1..=row + 1).map(move |row| (column, row)))
            .filter_map(|cell| cells.get(&cell))
            .flatten();
        let (mut beside, mut below) = (0, 0);
        for (other_x, other_y) in near {
            let (away_x, away_y) = ((other_x - x).abs(), (other_y - y).abs());
            beside += usize::from(away_x <= reach && away_y <= height * MAX_BESIDE);
            below += usize::from(away_y <= reach && away_x <= height * MAX_BESIDE);
        }
        // It counts itself.
        beside.max(below) > MIN_NEIGHBOURS
    };
    pieces.iter().map(has_neighbours).collect()
}

/// Which parts of a page are dark, seen from further away.
pub(super) struct InkMap {
    width: usize,
    height: usize,
    /// Dots of the page for one of these.
    scale: u32,
    ink: Vec<bool>,
    /// How much brighter the rest is than what is dark.
    contrast: f64,
}

impl InkMap {
    pub(super) fn of(raster: &Raster) -> Self {
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
        let (threshold, contrast) = threshold(&means);
        let ink = means.iter().map(|mean| *mean < threshold).collect();
        Self { width, height, scale, ink, contrast }
    }

    /// The letters of the page; `None` for an empty one.
    pub(super) fn letters(&self) -> Option<Letters> {
        let mut pieces = self.pieces();
        let mut heights: Vec<u32> =
            pieces.iter().map(|piece| piece[3] - piece[1]).filter(|height| *height >= 4).collect();
        heights.sort_unstable();
        // Signs and parts of characters are lower than characters are.
        let height = *heights.get(heights.len() * 3 / 4)? as f32;
        pieces.retain(|piece| {
            let (width, height_of) = (piece[2] - piece[0], piece[3] - piece[1]);
            let (shorter, longer) = (width.min(height_of) as f32, width.max(height_of) as f32);
            let is_rule = shorter < height * MAX_RULE && longer > height * MIN_RULE;
            !is_rule && (shorter <= height * MAX_LINE || longer <= height * MAX_LETTER)
        });
        Some(Letters { height, pieces })
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
    pub(super) fn on_page(&self, area: PrintArea, letter: f32, raster: &Raster) -> PrintArea {
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

/// The grey that divides dark and bright best (Otsu's method), and how far apart both are.
fn threshold(means: &[u8]) -> (u8, f64) {
    let mut counts = [0u64; 256];
    for mean in means {
        counts[usize::from(*mean)] += 1;
    }
    let all = means.len() as f64;
    let sum: f64 =
        counts.iter().zip(0u32..).map(|(count, grey)| *count as f64 * f64::from(grey)).sum();
    let (mut below, mut sum_below) = (0.0, 0.0);
    let mut best = (0.0, 128, 0.0);
    for grey in 0..255u8 {
        let count = counts[usize::from(grey)] as f64;
        below += count;
        sum_below += count * f64::from(grey);
        let above = all - below;
        if below > 0.0 && above > 0.0 {
            let apart = sum_below / below - (sum - sum_below) / above;
            let between = below * above * apart * apart;
            if between > best.0 {
                best = (between, grey + 1, -apart);
            }
        }
    }
    // On a page without much print every shadow would be dark.
    (best.1.clamp(64, 208), best.2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lettering_stands_in_rows_and_spots_and_rules_do_not() {
        let (width, height) = (600, 400);
        let mut dots = vec![255; (width * height) as usize];
        let mut black = |left: u32, top: u32, right: u32, bottom: u32| {
            for y in top..bottom {
                dots[(y * width + left) as usize..(y * width + right) as usize].fill(20);
            }
        };
        for column in 0..12 {
            black(30 + 18 * column, 40, 46 + 18 * column, 56);
        }
        // Characters that run down.
        for row in 0..5 {
            black(500, 40 + 20 * row, 516, 56 + 20 * row);
        }
        black(30, 70, 400, 73);
        black(30, 200, 330, 380);
        for spot in 0..5_u32 {
            black(350 + 31 * spot, 200 + 37 * spot, 360 + 31 * spot, 212 + 37 * spot);
        }
        let raster = Raster::new(width, height, dots, None).expect("a page");
        let found = lettering(&raster);
        assert!((found.height - 16.0).abs() < 1.0, "{}", found.height);
        assert_eq!(found.pieces.len(), 17, "{:?}", found.pieces);
        let white = Raster::new(2, 2, vec![255; 4], None).expect("a page");
        assert_eq!(lettering(&white).pieces.len(), 0);
    }
}
