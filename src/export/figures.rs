//! Rows of indicators as a tidy long table: a row a value.

use std::borrow::Cow;

use serde::Serialize;
use utoipa::ToSchema;

use super::csv::harmless;
use crate::model::{
    ChangeKind, CivilDate, FigureKind, Indicator, IndicatorRule, IndicatorStatus, Record,
};

/// The columns of the table, in order: the keys of [`FigureRow`].
pub(super) const COLUMNS: [&str; 31] = [
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
    pub(super) id: Cow<'a, str>,
    /// Id in the table of indicators; `null` for a name that was read off the sentence alone.
    #[schema(required)]
    pub(super) indicator: Option<Cow<'a, str>>,
    /// Name as statisticians write it.
    pub(super) name: Cow<'a, str>,
    /// Name as printed.
    pub(super) name_printed: Cow<'a, str>,
    /// The territory that it is of.
    #[schema(required)]
    pub(super) district: Option<Cow<'a, str>>,
    /// 规模以上, 限额以上.
    #[schema(required)]
    pub(super) scope: Option<Cow<'a, str>>,
    /// Whether it is so, is planned or is expected.
    pub(super) status: IndicatorStatus,
    /// Whether what is so may still be revised.
    pub(super) preliminary: bool,
    /// What sort of number it is.
    pub(super) kind: FigureKind,
    /// First day of its period.
    #[schema(required, value_type = Option<String>)]
    pub(super) period_from: Option<CivilDate>,
    /// Last day.
    #[schema(required, value_type = Option<String>)]
    pub(super) period_to: Option<CivilDate>,
    /// The words of the period in the text.
    #[schema(required)]
    pub(super) period_text: Option<Cow<'a, str>>,
    /// The number as printed, of a range the lower end; `null` where only a change is stated.
    #[schema(required, value_type = Option<f64>)]
    pub(super) value: Option<Number>,
    /// Of a range, the upper end.
    #[schema(required, value_type = Option<f64>)]
    pub(super) value_max: Option<Number>,
    /// Unit as printed.
    #[schema(required)]
    pub(super) unit: Option<Cow<'a, str>>,
    /// The number in the base unit: 元, 人, 吨, 平方米; rates as they are.
    #[schema(required, value_type = Option<f64>)]
    pub(super) value_si: Option<Number>,
    /// Words by which the number is not exact: 约, 超.
    #[schema(required)]
    pub(super) approx: Option<Cow<'a, str>>,
    /// What the change that is stated with it is measured against.
    #[schema(required)]
    pub(super) change_kind: Option<ChangeKind>,
    /// The change as printed, negative for a fall.
    #[schema(required, value_type = Option<f64>)]
    pub(super) change: Option<Number>,
    /// `%`, 倍, 个百分点, or the unit of an amount.
    #[schema(required)]
    pub(super) change_unit: Option<Cow<'a, str>>,
    /// The passage that states it.
    pub(super) quote: Cow<'a, str>,
    /// How it was read.
    pub(super) rule: IndicatorRule,
    /// From 0 to 1.
    pub(super) confidence: f32,
    /// The article's id.
    pub(super) article: Cow<'a, str>,
    /// Its title.
    #[schema(required)]
    pub(super) title: Option<Cow<'a, str>>,
    /// The first day that it can be of.
    #[schema(required, value_type = Option<String>)]
    pub(super) date_from: Option<CivilDate>,
    /// The last day.
    #[schema(required, value_type = Option<String>)]
    pub(super) date_to: Option<CivilDate>,
    /// The newspaper or bulletin.
    #[schema(required)]
    pub(super) publication: Option<Cow<'a, str>>,
    /// The file, below the corpus folder.
    pub(super) source: Cow<'a, str>,
    /// The first line of the article in the file, from 1.
    #[schema(required)]
    pub(super) first_line: Option<u32>,
    /// Its last line.
    #[schema(required)]
    pub(super) last_line: Option<u32>,
}

/// A number as JSON has it, or in full, without an exponent.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum Number {
    Json(f64),
    InFull(String),
}

impl Number {
    /// The number, of JSON.
    pub(super) fn json(self) -> Option<f64> {
        match self {
            Self::Json(number) => Some(number),
            Self::InFull(_) => None,
        }
    }
}

impl<'a> FigureRow<'a> {
    /// The row as JSON has it.
    #[must_use]
    pub fn json(record: &'a Record, row: &'a Indicator) -> Self {
        Self::of(record, row, false)
    }

    /// The row for the cells of a table without types.
    pub(super) fn cells(record: &'a Record, row: &'a Indicator) -> Self {
        Self::of(record, row, true)
    }

    fn of(record: &'a Record, row: &'a Indicator, is_table: bool) -> Self {
        let shown = |text: &'a str| if is_table { harmless(text) } else { text.into() };
        let number = |number: f64| {
            if is_table { Number::InFull(number.to_string()) } else { Number::Json(number) }
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
