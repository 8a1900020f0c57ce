//! The values of a series as a table: periods below each other, districts side by side.

use maud::{Markup, html};

use super::points::{anchor, district};
use crate::pages::layout::links;
use crate::present::Lang;
use crate::present::words::{
    figure_change, figure_status, number, period_label, preliminary, series_amount,
};
use crate::search::{Series, SeriesLine, SeriesPoint, SeriesValue};

/// Rows of the table: the latest ones.
const MAX_ROWS: usize = 600;

/// The table; of many periods the latest.
pub(super) fn table(lang: Lang, series: &Series) -> Markup {
    let periods = series.periods();
    let more = periods.len().saturating_sub(MAX_ROWS);
    html! {
        section aria-labelledby="values" {
            h2 #values { (lang.of("数值", "Values")) }
            div.scroll tabindex="0" role="group" aria-labelledby="values" { table.values {
                @if more > 0 { caption { (match lang {
                    Lang::Zh => format!("最早的 {more} 个时段未列出，下载的文件中有。"),
                    Lang::En => format!("The {more} earliest periods are only in the download."),
                }) } }
                thead { tr {
                    th scope="col" { (lang.of("时段", "Period")) }
                    @for line in &series.lines {
                        th.number scope="col" {
                            (district(lang, line))
                            div.small.soft lang=(Lang::Zh.tag()) { (line.unit) }
                        }
                    }
                } }
                tbody { @for &(from, to) in periods.iter().skip(more) { tr {
                    th scope="row" { (period_label(Some(from), Some(to)).unwrap_or_default()) }
                    @for line in &series.lines {
                        td.number { (cell(lang, series, line, line.at(from, to))) }
                    }
                } } }
            } }
        }
    }
}

fn cell(lang: Lang, series: &Series, line: &SeriesLine, point: Option<&SeriesPoint>) -> Markup {
    let Some(point) = point else {
        return html! {
            span aria-hidden="true" { "–" }
            span.unseen { (lang.of("没有数值", "no value")) }
        };
    };
    html! {
        @for (at, value) in point.values.iter().enumerate() {
            @let before = &point.values[..at];
            div.stated {
                @if before.iter().any(|other| other.status == value.status) {
                    a.differs href={ "#" (anchor(series, line, point)) }
                        title=(lang.of("各篇文章数值不一", "Articles differ")) { "≠" } " "
                }
                (stated(lang, line, value))
            }
        }
    }
}

/// A value that leads to its quote, and what else is stated of it.
fn stated(lang: Lang, line: &SeriesLine, value: &SeriesValue) -> Markup {
    let shown = html! { span lang=(Lang::Zh.tag()) { (series_amount(line, value)) } };
    html! {
        @match value.sources.first() {
            Some(first) => a href=(links::figure(&first.article, &first.row)) title=(first.quote) { (shown) },
            None => (shown),
        }
        @if let Some(status) = figure_status(lang, value.status) { " " span.small { (status) } }
        @if value.preliminary { " " span.small { (preliminary(lang)) } }
        @if let Some(change) = &value.change {
            " " span.small.soft { (figure_change(lang, change)) }
        }
        @if value.articles > 1 {
            " " span.small.soft { (lang.of(
                format!("{} 篇", number(value.articles)),
                format!("{} articles", number(value.articles)),
            )) }
        }
    }
}
