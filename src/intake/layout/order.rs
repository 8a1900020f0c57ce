//! Blocks in reading order.
//!
//! Two rules give a partial order (Breuel, "High Performance Document Layout Analysis", SDIUT 2003):
//! what stands above comes before what it overhangs; what stands to the left comes before what stands
//! to the right, unless something between them reaches over both. Of blocks that nothing holds back,
//! the one right below the last comes next, then the one furthest left. On pages whose text runs down, the same
//! is done on the page turned: columns from the right, tiers from above.

use super::PlacedBlock;
use super::geometry::{Direction, Frame, Sheet};

/// A page of more blocks is no text; they are read from above.
const MAX_BLOCKS: usize = 400;

/// Of a page's height: heads and feet stand at its edges.
const EDGE: f32 = 0.09;

/// The blocks in reading order.
pub(super) fn ordered(blocks: Vec<PlacedBlock>, sheet: &Sheet) -> Vec<PlacedBlock> {
    let letters = |wanted: fn(Direction) -> bool| -> usize {
        let lines = blocks.iter().flat_map(|block| &block.lines);
        lines.filter(|line| wanted(line.direction)).map(|line| line.text.chars().count()).sum()
    };
    let [across, down, up] = [
        letters(|direction| direction == Direction::Right),
        letters(|direction| direction == Direction::Down),
        letters(|direction| direction == Direction::Up),
    ];
    let main = match () {
        () if down > across && down >= up => Direction::Down,
        () if up > across => Direction::Up,
        () => Direction::Right,
    };
    let (heads, body, feet) = without_edges(blocks, sheet);
    let mut body: Vec<(Frame, PlacedBlock)> =
        body.into_iter().map(|block| (block.frame().turned(main, sheet), block)).collect();
    body.sort_by(|(a, _), (b, _)| a.top.total_cmp(&b.top).then(a.left.total_cmp(&b.left)));
    let frames: Vec<Frame> = body.iter().map(|(frame, _)| *frame).collect();
    let mut body: Vec<Option<PlacedBlock>> =
        body.into_iter().map(|(_, block)| Some(block)).collect();
    let order =
        if frames.len() > MAX_BLOCKS { (0..frames.len()).collect() } else { read(&frames) };
    let body = order.into_iter().filter_map(|index| body[index].take());
    heads.into_iter().chain(body).chain(feet).collect()
}

/// Single lines at the upper and lower edges with nothing beside them are no part of columns.
fn without_edges(
    blocks: Vec<PlacedBlock>,
    sheet: &Sheet,
) -> (Vec<PlacedBlock>, Vec<PlacedBlock>, Vec<PlacedBlock>) {
    let usual = usual_size(&blocks);
    let edge = sheet.height * EDGE;
    let (mut heads, mut feet, mut body) = (Vec::new(), Vec::new(), Vec::new());
    let frames: Vec<Frame> = blocks.iter().map(PlacedBlock::frame).collect();
    for (index, block) in blocks.into_iter().enumerate() {
        let frame = frames[index];
        let is_small = block.lines.len() == 1 && block.lines[0].size <= usual * 1.2;
        let apart = usual * 0.6;
        // Whatever reaches into the zone of the edge begins or ends before this line.
        let is_alone = |is_beyond: &dyn Fn(&Frame) -> bool| {
            frames.iter().enumerate().all(|(other, frame)| other == index || is_beyond(frame))
        };
        if is_small && frame.bottom < edge {
            let beyond =
                |other: &Frame| other.top >= frame.bottom + apart || other.bottom <= edge;
            if is_alone(&beyond) {
                heads.push(block);
                continue;
            }
        }
        if is_small && frame.top > sheet.height - edge {
            let beyond = |other: &Frame| {
                other.bottom <= frame.top - apart || other.top >= sheet.height - edge
            };
            if is_alone(&beyond) {
                feet.push(block);
                continue;
            }
        }
        body.push(block);
    }
    for row in [&mut heads, &mut feet] {
        row.sort_by(|a, b| {
            let (a, b) = (a.frame(), b.frame());
            if a.level(&b) > 0.0 { a.left.total_cmp(&b.left) } else { a.top.total_cmp(&b.top) }
        });
    }
    (heads, body, feet)
}

/// The size of type that most characters have.
fn usual_size(blocks: &[PlacedBlock]) -> f32 {
    let lines = blocks.iter().flat_map(|block| &block.lines);
    let mut sizes: Vec<(f32, usize)> =
        lines.map(|line| (line.size, line.text.chars().count())).collect();
    sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = sizes.iter().map(|(_, count)| count).sum::<usize>() / 2;
    let mut seen = 0;
    let middle = sizes.iter().find(|(_, count)| {
        seen += count;
        seen > half
    });
    middle.map_or(0.0, |(size, _)| *size)
}

/// The indices of frames, which are sorted from above, in reading order.
fn read(frames: &[Frame]) -> Vec<usize> {
    let count = frames.len();
    let mut waits = vec![0_usize; count];
    let mut frees: Vec<Vec<usize>> = vec![Vec::new(); count];
    for first in 0..count {
        for second in 0..count {
            if first != second && comes_before(frames, first, second) {
                waits[second] += 1;
                frees[first].push(second);
            }
        }
    }
    let mut order = Vec::with_capacity(count);
    let mut is_read = vec![false; count];
    let mut last: Option<Frame> = None;
    while order.len() < count {
        let open = (0..count).filter(|&index| !is_read[index]);
        let fewest = open.clone().map(|index| waits[index]).min().unwrap_or_default();
        // Rules that contradict each other leave none free: then the one that waits for fewest.
        let free = open.filter(|&index| waits[index] == fewest);
        let rank = |index: usize| {
            let frame = &frames[index];
            let below = last.filter(|last| last.beside(frame) > 0.0 && frame.top >= last.top);
            (below.is_none(), below.map_or(frame.left, |last| frame.top - last.bottom), frame.top)
        };
        let next = free.min_by(|&a, &b| {
            rank(a).partial_cmp(&rank(b)).unwrap_or(std::cmp::Ordering::Equal).then(a.cmp(&b))
        });
        let Some(next) = next else { break };
        is_read[next] = true;
        last = Some(frames[next]);
        for &freed in &frees[next] {
            waits[freed] = waits[freed].saturating_sub(1);
        }
        order.push(next);
    }
    order
}

/// Whether one block is read before another by the two rules.
fn comes_before(frames: &[Frame], first: usize, second: usize) -> bool {
    let (a, b) = (&frames[first], &frames[second]);
    let shared = a.beside(b);
    if shared > a.width().min(b.width()) * 0.1 {
        return a.center().1 < b.center().1;
    }
    if a.center().0 >= b.center().0 {
        return false;
    }
    // What reaches over both, between them.
    let (upper, lower) = if a.center().1 < b.center().1 { (a, b) } else { (b, a) };
    !frames.iter().enumerate().any(|(index, between)| {
        index != first
            && index != second
            && between.beside(a) > a.width() * 0.1
            && between.beside(b) > b.width() * 0.1
            && between.center().1 > upper.center().1
            && between.center().1 < lower.center().1
            && between.top >= upper.top
            && between.bottom <= lower.bottom
    })
}
