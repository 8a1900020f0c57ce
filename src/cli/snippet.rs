//! The few lines of a hit that show why it matches: every part of the query once, if possible.

use std::fmt::Write as _;
use std::ops::Range;

use unicode_width::UnicodeWidthChar;

use super::console::Paint;
use super::wrap::visible;
use crate::model::Span;
use crate::search::{Field, Hit};
use crate::text::fold;

/// Lines of a snippet at most.
const LINES: usize = 3;

/// The spans of one field that match; none where nothing does.
pub(super) fn spans(hit: &Hit, field: Field) -> &[Span] {
    hit.highlights
        .iter()
        .find(|highlight| highlight.field == field)
        .map_or(&[], |highlight| &highlight.spans)
}

/// The whole text with its matches marked.
pub(super) fn marked(text: &str, spans: &[Span], paint: Paint) -> String {
    render(text, 0..text.len(), spans, paint)
}

/// Lines of at most `width` columns from the body, one around each part of the query that no line
/// before shows; the beginning of the body where nothing in it matches. `seen` are the parts that
/// are shown elsewhere (in the title), folded.
pub(super) fn lines(body: &str, spans: &[Span], width: usize, paint: Paint) -> Vec<String> {
    if body.is_empty() {
        return Vec::new();
    }
    let mut windows: Vec<Range<usize>> = Vec::new();
    let mut seen: Vec<String> = Vec::new();
    for span in spans {
        let Some(words) = body.get(span.clone()) else { continue };
        let words = fold(words).text;
        if seen.contains(&words) || windows.len() == LINES {
            continue;
        }
        let window = around(body, span, width);
        seen.extend(
            spans
                .iter()
                .filter(|other| window.start <= other.start && other.end <= window.end)
                .filter_map(|other| body.get(other.clone()))
                .map(|words| fold(words).text),
        );
        windows.push(window);
    }
    if windows.is_empty() {
        windows.push(around(body, &(0..0), width));
    }
    windows.sort_by_key(|window| window.start);
    windows
        .into_iter()
        .map(|window| {
            let before = if window.start > 0 { "…" } else { "" };
            let after = if window.end < body.len() { "…" } else { "" };
            format!("{before}{}{after}", render(body, window, spans, paint))
        })
        .collect()
}

/// The bytes around a match that fit into `width` columns, the marks of omission included. A third
/// of the room stands before the match.
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

fn render(text: &str, window: Range<usize>, spans: &[Span], paint: Paint) -> String {
    let mut shown = String::new();
    let mut at = window.start;
    let plain = |range: Range<usize>| visible(text.get(range).unwrap_or_default());
    for span in spans {
        let (start, end) = (span.start.max(at), span.end.min(window.end));
        if text.get(start..end).is_none_or(str::is_empty) {
            continue;
        }
        shown.push_str(&plain(at..start));
        // Writing into a string does not fail.
        let _ = write!(shown, "{}", paint.hit(plain(start..end)));
        at = end;
    }
    shown.push_str(&plain(at..window.end));
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &str = "桥头的老茶馆又开张了。掌柜说，今年的春茶比去年早了十天，来喝茶的人也多了。\
        镇上新修的石板路一直铺到河边，晚上有灯。";

    fn of(words: &[&str], width: usize) -> Vec<String> {
        let mut spans: Vec<Span> = words
            .iter()
            .flat_map(|word| BODY.match_indices(word).map(|(at, found)| at..at + found.len()))
            .collect();
        spans.sort_by_key(|span| span.start);
        lines(BODY, &spans, width, Paint(false))
    }

    #[test]
    fn each_part_of_the_query_is_shown_once() {
        let shown = of(&["茶馆", "春茶", "灯"], 24);
        assert_eq!(shown.len(), 3, "{shown:?}");
        for (line, word) in shown.iter().zip(["茶馆", "春茶", "灯"]) {
            assert!(line.contains(word), "{line}");
            assert!(taken(line) <= 24 + 2, "{line}");
        }
    }

    #[test]
    fn parts_that_stand_together_share_a_line() {
        assert_eq!(of(&["老茶馆", "开张"], 60).len(), 1);
    }

    #[test]
    fn the_beginning_is_shown_where_nothing_in_the_body_matches() {
        assert_eq!(of(&[], 14), ["桥头的老茶馆…"]);
    }

    #[test]
    fn matches_are_marked_only_in_colour() {
        let span = 0.."桥头".len();
        assert_eq!(marked("桥头\n", std::slice::from_ref(&span), Paint(false)), "桥头 ");
        let coloured = marked("桥头", &[span], Paint(true));
        assert!(coloured.starts_with('\u{1b}') && coloured.contains("桥头"), "{coloured:?}");
    }

    #[test]
    fn spans_that_do_not_fit_the_text_do_no_harm() {
        assert_eq!(marked("桥", &[1..2, 50..60], Paint(false)), "桥");
        assert_eq!(lines("桥", &[1..2, 50..60], 20, Paint(false)), ["桥"]);
    }
}
