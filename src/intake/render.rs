//! Renders a tree of HTML elements as lines.

use dom_query::NodeRef;

use super::menus::{are_menu, is_entry, is_menu, is_menu_line};

/// The lines of a page or a part of it.
#[derive(Debug, Default)]
pub(super) struct Rendered {
    pub(super) lines: Vec<RenderedLine>,
    /// Characters of text outside of links.
    pub(super) plain_letters: usize,
    /// Number of rows of data tables.
    pub(super) table_rows: usize,
}

/// A line, with a key to find it in the page.
#[derive(Debug, Default)]
pub(super) struct RenderedLine {
    pub(super) text: String,
    /// Its first letters as in the page; empty for a blank line.
    pub(super) key: String,
    /// Whether it consists of links, but for what divides them.
    is_link: bool,
    /// Whether it is an item of a list.
    is_item: bool,
}

impl Rendered {
    /// Inserts the title as the first line, unless it is among the first lines of the text.
    pub(super) fn put_title(&mut self, title: &str) {
        let bare = |text: &str| text.trim_start_matches('#').split_whitespace().collect::<String>();
        let wanted = bare(title);
        if self
            .lines
            .iter()
            .filter(|line| !line.text.is_empty())
            .take(8)
            .any(|line| bare(&line.text) == wanted)
        {
            return;
        }
        let key = title.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_owned();
        let line = RenderedLine { text: format!("# {title}"), key, ..RenderedLine::default() };
        self.lines.splice(0..0, [line, RenderedLine::default()]);
    }
}

/// Renders a tree as lines, without menus and what else stands around the text. Neither this nor
/// [`depth`] recurses, because pages can be nested arbitrarily.
pub(super) fn render(root: &NodeRef<'_>) -> Rendered {
    rendered(root, RenderScope::MainText)
}

/// The same of a page in which all is text.
pub(super) fn render_all(root: &NodeRef<'_>) -> Rendered {
    rendered(root, RenderScope::All)
}

/// What of a tree is rendered.
#[derive(Clone, Copy, PartialEq, Eq)]
enum RenderScope {
    MainText,
    All,
}

fn rendered(root: &NodeRef<'_>, scope: RenderScope) -> Rendered {
    let mut writer = LineWriter::default();
    for (node, visit) in visits(root, scope) {
        writer.visit(&node, visit);
    }
    writer.end_line();
    let mut lines = writer.lines;
    // Lines that consist of links are menus, unless there is nothing else.
    if scope == RenderScope::MainText
        && lines.iter().any(|line| !line.is_link && !line.text.is_empty())
    {
        lines.retain(|line| !line.is_link);
        remove_menus(&mut lines);
    }
    lines.dedup_by(|next, line| next.text.is_empty() && line.text.is_empty());
    if lines.first().is_some_and(|line| line.text.is_empty()) {
        lines.remove(0);
    }
    if lines.last().is_some_and(|line| line.text.is_empty()) {
        lines.pop();
    }
    Rendered { lines, plain_letters: writer.plain_letters, table_rows: writer.table_rows }
}

/// Removes menus that a page begins with, with links or without. A list behind anything else, as the
/// sentence that introduces it, is text, and so is one above no headline but that of a part.
fn remove_menus(lines: &mut Vec<RenderedLine>) {
    let Some(headline) = lines.iter().position(|line| line.text.starts_with('#')) else { return };
    if !lines[headline].text.starts_with("# ") {
        return;
    }
    let is_item = |line: &RenderedLine| line.is_item && is_entry(&line.text);
    let is_of_menu =
        |line: &RenderedLine| line.text.is_empty() || is_item(line) || is_menu_line(&line.text);
    let head = lines[..headline].iter().take_while(|line| is_of_menu(line)).count();
    let mut is_removed: Vec<bool> =
        lines[..head].iter().map(|line| is_menu_line(&line.text)).collect();
    let mut at = 0;
    while at < head {
        let row = lines[at..head].iter().take_while(|line| is_item(line) || line.text.is_empty());
        let row = row.count();
        if are_menu(lines[at..at + row].iter().filter(|line| is_item(line)).count()) {
            is_removed[at..at + row].fill(true);
        }
        at += row.max(1);
    }
    let mut is_removed = is_removed.into_iter();
    lines.retain(|_| !is_removed.next().unwrap_or_default());
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

#[derive(Clone, Copy, PartialEq, Eq)]
enum Visit {
    Enter,
    Leave,
}

/// The visible nodes below `root`, entered and left in document order; data tables are only
/// entered.
fn visits<'a>(
    root: &NodeRef<'a>,
    scope: RenderScope,
) -> impl Iterator<Item = (NodeRef<'a>, Visit)> {
    let mut waiting = vec![(*root, Visit::Leave), (*root, Visit::Enter)];
    std::iter::from_fn(move || {
        let (node, visit) = waiting.pop()?;
        let is_left_out = || match scope {
            RenderScope::MainText => is_frame(&node) || is_menu(&node),
            RenderScope::All => is_unseen(&node),
        };
        if visit == Visit::Enter && !is_left_out() && !is_data_table(&node) {
            for child in node.children_it(true) {
                waiting.push((child, Visit::Leave));
                waiting.push((child, Visit::Enter));
            }
        }
        Some((node, visit))
    })
}

/// Elements around the main text, and invisible ones.
fn is_frame(node: &NodeRef<'_>) -> bool {
    // The notes of a book stand in such an element, too.
    let is_note = |node: &NodeRef<'_>| {
        let role = node.attr("role").or_else(|| node.attr("epub:type"));
        role.is_some_and(|role| role.contains("note"))
    };
    if named(node, &["aside"]) && is_note(node) {
        return false;
    }
    named(
        node,
        &[
            "head", "script", "style", "noscript", "template", "nav", "footer", "aside", "form",
            "iframe", "svg", "button", "select", "textarea", "object", "video", "audio",
        ],
    )
}

/// Elements without text that is printed.
fn is_unseen(node: &NodeRef<'_>) -> bool {
    const UNSEEN: [&str; 9] =
        ["head", "script", "style", "template", "iframe", "svg", "object", "video", "audio"];
    named(node, &UNSEEN) || node.attr("hidden").is_some()
}

/// Whether it leads anywhere. An anchor can be only a name.
fn is_link(node: &NodeRef<'_>) -> bool {
    named(node, &["a"]) && node.attr("href").is_some()
}

fn is_block(node: &NodeRef<'_>) -> bool {
    named(
        node,
        &[
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
        ],
    )
}

/// Elements that begin a line but not a paragraph.
fn is_line(node: &NodeRef<'_>) -> bool {
    named(node, &["br", "hr", "li", "dt", "dd", "tr", "td", "th", "caption"])
}

fn named(node: &NodeRef<'_>, names: &[&str]) -> bool {
    node.node_name().is_some_and(|name| names.contains(&name.as_ref()))
}

/// A data table rather than one for layout: several columns of short cells without nested tables.
fn is_data_table(node: &NodeRef<'_>) -> bool {
    if !named(node, &["table"]) {
        return false;
    }
    let mut columns = 0;
    for (cell, place) in cells(node) {
        if place == CellScope::Nested || cell.text().chars().count() > 200 {
            return false;
        }
        columns = columns.max(row_of(&cell).len());
    }
    columns > 1
}

#[derive(PartialEq, Eq)]
enum CellScope {
    Own,
    Nested,
}

fn cells<'a>(table: &NodeRef<'a>) -> impl Iterator<Item = (NodeRef<'a>, CellScope)> {
    table.descendants_it().filter_map(|node| {
        if named(&node, &["table"]) {
            return Some((node, CellScope::Nested));
        }
        named(&node, &["td", "th"]).then_some((node, CellScope::Own))
    })
}

fn row_of<'a>(cell: &NodeRef<'a>) -> Vec<NodeRef<'a>> {
    let row = cell.parent().map(|row| row.element_children()).unwrap_or_default();
    row.into_iter().filter(|node| named(node, &["td", "th"])).collect()
}

/// Length of a key, in bytes.
const KEY: usize = 36;

#[derive(Default)]
struct LineWriter {
    lines: Vec<RenderedLine>,
    plain_letters: usize,
    table_rows: usize,
    line: RenderedLine,
    key_is_whole: bool,
    /// Whether the line has words outside of links, and in links.
    has_plain: bool,
    has_link: bool,
    /// Pending white space: whether it has a line break.
    blank: Option<bool>,
    heading: &'static str,
    links: usize,
    items: usize,
    preformatted: usize,
}

impl LineWriter {
    fn visit(&mut self, node: &NodeRef<'_>, visit: Visit) {
        if node.is_text() {
            if visit == Visit::Enter {
                self.text(&node.text());
            }
            return;
        }
        if is_data_table(node) {
            if visit == Visit::Enter {
                self.end_paragraph();
                self.table(node);
                self.end_paragraph();
            }
            return;
        }
        let entered = usize::from(visit == Visit::Enter);
        let count = |counter: usize| (counter + entered).saturating_sub(1 - entered);
        if is_link(node) {
            self.links = count(self.links);
        }
        if named(node, &["li"]) {
            self.items = count(self.items);
        }
        if named(node, &["pre"]) {
            self.preformatted = count(self.preformatted);
        }
        if is_block(node) {
            self.end_paragraph();
        } else if is_line(node) {
            self.end_line();
        }
        self.heading = match visit {
            Visit::Enter if named(node, &["h1", "h2"]) => "# ",
            Visit::Enter if named(node, &["h3", "h4", "h5", "h6"]) => "## ",
            _ if is_block(node) => "",
            _ => self.heading,
        };
    }

    fn text(&mut self, text: &str) {
        for c in text.chars() {
            // The white space of HTML; full-width blanks are part of the text.
            if matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0c') {
                if c == '\n' && self.preformatted > 0 {
                    self.end_line();
                } else {
                    self.blank = Some(self.blank.unwrap_or_default() || c == '\n');
                    self.key_is_whole |= !self.line.key.is_empty();
                }
                continue;
            }
            self.blank_before(c);
            if !self.key_is_whole && c.is_alphanumeric() {
                self.line.key.push(c);
                self.key_is_whole = self.line.key.len() > KEY;
            } else {
                self.key_is_whole |= !self.line.key.is_empty();
            }
            self.line.text.push(c);
            self.line.is_item = self.items > 0;
            if self.links == 0 {
                self.plain_letters += usize::from(!c.is_whitespace());
                self.has_plain |= c.is_alphanumeric();
            } else {
                self.has_link = true;
            }
        }
        // The key ends with the element: the next one may be elsewhere in the page.
        self.key_is_whole |= !self.line.key.is_empty();
    }

    /// White space between words becomes one blank; a line break between two ideographs is removed.
    fn blank_before(&mut self, next: char) {
        let Some(breaks) = self.blank.take() else { return };
        if let Some(last) = self.line.text.chars().last()
            && !(breaks && !last.is_ascii() && !next.is_ascii())
        {
            self.line.text.push(' ');
        }
    }

    fn end_line(&mut self) {
        self.blank = None;
        let line = std::mem::take(&mut self.line);
        let has_plain = std::mem::take(&mut self.has_plain);
        let is_link = std::mem::take(&mut self.has_link) && !has_plain;
        self.key_is_whole = false;
        let text = line.text.trim();
        if !text.is_empty() {
            let text = format!("{}{text}", self.heading);
            self.lines.push(RenderedLine { text, is_link, ..line });
        }
    }

    fn end_paragraph(&mut self) {
        self.end_line();
        self.lines.push(RenderedLine::default());
    }

    fn table(&mut self, table: &NodeRef<'_>) {
        for row in table.descendants_it().filter(|node| named(node, &["tr"])) {
            let cells: Vec<String> = row
                .element_children()
                .iter()
                .filter(|cell| named(cell, &["td", "th"]))
                .map(|cell| cell.text().split_whitespace().collect::<Vec<_>>().join(" "))
                .collect();
            if cells.iter().all(String::is_empty) {
                continue;
            }
            let words = cells.iter().flat_map(|cell| cell.split(|c: char| !c.is_alphanumeric()));
            let key = words.filter(|word| !word.is_empty()).map(str::to_owned).next();
            let key = key.unwrap_or_default();
            let text = format!("| {} |", cells.join(" | "));
            self.plain_letters += cells.iter().map(|cell| cell.chars().count()).sum::<usize>();
            self.table_rows += 1;
            self.lines.push(RenderedLine { text, key, ..RenderedLine::default() });
        }
    }
}
