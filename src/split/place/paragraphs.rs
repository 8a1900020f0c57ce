//! Whether a line continues the paragraph of the line before it, by where both stand.
//!
//! A paragraph begins further in, or after a line that is not full, or after a gap. The head of a column or
//! a page is no gap: a line that begins there at the edge continues the full line at the foot of the last.

use super::measures::{FilePlaces, LineMeasure};
use crate::model::SourceText;
use crate::split::shape;

/// What is missing of a full line, in sizes of type: a stop that hangs over its end, and a word or a number
/// that went to the next line.
const MAX_REST: f32 = 1.6;
const MAX_WORD: f32 = 3.2;

/// A line that begins further in than this begins a paragraph; up to that it is at the edge.
const MIN_INDENT: f32 = 1.0;
const AT_EDGE: f32 = 0.7;

/// A gap that divides paragraphs, in lines of text.
const MIN_GAP: f32 = 0.45;

/// How much the lines of two columns differ in length.
const MAX_WIDER: f32 = 1.15;

/// Whether a line continues the text line before it, both by their positions in
/// [`SourceText::lines`]; `None` if their places do not say it.
pub(in crate::split) fn continues(
    source: &SourceText,
    places: &FilePlaces,
    first: usize,
    second: usize,
) -> Option<bool> {
    let (a, b) = (places.line(first)?, places.line(second)?);
    let (upper, lower) = (source.line(first).trim(), source.line(second).trim());
    let is_row = shape::table_row(upper) || shape::table_row(lower);
    if is_row || a.is_vertical != b.is_vertical || !places.are_alike(a, b) {
        return Some(false);
    }
    if places.is_larger(a) {
        return Some(a.run == b.run && headline_goes_on(a, b));
    }
    let ends = shape::ends_sentence(upper);
    let is_full = a.rest <= if ends { MAX_REST } else { MAX_WORD };
    let is_other = (ends && shape::opens_unit(lower)) || b.indent >= MIN_INDENT;
    if a.run == b.run {
        if is_other || b.gap.is_some_and(|gap| gap > MIN_GAP) || !is_full {
            return Some(false);
        }
        // A full line and one at the edge: they are one paragraph where others begin further in.
        let is_sure = !ends || (places.is_indented && b.indent < AT_EDGE);
        return is_sure.then_some(true);
    }
    let is_next = (a.page, a.column) != (b.page, b.column) && b.gap.is_none();
    let (short, long) = (a.measure.min(b.measure), a.measure.max(b.measure));
    let is_like = long <= short * MAX_WIDER || b.run_lines == 1;
    if !is_next || !is_like || !is_full || is_other || a.run_lines == 1 {
        return Some(false);
    }
    let fills = b.run_lines > 1 && b.rest <= MAX_WORD;
    Some(!ends || (places.is_indented && fills))
}

/// Whether a line of a headline goes on for want of room: it fills its column, and the next is shorter.
fn headline_goes_on(a: &LineMeasure, b: &LineMeasure) -> bool {
    let fills = a.column_indent.abs() < AT_EDGE && a.column_rest.abs() < MIN_INDENT;
    fills && b.rest > AT_EDGE && b.gap.is_none_or(|gap| gap <= MIN_GAP)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{LinePlace, PageArea};

    /// Lines at these places: page, column, distance from the left, level, size. A character is 100 wide.
    fn page(lines: &[(u32, u16, u16, u16, u16, &str)]) -> SourceText {
        let text: Vec<&str> = lines.iter().map(|line| line.5).collect();
        let mut source = SourceText::from_text("a.pdf", text.join("\n"));
        for (line, &(page, column, left, top, size, words)) in source.lines.iter_mut().zip(lines) {
            let width = words.chars().count() as u16 * size;
            let area = PageArea { left, top, right: left + width, bottom: top + size };
            line.place = Some(LinePlace { page, column, area, size, ..LinePlace::default() });
        }
        source
    }

    /// Whether each line continues the one before it.
    fn told(lines: &[(u32, u16, u16, u16, u16, &str)]) -> Vec<Option<bool>> {
        let source = page(lines);
        let places = FilePlaces::of(&source);
        (1..lines.len()).map(|line| continues(&source, &places, line - 1, line)).collect()
    }

    #[test]
    fn a_paragraph_goes_on_over_the_end_of_a_column_and_of_a_page() {
        let lines = [
            (1, 1, 1200, 1000, 100, "淘井的师傅说，井"),
            (1, 1, 1000, 1150, 100, "口的石圈是前年换的。"),
            (1, 1, 1200, 1300, 100, "村里人都来打水，"),
            (1, 2, 2500, 1000, 100, "早上挑两担，傍晚挑一"),
            (1, 2, 2500, 1150, 100, "担，井水从不见少。"),
            (1, 2, 2700, 1300, 100, "后来架了水管，井"),
            (2, 1, 1000, 1000, 100, "就闲了下来，只有老人"),
            (2, 1, 1000, 1150, 100, "还用它洗菜。"),
        ];
        let no_yes = [true, false, true, true, false, true, true].map(Some);
        assert_eq!(told(&lines), no_yes);
    }

    #[test]
    fn a_full_line_that_ends_a_sentence_is_followed_by_its_paragraph_unless_that_begins_further_in()
    {
        let lines = [
            (1, 1, 1200, 1000, 100, "井台加了一道木栏"),
            (1, 1, 1000, 1150, 100, "杆，过路的人也能歇。"),
            (1, 1, 1000, 1300, 100, "栏杆上刻着捐钱的人的"),
            (1, 1, 1000, 1450, 100, "姓名。"),
            (1, 1, 1200, 1600, 100, "木匠没有收工钱。"),
            (1, 1, 1200, 1750, 100, "他说井是大家的。"),
        ];
        assert_eq!(told(&lines), [true, true, true, false, false].map(Some));
    }

    #[test]
    fn a_headline_goes_on_only_for_want_of_room() {
        let lines = [
            (1, 1, 1000, 1000, 200, "老水井换青"),
            (1, 1, 1000, 1250, 200, "石"),
            (1, 1, 1000, 1500, 100, "井台加了一道木栏，路"),
            (1, 1, 1000, 1650, 100, "人能歇。"),
        ];
        assert_eq!(told(&lines), [true, false, true].map(Some));
    }

    #[test]
    fn lines_without_places_are_told_nothing() {
        let source = SourceText::from_text("a.txt", "井台加了一道\n木栏。");
        let places = FilePlaces::of(&source);
        assert!(places.is_empty());
        assert_eq!(continues(&source, &places, 0, 1), None);
    }
}
