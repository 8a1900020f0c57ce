//! A flat table for spreadsheets: RFC 4180, one row per article.

use std::borrow::Cow;
use std::io::{self, Write};

use super::record_writer::{Exported, RecordWriter};
use crate::model::{CivilDate, DateMention, Place, Record};

/// The columns, in order. Lists are joined by `；`; a field that is not known is empty; `lines` are
/// 1-based and inclusive, `3-21`; `confidence` is that of the cut, from 0 to 1.
///
/// A cell that a spreadsheet would take for a formula (it begins with `=`, `+`, `-` or `@`, half or
/// full width, or with a tab or a carriage return) gets a leading apostrophe, as OWASP's page on
/// CSV injection recommends. This is the one place where an export differs from the source; the
/// exact text is in JSONL.
pub const COLUMNS: [&str; 43] = [
    "id",
    "kicker",
    "title",
    "subtitle",
    "date",
    "date_not_before",
    "date_not_after",
    "date_precision",
    "date_basis",
    "date_text",
    "date_rule",
    "districts",
    "district_codes",
    "district_roles",
    "places",
    "topics",
    "kind",
    "section",
    "publication",
    "issue_number",
    "issue_date",
    "issue_not_before",
    "issue_not_after",
    "issue_basis",
    "page",
    "outlet",
    "docno",
    "issuer",
    "reporters",
    "correspondents",
    "photographers",
    "body",
    "credit",
    "source",
    "ordinal",
    "lines",
    "reprint_of",
    "confidence",
    "warnings",
    "genre",
    "mentions",
    "url",
    "accessed",
];

const BETWEEN: &str = "；";

/// The table.
pub(super) struct RecordTable<W: Write> {
    table: csv::Writer<W>,
    /// Whether a column with what is said about each article stands behind all others.
    has_remarks: bool,
}

/// The head of that column.
pub(super) const REMARK: &str = "remark";

impl<W: Write> RecordTable<W> {
    /// Begins the table with the heads of its columns.
    pub(super) fn begin(out: W, has_remarks: bool) -> io::Result<Self> {
        let mut table =
            csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
        let remark = has_remarks.then_some(REMARK);
        table.write_record(COLUMNS.into_iter().chain(remark)).map_err(system_error)?;
        Ok(Self { table, has_remarks })
    }
}

impl<W: Write> RecordWriter for RecordTable<W> {
    fn write(&mut self, article: Exported<'_>) -> io::Result<()> {
        let remark = self.has_remarks.then(|| article.remark.to_owned());
        for cell in cells(article.record).into_iter().chain(remark) {
            self.table.write_field(harmless(&cell).as_bytes()).map_err(system_error)?;
        }
        self.table.write_record(None::<&[u8]>).map_err(system_error)
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.table.flush()
    }
}

/// The error of the system as it is: wrapped in the library's own, a closed pipe is not to be told
/// from other errors.
pub(super) fn system_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// The cells of a row as texts.
pub(super) fn cells(record: &Record) -> [String; COLUMNS.len()] {
    let date = &record.date;
    let issue = &record.issue;
    [
        record.id.to_string(),
        text(record.kicker.as_ref()),
        text(record.title.as_ref()),
        text(record.subtitle.as_ref()),
        day(date.value),
        day(date.not_before),
        day(date.not_after),
        word(date.precision),
        word(date.basis),
        text(date.text.as_ref()),
        date.rule.map(|rule| rule.to_string()).unwrap_or_default(),
        names(&record.districts),
        join(record.districts.iter().map(|place| place.code.as_deref().unwrap_or_default())),
        join(record.districts.iter().map(|place| place.role.unwrap_or_default().as_str())),
        names(&record.places),
        join(record.topics.iter().map(|topic| topic.label.as_str())),
        record.kind.as_str().to_owned(),
        text(record.section.as_ref()),
        text(record.publication.as_ref()),
        text(issue.number.as_ref()),
        day(issue.date.value),
        day(issue.date.not_before),
        day(issue.date.not_after),
        word(issue.date.basis),
        text(record.page.as_ref()),
        text(record.outlet.as_ref()),
        text(record.docno.as_ref()),
        text(record.issuer.as_ref()),
        join(record.byline.reporters.iter().map(String::as_str)),
        join(record.byline.correspondents.iter().map(String::as_str)),
        join(record.byline.photographers.iter().map(String::as_str)),
        record.body.clone(),
        text(record.credit.as_ref()),
        record.source.clone(),
        record.ordinal.to_string(),
        record
            .lines
            .iter()
            .map(|range| format!("{}–{}", range.0, range.1))
            .collect::<Vec<_>>()
            .join(BETWEEN),
        record.reprint_of.as_ref().map(ToString::to_string).unwrap_or_default(),
        format!("{:.2}", record.cut.confidence),
        record.warnings.iter().map(ToString::to_string).collect::<Vec<_>>().join(BETWEEN),
        record.genre.as_ref().map(|genre| genre.label.clone()).unwrap_or_default(),
        record.mentions.iter().map(DateMention::days).collect::<Vec<_>>().join(BETWEEN),
        text(record.url.as_ref()),
        day(record.accessed),
    ]
}

fn text(field: Option<&String>) -> String {
    field.cloned().unwrap_or_default()
}

fn day(date: Option<CivilDate>) -> String {
    date.map(|date| date.to_string()).unwrap_or_default()
}

/// The name of an enum's variant in JSON.
pub(super) fn word(variant: impl serde::Serialize) -> String {
    match serde_json::to_value(variant) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

fn names(places: &[Place]) -> String {
    join(places.iter().map(|place| place.name.as_str()))
}

fn join<'a>(items: impl Iterator<Item = &'a str>) -> String {
    items.collect::<Vec<_>>().join(BETWEEN)
}

/// A cell that no spreadsheet takes for a formula.
pub(super) fn harmless(cell: &str) -> Cow<'_, str> {
    const TRIGGERS: [char; 10] = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r'];
    if cell.starts_with(TRIGGERS) { format!("'{cell}").into() } else { cell.into() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::sample::sample;

    fn read_back(record: &Record) -> Vec<String> {
        let mut bytes = Vec::new();
        let mut table = Box::new(RecordTable::begin(&mut bytes, false).expect("memory"));
        table.write(Exported::plain(record)).expect("memory");
        table.finish().expect("memory");
        let mut reader = csv::Reader::from_reader(bytes.as_slice());
        let row = reader.records().next().expect("one row").expect("well formed");
        row.iter().map(str::to_owned).collect()
    }

    fn cell(record: &Record, column: &str) -> String {
        let at = COLUMNS.iter().position(|name| *name == column).expect("a column");
        read_back(record)[at].clone()
    }

    #[test]
    fn commas_quotes_and_paragraphs_survive() {
        let record = Record { body: "他说：\"好,很好\"。\n第二段。".into(), ..sample() };
        assert_eq!(cell(&record, "body"), record.body);
        assert_eq!(read_back(&record).len(), COLUMNS.len());
    }

    #[test]
    fn nested_fields_are_joined() {
        let record = sample();
        assert_eq!(cell(&record, "reporters"), "甲一；乙二");
        assert_eq!(cell(&record, "districts"), "金水区；郑东新区");
        assert_eq!(cell(&record, "district_codes"), "410105；");
        assert_eq!(cell(&record, "lines"), "3–9；12–12");
        assert_eq!(cell(&record, "date_basis"), "lead");
        assert_eq!(cell(&record, "subtitle"), "");
        assert_eq!(cell(&record, "accessed"), "");
        let url = Some("https://news.example/1".to_owned());
        let accessed = Some(CivilDate::constant(2024, 5, 6));
        let page = Record { url, accessed, ..record };
        assert_eq!(cell(&page, "url"), "https://news.example/1");
        assert_eq!(cell(&page, "accessed"), "2024-05-06");
    }

    #[test]
    fn a_cell_that_looks_like_a_formula_is_quoted_with_an_apostrophe() {
        for start in ["=", "+", "-", "@", "＝", "\t"] {
            let title = format!("{start}SUM(1,2)");
            let record = Record { title: Some(title.clone()), ..sample() };
            assert_eq!(cell(&record, "title"), format!("'{title}"));
        }
        let record = Record { title: Some("5-3=2".into()), ..sample() };
        assert_eq!(cell(&record, "title"), "5-3=2");
    }
}
