//! What every page loads: the style, the script and the seal, which are part of the program. Their
//! addresses change when they do, so that a browser may keep them.

/// The style of every page, for `/assets/style.css`.
pub const STYLE: &str = concat!(
    include_str!("style_base.css"),
    include_str!("style_parts.css"),
    include_str!("style_charts.css"),
    include_str!("style_search.css"),
    include_str!("style_export.css"),
    include_str!("style_article.css"),
    include_str!("style_source.css"),
    include_str!("style_page_images.css"),
    include_str!("style_overview.css"),
    include_str!("style_others.css"),
    include_str!("style_notes.css"),
    include_str!("style_editing.css"),
    include_str!("style_narrow.css"),
    // Last: on paper it overrides all of them.
    include_str!("style_print.css"),
);
/// What makes the pages more comfortable, for `/assets/script.js`.
pub const SCRIPT: &str = concat!(
    include_str!("script.js"),
    include_str!("completion.js"),
    include_str!("export.js"),
    include_str!("notes.js"),
    include_str!("editing.js"),
);
/// The seal, for `/assets/icon.svg`.
pub const ICON: &str = include_str!("icon.svg");

const STYLE_MARK: u64 = mark(STYLE);
const SCRIPT_MARK: u64 = mark(SCRIPT);

/// The address of the style as it is now.
pub(super) fn style() -> String {
    format!("/assets/style.css?v={STYLE_MARK:016x}")
}

/// The address of the script as it is now.
pub(super) fn script() -> String {
    format!("/assets/script.js?v={SCRIPT_MARK:016x}")
}

/// FNV-1a: tells versions apart, guards nothing.
const fn mark(text: &str) -> u64 {
    let bytes = text.as_bytes();
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    let mut at = 0;
    while at < bytes.len() {
        hash = (hash ^ bytes[at] as u64).wrapping_mul(0x0100_0000_01b3);
        at += 1;
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_differ_have_other_marks() {
        // The reference values of FNV-1a.
        assert_eq!(mark(""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(mark("a"), 0xaf63_dc4c_8601_ec8c);
        assert_ne!(style(), script());
    }

    #[test]
    fn nothing_asks_another_server_for_anything() {
        for text in [STYLE, SCRIPT, ICON] {
            assert!(!text.contains("//") || !text.contains("url("), "an address in a style");
            let without_names = text.replace("http://www.w3.org/", "");
            assert!(!without_names.contains("http"), "{text}");
        }
    }
}
