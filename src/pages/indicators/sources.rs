//! Where the values of a series stand, word by word; first those on which articles differ.

use maud::{Markup, html};

use super::points::{anchor, district};
use crate::pages::layout::links;
use crate::present::Lang;
use crate::present::words::{
    articles, figure_status, number, period_label, preliminary, series_amount,
};
use crate::search::{Series, SeriesLine, SeriesPoint};

/// Points of one line whose quotes are listed: the latest ones.
const MAX_POINTS: usize = 100;

/// The points on which articles differ, with a quote of each value; nothing where there are none.
pub(super) fn differences(lang: Lang, series: &Series) -> Markup {
    let (differing, more) = latest(series, SeriesPoint::is_conflict);
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
                (left_out(lang, more))
            }
        }
    }
}

/// The quotes of all values, folded.
pub(super) fn quotes(lang: Lang, series: &Series) -> Markup {
    let (listed, more) = latest(series, |_| true);
    let number = number(listed.len() as u64);
    html! {
        details.quotes {
            summary { (lang.of(
                format!("逐条出处（{number}）"),
                format!("The quote of each value ({number})"),
            )) }
            (left_out(lang, more))
            @for (line, point) in listed { (quoted(lang, line, point)) }
        }
    }
}

/// The latest points of each line that are meant, and how many are left out.
fn latest(
    series: &Series,
    is_meant: impl Fn(&SeriesPoint) -> bool,
) -> (Vec<(&SeriesLine, &SeriesPoint)>, usize) {
    let (mut listed, mut left_out) = (Vec::new(), 0);
    for line in &series.lines {
        let meant: Vec<&SeriesPoint> = line.points.iter().filter(|point| is_meant(point)).collect();
        let earlier = meant.len().saturating_sub(MAX_POINTS);
        left_out += earlier;
        listed.extend(meant.into_iter().skip(earlier).map(|point| (line, point)));
    }
    (listed, left_out)
}

fn left_out(lang: Lang, more: usize) -> Markup {
    html! {
        @if more > 0 {
            p.small.soft { (lang.of(
                format!("较早的 {more} 处未列出，下载的文件中有。"),
                format!("Left out here, and in the download: {more} earlier ones."),
            )) }
        }
    }
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
