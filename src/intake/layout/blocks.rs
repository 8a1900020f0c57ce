//! Pieces of lines → blocks: lines of one size that stand one below the other with nothing beside.
//!
//! A block ends where lines are further apart, the size of type changes, or a line has two lines
//! below or above it. So columns fall apart where they begin beside each other, and a headline over
//! them is a block of its own.

use super::fragments::{LineFragment, blank_of, is_wide};
use super::geometry::{Direction, Frame, Sheet};
use super::{PlacedBlock, PlacedLine};

/// The gap between two lines of a block, in sizes of type.
const MAX_LEADING: f32 = 1.05;

/// How much larger one of two lines of a block may be.
const MAX_SIZES: f32 = 1.15;

/// How far aside two characters of a line that runs down may stand, in sizes of type.
const MAX_ASIDE: f32 = 0.15;

/// The gap within a line across which lines above and below run on, in sizes of type.
const MAX_HOLE: f32 = 6.0;

/// A page of more pieces is no text: they are put in order as they are.
const MAX_FRAGMENTS: usize = 20_000;

/// Pieces right above or below another that are looked at: a headline stands over some dozen columns.
const MAX_NEIGHBOURS: usize = 64;

/// How often blocks are linked to larger ones.
const PASSES: usize = 3;

/// Pieces that stand one below the other.
struct BlockPart {
    pieces: Vec<LineFragment>,
    frame: Frame,
}

impl From<LineFragment> for BlockPart {
    fn from(piece: LineFragment) -> Self {
        Self { frame: piece.frame, pieces: vec![piece] }
    }
}

/// What has a place and a size among others.
trait Placed {
    fn frame(&self) -> Frame;
    /// Size of its type at its lower edge, and at its upper one.
    fn sizes(&self) -> (f32, f32);
}

impl Placed for LineFragment {
    fn frame(&self) -> Frame {
        self.frame
    }

    fn sizes(&self) -> (f32, f32) {
        (self.size, self.size)
    }
}

impl Placed for BlockPart {
    fn frame(&self) -> Frame {
        self.frame
    }

    fn sizes(&self) -> (f32, f32) {
        let size = |piece: Option<&LineFragment>| piece.map_or(0.0, |piece| piece.size);
        (size(self.pieces.last()), size(self.pieces.first()))
    }
}

/// The blocks of a page, in no order.
pub(super) fn blocks(fragments: &[LineFragment], sheet: &Sheet) -> Vec<PlacedBlock> {
    let mut found = Vec::new();
    for direction in [Direction::Right, Direction::Down, Direction::Up] {
        let mut pieces: Vec<LineFragment> =
            fragments.iter().filter(|piece| piece.direction == direction).cloned().collect();
        pieces.sort_by(|a, b| {
            let key = |piece: &LineFragment| (piece.frame.top, piece.frame.left);
            key(a).partial_cmp(&key(b)).unwrap_or(std::cmp::Ordering::Equal)
        });
        if pieces.len() > MAX_FRAGMENTS {
            found.extend(pieces.into_iter().map(|piece| vec![piece]));
            continue;
        }
        let mut units: Vec<BlockPart> =
            joined_rows(pieces).into_iter().map(BlockPart::from).collect();
        // What a short line divides is linked by the blocks that it was part of.
        for _ in 0..PASSES {
            units = linked(units);
        }
        found.extend(units.into_iter().map(|unit| upright(unit.pieces, sheet)));
    }
    let place = |block: Vec<LineFragment>| PlacedBlock {
        lines: block.into_iter().map(|piece| line(piece, sheet)).collect(),
    };
    let mut placed: Vec<PlacedBlock> = found
        .into_iter()
        .map(indented)
        .map(place)
        .filter(|block| !block.lines.is_empty())
        .collect();
    stacks_side_by_side(&mut placed);
    placed
}

fn line(piece: LineFragment, sheet: &Sheet) -> PlacedLine {
    PlacedLine {
        text: piece.text,
        frame: piece.frame.turned_back(piece.direction, sheet),
        size: piece.size,
        direction: piece.direction,
        confidence: piece.confidence,
        is_running: false,
        above: piece.above,
    }
}

/// Whether two pieces can be lines of one block by their sizes.
fn are_alike(a: &LineFragment, b: &LineFragment) -> bool {
    a.size.max(b.size) <= a.size.min(b.size) * MAX_SIZES
}

/// For each piece those right below it, by their places in the list, which is sorted by upper edges.
fn below<P: Placed>(pieces: &[P]) -> Vec<Vec<usize>> {
    let mut found = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let (frame, (size, _)) = (piece.frame(), piece.sizes());
        let reach = frame.bottom + size * MAX_LEADING;
        let from = pieces.partition_point(|other| other.frame().top < frame.bottom - size * 0.35);
        let near = (from..pieces.len()).take_while(|&other| pieces[other].frame().top <= reach);
        let mut near: Vec<usize> = near
            .filter(|&other| {
                let (lower, (_, other_size)) = (pieces[other].frame(), pieces[other].sizes());
                lower.beside(&frame) > 0.0
                    && lower.center().1 > frame.center().1
                    && lower.top - frame.bottom <= size.min(other_size) * MAX_LEADING
            })
            .take(MAX_NEIGHBOURS)
            .collect();
        // What stands behind the nearest is not right below.
        if let Some(first) = near.first().map(|&first| pieces[first].frame().top) {
            near.retain(|&other| pieces[other].frame().top < first + size * 0.7);
        }
        found.push(near);
    }
    found
}

/// For each piece those right above it.
fn above(below: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut found = vec![Vec::new(); below.len()];
    for (index, lower) in below.iter().enumerate() {
        for &other in lower {
            if found[other].len() < MAX_NEIGHBOURS {
                found[other].push(index);
            }
        }
    }
    found
}

/// Joins pieces of a line that a wide blank divides: the lines right above and below run on across it.
fn joined_rows(mut pieces: Vec<LineFragment>) -> Vec<LineFragment> {
    let below = below(&pieces);
    let above = above(&below);
    let mut next = vec![None; pieces.len()];
    for (index, piece) in pieces.iter().enumerate() {
        let level = |other: &&usize| {
            let other = &pieces[**other];
            let gap = other.frame.left - piece.frame.right;
            (other.frame.bottom - piece.frame.bottom).abs() < piece.size * 0.3
                && are_alike(piece, other)
                && gap > -piece.size * 0.2
                && gap <= piece.size * MAX_HOLE
        };
        // Both have the line that runs on above or below them.
        let near = above[index].iter().flat_map(|&upper| &below[upper]);
        let near = near.chain(below[index].iter().flat_map(|&lower| &above[lower]));
        let right = near.filter(|&&other| other != index).filter(level);
        let right = right.min_by(|a, b| {
            pieces[**a].frame.left.total_cmp(&pieces[**b].frame.left).then(a.cmp(b))
        });
        let Some(&right) = right else { continue };
        let hole = (piece.frame.right, pieces[right].frame.left);
        let runs_on = |neighbours: &[Vec<usize>]| {
            let mut near = neighbours[index].iter().chain(&neighbours[right]).peekable();
            let is_any = near.peek().is_some();
            let crosses = near.any(|&other| {
                let other = &pieces[other];
                other.frame.left < hole.0 - piece.size * 0.5
                    && other.frame.right > hole.1 + piece.size * 0.5
                    && are_alike(other, piece)
            });
            (is_any, crosses)
        };
        let (upper, lower) = (runs_on(&above), runs_on(&below));
        if (upper.1 || !upper.0) && (lower.1 || !lower.0) && (upper.1 || lower.1) {
            next[index] = Some(right);
        }
    }
    let mut gone = vec![false; pieces.len()];
    for index in 0..pieces.len() {
        let mut at = index;
        while let Some(right) = next[at].take().filter(|&right| !gone[right] && !gone[index]) {
            gone[right] = true;
            let piece = pieces[right].clone();
            let whole = &mut pieces[index];
            whole.text.extend(blank_between(whole, &piece));
            whole.text.push_str(&piece.text);
            whole.frame = Frame::around([whole.frame, piece.frame]);
            at = right;
        }
    }
    let mut index = 0;
    pieces.retain(|_| {
        index += 1;
        !gone[index - 1]
    });
    pieces
}

/// The gap beside punctuation that is a blank where the line was recognised, in sizes of type: the space of the
/// sign itself is not printed.
const MIN_PUNCTUATION_GAP: f32 = 1.2;

/// The blank between two pieces of a line.
fn blank_between(before: &LineFragment, after: &LineFragment) -> Option<char> {
    let gap = (after.frame.left - before.frame.right) / before.size;
    let is_sign = |c: Option<char>| c.is_some_and(|c| !c.is_alphanumeric());
    let is_beside_sign = is_sign(before.text.chars().last()) || is_sign(after.text.chars().next());
    let is_recognised = before.confidence.is_some() && after.confidence.is_some();
    if is_recognised && is_beside_sign && gap < MIN_PUNCTUATION_GAP {
        return None;
    }
    blank_of(&before.text, &after.text, gap)
}

/// Chains of units that have no other above and below them, sorted by their upper edges.
fn linked(units: Vec<BlockPart>) -> Vec<BlockPart> {
    let below = below(&units);
    let above = above(&below);
    let mut next = vec![None; units.len()];
    let mut is_first = vec![true; units.len()];
    for (index, lower) in below.iter().enumerate() {
        let [other] = lower[..] else { continue };
        let (unit, lower) = (&units[index], &units[other]);
        let shared = unit.frame.beside(&lower.frame);
        let narrower = unit.frame.width().min(lower.frame.width());
        let (size, other_size) = (unit.sizes().0, lower.sizes().1);
        let is_alike = size.max(other_size) <= size.min(other_size) * MAX_SIZES;
        let is_on_axis = unit.pieces.last().zip(lower.pieces.first()).is_none_or(is_on_axis);
        if above[other].len() == 1 && is_alike && is_on_axis && shared >= narrower * 0.5 {
            next[index] = Some(other);
            is_first[other] = false;
        }
    }
    let mut units: Vec<Option<BlockPart>> = units.into_iter().map(Some).collect();
    let mut found = Vec::new();
    for start in (0..units.len()).filter(|&index| is_first[index]) {
        let chain = std::iter::successors(Some(start), |&index| next[index]);
        let parts: Vec<BlockPart> = chain.filter_map(|index| units[index].take()).collect();
        let frame = Frame::around(parts.iter().map(|unit| unit.frame));
        found.push(BlockPart {
            pieces: parts.into_iter().flat_map(|unit| unit.pieces).collect(),
            frame,
        });
    }
    found
}

/// Single wide characters are set one below the other on one axis.
fn is_on_axis((upper, lower): (&LineFragment, &LineFragment)) -> bool {
    let aside = (upper.frame.center().0 - lower.frame.center().0).abs();
    !is_single(upper) || !is_single(lower) || aside <= upper.size * MAX_ASIDE
}

fn is_single(piece: &LineFragment) -> bool {
    piece.text.chars().count() == 1 && is_wide(&piece.text)
}

/// A stack of single wide characters is one line that runs down.
fn upright(block: Vec<LineFragment>, sheet: &Sheet) -> Vec<LineFragment> {
    let is_close = |pair: &[LineFragment]| {
        let (_, upper) = pair[0].frame.center();
        let (_, lower) = pair[1].frame.center();
        lower - upper <= pair[0].size * 1.6
    };
    let is_stack = block.len() > 1
        && block.iter().all(is_single)
        && block.windows(2).all(is_close)
        && block[0].direction == Direction::Right;
    if !is_stack {
        return block;
    }
    let text = block.iter().map(|piece| piece.text.as_str()).collect();
    let frame = Frame::around(block.iter().map(|piece| piece.frame));
    let (size, direction) = (block[0].size, Direction::Down);
    let frame = frame.turned(direction, sheet);
    let confidence = block.iter().filter_map(|piece| piece.confidence).min();
    let above = block.first().and_then(|piece| piece.above);
    vec![LineFragment { text, frame, size, direction, confidence, above }]
}

/// A paragraph that begins further in has the blanks that plain text has there.
fn indented(mut block: Vec<LineFragment>) -> Vec<LineFragment> {
    if block.len() < 2 {
        return block;
    }
    let left = block.iter().map(|piece| piece.frame.left).fold(f32::MAX, f32::min);
    let at_edge = block.iter().filter(|piece| piece.frame.left - left < piece.size * 0.7).count();
    if at_edge * 3 < block.len() {
        // Centred lines.
        return block;
    }
    for piece in &mut block {
        let blanks = (piece.frame.left - left) / piece.size;
        if (1.4..=4.5).contains(&blanks) && is_wide(&piece.text) {
            let blanks = "\u{3000}".repeat(blanks.round() as usize);
            piece.text.insert_str(0, &blanks);
        }
    }
    block
}

/// Lines that run down and stand side by side are one block, read from the right: stacks of single
/// characters are found one by one.
fn stacks_side_by_side(blocks: &mut Vec<PlacedBlock>) {
    let is_stack = |block: &PlacedBlock| matches!(&block.lines[..], [line] if line.direction == Direction::Down);
    let (mut stacks, others): (Vec<PlacedBlock>, Vec<PlacedBlock>) =
        blocks.drain(..).partition(is_stack);
    stacks.sort_by(|a, b| b.lines[0].frame.left.total_cmp(&a.lines[0].frame.left));
    *blocks = others;
    let mut joined: Vec<PlacedBlock> = Vec::new();
    for stack in stacks {
        let next = &stack.lines[0];
        let goes_on = |block: &PlacedBlock| {
            block.lines.last().is_some_and(|last| {
                last.frame.left - next.frame.right <= next.size * MAX_LEADING
                    && last.frame.level(&next.frame) > next.size
                    && last.size.max(next.size) <= last.size.min(next.size) * MAX_SIZES
            })
        };
        match joined.iter_mut().rev().take(16).find(|block| goes_on(block)) {
            Some(block) => block.lines.extend(stack.lines),
            None => joined.push(stack),
        }
    }
    blocks.extend(joined);
}
