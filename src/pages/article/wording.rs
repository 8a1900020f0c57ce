//! What is printed where people corrected the words.

use maud::{Markup, html};

use crate::model::Record;
use crate::present::{Lang, words};

/// The words as they are now, each with what is printed; nothing where nothing was corrected.
pub(crate) fn wording(lang: Lang, record: &Record) -> Markup {
    let places = words::wording(lang, record);
    html! {
        @if !places.is_empty() {
            section aria-labelledby="wording" {
                h2 #wording { (lang.of("原印文字", "Printed wording")) }
                ul { @for place in &places { li { (place) } } }
                p.soft { (lang.of(
                    "按原印的字也能检索到此文。", "A search for the printed words finds the article, too.",
                )) }
            }
        }
    }
}
