//! What lines, points and values of a series are called.

use crate::present::Lang;
use crate::present::words::amount;
use crate::search::{Series, SeriesLine, SeriesPoint, SeriesValue};

/// The district of a line.
pub(super) fn name_of(lang: Lang, line: &SeriesLine) -> &str {
    line.district.as_deref().unwrap_or_else(|| lang.of("地区不详", "no district"))
}

/// The values of a point: 512.4亿元 ≠ 512.9亿元.
pub(super) fn amounts(line: &SeriesLine, point: &SeriesPoint) -> String {
    let values = point.values.iter().map(|value| amount_of(line, value));
    values.collect::<Vec<_>>().join(" ≠ ")
}

/// A value with what makes it less exact.
pub(super) fn amount_of(line: &SeriesLine, value: &SeriesValue) -> String {
    let approx = value.approx.as_deref().unwrap_or_default();
    let upper = value.value_max.map(|upper| format!("–{}", amount(upper, &line.unit)));
    format!("{approx}{}{}", amount(value.value, &line.unit), upper.unwrap_or_default())
}

/// The anchor of a point on which articles differ.
pub(super) fn anchor(series: &Series, line: &SeriesLine, point: &SeriesPoint) -> String {
    let at = series.lines.iter().position(|other| std::ptr::eq(other, line)).unwrap_or_default();
    format!("differ-{}-{}-{}", at + 1, point.from, point.to)
}
