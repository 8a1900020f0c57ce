//! A wide table of indicators, and the cells of it in which articles differ.

use std::io::{self, Write};

use super::about;
use super::heads::label_column;
use super::settings::SheetSettings;
use super::workbook::{SheetBook, SheetCell, SheetColumn, SheetLimits};
use crate::export::pivot::{PivotNumber, PivotTable};

/// Writes the table. A cell has the value that most rows state; where others state another one it is
/// marked, and the sheet behind has all of them. Gives the cells whose text was cut.
pub(in crate::export) fn write_sheets(
    table: &PivotTable,
    rows: u64,
    settings: &SheetSettings,
    out: impl Write,
) -> io::Result<u64> {
    let lang = settings.lang;
    let mut book = SheetBook::new(lang, settings.day(), SheetLimits::default())?;
    let labels = table.rows.first().map_or(0, |row| row.labels.len());
    let (label_names, column_names) = table.head.split_at(labels.min(table.head.len()));
    let label_columns: Vec<SheetColumn> =
        label_names.iter().map(|name| label_column(lang, name)).collect();
    let value_columns =
        column_names.iter().map(|name| SheetColumn { head: name.clone(), width: 18 });
    book.begin(
        lang.of("宽表", "Table"),
        label_columns.iter().cloned().chain(value_columns).collect(),
    )?;
    for row in &table.rows {
        let labels = row.labels.iter().map(|label| SheetCell::text(label.as_str()));
        let values = row.cells.iter().map(|stated| match stated.as_slice() {
            [] => SheetCell::Empty,
            [(number, _)] => cell(*number, false),
            [(number, _), ..] => cell(*number, true),
        });
        book.row(&labels.chain(values).collect::<Vec<_>>())?;
    }
    if table.conflicts > 0 {
        let more = [
            (lang.of("列", "Column"), 18),
            (lang.of("数值", "Value"), 18),
            (lang.of("提及次数", "Times stated"), 12),
        ];
        let more = more.map(|(head, width)| SheetColumn { head: head.to_owned(), width });
        book.begin(
            lang.of("数值不一致", "Differing values"),
            label_columns.into_iter().chain(more).collect(),
        )?;
        for row in &table.rows {
            for (column, stated) in column_names.iter().zip(&row.cells) {
                for (number, times) in stated.iter().filter(|_| stated.len() > 1) {
                    let labels = row.labels.iter().map(|label| SheetCell::text(label.as_str()));
                    let value = [
                        SheetCell::text(column.as_str()),
                        cell(*number, false),
                        SheetCell::Number(*times as f64),
                    ];
                    book.row(&labels.chain(value).collect::<Vec<_>>())?;
                }
            }
        }
    }
    let left_out = lang.of("未列入的数值", "Values left out").to_owned();
    let differing = lang.of("数值不一致的单元格", "Cells with differing values").to_owned();
    let counts = [
        about::rows(lang, rows),
        (left_out, SheetCell::Number(table.left_out.total() as f64)),
        (differing, SheetCell::Number(table.conflicts as f64)),
    ];
    about::write(&mut book, settings, &counts, &[])?;
    let cut_cells = book.cut_cells();
    book.save(out)?;
    Ok(cut_cells)
}

fn cell(number: PivotNumber, is_disputed: bool) -> SheetCell<'static> {
    match number.upper {
        None if is_disputed => SheetCell::Disputed(number.value),
        None => SheetCell::Number(number.value),
        // A range is no number.
        Some(_) => SheetCell::text(number.to_string()),
    }
}
