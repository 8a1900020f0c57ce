//! What lines and points of a series are called.

use maud::{Markup, html};

use crate::present::Lang;
use crate::present::words::series_district;
use crate::search::{Series, SeriesLine, SeriesPoint};

/// The district of a line, isolated from what stands beside it.
pub(super) fn district(lang: Lang, line: &SeriesLine) -> Markup {
    let tag = line.district.as_ref().map(|_| Lang::Zh.tag());
    html! { bdi lang=[tag] { (series_district(lang, line)) } }
}

/// The anchor of a point on which articles differ.
pub(super) fn anchor(series: &Series, line: &SeriesLine, point: &SeriesPoint) -> String {
    let at = series.lines.iter().position(|other| std::ptr::eq(other, line)).unwrap_or_default();
    format!("differ-{}-{}-{}", at + 1, point.from, point.to)
}
