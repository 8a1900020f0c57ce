//! Text with what matches marked.

use std::ops::Range;

use maud::{Markup, html};

use crate::model::Span;
use crate::search::{Field, Highlight};

/// The spans of one field; none where nothing matches.
pub(super) fn spans(highlights: &[Highlight], field: Field) -> &[Span] {
    let of_field = highlights.iter().find(|highlight| highlight.field == field);
    of_field.map_or(&[], |highlight| &highlight.spans)
}

/// A part of a text, with the spans of the whole text that lie in it marked.
pub(super) fn marked(text: &str, part: Range<usize>, spans: &[Span]) -> Markup {
    let piece = |range: Range<usize>| text.get(range).unwrap_or_default();
    let mut at = part.start;
    let mut pieces = Vec::new();
    for span in spans {
        let (from, to) = (span.start.max(at), span.end.min(part.end));
        if from < to {
            pieces.push((piece(at..from), piece(from..to)));
            at = to;
        }
    }
    html! {
        @for (plain, hit) in pieces { (plain) mark { (hit) } }
        (piece(at..part.end))
    }
}

/// The whole of a text with its spans marked.
pub(super) fn all_marked(text: &str, spans: &[Span]) -> Markup {
    marked(text, 0..text.len(), spans)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_stand_around_the_words_and_what_is_beside_is_escaped() {
        let text = "a<b 氢能 & 氢能";
        let spans = [4..10, 13..19];
        assert_eq!(
            all_marked(text, &spans).into_string(),
            "a&lt;b <mark>氢能</mark> &amp; <mark>氢能</mark>"
        );
        assert_eq!(marked(text, 7..11, &spans).into_string(), "<mark>能</mark> ");
        assert_eq!(marked(text, 0..3, &spans).into_string(), "a&lt;b");
    }
}
