//! What is found over time: bars that narrow the dates, and the same as a table.

use maud::{Markup, html};

use crate::export::{Bar, BarChart};
use crate::model::CivilDate;
use crate::pages::common::{links, words};
use crate::present::Lang;
use crate::present::{Answer, Days, SearchParams};
use crate::search::{Count, Granularity, Period};

/// Months that can be told apart; more are drawn by year.
const MAX_MONTHS: i32 = 240;
/// Pixels of the drawing.
const SIZE: (u32, u32) = (860, 150);

/// The chart with its table; nothing where one period or none has articles.
pub(crate) fn chart(lang: Lang, asked: &SearchParams, answer: &Answer) -> Markup {
    let (by, counts) = counted(answer);
    let mut bars = bars(lang, asked, by, counts);
    // Dates that may lie in these days, and later: so far away that the days would not be seen.
    let later: u64 = match by {
        Granularity::Day => bars.extract_if(.., |bar| bar.is_muted).map(|bar| bar.count).sum(),
        _ => 0,
    };
    if bars.len() < 2 {
        return html! {};
    }
    let title = lang.of("检索结果的时间分布", "Results over time");
    let total: u64 = bars.iter().map(|bar| bar.count).sum();
    let description = match lang {
        Lang::Zh => format!("{} 个时段，共 {} 篇；详见数据表。", bars.len(), words::number(total)),
        Lang::En => format!(
            "{} periods, {} articles; see the data table for the counts.",
            bars.len(),
            words::number(total)
        ),
    };
    let chart = BarChart {
        title,
        description: &description,
        x_title: "",
        y_title: "",
        by,
        bars: &bars,
        size: SIZE,
    };
    // The address that a script puts the days into.
    let base = links::search(&asked.counted_on("", ""));
    html! {
        figure.chart.timeline {
            div data-timeline=(base) tabindex="0" role="group" aria-label=(title) { (chart.to_svg()) }
            figcaption {
                (lang.of(
                    "点击柱形筛选该时段，横向拖动可选择多个时段。每篇文章计一次，按日期的最晚可能计。",
                    "Click a bar to filter by its period, or drag across several. Each article is counted once, on the latest day its date allows.",
                ))
            }
            @if later > 0 {
                p.soft.small {
                    @let later = words::number(later);
                    (match lang {
                        Lang::Zh => format!("另有 {later} 篇的日期可能在此期间，也可能更晚。"),
                        Lang::En => format!("{later} more may date from this period or later."),
                    })
                }
            }
            details {
                summary { (lang.of("数据表", "Data table")) }
                div.scroll {
                    table {
                        thead { tr {
                            th scope="col" { (lang.of("时段", "Period")) }
                            th.number scope="col" { (lang.of("篇数", "Articles")) }
                        } }
                        tbody {
                            @for bar in &bars {
                                tr {
                                    th scope="row" {
                                        a href=[&bar.href] rel="nofollow" { (bar.period) }
                                    }
                                    td.number { (words::number(bar.count)) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Days where they were counted, else months, else years.
fn counted(answer: &Answer) -> (Granularity, &[Count]) {
    if let Some(days) = &answer.days {
        return (days.by, &days.counts);
    }
    let Some(facets) = answer.filter_counts() else { return (Granularity::Month, &[]) };
    let months = &facets.months;
    let number =
        |count: &Count| Some(Period::of(Granularity::Month, first_day(&count.value)?).number());
    let ends = (months.first().and_then(number), months.last().and_then(number));
    match ends {
        (Some(first), Some(last)) if last - first >= MAX_MONTHS => {
            (Granularity::Year, &facets.years)
        }
        _ => (Granularity::Month, months),
    }
}

fn bars(lang: Lang, asked: &SearchParams, by: Granularity, counts: &[Count]) -> Vec<Bar> {
    let day = |typed: &str| typed.trim().parse::<Days>().ok();
    let (from, to) =
        (day(&asked.from).map(|days| days.first), day(&asked.to).map(|days| days.last));
    let bar = |count: &Count| {
        let period = Period::of(by, first_day(&count.value)?);
        let outside = period.days().is_some_and(|(first, last)| {
            from.is_some_and(|from| last < from) || to.is_some_and(|to| first > to)
        });
        let said = words::number(count.count);
        Some(Bar {
            period,
            count: count.count,
            tip: format!("{}{}{said}{}", count.value, lang.of("：", ": "), lang.of(" 篇", "")),
            href: Some(links::search(&asked.counted_on(&count.value, &count.value))),
            is_muted: outside,
        })
    };
    counts.iter().filter_map(bar).collect()
}

/// The first day of a period as counts name it: 2023, 2023-02, 2023-02-10.
fn first_day(value: &str) -> Option<CivilDate> {
    value.parse::<Days>().ok().map(|days| days.first)
}
