//! A paragraph in one form: folded, without blanks, with the way back to the body.

use crate::model::Span;
use crate::text::fold_char;

/// A paragraph of the body without blanks, marks of footnotes and remarks in brackets, with every
/// character folded, so that 735.8 亿元 and ７３５．８亿元 are one.
#[derive(Debug)]
pub(super) struct FoldedParagraph {
    pub(super) text: String,
    /// For each byte of `text`, the bytes of the body that its character begins and ends at.
    origins: Vec<(u32, u32)>,
}

impl FoldedParagraph {
    /// The paragraph that begins at a byte of the body.
    pub(super) fn new(paragraph: &str, body_start: usize) -> Self {
        let mut text = String::with_capacity(paragraph.len());
        let mut origins = Vec::with_capacity(paragraph.len());
        let mut remark_end = 0;
        for (at, c) in paragraph.char_indices() {
            let folded = fold_char(c);
            if matches!(folded, '[' | '(') {
                remark_end = remark_end.max(at + remark(&paragraph[at..]));
            }
            if at >= remark_end && !folded.is_whitespace() {
                text.push(folded);
                let start = body_start + at;
                origins.resize(text.len(), (offset(start), offset(start + c.len_utf8())));
            }
        }
        Self { text, origins }
    }

    /// The bytes of the body that a span of the text came from.
    pub(super) fn origin(&self, span: &Span) -> Span {
        let first = self.origins.get(span.start).or(self.origins.last());
        let last = span.end.checked_sub(1).and_then(|last| self.origins.get(last));
        let start = first.map_or(0, |&(start, _)| start as usize);
        start..last.map_or(start, |&(_, end)| (end as usize).max(start))
    }
}

/// The length in bytes of what a text begins with and a reader passes over: the mark of a footnote,
/// `[3]`, or words in brackets without a number, （以下数据均为此口径）.
fn remark(text: &str) -> usize {
    let mut within = text.char_indices().map(|(at, c)| (at, fold_char(c)));
    let opens = within.next().map(|(_, c)| c);
    let is_note = opens == Some('[');
    for (at, c) in within.take(MAX_REMARK_CHARS) {
        if c == if is_note { ']' } else { ')' } {
            return text[at..].chars().next().map_or(0, |close| at + close.len_utf8());
        }
        if c.is_ascii_digit() != is_note || c == '(' {
            return 0;
        }
    }
    0
}

/// Length of a remark in brackets, in characters.
const MAX_REMARK_CHARS: usize = 20;

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// Length of a sentence that is read as one, in bytes.
const MAX_SENTENCE_BYTES: usize = 2_000;

/// The sentences of a text, with their end marks.
pub(super) fn sentences(text: &str) -> impl Iterator<Item = Span> {
    let mut start = 0;
    let mut ends = Vec::new();
    let mut begin = 0;
    for (at, c) in text.char_indices() {
        // A text without stops, of a table or in another language, is read in pieces.
        let is_long = at - begin > MAX_SENTENCE_BYTES;
        if matches!(c, '。' | '!' | '?' | '…') || is_long && matches!(c, ';' | ',' | '.') {
            begin = at + c.len_utf8();
            ends.push(begin);
        } else if at - begin > 2 * MAX_SENTENCE_BYTES {
            begin = at;
            ends.push(begin);
        }
    }
    ends.push(text.len());
    ends.into_iter().filter_map(move |end| {
        let span = start..end;
        start = end;
        (!span.is_empty()).then_some(span)
    })
}
