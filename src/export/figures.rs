//! Rows of indicators as a tidy long table: a row a value.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;
use utoipa::ToSchema;

use super::csv::{TextForm, system_error};
use super::sdmx;
use crate::model::{
    ChangeKind, CivilDate, FigureKind, Indicator, IndicatorRule, IndicatorStatus, Record,
};

/// The columns of the table, in order: the keys of [`FigureRow`].
const COLUMNS: [&str; 31] = [
    "id",
    "indicator",
    "name",
    "name_printed",
    "district",
    "scope",
    "status",
    "preliminary",
    "kind",
    "period_from",
    "period_to",
    "period_text",
    "value",
    "value_max",
    "unit",
    "value_si",
    "approx",
    "change_kind",
    "change",
    "change_unit",
    "quote",
    "rule",
    "confidence",
    "article",
    "title",
    "date_from",
    "date_to",
    "publication",
    "source",
    "first_line",
    "last_line",
];

/// A row with the article that states it.
#[derive(Debug, Serialize, ToSchema)]
pub struct FigureRow<'a> {
    /// Stable name: the article's id, and the bytes of the body that the number stands at.
    id: Cow<'a, str>,
    /// Id in the table of indicators; `null` for a name that was read off the sentence alone.
    #[schema(required)]
    indicator: Option<Cow<'a, str>>,
    /// Name as statisticians write it.
    name: Cow<'a, str>,
    /// Name as printed.
    name_printed: Cow<'a, str>,
    /// The territory that it is of.
    #[schema(required)]
    district: Option<Cow<'a, str>>,
    /// 规模以上, 限额以上.
    #[schema(required)]
    scope: Option<Cow<'a, str>>,
    /// Whether it is so, is planned or is expected.
    status: IndicatorStatus,
    /// Whether what is so may still be revised.
    preliminary: bool,
    /// What sort of number it is.
    kind: FigureKind,
    /// First day of its period.
    #[schema(required, value_type = Option<String>)]
    period_from: Option<CivilDate>,
    /// Last day.
    #[schema(required, value_type = Option<String>)]
    period_to: Option<CivilDate>,
    /// The words of the period in the text.
    #[schema(required)]
    period_text: Option<Cow<'a, str>>,
    /// The number as printed, of a range the lower end; `null` where only a change is stated.
    #[schema(required, value_type = Option<f64>)]
    value: Option<Number>,
    /// Of a range, the upper end.
    #[schema(required, value_type = Option<f64>)]
    value_max: Option<Number>,
    /// Unit as printed.
    #[schema(required)]
    unit: Option<Cow<'a, str>>,
    /// The number in the base unit: 元, 人, 吨, 平方米; rates as they are.
    #[schema(required, value_type = Option<f64>)]
    value_si: Option<Number>,
    /// Words by which the number is not exact: 约, 超.
    #[schema(required)]
    approx: Option<Cow<'a, str>>,
    /// What the change that is stated with it is measured against.
    #[schema(required)]
    change_kind: Option<ChangeKind>,
    /// The change as printed, negative for a fall.
    #[schema(required, value_type = Option<f64>)]
    change: Option<Number>,
    /// `%`, 倍, 个百分点, or the unit of an amount.
    #[schema(required)]
    change_unit: Option<Cow<'a, str>>,
    /// The passage that states it.
    quote: Cow<'a, str>,
    /// How it was read.
    rule: IndicatorRule,
    /// From 0 to 1.
    confidence: f32,
    /// The article's id.
    article: Cow<'a, str>,
    /// Its title.
    #[schema(required)]
    title: Option<Cow<'a, str>>,
    /// The first day that it can be of.
    #[schema(required, value_type = Option<String>)]
    date_from: Option<CivilDate>,
    /// The last day.
    #[schema(required, value_type = Option<String>)]
    date_to: Option<CivilDate>,
    /// The newspaper or bulletin.
    #[schema(required)]
    publication: Option<Cow<'a, str>>,
    /// The file, below the corpus folder.
    source: Cow<'a, str>,
    /// The first line of the article in the file, from 1.
    #[schema(required)]
    first_line: Option<u32>,
    /// Its last line.
    #[schema(required)]
    last_line: Option<u32>,
}

/// A number as JSON has it, or in full, without an exponent.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Number {
    Json(f64),
    InFull(String),
}

impl<'a> FigureRow<'a> {
    /// The row as JSON has it.
    #[must_use]
    pub fn json(record: &'a Record, row: &'a Indicator) -> Self {
        Self::of(record, row, None)
    }

    /// `form` is how texts are written in a table; none is JSON.
    fn of(record: &'a Record, row: &'a Indicator, form: Option<TextForm>) -> Self {
        let shown = |text: &'a str| form.map_or_else(|| text.into(), |form| form.shown(text));
        let number = |number: f64| match form {
            None => Number::Json(number),
            Some(_) => Number::InFull(number.to_string()),
        };
        let (period, change) = (row.period.as_ref(), row.change.as_ref());
        let text = |text: &'a Option<String>| text.as_deref().map(shown);
        Self {
            id: shown(&row.id),
            indicator: text(&row.indicator),
            name: shown(&row.name),
            name_printed: shown(&row.name_printed),
            district: row.district.as_ref().map(|district| shown(&district.name)),
            scope: text(&row.scope),
            status: row.status,
            preliminary: row.preliminary,
            kind: row.kind(),
            period_from: period.and_then(|period| period.from),
            period_to: period.and_then(|period| period.to),
            period_text: period.and_then(|period| text(&period.text)),
            value: row.value.map(number),
            value_max: row.value_max.map(number),
            unit: text(&row.unit),
            value_si: row.value_si.map(number),
            approx: text(&row.approx),
            change_kind: change.map(|change| change.kind),
            change: change.map(|change| number(change.value)),
            change_unit: change.map(|change| shown(&change.unit)),
            quote: shown(&row.quote),
            rule: row.rule,
            confidence: row.confidence,
            article: shown(&record.id.0),
            title: text(&record.title),
            date_from: record.date.not_before.or(record.date.value),
            date_to: record.date.not_after.or(record.date.value),
            publication: text(&record.publication),
            source: shown(&record.source),
            first_line: record.lines.first().map(|lines| lines.0),
            last_line: record.lines.last().map(|lines| lines.1),
        }
    }
}

/// Writes rows of indicators one by one.
#[derive(Debug)]
pub struct FigureWriter<W: Write> {
    out: Out<W>,
    written: u64,
    left_out: u64,
}

#[derive(Debug)]
enum Out<W: Write> {
    Jsonl(W),
    Csv(Box<::csv::Writer<W>>, TextForm),
    Sdmx(Box<::csv::Writer<W>>),
}

impl<W: Write> FigureWriter<W> {
    fn new(out: Out<W>) -> Self {
        Self { out, written: 0, left_out: 0 }
    }

    /// One object a line.
    pub fn jsonl(out: W) -> Self {
        Self::new(Out::Jsonl(out))
    }

    /// A table (RFC 4180) with the keys of the objects as its head; numbers in full, days as 2023-02-10,
    /// an empty cell for what is not known.
    ///
    /// # Errors
    /// When the output cannot be written to.
    pub fn csv(out: W) -> io::Result<Self> {
        Self::table(out, TextForm::Harmless)
    }

    /// The same for spreadsheets: with a byte-order mark, and texts protected that they would turn into
    /// numbers or dates.
    ///
    /// # Errors
    /// When the output cannot be written to.
    pub fn xlsx_csv(mut out: W) -> io::Result<Self> {
        out.write_all("\u{feff}".as_bytes())?;
        Self::table(out, TextForm::Spreadsheet)
    }

    fn table(out: W, form: TextForm) -> io::Result<Self> {
        let mut table = ::csv::WriterBuilder::new();
        table.terminator(::csv::Terminator::CRLF).has_headers(false);
        let mut table = table.from_writer(out);
        // By itself, so that a table without rows has it too.
        table.write_record(COLUMNS).map_err(system_error)?;
        Ok(Self::new(Out::Csv(Box::new(table), form)))
    }

    /// SDMX-CSV 2.0, see [`SDMX_COLUMNS`](super::SDMX_COLUMNS).
    ///
    /// # Errors
    /// When the output cannot be written to.
    pub fn sdmx_csv(out: W) -> io::Result<Self> {
        Ok(Self::new(Out::Sdmx(Box::new(sdmx::begin(out)?))))
    }

    /// Writes one row.
    ///
    /// # Errors
    /// When the output cannot be written to.
    pub fn write(&mut self, record: &Record, row: &Indicator) -> io::Result<()> {
        let is_written = match &mut self.out {
            Out::Jsonl(out) => {
                serde_json::to_writer(&mut *out, &FigureRow::json(record, row))?;
                writeln!(out)?;
                true
            }
            Out::Csv(table, form) => {
                let row = FigureRow::of(record, row, Some(*form));
                table.serialize(row).map_err(system_error)?;
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

    /// Rows that the format has no place for: in SDMX-CSV those without a period.
    #[must_use]
    pub fn left_out(&self) -> u64 {
        self.left_out
    }

    /// Ends the table and says how many rows were written.
    ///
    /// # Errors
    /// When the output cannot be written to.
    pub fn finish(self) -> io::Result<u64> {
        match self.out {
            Out::Jsonl(mut out) => out.flush()?,
            Out::Csv(mut table, _) | Out::Sdmx(mut table) => table.flush()?,
        }
        Ok(self.written)
    }
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
        FigureWriter::csv(&mut out).and_then(FigureWriter::finish).expect("memory");
        assert_eq!(String::from_utf8(out).expect("text"), COLUMNS.join(",") + "\r\n");
    }
}
