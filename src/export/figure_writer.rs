//! Rows of indicators in every format, one by one.

use std::io::{self, Write};

use super::csv::system_error;
use super::figure_settings::{FigureFileFormat, FigureSettings};
use super::figures::{COLUMNS, FigureRow};
use super::sdmx;
use super::sheets::figures::FigureSheets;
use super::sheets::workbook::ROWS_BETWEEN_FLUSHES;
use crate::model::{Indicator, Record};

/// Writes rows of indicators one by one.
pub(super) struct FigureWriter<W: Write> {
    out: Out<W>,
    written: u64,
    left_out: u64,
}

enum Out<W: Write> {
    Jsonl(W),
    Csv(Box<::csv::Writer<W>>),
    Xlsx(Box<FigureSheets>, W),
    Sdmx(Box<::csv::Writer<W>>),
}

/// What was written of rows of indicators.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct WrittenRows {
    /// Rows.
    pub(super) rows: u64,
    /// Rows that the format has no place for: in SDMX-CSV those without a period.
    pub(super) left_out: u64,
    /// Cells of a workbook whose text was cut.
    pub(super) cut_cells: u64,
}

impl<W: Write> FigureWriter<W> {
    /// Begins with what stands above the rows.
    ///
    /// # Errors
    /// When the output cannot be written to.
    pub(super) fn begin(settings: &FigureSettings, out: W) -> io::Result<Self> {
        let out = match settings.format {
            FigureFileFormat::Jsonl => Out::Jsonl(out),
            FigureFileFormat::Csv => Out::Csv(Box::new(table(out)?)),
            FigureFileFormat::Xlsx => {
                Out::Xlsx(Box::new(FigureSheets::begin(settings.sheets())?), out)
            }
            FigureFileFormat::SdmxCsv => Out::Sdmx(Box::new(sdmx::begin(out)?)),
        };
        Ok(Self { out, written: 0, left_out: 0 })
    }

    /// Writes one row.
    ///
    /// # Errors
    /// When the output cannot be written to.
    pub(super) fn write(&mut self, record: &Record, row: &Indicator) -> io::Result<()> {
        let is_written = match &mut self.out {
            Out::Jsonl(out) => {
                serde_json::to_writer(&mut *out, &FigureRow::json(record, row))?;
                writeln!(out)?;
                true
            }
            Out::Csv(table) => {
                let row = FigureRow::cells(record, row);
                table.serialize(row).map_err(system_error)?;
                true
            }
            Out::Xlsx(sheets, out) => {
                sheets.write(record, row)?;
                // Nothing is written before the end, where a client that has gone would be noticed.
                if (self.written + 1).is_multiple_of(ROWS_BETWEEN_FLUSHES) {
                    out.flush()?;
                }
                true
            }
            Out::Sdmx(table) => sdmx::write(table, record, row)?,
        };
        if is_written {
            self.written += 1;
        } else {
            self.left_out += 1;
        }
        Ok(())
    }

    /// Ends the table and says what was written.
    ///
    /// # Errors
    /// When the output cannot be written to.
    pub(super) fn finish(self) -> io::Result<WrittenRows> {
        let mut cut_cells = 0;
        match self.out {
            Out::Jsonl(mut out) => out.flush()?,
            Out::Csv(mut table) | Out::Sdmx(mut table) => table.flush()?,
            Out::Xlsx(sheets, out) => {
                cut_cells = sheets.cut_cells();
                sheets.finish(out)?;
            }
        }
        Ok(WrittenRows { rows: self.written, left_out: self.left_out, cut_cells })
    }
}

/// A table (RFC 4180) with its head.
fn table<W: Write>(out: W) -> io::Result<::csv::Writer<W>> {
    let mut table = ::csv::WriterBuilder::new();
    table.terminator(::csv::Terminator::CRLF).has_headers(false);
    let mut table = table.from_writer(out);
    // By itself, so that a table without rows has it too.
    table.write_record(COLUMNS).map_err(system_error)?;
    Ok(table)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::sample;

    #[test]
    fn the_head_is_the_keys_of_the_objects_and_stands_above_no_rows_too() {
        let row = sample::figure(7.5, "登封市", ["2021-01-01", "2021-12-31"]);
        let record = sample::sample();
        let json = serde_json::to_string(&FigureRow::json(&record, &row)).expect("JSON");
        let mut at = 0;
        for column in COLUMNS {
            let key = format!("\"{column}\":");
            at += json[at..].find(&key).unwrap_or_else(|| panic!("{column} in {json}"));
        }
        assert_eq!(json.matches("\":").count(), COLUMNS.len(), "{json}");
        let mut out = Vec::new();
        let settings =
            FigureSettings { format: FigureFileFormat::Csv, ..FigureSettings::default() };
        FigureWriter::begin(&settings, &mut out).and_then(FigureWriter::finish).expect("memory");
        assert_eq!(String::from_utf8(out).expect("text"), COLUMNS.join(",") + "\r\n");
    }
}
