//! Blocks in reading order.
//!
//! A page is cut where a gutter runs through it, and its parts are read from the left; a part that none
//! runs through is cut at the widest gap that does, and read from above (recursive X-Y cut; Nagy, Seth,
//! "Hierarchical representation of optically scanned documents", ICPR 1984). A headline reaches as far
//! as there is nothing beside it, so that no gutter of the columns below it runs through it. What
//! cannot be cut is read by two rules that give a partial order (Breuel, "High Performance Document
//! Layout Analysis", SDIUT 2003): what stands above comes before what it overhangs; what stands to the
//! left comes before what stands to the right, unless something between them reaches over both.
//!
//! On pages whose text runs down, the same is done on the page turned: columns from the right, tiers
//! from above.

use super::geometry::{Direction, Frame, Sheet};
use super::{PlacedBlock, PlacedLine};

/// A page of more blocks is no text; they are read from above.
const MAX_BLOCKS: usize = 1_000;

/// The gutter between columns and the gap between what stands above and below, in sizes of most type.
const MIN_GUTTER: f32 = 0.4;
const MIN_GAP: f32 = 0.3;

/// How much larger than most type a headline is.
const LARGE: f32 = 1.2;

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
    let is_text = blocks.len() <= MAX_BLOCKS;
    let (heads, body, feet) =
        if is_text { without_edges(blocks, sheet) } else { (Vec::new(), blocks, Vec::new()) };
    let mut body: Vec<(Frame, PlacedBlock)> =
        body.into_iter().map(|block| (block.frame().turned(main, sheet), block)).collect();
    body.sort_by(|(a, _), (b, _)| a.top.total_cmp(&b.top).then(a.left.total_cmp(&b.left)));
    if !is_text {
        return body.into_iter().map(|(_, block)| block).collect();
    }
    let frames: Vec<Frame> = body.iter().map(|(frame, _)| *frame).collect();
    let ends: Vec<f32> = body.iter().map(|(_, block)| end_of_text(block, main, sheet)).collect();
    let reaching = reaching(&body, &ends);
    let mut body: Vec<Option<PlacedBlock>> =
        body.into_iter().map(|(_, block)| Some(block)).collect();
    let mut order = Vec::with_capacity(frames.len());
    let usual = usual_size(body.iter().flatten());
    let is_large: Vec<bool> =
        body.iter().flatten().map(|block| largest(block) >= usual * LARGE).collect();
    let cutting = PageCuts { frames: &frames, reaching: &reaching, is_large: &is_large, usual };
    cutting.read(&(0..frames.len()).collect::<Vec<usize>>(), &mut order);
    let body = order.into_iter().filter_map(|index| body[index].take());
    heads.into_iter().chain(body).chain(feet).collect()
}

/// Where the lines of a block end on the turned page, but for marks at their ends, which may hang into
/// the gutter.
fn end_of_text(block: &PlacedBlock, main: Direction, sheet: &Sheet) -> f32 {
    let end = |line: &PlacedLine| {
        let frame = line.frame.turned(main, sheet);
        let is_mark = line.text.chars().last().is_some_and(|c| !c.is_alphanumeric());
        let mark = if is_mark { line.size.min(frame.width() / 2.0) } else { 0.0 };
        frame.right - mark
    };
    block.lines.iter().map(end).fold(f32::MIN, f32::max)
}

/// The frames of blocks, whose text has these ends; those of headlines with nothing at a side go on to
/// the edge.
fn reaching(blocks: &[(Frame, PlacedBlock)], ends: &[f32]) -> Vec<Frame> {
    let usual = usual_size(blocks.iter().map(|(_, block)| block));
    let reach = |((frame, block), &end): (&(Frame, PlacedBlock), &f32)| {
        if largest(block) < usual * LARGE {
            return Frame { right: end, ..*frame };
        }
        // It can head nothing but what stands below it.
        let below = blocks.iter().filter(|(other, _)| other.center().1 > frame.center().1);
        let whole = Frame::around(below.map(|(other, _)| *other).chain([*frame]));
        let set_off = set_off(frame, blocks);
        let beside = |is_there: fn(&Frame, &Frame) -> bool| {
            blocks.iter().any(|(other, _)| {
                other.level(&set_off) > frame.height().min(other.height()) * 0.2
                    && other.beside(frame) <= 0.0
                    && is_there(other, frame)
            })
        };
        let left = beside(|other, frame| other.center().0 < frame.center().0);
        let right = beside(|other, frame| other.center().0 > frame.center().0);
        Frame {
            left: if left { frame.left } else { whole.left },
            right: if right { frame.right } else { whole.right },
            ..*frame
        }
    };
    blocks.iter().zip(ends).map(reach).collect()
}

/// A headline with half of the blank above it and below it. One that stands over several columns is
/// set off from all of them; a hole beside it that is just as high as the line is of another headline.
fn set_off(frame: &Frame, blocks: &[(Frame, PlacedBlock)]) -> Frame {
    let column = blocks.iter().map(|(other, _)| other).filter(|other| other.beside(frame) > 0.0);
    let above = column.clone().map(|other| other.bottom).filter(|&bottom| bottom <= frame.top);
    let below = column.map(|other| other.top).filter(|&top| top >= frame.bottom);
    let above = above.max_by(f32::total_cmp).unwrap_or(frame.top);
    let below = below.min_by(f32::total_cmp).unwrap_or(frame.bottom);
    Frame {
        top: f32::midpoint(above, frame.top),
        bottom: f32::midpoint(below, frame.bottom),
        ..*frame
    }
}

/// Single lines at the upper and lower edges with nothing beside them are no part of columns.
fn without_edges(
    blocks: Vec<PlacedBlock>,
    sheet: &Sheet,
) -> (Vec<PlacedBlock>, Vec<PlacedBlock>, Vec<PlacedBlock>) {
    let usual = usual_size(blocks.iter());
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
            let beyond = |other: &Frame| other.top >= frame.bottom + apart || other.bottom <= edge;
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
    (row_by_row(heads), body, row_by_row(feet))
}

/// Blocks from above, those that share their level with the highest of them from the left.
fn row_by_row(mut blocks: Vec<PlacedBlock>) -> Vec<PlacedBlock> {
    blocks.sort_by(|a, b| a.frame().top.total_cmp(&b.frame().top));
    let mut rows: Vec<Vec<PlacedBlock>> = Vec::new();
    for block in blocks {
        match rows.last_mut().filter(|row| row[0].frame().level(&block.frame()) > 0.0) {
            Some(row) => row.push(block),
            None => rows.push(vec![block]),
        }
    }
    for row in &mut rows {
        row.sort_by(|a, b| a.frame().left.total_cmp(&b.frame().left));
    }
    rows.into_iter().flatten().collect()
}

/// The size of the largest type of a block.
fn largest(block: &PlacedBlock) -> f32 {
    block.lines.iter().map(|line| line.size).fold(0.0, f32::max)
}

/// The size of type that most characters have.
fn usual_size<'b>(blocks: impl Iterator<Item = &'b PlacedBlock>) -> f32 {
    let lines = blocks.flat_map(|block| &block.lines);
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

/// A page that is being cut.
struct PageCuts<'f> {
    frames: &'f [Frame],
    reaching: &'f [Frame],
    is_large: &'f [bool],
    usual: f32,
}

/// A gap between blocks: its width, the last block before it and the first behind.
struct Gap {
    width: f32,
    before: usize,
    behind: usize,
}

impl PageCuts<'_> {
    /// Puts the indices of a part, sorted from above, in reading order.
    fn read(&self, part: &[usize], order: &mut Vec<usize>) {
        let across = |index: usize| (self.reaching[index].left, self.reaching[index].right);
        let along = |index: usize| (self.frames[index].top, self.frames[index].bottom);
        let gutters = gaps(part, across, self.usual * MIN_GUTTER);
        if !gutters.is_empty() {
            for part in parts(part, across, &gutters) {
                self.read(&part, order);
            }
            return;
        }
        let gaps = gaps(part, along, self.usual * MIN_GAP);
        // A headline belongs to what stands below it.
        let weight = |gap: &Gap| {
            let above = if self.is_large[gap.before] { 0.5 } else { 1.0 };
            let below = if self.is_large[gap.behind] { 2.0 } else { 1.0 };
            gap.width * above * below
        };
        if let Some(widest) = gaps.iter().max_by(|a, b| weight(a).total_cmp(&weight(b))) {
            for part in parts(part, along, std::slice::from_ref(widest)) {
                self.read(&part, order);
            }
            return;
        }
        let own = |all: &[Frame]| part.iter().map(|&index| all[index]).collect::<Vec<Frame>>();
        let read = read(&own(self.frames), &own(self.reaching));
        order.extend(read.into_iter().map(|index| part[index]));
    }
}

/// The gaps of at least this width that run through a part, in order.
fn gaps(part: &[usize], extent: impl Fn(usize) -> (f32, f32), min_width: f32) -> Vec<Gap> {
    // A gap without width would leave all on one side.
    let min_width = min_width.max(f32::EPSILON);
    let mut sorted = part.to_vec();
    sorted.sort_by(|&a, &b| extent(a).0.total_cmp(&extent(b).0));
    let mut found = Vec::new();
    let mut last: Option<(f32, usize)> = None;
    for behind in sorted {
        let (from, to) = extent(behind);
        if let Some((end, before)) = last.filter(|(end, _)| from - end >= min_width) {
            found.push(Gap { width: from - end, before, behind });
        }
        if last.is_none_or(|(end, _)| to > end) {
            last = Some((to, behind));
        }
    }
    found
}

/// The parts that gaps leave, in order; each keeps the order of its blocks.
fn parts(part: &[usize], extent: impl Fn(usize) -> (f32, f32), gaps: &[Gap]) -> Vec<Vec<usize>> {
    let mut found = vec![Vec::new(); gaps.len() + 1];
    for &index in part {
        let before = gaps.iter().filter(|gap| extent(gap.behind).0 <= extent(index).0).count();
        found[before].push(index);
    }
    found
}

/// The indices of frames, which are sorted from above, in reading order.
fn read(frames: &[Frame], reaching: &[Frame]) -> Vec<usize> {
    let count = frames.len();
    let mut waits = vec![0_usize; count];
    let mut frees: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (first, freed) in frees.iter_mut().enumerate() {
        for (second, waits) in waits.iter_mut().enumerate() {
            if first != second && comes_before(frames, reaching, first, second) {
                *waits += 1;
                freed.push(second);
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
fn comes_before(frames: &[Frame], reaching: &[Frame], first: usize, second: usize) -> bool {
    let (a, b) = (&frames[first], &frames[second]);
    let overhangs = |one: usize, other: usize| {
        let narrower = frames[one].width().min(frames[other].width());
        frames[one].beside(&frames[other]) > narrower * 0.1
            || reaching[one].beside(&reaching[other]) > narrower * 0.6
    };
    if overhangs(first, second) {
        return a.center().1 < b.center().1;
    }
    if a.center().0 >= b.center().0 {
        return false;
    }
    // What reaches over both, between them.
    let (upper, lower) = if a.center().1 < b.center().1 { (a, b) } else { (b, a) };
    !(0..frames.len()).any(|between| {
        let frame = &frames[between];
        between != first
            && between != second
            && frame.center().1 > upper.center().1
            && frame.center().1 < lower.center().1
            && frame.top >= upper.top
            && frame.bottom <= lower.bottom
            && overhangs(between, first)
            && overhangs(between, second)
    })
}
