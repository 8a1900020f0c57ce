//! What charts have in common: a frame that scrolls if it is wider than the page, with a caption and
//! a collapsed data table; and bars of articles over time.

use maud::{Markup, html};

use super::links;
use crate::export::Bar;
use crate::present::words;
use crate::present::words::articles;
use crate::present::{DaysParam, Lang, SearchParams};
use crate::search::{Granularity, Period, PeriodCount};

/// A chart with its caption and its table. The chart is `None` if it could not be drawn; then the
/// table is open. Where it is wider than the page, one of a time shows its newest end first.
pub(crate) fn figure(
    lang: Lang,
    svg: Option<&Markup>,
    is_of_time: bool,
    title: &str,
    caption: &Markup,
    table: &Markup,
) -> Markup {
    html! {
        figure.chart.drawn {
            @if let Some(svg) = svg {
                div.scroll.newest-first[is_of_time] tabindex="0" role="group" aria-label=(title) {
                    (svg)
                }
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
    let days: DaysParam = name.parse().ok()?;
    Some(Period::of(by, days.first))
}

/// A search narrowed to a period.
pub(crate) fn within(params: &SearchParams, period: Period) -> SearchParams {
    days_of(params, period, period)
}

/// A search narrowed to the days from a period to another one.
pub(crate) fn days_of(params: &SearchParams, first: Period, last: Period) -> SearchParams {
    let (from, to) = match (first.granularity(), first.days().zip(last.days())) {
        (Granularity::Month | Granularity::Year, _) => (first.to_string(), last.to_string()),
        (_, Some(((first, _), (_, last)))) => (first.to_string(), last.to_string()),
        (_, None) => (String::new(), String::new()),
    };
    params.of_days(&from, &to)
}

/// The bar of a period: a part for what is certain, another for what is possible. It leads to both.
pub(crate) fn bar(lang: Lang, params: &SearchParams, counted: &PeriodCount) -> Bar {
    let PeriodCount { value: period, count, possible } = *counted;
    let more = match possible {
        0 => String::new(),
        more => lang.of(
            format!("，可能另有 {}", articles(lang, more)),
            format!(", possibly {} more", words::number(more)),
        ),
    };
    Bar {
        period,
        count,
        possible,
        tip: format!("{period}{}{}{more}", lang.of("：", ": "), articles(lang, count)),
        href: Some(links::search(&within(params, period))),
        is_muted: false,
    }
}

/// The numbers of the bars.
pub(crate) fn bar_table(lang: Lang, by: Granularity, bars: &[Bar]) -> Markup {
    let has_possible = bars.iter().any(|bar| bar.possible > 0);
    html! {
        table {
            thead { tr {
                th scope="col" { (words::granularity(lang, by)) }
                th.number scope="col" { (lang.of("篇数", "Articles")) }
                @if has_possible { th.number scope="col" { (lang.of("可能另有", "Possibly more")) } }
            } }
            tbody {
                @for bar in bars {
                    tr {
                        th scope="row" { a href=[&bar.href] rel="nofollow" { (bar.period) } }
                        td.number { (words::number(bar.count)) }
                        @if has_possible { td.number { (words::number(bar.possible)) } }
                    }
                }
            }
        }
    }
}

/// Articles that are possible beside those that are certain; nothing of none.
pub(crate) fn possible(lang: Lang, count: u64) -> Markup {
    html! {
        @if count > 0 {
            " " span.possible {
                "+" (words::number(count)) span.unseen { (lang.of("（可能）", " possible")) }
            }
        }
    }
}

/// What the lighter parts of bars are, and how many articles are in them: `None` where that is not
/// known.
pub(crate) fn spread_note(lang: Lang, by: Granularity, spread: Option<u64>) -> Markup {
    let unit = words::granularity(lang, by);
    let counted = spread
        .map_or_else(|| lang.of("部分文章", "others").to_owned(), |spread| articles(lang, spread));
    // Before a number.
    let blank = if spread.is_some() { " " } else { "" };
    html! {
        @if spread != Some(0) {
            (match lang {
                Lang::Zh => format!(
                    "深色为日期确定在该{unit}的文章；另有{blank}{counted}的日期{}，在可能的各{unit}以浅色表示。",
                    words::spread(lang, by)
                ),
                Lang::En => format!(
                    " Dark parts are articles certainly of the {unit}; {counted} may be of several {unit}s, shown light in each of them."
                ),
            })
        }
    }
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
