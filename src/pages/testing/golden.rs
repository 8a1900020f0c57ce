//! HTML as snapshots hold it: a tag per line, so that a change is a small difference.

/// Elements that stay in the line of the text around them.
const INLINE: [&str; 17] = [
    "a", "abbr", "br", "code", "del", "em", "ins", "kbd", "mark", "option", "q", "small", "span",
    "strong", "summary", "time", "title",
];
/// Elements without content.
const VOID: [&str; 5] = ["br", "img", "input", "link", "meta"];

/// What the page has in its `main`; of a fragment all of it. Charts have snapshots of their own and
/// are left out.
pub(crate) fn golden(html: &str) -> String {
    let main = html.find("<main").zip(html.find("</main>"));
    lines(main.map_or(html, |(start, end)| &html[start..end + "</main>".len()]))
}

/// The same with head and foot of the page.
pub(crate) fn lines(html: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    let (mut depth, mut text) = (0usize, String::new());
    // The element that the last line opens.
    let mut open = None;
    let mut rest = html;
    while let Some((before, behind)) = rest.split_once('<') {
        text.push_str(before);
        let (tag, behind) = behind.split_once('>').expect("every tag ends, in values > is escaped");
        rest = behind;
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
        if name == "svg" {
            (rest, text) = (behind.split_once("</svg>").expect("an end").1, text + "<svg/>");
        } else if INLINE.contains(&name) {
            text.extend(["<", tag, ">"]);
        } else if !tag.starts_with('/') {
            push(&mut lines, depth, &mut text);
            lines.push(format!("{}<{tag}>", "  ".repeat(depth)));
            open = (!VOID.contains(&name)).then_some(name);
            depth += usize::from(open.is_some());
        } else {
            depth -= 1;
            if open == Some(name) {
                let line = lines.last_mut().expect("the line that opens it");
                line.extend([&std::mem::take(&mut text), "<", tag, ">"]);
            } else {
                push(&mut lines, depth + 1, &mut text);
                lines.push(format!("{}<{tag}>", "  ".repeat(depth)));
            }
            open = None;
        }
    }
    text.push_str(rest);
    push(&mut lines, depth, &mut text);
    lines.join("\n")
}

fn push(lines: &mut Vec<String>, depth: usize, text: &mut String) {
    let text = std::mem::take(text);
    if !text.trim().is_empty() {
        lines.push(format!("{}{text}", "  ".repeat(depth)));
    }
}

#[test]
fn a_block_is_a_line_and_what_is_in_it_is_indented() {
    let html =
        "<main><h1>甲 <b>乙</b></h1><ul><li><a href=\"/\">丙</a></li></ul><svg>丁</svg></main>";
    let html = html.replace("<b>", "<em>").replace("</b>", "</em>");
    let shown = "<main>\n  <h1>甲 <em>乙</em></h1>\n  <ul>\n    <li><a href=\"/\">丙</a></li>\n  </ul>\n  <svg/>\n</main>";
    assert_eq!(golden(&format!("<head></head>{html}")), shown);
}
