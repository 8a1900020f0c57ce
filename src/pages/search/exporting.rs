//! The dialog by which hits are taken along, all of them or those that are chosen, and the bar above the
//! hits that leads to it. One form, to which the boxes beside the hits belong; it needs no script.

use maud::{Markup, html};

use crate::export::{CitationStyle, Format};
use crate::model::Record;
use crate::pages::layout::formats::{FormatGroup, purpose, style_name};
use crate::pages::layout::links;
use crate::present::words;
use crate::present::{Lang, SearchParams};

/// The form that boxes beside hits belong to.
const FORM: &str = "export-form";

/// The format that is chosen at first.
const FIRST: Format = Format::Csv;

/// The dialog. `total`: the articles that match.
pub(crate) fn dialog(lang: Lang, params: &SearchParams, total: u64) -> Markup {
    html! {
        details #export.tool.export {
            summary.button { (lang.of("导出", "Export")) }
            form.panel id=(FORM) action="/export" method="get" data-export
                aria-label=(lang.of("导出", "Export")) {
                @for (name, value) in links::export_fields(params) {
                    input type="hidden" name=(name) value=(value);
                }
                @for group in FormatGroup::ALL { (formats(lang, group)) }
                (card_options(lang))
                (style_options(lang))
                p.actions {
                    @if total > 0 {
                        button.main type="submit" name="scope" value="all" data-articles=(total) {
                            (lang.of("导出全部 ", if total == 1 { "Export " } else { "Export all " }))
                            (words::articles(lang, total))
                        }
                    }
                    button type="submit" name="scope" value="chosen" data-chosen {
                        (lang.of("导出所选", "Export the selected"))
                        span data-chosen-count {}
                    }
                }
                p.small.soft { (lang.of(
                    "先在结果前勾选，再导出所选；限本页的结果。",
                    "Tick results first to export the selected; those of this page.",
                )) }
                p.small.soft {
                    button type="submit" name="manifest" value="true" {
                        (lang.of("下载导出清单", "Download the manifest"))
                    }
                    " "
                    (lang.of(
                        "记录所选格式的检索条件、篇数、库的状态和文件校验值；勾选了结果时为所选的清单。",
                        "What an export in this format is of: search, counts, state of the archive and \
                         checksum; of the selected results, if there are any.",
                    ))
                }
                // Filled by the script while a long export is on its way.
                div.progress hidden data-progress {
                    progress aria-label=(lang.of("导出进度", "Progress of the export")) {}
                    span data-received {}
                    button type="button" data-stop { (lang.of("取消", "Cancel")) }
                }
            }
        }
    }
}

/// Whether articles are cited in a style in this format.
fn cites(format: Format) -> bool {
    format.is_cards() || matches!(format, Format::Cite | Format::Markdown)
}

fn formats(lang: Lang, group: FormatGroup) -> Markup {
    html! {
        fieldset {
            legend { (group.name(lang)) }
            @for format in group.formats() {
                label.option {
                    input type="radio" name="format" value=(format.as_str())
                        checked[format == FIRST] data-cards[format.is_cards()] data-cites[cites(format)];
                    span {
                        strong { (format.name()) }
                        " " span.soft { (purpose(lang, format)) }
                    }
                }
            }
        }
    }
}

/// What is asked of reading cards alone; it shows when one of them is chosen.
fn card_options(lang: Lang) -> Markup {
    let options = [
        ("false", lang.of("全文", "Whole text")),
        ("true", lang.of("仅匹配处及其上下文", "Only the passages that match, with context")),
    ];
    html! {
        fieldset.card-options {
            legend { (lang.of("卡片内容", "What cards contain")) }
            @for (value, said) in options {
                label.option {
                    input type="radio" name="excerpt" value=(value) checked[value == "false"];
                    span { (said) }
                }
            }
        }
    }
}

/// How articles are cited, where they are; it shows when a format that cites is chosen.
fn style_options(lang: Lang) -> Markup {
    html! {
        p.style-options {
            label {
                (lang.of("引文样式 ", "Citation style "))
                select name="style" { (style_choices(lang, CitationStyle::BUILT_IN[0])) }
            }
        }
    }
}

/// The styles of the standard.
pub(crate) fn style_choices(lang: Lang, chosen: &str) -> Markup {
    html! {
        @for name in CitationStyle::BUILT_IN {
            option value=(name) selected[name == chosen] { (style_name(lang, name)) }
        }
    }
}

/// What is done with the hits that are chosen.
pub(crate) fn selection_bar(lang: Lang) -> Markup {
    html! {
        div.selection role="group" aria-label=(lang.of("所选结果", "Selected results")) {
            // Without a script each box is ticked by itself.
            label.pick-all hidden data-pick-all {
                input type="checkbox";
                span { (lang.of("全选本页", "Select this page")) }
            }
            a.button href={ "#" (FORM) } data-open-export { (lang.of("导出所选…", "Export selected…")) }
            button type="submit" form=(FORM) formaction="/cite" data-chosen {
                (lang.of("引用所选", "Cite selected"))
            }
        }
    }
}

/// The box beside a hit.
pub(crate) fn pick(lang: Lang, record: &Record) -> Markup {
    let name = words::name(record);
    html! {
        label.pick {
            input type="checkbox" name="ids" value=(record.id) form=(FORM) autocomplete="off"
                aria-label=(lang.of(format!("选择：{name}"), format!("Select: {name}")));
        }
    }
}
