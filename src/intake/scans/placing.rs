//! Words, lines and blocks as a file states them → lines at their places.

use unicode_width::UnicodeWidthChar;

use crate::intake::layout::{
    Direction, DoubtfulWord, Frame, PlacedBlock, PlacedLine, PrintedPage, Rule, Sheet,
};

/// A rectangle in the units of the file.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct StatedBox {
    pub(super) left: f32,
    pub(super) top: f32,
    pub(super) right: f32,
    pub(super) bottom: f32,
}

impl StatedBox {
    pub(super) fn around(boxes: impl IntoIterator<Item = Self>) -> Option<Self> {
        boxes.into_iter().reduce(|a, b| Self {
            left: a.left.min(b.left),
            top: a.top.min(b.top),
            right: a.right.max(b.right),
            bottom: a.bottom.max(b.bottom),
        })
    }
}

/// A word, or what the engine took for one.
#[derive(Debug, Clone, Default)]
pub(super) struct StatedWord {
    pub(super) text: String,
    pub(super) area: Option<StatedBox>,
    /// From 0 to 1.
    pub(super) confidence: Option<f32>,
}

/// A line.
#[derive(Debug, Clone, Default)]
pub(super) struct StatedLine {
    pub(super) words: Vec<StatedWord>,
    pub(super) area: Option<StatedBox>,
    /// Of its type, in the units of the file.
    pub(super) size: Option<f32>,
    pub(super) is_vertical: Option<bool>,
}

/// A gap within a line, in sizes of its type.
const MAX_GAP: f32 = 0.9;

/// A block.
#[derive(Debug, Clone, Default)]
pub(super) struct StatedBlock {
    pub(super) lines: Vec<StatedLine>,
    pub(super) area: Option<StatedBox>,
    /// Whether the file calls it a running head or a page number.
    pub(super) is_running: bool,
}

impl StatedBlock {
    fn extent(&self) -> Option<StatedBox> {
        let lines = self.lines.iter().filter_map(StatedLine::extent);
        StatedBox::around(lines.chain(self.area))
    }
}

impl StatedLine {
    fn extent(&self) -> Option<StatedBox> {
        self.area.or_else(|| StatedBox::around(self.words.iter().filter_map(|word| word.area)))
    }

    pub(super) fn has_text(&self) -> bool {
        self.words.iter().any(|word| !word.text.trim().is_empty())
    }

    fn vertical(&self) -> bool {
        let is_tall = || {
            let letters: usize = self.words.iter().map(|word| word.text.chars().count()).sum();
            self.extent().is_some_and(|area| {
                letters > 1 && area.bottom - area.top > (area.right - area.left) * 2.0
            })
        };
        self.is_vertical.unwrap_or_else(is_tall)
    }

    /// Its parts between gaps of more than [`MAX_GAP`].
    pub(super) fn cut_at_gaps(self) -> Vec<Self> {
        let is_vertical = self.vertical();
        let across = |area: StatedBox| {
            if is_vertical { area.right - area.left } else { area.bottom - area.top }
        };
        let size = self.size.or_else(|| self.extent().map(across)).unwrap_or_default();
        let is_apart = |before: &StatedWord, after: &StatedWord| {
            let (Some(a), Some(b)) = (before.area, after.area) else { return false };
            let gap = if is_vertical { b.top - a.bottom } else { b.left - a.right };
            size > 0.0 && gap > size * MAX_GAP
        };
        let parts = self.words.chunk_by(|before, after| !is_apart(before, after));
        let parts: Vec<Vec<StatedWord>> = parts.map(<[StatedWord]>::to_vec).collect();
        if parts.len() < 2 {
            return vec![self];
        }
        let part = |words: Vec<StatedWord>| {
            let area = StatedBox::around(words.iter().filter_map(|word| word.area));
            Self { words, area, size: self.size, is_vertical: Some(is_vertical) }
        };
        parts.into_iter().map(part).collect()
    }

    /// Its words, with blanks between those of letters, and where wide characters stand apart.
    fn text(&self) -> String {
        let is_vertical = self.vertical();
        let size = self.usual_height(is_vertical);
        let mut text = String::new();
        let mut last: Option<&StatedWord> = None;
        for word in self.words.iter().filter(|word| !word.text.is_empty()) {
            if let Some(last) = last {
                text.extend(blank(last, word, is_vertical, size));
            }
            text.push_str(&word.text);
            last = Some(word);
        }
        text.trim_end().to_owned()
    }

    /// The middle one of the heights of its words, or widths where it runs down: single words are as flat as a
    /// dash.
    fn usual_height(&self, is_vertical: bool) -> f32 {
        let areas = self.words.iter().filter_map(|word| word.area);
        let mut heights: Vec<f32> = areas
            .map(|area| if is_vertical { area.right - area.left } else { area.bottom - area.top })
            .collect();
        heights.sort_by(f32::total_cmp);
        heights.get(heights.len() / 2).copied().unwrap_or_default()
    }

    /// The mean of its words, in percent.
    fn confidence(&self) -> Option<u8> {
        let known = self.words.iter().filter_map(|word| {
            Some((word.confidence?.clamp(0.0, 1.0), word.text.chars().count() as f32))
        });
        let (sum, letters) = known
            .fold((0.0, 0.0), |(sum, all), (sure, letters)| (sum + sure * letters, all + letters));
        (letters > 0.0).then(|| (sum / letters * 100.0).round() as u8)
    }
}

/// The gap that is a blank, in heights of a line: between wide characters, between these and letters or digits,
/// and beside punctuation, whose own space is not printed. Boxes of words are not exact; measured by
/// `cargo bench --bench ocr`.
const MIN_WIDE_GAP: f32 = 0.8;
const MIN_MIXED_GAP: f32 = 1.0;
const MIN_PUNCTUATION_GAP: f32 = 1.6;

/// The blank between two words of a line of this height: engines divide Chinese into words that are printed
/// without any.
fn blank(before: &StatedWord, after: &StatedWord, is_vertical: bool, size: f32) -> Option<char> {
    let (last, first) = (before.text.chars().last()?, after.text.chars().next()?);
    let is_wide = |c: char| c.width() == Some(2);
    if !is_wide(last) && !is_wide(first) {
        return Some(' ');
    }
    let (a, b) = (before.area?, after.area?);
    let gap = if is_vertical { b.top - a.bottom } else { b.left - a.right };
    let (blank, min_gap) = match () {
        () if !last.is_alphanumeric() || !first.is_alphanumeric() => {
            ('\u{3000}', MIN_PUNCTUATION_GAP)
        }
        () if is_wide(last) && is_wide(first) => ('\u{3000}', MIN_WIDE_GAP),
        () => (' ', MIN_MIXED_GAP),
    };
    (size > 0.0 && gap >= size * min_gap).then_some(blank)
}

/// What a page shows other than text.
#[derive(Debug, Default)]
pub(super) struct StatedMarks {
    pub(super) pictures: Vec<StatedBox>,
    pub(super) separators: Vec<StatedBox>,
}

/// How much longer than thick a separator is: boxes around lines of a page that lies askew are thicker
/// than the lines.
const MIN_SLENDERNESS: f32 = 8.0;

impl StatedMarks {
    fn mark(&self, page: &mut PrintedPage) {
        let frame =
            |area: &StatedBox| page.sheet.frame((area.left, area.top), (area.right, area.bottom));
        let rules: Vec<Rule> = self
            .separators
            .iter()
            .filter_map(frame)
            .filter_map(|frame| Rule::along(frame, MIN_SLENDERNESS))
            .collect();
        let pictures: Vec<Frame> = self.pictures.iter().filter_map(frame).collect();
        page.mark_below_rules(&rules);
        page.mark_below(&pictures);
    }
}

/// A page with its blocks in this order. `size` is that of the page, if the file states it; else it is as
/// large as what stands on it.
pub(super) fn page(
    number: u32,
    size: Option<(f32, f32)>,
    blocks: &[StatedBlock],
    marks: &StatedMarks,
) -> PrintedPage {
    let mut page = whole_page(number, size, blocks, marks);
    page.blocks.retain(|block| !block.lines.is_empty());
    page
}

/// The same with a block for each, also where it has no text.
pub(super) fn whole_page(
    number: u32,
    size: Option<(f32, f32)>,
    blocks: &[StatedBlock],
    marks: &StatedMarks,
) -> PrintedPage {
    let stated = size.and_then(|(width, height)| Sheet::new(width, height));
    let sheet = stated.or_else(|| {
        let extent = StatedBox::around(blocks.iter().filter_map(StatedBlock::extent))?;
        Sheet::new(extent.right, extent.bottom)
    });
    let sheet = sheet.unwrap_or_else(Sheet::of_unknown_size);
    let lines = blocks.iter().flat_map(|block| &block.lines);
    let doubtful = DoubtfulWord::of_page(lines.flat_map(|line| doubtful(line, &sheet)));
    let blocks = blocks.iter().map(|block| placed(block, &sheet)).collect();
    let mut page = PrintedPage { doubtful, ..PrintedPage::new(number, sheet, blocks) };
    marks.mark(&mut page);
    page
}

/// The words of a line that were recognised with low confidence; one without a place of its own has that of the
/// line.
fn doubtful(line: &StatedLine, sheet: &Sheet) -> Vec<DoubtfulWord> {
    let placed = |area: StatedBox| sheet.frame((area.left, area.top), (area.right, area.bottom));
    let Some(whole) = line.extent().and_then(placed) else { return Vec::new() };
    let word = |word: &StatedWord| {
        let frame = word.area.map_or(Some(whole), placed)?;
        DoubtfulWord::new(&word.text, frame, whole, word.confidence?)
    };
    line.words.iter().filter_map(word).collect()
}

fn placed(block: &StatedBlock, sheet: &Sheet) -> PlacedBlock {
    let around = block.extent();
    let lines = block.lines.iter().filter_map(|line| {
        let text = line.text();
        if text.trim().is_empty() {
            return None;
        }
        // A line without a place of its own stands somewhere in its block; text is never lost.
        let area = line.extent().or(around);
        let corners = area.map(|area| ((area.left, area.top), (area.right, area.bottom)));
        let (from, to) = corners.unwrap_or(((0.0, 0.0), (0.0, 0.0)));
        let frame = sheet.frame(from, to).or_else(|| sheet.frame((0.0, 0.0), (0.0, 0.0)))?;
        let is_vertical = line.vertical();
        let across = if is_vertical { frame.right - frame.left } else { frame.bottom - frame.top };
        let has_place = line.extent().is_some();
        Some(PlacedLine {
            text,
            frame,
            size: match line.size {
                Some(size) => sheet.length(size),
                None if has_place => across,
                None => 0.0,
            },
            direction: if is_vertical { Direction::Down } else { Direction::Right },
            confidence: line.confidence(),
            is_running: block.is_running,
            above: None,
        })
    });
    PlacedBlock { lines: lines.collect() }
}
