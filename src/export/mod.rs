//! Records and counts → bytes in every format. Writers only: nothing is printed, no file is opened,
//! and one record at a time is enough, so that an export of any size needs no memory.

mod charts;
mod citation;
mod csv;
mod figures;
mod jsonl;
mod markdown;
mod pivot;
#[cfg(test)]
pub(crate) mod sample;
mod sdmx;
mod series;
mod trend;

use std::io::{self, Write};

use serde::Deserialize;
use utoipa::ToSchema;

use crate::model::Record;

pub use charts::bars::{Bar, BarChart};
pub use charts::heat::{HeatCell, HeatChart, HeatRow};
pub use charts::line::{ChartLine, LineChart, PointLink, TooManyLines};
pub use citation::citation;
pub use csv::{COLUMNS, TextForm};
pub use figures::{FigureRow, FigureWriter};
pub use pivot::{
    LeftOut, MAX_PIVOT_CELLS, Pivot, PivotAxis, PivotError, PivotNumber, PivotRow, PivotTable,
};
pub use sdmx::SDMX_COLUMNS;
pub use series::{ChartUnit, SERIES_COLUMNS, series_chart, write_series};
pub use trend::{ChartWords, Measure, TREND_COLUMNS, trend_chart, write_trend};

/// A format of exported records.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// One JSON object per line: the whole record, byte for byte what the archive holds.
    #[default]
    Jsonl,
    /// A table for spreadsheets, see [`COLUMNS`].
    Csv,
    /// One section per article, for reading.
    #[serde(rename = "md")]
    Markdown,
}

impl Format {
    /// Every format, in the order in which they are listed to people.
    pub const ALL: [Self; 3] = [Self::Jsonl, Self::Csv, Self::Markdown];

    /// The word for it on the command line; also the usual extension of a file.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Jsonl => "jsonl",
            Self::Csv => "csv",
            Self::Markdown => "md",
        }
    }

    /// What people call it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Jsonl => "JSONL",
            Self::Csv => "CSV",
            Self::Markdown => "Markdown",
        }
    }

    /// The media type, for a server that gives out the bytes.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Jsonl => "application/x-ndjson",
            Self::Csv => "text/csv; charset=utf-8",
            Self::Markdown => "text/markdown; charset=utf-8",
        }
    }
}

/// Writes records in one format. [`Exporter::finish`] must be called: only then is everything out.
#[derive(Debug)]
pub struct Exporter<W: Write> {
    writer: Writer<W>,
    written: u64,
}

#[derive(Debug)]
enum Writer<W: Write> {
    Jsonl(W),
    Csv(Box<::csv::Writer<W>>),
    Markdown(W),
}

impl<W: Write> Exporter<W> {
    /// Begins an export. With `byte_order_mark` a CSV begins with one, without which spreadsheet
    /// programs read Chinese as mojibake; the other formats never have it.
    ///
    /// # Errors
    /// When `out` cannot be written to.
    pub fn new(format: Format, mut out: W, byte_order_mark: bool) -> io::Result<Self> {
        let writer = match format {
            Format::Jsonl => Writer::Jsonl(out),
            Format::Markdown => Writer::Markdown(out),
            Format::Csv => {
                if byte_order_mark {
                    out.write_all("\u{feff}".as_bytes())?;
                }
                Writer::Csv(Box::new(csv::begin(out)?))
            }
        };
        Ok(Self { writer, written: 0 })
    }

    /// Writes one record.
    ///
    /// # Errors
    /// When the output cannot be written to.
    pub fn write(&mut self, record: &Record) -> io::Result<()> {
        match &mut self.writer {
            Writer::Jsonl(out) => jsonl::write(out, record)?,
            Writer::Csv(out) => csv::write(out, record)?,
            Writer::Markdown(out) => markdown::write(out, record, self.written == 0)?,
        }
        self.written += 1;
        Ok(())
    }

    /// Ends the export and says how many records were written.
    ///
    /// # Errors
    /// When the output cannot be written to.
    pub fn finish(self) -> io::Result<u64> {
        match self.writer {
            Writer::Jsonl(mut out) | Writer::Markdown(mut out) => out.flush()?,
            Writer::Csv(mut out) => out.flush()?,
        }
        Ok(self.written)
    }
}

#[cfg(test)]
mod tests {
    use super::sample::sample;
    use super::*;

    fn exported(format: Format, byte_order_mark: bool, records: &[Record]) -> String {
        let mut out = Vec::new();
        let mut exporter = Exporter::new(format, &mut out, byte_order_mark).expect("memory");
        for record in records {
            exporter.write(record).expect("memory");
        }
        assert_eq!(exporter.finish().expect("memory"), records.len() as u64);
        String::from_utf8(out).expect("every format is UTF-8")
    }

    #[test]
    fn a_line_of_jsonl_is_the_record_again() {
        let text = exported(Format::Jsonl, true, &[sample(), sample()]);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 2);
        assert_eq!(serde_json::from_str::<Record>(lines[0]).expect("JSON"), sample());
    }

    #[test]
    fn only_a_csv_begins_with_a_byte_order_mark() {
        for format in Format::ALL {
            let marked = exported(format, true, &[sample()]).starts_with('\u{feff}');
            assert_eq!(marked, format == Format::Csv, "{format:?}");
            assert!(!exported(format, false, &[sample()]).starts_with('\u{feff}'));
        }
    }

    #[test]
    fn an_export_of_nothing_is_empty_but_for_the_heads_of_the_columns() {
        assert_eq!(exported(Format::Jsonl, false, &[]), "");
        assert_eq!(exported(Format::Markdown, false, &[]), "");
        assert_eq!(exported(Format::Csv, false, &[]), format!("{}\r\n", COLUMNS.join(",")));
    }
}
