//! Values of indicators in words.

use crate::model::{ChangeKind, Indicator, IndicatorChange, IndicatorStatus, period_label};
use crate::present::Lang;

/// The value of a row as it is printed, with 约 and the like; `None` where only a change is stated.
#[must_use]
pub fn figure_value(row: &Indicator) -> Option<String> {
    let value = row.value?;
    let unit = row.unit.as_deref().unwrap_or_default();
    let upper = row.value_max.map(|upper| format!("–{upper}")).unwrap_or_default();
    Some(inexact(format!("{value}{upper}{unit}"), row.approx.as_deref()))
}

/// A value with the words that make it less exact, behind it whether they stand before a number (约) or
/// behind one (左右).
pub(super) fn inexact(shown: String, approx: Option<&str>) -> String {
    match approx {
        Some(words) => format!("{shown}（{words}）"),
        None => shown,
    }
}

/// What is known of a row in one line: name, value, change, period, district, scope, status.
#[must_use]
pub fn figure_line(lang: Lang, row: &Indicator) -> String {
    let period = row.period.as_ref();
    let known = [
        Some(row.name.clone()),
        figure_value(row),
        row.change.as_ref().map(|of| figure_change(lang, of)),
        period.and_then(|period| period_label(period.from, period.to)),
        row.district.as_ref().map(|district| district.name.clone()),
        row.scope.clone(),
        figure_status(lang, row.status).map(str::to_owned),
        row.preliminary.then(|| preliminary(lang).to_owned()),
    ];
    known.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// A number in a base unit, with 万 and 亿: 735.8亿元.
#[must_use]
pub fn amount(value: f64, unit: &str) -> String {
    // Without what binary fractions leave behind the decimals.
    let rounded = |value: f64| format!("{value:.11e}").parse().unwrap_or(value).to_string();
    if matches!(unit, "%" | "‰") || value.abs() < 1e4 {
        format!("{}{unit}", rounded(value))
    } else if value.abs() < 1e8 {
        format!("{}万{unit}", rounded(value / 1e4))
    } else {
        format!("{}亿{unit}", rounded(value / 1e8))
    }
}

/// A change with its sign: 同比 +2%.
#[must_use]
pub fn figure_change(lang: Lang, change: &IndicatorChange) -> String {
    let kind = match change.kind {
        ChangeKind::Yoy => lang.of("同比", "year on year"),
        ChangeKind::Mom => lang.of("环比", "on the period before"),
        ChangeKind::VsYearStart => lang.of("比年初", "since the beginning of the year"),
        ChangeKind::VsBase => lang.of("比基期", "since a base period"),
        ChangeKind::AnnualAverage => lang.of("年均", "a year on average"),
    };
    let number = format!("{:+}{}", change.value, change.unit);
    lang.of(format!("{kind} {number}"), format!("{number} {kind}"))
}

/// Whether a value is so; nothing is said of one that is.
#[must_use]
pub fn figure_status(lang: Lang, status: IndicatorStatus) -> Option<&'static str> {
    match status {
        IndicatorStatus::Actual => None,
        IndicatorStatus::Target => Some(lang.of("目标", "target")),
        IndicatorStatus::Forecast => Some(lang.of("预计", "forecast")),
        IndicatorStatus::Cumulative => Some(lang.of("累计", "cumulative")),
    }
}

/// What is said of a value that may still be revised.
#[must_use]
pub fn preliminary(lang: Lang) -> &'static str {
    lang.of("初步", "preliminary")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_written_as_people_read_them() {
        assert_eq!(amount(73_580_000_000.0, "元"), "735.8亿元");
        assert_eq!(amount(29_000.0, "户"), "2.9万户");
        assert_eq!(amount(-63.5, "%"), "-63.5%");
        assert_eq!(amount(9_999.0, "吨"), "9999吨");
        assert_eq!(amount(123_456_789.0, "元"), "1.23456789亿元");
        assert_eq!(amount(56_120_000_000.000_01, "元"), "561.2亿元");
    }
}
