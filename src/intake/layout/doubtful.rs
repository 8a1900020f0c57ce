//! Which words of the written lines were recognised with low confidence.

use unicode_width::UnicodeWidthStr;

use super::geometry::{Direction, Frame};
use super::{PlacedLine, PrintedPage};
use crate::model::{DoubtfulWords, Span};

/// A word that was recognised with less confidence, in percent, is doubtful: about half of the characters in such
/// words are wrong. Measured by `cargo bench --bench ocr`.
const MIN_CONFIDENCE: f32 = 60.0;

/// A word that was recognised with low confidence.
#[derive(Debug, Clone)]
pub(in crate::intake) struct DoubtfulWord {
    text: String,
    frame: Frame,
    /// In percent.
    confidence: u8,
}

impl DoubtfulWord {
    /// A word that was recognised with this confidence, from 0 to 1; `None` if that is enough.
    pub(in crate::intake) fn new(text: &str, frame: Frame, confidence: f32) -> Option<Self> {
        let (text, percent) = (text.trim(), confidence.clamp(0.0, 1.0) * 100.0);
        let is_doubtful = percent < MIN_CONFIDENCE && !text.is_empty();
        is_doubtful.then(|| Self { text: text.to_owned(), frame, confidence: percent as u8 })
    }

    /// Where it stands in the text of a line. The line was put together from pieces, so it is the place of these
    /// characters that is nearest to that of the word on the page.
    fn place(&self, line: &PlacedLine) -> Option<Span> {
        let (x, y) = self.frame.center();
        let Frame { left, top, right, bottom } = line.frame;
        let is_on_line = (left..=right).contains(&x) && (top..=bottom).contains(&y);
        if !is_on_line || line.confidence.is_none() {
            return None;
        }
        let part = match line.direction {
            Direction::Right => (x - left) / (right - left).max(f32::EPSILON),
            Direction::Down => (y - top) / (bottom - top).max(f32::EPSILON),
            Direction::Up => (bottom - y) / (bottom - top).max(f32::EPSILON),
        };
        let wanted = part * line.text.width() as f32;
        let aside = |start: usize| {
            let middle = line.text[..start].width() as f32 + self.text.width() as f32 / 2.0;
            (middle - wanted).abs()
        };
        let starts = line.text.match_indices(&self.text).map(|(start, _)| start);
        let start = starts.min_by(|a, b| aside(*a).total_cmp(&aside(*b)))?;
        Some(start..start + self.text.len())
    }
}

impl PrintedPage {
    /// The doubtful words of one of its lines, whose text begins at this byte; those that nothing but blanks
    /// divides are one.
    pub(super) fn doubtful_on(&self, line: &PlacedLine, start: usize) -> Vec<DoubtfulWords> {
        let on_line = self.doubtful.iter();
        let mut found: Vec<(Span, Frame, u8)> = on_line
            .filter_map(|word| Some((word.place(line)?, word.frame, word.confidence)))
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
    fn found(line: PlacedLine, words: &[(&str, [f32; 4], f32)]) -> Vec<(String, u8)> {
        let mut page = PrintedPage::new(2, Sheet::of_unknown_size(), Vec::new());
        page.doubtful = words
            .iter()
            .filter_map(|&(text, [left, top, right, bottom], sure)| {
                DoubtfulWord::new(text, Frame { left, top, right, bottom }, sure)
            })
            .collect();
        page.blocks = vec![PlacedBlock { lines: vec![line.clone()] }];
        let words = page.doubtful_on(&line, 7);
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
        let found_here = found(level(), &words);
        assert_eq!(found_here, [("的".to_owned(), 30)]);
        let mut page = PrintedPage::new(2, Sheet::of_unknown_size(), Vec::new());
        page.doubtful.extend(DoubtfulWord::new(
            "的",
            Frame { left: 150.0, top: 100.0, right: 160.0, bottom: 110.0 },
            0.3,
        ));
        let span = page.doubtful_on(&level(), 0)[0].span.clone();
        assert_eq!(span, 15..18);
        let down = line("渡口的木船的缆绳", [100.0, 100.0, 110.0, 180.0], Direction::Down);
        assert_eq!(found(down, &[("的", [100.0, 120.0, 110.0, 130.0], 0.3)])[0].0, "的");
    }

    #[test]
    fn words_that_stand_together_are_one_and_set_lines_have_none() {
        let at = |from: f32, to: f32| [from, 100.0, to, 110.0];
        let level = || line("渡口 木船", at(100.0, 145.0), Direction::Right);
        let words = [("渡口", at(100.0, 120.0), 0.5), ("木船", at(125.0, 145.0), 0.2)];
        assert_eq!(found(level(), &words), [("渡口 木船".to_owned(), 20)]);
        let set = PlacedLine { confidence: None, ..level() };
        assert!(found(set, &words).is_empty());
    }
}
