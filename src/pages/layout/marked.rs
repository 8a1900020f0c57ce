//! Printed text with what was looked for marked.

use std::ops::Range;

use maud::{Markup, html};

use crate::model::Span;
use crate::present::Lang;
use crate::present::{runs, windows};

/// Columns of a window of a snippet: about a line and a half of the page.
const WIDTH: usize = 116;

/// The whole text with its matches marked.
#[must_use]
pub fn marked(text: &str, spans: &[Span]) -> Markup {
    part_marked(text, 0..text.len(), spans)
}

/// The snippets of a text, each in its own paragraph.
#[must_use]
pub fn snippets(text: &str, spans: &[Span]) -> Markup {
    html! {
        @for range in windows(text, spans, WIDTH) {
            p.snippet {
                @if range.start > 0 { "…" }
                (part_marked(text, range.clone(), spans))
                @if range.end < text.len() { "…" }
            }
        }
    }
}

/// A part of a text with the matches that lie in it highlighted.
#[must_use]
pub fn part_marked(text: &str, range: Range<usize>, spans: &[Span]) -> Markup {
    html! {
        @for run in runs(text, range, spans) {
            @let words = text.get(run.range).unwrap_or_default();
            @if run.marked { mark { (words) } } @else { (words) }
        }
    }
}

/// A name of the corpus, marked as Chinese on a page that is not.
#[must_use]
pub(crate) fn named(lang: Lang, name: &str) -> Markup {
    html! {
        @match lang {
            Lang::Zh => (name),
            Lang::En => span lang=(Lang::Zh.tag()) { (name) },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_stand_around_the_right_words_and_text_is_escaped() {
        let shown = marked("<b>氢能</b>", &[3..9, 40..50]).into_string();
        assert_eq!(shown, "&lt;b&gt;<mark>氢能</mark>&lt;/b&gt;");
        let part = part_marked("a<b 氢能 & 氢能", 7..11, &[4..10, 13..19]);
        assert_eq!(part.into_string(), "<mark>能</mark> ");
    }

    #[test]
    fn what_is_left_out_of_a_snippet_shows() {
        let text = "甲".repeat(100) + "乙" + &"丙".repeat(100);
        let marked = 300..303;
        let shown = snippets(&text, std::slice::from_ref(&marked)).into_string();
        assert!(shown.starts_with("<p class=\"snippet\">…甲"), "{shown}");
        assert!(shown.contains("<mark>乙</mark>丙") && shown.ends_with("丙…</p>"), "{shown}");
    }
}
