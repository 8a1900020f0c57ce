//! Articles → bytes of one format. A writer of a format takes one article at a time, so that an export
//! of any size needs no memory, and ends when it is told so.

use std::io::{self, Write};
use std::ops::ControlFlow;

use serde::{Deserialize, Serialize};
use thiserror::Error;
use utoipa::ToSchema;

use super::origin::ExportOrigin;
use super::pivot::PivotError;
use super::record_writer::{Exported, RecordWriter};
use super::sheets::articles::RecordSheets;
use super::sheets::settings::SheetSettings;
use super::sheets::workbook::SheetLimits;
use super::{Format, csv, jsonl, markdown};
use crate::model::Record;
use crate::present::Lang;
use crate::search::{Archive, Request, SearchError};

/// How articles are exported. A manifest has all of it, so that the same can be made again.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct ExportSettings {
    /// The format.
    pub format: Format,
    /// A CSV begins with a byte-order mark, without which spreadsheet programs read Chinese as
    /// mojibake; other formats never have one.
    pub byte_order_mark: bool,
    /// The language of what is not the articles' own, such as the heads of a workbook.
    pub lang: Lang,
    /// Address of a server that has the articles, for links to them, without a slash at its end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// What the articles come from, for a format that says so itself.
    #[serde(skip)]
    pub origin: Option<ExportOrigin>,
}

/// How much was exported.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ExportCounts {
    /// Articles; or rows of indicators, in a wide table those that have a place in it.
    pub entries: u64,
    /// Cells of a workbook whose text was cut to what a cell can hold.
    pub cut_cells: u64,
}

/// Why an export failed.
#[derive(Debug, Error)]
pub enum ExportError {
    /// The archive could not be read, or the request not be answered.
    #[error(transparent)]
    Search(#[from] SearchError),
    /// The output could not be written to.
    #[error(transparent)]
    Output(#[from] io::Error),
    /// A wide table cannot be made.
    #[error(transparent)]
    Pivot(#[from] PivotError),
}

/// Writes all articles that match, without a limit, and says how much it was.
///
/// # Errors
/// When the archive cannot be searched, and when `out` cannot be written to.
pub fn export(
    archive: &Archive,
    request: &Request,
    settings: &ExportSettings,
    out: impl Write,
) -> Result<ExportCounts, ExportError> {
    let mut exporter = Exporter::new(settings, out)?;
    let mut failed = None;
    archive.for_each(request, &mut |record| match one(
        archive,
        request,
        settings.format,
        &record,
        &mut exporter,
    ) {
        Ok(()) => ControlFlow::Continue(()),
        Err(error) => {
            failed = Some(error);
            ControlFlow::Break(())
        }
    })?;
    match failed {
        Some(error) => Err(error),
        None => Ok(exporter.finish()?),
    }
}

fn one(
    archive: &Archive,
    request: &Request,
    format: Format,
    record: &Record,
    exporter: &mut Exporter<'_>,
) -> Result<(), ExportError> {
    let marks =
        if format.shows_marks() { archive.highlights(request, record)? } else { Vec::new() };
    Ok(exporter.write(Exported { record, marks: &marks })?)
}

/// Writes articles in one format. [`Exporter::finish`] must be called: only then is everything out.
pub struct Exporter<'out> {
    writer: Box<dyn RecordWriter + 'out>,
    written: u64,
}

impl<'out> Exporter<'out> {
    /// Begins an export.
    ///
    /// # Errors
    /// When `out` cannot be written to.
    pub fn new(settings: &ExportSettings, mut out: impl Write + 'out) -> io::Result<Self> {
        let writer: Box<dyn RecordWriter + 'out> = match settings.format {
            Format::Jsonl => Box::new(jsonl::RecordLines(out)),
            Format::Markdown => Box::new(markdown::RecordSections::new(out)),
            Format::Xlsx => {
                let ExportSettings { lang, address, origin, .. } = settings.clone();
                let sheets = SheetSettings { lang, address, origin };
                Box::new(RecordSheets::begin(sheets, SheetLimits::default(), out)?)
            }
            Format::Csv => {
                if settings.byte_order_mark {
                    out.write_all("\u{feff}".as_bytes())?;
                }
                Box::new(csv::RecordTable::begin(out)?)
            }
        };
        Ok(Self { writer, written: 0 })
    }

    /// Writes one article.
    ///
    /// # Errors
    /// When the output cannot be written to.
    pub fn write(&mut self, article: Exported<'_>) -> io::Result<()> {
        self.writer.write(article)?;
        self.written += 1;
        Ok(())
    }

    /// Ends the export and says how much was written.
    ///
    /// # Errors
    /// When the output cannot be written to.
    pub fn finish(self) -> io::Result<ExportCounts> {
        let counts = ExportCounts { entries: self.written, cut_cells: self.writer.cut_cells() };
        self.writer.finish()?;
        Ok(counts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::COLUMNS;
    use crate::export::sample::sample;

    fn exported(format: Format, byte_order_mark: bool, records: &[Record]) -> String {
        let mut out = Vec::new();
        let settings = ExportSettings { format, byte_order_mark, ..ExportSettings::default() };
        let mut exporter = Exporter::new(&settings, &mut out).expect("memory");
        for record in records {
            exporter.write(Exported { record, marks: &[] }).expect("memory");
        }
        let counts = exporter.finish().expect("memory");
        assert_eq!(counts, ExportCounts { entries: records.len() as u64, cut_cells: 0 });
        String::from_utf8(out).expect("text")
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
        for format in Format::ALL.into_iter().filter(|format| format.is_text()) {
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
