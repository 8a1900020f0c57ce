//! Folding: one character in, one character out, so that the map back to the shown text is exact.

use crate::model::Span;

/// The form of a character that is compared: half width, simplified, lower case; any white space
/// is a blank.
#[must_use]
pub fn fold_char(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => fold_char(char::from_u32(c as u32 - 0xfee0).unwrap_or(c)),
        c if c.is_whitespace() => ' ',
        c => {
            let mut lower = c.to_lowercase();
            match (lower.next(), lower.next()) {
                (Some(one), None) => one,
                _ => c,
            }
        }
    }
}

/// A folded text with the way back to the text it was folded from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folded {
    /// The folded text: as many characters as the original.
    pub text: String,
    /// Where the distance between the two texts changes: byte offset in the folded text from
    /// which on the original offset is larger by this much.
    shifts: Vec<(usize, isize)>,
}

impl Folded {
    /// The bytes of the original text that a span of the folded text came from.
    #[must_use]
    pub fn origin(&self, span: Span) -> Span {
        self.origin_of(span.start)..self.origin_of(span.end)
    }

    fn origin_of(&self, offset: usize) -> usize {
        let after = self.shifts.partition_point(|&(from, _)| from <= offset);
        let shift = after.checked_sub(1).map_or(0, |last| self.shifts[last].1);
        offset.saturating_add_signed(shift)
    }
}

/// Folds a text and keeps the way back.
#[must_use]
pub fn fold(original: &str) -> Folded {
    let mut folded = Folded { text: String::with_capacity(original.len()), shifts: Vec::new() };
    let mut shift = 0isize;
    for c in original.chars() {
        let to = fold_char(c);
        folded.text.push(to);
        if c.len_utf8() != to.len_utf8() {
            shift += c.len_utf8() as isize - to.len_utf8() as isize;
            folded.shifts.push((folded.text.len(), shift));
        }
    }
    folded
}
