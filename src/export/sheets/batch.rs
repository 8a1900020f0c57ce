//! A row for each line of a batch, with the columns of its CSV.

use std::io::{self, Write};

use super::about;
use super::heads::{ColumnHead, columns};
use super::settings::SheetSettings;
use super::workbook::{SheetBook, SheetCell, SheetLimits};
use crate::present::{BatchRow, Lang};

/// In the order of [`BATCH_COLUMNS`](crate::export::BATCH_COLUMNS).
pub(super) const BATCH_HEADS: [ColumnHead; 16] = [
    ("line", "行", "Line", 8),
    ("query", "检索式", "Query", 30),
    ("articles", "篇数", "Articles", 10),
    ("stories", "报道数", "Stories", 10),
    ("first", "最早", "First day", 12),
    ("last", "最晚", "Last day", 12),
    ("error", "错误", "Error", 20),
    ("top_1", "第一篇", "First hit", 15),
    ("top_1_date", "第一篇日期", "Date of the first hit", 12),
    ("top_1_title", "第一篇标题", "Headline of the first hit", 40),
    ("top_2", "第二篇", "Second hit", 15),
    ("top_2_date", "第二篇日期", "Date of the second hit", 12),
    ("top_2_title", "第二篇标题", "Headline of the second hit", 40),
    ("top_3", "第三篇", "Third hit", 15),
    ("top_3_date", "第三篇日期", "Date of the third hit", 12),
    ("top_3_title", "第三篇标题", "Headline of the third hit", 40),
];

/// Writes a workbook of the rows.
pub(in crate::export) fn write_sheet(
    rows: &[BatchRow],
    lang: Lang,
    out: impl Write,
) -> io::Result<()> {
    let settings = SheetSettings { lang, ..SheetSettings::default() };
    let mut book = SheetBook::new(lang, settings.day(), SheetLimits::default())?;
    book.begin(lang.of("批量检索", "Batch"), columns(lang, &BATCH_HEADS, false))?;
    for row in rows {
        book.row(&cells(row))?;
    }
    let lines = lang.of("检索式数", "Queries").to_owned();
    let counts = [(lines, SheetCell::Number(rows.len() as f64))];
    about::write(&mut book, &settings, &counts, &BATCH_HEADS)?;
    book.save(out)
}

fn cells(row: &BatchRow) -> Vec<SheetCell<'_>> {
    let mut cells = vec![
        SheetCell::Number(row.line as f64),
        SheetCell::text(&*row.query),
        SheetCell::Number(row.articles as f64),
        SheetCell::Number(row.stories as f64),
        SheetCell::day(row.first),
        SheetCell::day(row.last),
        SheetCell::of(row.error.as_deref()),
    ];
    for hit in &row.top {
        cells.extend([
            SheetCell::text(&*hit.id.0),
            SheetCell::day(hit.date),
            SheetCell::text(&*hit.title),
        ]);
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::BATCH_COLUMNS;

    #[test]
    fn the_columns_are_those_of_the_csv() {
        assert_eq!(BATCH_HEADS.map(|(name, ..)| name), BATCH_COLUMNS);
    }

    #[test]
    fn a_workbook_is_written_and_the_same_rows_give_the_same_bytes() {
        let row = BatchRow { query: "=1+1".into(), line: 1, articles: 2, ..BatchRow::default() };
        let write = || {
            let mut written = Vec::new();
            write_sheet(std::slice::from_ref(&row), Lang::Zh, &mut written).expect("memory");
            written
        };
        let written = write();
        assert!(written.starts_with(b"PK") && written == write());
    }
}
