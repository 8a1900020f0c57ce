//! Which stretch of a text tells what is to be done.

use std::sync::LazyLock;

use regex::Regex;

/// Whether a text speaks of what is to be done from a sentence on, by its folded words: 今年, 某市将 …. Until
/// a sentence speaks of what was. `year` is that of the article: what will be done is of no year before.
pub(super) fn goes_on_with_plans(sentence: &str, before: bool, year: Option<i16>) -> bool {
    static PAST: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("去年|上年|过去|以来|截至|截止|目前|已|同比|[^,;。]了")
            .expect("a constant pattern")
    });
    static TIME: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("20[0-9]{2}年|[0-9一二三四]季度|[0-9]月").expect("a constant pattern")
    });
    let sentence = sentence.trim_start();
    let is_past = PAST.is_match(sentence);
    if begins_plan(sentence, year) {
        return !is_past;
    }
    before && !is_past && !TIME.is_match(sentence)
}

/// Whether a sentence begins with a time to come and says that somebody will do something in it.
fn begins_plan(sentence: &str, article_year: Option<i16>) -> bool {
    static BEGINS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("^(?:(?P<year>20[0-9]{2})年|今年|明年|下一步|下步|接下来|新的一年|下一阶段)[,;]?[^,;。一二三四0-9]{0,12}将(?P<rest>[^,;。]*)")
            .expect("a constant pattern")
    });
    let Some(captures) = BEGINS.captures(sentence) else { return false };
    let year = captures.name("year").and_then(|year| year.as_str().parse::<i16>().ok());
    let is_over = year.zip(article_year).is_some_and(|(year, of)| year < of);
    let rest = &captures["rest"];
    // 将环保作为 …, 将 32个村纳入 …: the object of what is done, and 将近.
    let is_object = ["作为", "纳入", "列入", "视为", "当作", "定为", "由", "从"];
    let is_object = rest.starts_with('近') || is_object.iter().any(|verb| rest.contains(verb));
    !is_over && !is_object
}

/// Verbs with which a clause of a plan begins.
const TASKS: [&str; 24] = [
    "新增",
    "新建",
    "新改建",
    "新培育",
    "培育",
    "打造",
    "建成",
    "创建",
    "完成",
    "实施",
    "推进",
    "推动",
    "引进",
    "改造",
    "开工",
    "建设",
    "争取",
    "发展",
    "认定",
    "申报",
    "招引",
    "签约",
    "谋划",
    "支持",
];

/// Whether a clause tells a task: what else a plan says is what there is.
pub(super) fn is_task(clause: &str) -> bool {
    TASKS.iter().any(|verb| clause.trim_start().starts_with(verb))
}
