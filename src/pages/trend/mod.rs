//! `/trend`: words or districts over time, beside each other.

pub(crate) mod form;
pub(crate) mod refused;
#[cfg(test)]
mod tests;

use maud::{Markup, html};

use super::layout::charts::{figure, possible, within};
use super::layout::focus::{focus, folded};
use super::layout::frame::{Frame, frame};
use super::layout::links;
use crate::export::{ChartWords, Measure, PointLink, TooManyLines, trend_chart};
use crate::present::Lang;
use crate::present::SearchParams;
use crate::present::words;
use crate::present::words::articles;
use crate::query::value_text;
use crate::search::{Period, PeriodCount, Point, Trend, TrendLine, per_thousand};
use form::form;

pub use form::TrendParams;

/// Rows of the table: the latest ones.
const MAX_ROWS: usize = 600;

/// What the page shows.
#[derive(Debug, Clone, Default)]
pub struct Trends {
    /// What was asked.
    pub params: TrendParams,
    /// The lines; `None` where nothing was asked for.
    pub trend: Option<Trend>,
    /// The search of each line.
    pub searches: Vec<SearchParams>,
    /// Topics and districts that the archive has, for examples.
    pub examples: (Vec<String>, Vec<String>),
}

/// The page.
#[must_use]
pub fn trend(about: &Frame, shown: &Trends) -> Markup {
    let lang = about.lang;
    let heading = lang.of("趋势", "Trend");
    let names = shown.trend.iter().flat_map(|trend| &trend.lines).map(|line| line.name.as_str());
    let names: Vec<&str> = names.collect();
    let title = match names.as_slice() {
        [] => heading.to_owned(),
        names => format!("{heading}{}{}", lang.of("：", ": "), names.join(lang.of("、", ", "))),
    };
    let main = html! {
        div.trend {
            h1 { (heading) }
            (form(lang, &shown.params))
            @match &shown.trend {
                Some(trend) => (result(lang, shown, trend)),
                None => (empty(lang, &shown.examples)),
            }
        }
    };
    frame(about, &title, &main)
}

/// The lines that have matches; of the others only that they have none.
fn result(lang: Lang, shown: &Trends, trend: &Trend) -> Markup {
    let lines = trend.lines.iter().zip(&shown.searches);
    let (found, missed): (Vec<_>, Vec<_>) = lines.partition(|(line, _)| line.total() > 0);
    let names = |(line, search): (&TrendLine, &SearchParams)| (line.clone(), search.clone());
    let (lines, searches): (Vec<_>, Vec<_>) = found.into_iter().map(names).unzip();
    let trend = Trend { lines, ..trend.clone() };
    let periods = trend.periods();
    html! {
        (nothing(lang, &missed))
        @if !trend.lines.is_empty() && !periods.is_empty() {
            (drawn(lang, &shown.params, &searches, &trend, &periods))
        }
    }
}

/// Draws a trend: a whole SVG document with words of a language. `link` says where a point leads, by
/// the index of its line and its period.
///
/// # Errors
/// When it has too many lines to tell them apart.
pub fn trend_drawing(
    lang: Lang,
    params: &TrendParams,
    trend: &Trend,
    link: &dyn Fn(usize, Period) -> Option<PointLink>,
) -> Result<Markup, TooManyLines> {
    let (by, measure) = (words::granularity(lang, trend.by), params.measure);
    let title = title(lang, params, trend);
    let is_shared = trend.is_of_the_same();
    let up = match (measure, lang) {
        (Measure::Articles, _) => lang.of("篇数", "articles").to_owned(),
        (Measure::PerThousand, Lang::Zh) if is_shared => format!("每千篇（占当{by}全部文章）"),
        (Measure::PerThousand, Lang::Zh) => format!("每千篇（占各地当{by}文章）"),
        (Measure::PerThousand, Lang::En) if is_shared => {
            format!("per thousand articles of the {by}")
        }
        (Measure::PerThousand, Lang::En) => {
            format!("per thousand articles of the place and {by}")
        }
    };
    let totals = trend.lines.iter().map(|line| {
        format!("{}{}{}", line.name, lang.of("：", ": "), articles(lang, line.articles))
    });
    let totals: Vec<String> = totals.collect();
    let spread = words::left_out_of_lines(lang, trend);
    let description = match lang {
        Lang::Zh => format!("按{by}的折线图。{}。{spread}", totals.join("；")),
        Lang::En => format!("A line chart by {by}. {}.{spread}", totals.join("; ")),
    };
    let words = ChartWords { title: &title, description: &description, x_title: by, y_title: &up };
    trend_chart(trend, measure, words, link)
}

/// The lines; of districts the word that is compared, too, which is not in their names.
fn title(lang: Lang, params: &TrendParams, trend: &Trend) -> String {
    let names: Vec<&str> = trend.lines.iter().map(|line| line.name.as_str()).collect();
    let names = names.join(lang.of("、", ", "));
    match params.lines.as_slice() {
        [word] if trend.lines.iter().all(|line| line.name != *word) => {
            format!("{word}{}{names}", lang.of("：", ": "))
        }
        _ => names,
    }
}

/// Lines without any matches.
fn nothing(lang: Lang, missed: &[(&TrendLine, &SearchParams)]) -> Markup {
    html! {
        @if !missed.is_empty() {
            div.note.warn {
                p {
                    (lang.of("未找到", "No articles for "))
                    @for (at, (line, search)) in missed.iter().enumerate() {
                        @if at > 0 { (lang.of("、", ", ")) }
                        a href=(links::search(search)) {
                            (lang.of("“", "")) (line.name) (lang.of("”", ""))
                        }
                    }
                    (lang.of("，点击查看原因。", ". Click to see why."))
                }
            }
        }
    }
}

/// The chart of the time that has nearly all matches, and the table of all of it.
fn drawn(
    lang: Lang,
    params: &TrendParams,
    searches: &[SearchParams],
    trend: &Trend,
    periods: &[Period],
) -> Markup {
    let counted = |&value: &Period| {
        let points = trend.lines.iter().filter_map(|line| line.point(value));
        let add =
            |(count, possible), point: &Point| (count + point.articles, possible + point.possible);
        let (count, possible) = points.fold((0, 0), add);
        PeriodCount { value, count, possible }
    };
    let counts: Vec<PeriodCount> = periods.iter().map(counted).collect();
    let focus = focus(&counts, &[]);
    let link = |index: usize, period: Period| -> Option<PointLink> {
        let (line, search) = (trend.lines.get(index)?, searches.get(index)?);
        let point = line.point(period).filter(|point| point.articles + point.possible > 0)?;
        let more = match point.possible {
            0 => String::new(),
            more => lang.of(
                format!("，可能另有 {}", articles(lang, more)),
                format!(", possibly {} more", words::number(more)),
            ),
        };
        let colon = lang.of("：", ": ");
        Some(PointLink {
            href: links::search(&within(search, period)),
            tip: format!("{} {period}{colon}{}{more}", line.name, articles(lang, point.articles)),
        })
    };
    let focused = within_periods(trend, focus.drawn);
    let svg = trend_drawing(lang, params, &focused, &link).ok();
    let caption = html! {
        (lang.of("折线断开表示没有确定属于该时段的文章；点击数据点查看文章。", "A gap means that no article is certainly of that period. Click a point for its articles."))
        (words::left_out_of_lines(lang, trend))
        // The articles of one line can be counted and led to: one may be in several lines.
        (folded(lang, <&[SearchParams; 1]>::try_from(searches).ok().map(|[only]| only), &focus))
    };
    let table = table(lang, params, searches, trend, periods);
    html! {
        (figure(lang, svg.as_ref(), true, &title(lang, params, trend), &caption, &table))
        p.chips {
            a.chip href=(params.download("csv")) download { (lang.of("下载 CSV", "Download CSV")) }
            a.chip href=(params.download("svg")) download { (lang.of("下载 SVG", "Download SVG")) }
        }
    }
}

/// The trend in these periods alone, from the first to the last one.
fn within_periods(trend: &Trend, periods: &[PeriodCount]) -> Trend {
    let (Some(first), Some(last)) = (periods.first(), periods.last()) else { return trend.clone() };
    let mut trend = trend.clone();
    for line in &mut trend.lines {
        line.points.retain(|point| (first.value..=last.value).contains(&point.period));
    }
    trend
}

fn table(
    lang: Lang,
    params: &TrendParams,
    searches: &[SearchParams],
    trend: &Trend,
    periods: &[Period],
) -> Markup {
    let more = periods.len().saturating_sub(MAX_ROWS);
    // Without a word, what is counted is all that there is.
    let bare = params.lines.is_empty();
    let shared = !bare && trend.is_of_the_same();
    let of_all =
        |period: Period| trend.lines.iter().find_map(|line| line.point(period)).map(|p| p.of);
    html! {
        table {
            @if more > 0 {
                caption {
                    (match lang {
                        Lang::Zh => format!("最早的 {more} 个时段未列出，下载的文件中有。"),
                        Lang::En => format!("The {more} earliest periods are only in the download."),
                    })
                }
            }
            thead { tr {
                th scope="col" { (words::granularity(lang, trend.by)) }
                @if shared { th.number scope="col" { (lang.of("全部文章", "All articles")) } }
                @for line in &trend.lines { th.number scope="col" lang=(Lang::Zh.tag()) { (line.name) } }
            } }
            tbody {
                @for &period in periods.iter().skip(more) {
                    tr {
                        th scope="row" { (period.to_string()) }
                        @if shared {
                            td.number { (of_all(period).map(words::number).unwrap_or_default()) }
                        }
                        @for (line, search) in trend.lines.iter().zip(searches) {
                            td.number { (cell(lang, line.point(period), &within(search, period), !bare && !shared, !bare)) }
                        }
                    }
                }
            }
            tfoot {
                tr {
                    th scope="row" { (lang.of("合计", "All")) }
                    @if shared { td.number { (words::number(trend.lines.first().map_or(0, of_line))) } }
                    @for (line, search) in trend.lines.iter().zip(searches) {
                        td.number {
                            a href=(links::search(search)) {
                                (words::number(line.articles)) (possible(lang, line.spread))
                            }
                            @if let Some(all) = per_thousand(line.articles, of_line(line)).filter(|_| !bare) {
                                " " (share(all))
                            }
                        }
                    }
                }
                @if trend.lines.iter().any(|line| line.undated > 0) {
                    tr {
                        th scope="row" { (lang.of("日期不详", "Without a date")) }
                        @if shared { td {} }
                        @for line in &trend.lines { td.number { (words::number(line.undated)) } }
                    }
                }
            }
        }
    }
}

fn of_line(line: &TrendLine) -> u64 {
    line.points.iter().map(|point| point.of).sum()
}

/// Articles, those that are possible beside them, of how many, and the share, as far as these say
/// something.
fn cell(
    lang: Lang,
    point: Option<&Point>,
    search: &SearchParams,
    with_all: bool,
    with_share: bool,
) -> Markup {
    let found = point.map_or(0, |point| point.articles + point.possible);
    let numbers = html! {
        @match point {
            Some(point) if point.of > 0 => { (words::number(point.articles)) }
            _ => {
                span aria-hidden="true" { "–" }
                span.unseen { (lang.of("没有文章", "no articles")) }
            }
        }
        @if let Some(point) = point { (possible(lang, point.possible)) }
    };
    html! {
        @if found > 0 { a href=(links::search(search)) { (numbers) } } @else { (numbers) }
        @if let Some(point) = point.filter(|point| point.of > 0) {
            @if with_all { " / " (words::number(point.of)) }
            @if let Some(own) = point.per_thousand.filter(|_| with_share) { " " (share(own)) }
        }
    }
}

fn share(per_thousand: f64) -> Markup {
    html! { span.soft.small { (format!("{per_thousand:.1}‰")) } }
}

/// Instructions and examples, if no parameters were given.
fn empty(lang: Lang, (topics, districts): &(Vec<String>, Vec<String>)) -> Markup {
    let of_topic = |topic: &String| format!("主题:{}", value_text(topic));
    let by_topic =
        TrendParams { lines: topics.iter().map(of_topic).collect(), ..TrendParams::default() };
    let by_district = TrendParams {
        search: SearchParams { district: districts.clone(), ..SearchParams::default() },
        measure: Measure::Articles,
        ..TrendParams::default()
    };
    html! {
        div.note {
            p {
                (lang.of(
                    "输入多个检索词，比较每月文章数；或输入一个检索词（可留空）和多个地区，比较各地。支持检索式，如 氢能 OR 光伏。",
                    "Enter several terms to compare how often each appears over time, or one term (or none) and several districts to compare the districts. A term can be any query, such as 氢能 OR 光伏."
                ))
            }
            @if topics.len() > 1 || districts.len() > 1 {
                p { (lang.of("例如：", "For example: ")) }
                ul {
                    @if topics.len() > 1 {
                        li { a href={ "/trend?" (by_topic.to_address()) } { (topics.join("、")) } }
                    }
                    @if districts.len() > 1 {
                        li { a href={ "/trend?" (by_district.to_address()) } { (districts.join("、")) } }
                    }
                }
            }
        }
    }
}
