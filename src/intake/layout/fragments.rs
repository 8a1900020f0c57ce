//! Glyphs → pieces of lines: glyphs that stand side by side with no more than a blank between them.

use std::collections::HashMap;

use unicode_width::UnicodeWidthChar;

use super::geometry::{Direction, Frame, Rule, Sheet};
use super::{PlacedGlyph, PlacedLine};
use crate::model::PrintedAbove;

/// A piece of a line, on the page turned so that its text runs to the right.
#[derive(Debug, Clone)]
pub(super) struct LineFragment {
    pub(super) text: String,
    pub(super) frame: Frame,
    pub(super) size: f32,
    pub(super) direction: Direction,
    /// In percent, if it was recognised.
    pub(super) confidence: Option<u8>,
    pub(super) above: Option<PrintedAbove>,
}

/// The size of a recognised line is that of its box, which varies by this part with what is in it.
const MAX_VARIATION: f32 = 0.3;

impl LineFragment {
    /// A line that was recognised; most lines of the page have the size `usual`.
    pub(super) fn of(line: &PlacedLine, sheet: &Sheet, usual: f32) -> Self {
        let is_usual = (line.size - usual).abs() <= usual * MAX_VARIATION;
        Self {
            text: line.text.clone(),
            frame: line.frame.turned(line.direction, sheet),
            size: if is_usual { usual } else { line.size },
            direction: line.direction,
            confidence: line.confidence,
            above: line.above,
        }
    }
}

/// Sizes of type that can be seen on a page.
const SIZES: std::ops::Range<f32> = 0.01..1000.0;

/// Glyphs of one string belong to one line up to this gap, others up to that; in sizes of type.
const MAX_GAP_IN_RUN: f32 = 3.0;
const MAX_GAP: f32 = 0.8;

/// Characters of one line stand on one level, up to this part of their size.
const MAX_SHIFT: f32 = 0.3;

/// The pieces of lines of a page.
pub(super) fn fragments(
    mut glyphs: Vec<PlacedGlyph>,
    rules: &[Rule],
    sheet: &Sheet,
) -> Vec<LineFragment> {
    let mut between: Vec<Frame> =
        rules.iter().filter(|rule| !rule.is_level()).map(|rule| rule.frame).collect();
    between.sort_by(|a, b| a.left.total_cmp(&b.left));
    glyphs.retain(|glyph| SIZES.contains(&glyph.size) && !glyph.text.is_empty());
    let mut found = Vec::new();
    for direction in [Direction::Right, Direction::Down, Direction::Up] {
        let turned = glyphs.iter().filter(|glyph| glyph.direction == direction).map(|glyph| {
            PlacedGlyph { frame: glyph.frame.turned(direction, sheet), ..glyph.clone() }
        });
        // On a page that is turned the rules across are between.
        let between = if direction == Direction::Right { &between[..] } else { &[] };
        found.extend(linked(&without_doubles(turned.collect()), between));
    }
    found
}

/// Without glyphs that were set twice at nearly the same place, for bold type or a shadow. Glyphs of one
/// string are never that: narrow letters stand close.
fn without_doubles(glyphs: Vec<PlacedGlyph>) -> Vec<PlacedGlyph> {
    let mut strikes = Strikes::default();
    let is_first: Vec<bool> = (0..glyphs.len()).map(|index| strikes.take(&glyphs, index)).collect();
    glyphs
        .into_iter()
        .zip(is_first)
        .filter_map(|(glyph, is_first)| is_first.then_some(glyph))
        .collect()
}

/// How far apart the two settings of a glyph stand, in sizes of type, and how much their sizes differ.
const MAX_STRIKE_SHIFT: f32 = 0.1;
const MAX_STRIKE_SIZES: f32 = 1.1;

/// Where glyphs were set, by their text, the power of two above their size, and the cell of a grid whose
/// step is [`MAX_STRIKE_SHIFT`] of that.
#[derive(Default)]
struct Strikes<'g> {
    cells: HashMap<(&'g str, i32, [i32; 2]), Vec<usize>>,
}

impl<'g> Strikes<'g> {
    /// Notes a glyph; whether it is no double of one before.
    fn take(&mut self, glyphs: &'g [PlacedGlyph], index: usize) -> bool {
        let glyph = &glyphs[index];
        if glyph.text.trim().is_empty() {
            return true;
        }
        let is_double = |other: &usize| {
            let other = &glyphs[*other];
            let ((x, y), (other_x, other_y)) = (glyph.frame.center(), other.frame.center());
            let (small, large) = (glyph.size.min(other.size), glyph.size.max(other.size));
            glyph.run != other.run
                && large <= small * MAX_STRIKE_SIZES
                && (x - other_x).abs().max((y - other_y).abs()) <= small * MAX_STRIKE_SHIFT
        };
        let mut powers = [glyph.size / MAX_STRIKE_SIZES, glyph.size * MAX_STRIKE_SIZES].map(power);
        powers.sort_unstable();
        let near = (powers[0]..=powers[1]).flat_map(|power| {
            let [x, y] = cell(glyph, power);
            let around = (-1..=1).flat_map(|dx| (-1..=1).map(move |dy| (dx, dy)));
            around.map(move |(dx, dy)| (power, [x.saturating_add(dx), y.saturating_add(dy)]))
        });
        let mut near =
            near.filter_map(|(power, cell)| self.cells.get(&(glyph.text.as_str(), power, cell)));
        if near.any(|others| others.iter().rev().take(MAX_NEAR).any(is_double)) {
            return false;
        }
        let power = power(glyph.size);
        self.cells.entry((&glyph.text, power, cell(glyph, power))).or_default().push(index);
        true
    }
}

/// The power of two that a size is at most.
fn power(size: f32) -> i32 {
    size.log2().ceil() as i32
}

/// The cell of the grid for sizes of this power.
fn cell(glyph: &PlacedGlyph, power: i32) -> [i32; 2] {
    let (x, y) = glyph.frame.center();
    [x, y].map(|at| (at / (MAX_STRIKE_SHIFT * (power as f32).exp2())).floor() as i32)
}

/// Links each glyph with the one that follows it, unless one of these rules stands between, and reads
/// the chains.
fn linked(glyphs: &[PlacedGlyph], between: &[Frame]) -> Vec<LineFragment> {
    let levels = Levels::of(glyphs);
    let stacked = levels.stacked(glyphs);
    let mut before: Vec<Option<(usize, f32)>> = vec![None; glyphs.len()];
    for (index, glyph) in glyphs.iter().enumerate() {
        let Some((next, gap)) = levels.next(glyphs, index) else { continue };
        let is_one_run = glyph.run == glyphs[next].run;
        // Type that stands closer below each other than side by side is a vertical line.
        if !is_one_run && stacked[index].min(stacked[next]) < pitch(glyph, &glyphs[next]) * 0.92 {
            continue;
        }
        if is_divided(glyph, &glyphs[next], between) {
            continue;
        }
        if before[next].is_none_or(|(_, known)| gap < known) {
            before[next] = Some((index, gap));
        }
    }
    let mut after = vec![None; glyphs.len()];
    for (index, link) in before.iter().enumerate() {
        if let Some((previous, _)) = link {
            after[*previous] = Some(index);
        }
    }
    let starts = (0..glyphs.len()).filter(|&index| before[index].is_none());
    let chain = |start: usize| std::iter::successors(Some(start), |&index| after[index]);
    starts.filter_map(|start| fragment(chain(start).map(|index| &glyphs[index]))).collect()
}

/// Whether a rule that runs down stands between two glyphs; rules are sorted from the left.
fn is_divided(a: &PlacedGlyph, b: &PlacedGlyph, rules: &[Frame]) -> bool {
    let ((left, level), (right, _)) = (a.frame.center(), b.frame.center());
    let from = rules.partition_point(|rule| rule.left < left);
    let near = rules[from..].iter().take_while(|rule| rule.left < right);
    near.take(MAX_NEAR).any(|rule| rule.top <= level && level <= rule.bottom)
}

/// The distance between the centers of two glyphs side by side.
fn pitch(a: &PlacedGlyph, b: &PlacedGlyph) -> f32 {
    (b.frame.center().0 - a.frame.center().0).abs()
}

/// Glyphs by their level on the page.
struct Levels {
    /// Left edges and indices, in order, by the band of the page that the foot of the glyph is in.
    bands: HashMap<i32, Vec<(f32, usize)>>,
}

/// Glyphs of a band that are looked at beside one: text that is set over itself has no order.
const MAX_NEAR: usize = 64;

/// Height of a band.
const BAND: f32 = 4.0;

impl Levels {
    fn of(glyphs: &[PlacedGlyph]) -> Self {
        let mut bands: HashMap<i32, Vec<(f32, usize)>> = HashMap::new();
        for (index, glyph) in glyphs.iter().enumerate() {
            let band = (glyph.frame.bottom / BAND).floor() as i32;
            bands.entry(band).or_default().push((glyph.frame.left, index));
        }
        for band in bands.values_mut() {
            band.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        }
        Self { bands }
    }

    /// Glyphs whose feet lie between two levels and whose left edges lie between two places.
    fn within(&self, levels: (f32, f32), places: (f32, f32)) -> impl Iterator<Item = usize> {
        let bands = (levels.0 / BAND).floor() as i32..=(levels.1 / BAND).floor() as i32;
        bands.filter_map(|band| self.bands.get(&band)).flat_map(move |band| {
            let from = band.partition_point(|(left, _)| *left < places.0);
            let to = band.partition_point(|(left, _)| *left <= places.1);
            band[from..to.max(from)].iter().take(MAX_NEAR).map(|(_, index)| *index)
        })
    }

    /// The glyph that follows one on its line, and the gap before it.
    fn next(&self, glyphs: &[PlacedGlyph], index: usize) -> Option<(usize, f32)> {
        let glyph = &glyphs[index];
        let shift = glyph.size * MAX_SHIFT;
        let levels = (glyph.frame.bottom - shift, glyph.frame.bottom + shift);
        let middle = glyph.frame.center().0;
        let reach = glyph.frame.right + glyph.size * MAX_GAP_IN_RUN;
        let followers = self.within(levels, (middle, reach)).filter_map(|other| {
            let next = &glyphs[other];
            let gap = next.frame.left - glyph.frame.right;
            let sizes = glyph.size.min(next.size);
            let is_level =
                (next.frame.bottom - glyph.frame.bottom).abs() <= sizes * MAX_SHIFT * 1.5;
            let is_one_run = glyph.run == next.run;
            let limit = sizes * if is_one_run { MAX_GAP_IN_RUN } else { MAX_GAP };
            let is_like = is_one_run || glyph.size.max(next.size) <= sizes * 2.0;
            (other != index && is_level && is_like && gap <= limit).then_some((other, gap))
        });
        followers.min_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)))
    }

    /// For each glyph the distance to one of like size right above or below it; a large number where
    /// there is none.
    fn stacked(&self, glyphs: &[PlacedGlyph]) -> Vec<f32> {
        let nearest = |(index, glyph): (usize, &PlacedGlyph)| {
            let (middle, _) = glyph.frame.center();
            let aside = glyph.size * 0.15;
            let levels = |sign: f32| {
                let ends = [0.5, 1.5].map(|far| glyph.frame.bottom + sign * far * glyph.size);
                (ends[0].min(ends[1]), ends[0].max(ends[1]))
            };
            let places = (glyph.frame.left - aside, glyph.frame.left + aside);
            let near = [1.0, -1.0].into_iter().flat_map(|sign| self.within(levels(sign), places));
            let distances = near.filter(|&other| other != index).filter_map(|other| {
                let other = &glyphs[other];
                let is_like = (other.size / glyph.size - 1.0).abs() < 0.1
                    && (other.frame.center().0 - middle).abs() < aside
                    && is_wide(&glyph.text)
                    && is_wide(&other.text);
                is_like.then(|| (other.frame.bottom - glyph.frame.bottom).abs())
            });
            distances.fold(f32::MAX, f32::min)
        };
        glyphs.iter().enumerate().map(nearest).collect()
    }
}

/// Whether a text begins with a character as wide as it is high.
pub(super) fn is_wide(text: &str) -> bool {
    text.chars().next().and_then(UnicodeWidthChar::width) == Some(2)
}

/// The text of glyphs that follow each other; `None` if they are blanks.
fn fragment<'a>(glyphs: impl Iterator<Item = &'a PlacedGlyph> + Clone) -> Option<LineFragment> {
    let mut text = String::new();
    let mut last: Option<&PlacedGlyph> = None;
    let mut blank = None;
    for glyph in glyphs.clone() {
        if glyph.text.trim().is_empty() {
            // Where a paragraph begins its blanks belong to it.
            if last.is_some() || glyph.text.contains('\u{3000}') {
                blank = Some(if glyph.text.contains('\u{3000}') { '\u{3000}' } else { ' ' });
            }
            if last.is_none()
                && let Some(blank) = blank.take()
            {
                text.push(blank);
            }
            continue;
        }
        if let Some(last) = last {
            let gap = (glyph.frame.left - last.frame.right) / glyph.size.min(last.size);
            text.extend(blank.take().or_else(|| blank_of(&last.text, &glyph.text, gap)));
        }
        text.push_str(&glyph.text);
        last = Some(glyph);
    }
    let first = glyphs.clone().next()?;
    last?;
    let filled = glyphs.filter(|glyph| !glyph.text.trim().is_empty());
    let mut sizes: Vec<f32> = filled.clone().map(|glyph| glyph.size).collect();
    sizes.sort_by(f32::total_cmp);
    Some(LineFragment {
        text,
        frame: Frame::around(filled.map(|glyph| glyph.frame)),
        size: sizes[sizes.len() / 2],
        direction: first.direction,
        confidence: None,
        above: None,
    })
}

/// The blank that a gap between two texts is, in sizes of type: wide characters are set without any,
/// and with a quarter between them and Latin letters.
pub(super) fn blank_of(before: &str, after: &str, gap: f32) -> Option<char> {
    let ends_wide = before.chars().last().and_then(UnicodeWidthChar::width) == Some(2);
    match (ends_wide, is_wide(after)) {
        (true, true) if gap >= 0.8 => Some('\u{3000}'),
        (true, true) => None,
        (false, false) if gap >= 0.15 => Some(' '),
        _ if gap >= 0.5 => Some(' '),
        _ => None,
    }
}
