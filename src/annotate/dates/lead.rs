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
    for line in reach.split_inclusive('\n') {
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

/// The first `bytes` bytes of a text, or fewer so as not to split a character.
pub(super) fn beginning(text: &str, bytes: usize) -> &str {
    (0..=bytes.min(text.len())).rev().find_map(|end| text.get(..end)).unwrap_or_default()
}
