//! Lines, columns and blocks in reading order, from characters and their places on a page.
//!
//! Nothing here knows a file format or a paper. `fragments` links glyphs side by side to pieces of
//! lines, `tables` takes those in ruled cells out, `blocks` links pieces one below the other to blocks, `order` puts the blocks in reading
//! order, `layers` adds what was recognised to what is set, `pictures` marks what stands below a picture and `separators` what stands below a rule, `running` finds what stands at the edges of many pages, `doubtful` tells which words are doubtful, and `text` writes lines with their
//! places. Formats whose lines are known already (ALTO, PAGE, hOCR) begin at [`PrintedPage`].
//!
//! Lengths are in thousandths of the longer side of the page; text that does not run to the right is
//! turned so that it does, and treated alike (`geometry`).

mod blocks;
mod doubtful;
mod fragments;
mod geometry;
mod layers;
mod order;
mod pictures;
mod running;
mod separators;
mod tables;
mod text;

pub(super) use doubtful::DoubtfulWord;
pub(super) use geometry::{Direction, Frame, Rule, Sheet};
pub(super) use text::PageWriter;

use crate::model::PrintedAbove;

/// A character, or what one glyph stands for, at its place.
#[derive(Debug, Clone)]
pub(super) struct PlacedGlyph {
    pub(super) text: String,
    /// The box of its em and its advance.
    pub(super) frame: Frame,
    /// Size of its type.
    pub(super) size: f32,
    pub(super) direction: Direction,
    /// Number of the string that it was set with: glyphs of one string belong to one line.
    pub(super) run: u32,
    /// Whether it is set and not shown.
    pub(super) is_hidden: bool,
}

/// A line of a page.
#[derive(Debug, Clone)]
pub(super) struct PlacedLine {
    pub(super) text: String,
    pub(super) frame: Frame,
    /// Size of its type; 0 if unknown.
    pub(super) size: f32,
    pub(super) direction: Direction,
    /// In percent.
    pub(super) confidence: Option<u8>,
    pub(super) is_running: bool,
    /// What is printed right above it other than text.
    pub(super) above: Option<PrintedAbove>,
}

/// Lines that stand together, in reading order.
#[derive(Debug, Clone, Default)]
pub(super) struct PlacedBlock {
    pub(super) lines: Vec<PlacedLine>,
}

impl PlacedBlock {
    /// The smallest rectangle around its lines.
    fn frame(&self) -> Frame {
        Frame::around(self.lines.iter().map(|line| line.frame))
    }
}

/// A page with its blocks in reading order.
#[derive(Debug, Clone)]
pub(super) struct PrintedPage {
    /// Counted from 1.
    pub(super) number: u32,
    pub(super) sheet: Sheet,
    pub(super) blocks: Vec<PlacedBlock>,
    /// Lines that are set over it and belong to no text, such as watermarks.
    pub(super) marks: Vec<PlacedLine>,
    /// Words of its lines that were recognised with low confidence.
    pub(super) doubtful: Vec<DoubtfulWord>,
}

impl PrintedPage {
    /// A page without marks, of which nothing was recognised.
    pub(super) fn new(number: u32, sheet: Sheet, blocks: Vec<PlacedBlock>) -> Self {
        Self { number, sheet, blocks, marks: Vec::new(), doubtful: Vec::new() }
    }
}

/// The lines of a page in reading order, from its glyphs and rules.
pub(super) fn printed_page(
    number: u32,
    sheet: Sheet,
    glyphs: Vec<PlacedGlyph>,
    rules: &[Rule],
) -> PrintedPage {
    let mut fragments = fragments::fragments(glyphs, rules, &sheet);
    let tables = tables::taken(&mut fragments, rules);
    let mut blocks = blocks::blocks(&fragments, &sheet);
    separators::mark_below(&mut blocks, &tables, rules, &sheet);
    blocks.extend(tables);
    PrintedPage::new(number, sheet, order::ordered(blocks, &sheet))
}

/// The page with its lines in reading order, whatever order they come in.
pub(super) fn arranged(page: &PrintedPage) -> PrintedPage {
    let lines = || page.blocks.iter().flat_map(|block| &block.lines);
    let usual = usual_size(lines());
    let fragments: Vec<_> =
        lines().map(|line| fragments::LineFragment::of(line, &page.sheet, usual)).collect();
    let blocks = blocks::blocks(&fragments, &page.sheet);
    PrintedPage { blocks: order::ordered(blocks, &page.sheet), ..page.clone() }
}

/// The middle one of the sizes of lines.
fn usual_size<'l>(lines: impl Iterator<Item = &'l PlacedLine>) -> f32 {
    let mut sizes: Vec<f32> = lines.map(|line| line.size).collect();
    sizes.sort_by(f32::total_cmp);
    sizes.get(sizes.len() / 2).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests;
