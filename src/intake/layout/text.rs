//! Pages → text: a line for each printed line, and blank lines between blocks.

use super::geometry::Direction;
use super::{PlacedBlock, PlacedLine, PrintedPage, running};
use crate::model::{DoubtfulWords, Line, LinePlace, SourceText};

/// Writes the lines of pages as one text, whose lines are numbered as they are read.
#[derive(Debug, Default)]
pub(in crate::intake) struct PageWriter {
    text: String,
    lines: Vec<Line>,
    doubtful: Vec<DoubtfulWords>,
    /// Lines of texts before this one.
    before: u32,
    /// The last block, with the column that it stands in.
    last: Option<(PlacedBlock, u16)>,
}

impl PageWriter {
    /// For pages that follow this number of lines.
    pub(in crate::intake) fn after(lines: u32) -> Self {
        Self { before: lines, ..Self::default() }
    }

    /// The text of these pages, with that many lines before them.
    pub(in crate::intake) fn write(
        mut self,
        path: &str,
        mut pages: Vec<PrintedPage>,
    ) -> SourceText {
        running::mark(&mut pages);
        for page in pages {
            self.page(page);
        }
        // The next text begins on another page.
        self.line("", None);
        SourceText {
            path: path.to_owned(),
            text: self.text,
            lines: self.lines,
            doubtful: self.doubtful,
            ..SourceText::default()
        }
    }

    fn page(&mut self, mut page: PrintedPage) {
        let mut blocks = std::mem::take(&mut page.blocks);
        blocks.push(PlacedBlock { lines: std::mem::take(&mut page.marks) });
        let sheet = page.sheet;
        let mut column = 0;
        let mut above: Option<PlacedBlock> = None;
        for mut block in blocks.into_iter().filter(|block| !block.lines.is_empty()) {
            unhyphenate(&mut block.lines);
            let is_edge = block.lines.iter().all(|line| line.is_running);
            if !is_edge && above.as_ref().is_none_or(|above| !stands_below(above, &block)) {
                column += 1;
            }
            let goes_on = !is_edge
                && self.last.as_ref().is_some_and(|(last, at)| {
                    (*at != column || above.is_none()) && goes_on(last, &block)
                });
            if !goes_on && !self.lines.is_empty() {
                self.line("", None);
            }
            for line in &block.lines {
                let place = LinePlace {
                    page: page.number,
                    column: column.max(1),
                    area: sheet.area(&line.frame),
                    size: (line.size / sheet.height * 10_000.0).round().clamp(0.0, 10_000.0) as u16,
                    is_vertical: line.direction != Direction::Right,
                    is_running: line.is_running,
                    above: line.above,
                    confidence: line.confidence,
                };
                self.doubtful.extend(page.doubtful_on(line, self.text.len()));
                self.line(&line.text, Some(place));
            }
            if !is_edge {
                above = Some(block.clone());
                self.last = Some((block, column));
            }
        }
    }

    fn line(&mut self, text: &str, place: Option<LinePlace>) {
        let start = self.text.len();
        // A line of a page has no line ends in it.
        self.text.extend(text.chars().map(|c| if matches!(c, '\n' | '\r') { ' ' } else { c }));
        let span = start..self.text.len();
        self.text.push('\n');
        let number = self.before + self.lines.len() as u32 + 1;
        self.lines.push(Line { span, number, place });
    }
}

/// Whether a block stands below another, in one column.
fn stands_below(upper: &PlacedBlock, lower: &PlacedBlock) -> bool {
    let (upper_frame, lower_frame) = (upper.frame(), lower.frame());
    let is_down = is_down(lower);
    let (shared, narrower, follows) = if is_down {
        let narrower = upper_frame.height().min(lower_frame.height());
        let follows = lower_frame.center().0 < upper_frame.center().0;
        (upper_frame.level(&lower_frame), narrower, follows)
    } else {
        let narrower = upper_frame.width().min(lower_frame.width());
        let follows = lower_frame.center().1 > upper_frame.center().1;
        (upper_frame.beside(&lower_frame), narrower, follows)
    };
    follows && shared >= narrower * 0.5
}

fn is_down(block: &PlacedBlock) -> bool {
    block.lines.first().is_some_and(|line| line.direction == Direction::Down)
}

/// Whether a paragraph can go on from the end of a column at the head of the next: both have lines
/// of one size and length, the last one is full, and the first one is not set in.
fn goes_on(last: &PlacedBlock, next: &PlacedBlock) -> bool {
    let (Some(end), Some(begin)) = (last.lines.last(), next.lines.first()) else { return false };
    let along = |block: &PlacedBlock| {
        let frame = block.frame();
        if is_down(block) { (frame.top, frame.bottom) } else { (frame.left, frame.right) }
    };
    let length = |(from, to): (f32, f32)| to - from;
    let (from, to) = along(last);
    let line_end = if is_down(last) { end.frame.bottom } else { end.frame.right };
    let sizes = (end.size.min(begin.size), end.size.max(begin.size));
    let widths = (length(along(last)), length(along(next)));
    let ends_sentence = end.text.trim_end().ends_with(['。', '！', '？', '”', '」', '.']);
    is_down(last) == is_down(next)
        && last.lines.len() > 1
        && sizes.0 > 0.0
        && sizes.1 <= sizes.0 * 1.08
        && (next.lines.len() == 1 || widths.0.max(widths.1) <= widths.0.min(widths.1) * 1.15)
        && to - line_end < end.size * 1.6
        && to > from
        && !ends_sentence
        && !begin.text.starts_with('\u{3000}')
}

/// Puts words together that were divided at the end of a line: the rest of the word goes up to its
/// beginning.
fn unhyphenate(lines: &mut [PlacedLine]) {
    for index in 1..lines.len() {
        let (above, below) = lines.split_at_mut(index);
        let (Some(upper), Some(lower)) = (above.last_mut(), below.first_mut()) else { continue };
        let Some(start) = upper.text.strip_suffix(['-', '\u{2010}', '\u{ad}']) else { continue };
        let is_word = start.chars().last().is_some_and(char::is_lowercase);
        let rest: String = lower.text.chars().take_while(|c| c.is_lowercase()).collect();
        // A line that is nothing else stays: none is lost. A word that goes on with a hyphen has its own:
        // state-of-the-art.
        let is_divided = lower.text[rest.len()..].starts_with(|c: char| c != '-');
        if is_word && !rest.is_empty() && is_divided {
            upper.text = format!("{start}{rest}");
            lower.text = lower.text[rest.len()..].trim_start().to_owned();
        }
    }
}
