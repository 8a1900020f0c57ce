//! The hits over time: bars, each a link to its days.

use maud::{Markup, html};

use crate::export::{Bar, BarChart};
use crate::pages::layout::charts::{bar, bar_table, spread_note};
use crate::pages::layout::links;
use crate::present::words;
use crate::present::{Answer, Days, Lang, SearchParams};
use crate::search::{Granularity, PeriodCount};

/// Months that can be told apart; more are drawn by year.
const MAX_MONTHS: i32 = 240;
/// Pixels of the drawing.
const SIZE: (u32, u32) = (860, 150);

/// What is drawn.
struct Counted<'a> {
    by: Granularity,
    periods: &'a [PeriodCount],
    /// Articles that are possible in several of them, and certainly of none.
    spread: u64,
}

/// The chart with its table; nothing where one period or none has articles.
pub(crate) fn chart(lang: Lang, params: &SearchParams, answer: &Answer) -> Markup {
    let Some(Counted { by, periods, spread }) = counted(answer) else { return html! {} };
    if periods.len() < 2 {
        return html! {};
    }
    let bars = bars(lang, params, periods);
    let title = lang.of("检索结果的时间分布", "Results over time");
    let total: u64 = bars.iter().map(|bar| bar.count).sum();
    let spread = spread_note(lang, by, spread);
    let description = match lang {
        Lang::Zh => format!(
            "{} 个时段，共 {} 篇；详见数据表。{}",
            bars.len(),
            words::number(total),
            spread.0
        ),
        Lang::En => format!(
            "{} periods, {} articles; see the data table for the counts.{}",
            bars.len(),
            words::number(total),
            spread.0
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
    let base = links::search(&params.of_days(&params.from, &params.to));
    html! {
        figure.chart.timeline {
            div data-timeline=(base) tabindex="0" role="group" aria-label=(title) { (chart.to_svg()) }
            figcaption {
                (lang.of(
                    "点击柱形筛选该时段，横向拖动可选择多个时段。",
                    "Click a bar to filter by its period, or drag across several.",
                ))
                (spread)
            }
            details {
                summary { (lang.of("数据表", "Data table")) }
                div.scroll { (bar_table(lang, by, &bars)) }
            }
        }
    }
}

/// Days where they were counted, else months, else years.
fn counted(answer: &Answer) -> Option<Counted<'_>> {
    if let Some(days) = &answer.days {
        return Some(Counted { by: days.by, periods: &days.counts, spread: days.spread });
    }
    let facets = answer.filter_counts()?;
    let (years, months) = (&facets.years, &facets.months);
    let ends = months.first().zip(months.last());
    let span = ends.map_or(0, |(first, last)| last.value.number() - first.value.number());
    Some(if span < MAX_MONTHS {
        Counted { by: Granularity::Month, periods: months, spread: facets.spread_months }
    } else {
        Counted { by: Granularity::Year, periods: years, spread: facets.spread_years }
    })
}

/// Periods outside of the days that are asked for are muted.
fn bars(lang: Lang, params: &SearchParams, periods: &[PeriodCount]) -> Vec<Bar> {
    let day = |typed: &str| typed.trim().parse::<Days>().ok();
    let from = day(&params.from).map(|days| days.first);
    let to = day(&params.to).map(|days| days.last);
    let is_outside = |counted: &PeriodCount| {
        counted.value.days().is_some_and(|(first, last)| {
            from.is_some_and(|from| last < from) || to.is_some_and(|to| first > to)
        })
    };
    let bar = |counted| Bar { is_muted: is_outside(counted), ..bar(lang, params, counted) };
    periods.iter().map(bar).collect()
}
