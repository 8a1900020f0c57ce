//! The numbers that an article states, each with a link to its words.

use maud::{Markup, html};

use super::evidence::EvidencePlaces;
use crate::model::{Indicator, Record};
use crate::pages::layout::links;
use crate::present::words::{
    figure_change, figure_status, figure_value, period_label, preliminary,
};
use crate::present::{Lang, SeriesParams};

/// The table; nothing where the article states none.
pub(super) fn figures(lang: Lang, record: &Record, read: &EvidencePlaces) -> Markup {
    if record.indicators.is_empty() {
        return html! {};
    }
    html! {
        section.figures aria-labelledby="figures" {
            h2 #figures { (lang.of("指标数值", "Figures")) }
            div.scroll tabindex="0" role="group" aria-labelledby="figures" { table {
                thead { tr {
                    th scope="col" { (lang.of("指标", "Indicator")) }
                    th scope="col" { (lang.of("数值", "Value")) }
                    th scope="col" { (lang.of("增减", "Change")) }
                    th scope="col" { (lang.of("时段", "Period")) }
                    th scope="col" { (lang.of("地区", "District")) }
                } }
                tbody { @for row in &record.indicators { (table_row(lang, row, read)) } }
            } }
            p.small { (lang.of(
                "数值由程序读出，以原文为准。",
                "Read by rules; the words of the text are the proof.",
            )) }
        }
    }
}

fn table_row(lang: Lang, row: &Indicator, read: &EvidencePlaces) -> Markup {
    let period = row.period.as_ref();
    // Where the text has no place for it, a link to the figure leads here.
    let own = (!read.has_figure(row)).then(|| links::figure_anchor(&row.id));
    html! { tr id=[own] {
        th scope="row" {
            a href=(links::series(&SeriesParams::with(row))) lang=(Lang::Zh.tag()) { (row.name) }
            @if let Some(status) = figure_status(lang, row.status) { " " span.small { (status) } }
            @if row.preliminary { " " span.small { (preliminary(lang)) } }
            div.small { (read.quoted_figure(lang, row)) }
        }
        td.number lang=(Lang::Zh.tag()) { @if let Some(value) = figure_value(row) { (value) } }
        td.number { @if let Some(change) = &row.change { (figure_change(lang, change)) } }
        td { @if let Some(period) = period.and_then(|of| period_label(of.from, of.to)) { (period) } }
        td lang=(Lang::Zh.tag()) { @if let Some(of) = &row.district { (of.name) } }
    } }
}
