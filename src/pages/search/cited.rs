//! The citations of articles that were chosen among the hits.

use maud::{Markup, html};

use super::exporting::style_choices;
use crate::export::CitationStyle;
use crate::model::Record;
use crate::pages::layout::formats::uncited;
use crate::pages::layout::frame::{Frame, frame};
use crate::pages::layout::links;
use crate::present::{Lang, SearchParams};

/// The page. `params`: the search that the articles were chosen from.
#[must_use]
pub fn cited(
    about: &Frame,
    params: &SearchParams,
    records: &[Record],
    style: &CitationStyle,
) -> Markup {
    let lang = about.lang;
    let title = lang.of("引文", "Citations");
    let main = html! {
        @if *params != SearchParams::default() {
            nav.trail.screen-only aria-label=(lang.of("检索结果", "Search results")) {
                a href=(links::search(params)) {
                    "← " (lang.of("返回检索结果", "Back to results"))
                }
            }
        }
        h1 { (title) }
        form.screen-only action="/cite" method="get" {
            @for (name, value) in links::export_fields(params) {
                input type="hidden" name=(name) value=(value);
            }
            @for record in records { input type="hidden" name="ids" value=(record.id); }
            label {
                (lang.of("引文样式 ", "Citation style "))
                select name="style" { (style_choices(lang, style.name())) }
            }
            " "
            button type="submit" { (lang.of("更换样式", "Change style")) }
        }
        // What is copied is the text, a citation a line.
        ol #citations.citations lang=(Lang::Zh.tag()) {
            @for (number, record) in (1..).zip(records) {
                li {
                    a href=(links::article(&record.id, None)) {
                        @match style.cite(record, number) {
                            Ok(cited) => (cited.text),
                            Err(_) => (uncited(lang, record)),
                        }
                    }
                }
                "\n"
            }
        }
        p.screen-only {
            button type="button" data-copy="citations" {
                (lang.of("复制全部引文", "Copy all citations"))
            }
        }
        p.small.soft { (lang.of(
            "引用前请对照原文件核对。推断的日期在引文中置于方括号内。",
            "Before citing, check each article against its source. A date that was inferred stands in square brackets.",
        )) }
    };
    frame(about, title, &main)
}
