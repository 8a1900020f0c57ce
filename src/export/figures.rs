//! Rows of indicators as a tidy long table: a row a value.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;

use super::csv::{harmless, system_error};
use crate::model::{ChangeKind, CivilDate, Indicator, IndicatorRule, IndicatorStatus, Record};

/// A row with the article that states it. Days are `null` where they are not known.
#[derive(Debug, Serialize)]
struct FigureRow<'a> {
    id: Cow<'a, str>,
    indicator: Option<Cow<'a, str>>,
    name: Cow<'a, str>,
    name_printed: Cow<'a, str>,
    district: Option<Cow<'a, str>>,
    scope: Option<Cow<'a, str>>,
    status: IndicatorStatus,
    period_from: Option<CivilDate>,
    period_to: Option<CivilDate>,
    period_text: Option<Cow<'a, str>>,
    value: Option<f64>,
    value_max: Option<f64>,
    unit: Option<Cow<'a, str>>,
    value_si: Option<f64>,
    approx: Option<Cow<'a, str>>,
    change_kind: Option<ChangeKind>,
    change: Option<f64>,
    change_unit: Option<Cow<'a, str>>,
    quote: Cow<'a, str>,
    rule: IndicatorRule,
    confidence: f32,
    article: Cow<'a, str>,
    title: Option<Cow<'a, str>>,
    date_from: Option<CivilDate>,
    date_to: Option<CivilDate>,
    publication: Option<Cow<'a, str>>,
    source: Cow<'a, str>,
    first_line: Option<u32>,
    last_line: Option<u32>,
}

impl<'a> FigureRow<'a> {
    /// `shown` is how texts are written.
    fn of(record: &'a Record, row: &'a Indicator, shown: fn(&str) -> Cow<'_, str>) -> Self {
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
            period_from: period.and_then(|period| period.from),
            period_to: period.and_then(|period| period.to),
            period_text: period.and_then(|period| text(&period.text)),
            value: row.value,
            value_max: row.value_max,
            unit: text(&row.unit),
            value_si: row.value_si,
            approx: text(&row.approx),
            change_kind: change.map(|change| change.kind),
            change: change.map(|change| change.value),
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
}

#[derive(Debug)]
enum Out<W: Write> {
    Jsonl(W),
    Csv(Box<::csv::Writer<W>>),
}

impl<W: Write> FigureWriter<W> {
    /// One object a line.
    pub fn jsonl(out: W) -> Self {
        Self { out: Out::Jsonl(out), written: 0 }
    }

    /// A table for spreadsheets (RFC 4180), with the keys of the objects as its head; numbers with a
    /// point, days as 2023-02-10, an empty cell for what is not known.
    pub fn csv(out: W) -> Self {
        let table =
            ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(out);
        Self { out: Out::Csv(Box::new(table)), written: 0 }
    }

    /// Writes one row.
    ///
    /// # Errors
    /// When the output cannot be written to.
    pub fn write(&mut self, record: &Record, row: &Indicator) -> io::Result<()> {
        match &mut self.out {
            Out::Jsonl(out) => {
                serde_json::to_writer(&mut *out, &FigureRow::of(record, row, |text| text.into()))?;
                writeln!(out)?;
            }
            Out::Csv(table) => {
                let row = FigureRow::of(record, row, harmless);
                table.serialize(row).map_err(system_error)?;
            }
        }
        self.written += 1;
        Ok(())
    }

    /// Ends the table and says how many rows were written.
    ///
    /// # Errors
    /// When the output cannot be written to.
    pub fn finish(self) -> io::Result<u64> {
        match self.out {
            Out::Jsonl(mut out) => out.flush()?,
            Out::Csv(mut table) => table.flush()?,
        }
        Ok(self.written)
    }
}
