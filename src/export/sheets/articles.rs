//! A row an article, with the columns of the CSV.

use std::io::{self, Write};

use super::about;
use super::heads::{ARTICLE_HEADS, REMARK_HEADS, columns};
use super::settings::SheetSettings;
use super::workbook::{ROWS_BETWEEN_FLUSHES, SheetBook, SheetCell, SheetLimits};
use crate::export::csv::cells;
use crate::export::record_writer::{Exported, RecordWriter};
use crate::model::{CivilDate, Record};

/// A workbook of articles.
pub(in crate::export) struct RecordSheets<W> {
    out: W,
    book: SheetBook,
    settings: SheetSettings,
    articles: u64,
    /// Whether a column has what is said about each article.
    has_remarks: bool,
}

impl<W: Write> RecordSheets<W> {
    /// Begins the workbook; nothing is written to `out` before it is complete.
    pub(in crate::export) fn begin(
        settings: SheetSettings,
        limits: SheetLimits,
        has_remarks: bool,
        out: W,
    ) -> io::Result<Self> {
        let lang = settings.lang;
        let mut book = SheetBook::new(lang, settings.day(), limits)?;
        let mut columns = columns(lang, &ARTICLE_HEADS, settings.address.is_some());
        if has_remarks {
            columns.extend(self::columns(lang, &REMARK_HEADS, false));
        }
        book.begin(lang.of("文章", "Articles"), columns)?;
        Ok(Self { out, book, settings, articles: 0, has_remarks })
    }
}

impl<W: Write> RecordWriter for RecordSheets<W> {
    fn write(&mut self, article: Exported<'_>) -> io::Result<()> {
        self.articles += 1;
        // Nothing is written before the end, where a client that has gone would be noticed.
        if self.articles.is_multiple_of(ROWS_BETWEEN_FLUSHES) {
            self.out.flush()?;
        }
        let record = article.record;
        let mut row: Vec<SheetCell<'_>> = cells(record).into_iter().map(SheetCell::text).collect();
        for (at, (column, ..)) in ARTICLE_HEADS.iter().enumerate() {
            if let (Some(typed), Some(cell)) = (typed(record, column), row.get_mut(at)) {
                *cell = typed;
            }
        }
        row.extend(self.settings.link(&record.id).map(SheetCell::Link));
        if self.has_remarks {
            row.push(SheetCell::text(article.remark.to_owned()));
        }
        self.book.row(&row)
    }

    fn cut_cells(&self) -> u64 {
        self.book.cut_cells()
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        let Self { out, mut book, settings, articles, .. } = *self;
        let counts = [about::articles(settings.lang, articles)];
        about::write(&mut book, &settings, &counts, &ARTICLE_HEADS)?;
        book.save(out)
    }
}

/// The cell of a column that is more than the text of the CSV.
fn typed(record: &Record, column: &str) -> Option<SheetCell<'static>> {
    let (date, issue) = (&record.date, &record.issue.date);
    Some(match column {
        // Of a span of days the CSV has the last one: as a date it would look like the day.
        "date" => certain(date.value, date.not_before, date.not_after)?,
        "date_not_before" => SheetCell::day(date.not_before),
        "date_not_after" => SheetCell::day(date.not_after),
        "issue_date" => certain(issue.value, issue.not_before, issue.not_after)?,
        "issue_not_before" => SheetCell::day(issue.not_before),
        "issue_not_after" => SheetCell::day(issue.not_after),
        "accessed" => SheetCell::day(record.accessed),
        "ordinal" => SheetCell::Number(f64::from(record.ordinal)),
        "confidence" => {
            SheetCell::Share((f64::from(record.cut.confidence) * 100.0).round() / 100.0)
        }
        _ => return None,
    })
}

/// A day that is certain: no other one is possible.
fn certain(
    day: Option<CivilDate>,
    not_before: Option<CivilDate>,
    not_after: Option<CivilDate>,
) -> Option<SheetCell<'static>> {
    let is_only = |bound: Option<CivilDate>| bound.is_none() || bound == day;
    day.filter(|_| is_only(not_before) && is_only(not_after)).map(SheetCell::Day)
}
