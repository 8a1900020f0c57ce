//! Tells the day an article speaks of from the days it only mentions: deadlines, plans, birthdays,
//! days since which something has gone on.

use crate::model::Span;

/// Words right before a day that make it a plan, a beginning or a deadline.
const BEFORE: &[&str] = &[
    "截至",
    "截止",
    "截止到",
    "截至到",
    "自",
    "自从",
    "到",
    "至",
    "直到",
    "直至",
    "每年",
    "每年的",
    "历年",
    "逢",
    "每",
    "按照",
    "预计",
    "力争",
    "确保",
    "争取",
    "生于",
    "成立于",
    "建于",
    "创办于",
    "创刊于",
    "不迟于",
    "早于",
    "晚于",
    "農曆",
    "农历",
    "止于",
    "纪念",
    "庆祝",
    "不晚于",
    "较",
    "时间：",
    "时间:",
    "时间为",
    "期限为",
    "比",
];

/// Words anywhere in the clause before a day that make it a plan, or one of several days.
const IN_CLAUSE: &[&str] =
    &["将", "將", "拟", "擬", "计划", "先后", "先後", "届时", "定于", "定於"];

/// Words right after a day that make it a deadline, a beginning or a birthday.
const AFTER: &[&str] = &[
    "前",
    "之前",
    "以前",
    "止",
    "为止",
    "截止",
    "以来",
    "以來",
    "后",
    "之后",
    "以后",
    "後",
    "之後",
    "出生",
    "诞生",
    "生,",
    "生，",
    "施行",
    "起施行",
    "起实施",
    "起執行",
    "起执行",
    "正式施行",
    "生效",
    "起生效",
    "到期",
    "期满",
    "成立",
    "诞辰",
    "创刊",
    "到来",
    "来临",
    "临近",
    "即将",
];

/// Words that begin like those of `AFTER` and mean something else.
const NOT_AFTER: &[&str] = &["前往", "前来", "前夕", "前后", "前後", "后勤", "成立大会"];

/// Whether the day at `span` is only mentioned in `text`, a paragraph.
#[must_use]
pub fn is_background(text: &str, span: &Span) -> bool {
    let before = text.get(..span.start).unwrap_or_default().trim_end();
    let after = text.get(span.end..).unwrap_or_default().trim_start();
    if BEFORE.iter().any(|word| before.ends_with(word)) && !before.ends_with("来自") {
        return true;
    }
    let clause = clause_before(before);
    if IN_CLAUSE.iter().any(|word| clause.contains(word)) {
        return true;
    }
    // 从2月1日起 is a beginning; 从2月1日召开的会议上获悉 is news.
    let begins = clause.ends_with('从') || clause.ends_with('從');
    if begins
        && ["起", "开始", "開始", "至", "到", "以来"].iter().any(|word| after.starts_with(word))
    {
        return true;
    }
    if AFTER.iter().any(|word| after.starts_with(word))
        && !NOT_AFTER.iter().any(|word| after.starts_with(word))
    {
        return true;
    }
    // A day in quotation marks of its own is a name.
    before.ends_with(['“', '《', '「', '『', '"'])
        && after.starts_with(['”', '》', '」', '』', '"'])
}

/// Whether the day at `span` belongs to a dateline: 新华社郑州2月9日电, 本报2月9日讯.
#[must_use]
pub fn is_dateline(text: &str, span: &Span) -> bool {
    let after = text.get(span.end..).unwrap_or_default().trim_start();
    after.starts_with(['电', '電', '讯', '訊']) && span.start < 150
}

/// Whether words stand inside quotation marks: what a speaker calls 昨天 is not the paper's.
#[must_use]
pub fn is_quoted(text: &str, span: &Span) -> bool {
    let before = text.get(..span.start).unwrap_or_default();
    let count = |marks: [char; 2]| before.matches(marks).count();
    count(['“', '「']) > count(['”', '」'])
}

/// Whether a day that is named by its number alone (9日) reads as a day: 记者9日获悉, 9日上午.
#[must_use]
pub fn reads_as_day(text: &str, span: &Span) -> bool {
    let before = text.get(..span.start).unwrap_or_default().trim_end();
    let after = text.get(span.end..).unwrap_or_default().trim_start();
    before.ends_with(['者', '于', '於', '社', '网'])
        || after.starts_with([
            '，', ',', '电', '電', '讯', '訊', '上', '下', '中', '晚', '早', '凌', '从', '从',
            '在', '发', '召', '举', '表', '报', '宣', '获', '夜', '傍', '午', '清',
        ])
}

/// The words of the clause that `before` ends in; at most a dozen characters.
fn clause_before(before: &str) -> &str {
    let start = before
        .char_indices()
        .rev()
        .take(12)
        .take_while(|(_, c)| !"。；，,！？：:“”（）()《》\n".contains(*c))
        .last()
        .map_or(before.len(), |(at, _)| at);
    before.get(start..).unwrap_or_default()
}
