//! Bounds how deep the elements of a web page are nested: the time that a parser of HTML takes grows with
//! the square of it.

use std::borrow::Cow;

/// Elements within each other at most. Real pages stay below a hundred; browsers stop at 512.
pub(super) const MAX_NESTING: usize = 512;

/// Elements that have no end, or whose end may be left out: those of a list or a table do not lie in the
/// ones before them.
const UNCOUNTED: [&str; 32] = [
    "area", "base", "body", "br", "col", "colgroup", "dd", "dt", "embed", "frame", "head", "hr",
    "html", "img", "input", "li", "link", "meta", "option", "p", "param", "rp", "rt", "source",
    "tbody", "td", "tfoot", "th", "thead", "tr", "track", "wbr",
];

/// The page without the tags that are nested too deep, with a line break for each, so that its text is
/// kept; and whether there were any.
pub(super) fn bounded(html: &str) -> (Cow<'_, str>, bool) {
    let (mut kept, mut copied, mut depth) = (String::new(), 0, 0usize);
    let (mut at, mut drawings) = (0, 0usize);
    while let Some(found) = html.get(at..).and_then(|rest| rest.find('<')) {
        let start = at + found;
        let Some(tag) = Tag::at(html, start) else {
            at = start + 1;
            continue;
        };
        at = tag.end;
        let is_drawing = ["svg", "math"].contains(&tag.name.as_str());
        if is_drawing {
            drawings = if tag.is_end { drawings.saturating_sub(1) } else { drawings + 1 };
        }
        // In drawings an element may close itself.
        let closed = drawings > 0 && html.get(..at).is_some_and(|read| read.ends_with("/>"));
        if closed || UNCOUNTED.contains(&tag.name.as_str()) {
            continue;
        }
        if !tag.is_end && ["script", "style"].contains(&tag.name.as_str()) {
            // What looks like a tag in there is none, and its element is never deep.
            at = end_of_raw_text(html, at, &tag.name);
            continue;
        }
        let too_deep = if tag.is_end {
            let too_deep = depth > MAX_NESTING;
            depth = depth.saturating_sub(1);
            too_deep
        } else {
            depth += 1;
            depth > MAX_NESTING
        };
        if too_deep {
            kept.push_str(html.get(copied..start).unwrap_or_default());
            kept.push_str("<br>");
            copied = at;
        }
    }
    if copied == 0 {
        return (Cow::Borrowed(html), false);
    }
    kept.push_str(html.get(copied..).unwrap_or_default());
    (Cow::Owned(kept), true)
}

/// The byte behind the end tag of a script or a style that begins before `at`.
fn end_of_raw_text(html: &str, at: usize, name: &str) -> usize {
    let rest = html.get(at..).unwrap_or_default();
    let is_end = |found: &usize| {
        let behind = rest.get(found + 2..found + 2 + name.len());
        behind.is_some_and(|behind| behind.eq_ignore_ascii_case(name))
    };
    let end = rest.match_indices("</").map(|(found, _)| found).find(is_end);
    let tag = end.and_then(|end| Tag::at(html, at + end));
    tag.map_or(html.len(), |tag| tag.end)
}

struct Tag {
    /// In lower case.
    name: String,
    is_end: bool,
    /// The byte behind its `>`.
    end: usize,
}

impl Tag {
    /// The tag or the comment that begins with the `<` at `start`; `None` if none does.
    fn at(html: &str, start: usize) -> Option<Self> {
        let inner = html.get(start + 1..)?;
        if let Some(comment) = inner.strip_prefix("!--") {
            let end =
                comment.find("-->").map_or(html.len(), |end| html.len() - comment.len() + end + 3);
            return Some(Self { name: "br".to_owned(), is_end: false, end });
        }
        let is_end = inner.starts_with('/');
        let inner = inner.strip_prefix('/').unwrap_or(inner);
        if !inner.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let name = inner.split(|c: char| c.is_ascii_whitespace() || "/>".contains(c)).next()?;
        let begins = html.len() - inner.len();
        let (mut quote, mut last) = (None, ' ');
        for (place, c) in inner.char_indices() {
            match (quote, c) {
                (None, '>') => {
                    let (name, end) = (name.to_ascii_lowercase(), begins + place + 1);
                    return Some(Self { name, is_end, end });
                }
                // Elsewhere it is part of a name.
                (None, '"' | '\'') if last == '=' => quote = Some(c),
                (Some(open), c) if open == c => quote = None,
                _ => {}
            }
            if !c.is_ascii_whitespace() {
                last = c;
            }
        }
        // All that follows is in the tag.
        Some(Self { name: "br".to_owned(), is_end: false, end: html.len() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_that_are_not_deep_stay_as_they_are() {
        let page = "<html><body><!-- <div> --><ul><li>甲<li title='>'>乙</ul><p>丙<script>if (a<b) {}</script></body>";
        assert!(matches!(bounded(page), (Cow::Borrowed(same), false) if same == page));
        let list = format!("<ul>{}</ul>", "<li>船".repeat(5000));
        assert!(!bounded(&list).1, "items of a list are not in each other");
        let drawn =
            format!("<svg>{}</svg><script>var a = '<div>';</script>", "<path d='M0'/>".repeat(900));
        assert!(!bounded(&drawn).1, "elements that close themselves are not in each other");
        for odd in ["<", "<div", "a < b", "</", "<!--", "<div title=\"", "<船>"] {
            assert!(!bounded(odd).1, "{odd}");
        }
    }

    #[test]
    fn tags_that_do_not_end_are_looked_at_once() {
        for odd in ["<a \"", "<a =\"", "<a b='"] {
            assert!(!bounded(&odd.repeat(200_000)).1);
        }
        let page = format!("<p b\"c>{}渡口", "<div>".repeat(MAX_NESTING + 1));
        assert!(bounded(&page).1, "a quotation mark in a name begins nothing");
    }

    #[test]
    fn deep_tags_are_left_out_and_their_text_is_kept() {
        let deep = MAX_NESTING + 3;
        let page = format!("{}渡口{}船<b>来</b>", "<div>".repeat(deep), "</div>".repeat(deep));
        let (kept, cut) = bounded(&page);
        assert!(cut);
        let expected = format!(
            "{}<br><br><br>渡口<br><br><br>{}船<b>来</b>",
            "<div>".repeat(MAX_NESTING),
            "</div>".repeat(MAX_NESTING)
        );
        assert_eq!(kept, expected);
    }
}
