//! Where the values of a series stand, word by word; first those on which articles differ.

use maud::{Markup, html};

use super::points::{anchor, district};
use crate::pages::layout::links;
use crate::present::Lang;
use crate::present::words::{
    articles, figure_status, number, period_label, preliminary, series_amount,
};
use crate::search::{Series, SeriesLine, SeriesPoint};

/// Points whose quotes are listed: the latest ones.
const MAX_POINTS: usize = 400;

/// The points on which articles differ, with a quote of each value; nothing where there are none.
pub(super) fn differences(lang: Lang, series: &Series) -> Markup {
    let differing: Vec<_> = points(series).filter(|(_, point)| point.is_conflict()).collect();
    html! {
        @if !differing.is_empty() {
            section.quotes aria-labelledby="differences" {
                h2 #differences { (lang.of("数值不一", "Differences")) }
                p.small.soft { (lang.of(
                    "同一时段、同一地区，各篇文章写有不同数值；口径可能不同，或有一篇读错，以原文为准。",
                    "Articles state different values of one period and district: by different definitions, or one was misread. The words of the articles are the proof.",
                )) }
                @for (line, point) in differing {
                    div id=(anchor(series, line, point)) { (quoted(lang, line, point)) }
                }
            }
        }
    }
}

/// The quotes of all values, folded.
pub(super) fn quotes(lang: Lang, series: &Series) -> Markup {
    let all: Vec<_> = points(series).collect();
    let first = all.len().saturating_sub(MAX_POINTS);
    html! {
        details.quotes {
            summary { (lang.of(
                format!("逐条出处（{}）", number(all.len() as u64)),
                format!("The quote of each value ({})", number(all.len() as u64)),
            )) }
            @for (line, point) in &all[first..] { (quoted(lang, line, point)) }
        }
    }
}

fn points(series: &Series) -> impl Iterator<Item = (&SeriesLine, &SeriesPoint)> {
    series.lines.iter().flat_map(|line| line.points.iter().map(move |point| (line, point)))
}

fn quoted(lang: Lang, line: &SeriesLine, point: &SeriesPoint) -> Markup {
    html! {
        h3 {
            (district(lang, line)) " "
            (period_label(Some(point.from), Some(point.to)).unwrap_or_default())
        }
        ul {
            @for value in &point.values {
                li {
                    strong lang=(Lang::Zh.tag()) { (series_amount(line, value)) }
                    @if let Some(status) = figure_status(lang, value.status) { " " span.small { (status) } }
                    @if value.preliminary { " " span.small { (preliminary(lang)) } }
                    span.small.soft { " · " (articles(lang, value.articles)) }
                    @for source in &value.sources {
                        div.small {
                            a href=(links::figure(&source.article, &source.row)) {
                                q lang=(Lang::Zh.tag()) { bdi { (source.quote) } }
                            }
                            " " span.soft {
                                (source.source)
                                @if let Some(line) = source.line { ":" (line) }
                            }
                        }
                    }
                }
            }
        }
    }
}
