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
