//! Tables whose cells are ruled: their rows are lines like those of tables elsewhere, `| a | b |`.
//!
//! Rules that cross each other belong together. Three or more across and three or more down, with
//! little text in each cell, are a table; fewer are a frame around a text, or between columns.

use std::collections::BTreeMap;

use super::fragments::{LineFragment, blank_of};
use super::geometry::{Direction, Frame, Rule};
use super::{PlacedBlock, PlacedLine};

/// Rules are one if they lie this close, and cross if they end this close to each other.
const NEAR: f32 = 2.5;

/// Rules across and down that a table has at least.
const MIN_RULES: usize = 3;

/// Characters in a cell of a table at most.
const MAX_CELL: usize = 200;

/// Rules of a page that are looked at.
const MAX_RULES: usize = 4_000;

/// A rule with what it is made of: `at` is its level, or its place for one that runs down.
#[derive(Debug, Clone, Copy)]
struct Stroke {
    at: f32,
    from: f32,
    to: f32,
}

impl Stroke {
    fn covers(&self, place: f32) -> bool {
        self.from - NEAR <= place && place <= self.to + NEAR
    }

    fn crosses(&self, other: &Self) -> bool {
        self.covers(other.at) && other.covers(self.at)
    }
}

/// Takes the tables of a page out of its pieces of lines.
pub(super) fn taken(fragments: &mut Vec<LineFragment>, rules: &[Rule]) -> Vec<PlacedBlock> {
    if rules.len() > MAX_RULES {
        return Vec::new();
    }
    let across = joined(rules.iter().filter(|rule| rule.is_level()).map(|rule| {
        let (_, at) = rule.frame.center();
        Stroke { at, from: rule.frame.left, to: rule.frame.right }
    }));
    let down = joined(rules.iter().filter(|rule| !rule.is_level()).map(|rule| {
        let (at, _) = rule.frame.center();
        Stroke { at, from: rule.frame.top, to: rule.frame.bottom }
    }));
    grids(&across, &down).iter().filter_map(|grid| table(grid, fragments)).collect()
}

/// Strokes on one level that touch each other, as one.
fn joined(strokes: impl Iterator<Item = Stroke>) -> Vec<Stroke> {
    let mut sorted: Vec<Stroke> = strokes.collect();
    sorted.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.from.total_cmp(&b.from)));
    let mut found: Vec<Stroke> = Vec::new();
    for stroke in sorted {
        let near = found.iter_mut().rev().take_while(|known| stroke.at - known.at <= NEAR);
        let mut near =
            near.filter(|known| known.from <= stroke.to + NEAR && stroke.from <= known.to + NEAR);
        match near.next() {
            Some(known) => {
                known.from = known.from.min(stroke.from);
                known.to = known.to.max(stroke.to);
            }
            None => found.push(stroke),
        }
    }
    found
}

/// Strokes that cross each other, directly or by others.
#[derive(Default)]
struct Grid {
    across: Vec<Stroke>,
    down: Vec<Stroke>,
}

fn grids(across: &[Stroke], down: &[Stroke]) -> Vec<Grid> {
    let mut group: Vec<usize> = (0..across.len() + down.len()).collect();
    for (index, level) in across.iter().enumerate() {
        for (other, fall) in down.iter().enumerate() {
            if level.crosses(fall) {
                let (a, b) = (root(&mut group, index), root(&mut group, across.len() + other));
                group[a.max(b)] = a.min(b);
            }
        }
    }
    let mut found: BTreeMap<usize, Grid> = BTreeMap::new();
    for (index, stroke) in across.iter().enumerate() {
        found.entry(root(&mut group, index)).or_default().across.push(*stroke);
    }
    for (index, stroke) in down.iter().enumerate() {
        found.entry(root(&mut group, across.len() + index)).or_default().down.push(*stroke);
    }
    let is_table = |grid: &Grid| grid.across.len() >= MIN_RULES && grid.down.len() >= MIN_RULES;
    found.into_values().filter(is_table).collect()
}

/// The first of a group, whose members each name one before them.
fn root(group: &mut [usize], mut at: usize) -> usize {
    while group[at] != at {
        group[at] = group[group[at]];
        at = group[at];
    }
    at
}

/// The last of strokes before a place, among those that reach over another place.
fn last_before(strokes: &[Stroke], place: f32, over: f32) -> Option<usize> {
    let before = |stroke: &Stroke| stroke.at <= place && stroke.covers(over);
    strokes.iter().rposition(before)
}

/// A grid with the pieces in it, which are taken; `None` if it is no table.
fn table(grid: &Grid, fragments: &mut Vec<LineFragment>) -> Option<PlacedBlock> {
    // By row and column; strokes are sorted.
    let mut cells: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    for (index, piece) in fragments.iter().enumerate() {
        let (x, y) = piece.frame.center();
        let (Some(row), Some(column)) =
            (last_before(&grid.across, y, x), last_before(&grid.down, x, y))
        else {
            continue;
        };
        let is_inside = grid.across.iter().any(|stroke| stroke.at > y && stroke.covers(x))
            && grid.down.iter().any(|stroke| stroke.at > x && stroke.covers(y));
        if is_inside && piece.direction == Direction::Right {
            cells.entry((row, column)).or_default().push(index);
        }
    }
    let letters = |cell: &Vec<usize>| {
        cell.iter().map(|&index| fragments[index].text.chars().count()).sum::<usize>()
    };
    if cells.is_empty() || cells.values().any(|cell| letters(cell) > MAX_CELL) {
        return None;
    }
    let columns: Vec<usize> = {
        let mut columns: Vec<usize> = cells.keys().map(|(_, column)| *column).collect();
        columns.sort_unstable();
        columns.dedup();
        columns
    };
    let mut rows: BTreeMap<usize, Vec<(usize, Vec<usize>)>> = BTreeMap::new();
    for ((row, column), cell) in cells {
        rows.entry(row).or_default().push((column, cell));
    }
    let mut taken: Vec<usize> = Vec::new();
    let mut lines = Vec::new();
    for row in rows.into_values() {
        let mut texts: Vec<String> = vec![String::new(); columns.len()];
        let pieces: Vec<usize> = row.iter().flat_map(|(_, cell)| cell.iter().copied()).collect();
        for (column, cell) in row {
            let at = columns.binary_search(&column).unwrap_or_default();
            texts[at] = cell_text(cell.iter().map(|&index| &fragments[index]).collect());
        }
        let frame = Frame::around(pieces.iter().map(|&index| fragments[index].frame));
        let sizes = pieces.iter().map(|&index| fragments[index].size);
        lines.push(PlacedLine {
            text: format!("| {} |", texts.join(" | ")),
            frame,
            size: sizes.fold(0.0, f32::max),
            direction: Direction::Right,
            confidence: None,
            is_running: false,
            is_below_picture: false,
            is_below_rule: false,
        });
        taken.extend(pieces);
    }
    let mut index = 0;
    taken.sort_unstable();
    fragments.retain(|_| {
        index += 1;
        taken.binary_search(&(index - 1)).is_err()
    });
    Some(PlacedBlock { lines })
}

/// The text of a cell, its lines as one.
fn cell_text(mut pieces: Vec<&LineFragment>) -> String {
    let level = |piece: &LineFragment| (piece.frame.bottom / piece.size.max(1.0)).round();
    pieces
        .sort_by(|a, b| level(a).total_cmp(&level(b)).then(a.frame.left.total_cmp(&b.frame.left)));
    let mut text = String::new();
    for piece in pieces {
        // Between Latin words of two lines there is a blank, between others none.
        text.extend(blank_of(&text, &piece.text, 0.2).filter(|_| !text.is_empty()));
        text.push_str(piece.text.trim());
    }
    text
}
