//! Printed text with what was looked for marked.

use std::ops::Range;

use maud::{Markup, html};

use crate::model::{DoubtfulPlace, Record, Span, TextField};
use crate::present::Lang;
use crate::present::{runs, spans, windows};
use crate::search::Highlight;

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

/// What is marked in a text, in its order.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct TextMarks<'a> {
    /// The language of what is said of them.
    pub(crate) lang: Lang,
    /// What a search matches.
    pub(crate) matches: &'a [Span],
    /// What was recognised with low confidence.
    pub(crate) doubtful: &'a [DoubtfulPlace],
}

impl<'a> TextMarks<'a> {
    /// Those of a field of an article.
    pub(crate) fn of(
        lang: Lang,
        record: &'a Record,
        highlights: &'a [Highlight],
        field: TextField,
    ) -> Self {
        Self { lang, matches: spans(highlights, field), doubtful: record.doubtful_in(field) }
    }

    /// The whole text with its marks.
    pub(crate) fn whole(&self, text: &str) -> Markup {
        self.part(text, 0..text.len())
    }

    fn part(&self, text: &str, range: Range<usize>) -> Markup {
        // Of a long text each paragraph is a part, so that nothing is done here for those of others.
        let first = self.doubtful.partition_point(|place| place.end <= range.start);
        let here = &self.doubtful[first..];
        let here = &here[..here.partition_point(|place| place.start < range.end)];
        let doubtful: Vec<Span> = here.iter().map(|place| place.start..place.end).collect();
        let confidence = |run: &Range<usize>| {
            let place = here.get(here.partition_point(|place| place.end <= run.start));
            place.map(|place| place.confidence)
        };
        let title = |confidence: u8| {
            self.lang.of(
                format!("识别把握 {confidence}%"),
                format!("recognition confidence {confidence} %"),
            )
        };
        html! {
            @for run in runs(text, range, &doubtful) {
                @let words = part_marked(text, run.range.clone(), self.matches);
                @match confidence(&run.range).filter(|_| run.marked) {
                    Some(confidence) => u.doubtful title=(title(confidence)) { (words) },
                    None => (words),
                }
            }
        }
    }
}

/// A part of a text with its marks, and with elements around other stretches of it that
/// links lead to: each a name and the bytes that it stands for, sorted by their beginnings, what lies
/// in another one behind it. What does not lie in the part is left out.
#[must_use]
pub(crate) fn part_anchored(
    text: &str,
    range: Range<usize>,
    marks: &TextMarks,
    anchors: &[(String, Span)],
) -> Markup {
    let mut at = range.start;
    let mut rest = anchors;
    let mut parts: Vec<Markup> = Vec::new();
    while let Some(((name, span), behind)) = rest.split_first() {
        rest = behind;
        if span.start < at || span.end > range.end {
            continue;
        }
        let inner = behind.partition_point(|(_, inner)| inner.start < span.end);
        let (within, behind) = behind.split_at(inner);
        parts.push(html! {
            (marks.part(text, at..span.start))
            span.anchored id=(name) { (part_anchored(text, span.clone(), marks, within)) }
        });
        (at, rest) = (span.end, behind);
    }
    html! { @for part in &parts { (part) } (marks.part(text, at..range.end)) }
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
    use crate::model::PageArea;

    #[test]
    fn marks_stand_around_the_right_words_and_text_is_escaped() {
        let shown = marked("<b>氢能</b>", &[3..9, 40..50]).into_string();
        assert_eq!(shown, "&lt;b&gt;<mark>氢能</mark>&lt;/b&gt;");
        let part = part_marked("a<b 氢能 & 氢能", 7..11, &[4..10, 13..19]);
        assert_eq!(part.into_string(), "<mark>能</mark> ");
    }

    #[test]
    fn links_lead_to_stretches_that_may_lie_in_each_other() {
        let text = "甲乙丙丁戊";
        let anchors = [("a".to_owned(), 3..12), ("b".to_owned(), 6..9), ("c".to_owned(), 12..15)];
        let matches = TextMarks { matches: &[0..3, 3..6], ..TextMarks::default() };
        let shown = part_anchored(text, 0..15, &matches, &anchors).into_string();
        assert_eq!(
            shown,
            "<mark>甲</mark><span class=\"anchored\" id=\"a\"><mark>乙</mark>\
             <span class=\"anchored\" id=\"b\">丙</span>丁</span>\
             <span class=\"anchored\" id=\"c\">戊</span>"
        );
        let part = part_anchored(text, 6..12, &TextMarks::default(), &anchors).into_string();
        assert_eq!(
            part, "<span class=\"anchored\" id=\"b\">丙</span>丁",
            "what does not lie in it"
        );
    }

    #[test]
    fn doubtful_words_are_marked_around_matches_and_within_links() {
        let place = |start, end, confidence| DoubtfulPlace {
            field: TextField::Body,
            start,
            end,
            confidence,
            page: 1,
            area: PageArea::default(),
        };
        let marks = TextMarks {
            matches: std::slice::from_ref(&(3..6)),
            doubtful: &[place(0, 6, 41), place(9, 15, 7), place(90, 99, 1)],
            ..TextMarks::default()
        };
        let anchors = [("a".to_owned(), 9..12)];
        let shown = part_anchored("甲乙丙丁戊", 0..15, &marks, &anchors).into_string();
        assert_eq!(
            shown,
            "<u class=\"doubtful\" title=\"识别把握 41%\">甲<mark>乙</mark></u>丙\
             <span class=\"anchored\" id=\"a\"><u class=\"doubtful\" title=\"识别把握 7%\">丁</u></span>\
             <u class=\"doubtful\" title=\"识别把握 7%\">戊</u>"
        );
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
