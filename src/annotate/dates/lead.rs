//! The lead of an article: its first paragraph, where news states its day.

/// How many bytes of the first paragraph are the lead (some 500 characters).
pub(super) const MAX_LEAD_BYTES: usize = 1500;

/// The longest line, in bytes, that stands before the lead without being it (some 30 characters).
const MAX_HEADING_BYTES: usize = 90;

/// The lead of a body and the rest: its first paragraph, with headings and datelines that stand
/// before it on lines of their own; of a text without paragraphs its first sentences.
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

/// The first `bytes` bytes of a text, fewer where a character would be cut.
pub(super) fn beginning(text: &str, bytes: usize) -> &str {
    (0..=bytes.min(text.len())).rev().find_map(|end| text.get(..end)).unwrap_or_default()
}
