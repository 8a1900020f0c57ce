//! Tells the day of the news from days that an article merely mentions: deadlines, plans,
//! birthdays, beginnings of something that goes on.

use super::lead::beginning;
use crate::model::Span;
use crate::text::numerals;

/// The role of a day that a text names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayRole {
    /// It can be the day of the news.
    News,
    /// The day on which something begins, for which it is planned, or up to which it is reported.
    /// Used as the day of the news if no other is named.
    Around,
    /// A deadline, a birthday, or one of a series.
    Mentioned,
}

/// Words right before a day that make it a deadline, a birthday or an annual day.
const BEFORE: &[&str] = &[
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
    "日期为",
    "期限为",
    "时间从",
    "时间自",
    "活动时间",
    "报名时间",
    "公示时间",
    "展出时间",
    "施工时间",
    "封闭时间",
    "公示期",
    "公示期为",
    "公示期限",
    "公示期限为",
    "期限：",
    "比",
];

/// Words right before a day up to which something is reported.
const UP_TO: &[&str] = &["截至", "截止", "截止到", "截至到", "到", "至", "直到", "直至"];

/// Words that make the days after them, to the end of the sentence, a forecast.
const FORECAST: &[&str] = &["预计", "預計", "预报", "預報", "预测", "預測"];

/// Words right after a day that make it a plan: 8月18日将开幕.
const TO_COME: &[&str] = &["将", "將", "拟", "擬", "即将", "即將"];

/// Words in the rest of the sentence that report a state reached by that day.
const REACHED: &[&str] = &["已", "累计", "累計", "共", "全部", "完成", "完毕", "完畢"];

/// Words right after a day from which something goes on.
const ONWARDS: &[&str] = &["起", "开始", "開始", "至", "到"];

/// Words anywhere in the clause before a day that make it a plan.
const PLANNED: &[&str] = &["将", "將", "拟", "擬", "计划", "届时", "定于", "定於", "订于", "訂於"];

/// Words anywhere in the clause before a day that make it one of several.
const SEVERAL: &[&str] = &["先后", "先後"];

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
];

/// Words that begin like those of `AFTER` but mean something else.
const NOT_AFTER: &[&str] = &["前往", "前来", "前夕", "前后", "前後", "后勤", "成立大会"];

/// Words that end a clause about an event that is over: 8月3日大会过后.
const IS_OVER: &[&str] = &["过后", "過後", "以来", "以來"];

/// The most bytes after a day that are searched as its sentence (some 100 characters).
const SENTENCE_REACH: usize = 300;

/// Whether the day at `span` of `text`, a paragraph, is not the day of the news.
#[must_use]
pub fn is_background(text: &str, span: &Span) -> bool {
    day_role(text, span) != DayRole::News
}

/// The role of the day at `span` of `text`, a paragraph.
#[must_use]
pub fn day_role(text: &str, span: &Span) -> DayRole {
    let before = text.get(..span.start).unwrap_or_default().trim_end();
    let after = text.get(span.end..).unwrap_or_default().trim_start();
    let ends = |words: &[&str]| words.iter().any(|word| before.ends_with(word));
    let behind = behind_hour(after);
    let starts = |words: &[&str]| words.iter().any(|word| behind.starts_with(word));
    // A day that is quoted by itself is a name.
    let quoted = before.ends_with(['“', '《', '「', '『', '"'])
        && after.starts_with(['”', '》', '」', '』', '"']);
    let clause = clause_before(before);
    let holds = |words: &[&str]| words.iter().any(|word| clause.contains(word));
    let rest_of_clause = after.split(['，', '。', '；', '、', '！', '？', '\n']).next();
    let is_over = rest_of_clause
        .is_some_and(|rest| rest.len() < 60 && IS_OVER.iter().any(|word| rest.ends_with(word)));
    let after_word = starts(AFTER) && !starts(NOT_AFTER);
    if quoted || ends(BEFORE) || after_word || is_over || holds(SEVERAL) {
        return DayRole::Mentioned;
    }
    // 截至8月10日19时18分 is the time of writing.
    if ends(UP_TO) && !names_hour(after) {
        let rest = beginning(after, SENTENCE_REACH);
        let rest = rest.split(['。', '！', '？']).next().unwrap_or_default();
        let reached = REACHED.iter().any(|word| rest.contains(word));
        return if reached { DayRole::Around } else { DayRole::Mentioned };
    }
    // 从2月1日起 is a beginning; 从2月1日召开的会议上获悉 and 来自2月1日 state the day of the news.
    let from = before.ends_with(['从', '從']);
    let since = before.ends_with('自') && !before.ends_with("来自") || before.ends_with("自从");
    let begins = since || from && starts(ONWARDS);
    let begins = begins || starts(&["期间", "期間"]);
    if begins || is_planned(text, span) || is_earlier(before) {
        DayRole::Around
    } else {
        DayRole::News
    }
}

/// Whether what is to come on the day at `span` is planned or forecast.
#[must_use]
pub fn is_planned(text: &str, span: &Span) -> bool {
    let before = text.get(..span.start).unwrap_or_default().trim_end();
    let after = text.get(span.end..).unwrap_or_default().trim_start();
    let clause = clause_before(before);
    let sentence = before.rsplit(['。', '！', '？', '\n']).next().unwrap_or_default();
    PLANNED.iter().any(|word| clause.contains(word))
        || FORECAST.iter().any(|word| sentence.contains(word))
        || TO_COME.iter().any(|word| after.starts_with(word))
}

/// Whether it is said right beside the day at `span` that something is set for it: 将于8月17日上市,
/// 8月17日将上市. 原定于8月17日 tells of an older plan.
#[must_use]
pub fn is_set_for(text: &str, span: &Span) -> bool {
    const SET_FOR: [&str; 12] = [
        "将于", "将在", "将从", "将自", "拟于", "定于", "订于", "將於", "將在", "擬於", "定於",
        "訂於",
    ];
    let before = text.get(..span.start).unwrap_or_default().trim_end();
    let after = text.get(span.end..).unwrap_or_default().trim_start();
    let is_set = SET_FOR.iter().any(|word| before.ends_with(word))
        || TO_COME.iter().any(|word| after.starts_with(word));
    is_set && !is_earlier(before)
}

/// Whether the words just before a day, a dozen characters of its sentence, tell of what was before the
/// news.
fn is_earlier(before: &str) -> bool {
    const EARLIER: [&str; 9] =
        ["此前", "原定", "原计划", "原計劃", "早前", "曾于", "曾於", "曾在", "在此之前"];
    let sentence = before.rsplit(['。', '！', '？', '\n']).next().unwrap_or_default();
    let start = sentence.char_indices().rev().take(12).last().map_or(0, |(at, _)| at);
    let words = sentence.get(start..).unwrap_or_default();
    EARLIER.iter().any(|word| words.contains(word))
}

/// Whether the sentence goes on to say that something was published on the day at `span`.
#[must_use]
pub fn says_published(text: &str, span: &Span) -> bool {
    const PUBLISHED: [&str; 8] = ["发布", "公布", "通报", "印发", "披露", "發布", "公佈", "通報"];
    let after = beginning(text.get(span.end..).unwrap_or_default(), SENTENCE_REACH);
    let clause = after.split(['。', '！', '？', '：', '\n']).next().unwrap_or_default();
    PUBLISHED.iter().any(|word| clause.contains(word))
}

/// Whether a text begins with an hour: 19时18分, 24点, 上午8时.
fn names_hour(after: &str) -> bool {
    behind_hour(after) != after
}

/// What follows an hour that a text begins with; all of it if it begins with none.
fn behind_hour(text: &str) -> &str {
    let after = ["凌晨", "早上", "上午", "中午", "下午", "晚上", "晚"]
        .iter()
        .find_map(|part| text.strip_prefix(part))
        .unwrap_or(text);
    let number = |text: &str| text.len() - text.trim_start_matches(numerals::is_numeral).len();
    let hour = number(after);
    let Some(rest) = after.get(hour..).and_then(|rest| {
        rest.strip_prefix(['时', '時', '点', '點', ':', '：']).filter(|_| hour > 0)
    }) else {
        return text;
    };
    let minutes = rest.get(number(rest)..).unwrap_or_default();
    minutes.strip_prefix('分').unwrap_or(minutes)
}

/// Whether the day at `span` belongs to a dateline: 新华社郑州2月9日电, 本报2月9日讯, 某网2月9日消息.
#[must_use]
pub fn is_dateline(text: &str, span: &Span) -> bool {
    const FORMS: [&str; 11] =
        ["电", "電", "讯", "訊", "消息", "专电", "專電", "专讯", "專訊", "综合消息", "綜合消息"];
    // 5月1日电影节, 8月3日电力负荷, 消息人士.
    const OTHER_WORDS: &str = "影视視力商子动動台臺话話器网網脑腦梯价價缆纜站池信报報灵靈人源";
    let after = text.get(span.end..).unwrap_or_default().trim_start();
    let behind = FORMS.iter().find_map(|form| after.strip_prefix(form));
    behind.is_some_and(|behind| !behind.starts_with(|c| OTHER_WORDS.contains(c)))
        && text.get(..span.start).is_some_and(|before| before.trim_start().len() < 150)
}

/// Whether words are inside quotation marks: a speaker's 昨天 does not count from the day of print.
#[must_use]
pub fn is_quoted(text: &str, span: &Span) -> bool {
    let before = text.get(..span.start).unwrap_or_default();
    let count = |marks: [char; 2]| before.matches(marks).count();
    count(['“', '「']) > count(['”', '」'])
}

/// Whether a day that is named by its number alone (9日) reads as a day: 记者9日获悉, 9日上午.
#[must_use]
pub fn reads_as_day(text: &str, span: &Span) -> bool {
    let shown = text.get(span.clone()).unwrap_or_default();
    let before = text.get(..span.start).unwrap_or_default().trim_end();
    let after = text.get(span.end..).unwrap_or_default().trim_start();
    let clause = before.is_empty() || before.ends_with(['，', ',', '。', '；', '：', '（', '(']);
    let is_named =
        before.ends_with(['者', '于', '於', '社', '网']) || is_in_brackets(before, after);
    if is_named || after.starts_with(ACTS) {
        return true;
    }
    // 三日 and 十日 are as often durations; 5日 and 廿三日 hardly ever are.
    let counted = shown.chars().next().is_some_and(|c| c.is_ascii_digit())
        || shown.chars().filter(|c| numerals::is_numeral(*c)).count() > 1;
    let span_of_days = before.ends_with(SPANS)
        || after
            .starts_with(['。', '、', '的', '为', '為', '多', '左', '余', '餘', '后', '後', '前']);
    // 5日， is a day; 演戲三日， is how long, unless it opens the clause.
    if after.starts_with(['，', ',']) {
        return (counted && !before.ends_with(SPANS)) || clause;
    }
    counted && !span_of_days && after.starts_with(|c: char| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

/// Whether the day at `span` is that on which somebody reports: 路透社8日, 据《联合报》21日报道, 今天（21日）.
#[must_use]
pub fn states_day_of_report(text: &str, span: &Span) -> bool {
    let before = text.get(..span.start).unwrap_or_default().trim_end();
    let after = text.get(span.end..).unwrap_or_default().trim_start();
    is_in_brackets(before, after)
        || before.ends_with(['社', '网', '》', '者'])
        || ["电", "電", "讯", "訊", "消息", "报道", "報道"]
            .iter()
            .any(|word| after.starts_with(word))
}

/// Whether a number follows in brackets on a word that is a day itself: 今天（21日）.
fn is_in_brackets(before: &str, after: &str) -> bool {
    let word = before.strip_suffix(['（', '(']).unwrap_or_default();
    word.ends_with(['天', '日', '今', '昨', '晚']) && after.starts_with(['）', ')'])
}

/// Characters after the number of a day that begin an action or an hour.
const ACTS: [char; 32] = [
    '电', '電', '讯', '訊', '上', '下', '中', '晚', '早', '凌', '从', '從', '在', '发', '發', '召',
    '举', '舉', '表', '报', '宣', '获', '獲', '夜', '傍', '午', '清', '公', '推', '通', '开', '開',
];

/// Characters before a number of days that make it a duration: 需3日, 限20日.
const SPANS: [char; 20] = [
    '需', '共', '限', '历', '歷', '为', '為', '达', '達', '长', '長', '用', '了', '才', '前', '头',
    '頭', '后', '後', '近',
];

/// The end of the clause that `before` ends in, at most a dozen characters.
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
