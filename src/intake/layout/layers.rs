//! A page with two layers of text: what the file sets, and what was recognised on a picture of the page, where
//! the former can be seen as well.

use super::geometry::{Direction, Frame};
use super::{PlacedBlock, PlacedLine, PrintedPage};

/// What stands for a glyph whose character is not known.
const UNKNOWN: char = '\u{fffd}';

/// The part of a recognised line that lies on a set one, if it is that line once more; and how much higher the
/// one may be than the other: a mark across the page lies under many lines.
const MIN_COMMON: f32 = 0.5;
const MAX_HEIGHTS: f32 = 2.5;

/// The part of a set line that recognised ones cover, if they have all of it: boxes of what was recognised are
/// tight.
const MIN_COVERED: f32 = 0.4;

impl PlacedLine {
    /// Whether half of its characters, two at least, are unknown.
    pub(in crate::intake) fn is_unknown(&self) -> bool {
        let (mut unknown, mut all) = (0, 0);
        for c in self.text.chars().filter(|c| !c.is_whitespace()) {
            unknown += usize::from(c == UNKNOWN);
            all += 1;
        }
        unknown >= 2 && unknown * 2 >= all
    }
}

impl PrintedPage {
    /// How many characters are unknown.
    pub(in crate::intake) fn unknown_characters(&self) -> usize {
        self.lines().map(|line| line.text.matches(UNKNOWN).count()).sum()
    }

    /// Its lines in their order.
    pub(in crate::intake) fn lines(&self) -> impl Iterator<Item = &PlacedLine> {
        self.blocks.iter().flat_map(|block| &block.lines)
    }

    /// This page, recognised on its picture, with the lines of `set` that the file sets on it, in no order. No
    /// line is there twice: a set one is better than the same recognised, but for one of unknown characters. Marks
    /// take nothing but themselves away: what they lie on is read.
    #[must_use]
    pub(in crate::intake) fn with_set(mut self, set: &Self) -> Self {
        let (unknown, known): (Vec<&PlacedLine>, Vec<&PlacedLine>) =
            set.lines().partition(|line| line.is_unknown());
        let seen = std::mem::take(&mut self.blocks);
        let mut lines: Vec<PlacedLine> = seen
            .into_iter()
            .flat_map(|block| block.lines)
            .filter(|line| !known.iter().any(|set| is_again(line, set)))
            .filter(|line| !set.marks.iter().any(|mark| is_again(line, mark) && says(line, mark)))
            .collect();
        let is_left = |set: &&PlacedLine| {
            let on_it = lines.iter().filter(|line| is_again(line, set));
            let covered: f32 = on_it.map(|line| common(&line.frame, &set.frame)).sum();
            covered < area(&set.frame) * MIN_COVERED
        };
        let left: Vec<PlacedLine> = unknown.into_iter().filter(is_left).cloned().collect();
        // Of a line that stays nothing is recognised once more.
        lines.retain(|line| !left.iter().any(|set| is_again(line, set)));
        lines.extend(left);
        lines.extend(known.into_iter().cloned());
        self.blocks = vec![PlacedBlock { lines }];
        self.marks.clone_from(&set.marks);
        self
    }
}

/// Whether a recognised line has half of the characters of a mark.
fn says(seen: &PlacedLine, mark: &PlacedLine) -> bool {
    let characters = || mark.text.chars().filter(|c| !c.is_whitespace());
    characters().filter(|c| seen.text.contains(*c)).count() * 2 >= characters().count()
}

/// Whether a recognised line is what is set in another one.
fn is_again(seen: &PlacedLine, set: &PlacedLine) -> bool {
    let (a, b) = (across(seen), across(set));
    let is_of_one_height = a.max(b) <= a.min(b) * MAX_HEIGHTS;
    is_of_one_height && common(&seen.frame, &set.frame) >= area(&seen.frame) * MIN_COMMON
}

fn across(line: &PlacedLine) -> f32 {
    if line.direction == Direction::Right { line.frame.height() } else { line.frame.width() }
}

fn area(frame: &Frame) -> f32 {
    frame.width() * frame.height()
}

fn common(a: &Frame, b: &Frame) -> f32 {
    a.beside(b).max(0.0) * a.level(b).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::layout::Sheet;

    fn page(lines: &[(&str, [f32; 4])]) -> PrintedPage {
        let line = |&(text, [left, top, right, bottom]): &(&str, [f32; 4])| PlacedLine {
            text: text.to_owned(),
            frame: Frame { left, top, right, bottom },
            size: bottom - top,
            direction: Direction::Right,
            confidence: None,
            is_running: false,
            above: None,
        };
        let lines = lines.iter().map(line).collect();
        PrintedPage::new(1, Sheet::of_unknown_size(), vec![PlacedBlock { lines }])
    }

    #[test]
    fn each_line_of_two_layers_is_there_once() {
        let seen = page(&[
            ("木船昨天过秤", [100.0, 101.0, 160.0, 109.0]),
            ("缆绳码在岸边", [100.0, 121.0, 160.0, 129.0]),
            ("第S版", [100.0, 901.0, 130.0, 909.0]),
            ("渡口复航", [100.0, 61.0, 180.0, 79.0]),
        ]);
        let set = page(&[
            ("第5版", [99.0, 900.0, 131.0, 910.0]),
            ("\u{fffd}\u{fffd}复\u{fffd}", [100.0, 60.0, 180.0, 80.0]),
            ("\u{fffd}\u{fffd}", [500.0, 60.0, 540.0, 80.0]),
            // A mark across both lines of the text.
            ("内部", [90.0, 90.0, 170.0, 130.0]),
        ]);
        let merged = seen.with_set(&set);
        let texts: Vec<&str> = merged.lines().map(|line| line.text.as_str()).collect();
        let expected =
            ["木船昨天过秤", "缆绳码在岸边", "渡口复航", "\u{fffd}\u{fffd}", "第5版", "内部"];
        assert_eq!(texts, expected);
        assert_eq!(merged.unknown_characters(), 2);
    }

    #[test]
    fn a_mark_that_was_seen_is_no_line_and_what_lies_below_one_stays() {
        let seen = page(&[
            ("木船昨天过秤", [100.0, 101.0, 160.0, 109.0]),
            ("仅供内部使甲", [100.0, 121.0, 160.0, 129.0]),
        ]);
        let marks = page(&[
            ("扫描程序制作", [99.0, 100.0, 161.0, 110.0]),
            ("仅供内部使用", [99.0, 120.0, 161.0, 130.0]),
        ]);
        let mut set = page(&[]);
        set.marks = marks.lines().cloned().collect();
        let merged = seen.with_set(&set);
        let texts = |lines: &[PlacedLine]| -> Vec<String> {
            lines.iter().map(|line| line.text.clone()).collect()
        };
        assert_eq!(texts(&merged.blocks[0].lines), ["木船昨天过秤"]);
        assert_eq!(texts(&merged.marks), ["扫描程序制作", "仅供内部使用"]);
    }
}
