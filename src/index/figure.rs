//! What articles state of indicators, as terms of the engine: each holds what a comparison or a series
//! over time needs, so that no record is decoded for it. Terms of one indicator stand together in the
//! dictionary, ordered by district and time; articles that state the same share a term.

use crate::annotate::{indicator_name, indicator_names};
use crate::model::{
    ChangeKind, CivilDate, FigureKind, Indicator, IndicatorChange, IndicatorStatus,
};
use crate::text::fold_char;
use crate::text::numerals::base_unit;

/// Stands between the parts of a term.
const SEPARATOR: char = '\u{1}';
/// The character behind it.
const AFTER_SEPARATOR: char = '\u{2}';

/// A statement of an indicator, without its place in the text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Figure {
    /// Canonical name, folded.
    pub(crate) name: String,
    /// The territory that it is of.
    pub(crate) district: Option<String>,
    /// First day of its time.
    pub(crate) from: Option<CivilDate>,
    /// Last day.
    pub(crate) to: Option<CivilDate>,
    pub(crate) status: IndicatorStatus,
    /// Whether what is so may still be revised.
    pub(crate) preliminary: bool,
    /// 规模以上, 限额以上.
    pub(crate) scope: Option<String>,
    /// In the base unit; none where only a change is stated.
    pub(crate) value: Option<f64>,
    /// Of a range, the upper end.
    pub(crate) value_max: Option<f64>,
    /// Base unit of the value.
    pub(crate) unit: Option<String>,
    /// 约, 超.
    pub(crate) approx: Option<String>,
    pub(crate) change: Option<IndicatorChange>,
}

impl Figure {
    pub(crate) fn of(row: &Indicator) -> Self {
        let period = row.period.as_ref();
        Self {
            name: figure_key(&row.name),
            district: row.district.as_ref().map(|district| district.name.clone()),
            from: period.and_then(|period| period.from),
            to: period.and_then(|period| period.to),
            status: row.status,
            preliminary: row.preliminary && row.status == IndicatorStatus::Actual,
            scope: row.scope.clone(),
            value: row.value_si,
            value_max: row.value_max.zip(row.value).zip(row.value_si).map(
                |((upper, lower), si)| {
                    if lower == 0.0 { upper } else { upper * (si / lower) }
                },
            ),
            unit: row.unit.as_deref().map(|unit| base_unit(unit).to_owned()),
            approx: row.approx.clone(),
            change: row.change.clone(),
        }
    }

    /// What sort of number it is.
    pub(crate) fn kind(&self) -> FigureKind {
        FigureKind::of(&self.name, self.value.is_some(), self.unit.as_deref())
    }

    /// The term.
    pub(crate) fn term(&self) -> String {
        let day = |day: Option<CivilDate>| day.map(|day| day.to_string());
        let number = |number: Option<f64>| number.map(|number| number.to_string());
        let change = self.change.as_ref();
        let parts = [
            Some(self.name.clone()),
            self.district.clone(),
            day(self.from),
            day(self.to),
            Some(mark_of(&STATUS, &(self.status, self.preliminary)).to_string()),
            self.scope.clone(),
            number(self.value),
            number(self.value_max),
            self.unit.clone(),
            self.approx.clone(),
            change.map(|change| mark_of(&CHANGE, &change.kind).to_string()),
            number(change.map(|change| change.value)),
            change.map(|change| change.unit.clone()),
        ];
        let clean = |part: Option<String>| part.unwrap_or_default().replace(SEPARATOR, "");
        let parts: Vec<String> = parts.into_iter().map(clean).collect();
        parts.join(&SEPARATOR.to_string())
    }

    /// What a term holds; `None` if it is none of these terms.
    pub(crate) fn read(term: &str) -> Option<Self> {
        let parts: Vec<&str> = term.split(SEPARATOR).collect();
        let [
            name,
            district,
            from,
            to,
            status,
            scope,
            value,
            value_max,
            unit,
            approx,
            kind,
            change,
            change_unit,
        ] = parts.as_slice()
        else {
            return None;
        };
        let (status, preliminary) = of_mark(&STATUS, status)?;
        let text = |part: &str| Some(part).filter(|part| !part.is_empty()).map(str::to_owned);
        Some(Self {
            name: (*name).to_owned(),
            district: text(district),
            from: from.parse().ok(),
            to: to.parse().ok(),
            status,
            preliminary,
            scope: text(scope),
            value: value.parse().ok(),
            value_max: value_max.parse().ok(),
            unit: text(unit),
            approx: text(approx),
            change: of_mark(&CHANGE, kind).and_then(|kind| {
                Some(IndicatorChange {
                    kind,
                    value: change.parse().ok()?,
                    unit: (*change_unit).to_owned(),
                })
            }),
        })
    }
}

/// The beginning of the terms of an indicator, by its key.
pub(crate) fn figures_of(key: &str) -> String {
    format!("{key}{SEPARATOR}")
}

/// The name of an indicator, any that the table has for it, as it is compared.
pub(crate) fn figure_key(name: &str) -> String {
    let name = indicator_name(name).unwrap_or(name);
    name.chars().map(fold_char).filter(|c| !c.is_whitespace() && *c != SEPARATOR).collect()
}

/// Whether the table of indicators has a name.
pub(crate) fn is_listed(name: &str) -> bool {
    indicator_name(name).is_some()
}

/// Every name of the table of indicators, with the canonical one.
pub(crate) fn listed_names() -> impl Iterator<Item = (&'static str, &'static str)> {
    indicator_names()
}

/// The name that the terms which begin like a term are of, and where those of the next one can begin.
pub(crate) fn name_of_term(term: &str) -> (&str, String) {
    let name = term.split(SEPARATOR).next().unwrap_or_default();
    (name, format!("{name}{AFTER_SEPARATOR}"))
}

/// With whether it is preliminary, as only what is so can be.
const STATUS: [(char, (IndicatorStatus, bool)); 5] = [
    ('a', (IndicatorStatus::Actual, false)),
    ('p', (IndicatorStatus::Actual, true)),
    ('c', (IndicatorStatus::Cumulative, false)),
    ('f', (IndicatorStatus::Forecast, false)),
    ('t', (IndicatorStatus::Target, false)),
];

const CHANGE: [(char, ChangeKind); 5] = [
    ('y', ChangeKind::Yoy),
    ('m', ChangeKind::Mom),
    ('s', ChangeKind::VsYearStart),
    ('b', ChangeKind::VsBase),
    ('a', ChangeKind::AnnualAverage),
];

fn mark_of<T: PartialEq>(table: &[(char, T)], value: &T) -> char {
    table.iter().find(|(_, known)| known == value).map_or(' ', |(mark, _)| *mark)
}

fn of_mark<T: Copy>(table: &[(char, T)], mark: &str) -> Option<T> {
    table.iter().find(|(known, _)| mark.chars().eq([*known])).map(|(_, value)| *value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_holds_the_whole_figure() {
        let full = Figure {
            name: "粮食产量".into(),
            district: Some("荥阳市".into()),
            from: "2022-01-01".parse().ok(),
            to: "2022-12-31".parse().ok(),
            status: IndicatorStatus::Target,
            preliminary: false,
            scope: Some("规模以上".into()),
            value: Some(1_234_000.5),
            value_max: Some(2_000_000.0),
            unit: Some("吨".into()),
            approx: Some("约".into()),
            change: Some(IndicatorChange {
                kind: ChangeKind::VsBase,
                value: -1.25,
                unit: "%".into(),
            }),
        };
        let bare = Figure {
            district: None,
            from: None,
            to: None,
            scope: None,
            value: None,
            value_max: None,
            unit: None,
            approx: None,
            ..full.clone()
        };
        for figure in [full.clone(), bare] {
            assert_eq!(Figure::read(&figure.term()), Some(figure.clone()));
            assert!(figure.term().starts_with(&figures_of("粮食产量")));
        }
        assert_eq!(Figure::read("粮食产量"), None);
        for (_, (status, preliminary)) in STATUS {
            let figure = Figure { status, preliminary, ..full.clone() };
            assert_eq!(Figure::read(&figure.term()), Some(figure));
        }
    }
}
