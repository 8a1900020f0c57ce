//! What people decided about an article, for readers: by whom, when, and what was there before.

use maud::{Markup, html};

use crate::model::Record;
use crate::present::Lang;
use crate::present::words::applied_correction;

/// The decisions that count; of misread characters also what is printed.
pub(super) fn corrected(lang: Lang, record: &Record) -> Markup {
    html! {
        @if !record.corrections.is_empty() {
            section.corrected aria-labelledby="corrected" {
                h2 #corrected { (lang.of("人工更正", "Corrected by hand")) }
                ul.plain.small {
                    @for applied in &record.corrections {
                        li { (applied_correction(lang, applied)) }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{AppliedCorrection, EntryId};
    use crate::pages::testing::sample::sample;

    #[test]
    fn who_decided_and_what_was_there_is_said_to_readers() {
        assert_eq!(corrected(Lang::Zh, &sample()).into_string(), "");
        let applied = AppliedCorrection {
            entry: EntryId("abcdefghijkl".into()),
            field: "text".into(),
            now: "己 → 已".into(),
            was: String::new(),
            by: "<王芳>".into(),
            at: "2024-05-06T07:08:09Z".parse().expect("a time"),
            why: String::new(),
        };
        let record = Record { corrections: vec![applied], ..sample() };
        for lang in Lang::ALL {
            let shown = corrected(lang, &record).into_string();
            assert!(shown.contains("&lt;王芳&gt;") && shown.contains("2024-05-06"), "{shown}");
            assert!(shown.contains("己 → 已"), "{shown}");
        }
    }
}
