//! The hits over time: bars, each a link to its days. What is chosen is shown within the time of all
//! that could be, and once more by shorter periods.

use maud::{Markup, html};

use crate::export::{Bar, BarChart};
use crate::pages::layout::charts::{bar, bar_table, spread_note};
use crate::pages::layout::focus::{Focus, focus, folded, span};
use crate::pages::layout::links;
use crate::present::words;
use crate::present::{Answer, DaysParam, Lang, SearchParams};
use crate::search::{Facets, Granularity, Period, PeriodCount};

/// Months that can be told apart; more are drawn by year.
const MAX_MONTHS: usize = 120;
/// Pixels of the drawing: as wide as its bars need, so that a few fit on a narrow page.
const MIN_WIDTH: usize = 340;
const MAX_WIDTH: usize = 860;
const BAR_WIDTH: usize = 24;
/// Up to this width it is made smaller on a narrow page; what is wider scrolls there.
const FITS: u32 = 440;
const AXIS_WIDTH: usize = 70;
const HEIGHT: u32 = 150;

/// A chart of the hits.
struct TimelineChart<'a> {
    title: &'static str,
    by: Granularity,
    focus: Focus<'a>,
    /// Articles that are possible in several of the periods, and certainly of none, if they were
    /// counted.
    spread: Option<u64>,
}

/// The charts with their tables; nothing where one period or none has articles.
pub(crate) fn chart(lang: Lang, params: &SearchParams, answer: &Answer) -> Markup {
    let Some(facets) = answer.filter_counts() else { return html! {} };
    let chosen = Chosen::of(params);
    let whole = whole(lang, facets, &chosen);
    html! {
        (drawn(lang, params, &whole, &chosen))
        @if let Some(within) = within(lang, answer, whole.by, &chosen) {
            (drawn(lang, params, &within, &chosen))
        }
    }
}

/// The days that are asked for.
struct Chosen {
    from: Option<DaysParam>,
    to: Option<DaysParam>,
}

impl Chosen {
    fn of(params: &SearchParams) -> Self {
        Self { from: params.from.trim().parse().ok(), to: params.to.trim().parse().ok() }
    }

    fn holds(&self, period: Period) -> bool {
        period.days().is_some_and(|(first, last)| {
            self.from.is_none_or(|from| last >= from.first)
                && self.to.is_none_or(|to| first <= to.last)
        })
    }

    /// The periods that the first and the last of the days lie in.
    fn ends(&self, by: Granularity) -> Vec<Period> {
        let from = self.from.map(|days| Period::of(by, days.first));
        let to = self.to.map(|days| Period::of(by, days.last));
        from.into_iter().chain(to).collect()
    }
}

/// All that could be chosen: months, or years where these are too many.
fn whole<'a>(lang: Lang, facets: &'a Facets, chosen: &Chosen) -> TimelineChart<'a> {
    let title = lang.of("检索结果的时间分布", "Results over time");
    let months = focus(&facets.months, &chosen.ends(Granularity::Month));
    if span(months.drawn) <= MAX_MONTHS {
        let (by, spread) = (Granularity::Month, Some(facets.spread_months));
        return TimelineChart { title, by, focus: months, spread };
    }
    let years = focus(&facets.years, &chosen.ends(Granularity::Year));
    TimelineChart { title, by: Granularity::Year, focus: years, spread: Some(facets.spread_years) }
}

/// What is chosen, by shorter periods: days where they were counted, months of a few years.
fn within<'a>(
    lang: Lang,
    answer: &'a Answer,
    by: Granularity,
    chosen: &Chosen,
) -> Option<TimelineChart<'a>> {
    let of = |title, by, drawn, spread| {
        let focus = Focus { before: &[], drawn, behind: &[] };
        TimelineChart { title, by, focus, spread }
    };
    if let Some(days) = &answer.days {
        let title = lang.of("所选时段逐日分布", "The chosen days");
        return Some(of(title, days.by, &days.counts, Some(days.spread)));
    }
    if by != Granularity::Year || chosen.from.is_none() || chosen.to.is_none() {
        return None;
    }
    let months = &answer.filter_counts()?.months;
    let first = months.iter().position(|month| chosen.holds(month.value))?;
    let last = months.iter().rposition(|month| chosen.holds(month.value))?;
    let drawn = months.get(first..=last).filter(|drawn| span(drawn) <= MAX_MONTHS)?;
    let title = lang.of("所选时段逐月分布", "The chosen months");
    let is_spread = drawn.iter().any(|month| month.possible > 0);
    // How many articles are of several of these months was not counted.
    let spread = if is_spread { None } else { Some(0) };
    Some(of(title, Granularity::Month, drawn, spread))
}

fn drawn(lang: Lang, params: &SearchParams, timeline: &TimelineChart, chosen: &Chosen) -> Markup {
    let TimelineChart { title, by, focus, spread } = timeline;
    if focus.drawn.len() < 2 {
        return html! {};
    }
    let bars = bars(lang, params, focus.drawn, chosen);
    let total: u64 = bars.iter().map(|bar| bar.count).sum();
    let spread = spread_note(lang, *by, *spread);
    let description = match lang {
        Lang::Zh => format!(
            "{} 个时段，共 {} 篇；详见数据表。{}",
            bars.len(),
            words::number(total),
            spread.0
        ),
        Lang::En => format!(
            "{}, {}; see the data table for the counts.{}",
            words::counted(lang, bars.len() as u64, "", ("period", "periods")),
            words::counted(lang, total, "", ("article", "articles")),
            spread.0
        ),
    };
    let width = (span(focus.drawn) * BAR_WIDTH + AXIS_WIDTH).clamp(MIN_WIDTH, MAX_WIDTH) as u32;
    let chart = BarChart {
        title,
        description: &description,
        x_title: "",
        y_title: "",
        by: *by,
        bars: &bars,
        size: (width, HEIGHT),
    };
    // The address that a script puts the days into.
    let base = links::search(&params.of_days(&params.from, &params.to));
    html! {
        figure.chart.timeline {
            p.small.soft { (title) }
            div.newest-first.fits[width <= FITS] data-timeline=(base) tabindex="0" role="group" aria-label=(title) {
                (chart.to_svg())
            }
            figcaption {
                (lang.of(
                    "点击柱形筛选该时段，横向拖动可选择多个时段。",
                    "Click a bar to filter by its period, or drag across several.",
                ))
                (spread)
                (folded(lang, Some(params), focus))
            }
            details {
                summary { (lang.of("数据表", "Data table")) }
                div.scroll { (bar_table(lang, *by, &bars)) }
            }
        }
    }
}

/// Periods outside of the days that are asked for are muted.
fn bars(lang: Lang, params: &SearchParams, periods: &[PeriodCount], chosen: &Chosen) -> Vec<Bar> {
    let drawn = |counted: &PeriodCount| Bar {
        is_muted: !chosen.holds(counted.value),
        ..bar(lang, params, counted)
    };
    periods.iter().map(drawn).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lighter_parts_are_explained_where_how_many_articles_they_are_was_not_counted() {
        let count = |by, number, count, possible| PeriodCount {
            value: Period::at(by, number),
            count,
            possible,
        };
        let (first, month) = (1990 * 12, Granularity::Month);
        let facets = Facets {
            years: (1990..2024).map(|year| count(Granularity::Year, year, 12, 0)).collect(),
            months: (0..400).map(|at| count(month, first + at, 1, u64::from(at == 3))).collect(),
            ..Facets::default()
        };
        let answer = Answer { facets: Some(facets), ..Answer::default() };
        let of = |from: &str, to: &str| {
            let params = SearchParams { from: from.into(), to: to.into(), ..Default::default() };
            chart(Lang::Zh, &params, &answer).into_string()
        };
        let near = of("1990", "1991");
        assert!(near.contains("所选时段逐月分布"), "{near}");
        assert!(near.contains("另有部分文章的日期跨多月"), "{near}");
        assert!(!of("1995", "1996").contains("跨多月"));
    }
}
