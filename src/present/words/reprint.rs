//! Why an article counts as a reprint, in words of both languages.

use crate::model::ReprintEvidence;
use crate::present::Lang;

/// What speaks for it, and what is not the same: `较短一篇有 92% 的文字成段相同，数字一致，同一天`.
#[must_use]
pub fn reprint_evidence(lang: Lang, evidence: &ReprintEvidence) -> String {
    let ReprintEvidence { shared, other_numbers, other_words, days_apart } = *evidence;
    let percent = f64::from(shared) * 100.0;
    let mut parts = vec![lang.of(
        format!("较短一篇有 {percent:.0}% 的文字成段相同"),
        format!("{percent:.0}% of the shorter text in common passages"),
    )];
    parts.push(match other_numbers {
        0 => lang.of("数字一致", "the same numbers").to_owned(),
        1 => lang.of("1 个数字不同", "1 number differs").to_owned(),
        many => lang.of(format!("{many} 个数字不同"), format!("{many} numbers differ")),
    });
    match other_words {
        0 => {}
        1 => parts.push(lang.of("1 处用词不同", "1 word replaced").to_owned()),
        many => parts.push(lang.of(format!("{many} 处用词不同"), format!("{many} words replaced"))),
    }
    match days_apart {
        None => parts.push(lang.of("日期不详", "days unknown").to_owned()),
        Some(0) => parts.push(lang.of("同一天", "the same day").to_owned()),
        Some(1) => parts.push(lang.of("相隔 1 天", "1 day apart").to_owned()),
        Some(days) => parts.push(lang.of(format!("相隔 {days} 天"), format!("{days} days apart"))),
    }
    parts.join(lang.of("，", ", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_the_same_and_what_is_not_is_said_in_both_languages() {
        let evidence = ReprintEvidence {
            shared: 0.918,
            other_numbers: 0,
            other_words: 2,
            days_apart: Some(1),
        };
        assert_eq!(
            reprint_evidence(Lang::Zh, &evidence),
            "较短一篇有 92% 的文字成段相同，数字一致，2 处用词不同，相隔 1 天"
        );
        assert_eq!(
            reprint_evidence(Lang::En, &evidence),
            "92% of the shorter text in common passages, the same numbers, 2 words replaced, 1 day apart"
        );
    }
}
