//! Which lines stand right below a picture.

use super::geometry::{Direction, Frame};
use super::{PlacedLine, PrintedPage};
use crate::model::PrintedAbove;

/// The gap between a picture and the line below it, in sizes of its type.
const MAX_GAP: f32 = 2.0;

/// Smaller pictures are ornaments; in sizes of type.
const MIN_SIDE: f32 = 5.0;

/// Pictures of a page that are looked at.
const MAX_PICTURES: usize = 500;

impl PrintedPage {
    /// Marks the lines that stand right below one of these pictures.
    pub(in crate::intake) fn mark_below(&mut self, pictures: &[Frame]) {
        let pictures = &pictures[..pictures.len().min(MAX_PICTURES)];
        for line in self.blocks.iter_mut().flat_map(|block| &mut block.lines) {
            if pictures.iter().any(|picture| is_below(line, picture)) {
                line.above = Some(PrintedAbove::Picture);
            }
        }
    }
}

fn is_below(line: &PlacedLine, picture: &Frame) -> bool {
    let gap = line.frame.top - picture.bottom;
    line.direction == Direction::Right
        && line.size > 0.0
        && (-0.5..=MAX_GAP).contains(&(gap / line.size))
        && picture.width().min(picture.height()) >= line.size * MIN_SIDE
        && line.frame.beside(picture) >= line.frame.width() * 0.6
}
