//! Which words of the written lines were recognised with low confidence.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::geometry::{Direction, Frame};
use super::{PlacedLine, PrintedPage};
use crate::model::{DoubtfulWords, Span};

/// Doubtful words of a page that are marked, at most: each is looked for in the text of its line, and a page on which
/// more are doubtful is doubtful as a whole. The first ones of the file are kept, the rest is not marked.
const MAX_WORDS: usize = 2_000;

/// A word that was recognised with less confidence, in percent, is doubtful. On three pages set at three densities
/// and recognised by tesseract, half of the characters in such words were wrong; `cargo bench --bench ocr` prints the
/// share for other pages (`doubted`).
const MIN_CONFIDENCE: f32 = 60.0;

/// A word that was recognised with low confidence.
#[derive(Debug, Clone)]
pub(in crate::intake) struct DoubtfulWord {
    text: String,
    frame: Frame,
    /// That of the line that it belongs to: lines that overlap may both have its place.
    line: Frame,
    /// In percent.
    confidence: u8,
}

impl DoubtfulWord {
    /// A word of a line that was recognised with this confidence, from 0 to 1; `None` if that is enough.
    pub(in crate::intake) fn new(
        text: &str,
        frame: Frame,
        line: Frame,
        confidence: f32,
    ) -> Option<Self> {
        let (text, percent) = (text.trim(), confidence.clamp(0.0, 1.0) * 100.0);
        let is_doubtful = percent < MIN_CONFIDENCE && !text.is_empty();
        is_doubtful.then(|| Self { text: text.to_owned(), frame, line, confidence: percent as u8 })
    }

    /// Those of a page that are marked, from the upper to the lower ones, as [`PrintedPage::doubtful_on`] has to have
    /// them; of more than 2,000 the first.
    pub(in crate::intake) fn of_page(words: impl Iterator<Item = Self>) -> Vec<Self> {
        let mut words: Vec<Self> = words.take(MAX_WORDS).collect();
        words.sort_by(|a, b| a.height().total_cmp(&b.height()));
        words
    }

    fn height(&self) -> f32 {
        self.frame.center().1
    }

    /// Whether it belongs to a line of the page, which may be put together from several of the file.
    fn is_on(&self, line: &PlacedLine) -> bool {
        let (x, y) = self.frame.center();
        let (own_x, own_y) = self.line.center();
        let Frame { left, top, right, bottom } = line.frame;
        let is_own = match line.direction {
            Direction::Right => (top..=bottom).contains(&own_y),
            Direction::Down | Direction::Up => (left..=right).contains(&own_x),
        };
        is_own && (left..=right).contains(&x) && (top..=bottom).contains(&y)
    }

    /// Where it stands in the text of a line. The line was put together from pieces, so it is the place of these
    /// characters that is nearest to that of the word on the page.
    fn place(&self, line: &PlacedLine, columns: &Columns) -> Option<Span> {
        let (x, y) = self.frame.center();
        let Frame { left, top, right, bottom } = line.frame;
        let part = match line.direction {
            Direction::Right => (x - left) / (right - left).max(f32::EPSILON),
            Direction::Down => (y - top) / (bottom - top).max(f32::EPSILON),
            Direction::Up => (bottom - y) / (bottom - top).max(f32::EPSILON),
        };
        let wanted = part * columns.all as f32 - self.text.width() as f32 / 2.0;
        let start = columns.nearest(&line.text, &self.text, wanted)?;
        Some(start..start + self.text.len())
    }
}

/// The columns of a text, counted once for all words that are looked for in it.
struct Columns {
    /// Where each character begins, in columns and in bytes.
    starts: Vec<(usize, usize)>,
    all: usize,
}

impl Columns {
    fn of(text: &str) -> Self {
        let mut all = 0;
        let start = |(at, c): (usize, char)| {
            let start = (all, at);
            all += c.width().unwrap_or(0);
            start
        };
        let starts = text.char_indices().map(start).collect();
        Self { starts, all }
    }

    /// Where a word begins in this text, in bytes, nearest to a column: the first one from there on, or the last one
    /// before.
    fn nearest(&self, text: &str, word: &str, wanted: f32) -> Option<usize> {
        let here = self.starts.partition_point(|start| (start.0 as f32) < wanted);
        let at = self.starts.get(here).map_or(text.len(), |start| start.1);
        let behind = text[at..].find(word).map(|found| at + found);
        let before = here.checked_sub(1).and_then(|last| {
            // It begins before that place, and may end behind it.
            let mut end = (self.starts[last].1 + word.len()).min(text.len());
            while !text.is_char_boundary(end) {
                end -= 1;
            }
            text[..end].rfind(word)
        });
        let aside = |start: &usize| {
            let place = self.starts.binary_search_by_key(start, |start| start.1);
            let column = place.map_or(self.all, |place| self.starts[place].0);
            (column as f32 - wanted).abs()
        };
        before.into_iter().chain(behind).min_by(|a, b| aside(a).total_cmp(&aside(b)))
    }
}

impl PrintedPage {
    /// The doubtful words of one of its lines, whose text begins at this byte; those that nothing but blanks
    /// divides are one.
    pub(super) fn doubtful_on(&self, line: &PlacedLine, start: usize) -> Vec<DoubtfulWords> {
        let Frame { top, bottom, .. } = line.frame;
        let first = self.doubtful.partition_point(|word| word.height() < top);
        let near = self.doubtful[first..].iter().take_while(|word| word.height() <= bottom);
        let on_line: Vec<&DoubtfulWord> = near.filter(|word| word.is_on(line)).collect();
        if on_line.is_empty() || line.confidence.is_none() {
            return Vec::new();
        }
        let columns = Columns::of(&line.text);
        let mut found: Vec<(Span, Frame, u8)> = on_line
            .into_iter()
            .filter_map(|word| Some((word.place(line, &columns)?, word.frame, word.confidence)))
            .collect();
        found.sort_by_key(|(span, ..)| (span.start, span.end));
        let mut joined: Vec<(Span, Frame, u8)> = Vec::new();
        for (span, frame, confidence) in found {
            let goes_on = |last: &Span| {
                last.end >= span.start || line.text[last.end..span.start].trim().is_empty()
            };
            match joined.last_mut().filter(|(last, ..)| goes_on(last)) {
                Some((last, around, lowest)) => {
                    last.end = last.end.max(span.end);
                    *around = Frame::around([*around, frame]);
                    *lowest = confidence.min(*lowest);
                }
                None => joined.push((span, frame, confidence)),
            }
        }
        let words = |(span, frame, confidence): (Span, Frame, u8)| DoubtfulWords {
            span: start + span.start..start + span.end,
            confidence,
            page: self.number,
            area: self.sheet.area(&frame),
        };
        joined.into_iter().map(words).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::layout::{PlacedBlock, Sheet};

    fn line(text: &str, frame: [f32; 4], direction: Direction) -> PlacedLine {
        let [left, top, right, bottom] = frame;
        PlacedLine {
            text: text.to_owned(),
            frame: Frame { left, top, right, bottom },
            size: 10.0,
            direction,
            confidence: Some(80),
            is_running: false,
            above: None,
        }
    }

    /// The doubtful words of a line, of those at these places with these confidences.
    fn found(line: &PlacedLine, words: &[(&str, [f32; 4], f32)]) -> Vec<(String, u8)> {
        let mut page = PrintedPage::new(2, Sheet::of_unknown_size(), Vec::new());
        page.doubtful = DoubtfulWord::of_page(words.iter().filter_map(
            |&(text, [left, top, right, bottom], sure)| {
                DoubtfulWord::new(text, Frame { left, top, right, bottom }, line.frame, sure)
            },
        ));
        page.blocks = vec![PlacedBlock { lines: vec![line.clone()] }];
        let words = page.doubtful_on(line, 7);
        let text =
            |words: &DoubtfulWords| line.text[words.span.start - 7..words.span.end - 7].to_owned();
        words.iter().map(|words| (text(words), words.confidence)).collect()
    }

    #[test]
    fn a_word_is_found_where_it_stands_on_the_line() {
        let at = |from: f32, to: f32| [from, 100.0, to, 110.0];
        let level = || line("渡口的木船的缆绳", at(100.0, 180.0), Direction::Right);
        // The second of two that say the same; one that is sure; one on the next line.
        let words = [
            ("的", at(150.0, 160.0), 0.3),
            ("木船", at(130.0, 150.0), 0.9),
            ("渡口", [100.0, 120.0, 120.0, 130.0], 0.1),
        ];
        let found_here = found(&level(), &words);
        assert_eq!(found_here, [("的".to_owned(), 30)]);
        let mut page = PrintedPage::new(2, Sheet::of_unknown_size(), Vec::new());
        page.doubtful.extend(DoubtfulWord::new(
            "的",
            Frame { left: 150.0, top: 100.0, right: 160.0, bottom: 110.0 },
            level().frame,
            0.3,
        ));
        let span = page.doubtful_on(&level(), 0)[0].span.clone();
        assert_eq!(span, 15..18);
        let down = line("渡口的木船的缆绳", [100.0, 100.0, 110.0, 180.0], Direction::Down);
        assert_eq!(found(&down, &[("的", [100.0, 120.0, 110.0, 130.0], 0.3)])[0].0, "的");
    }

    #[test]
    fn words_that_stand_together_are_one_and_set_lines_have_none() {
        let at = |from: f32, to: f32| [from, 100.0, to, 110.0];
        let level = || line("渡口 木船", at(100.0, 145.0), Direction::Right);
        let words = [("渡口", at(100.0, 120.0), 0.5), ("木船", at(125.0, 145.0), 0.2)];
        assert_eq!(found(&level(), &words), [("渡口 木船".to_owned(), 20)]);
        let set = PlacedLine { confidence: None, ..level() };
        assert!(found(&set, &words).is_empty());
    }

    #[test]
    fn of_a_long_line_of_doubtful_words_the_first_are_marked() {
        const WORDS: usize = 20_000;
        // Of two characters each the first is doubtful.
        let words: Vec<_> = (0..WORDS)
            .map(|at| ("的", [20.0 * at as f32, 0.0, 20.0 * at as f32 + 10.0, 10.0], 0.1))
            .collect();
        let frame = [0.0, 0.0, 20.0 * WORDS as f32, 10.0];
        let apart = found(&line(&"的，".repeat(WORDS), frame, Direction::Right), &words);
        assert_eq!(apart.len(), MAX_WORDS);
        assert!(apart.iter().all(|(text, sure)| (text.as_str(), *sure) == ("的", 10)));
        // Each is doubtful, and there is nothing between them.
        let words: Vec<_> = (0..WORDS)
            .map(|at| ("的", [20.0 * at as f32, 0.0, 20.0 * at as f32 + 20.0, 10.0], 0.1))
            .collect();
        let together = found(&line(&"的".repeat(WORDS), frame, Direction::Right), &words);
        assert_eq!(together, [("的".repeat(MAX_WORDS), 10)]);
    }

    #[test]
    fn a_word_is_not_marked_on_a_line_that_overlaps_its_own() {
        let [upper, lower] = [(100.0, 112.0), (108.0, 120.0)].map(|(top, bottom)| Frame {
            left: 100.0,
            top,
            right: 140.0,
            bottom,
        });
        let frame = Frame { left: 100.0, top: 106.0, right: 110.0, bottom: 112.0 };
        let mut page = PrintedPage::new(1, Sheet::of_unknown_size(), Vec::new());
        page.doubtful =
            DoubtfulWord::of_page(DoubtfulWord::new("的", frame, upper, 0.2).into_iter());
        let marked = [upper, lower].map(|Frame { left, top, right, bottom }| {
            let line = line("的一的二", [left, top, right, bottom], Direction::Right);
            page.doubtful_on(&line, 0).len()
        });
        assert_eq!(marked, [1, 0]);
    }
}
