//! `/indicators`: an indicator over time, district beside district; every value leads to its quote.

pub(crate) mod form;
pub(crate) mod points;
pub(crate) mod refused;
pub(crate) mod sources;
pub(crate) mod table;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::sync::Arc;

use maud::{Markup, html};

use super::layout::frame::{Frame, frame};
use super::layout::links;
use crate::export::{ChartUnit, ChartWords, PointLink, TooManyLines, series_chart};
use crate::model::IndicatorStatus;
use crate::present::words;
use crate::present::words::{
    drawn_line, figure_status_name, period_length, series_description, series_district,
    series_title, series_values,
};
use crate::present::{FigureStatus, Lang, SearchParams, SeriesParams};
use crate::query::value_text;
use crate::search::{
    Count, FigureTotals, MAX_LINES, PeriodLength, Series, SeriesLine, SeriesMeasure, SeriesPoint,
    SeriesValue,
};
use form::form;
use points::anchor;
use sources::{differences, quotes};
use table::table;

/// Names that are listed where none is chosen, and districts to choose from.
const MAX_LISTED: usize = 150;
const MAX_DISTRICTS: usize = 40;

/// What the page shows.
#[derive(Debug, Clone, Default)]
pub struct IndicatorsPage {
    /// What was asked.
    pub params: SeriesParams,
    /// The same with the districts that are shown: those that were asked for, else some.
    pub shown: SeriesParams,
    /// The series; `None` where no indicator was asked for.
    pub series: Option<Series>,
    /// Districts that have values of the indicator with the numbers of these, most first.
    pub districts: Vec<Count>,
    /// Where the series is empty, the statuses of which there are values.
    pub statuses: BTreeSet<IndicatorStatus>,
    /// What the archive states of indicators.
    pub totals: Arc<FigureTotals>,
}

/// The page.
#[must_use]
pub fn indicators(about: &Frame, page: &IndicatorsPage) -> Markup {
    let lang = about.lang;
    let heading = lang.of("指标", "Indicators");
    let title = match &page.series {
        Some(series) => {
            format!("{heading}{}{}", lang.of("：", ": "), series_title(lang, series))
        }
        None => heading.to_owned(),
    };
    let main = html! {
        div.indicators {
            h1 { (title) }
            (form(lang, &page.params, &page.totals.indicators))
            @match &page.series {
                Some(series) => (shown(lang, page, series)),
                None => (names(lang, &page.totals.indicators)),
            }
        }
    };
    frame(about, &title, &main)
}

/// Draws a series: a whole SVG document with words of a language. `link` says where a point leads.
///
/// # Errors
/// When it has too many lines to tell them apart.
pub fn series_drawing(
    lang: Lang,
    series: &Series,
    link: &dyn Fn(&SeriesLine, &SeriesPoint, &SeriesValue) -> Option<PointLink>,
) -> Result<Markup, TooManyLines> {
    let of = ChartUnit::of(series);
    let words = ChartWords {
        title: &series_title(lang, series),
        description: &series_description(lang, series),
        x_title: period_length(lang, series.by),
        y_title: &format!("{}{}", of.multiple, of.unit),
    };
    let name = |line: &SeriesLine, status| drawn_line(lang, line, status);
    series_chart(series, &of, words, &name, link)
}

fn shown(lang: Lang, page: &IndicatorsPage, series: &Series) -> Markup {
    html! {
        @if series.lines.is_empty() {
            div.note.warn { p {
                (lang.of("没有符合条件的数值。", "No values meet these conditions."))
                (other_statuses(lang, page))
            } }
        } @else {
            // One period is compared in the table.
            @if series.periods().len() > 1 { (drawn(lang, series)) }
            (downloads(lang, page))
        }
        (elsewhere(lang, &page.params, series))
        (districts(lang, page))
        @if !series.lines.is_empty() {
            (table(lang, series))
            (differences(lang, series))
            (quotes(lang, series))
        }
    }
}

/// Links to the statuses of which there are values.
fn other_statuses(lang: Lang, page: &IndicatorsPage) -> Markup {
    let with = |status: FigureStatus| {
        links::series(&SeriesParams {
            status: vec![status.as_str().to_owned()],
            ..page.params.clone()
        })
    };
    html! {
        @if !page.statuses.is_empty() {
            (lang.of("有数值的状态：", " There are values of the status "))
            @for (at, &status) in page.statuses.iter().enumerate() {
                @let status = FigureStatus::from(status);
                @if at > 0 { (lang.of("、", ", ")) }
                a href=(with(status)) { (figure_status_name(lang, status)) }
            }
            (lang.of("。", "."))
        }
    }
}

fn drawn(lang: Lang, series: &Series) -> Markup {
    let link = |line: &SeriesLine, point: &SeriesPoint, value: &SeriesValue| {
        let first = value.sources.first()?;
        let href = if point.differs(value) {
            format!("#{}", anchor(series, line, point))
        } else {
            links::figure(&first.article, &first.row)
        };
        let period = words::period_label(Some(point.from), Some(point.to)).unwrap_or_default();
        let (district, colon) = (series_district(lang, line), lang.of("：", ": "));
        let values = series_values(lang, line, point);
        Some(PointLink { href, tip: format!("{district} {period}{colon}{values}") })
    };
    let unit = ChartUnit::of(series).unit;
    let others = series.lines.iter().any(|line| line.unit != unit);
    let title = series_title(lang, series);
    html! {
        figure.chart.drawn {
            @match series_drawing(lang, series, &link) {
                Ok(svg) => div.scroll.newest-first tabindex="0" role="group" aria-label=(title) { (svg) },
                Err(too_many) => p.note { (match lang {
                    Lang::Zh => format!("{} 条线太多，无法绘图；请选择地区。", too_many.0),
                    Lang::En => format!("{} lines are too many to draw; choose districts.", too_many.0),
                }) },
            }
            figcaption {
                (lang.of(
                    "点击数据点查看原文。折线断开表示没有该时段的数值；空心点表示另有文章写有不同数值。",
                    "Click a point for the words of its article. A gap means that no article states a value; a hollow point, that another article states another one.",
                ))
                @if others {
                    (lang.of("图中只有以", " Only values in "))
                    (unit)
                    (lang.of("为单位的数值，其余见数值表。", " are drawn; the others are in the table."))
                }
            }
        }
    }
}

fn downloads(lang: Lang, page: &IndicatorsPage) -> Markup {
    let stating = SearchParams::default().saying(format!("指标:{}", value_text(&page.params.name)));
    html! {
        p.chips {
            @for (format, name) in [("csv", "CSV"), ("json", "JSON"), ("svg", "SVG")] {
                a.chip href=(links::series_file(&page.shown, format)) download[format != "json"] {
                    (lang.of("下载 ", "Download ")) (name)
                }
            }
            a.chip href=(links::search(&stating)) {
                (lang.of("写有此指标的文章", "Articles that state it"))
            }
        }
    }
}

/// Values that the series leaves out, and where they are.
fn elsewhere(lang: Lang, params: &SeriesParams, series: &Series) -> Markup {
    let number = words::number;
    let other_lengths = PeriodLength::ALL.into_iter().filter(|&by| by != series.by);
    let with_changes =
        SeriesParams { measure: SeriesMeasure::Change.as_str().to_owned(), ..params.clone() };
    html! {
        p.small.soft {
            (lang.of("时段：", "Periods: ")) (period_length(lang, series.by)) (lang.of("。", "."))
            @if series.of_other_lengths > 0 {
                (match lang {
                    Lang::Zh => format!("另有 {} 个数值属于其他长度的时段：", number(series.of_other_lengths)),
                    Lang::En if series.of_other_lengths == 1 => " 1 more value is of another length: ".to_owned(),
                    Lang::En => format!(" {} more values are of other lengths: ", number(series.of_other_lengths)),
                })
                @for (at, by) in other_lengths.enumerate() {
                    @if at > 0 { (lang.of("、", ", ")) }
                    a href=(links::series(&SeriesParams { by: by.as_str().to_owned(), ..params.clone() })) {
                        (period_length(lang, by))
                    }
                }
                (lang.of("。", "."))
            }
            @if series.changes_alone > 0 {
                (match lang {
                    Lang::Zh => format!("另有 {} 处只写增减：", number(series.changes_alone)),
                    Lang::En if series.changes_alone == 1 => " 1 states a change alone: ".to_owned(),
                    Lang::En => format!(" {} state a change alone: ", number(series.changes_alone)),
                })
                a href=(links::series(&with_changes)) { (lang.of("查看同比增减", "see changes")) }
                (lang.of("。", "."))
            }
            @if series.without_period > 0 {
                (match lang {
                    Lang::Zh => format!("另有 {} 个数值未写明时段。", number(series.without_period)),
                    Lang::En if series.without_period == 1 => " 1 is without a period.".to_owned(),
                    Lang::En => format!(" {} are without a period.", number(series.without_period)),
                })
            }
        }
    }
}

/// Districts to add and to take away; none to add where there are as many as can be told apart.
fn districts(lang: Lang, page: &IndicatorsPage) -> Markup {
    let chosen = &page.shown.district;
    let is_chosen = |name: &str| chosen.iter().any(|known| known == name);
    let toggled = |name: &str| {
        let mut district = chosen.clone();
        district.retain(|known| known != name);
        if district.len() == chosen.len() {
            district.push(name.to_owned());
        }
        links::series(&SeriesParams { district, ..page.params.clone() })
    };
    let is_full = chosen.len() >= MAX_LINES;
    let others = || page.districts.iter().filter(|count| !is_chosen(&count.value));
    let listed = if is_full { 0 } else { MAX_DISTRICTS };
    let more = if is_full { 0 } else { others().count().saturating_sub(MAX_DISTRICTS) };
    html! {
        @if !page.districts.is_empty() || !chosen.is_empty() {
            section aria-labelledby="districts" {
                h2 #districts { (lang.of("地区", "Districts")) }
                @if page.params.district.is_empty() && page.districts.len() > chosen.len() {
                    p.small.soft { (match lang {
                        Lang::Zh => format!(
                            "{} 个地区有此指标，先显示其中 {} 个；点击添加或移除。",
                            page.districts.len(), chosen.len(),
                        ),
                        Lang::En => format!(
                            "{} districts have it; {} of them are shown. Click to add or remove.",
                            page.districts.len(), chosen.len(),
                        ),
                    }) }
                }
                ul.chips {
                    @for name in chosen {
                        li { a.chip.set href=(toggled(name)) rel="nofollow" {
                            bdi lang=(Lang::Zh.tag()) { (name) }
                            @if let Some(known) = page.districts.iter().find(|count| count.value == *name) {
                                " " span.soft { (words::number(known.count)) }
                            }
                            span.unseen { (lang.of("（移除）", " (remove)")) }
                        } }
                    }
                    @for count in others().take(listed) {
                        li { a.chip href=(toggled(&count.value)) rel="nofollow" {
                            bdi lang=(Lang::Zh.tag()) { (count.value) } " "
                            span.soft { (words::number(count.count)) }
                        } }
                    }
                }
                @if is_full {
                    p.small.soft { (match lang {
                        Lang::Zh => format!("最多同时显示 {MAX_LINES} 个地区；移除一个后可再添加。"),
                        Lang::En => format!("{MAX_LINES} districts can be shown at once; remove one to add another."),
                    }) }
                } @else if more > 0 {
                    p.small.soft { (match lang {
                        Lang::Zh => format!("另有 {more} 个地区，可在上方填写名称。"),
                        Lang::En => format!("And {more} more: type their names above."),
                    }) }
                }
            }
        }
    }
}

/// The indicators of the archive, where none was chosen.
fn names(lang: Lang, names: &[Count]) -> Markup {
    html! {
        @if names.is_empty() {
            p.note { (lang.of(
                "库中的文章还没有读出指标数值。",
                "No figures were read out of the articles of this archive.",
            )) }
        } @else {
            section aria-labelledby="names" {
                h2 #names { (lang.of("常见指标", "Frequent indicators")) }
                p.small.soft { (match lang {
                    Lang::Zh => format!("共 {} 个指标，按文章数排列；数字为文章数。", words::number(names.len() as u64)),
                    Lang::En => format!("{} indicators, by their numbers of articles.", words::number(names.len() as u64)),
                }) }
                ul.chips {
                    @for count in names.iter().take(MAX_LISTED) {
                        li {
                            a.chip href=(links::series(&SeriesParams { name: count.value.clone(), ..SeriesParams::default() })) {
                                span lang=(Lang::Zh.tag()) { (count.value) } " "
                                span.soft { (words::number(count.count)) }
                            }
                        }
                    }
                }
            }
        }
    }
}
