//! `/overview`: what the archive holds, where its gaps are, and what needs a person's eye.

pub(crate) mod files;
pub(crate) mod matrix;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use maud::{Markup, html};

use super::layout::charts::{bar, bar_table, figure, period, spread_note, within};
use super::layout::focus::{focus, folded};
use super::layout::frame::{Frame, frame};
use super::layout::links;
use crate::export::{Bar, BarChart};
use crate::present::words;
use crate::present::words::articles;
use crate::present::{FileFindings, Lang, SearchParams, SeriesParams};
use crate::search::{Count, Granularity, Matrix, PeriodCount, ReviewCount, Totals};
use matrix::{MatrixTable, matrix};

/// Pixels of the drawing of all articles over time.
const SIZE: (u32, u32) = (960, 220);
/// Outlets, and publications, that are listed.
const MAX_NAMES: usize = 40;
/// The same where all are asked for.
const ALL_NAMES: usize = 2_000;

/// What the page is made from.
#[derive(Debug, Clone, Default)]
pub struct Overview {
    /// All articles.
    pub totals: Totals,
    /// Articles without a date.
    pub undated: u64,
    /// Articles without a district.
    pub unplaced: u64,
    /// Figures of indicators.
    pub figures: u64,
    /// Articles with figures.
    pub with_figures: u64,
    /// How long the next periods are: months, or years of a long time.
    pub by: Granularity,
    /// Articles by period, in order of time, without those that have none.
    pub periods: Vec<PeriodCount>,
    /// Articles that are possible in several of the periods, and certainly of none.
    pub spread: u64,
    /// Districts by period.
    pub districts: Matrix,
    /// How long those periods are.
    pub districts_by: Granularity,
    /// Topics by district.
    pub topics: Matrix,
    /// Articles by outlet, most first.
    pub outlets: Vec<Count>,
    /// Articles by publication, most first.
    pub publications: Vec<Count>,
    /// Articles that need a person's eye.
    pub review: Vec<ReviewCount>,
    /// Files.
    pub files: u64,
    /// What needs a person's eye in them.
    pub file_findings: Arc<FileFindings>,
    /// Whether all of that is to be listed.
    pub all_findings: bool,
    /// Whether the tables are to show all rows that they have room for.
    pub all_rows: bool,
}

/// The page.
#[must_use]
pub fn overview(about: &Frame, overview: &Overview) -> Markup {
    let lang = about.lang;
    let title = lang.of("库藏总览", "Overview");
    let main = html! {
        div.overview {
            h1 { (title) }
            (figures(lang, overview))
            @if overview.totals.articles > 0 {
                (over_time(lang, overview))
                (districts(lang, overview))
                (topics(lang, overview))
                (sources(lang, overview))
            }
            (files::review(lang, &overview.review, &overview.file_findings, overview.all_findings))
        }
    };
    frame(about, title, &main)
}

/// The numbers that sum it up.
fn figures(lang: Lang, overview: &Overview) -> Markup {
    let all = SearchParams::default();
    let undated = SearchParams { undated: true, ..SearchParams::default() };
    let unplaced = SearchParams { review: vec!["unplaced".to_owned()], ..SearchParams::default() };
    let stating = SearchParams::default().saying("指标:*");
    let ends = overview.periods.first().zip(overview.periods.last());
    let linked = |count: u64, params: &SearchParams| {
        html! {
            @if count > 0 { a href=(links::search(params)) { (words::number(count)) } } @else { "0" }
        }
    };
    html! {
        @if overview.totals.articles == 0 {
            p.note {
                strong { (lang.of("库中还没有文章。", "The archive has no articles yet.")) } " "
                (lang.of("请先运行 dibao ingest 入库。", "Run dibao ingest to add a folder."))
            }
        }
        dl.totals {
            div { dt { (lang.of("文章", "Articles")) } dd { (linked(overview.totals.articles, &all)) } }
            div {
                dt { (lang.of("去重后", "Without reprints")) }
                dd { (words::number(overview.totals.stories)) }
            }
            div {
                dt { (lang.of("文件", "Files")) }
                dd { a href=(links::files(0)) { (words::number(overview.files)) } }
            }
            @if let Some((first, last)) = ends {
                div {
                    dt { (lang.of("时间跨度", "Time span")) }
                    dd { (first.value) (lang.of(" 至 ", " to ")) (last.value) }
                }
            }
            div { dt { (lang.of("日期不详", "Without a date")) } dd { (linked(overview.undated, &undated)) } }
            div { dt { (lang.of("地区不详", "Without a district")) } dd { (linked(overview.unplaced, &unplaced)) } }
            @if overview.figures > 0 {
                div {
                    dt { (lang.of("指标数值", "Figures")) }
                    dd { a href=(links::series(&SeriesParams::default())) { (words::number(overview.figures)) } }
                }
                div {
                    dt { (lang.of("含指标的文章", "Articles with figures")) }
                    dd { (linked(overview.with_figures, &stating)) }
                }
            }
        }
    }
}

fn over_time(lang: Lang, overview: &Overview) -> Markup {
    let heading = match overview.by {
        Granularity::Year => lang.of("各年文章", "Articles by year"),
        _ => lang.of("各月文章", "Articles by month"),
    };
    let everything = SearchParams::default();
    let focus = focus(&overview.periods, &[]);
    let whole: Vec<Bar> =
        overview.periods.iter().map(|counted| bar(lang, &everything, counted)).collect();
    let bars = &whole[focus.before.len()..focus.before.len() + focus.drawn.len()];
    let most = bars.iter().max_by_key(|bar| bar.count);
    let spread = spread_note(lang, overview.by, Some(overview.spread));
    let description = most.map_or(String::new(), |most| match lang {
        Lang::Zh => format!("柱状图。最多的是 {}。{}", most.tip, spread.0),
        Lang::En => format!("A bar chart. The most: {}.{}", most.tip, spread.0),
    });
    let chart = BarChart {
        title: heading,
        description: &description,
        x_title: "",
        y_title: "",
        by: overview.by,
        bars,
        size: SIZE,
    };
    let missing = missing(bars);
    let caption = html! {
        (lang.of("点击柱形查看该时段的文章。", "Click a bar for its articles."))
        (spread)
        @if missing > 0 {
            (lang.of("空缺：", " Gaps: ")) (words::periods(lang, missing, overview.by))
            (lang.of("没有文章。", " without articles."))
        }
        (folded(lang, Some(&everything), &focus))
    };
    let table = bar_table(lang, overview.by, &whole);
    html! {
        section {
            h2 { (heading) }
            (figure(lang, Some(&chart.to_svg()), true, heading, &caption, &table))
        }
    }
}

/// Periods without articles between the first and the last one.
fn missing(bars: &[Bar]) -> u64 {
    let (Some(first), Some(last)) = (bars.first(), bars.last()) else { return 0 };
    let all = i64::from(last.period.number()) - i64::from(first.period.number()) + 1;
    u64::try_from(all).unwrap_or(0).saturating_sub(bars.len() as u64)
}

fn districts(lang: Lang, overview: &Overview) -> Markup {
    let heading = match overview.districts_by {
        Granularity::Year => lang.of("地区与年份分布", "Districts by year"),
        _ => lang.of("地区与月份分布", "Districts by month"),
    };
    let link = |row: &str, column: &str| {
        let params = SearchParams { district: vec![row.to_owned()], ..SearchParams::default() };
        period(overview.districts_by, column).map_or(params.clone(), |period| SearchParams {
            certain: true,
            ..within(&params, period)
        })
    };
    // Januaries; of years every tenth.
    let is_named = |name: &str| {
        let cycle = if overview.districts_by == Granularity::Month { 12 } else { 10 };
        period(overview.districts_by, name).is_some_and(|period| period.number() % cycle == 0)
    };
    let gaps = overview.districts.columns.iter().any(|column| column.skipped > 0);
    let caption = html! {
        (lang.of("空白表示该时段该地区无文章；下级地区计入上级。一篇文章可计入多个地区。", "Empty cells have no articles. A district includes what lies below it; an article can count for several districts."))
        @if gaps {
            (lang.of("虚线处略去较长的空缺。", " A dashed line marks a long gap that is left out."))
        }
        (left_out(lang, overview.districts.more_rows, lang.of("个地区", "districts")))
        (without(lang, overview.districts.without_row, lang.of("没有地区", "have no district")))
        (without(lang, overview.districts.without_column, lang.of("没有日期", "have no date")))
        (without(lang, overview.districts.spread_column, lang.of("的日期跨多个时段", "can be of several periods")))
        @if overview.districts.more_rows > 0 { (all_rows(lang, overview, "districts")) }
        (left_out(lang, overview.districts.more_columns, lang.of("个较早的时段", "earlier periods")))
    };
    let table = MatrixTable {
        heading,
        rows: lang.of("地区", "District"),
        caption: &caption,
        columns_are_names: false,
        is_named: &is_named,
        link: &link,
        row_link: &|row| SearchParams { district: vec![row.to_owned()], ..SearchParams::default() },
    };
    html! { section #districts { h2 { (heading) } (matrix(lang, &overview.districts, &table)) } }
}

fn topics(lang: Lang, overview: &Overview) -> Markup {
    let heading = lang.of("主题与地区分布", "Topics by district");
    let link = |row: &str, column: &str| SearchParams {
        topic: vec![row.to_owned()],
        district: vec![column.to_owned()],
        ..SearchParams::default()
    };
    let caption = html! {
        (lang.of("地区按文章数从左到右排列；一篇文章可计入多个主题和地区。", "Districts are sorted by number of articles; an article can count for several topics and districts."))
        (left_out(lang, overview.topics.more_rows, lang.of("个主题", "topics")))
        (left_out(lang, overview.topics.more_columns, lang.of("个地区", "districts")))
        (without(lang, overview.topics.without_row, lang.of("没有主题", "have no topic")))
        (without(lang, overview.topics.without_column, lang.of("没有地区", "have no district")))
    };
    let table = MatrixTable {
        heading,
        rows: lang.of("主题", "Topic"),
        caption: &caption,
        columns_are_names: true,
        is_named: &|_| true,
        link: &link,
        row_link: &|row| SearchParams { topic: vec![row.to_owned()], ..SearchParams::default() },
    };
    html! { section { h2 { (heading) } (matrix(lang, &overview.topics, &table)) } }
}

/// Articles that are in no row or column of a table.
fn without(lang: Lang, count: u64, why: &str) -> Markup {
    let counted = articles(lang, count);
    html! {
        @if count > 0 {
            (match lang {
                Lang::Zh => format!("{counted}{why}，不在表中。"),
                Lang::En => format!(" {counted} {why} and are in no cell."),
            })
        }
    }
}

/// A link to all rows of a table, in the section of this name; none if they are already shown.
fn all_rows(lang: Lang, overview: &Overview, section: &str) -> Markup {
    html! {
        @if !overview.all_rows {
            " "
            a href={ (links::overview(overview.all_findings, true)) "#" (section) } {
                (lang.of("全部列出", "List all"))
            }
        }
    }
}

/// What a table does not show.
fn left_out(lang: Lang, count: usize, what: &str) -> Markup {
    let number = words::number(count as u64);
    html! {
        @if count > 0 {
            (match lang {
                Lang::Zh => format!("另有 {number} {what}未列出。"),
                Lang::En => format!(" {number} more {what} are not shown."),
            })
        }
    }
}

fn sources(lang: Lang, overview: &Overview) -> Markup {
    let by_publication =
        |name: &str| SearchParams { publication: vec![name.to_owned()], ..SearchParams::default() };
    let by_outlet =
        |name: &str| SearchParams { outlet: vec![name.to_owned()], ..SearchParams::default() };
    html! {
        section #sources {
            h2 { (lang.of("报刊与来源", "Publications and outlets")) }
            div.name-lists {
                (names(lang, overview, lang.of("种报刊", "publications"), lang.of("报刊", "Publication"), &overview.publications, &by_publication))
                (names(lang, overview, lang.of("个来源", "outlets"), lang.of("来源", "Outlet"), &overview.outlets, &by_outlet))
            }
        }
    }
}

fn names(
    lang: Lang,
    overview: &Overview,
    unit: &str,
    heading: &str,
    counts: &[Count],
    link: &dyn Fn(&str) -> SearchParams,
) -> Markup {
    let most = if overview.all_rows { ALL_NAMES } else { MAX_NAMES };
    html! {
        @if !counts.is_empty() {
            div.scroll tabindex="0" role="group" aria-label=(heading) {
                table {
                    thead { tr {
                        th scope="col" { (heading) }
                        th.number scope="col" { (lang.of("篇数", "Articles")) }
                    } }
                    tbody {
                        @for count in counts.iter().take(most) {
                            tr {
                                th scope="row" lang="zh-CN" { a href=(links::search(&link(&count.value))) { (count.value) } }
                                td.number { (words::number(count.count)) }
                            }
                        }
                    }
                }
                p.small.soft {
                    (left_out(lang, counts.len().saturating_sub(most), unit))
                    @if counts.len() > most { (all_rows(lang, overview, "sources")) }
                }
            }
        }
    }
}
