//! Takes out what a terminal shows as colours.

/// The text without the sequences that colour it and move the cursor in a terminal, and how many there
/// were (ECMA-48: an escape character, a bracket, parameters, a letter).
pub(super) fn without_terminal_codes(text: &str) -> (String, u64) {
    let mut parts = text.split('\x1b');
    let mut kept = parts.next().unwrap_or_default().to_owned();
    let mut count = 0;
    for part in parts {
        let sequence = part
            .strip_prefix('[')
            .map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit() || ";?".contains(c)));
        if let Some(rest) =
            sequence.and_then(|rest| rest.strip_prefix(|c: char| c.is_ascii_alphabetic()))
        {
            kept.push_str(rest);
            count += 1;
        } else {
            // An escape character by itself stays: too many of them are no text.
            kept.push('\x1b');
            kept.push_str(part);
        }
    }
    (kept, count)
}
