//! What the marks at doubtful words mean, and a switch for them.

use maud::{Markup, html};

use crate::model::Record;
use crate::present::{Lang, words};

/// The legend above the text; nothing where no word is doubtful. The switch works by styles alone.
pub(super) fn legend(lang: Lang, record: &Record) -> Markup {
    let found = record.doubtful.len();
    let count = words::number(found as u64);
    let noun = if found == 1 { "word" } else { "words" };
    html! {
        @if !record.doubtful.is_empty() {
            p.legend.small lang=(lang.tag()) {
                label {
                    input #show-doubtful type="checkbox" checked;
                    " " (lang.of("标出存疑的字词", "Mark doubtful words"))
                }
                " " (lang.of(
                    format!("程序识别时把握不大的有 {count} 处，下有波浪线，版面图像上为虚线框；请与印面核对。"),
                    format!(
                        "{count} {noun} recognised with low confidence: a wavy line, a dashed frame on the page \
                         image. Compare them with the print."
                    ),
                ))
            }
        }
    }
}
