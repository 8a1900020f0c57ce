//! Which lines stand right below a rule or the upper edge of a frame.
//!
//! Rules of tables are left out, and those that underline: they stand closer to what is above them.

use super::geometry::{Direction, Frame, Rule, Sheet};
use super::{PlacedBlock, PlacedLine, PrintedPage};
use crate::model::PrintedAbove;

/// The gap between a rule and the line below it, in sizes of its type.
const MAX_GAP: f32 = 2.5;

/// The part of the line that the rule runs over.
const MIN_SHARED: f32 = 0.6;

/// Shorter rules are ornaments or parts of characters; in sizes of type.
const MIN_LENGTH: f32 = 4.0;

/// A page of more rules is a drawing.
const MAX_RULES: usize = 2_000;

impl PrintedPage {
    /// Marks the lines that stand right below one of these rules.
    pub(in crate::intake) fn mark_below_rules(&mut self, rules: &[Rule]) {
        mark_below(&mut self.blocks, &[], rules, &self.sheet);
    }
}

/// Marks the lines of blocks that stand right below one of these rules. These tables are ruled.
pub(super) fn mark_below(
    blocks: &mut [PlacedBlock],
    tables: &[PlacedBlock],
    rules: &[Rule],
    sheet: &Sheet,
) {
    if rules.len() > MAX_RULES {
        return;
    }
    let tables: Vec<Frame> = tables.iter().map(PlacedBlock::frame).collect();
    for direction in [Direction::Right, Direction::Down, Direction::Up] {
        let across = |frame: Frame| Rule::of(frame.turned(direction, sheet));
        let rules: Vec<Frame> = rules
            .iter()
            .filter(|rule| !tables.iter().any(|table| is_of_table(&rule.frame, table)))
            .filter_map(|rule| across(rule.frame))
            .filter(Rule::is_level)
            .map(|rule| rule.frame)
            .collect();
        if rules.is_empty() {
            continue;
        }
        let lines = || blocks.iter().flat_map(|block| &block.lines);
        let frames: Vec<Frame> = lines().map(|line| line.frame.turned(direction, sheet)).collect();
        let is_marked: Vec<bool> = lines()
            .zip(&frames)
            .map(|(line, frame)| {
                line.direction == direction
                    && rules.iter().any(|rule| is_below(line, frame, rule, &frames))
            })
            .collect();
        let lines = blocks.iter_mut().flat_map(|block| &mut block.lines);
        for (line, is_marked) in lines.zip(is_marked) {
            if is_marked {
                line.above = Some(PrintedAbove::Rule);
            }
        }
    }
}

/// Whether a rule is one of a table: cells are set in from their rules.
fn is_of_table(rule: &Frame, table: &Frame) -> bool {
    let padding = 12.0;
    rule.beside(table) > -padding && rule.level(table) > -padding
}

/// Whether a line is the first thing below a rule, with these lines on the page.
fn is_below(line: &PlacedLine, frame: &Frame, rule: &Frame, others: &[Frame]) -> bool {
    let gap = frame.top - rule.bottom;
    if line.size <= 0.0
        || !(-0.3..=MAX_GAP).contains(&(gap / line.size))
        || rule.width() < line.size * MIN_LENGTH
        || frame.beside(rule) < frame.width() * MIN_SHARED
    {
        return false;
    }
    let above = others.iter().filter(|other| {
        other.beside(rule) > 0.0 && other.beside(frame) > 0.0 && other.center().1 < frame.center().1
    });
    above.map(|other| other.bottom).fold(f32::MIN, f32::max) <= rule.top - gap.max(0.0) * 0.5
}
