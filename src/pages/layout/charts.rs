//! The frame of every chart: it scrolls if it is wider than the page, and has a caption and a
//! collapsed data table.

use maud::{Markup, html};

use crate::present::Lang;
use crate::present::{Days, SearchParams};
use crate::search::{Granularity, Period};

/// A chart with its caption and its table. The chart is `None` if it could not be drawn; then the
/// table is open.
pub(crate) fn figure(
    lang: Lang,
    svg: Option<&Markup>,
    title: &str,
    caption: &Markup,
    table: &Markup,
) -> Markup {
    html! {
        figure.chart.drawn {
            @if let Some(svg) = svg {
                div.scroll tabindex="0" role="group" aria-label=(title) { (svg) }
            }
            figcaption { (caption) }
            details.figures open[svg.is_none()] {
                summary { (lang.of("数据表", "As a table")) }
                div.scroll tabindex="0" role="group" aria-label=(lang.of("数据表", "As a table")) {
                    (table)
                }
            }
        }
    }
}

/// The month or year that counts name so.
pub(crate) fn period(by: Granularity, name: &str) -> Option<Period> {
    let days: Days = name.parse().ok()?;
    Some(Period::of(by, days.first))
}

/// A search narrowed to a period.
pub(crate) fn within(params: &SearchParams, period: Period) -> SearchParams {
    let (from, to) = match (period.granularity(), period.days()) {
        (Granularity::Month | Granularity::Year, _) => (period.to_string(), period.to_string()),
        (_, Some((first, last))) => (first.to_string(), last.to_string()),
        (_, None) => (String::new(), String::new()),
    };
    params.counted_on(&from, &to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_narrows_a_search_to_its_days() {
        let month = period(Granularity::Month, "2023-02").expect("a month");
        let narrowed = within(&SearchParams { q: "甲".into(), ..SearchParams::default() }, month);
        assert_eq!((narrowed.from.as_str(), narrowed.to.as_str()), ("2023-02", "2023-02"));
        let quarter = Period::of(Granularity::Quarter, jiff::civil::date(2023, 2, 1));
        let narrowed = within(&SearchParams::default(), quarter);
        assert_eq!((narrowed.from.as_str(), narrowed.to.as_str()), ("2023-01-01", "2023-03-31"));
        assert_eq!(period(Granularity::Year, "x"), None);
    }
}
