//! Text as it can stand in XML and HTML.

use std::borrow::Cow;

/// The text without the characters that XML 1.0 has no way to write, each of which becomes U+FFFD: most
/// control characters, U+FFFE and U+FFFF. HTML allows no more. What is special to a format is escaped
/// where it is written.
pub(super) fn plain_text(text: &str) -> Cow<'_, str> {
    if text.contains(is_forbidden) {
        text.replace(is_forbidden, "\u{fffd}").into()
    } else {
        text.into()
    }
}

/// The characters outside of `Char` (XML 1.0, 2.2), and a carriage return, which parsers turn into a
/// line feed. The C1 controls are allowed there, but not in HTML.
fn is_forbidden(c: char) -> bool {
    let is_control = c.is_control() && !matches!(c, '\t' | '\n');
    is_control || matches!(u32::from(c) & 0xffff, 0xfffe | 0xffff) || is_noncharacter(c)
}

/// HTML counts these among its errors, too.
fn is_noncharacter(c: char) -> bool {
    ('\u{fdd0}'..='\u{fdef}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_written_is_replaced_and_nothing_else() {
        assert_eq!(
            plain_text("甲\u{0}\u{b}\u{7f}\u{85}\u{ffff}乙"),
            "甲\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}乙"
        );
        let kept = "]]>&<\"'\t\u{202e}\u{200f}𠮷\u{feff}";
        assert_eq!(plain_text(kept), kept);
    }
}
