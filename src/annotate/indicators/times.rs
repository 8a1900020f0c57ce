//! Times that numbers are of: 2022年前三季度, 1—10月, 截至11月末, 目前, 今年以来.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::{Captures, Regex};

use crate::model::{CivilDate, Record, Span};
use crate::text::numerals::{is_numeral, number};

/// A time in a passage, resolved as far as the article tells.
#[derive(Debug, Clone)]
pub(super) struct TimeWords {
    pub(super) span: Span,
    pub(super) from: Option<CivilDate>,
    pub(super) to: Option<CivilDate>,
    /// 目前: of the clauses up to the next semicolon.
    pub(super) is_now: bool,
    /// A single day, which is the time of what was signed on it and of nothing else.
    pub(super) is_day: bool,
    /// The first of two times that are compared: 从2012年.
    pub(super) is_start: bool,
}

/// The days that times without a year are counted from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reference {
    /// The article's day, if it is known.
    pub(super) day: Option<CivilDate>,
    year: Option<i16>,
}

impl Reference {
    pub(super) fn of(record: &Record) -> Self {
        let (date, issue) = (&record.date, &record.issue.date);
        let day = date.value;
        let near = day
            .or(date.not_after)
            .or(issue.value)
            .or(issue.not_after)
            .or(date.not_before)
            .or(issue.not_before);
        let of_number = record.issue.number.as_deref().and_then(|text| {
            let year = text.get(..4)?.parse::<i16>().ok()?;
            (1900..2100).contains(&year).then_some(year)
        });
        let year = day.or(issue.value.filter(|_| of_number.is_none())).map(Date::year);
        Self { day, year: year.or(of_number).or(near.map(Date::year)) }
    }

    /// The year that a text without another is of.
    pub(super) fn year(&self) -> Option<i16> {
        self.year
    }
}

static TIME: LazyLock<Regex> = LazyLock::new(|| {
    let year = r"(?:(?P<y>\d{4}|今|去|上|本|当|明|同)年(?:度)?(?:的)?[,]?)";
    Regex::new(&format!(
        r"(?P<ytd>今年截至目前|今年至今|年初至今|年初以来)|(?P<past>过去的?一年)|(?P<till>截至|截止|到|至)?(?:(?P<ya>\d{{4}})年?[-—~至到](?P<yb>\d{{4}})年|{year}?(?:前(?P<q>[一二三两123])个?季度|(?P<q1>[一二三四1234])季度|(?P<h>上半年|下半年)|(?P<dm1>\d{{1,2}})月(?P<dd1>\d{{1,2}})日?[-—~至到](?:(?P<dm2>\d{{1,2}})月)?(?P<dd2>\d{{1,2}})日|前(?P<m>\d{{1,2}}|[一二两三四五六七八九十]{{1,2}})个?月|(?P<m1>\d{{1,2}})月?份?[-—~至到](?P<m2>\d{{1,2}})月份?|(?P<m3>\d{{1,2}}|[一二三四五六七八九十]{{1,2}})月(?:(?P<d>\d{{1,2}})日|份)?)(?P<e>末|底)?(?P<same>同期)?|(?P<y3>\d{{4}}|今|去|上|本|当|明|全|同)年(?:度|全年|前)?(?P<since>以来)?(?P<e3>末|底)?(?P<same3>同期)?|(?P<eoy>年末|年底)|(?P<now>目前|当前|截至目前|至今|现在)|(?P<open>近年来|[\d一二三四五六七八九十两]+年来|先后|十[一二三四]五))"
    ))
    .expect("a constant pattern")
});

/// Every time has one of these.
const TIME_SIGNS: [&str; 10] =
    ["年", "月", "季度", "半年", "目前", "当前", "至今", "现在", "先后", "十"];

/// The times of a text in order. `carried` is the year that was named last, and is kept up to date.
pub(super) fn times(text: &str, reference: Reference, carried: &mut Option<i16>) -> Vec<TimeWords> {
    let mut found = Vec::new();
    if !TIME_SIGNS.iter().any(|sign| text.contains(sign)) {
        return found;
    }
    let mut compared_end = None;
    for captures in TIME.captures_iter(text) {
        let Some(all) = captures.get(0) else { continue };
        let before = &text[..all.start()];
        let compared = before.ends_with(['比', '较', '与', '跟', '超', '于', '过', '同'])
            || text[all.end()..].starts_with("相比")
            || compared_end
                .is_some_and(|end| matches!(&text[end..all.start()], "和" | "、" | "全年和"));
        let same = captures.name("same").or(captures.name("same3")).is_some();
        if compared {
            compared_end = Some(all.end());
        }
        let of_meeting =
            ["不变价", "可比价", "价格", "工作会", "会议", "召开", "春节", "年度工作", "《", "版"];
        // 已完成全年计划投资的 78%: the plan is of the year, what is done is not.
        let of_plan = before.trim_end_matches('了').ends_with("完成")
            && ["计划", "投资计划", "目标", "任务"]
                .iter()
                .any(|word| text[all.end()..].starts_with(word));
        // 为1963年洪水以来最广: a look back, and no time of what follows.
        let clause = text[all.end()..].split([',', ';', '。']).next().unwrap_or_default();
        let looks_back = clause.contains("以来")
            && before.ends_with(['为', '是', '创'])
            && captures.name("y3").is_some_and(|year| year.as_str().parse::<i16>().is_ok());
        // 一九八六年三月, 三月十二日: years and days that are not read make the month none of this year.
        let is_partly_read = captures.name("m3").is_some_and(|month| {
            let after = text[month.end()..].trim_start_matches('月');
            let is_day = after.trim_start_matches(is_numeral).starts_with('日')
                && after.starts_with(is_numeral);
            !month.as_str().is_ascii() && (before.ends_with('年') || is_day)
        });
        if looks_back
            || is_partly_read
            || of_plan
            || of_meeting.iter().any(|word| text[all.end()..].starts_with(word))
            || before.ends_with('(') && text[all.end()..].starts_with(')')
        {
            continue;
        }
        // 预计全年接待 …: of the year to come.
        let clause = &before[before.rfind([',', ';', '。']).map_or(0, |mark| mark + 1)..];
        let is_ahead =
            ["预计", "力争", "有望", "目标", "确保", "将"].iter().any(|word| clause.contains(word));
        if let Some(mut time) = resolve(&captures, reference, carried, compared || same, is_ahead) {
            time.span = all.range();
            time.is_start = before.ends_with(['由', '从']);
            // 自2018年启动以来
            if before.ends_with(['自', '从']) && clause.contains("以来") {
                (time.to, time.is_start, time.is_day) = (reference.day, false, false);
            }
            if same && before.ends_with(['由', '从']) {
                // 由2021年同期的: the article's day in that year.
                let year = time.from.map(Date::year);
                let day = reference
                    .day
                    .zip(year)
                    .and_then(|(day, year)| Date::new(year, day.month(), day.day()).ok());
                (time.from, time.to) = (day, day);
                found.push(time);
            } else if !same && !compared {
                found.push(time);
            }
        }
    }
    found
}

fn resolve(
    captures: &Captures<'_>,
    reference: Reference,
    carried: &mut Option<i16>,
    compared: bool,
    is_ahead: bool,
) -> Option<TimeWords> {
    let text = |name: &str| captures.name(name).map(|part| part.as_str());
    let small = |name: &str| text(name).and_then(number).and_then(|n| i8::try_from(n).ok());
    let mut time = TimeWords {
        span: 0..0,
        from: None,
        to: None,
        is_now: false,
        is_day: false,
        is_start: false,
    };
    // Only its last day is meant: 截至11月, 年末.
    let is_point = text("till").is_some_and(|word| word.starts_with('截'))
        || ["e", "e3", "eoy"].iter().any(|name| text(name).is_some());
    if text("open").is_some() {
        return Some(time);
    }
    if text("ytd").is_some() {
        let day = reference.day;
        (time.from, time.to) = (day.map(Date::first_of_year), day);
        return day.map(|_| time);
    }
    if text("past").is_some() {
        let year = reference.year()? - 1;
        (time.from, time.to) = (Date::new(year, 1, 1).ok(), Date::new(year, 12, 31).ok());
        return Some(time);
    }
    if text("now").is_some() {
        (time.from, time.to, time.is_now) = (reference.day, reference.day, true);
        return Some(time);
    }
    if let (Some(first), Some(last)) = (text("ya"), text("yb")) {
        time.from = Date::new(first.parse().ok()?, 1, 1).ok();
        time.to = Date::new(last.parse().ok()?, 12, 31).ok();
        return Some(time);
    }
    let printed = text("y").or(text("y3"));
    let this = reference.year();
    let mut year = match printed {
        Some("今" | "本") => this,
        Some("去" | "上") => this.map(|year| year - 1),
        Some("明") => this.map(|year| year + 1),
        // 全年 in the first months of a year is the year before.
        Some("全") | None
            if (printed.is_some() || text("eoy").is_some())
                && carried.is_none()
                && !is_ahead
                && reference.day.is_some_and(|day| day.month() <= 4) =>
        {
            this.map(|year| year - 1)
        }
        Some("当" | "同" | "全") | None => carried.or(this),
        Some(number) => number.parse::<i16>().ok().filter(|year| (1900..2100).contains(year)),
    };
    if text("m3").is_some() && printed.is_none() && carried.is_none() {
        // 12月 in an article of January is of the year before.
        let month = small("m3");
        if let (Some(day), Some(month)) = (reference.day, month)
            && month > day.month()
        {
            year = year.map(|year| year - 1);
        }
    }
    if !compared && printed.is_some_and(|word| !matches!(word, "全" | "当" | "同")) {
        *carried = year;
    }
    let year = year?;
    if let (Some(month), Some(day), Some(last)) = (small("dm1"), small("dd1"), small("dd2")) {
        let last_month = small("dm2").unwrap_or(month);
        // 12月31日至1月2日 ends in the next year.
        let last_year = if last_month < month { year + 1 } else { year };
        let (from, to) = (Date::new(year, month, day), Date::new(last_year, last_month, last));
        let days = from.ok().zip(to.ok()).filter(|(from, to)| from <= to);
        (time.from, time.to) = days.unzip();
        return days.map(|_| time);
    }
    if let (Some(month), Some(day)) = (small("m3"), small("d")) {
        let day = Date::new(year, month, day).ok();
        (time.from, time.to, time.is_day) = (day, day, !is_point);
        return Some(time);
    }
    let (first, last) = months(captures);
    time.from = Date::new(year, first, 1).ok();
    time.to = Date::new(year, last, 1).ok().map(Date::last_of_month);
    if text("since").is_some() {
        time.to = reference.day;
    }
    if is_point {
        time.from = time.to;
    }
    Some(time)
}

/// The first and the last month of a quarter, a half or a span of months; else the whole year.
fn months(captures: &Captures<'_>) -> (i8, i8) {
    let text = |name: &str| captures.name(name).map(|part| part.as_str());
    let small = |name: &str| text(name).and_then(number).and_then(|n| i8::try_from(n).ok());
    let two = |name: &str| small(name).or(text(name).filter(|word| *word == "两").map(|_| 2));
    if let Some(quarters) = two("q") {
        (1, quarters * 3)
    } else if let Some(quarter) = small("q1") {
        (quarter * 3 - 2, quarter * 3)
    } else if let Some(half) = text("h") {
        if half.starts_with('上') { (1, 6) } else { (7, 12) }
    } else if let Some(months) = two("m") {
        (1, months)
    } else if let (Some(first), Some(last)) = (small("m1"), small("m2")) {
        (first, last)
    } else {
        small("m3").map_or((1, 12), |month| (month, month))
    }
}
