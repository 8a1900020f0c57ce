//! The lead of an article: its first paragraph, in which news states its day.

/// The most bytes of the first paragraph that count as the lead (some 500 characters).
pub(super) const MAX_LEAD_BYTES: usize = 1500;

/// The longest line before the lead that is not the lead itself, in bytes (some 30 characters).
const MAX_HEADING_BYTES: usize = 90;

/// Splits a body into lead and rest. The lead is the first paragraph, with headings and datelines
/// on lines of their own before it; in a text without paragraphs, the first sentences.
pub(super) fn split_lead(body: &str) -> (&str, &str) {
    let reach = beginning(body, MAX_LEAD_BYTES);
    let mut end = 0;
    for line in reach.split_inclusive('\n').flat_map(split_at_wide_blanks) {
        end += line.len();
        if line.contains(['。', '！', '？']) || line.len() > MAX_HEADING_BYTES {
            break;
        }
    }
    if end < reach.len() || reach.len() == body.len() {
        return body.split_at(end);
    }
    body.split_at(reach.rfind('。').map_or(end, |stop| stop + "。".len()))
}

/// Splits a line behind wide blanks after sentences, which web pages leave where paragraphs ended.
fn split_at_wide_blanks(line: &str) -> impl Iterator<Item = &str> {
    let mut rest = line;
    std::iter::from_fn(move || {
        let end = paragraph_end(rest).unwrap_or(rest.len());
        let (paragraph, after) = rest.split_at(end);
        rest = after;
        (!paragraph.is_empty()).then_some(paragraph)
    })
}

/// Where the next paragraph begins after a full stop and two blanks or more.
fn paragraph_end(text: &str) -> Option<usize> {
    text.match_indices(['。', '！', '？', '”', '）']).find_map(|(at, mark)| {
        let after = text.get(at + mark.len()..)?;
        let next = after.trim_start_matches([' ', '\u{3000}', '\u{a0}']);
        let blanks = after.len() - next.len();
        let wide = after.get(..blanks)?.chars().count() >= 2;
        (wide && !next.is_empty() && !next.starts_with('\n')).then_some(text.len() - next.len())
    })
}

/// The first `bytes` bytes of a text, or fewer so as not to split a character.
pub(super) fn beginning(text: &str, bytes: usize) -> &str {
    (0..=bytes.min(text.len())).rev().find_map(|end| text.get(..end)).unwrap_or_default()
}
