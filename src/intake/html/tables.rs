//! Tells tables of data from those that lay out a page, and renders their rows.

use dom_query::NodeRef;

use super::elements::{Visit, is_block, is_line, named, visits};

/// Characters of a cell that is no text.
const MAX_CELL: usize = 200;

/// Rows from which a table is one of data whatever sentences its cells have.
const MIN_RULED_ROWS: usize = 3;

/// A row of a table.
pub(super) struct TableRow {
    pub(super) cells: Vec<String>,
    /// Whether all of its words lead elsewhere.
    pub(super) is_link: bool,
}

/// Whether a table has data: several rows and columns of short cells, and no tables in them. A page is laid out
/// in cells that have paragraphs.
pub(super) fn is_data_table(node: &NodeRef<'_>) -> bool {
    if !named(node, &["table"]) {
        return false;
    }
    let (mut rows, mut columns, mut has_sentences) = (0, 0, false);
    for part in node.descendants_it() {
        if named(&part, &["table"]) {
            return false;
        }
        if named(&part, &["tr"]) {
            let cells = cells(&part);
            columns = columns.max(cells.len());
            rows += usize::from(!cells.is_empty());
            for cell in cells {
                let text = cell.text();
                if text.chars().count() > MAX_CELL {
                    return false;
                }
                has_sentences |= text.matches('。').nth(1).is_some();
            }
        }
    }
    columns > 1 && rows > 1 && (rows >= MIN_RULED_ROWS || !has_sentences)
}

/// The rows of a table of data that have any text.
pub(super) fn rows(table: &NodeRef<'_>) -> Vec<TableRow> {
    let rows = table.descendants_it().filter(|node| named(node, &["tr"]));
    let rows = rows.map(|row| {
        let cells = cells(&row);
        let links = cells.iter().flat_map(NodeRef::descendants_it);
        let linked: usize = links
            .filter(|node| node.has_name("a") && node.attr("href").is_some())
            .map(|link| letters(&link.text()))
            .sum();
        let cells: Vec<String> = cells.iter().map(cell_text).collect();
        let all: usize = cells.iter().map(|cell| letters(cell)).sum();
        TableRow { cells, is_link: all > 0 && linked >= all }
    });
    rows.filter(|row| row.cells.iter().any(|cell| !cell.is_empty())).collect()
}

fn cells<'a>(row: &NodeRef<'a>) -> Vec<NodeRef<'a>> {
    let cells = row.element_children();
    cells.into_iter().filter(|node| named(node, &["td", "th"])).collect()
}

/// The text of a cell in one line: what stands in lines of its own is divided by blanks.
fn cell_text(cell: &NodeRef<'_>) -> String {
    let mut text = String::new();
    for (node, visit) in visits(cell) {
        if node.is_text() {
            if visit == Visit::Enter {
                text.push_str(&node.text());
            }
        } else if is_block(&node) || is_line(&node) {
            text.push(' ');
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphanumeric()).count()
}
