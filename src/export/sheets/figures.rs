//! A row a value, with the columns of the CSV of indicators.

use std::io::{self, Write};

use super::about;
use super::heads::{FIGURE_HEADS, columns};
use super::settings::SheetSettings;
use super::workbook::{SheetBook, SheetCell, SheetLimits};
use crate::export::csv::word;
use crate::export::figures::{FigureRow, Number};
use crate::model::{Indicator, Record};

/// A workbook of rows of indicators.
pub(in crate::export) struct FigureSheets {
    book: SheetBook,
    settings: SheetSettings,
    rows: u64,
}

impl FigureSheets {
    /// Begins the workbook.
    pub(in crate::export) fn begin(settings: SheetSettings) -> io::Result<Self> {
        let lang = settings.lang;
        let mut book = SheetBook::new(lang, settings.day(), SheetLimits::default())?;
        let columns = columns(lang, &FIGURE_HEADS, settings.address.is_some());
        book.begin(lang.of("指标", "Indicators"), columns)?;
        Ok(Self { book, settings, rows: 0 })
    }

    /// Writes a row.
    pub(in crate::export) fn write(&mut self, record: &Record, row: &Indicator) -> io::Result<()> {
        self.rows += 1;
        let mut cells = cells(FigureRow::json(record, row));
        cells.extend(self.settings.link(&record.id).map(SheetCell::Link));
        self.book.row(&cells)
    }

    /// Cells whose text did not fit.
    pub(in crate::export) fn cut_cells(&self) -> u64 {
        self.book.cut_cells()
    }

    /// Writes the workbook.
    pub(in crate::export) fn finish(self, out: impl Write) -> io::Result<()> {
        let Self { mut book, settings, rows } = self;
        let counts = [about::rows(settings.lang, rows)];
        about::write(&mut book, &settings, &counts, &FIGURE_HEADS)?;
        book.save(out)
    }
}

fn cells(row: FigureRow<'_>) -> Vec<SheetCell<'_>> {
    let number = |number: Option<Number>| SheetCell::number(number.and_then(Number::json));
    let line = |line: Option<u32>| SheetCell::number(line.map(f64::from));
    // As it is printed, without what a wider type makes of it.
    let confidence = row.confidence.to_string().parse().unwrap_or_default();
    vec![
        SheetCell::text(row.id),
        SheetCell::of(row.indicator),
        SheetCell::text(row.name),
        SheetCell::text(row.name_printed),
        SheetCell::of(row.district),
        SheetCell::of(row.scope),
        SheetCell::text(word(row.status)),
        SheetCell::Flag(row.preliminary),
        SheetCell::text(word(row.kind)),
        SheetCell::day(row.period_from),
        SheetCell::day(row.period_to),
        SheetCell::of(row.period_text),
        number(row.value),
        number(row.value_max),
        SheetCell::of(row.unit),
        number(row.value_si),
        SheetCell::of(row.approx),
        SheetCell::of(row.change_kind.map(word)),
        number(row.change),
        SheetCell::of(row.change_unit),
        SheetCell::text(row.quote),
        SheetCell::text(word(row.rule)),
        SheetCell::Share(confidence),
        SheetCell::text(row.article),
        SheetCell::of(row.title),
        SheetCell::day(row.date_from),
        SheetCell::day(row.date_to),
        SheetCell::of(row.publication),
        SheetCell::text(row.source),
        line(row.first_line),
        line(row.last_line),
    ]
}
