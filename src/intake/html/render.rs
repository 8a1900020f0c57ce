//! Renders a tree of HTML elements as lines.

use dom_query::{NodeId, NodeRef};

use super::elements::{Visit, is_block, is_frame, is_line, is_link, named, visits};
use super::menus::{are_menu, is_comments, is_entry, is_menu, is_menu_line};
use super::tables::{is_data_table, rows};

/// A line, with a key to find it in the page.
#[derive(Debug, Default)]
pub(super) struct RenderedLine {
    pub(super) text: String,
    /// Its first letters as in the page; empty for a blank line.
    pub(super) key: String,
    /// Whether it stands around the text: in a menu or the like, or it consists of links.
    pub(super) is_around: bool,
    /// Characters of it outside of links.
    pub(super) plain_letters: usize,
    /// The text that it begins with.
    pub(super) node: Option<NodeId>,
    /// Whether it consists of links, but for what divides them and the days of what they lead to.
    is_link: bool,
    /// Whether it is an item of a list.
    pub(super) is_item: bool,
}

impl RenderedLine {
    /// A heading of the first degree.
    pub(super) fn heading(title: &str) -> Self {
        let key = title.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_owned();
        Self { text: format!("# {title}"), key, ..Self::default() }
    }

    /// Whether it is a row of a table of data.
    pub(super) fn is_table_row(&self) -> bool {
        self.text.starts_with("| ")
    }

    /// Whether it is a heading of any degree.
    pub(super) fn is_heading(&self) -> bool {
        self.text.starts_with('#')
    }

    /// Whether it is more than a headline or a line about the article.
    pub(super) fn is_text(&self) -> bool {
        const MIN_LETTERS: usize = 20;
        !self.is_around
            && (self.plain_letters >= MIN_LETTERS
                || self.is_table_row()
                || self.text.contains('。'))
    }

    /// Its text without the mark of a heading.
    pub(super) fn bare(&self) -> &str {
        self.text.trim_start_matches('#').trim_start()
    }
}

/// Renders a tree as lines, and marks those that stand around the text: menus, forms, links.
pub(super) fn render(root: &NodeRef<'_>) -> Vec<RenderedLine> {
    let mut lines = rendered(root, RenderScope::MainText);
    // Lines that consist of links are menus, unless there is nothing else.
    let is_text = |line: &RenderedLine| !line.is_around && !line.text.is_empty();
    if lines.iter().any(|line| is_text(line) && !line.is_link) {
        for line in &mut lines {
            line.is_around |= line.is_link;
        }
        mark_menus(&mut lines);
    }
    lines
}

/// The text of a tree in which nothing stands around it, line by line.
pub(super) fn render_all(root: &NodeRef<'_>) -> Vec<String> {
    let lines = rendered(root, RenderScope::All).into_iter().map(|line| line.text);
    let mut lines: Vec<String> = lines.skip_while(String::is_empty).collect();
    lines.dedup_by(|next, line| next.is_empty() && line.is_empty());
    lines.pop_if(|line| line.is_empty());
    lines
}

/// Characters of a text outside of links, without what stands around it.
pub(super) fn plain_letters(lines: &[RenderedLine]) -> usize {
    lines.iter().filter(|line| !line.is_around).map(|line| line.plain_letters).sum()
}

/// The lines with one blank line between paragraphs, and none within what stands around the text.
pub(super) fn spaced(lines: Vec<RenderedLine>) -> Vec<RenderedLine> {
    let mut spaced: Vec<RenderedLine> = Vec::with_capacity(lines.len());
    let (mut blank, mut has_text) = (false, false);
    for line in lines {
        if line.text.is_empty() {
            blank = true;
            continue;
        }
        if !line.is_around {
            if blank && has_text {
                spaced.push(RenderedLine::default());
            }
            (blank, has_text) = (false, true);
        }
        spaced.push(line);
    }
    spaced
}

/// What of a tree is text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum RenderScope {
    MainText,
    All,
}

fn rendered(root: &NodeRef<'_>, scope: RenderScope) -> Vec<RenderedLine> {
    let mut writer = LineWriter::default();
    let mut table: Option<NodeId> = None;
    let is_around = |node: &NodeRef<'_>| {
        scope == RenderScope::MainText
            && (is_frame(node) || is_menu(node) || is_comments(node, root))
    };
    for (node, visit) in visits(root) {
        if let Some(within) = table {
            // Its rows are written.
            if node.id == within {
                table = None;
            }
        } else if visit == Visit::Enter && is_data_table(&node) {
            writer.table(&node);
            table = Some(node.id);
        } else {
            match (visit, writer.around) {
                (Visit::Enter, None) if is_around(&node) => {
                    writer.end_paragraph();
                    writer.around = Some(node.id);
                }
                (Visit::Leave, Some(around)) if around == node.id => {
                    writer.end_paragraph();
                    writer.around = None;
                }
                _ => {}
            }
            writer.visit(&node, visit);
        }
    }
    writer.end_line();
    writer.lines
}

/// Marks menus that a page begins with, with links or without. A list behind anything else, as the
/// sentence that introduces it, is text, and so is one above no headline but that of a part.
fn mark_menus(lines: &mut [RenderedLine]) {
    let mut shown: Vec<&mut RenderedLine> =
        lines.iter_mut().filter(|line| !line.is_around).collect();
    let Some(headline) = shown.iter().position(|line| line.is_heading()) else { return };
    if !shown[headline].text.starts_with("# ") {
        return;
    }
    let is_item = |line: &RenderedLine| line.is_item && is_entry(&line.text);
    let is_of_menu =
        |line: &RenderedLine| line.text.is_empty() || is_item(line) || is_menu_line(&line.text);
    let head = shown[..headline].iter().take_while(|line| is_of_menu(line)).count();
    let mut at = 0;
    while at < head {
        let row = shown[at..head].iter().take_while(|line| is_item(line) || line.text.is_empty());
        let row = row.count();
        let is_row = are_menu(shown[at..at + row].iter().filter(|line| is_item(line)).count());
        let next = at + row.max(1);
        for line in &mut shown[at..next] {
            line.is_around = is_row || is_menu_line(&line.text);
        }
        at = next;
    }
}

/// Length of a key, in bytes.
const KEY: usize = 36;

/// How wide blanks are that begin a paragraph behind the end of a sentence, in halves of a character.
const INDENT: usize = 4;

#[derive(Default)]
struct LineWriter {
    lines: Vec<RenderedLine>,
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
    /// The element around the text that is being written.
    around: Option<NodeId>,
    /// How an element in the line ended and another began since the last text.
    seam: Seam,
}

/// What stands between two texts of a line.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Seam {
    #[default]
    None,
    /// The end of an element.
    End,
    /// The end of one and the beginning of the next.
    Elements,
}

impl LineWriter {
    fn visit(&mut self, node: &NodeRef<'_>, visit: Visit) {
        if node.is_text() {
            if visit == Visit::Enter {
                self.text(node);
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
        self.seam = match (visit, self.seam) {
            (Visit::Leave, Seam::None) => Seam::End,
            (Visit::Enter, Seam::End) => Seam::Elements,
            (_, seam) => seam,
        };
        self.heading = match visit {
            Visit::Enter if named(node, &["h1", "h2"]) => "# ",
            Visit::Enter if named(node, &["h3", "h4", "h5", "h6"]) => "## ",
            _ if is_block(node) => "",
            _ => self.heading,
        };
    }

    fn text(&mut self, node: &NodeRef<'_>) {
        let text = node.text();
        // Labels with their values, and days, are divided by their looks alone.
        if self.seam == Seam::Elements && (is_labelled(&text) || begins_with_day(&text)) {
            self.blank = self.blank.or(Some(false));
        }
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
            if !c.is_whitespace() && ends_in_indent(&self.line.text) {
                self.end_line();
            }
            self.blank_before(c);
            if !self.key_is_whole && c.is_alphanumeric() {
                self.line.key.push(c);
                self.key_is_whole = self.line.key.len() > KEY;
            } else {
                self.key_is_whole |= !self.line.key.is_empty();
            }
            self.line.text.push(c);
            self.line.node.get_or_insert(node.id);
            self.line.is_item = self.items > 0;
            self.seam = Seam::None;
            if self.links == 0 {
                self.line.plain_letters += usize::from(!c.is_whitespace());
                self.has_plain |= c.is_alphabetic();
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
            self.lines.push(RenderedLine {
                text,
                is_link,
                is_around: self.around.is_some(),
                ..line
            });
        }
    }

    fn end_paragraph(&mut self) {
        self.end_line();
        self.lines.push(RenderedLine::default());
    }

    fn table(&mut self, table: &NodeRef<'_>) {
        self.end_paragraph();
        for row in rows(table) {
            let words =
                row.cells.iter().flat_map(|cell| cell.split(|c: char| !c.is_alphanumeric()));
            let key = words.filter(|word| !word.is_empty()).map(str::to_owned).next();
            let plain: usize = row.cells.iter().map(|cell| cell.chars().count()).sum();
            self.lines.push(RenderedLine {
                text: format!("| {} |", row.cells.join(" | ")),
                key: key.unwrap_or_default(),
                is_around: self.around.is_some(),
                plain_letters: if row.is_link { 0 } else { plain },
                node: Some(table.id),
                is_link: row.is_link,
                is_item: false,
            });
        }
        self.end_paragraph();
    }
}

/// Whether a text begins with a short label: 来源：…
fn is_labelled(text: &str) -> bool {
    const MAX_LABEL: usize = 6;
    let text = text.trim_start();
    let label = text.chars().take_while(|c| c.is_alphabetic()).count();
    (2..=MAX_LABEL).contains(&label) && matches!(text.chars().nth(label), Some('：' | ':'))
}

fn begins_with_day(text: &str) -> bool {
    let text = text.trim_start();
    let year = text.chars().take_while(char::is_ascii_digit).count();
    year == 4 && matches!(text.chars().nth(year), Some('-' | '/' | '.' | '年'))
}

/// Whether a line ends in a sentence and the blanks that a paragraph begins with: its writer broke no lines.
fn ends_in_indent(line: &str) -> bool {
    let text = line.trim_end();
    let blanks = line[text.len()..].chars().map(|c| if c == '\u{3000}' { 2 } else { 1 });
    text.ends_with(['。', '！', '？', '”', '」', '』', '）', '…', '：', '；'])
        && blanks.sum::<usize>() >= INDENT
}
