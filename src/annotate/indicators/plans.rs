//! Which stretch of a text tells what is to be done.

use std::sync::LazyLock;

use regex::Regex;

/// Whether a text speaks of what is to be done from a sentence on: 今年, 某市将 …. Until a sentence speaks
/// of what was.
pub(super) fn goes_on_with_plans(sentence: &str, before: bool) -> bool {
    static BEGINS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("^(?:20[0-9]{2}年|今年|明年|下一步|下步|接下来|新的一年|下一阶段)[,，;；]?[^,，;；。]{0,12}[,，;；]?[^,，;；。]{0,12}将")
            .expect("a constant pattern")
    });
    static PAST: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("去年|上年|过去|以来|截至|截止|目前|已|同比|[^,;。]了|20[0-9]{2}年|[0-9一二三四]季度|[0-9]月")
            .expect("a constant pattern")
    });
    let sentence = sentence.trim_start();
    BEGINS.is_match(sentence) || before && !PAST.is_match(sentence)
}
