//! What the elements of a page are to its text, and a walk over those that are seen.

use dom_query::NodeRef;

/// Whether an element is entered or left. A text is entered and left as well.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Visit {
    Enter,
    Leave,
}

/// The nodes below `root` whose text is seen, entered and left in document order. It does not recurse, because
/// pages can be nested arbitrarily.
pub(super) fn visits<'a>(root: &NodeRef<'a>) -> impl Iterator<Item = (NodeRef<'a>, Visit)> {
    let mut waiting = vec![(*root, Visit::Leave), (*root, Visit::Enter)];
    std::iter::from_fn(move || {
        let (node, visit) = waiting.pop()?;
        if visit == Visit::Enter && !is_unseen(&node) {
            for child in node.children_it(true) {
                waiting.push((child, Visit::Leave));
                waiting.push((child, Visit::Enter));
            }
        }
        Some((node, visit))
    })
}

/// Depth of the deepest element.
pub(super) fn depth(root: &NodeRef<'_>) -> usize {
    let mut deepest: usize = 0;
    let mut waiting = vec![(root.first_child(), 1)];
    while let Some((node, depth)) = waiting.pop() {
        let Some(node) = node else { continue };
        deepest = deepest.max(depth);
        waiting.push((node.next_sibling(), depth));
        waiting.push((node.first_child(), depth + 1));
    }
    deepest
}

pub(super) fn named(node: &NodeRef<'_>, names: &[&str]) -> bool {
    node.node_name().is_some_and(|name| names.contains(&name.as_ref()))
}

/// Elements without text that is printed.
pub(super) fn is_unseen(node: &NodeRef<'_>) -> bool {
    const UNSEEN: [&str; 13] = [
        "head", "script", "style", "template", "iframe", "svg", "object", "video", "audio",
        "noscript", "noframes", "textarea", "canvas",
    ];
    named(node, &UNSEEN) || node.attr("hidden").is_some()
}

/// Elements around the main text.
pub(super) fn is_frame(node: &NodeRef<'_>) -> bool {
    // The notes of a book stand in such an element, too.
    let is_note = |node: &NodeRef<'_>| {
        let role = node.attr("role").or_else(|| node.attr("epub:type"));
        role.is_some_and(|role| role.contains("note"))
    };
    if named(node, &["aside"]) {
        return !is_note(node);
    }
    named(node, &["nav", "footer", "button", "select"])
}

/// Whether it leads anywhere. An anchor can be only a name.
pub(super) fn is_link(node: &NodeRef<'_>) -> bool {
    named(node, &["a"]) && node.attr("href").is_some()
}

/// Elements that begin a paragraph.
pub(super) fn is_block(node: &NodeRef<'_>) -> bool {
    const BLOCKS: [&str; 27] = [
        "p",
        "div",
        "section",
        "aside",
        "nav",
        "footer",
        "form",
        "article",
        "main",
        "header",
        "ul",
        "ol",
        "dl",
        "blockquote",
        "pre",
        "figure",
        "figcaption",
        "table",
        "center",
        "address",
        "fieldset",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
    ];
    named(node, &BLOCKS)
}

/// Elements that begin a line but not a paragraph.
pub(super) fn is_line(node: &NodeRef<'_>) -> bool {
    const LINES: [&str; 11] =
        ["br", "hr", "li", "dt", "dd", "tr", "td", "th", "caption", "option", "button"];
    named(node, &LINES)
}
