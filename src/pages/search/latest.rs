//! The latest figures of a district, beside the articles about it.

use maud::{Markup, html};

use crate::pages::layout::links;
use crate::present::words::{figure_change, figure_value, period_label, preliminary};
use crate::present::{Lang, SeriesParams};
use crate::search::StatedFigure;

/// The card; nothing where no figure is known.
pub(crate) fn latest(lang: Lang, district: &str, figures: &[StatedFigure]) -> Markup {
    html! {
        @if !figures.is_empty() {
            section.latest aria-labelledby="latest" {
                h2 #latest {
                    bdi lang=(Lang::Zh.tag()) { (district) }
                    (lang.of("：最新指标", ": latest figures"))
                }
                ul { @for stated in figures { (figure(lang, stated)) } }
            }
        }
    }
}

fn figure(lang: Lang, StatedFigure { record, row, is_conflict }: &StatedFigure) -> Markup {
    let series = links::series(&SeriesParams::with(row));
    let period = row.period.as_ref().and_then(|of| period_label(of.from, of.to));
    let change = row.change.as_ref().map(|change| figure_change(lang, change));
    html! {
        li {
            a.small lang=(Lang::Zh.tag()) href=(series) { (row.name) }
            a.value href=(links::figure(&record.id, &row.id)) title=(row.quote) {
                @match figure_value(row) {
                    Some(value) => span lang=(Lang::Zh.tag()) { (value) },
                    None => @if let Some(change) = &change { (change) },
                }
            }
            span.small.soft {
                @if *is_conflict {
                    a.differs href=(series) title=(lang.of("各篇文章数值不一", "Articles differ")) { "≠" } " "
                }
                @if let Some(period) = period { (period) }
                @if let Some(change) = change.filter(|_| row.value.is_some()) { " · " (change) }
                @if row.preliminary { " · " (preliminary(lang)) }
            }
        }
    }
}
