//! The few places of a hit that show why it matches: every part of the query once, if possible.
//! Given as byte ranges, for callers to print or mark up.

use std::ops::Range;

use unicode_width::UnicodeWidthChar;

use crate::model::Span;
use crate::search::{Highlight, TextField};
use crate::text::search_form;

/// Windows of a text at most.
const MAX_WINDOWS: usize = 6;
/// Windows of full width at most; more than these are narrower, so that a hit stays short.
const MAX_WIDE_WINDOWS: usize = 3;

/// A stretch of a text that is matched as a whole, or not at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// Bytes of the text, at boundaries of characters.
    pub range: Range<usize>,
    /// Whether it is a match.
    pub marked: bool,
}

/// The spans of one field that match; none where nothing does.
#[must_use]
pub fn spans(highlights: &[Highlight], field: TextField) -> &[Span] {
    let of_field = highlights.iter().find(|highlight| highlight.field == field);
    of_field.map_or(&[], |highlight| &highlight.spans)
}

/// Stretches of `width` columns at most, the marks of omission included (a Chinese character takes
/// two), in the order of the text: one around each part of the query that no stretch before shows;
/// the beginning of the text where nothing in it matches. Where more than three are needed they are
/// narrower. None of an empty text.
#[must_use]
pub fn windows(body: &str, spans: &[Span], width: usize) -> Vec<Range<usize>> {
    if body.is_empty() {
        return Vec::new();
    }
    let wide = chosen(body, spans, width);
    if wide.len() > MAX_WIDE_WINDOWS { chosen(body, spans, width * 3 / 5) } else { wide }
}

fn chosen(body: &str, spans: &[Span], width: usize) -> Vec<Range<usize>> {
    let mut windows: Vec<Range<usize>> = Vec::new();
    let mut seen: Vec<String> = Vec::new();
    for span in spans {
        let Some(words) = body.get(span.clone()) else { continue };
        let words = search_form(words).text;
        if seen.contains(&words) || windows.len() == MAX_WINDOWS {
            continue;
        }
        let window = around(body, span, width);
        seen.extend(
            spans
                .iter()
                .filter(|other| window.start <= other.start && other.end <= window.end)
                .filter_map(|other| body.get(other.clone()))
                .map(|words| search_form(words).text),
        );
        windows.push(window);
    }
    if windows.is_empty() {
        windows.push(around(body, &(0..0), width));
    }
    windows.sort_by_key(|window| window.start);
    windows
}

/// A window of a text cut where matches begin and end. Spans that do not fit the text are left out.
#[must_use]
pub fn runs(text: &str, window: Range<usize>, spans: &[Span]) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut at = window.start;
    let mut push = |range: Range<usize>, marked| {
        if text.get(range.clone()).is_some_and(|run| !run.is_empty()) {
            runs.push(Run { range, marked });
        }
    };
    for span in spans {
        let (start, end) = (span.start.max(at), span.end.min(window.end));
        if text.get(start..end).is_none_or(str::is_empty) {
            continue;
        }
        push(at..start, false);
        push(start..end, true);
        at = end;
    }
    push(at..window.end, false);
    runs
}

/// The bytes around a match that fit into `width` columns, the marks of omission included. A third
/// of the room goes before the match.
fn around(body: &str, span: &Span, width: usize) -> Range<usize> {
    let room = width.saturating_sub(2);
    let matched = taken(body.get(span.clone()).unwrap_or_default());
    let before_room = room.saturating_sub(matched) / 3;
    let mut start = span.start;
    let mut used = 0;
    for (at, c) in body.get(..span.start).unwrap_or_default().char_indices().rev() {
        used += c.width().unwrap_or(0);
        if used > before_room {
            break;
        }
        start = at;
        // A sentence is not begun in its middle where its beginning is near.
        if matches!(c, '。' | '！' | '？' | '\n') && used > 0 {
            start = at + c.len_utf8();
            break;
        }
    }
    let mut used = taken(body.get(start..span.start).unwrap_or_default());
    let mut end = span.start;
    for (at, c) in body.get(span.start..).unwrap_or_default().char_indices() {
        used += c.width().unwrap_or(0);
        if used > room && span.start + at >= span.end {
            break;
        }
        end = span.start + at + c.len_utf8();
    }
    start..end
}

fn taken(text: &str) -> usize {
    text.chars().map(|c| c.width().unwrap_or(0)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &str = "桥头的老茶馆又开张了。掌柜说，今年的春茶比去年早了十天，来喝茶的人也多了。\
        镇上新修的石板路一直铺到河边，晚上有灯。";

    fn of(words: &[&str], width: usize) -> Vec<&'static str> {
        let mut spans: Vec<Span> = words
            .iter()
            .flat_map(|word| BODY.match_indices(word).map(|(at, found)| at..at + found.len()))
            .collect();
        spans.sort_by_key(|span| span.start);
        windows(BODY, &spans, width).into_iter().map(|window| &BODY[window]).collect()
    }

    #[test]
    fn each_part_of_the_query_is_shown_once() {
        let shown = of(&["茶馆", "春茶", "灯"], 24);
        assert_eq!(shown.len(), 3, "{shown:?}");
        for (line, word) in shown.iter().zip(["茶馆", "春茶", "灯"]) {
            assert!(line.contains(word), "{line}");
            assert!(taken(line) <= 24, "{line}");
        }
    }

    #[test]
    fn five_parts_are_all_shown_in_narrower_windows() {
        let words = ["茶馆", "春茶", "喝茶", "石板", "灯"];
        let shown = of(&words, 20);
        for word in words {
            assert!(shown.iter().any(|line| line.contains(word)), "{word}: {shown:?}");
        }
        assert!(shown.len() > 3 && shown.iter().all(|line| taken(line) <= 12), "{shown:?}");
    }

    #[test]
    fn parts_that_stand_together_share_a_window() {
        assert_eq!(of(&["老茶馆", "开张"], 60).len(), 1);
    }

    #[test]
    fn the_beginning_is_shown_where_nothing_in_the_body_matches() {
        assert_eq!(of(&[], 14), ["桥头的老茶馆"]);
        assert!(windows("", &[], 14).is_empty());
    }

    #[test]
    fn runs_are_the_whole_window_and_marked_where_spans_are() {
        let text = "桥头的桥";
        let shown: Vec<(&str, bool)> = runs(text, 0..9, &[0..3, 9..12])
            .into_iter()
            .map(|run| (&text[run.range], run.marked))
            .collect();
        assert_eq!(shown, [("桥", true), ("头的", false)]);
    }

    #[test]
    fn spans_that_do_not_fit_the_text_do_no_harm() {
        assert_eq!(runs("桥", 0..3, &[1..2, 50..60]), [Run { range: 0..3, marked: false }]);
        assert_eq!(windows("桥", &[1..2, 50..60], 20), std::slice::from_ref(&(0..3)));
    }
}
