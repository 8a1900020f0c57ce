//! Tools beside the lines of a file: an article begins here, goes on the one before; these lines are
//! something else.

use maud::{Markup, html};

use super::EditView;
use crate::model::{ArticleId, LineRole};
use crate::pages::layout::links;
use crate::present::words;
use crate::present::{Lang, SourceLine};

/// The form that all tools of a page belong to.
const FORM: &str = "lines-form";

/// What lines can be said to be, those that are most often missed first.
const ROLES: [LineRole; 15] = [
    LineRole::Banner,
    LineRole::Advertisement,
    LineRole::Section,
    LineRole::Front,
    LineRole::Contents,
    LineRole::Colophon,
    LineRole::Boilerplate,
    LineRole::Kicker,
    LineRole::Title,
    LineRole::Subtitle,
    LineRole::Body,
    LineRole::Subheading,
    LineRole::Table,
    LineRole::Credit,
    LineRole::Docno,
];

/// The form, with the roles that chosen lines can be given. Its other buttons are in the table.
pub(crate) fn toolbar(lang: Lang, view: &EditView, file: &str) -> Markup {
    html! {
        form.line-tools id=(FORM) method="post" action=(links::EDIT_LINES) {
            (view.hidden_of_file())
            input type="hidden" name="file" value=(file);
            // Enter on a ticked line presses the first button of a form, which shall do nothing.
            button type="submit" disabled hidden { (lang.of("请选择如何处理", "Choose what to do")) }
            fieldset {
                legend { (lang.of("所选各行是", "The chosen lines are")) }
                @for role in ROLES {
                    button.small type="submit" name="do" value={ "role:" (word(role)) } {
                        (words::role(lang, role))
                    }
                }
            }
            p.soft.small {
                (lang.of(
                    "先勾选行（按住 Shift 可选一段），再点类别。一篇文章从某行开始，点该行的“从此分篇”。",
                    "Tick lines (Shift ticks a run), then choose what they are. Where an article begins, press “begin here”.",
                ))
            }
        }
    }
}

/// The cell of a line; `can_begin` where it is in an article that begins before it, or in none.
pub(crate) fn cell(lang: Lang, line: &SourceLine, can_begin: bool) -> Markup {
    if line.role == Some(LineRole::Blank) {
        return html! { td {} };
    }
    let (row, number) = (line.row, line.number);
    html! {
        td.tools {
            input type="checkbox" form=(FORM) name="row" value=(row) data-row=(row)
                aria-label=(lang.of(format!("选择第 {number} 行"), format!("Choose line {number}")));
            @if can_begin {
                button.small type="submit" form=(FORM) name="do" value={ "begins:" (row) }
                    aria-label=(lang.of(
                        format!("从此分篇：第 {number} 行"), format!("begin here: line {number}"),
                    )) {
                    (lang.of("从此分篇", "begin here"))
                }
            }
        }
    }
}

/// The button that has an article go on the one before it.
pub(crate) fn join(lang: Lang, id: &ArticleId) -> Markup {
    html! {
        " " button.small type="submit" form=(FORM) name="do" value={ "joins:" (id) } {
            (lang.of("接上篇", "join with the one before"))
        }
    }
}

/// The word for a role in a form.
fn word(role: LineRole) -> String {
    // Roles are written as words.
    serde_json::to_value(role)
        .ok()
        .and_then(|word| word.as_str().map(str::to_owned))
        .unwrap_or_default()
}
