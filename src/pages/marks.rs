//! Text with what matches marked.

use std::ops::Range;

use maud::{Markup, html};

use crate::model::Span;
use crate::search::{Field, Highlight};
use crate::view::{runs, windows};

/// Columns of a stretch of a snippet: about a line and a half of the page.
const WIDTH: usize = 116;

/// The spans of one field; none where nothing matches.
pub(super) fn spans(highlights: &[Highlight], field: Field) -> &[Span] {
    let of_field = highlights.iter().find(|highlight| highlight.field == field);
    of_field.map_or(&[], |highlight| &highlight.spans)
}

/// A part of a text, with the spans of the whole text that lie in it marked.
pub(super) fn marked(text: &str, part: Range<usize>, spans: &[Span]) -> Markup {
    html! {
        @for run in runs(text, part, spans) {
            @let words = text.get(run.range).unwrap_or_default();
            @if run.marked { mark { (words) } } @else { (words) }
        }
    }
}

/// The whole of a text with its spans marked.
pub(super) fn all_marked(text: &str, spans: &[Span]) -> Markup {
    marked(text, 0..text.len(), spans)
}

/// The few stretches of a text that show why it matches, each a paragraph of its own.
pub(super) fn snippets(text: &str, spans: &[Span]) -> Markup {
    html! {
        @for window in windows(text, spans, WIDTH) {
            p.snippet {
                @if window.start > 0 { "…" }
                (marked(text, window.clone(), spans))
                @if window.end < text.len() { "…" }
            }
        }
    }
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

    #[test]
    fn what_is_left_out_of_a_snippet_shows() {
        let text = "甲".repeat(100) + "乙" + &"丙".repeat(100);
        let shown = snippets(&text, &[300..303]).into_string();
        assert!(shown.starts_with("<p class=\"snippet\">…甲"), "{shown}");
        assert!(shown.contains("<mark>乙</mark>丙") && shown.ends_with("丙…</p>"), "{shown}");
    }
}
