//! Makes lines of paragraphs, tables, notes and text boxes, however they lie in each other.

use std::mem;

/// The text of a document as it is put together.
pub(super) struct TextFlow {
    /// What is open, the innermost last. The first is the document itself.
    open: Vec<FlowFrame>,
    /// Frames that are open beyond [`MAX_FRAMES`]: what is in them goes to the one around.
    beyond: usize,
    /// Bytes of text that may still come.
    room: usize,
}

/// A part of a text that stands for itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Block {
    Paragraph {
        /// Its lines, separated by `\n`.
        text: String,
        heading: Option<HeadingLevel>,
    },
    /// The cells of a row of a table.
    Row(Vec<String>),
}

/// How high a heading stands, 1 for the highest.
pub(super) type HeadingLevel = u8;

/// What is said to stand lower is text.
pub(super) const LOWEST_HEADING: HeadingLevel = 9;

enum FlowFrame {
    /// Where paragraphs stand.
    Flow(Flow),
    /// The cells of each row.
    Table(Vec<Vec<Vec<Block>>>),
}

#[derive(Default)]
struct Flow {
    blocks: Vec<Block>,
    paragraph: String,
    heading: Option<HeadingLevel>,
    /// What comes behind the paragraph: the notes and boxes in it.
    behind: Vec<Block>,
}

/// Bytes of text of a document.
const MAX_TEXT: usize = 64 << 20;
/// Tables, boxes and notes within each other.
const MAX_FRAMES: usize = 32;
/// Bytes of memory that a row or a cell takes, whatever is in it.
const CELL: usize = 64;
/// A table with longer cells is there for the layout; as in web pages.
const MAX_CELL: usize = 200;

impl TextFlow {
    pub(super) fn new() -> Self {
        Self { open: vec![FlowFrame::Flow(Flow::default())], beyond: 0, room: MAX_TEXT }
    }

    /// Whether there is no room for more text.
    pub(super) fn is_full(&self) -> bool {
        self.room == 0
    }

    /// Adds to the current paragraph.
    pub(super) fn text(&mut self, text: &str) {
        self.take_room(text.len());
        if self.room > 0 {
            self.flow().paragraph.push_str(text);
        }
    }

    fn take_room(&mut self, bytes: usize) {
        self.room = self.room.saturating_sub(bytes);
    }

    pub(super) fn line_break(&mut self) {
        self.text("\n");
    }

    /// Makes the current paragraph a heading.
    pub(super) fn heading(&mut self, level: HeadingLevel) {
        self.flow().heading = Some(level);
    }

    pub(super) fn end_paragraph(&mut self) {
        self.flow().end_paragraph();
    }

    pub(super) fn begin_table(&mut self) {
        self.flow().end_paragraph();
        self.begin(FlowFrame::Table(Vec::new()));
    }

    pub(super) fn begin_row(&mut self) {
        self.take_room(CELL);
        if self.beyond == 0
            && let Some(FlowFrame::Table(rows)) = self.open.last_mut()
        {
            rows.push(Vec::new());
        }
    }

    pub(super) fn begin_cell(&mut self) {
        self.take_room(CELL);
        self.begin(FlowFrame::Flow(Flow::default()));
    }

    pub(super) fn end_cell(&mut self) {
        let blocks = self.end();
        match self.open.last_mut() {
            Some(FlowFrame::Table(rows)) => match rows.last_mut() {
                Some(row) => row.push(blocks),
                None => rows.push(vec![blocks]),
            },
            _ => self.flow().blocks.extend(blocks),
        }
    }

    pub(super) fn end_table(&mut self) {
        let blocks = self.end();
        self.flow().blocks.extend(blocks);
    }

    /// A note or a text box begins within a paragraph.
    pub(super) fn begin_aside(&mut self) {
        self.begin(FlowFrame::Flow(Flow::default()));
    }

    /// It ends: its text.
    pub(super) fn end_aside(&mut self) -> Vec<Block> {
        self.end()
    }

    /// Puts a note or a text box behind the current paragraph.
    pub(super) fn put_behind(&mut self, blocks: impl IntoIterator<Item = Block>) {
        self.flow().behind.extend(blocks);
    }

    /// The lines of the document.
    pub(super) fn finish(mut self) -> String {
        while self.open.len() > 1 {
            let blocks = self.end();
            self.flow().blocks.extend(blocks);
        }
        self.flow().end_paragraph();
        let mut text = String::new();
        let mut last_was_row = false;
        for block in mem::take(&mut self.flow().blocks) {
            let is_row = matches!(block, Block::Row(_));
            if !(text.is_empty() || is_row && last_was_row) {
                text.push('\n');
            }
            block.write(&mut text);
            last_was_row = is_row;
        }
        text
    }

    fn begin(&mut self, frame: FlowFrame) {
        if self.open.len() < MAX_FRAMES {
            self.open.push(frame);
        } else {
            self.flow().end_paragraph();
            self.beyond += 1;
        }
    }

    /// Closes the innermost frame: what was in it.
    fn end(&mut self) -> Vec<Block> {
        if self.beyond > 0 {
            self.beyond -= 1;
            self.flow().end_paragraph();
            return Vec::new();
        }
        if self.open.len() == 1 {
            return Vec::new();
        }
        match self.open.pop() {
            Some(FlowFrame::Flow(mut flow)) => {
                flow.end_paragraph();
                flow.blocks
            }
            Some(FlowFrame::Table(rows)) => of_table(rows),
            None => Vec::new(),
        }
    }

    /// The innermost place for paragraphs.
    fn flow(&mut self) -> &mut Flow {
        let innermost = self.open.iter_mut().rev().find_map(|frame| match frame {
            FlowFrame::Flow(flow) => Some(flow),
            FlowFrame::Table(_) => None,
        });
        let Some(flow) = innermost else { unreachable!("the document is open") };
        flow
    }
}

impl Flow {
    fn end_paragraph(&mut self) {
        let text = mem::take(&mut self.paragraph);
        let heading = self.heading.take();
        if !text.trim().is_empty() {
            self.blocks.push(Block::Paragraph { text, heading });
        }
        self.blocks.append(&mut self.behind);
    }
}

impl Block {
    /// A note: its mark stands before its first line.
    pub(super) fn marked(mark: &str, mut blocks: Vec<Self>) -> Vec<Self> {
        if let Some(Self::Paragraph { text, .. }) = blocks.first_mut() {
            *text = format!("{mark}{}", text.trim_start());
        }
        blocks
    }

    fn write(&self, text: &mut String) {
        match self {
            Self::Paragraph { text: lines, heading } => {
                let mark = match heading {
                    Some(1) => "# ",
                    Some(_) => "## ",
                    None => "",
                };
                for line in lines.split('\n').map(str::trim).filter(|line| !line.is_empty()) {
                    text.push_str(mark);
                    text.push_str(line);
                    text.push('\n');
                }
            }
            Self::Row(cells) => {
                text.push_str("| ");
                text.push_str(&cells.join(" | "));
                text.push_str(" |\n");
            }
        }
    }

    /// Its text in one line.
    fn flat(&self) -> String {
        let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        match self {
            Self::Paragraph { text, .. } => flat(text),
            Self::Row(cells) => flat(&cells.join(" ")),
        }
    }

    fn is_row(&self) -> bool {
        matches!(self, Self::Row(_))
    }
}

/// The rows of a table; of one that is there for the layout, what is in its cells.
fn of_table(rows: Vec<Vec<Vec<Block>>>) -> Vec<Block> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let is_short = |cell: &Vec<Block>| {
        let letters = cell.iter().map(|block| block.flat().chars().count());
        !cell.iter().any(Block::is_row) && letters.sum::<usize>() <= MAX_CELL
    };
    if columns < 2 || !rows.iter().flatten().all(is_short) {
        return rows.into_iter().flatten().flatten().collect();
    }
    let row = |cells: Vec<Vec<Block>>| {
        let cell = |blocks: &Vec<Block>| {
            let lines: Vec<String> = blocks.iter().map(Block::flat).collect();
            lines.join(" ")
        };
        Block::Row(cells.iter().map(cell).collect())
    };
    let is_filled = |block: &Block| match block {
        Block::Row(cells) => cells.iter().any(|cell| !cell.is_empty()),
        Block::Paragraph { .. } => true,
    };
    rows.into_iter().map(row).filter(is_filled).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paragraph(flow: &mut TextFlow, text: &str) {
        flow.text(text);
        flow.end_paragraph();
    }

    #[test]
    fn paragraphs_stand_between_blank_lines_and_rows_together() {
        let mut flow = TextFlow::new();
        flow.heading(1);
        paragraph(&mut flow, "渡口开渡\n水位已稳");
        paragraph(&mut flow, " ");
        paragraph(&mut flow, "　　今天开渡。");
        flow.begin_table();
        for cells in [["船", "班次"], ["甲", "六"], ["", ""]] {
            flow.begin_row();
            for cell in cells {
                flow.begin_cell();
                paragraph(&mut flow, cell);
                flow.end_cell();
            }
        }
        flow.end_table();
        paragraph(&mut flow, "票价不变。");
        assert_eq!(
            flow.finish(),
            "# 渡口开渡\n# 水位已稳\n\n今天开渡。\n\n| 船 | 班次 |\n| 甲 | 六 |\n\n票价不变。\n"
        );
    }

    #[test]
    fn a_note_stands_behind_its_paragraph_and_a_table_for_the_layout_is_none() {
        let mut flow = TextFlow::new();
        flow.text("水位[1]");
        flow.begin_aside();
        paragraph(&mut flow, "吴淞高程");
        let note = flow.end_aside();
        flow.put_behind(Block::marked("[1] ", note));
        paragraph(&mut flow, "三米");
        flow.begin_table();
        flow.begin_row();
        for cell in ["左", "右边"] {
            flow.begin_cell();
            paragraph(&mut flow, &cell.repeat(150));
            flow.end_cell();
        }
        flow.end_table();
        let expected = format!(
            "水位[1]三米\n\n[1] 吴淞高程\n\n{}\n\n{}\n",
            "左".repeat(150),
            "右边".repeat(150)
        );
        assert_eq!(flow.finish(), expected);
    }

    #[test]
    fn tables_without_end_in_each_other_keep_their_text() {
        let mut flow = TextFlow::new();
        for n in 0..1000 {
            flow.begin_table();
            flow.begin_row();
            flow.begin_cell();
            paragraph(&mut flow, &n.to_string());
        }
        for _ in 0..1000 {
            flow.end_cell();
            flow.end_table();
        }
        let lines: Vec<String> = (0..1000).map(|n| format!("{n}\n")).collect();
        assert_eq!(flow.finish(), lines.join("\n"));
    }
}
