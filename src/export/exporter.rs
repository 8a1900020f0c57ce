//! Articles → bytes of one format. A writer of a format takes one article at a time and ends when it is
//! told so: an export needs little memory, whatever its size. Keys of BibTeX and ids of CSL-JSON are kept
//! to tell articles of one id apart.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::{self, Write};
use std::ops::ControlFlow;

use serde::{Deserialize, Serialize};
use thiserror::Error;
use utoipa::ToSchema;

use super::cards::{BookCards, CardHead, CardSettings, PageCards, WordCards, text_characters};
use super::citations::{BibDialect, BibEntries, CitationStyle, CitedList, CslItems, RisEntries};
use super::limit::ExportLimit;
use super::origin::ExportOrigin;
use super::pivot::PivotError;
use super::record_writer::{Exported, RecordWriter};
use super::sheets::articles::RecordSheets;
use super::sheets::settings::SheetSettings;
use super::sheets::workbook::SheetLimits;
use super::{Format, csv, jsonl, markdown};
use crate::model::{ArticleId, Notebook, Record};
use crate::present::Lang;
use crate::search::{Archive, Highlight, Request, RequestMarks, SearchError};

/// How articles are exported. A manifest has all of it, so that the same can be made again.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct ExportSettings {
    /// The format.
    pub format: Format,
    /// A CSV begins with a byte-order mark, without which spreadsheet programs read Chinese as
    /// mojibake, and so does a RIS file, for EndNote; other formats never have one.
    pub byte_order_mark: bool,
    /// The style in which articles are cited, where they are.
    #[schema(value_type = Object)]
    pub style: CitationStyle,
    /// The language of what is not the articles' own, such as the heads of a workbook.
    pub lang: Lang,
    /// Reading cards have only the passages that match, with some context, instead of the whole text.
    pub excerpt: bool,
    /// Address of a server that has the articles, for links to them, without a slash at its end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Ids of articles that were chosen one by one: they alone are exported, and the request only marks
    /// what it finds in them and gives their order. None if all that match are meant.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub chosen: Vec<String>,
    /// A collection: its articles alone are exported, in its order, each with what is said about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub collection: Option<ExportedCollection>,
    /// What the articles come from, for a format that says so itself.
    #[serde(skip)]
    pub origin: Option<ExportOrigin>,
}

/// A collection as it was when it was exported.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ExportedCollection {
    /// Its name.
    pub name: String,
    /// What it is for; may be empty.
    pub about: String,
    /// Its articles, in its order.
    pub items: Vec<ExportedItem>,
}

impl ExportedCollection {
    /// The collection of this name, as it is now.
    #[must_use]
    pub fn of(notebook: &Notebook, name: &str) -> Option<Self> {
        let (name, collection) = notebook.collections.get_key_value(name.trim())?;
        let items = collection
            .items
            .iter()
            .map(|item| ExportedItem { id: item.article.0.clone(), remark: item.remark.clone() });
        let about = collection.about.clone();
        Some(Self { name: name.clone(), about, items: items.collect() })
    }

    /// How many of its items the archive does not have any more.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn left_out(&self, archive: &Archive) -> Result<usize, SearchError> {
        let ids: Vec<ArticleId> =
            self.items.iter().map(|item| ArticleId(item.id.clone())).collect();
        Ok(archive.ids_of_none(&ids)?.len())
    }

    /// The articles that there are with what is said about them, each once: of two that were joined both
    /// ids lead to one, about which both things are said.
    fn articles(&self, archive: &Archive) -> Result<Vec<(ArticleId, String)>, SearchError> {
        let mut articles: Vec<(ArticleId, String)> = Vec::with_capacity(self.items.len());
        let mut places: HashMap<ArticleId, usize> = HashMap::new();
        for item in &self.items {
            let found = archive.get(&ArticleId(item.id.clone()))?;
            let Some(id) = found.into_iter().next().map(|record| record.id) else { continue };
            let place = *places.entry(id.clone()).or_insert(articles.len());
            let Some((_, remark)) = articles.get_mut(place) else {
                articles.push((id, item.remark.clone()));
                continue;
            };
            if !remark.is_empty() && !item.remark.is_empty() {
                remark.push('\n');
            }
            remark.push_str(&item.remark);
        }
        Ok(articles)
    }
}

/// An article of a collection.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ExportedItem {
    /// Its id.
    pub id: String,
    /// What is said about it; may be empty.
    pub remark: String,
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
    /// The format does not hold so much; nothing was written.
    #[error(transparent)]
    Limit(#[from] ExportLimit),
    /// The output could not be written to.
    #[error(transparent)]
    Output(#[from] io::Error),
    /// A wide table cannot be made.
    #[error(transparent)]
    Pivot(#[from] PivotError),
}

/// Writes all articles that match, or those of them that were chosen, without a limit but that of the
/// format, and says how much it was.
///
/// # Errors
/// As [`count_for_export`], and when `out` cannot be written to.
pub fn export(
    archive: &Archive,
    request: &Request,
    settings: &ExportSettings,
    out: impl Write,
) -> Result<ExportCounts, ExportError> {
    let is_cards = settings.format.is_cards();
    // Cards say above the first one how many there are.
    let articles = if is_cards { count_for_export(archive, request, settings)? } else { 0 };
    let shows_marks = settings.format.shows_marks();
    let marks = if shows_marks { Some(archive.marks(request)?) } else { None };
    let mut exporter = Exporter::new(settings, articles, out)?;
    let mut failed = None;
    settings.visit(archive, request, &mut |record, remark| {
        let marks = highlights(marks.as_ref(), &record);
        match exporter.write(Exported { record: &record, marks: &marks, remark }) {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                failed = Some(error);
                ControlFlow::Break(())
            }
        }
    })?;
    match failed {
        Some(error) => Err(error.into()),
        None => Ok(exporter.finish()?),
    }
}

fn highlights(marks: Option<&RequestMarks>, record: &Record) -> Vec<Highlight> {
    marks.map(|marks| marks.highlights(record)).unwrap_or_default()
}

impl ExportSettings {
    /// Gives the articles that are exported to `visit`, each with what is said about it, until it breaks
    /// off.
    fn visit(
        &self,
        archive: &Archive,
        request: &Request,
        visit: &mut dyn FnMut(Record, &str) -> ControlFlow<()>,
    ) -> Result<(), SearchError> {
        let Some(collection) = &self.collection else {
            archive.for_each(&self.visited(request), &mut |record| visit(record, ""))?;
            return Ok(());
        };
        for (id, remark) in collection.articles(archive)? {
            // Several articles of one id have one text: any will do.
            let Some(record) = archive.get(&id)?.into_iter().next() else { continue };
            if visit(record, &remark).is_break() {
                break;
            }
        }
        Ok(())
    }

    /// The articles that are exported: those that match, or those that were chosen.
    fn visited<'r>(&self, request: &'r Request) -> Cow<'r, Request> {
        if self.chosen.is_empty() {
            return Cow::Borrowed(request);
        }
        let ids = self.chosen.iter().map(String::as_str);
        Cow::Owned(Request { sort: request.sort, ..Request::of_articles(ids, request.today) })
    }
}

/// How many articles an export has, which its format can hold.
///
/// # Errors
/// When the archive cannot be searched, and when the articles are more than the format can hold.
pub fn count_for_export(
    archive: &Archive,
    request: &Request,
    settings: &ExportSettings,
) -> Result<u64, ExportError> {
    let articles = match &settings.collection {
        None => archive.count(&settings.visited(request))?,
        Some(collection) => collection.articles(archive)?.len() as u64,
    };
    if settings.format == Format::Docx {
        ExportLimit::check_articles(articles)?;
        let excerpt = settings.excerpt;
        let marks = if excerpt { Some(archive.marks(request)?) } else { None };
        let mut characters = 0;
        settings.visit(archive, request, &mut |record, remark| {
            let marks = highlights(marks.as_ref(), &record);
            let article = Exported { record: &record, marks: &marks, remark };
            characters += text_characters(article, excerpt) + remark.chars().count() as u64;
            ControlFlow::Continue(())
        })?;
        ExportLimit::check_characters(characters, excerpt)?;
    }
    Ok(articles)
}

/// Writes articles in one format. [`Exporter::finish`] must be called: only then is everything out.
pub struct Exporter<'out> {
    writer: Box<dyn RecordWriter + 'out>,
    written: u64,
}

impl<'out> Exporter<'out> {
    /// Begins an export of so many articles, which reading cards say; other formats do not need it.
    ///
    /// # Errors
    /// When `out` cannot be written to.
    pub fn new(
        settings: &ExportSettings,
        articles: u64,
        mut out: impl Write + 'out,
    ) -> io::Result<Self> {
        if settings.byte_order_mark && settings.format.can_have_mark() {
            out.write_all("\u{feff}".as_bytes())?;
        }
        let ExportSettings { lang, excerpt, address, style, origin, .. } = settings.clone();
        let cards = CardSettings { lang, excerpt, address, style };
        let collection = settings.collection.as_ref();
        let head = CardHead {
            origin,
            articles,
            chosen: !settings.chosen.is_empty(),
            collection: collection.map(|of| (of.name.clone(), of.about.clone())),
        };
        let writer: Box<dyn RecordWriter + 'out> = match settings.format {
            Format::Jsonl => Box::new(jsonl::RecordLines(out)),
            Format::Markdown => {
                Box::new(markdown::RecordSections::new(out, settings.style.clone()))
            }
            Format::Xlsx => {
                let ExportSettings { lang, address, origin, .. } = settings.clone();
                let sheets = SheetSettings { lang, address, origin };
                Box::new(RecordSheets::begin(
                    sheets,
                    SheetLimits::default(),
                    settings.collection.is_some(),
                    out,
                )?)
            }
            Format::Docx => Box::new(WordCards::begin(out, cards, &head)?),
            Format::Html => Box::new(PageCards::begin(out, cards, &head)?),
            Format::Epub => Box::new(BookCards::begin(out, cards, head)?),
            Format::Csv => Box::new(csv::RecordTable::begin(out, settings.collection.is_some())?),
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

    fn bytes_of(format: Format, byte_order_mark: bool, records: &[Record]) -> Vec<u8> {
        let mut out = Vec::new();
        let settings = ExportSettings { format, byte_order_mark, ..ExportSettings::default() };
        let mut exporter =
            Exporter::new(&settings, records.len() as u64, &mut out).expect("memory");
        for record in records {
            exporter.write(Exported::plain(record)).expect("memory");
        }
        let counts = exporter.finish().expect("memory");
        assert_eq!(counts, ExportCounts { entries: records.len() as u64, cut_cells: 0 });
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
