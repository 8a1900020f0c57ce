//! A paragraph in one form: folded, without blanks, with the way back to the body.

use crate::model::Span;
use crate::text::fold_char;

/// A paragraph of the body without blanks and with every character folded, so that 735.8 亿元 and
/// ７３５．８亿元 are one.
#[derive(Debug, Default)]
pub(super) struct Passage {
    pub(super) text: String,
    /// For each byte of `text`, and its end, the byte of the body.
    origins: Vec<u32>,
    /// The characters as printed, by the bytes of `text`.
    body_start: usize,
}

impl Passage {
    /// The paragraph that begins at a byte of the body.
    pub(super) fn new(paragraph: &str, body_start: usize) -> Self {
        let mut text = String::with_capacity(paragraph.len());
        let mut origins = Vec::with_capacity(paragraph.len() + 1);
        let mut end = 0;
        for (at, c) in paragraph.char_indices() {
            let folded = fold_char(c);
            if folded.is_whitespace() {
                continue;
            }
            text.push(folded);
            origins.resize(text.len(), offset(at));
            end = at + c.len_utf8();
        }
        origins.push(offset(end));
        Self { text, origins, body_start }
    }

    /// The bytes of the body that a span of the text came from.
    pub(super) fn origin(&self, span: &Span) -> Span {
        let at = |byte: usize| self.origins.get(byte).copied().unwrap_or_default() as usize;
        // A span ends behind its last character, not before the next: blanks between are no part.
        let start = at(span.start);
        let last = span.end.checked_sub(1).map_or(0, at);
        let end = if span.end >= self.text.len() { at(self.text.len()) } else { at(span.end) };
        let _ = last;
        self.body_start + start..self.body_start + end.max(start)
    }
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// The sentences of a text, with their end marks.
pub(super) fn sentences(text: &str) -> impl Iterator<Item = Span> {
    let mut start = 0;
    let ends = text.char_indices().filter(|&(_, c)| matches!(c, '。' | '!' | '?' | '…'));
    let mut ends: Vec<usize> = ends.map(|(at, c)| at + c.len_utf8()).collect();
    ends.push(text.len());
    ends.into_iter().filter_map(move |end| {
        let span = start..end;
        start = end;
        (!span.is_empty()).then_some(span)
    })
}
