//! Hits in a terminal: matches in colour, and the few lines of a body that show why it matches.

use std::fmt::Write as _;
use std::ops::Range;

use super::console::Paint;
use super::wrap::visible;
use crate::model::Span;
use crate::present::{runs, windows};

/// The whole text with its matches marked.
pub(crate) fn marked(text: &str, spans: &[Span], paint: Paint) -> String {
    render(text, 0..text.len(), spans, paint)
}

/// Lines of at most `width` columns from the body, see [`windows`]; what is left out shows as `…`.
pub(crate) fn lines(body: &str, spans: &[Span], width: usize, paint: Paint) -> Vec<String> {
    windows(body, spans, width)
        .into_iter()
        .map(|window| {
            let before = if window.start > 0 { "…" } else { "" };
            let after = if window.end < body.len() { "…" } else { "" };
            format!("{before}{}{after}", render(body, window, spans, paint))
        })
        .collect()
}

fn render(text: &str, window: Range<usize>, spans: &[Span], paint: Paint) -> String {
    let mut shown = String::new();
    for run in runs(text, window, spans) {
        let plain = visible(text.get(run.range).unwrap_or_default());
        // Writing into a string does not fail.
        let _ = if run.marked {
            write!(shown, "{}", paint.hit(plain))
        } else {
            write!(shown, "{plain}")
        };
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matches_are_marked_only_in_colour() {
        let span = 0.."桥头".len();
        assert_eq!(marked("桥头\n", std::slice::from_ref(&span), Paint(false)), "桥头 ");
        let coloured = marked("桥头", &[span], Paint(true));
        assert!(coloured.starts_with('\u{1b}') && coloured.contains("桥头"), "{coloured:?}");
    }

    #[test]
    fn what_is_left_out_shows_and_spans_that_do_not_fit_do_no_harm() {
        assert_eq!(lines("桥头的老茶馆又开张了", &[], 14, Paint(false)), ["桥头的老茶馆…"]);
        assert_eq!(marked("桥", &[1..2, 50..60], Paint(false)), "桥");
        assert_eq!(lines("桥", &[1..2, 50..60], 20, Paint(false)), ["桥"]);
    }
}
