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
                    span lang=(Lang::Zh.tag()) { (district) }
                    (lang.of("：最新指标", ": latest figures"))
                }
                ul { @for stated in figures { (figure(lang, district, stated)) } }
            }
        }
    }
}

fn figure(lang: Lang, district: &str, StatedFigure { record, row }: &StatedFigure) -> Markup {
    let series = SeriesParams {
        name: row.name.clone(),
        district: vec![
            row.district.as_ref().map_or_else(|| district.to_owned(), |of| of.name.clone()),
        ],
        ..SeriesParams::default()
    };
    let period = row.period.as_ref().and_then(|of| period_label(of.from, of.to));
    let change = row.change.as_ref().map(|change| figure_change(lang, change));
    let (value, beside) = match figure_value(row) {
        Some(value) => (value, change),
        None => (change.unwrap_or_default(), None),
    };
    html! {
        li {
            a.small lang=(Lang::Zh.tag()) href=(links::series(&series))
                title=(lang.of("历年数值", "Over time")) { (row.name) }
            a.value lang=(Lang::Zh.tag()) href=(links::figure(&record.id, &row.id)) title=(row.quote) {
                (value)
            }
            span.small.soft {
                @if let Some(period) = period { (period) }
                @if let Some(change) = beside { " · " (change) }
                @if row.preliminary { " · " (preliminary(lang)) }
            }
        }
    }
}
