//! Articles → bytes of one format. A writer of a format takes one article at a time, so that an export
//! of any size needs no memory, and ends when it is told so.

use std::io::{self, Write};
use std::ops::ControlFlow;

use thiserror::Error;

use super::citations::{BibDialect, BibEntries, CitationStyle, CitedList, CslItems, RisEntries};
use super::record_writer::{Exported, RecordWriter};
use super::{Format, csv, jsonl, markdown};
use crate::model::Record;
use crate::search::{Archive, Request, SearchError};

/// How articles are exported.
#[derive(Debug, Clone, Default)]
pub struct ExportSettings {
    /// The format.
    pub format: Format,
    /// A CSV begins with a byte-order mark, without which spreadsheet programs read Chinese as
    /// mojibake, and so does a RIS file, for EndNote; other formats never have one.
    pub byte_order_mark: bool,
    /// The style in which articles are cited, where they are.
    pub style: CitationStyle,
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
}

/// Writes all articles that match, without a limit, and says how many there were.
///
/// # Errors
/// When the archive cannot be searched, and when `out` cannot be written to.
pub fn export(
    archive: &Archive,
    request: &Request,
    settings: &ExportSettings,
    out: impl Write,
) -> Result<u64, ExportError> {
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
        if settings.byte_order_mark && settings.format.can_have_mark() {
            out.write_all("\u{feff}".as_bytes())?;
        }
        let writer: Box<dyn RecordWriter + 'out> = match settings.format {
            Format::Jsonl => Box::new(jsonl::RecordLines(out)),
            Format::Markdown => {
                Box::new(markdown::RecordSections::new(out, settings.style.clone()))
            }
            Format::Csv => Box::new(csv::RecordTable::begin(out)?),
            Format::Cite => Box::new(CitedList::new(out, settings.style.clone())),
            Format::Ris => Box::new(RisEntries(out)),
            Format::Bibtex => Box::new(BibEntries::new(out, BibDialect::Bibtex)),
            Format::Biblatex => Box::new(BibEntries::new(out, BibDialect::Biblatex)),
            Format::CslJson => Box::new(CslItems::new(out)),
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

    /// Ends the export and says how many articles were written.
    ///
    /// # Errors
    /// When the output cannot be written to.
    pub fn finish(self) -> io::Result<u64> {
        self.writer.finish()?;
        Ok(self.written)
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
    fn only_formats_that_need_one_begin_with_a_byte_order_mark() {
        for format in Format::ALL {
            let marked = exported(format, true, &[sample()]).starts_with('\u{feff}');
            assert_eq!(marked, matches!(format, Format::Csv | Format::Ris), "{format:?}");
            assert!(!exported(format, false, &[sample()]).starts_with('\u{feff}'));
        }
    }

    #[test]
    fn an_export_of_nothing_is_empty_but_for_the_heads_of_the_columns() {
        assert_eq!(exported(Format::Jsonl, false, &[]), "");
        assert_eq!(exported(Format::Markdown, false, &[]), "");
        for format in Format::CITATIONS {
            let nothing = if format == Format::CslJson { "[]\n" } else { "" };
            assert_eq!(exported(format, false, &[]), nothing, "{format:?}");
        }
        assert_eq!(exported(Format::Csv, false, &[]), format!("{}\r\n", COLUMNS.join(",")));
    }
}
