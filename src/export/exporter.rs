//! Articles → bytes of one format. A writer of a format takes one article at a time, so that an export
//! of any size needs no memory, and ends when it is told so.

use std::io::{self, Write};
use std::ops::ControlFlow;

use thiserror::Error;

use super::cards::{BookCards, CardHead, CardSettings, PageCards, WordCards};
use super::citations::{BibDialect, BibEntries, CitationStyle, CitedList, CslItems, RisEntries};
use super::limit::{ExportLimit, MAX_DOCX_ARTICLES, MAX_DOCX_CHARACTERS};
use super::record_writer::{Exported, RecordWriter};
use super::{Format, csv, jsonl, markdown};
use crate::model::Record;
use crate::present::Lang;
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
    /// The language of what reading cards say beside the articles.
    pub lang: Lang,
    /// Reading cards have only the passages that match, with some context, instead of the whole text.
    pub excerpt: bool,
    /// Where the archive is served (`https://example.org`), for the permalinks of reading cards.
    pub address: Option<String>,
    /// The search whose matches are marked and that is named as the source, where the articles were
    /// chosen one by one among its hits.
    pub chosen_from: Option<Request>,
    /// What reading cards say of all of them; [`export`] says it of its request.
    pub head: CardHead,
}

/// Why an export failed.
#[derive(Debug, Error)]
pub enum ExportError {
    /// The archive could not be read, or the request not be answered.
    #[error(transparent)]
    Search(#[from] SearchError),
    /// The format does not hold so much; nothing was written.
    #[error(transparent)]
    Limit(#[from] ExportLimit),
    /// The output could not be written to.
    #[error(transparent)]
    Output(#[from] io::Error),
}

/// Writes all articles that match, without a limit but that of the format, and says how many there
/// were.
///
/// # Errors
/// As [`count_for_export`], and when `out` cannot be written to.
pub fn export(
    archive: &Archive,
    request: &Request,
    settings: &ExportSettings,
    out: impl Write,
) -> Result<u64, ExportError> {
    let articles = count_for_export(archive, request, settings.format)?;
    let searched = settings.chosen_from.as_ref().unwrap_or(request);
    let head = CardHead::of(searched, articles, settings.chosen_from.is_some());
    let settings = ExportSettings { head, ..settings.clone() };
    let mut exporter = Exporter::new(&settings, out)?;
    let mut failed = None;
    archive.for_each(request, &mut |record| match one(
        archive,
        searched,
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

/// How many articles an export has, which its format can hold.
///
/// # Errors
/// When the archive cannot be searched, and when the articles are more than the format can hold.
pub fn count_for_export(
    archive: &Archive,
    request: &Request,
    format: Format,
) -> Result<u64, ExportError> {
    let articles = archive.count(request)?;
    if format == Format::Docx {
        if articles > MAX_DOCX_ARTICLES {
            return Err(ExportLimit::Articles(articles).into());
        }
        let mut characters = 0;
        archive.for_each(request, &mut |record| {
            characters += record.body.chars().count() as u64;
            ControlFlow::Continue(())
        })?;
        if characters > MAX_DOCX_CHARACTERS {
            return Err(ExportLimit::Characters(characters).into());
        }
    }
    Ok(articles)
}

fn one(
    archive: &Archive,
    searched: &Request,
    format: Format,
    record: &Record,
    exporter: &mut Exporter<'_>,
) -> Result<(), ExportError> {
    let marks =
        if format.shows_marks() { archive.highlights(searched, record)? } else { Vec::new() };
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
        let ExportSettings { lang, excerpt, ref address, ref head, .. } = *settings;
        let style = settings.style.clone();
        let cards = CardSettings { lang, excerpt, address: address.clone(), style };
        let writer: Box<dyn RecordWriter + 'out> = match settings.format {
            Format::Jsonl => Box::new(jsonl::RecordLines(out)),
            Format::Markdown => {
                Box::new(markdown::RecordSections::new(out, settings.style.clone()))
            }
            Format::Docx => Box::new(WordCards::begin(out, cards, head)?),
            Format::Html => Box::new(PageCards::begin(out, cards, head)?),
            Format::Epub => Box::new(BookCards::begin(out, cards, head.clone())?),
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

    fn bytes_of(format: Format, byte_order_mark: bool, records: &[Record]) -> Vec<u8> {
        let mut out = Vec::new();
        let settings = ExportSettings { format, byte_order_mark, ..ExportSettings::default() };
        let mut exporter = Exporter::new(&settings, &mut out).expect("memory");
        for record in records {
            exporter.write(Exported { record, marks: &[] }).expect("memory");
        }
        assert_eq!(exporter.finish().expect("memory"), records.len() as u64);
        out
    }

    fn exported(format: Format, records: &[Record]) -> String {
        String::from_utf8(bytes_of(format, false, records)).expect("text in UTF-8")
    }

    #[test]
    fn a_line_of_jsonl_is_the_record_again() {
        let text = exported(Format::Jsonl, &[sample(), sample()]);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 2);
        assert_eq!(serde_json::from_str::<Record>(lines[0]).expect("JSON"), sample());
    }

    #[test]
    fn only_formats_that_need_one_begin_with_a_byte_order_mark() {
        for format in Format::ALL {
            let is_marked =
                |wanted| bytes_of(format, wanted, &[sample()]).starts_with("\u{feff}".as_bytes());
            assert_eq!(is_marked(true), matches!(format, Format::Csv | Format::Ris), "{format:?}");
            assert!(!is_marked(false));
        }
    }

    #[test]
    fn an_export_of_nothing_is_empty_but_for_the_heads_of_the_columns() {
        assert_eq!(exported(Format::Jsonl, &[]), "");
        assert_eq!(exported(Format::Markdown, &[]), "");
        for format in Format::CITATIONS {
            let nothing = if format == Format::CslJson { "[]\n" } else { "" };
            assert_eq!(exported(format, &[]), nothing, "{format:?}");
        }
        assert_eq!(exported(Format::Csv, &[]), format!("{}\r\n", COLUMNS.join(",")));
    }

    #[test]
    fn the_same_articles_give_the_same_bytes() {
        for format in Format::ALL {
            let again = || bytes_of(format, true, &[sample(), sample()]);
            assert_eq!(again(), again(), "{format:?}");
        }
    }
}
