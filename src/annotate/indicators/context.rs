//! Of what time, territory and status a number is.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use super::catalogue::Nature;
use super::found_name::{FoundName, is_part_of_word};
use super::plans::is_task;
use super::quantity::Quantity;
use super::reader::{NumberedSentence, Reader, Said};
use super::row::{Draft, NamedAs, noun_of};
use super::territory::{Subject, Territories};
use super::times::TimeWords;
use crate::model::{
    DistrictBasis, IndicatorDistrict, IndicatorPeriod, IndicatorRule, IndicatorStatus, PeriodBasis,
};

/// Words that state what is expected, and what is planned.
const FORECASTS: [&str; 8] = ["预计", "有望", "预期", "将突破", "将超", "将达", "将增", "将实现"];
const TARGETS: [&str; 8] = ["努力实现", "力争", "目标", "确保", "争取", "计划", "拟", "规划"];

/// Words that state a plan, whatever is expected beside.
const PLANS: [&str; 7] = ["预期目标", "规划至", "规划到", "将新", "将实施", "将完成", "还将"];

/// Words that state what may be revised.
const PRELIMINARY: [&str; 9] = [
    "初步核算",
    "初步统计",
    "初步测算",
    "初步汇总",
    "初步数",
    "初核数",
    "预计数",
    "快报数",
    "快报统计",
];

/// Words with 计划 that state what is so.
const NO_TARGETS: [&str; 13] = [
    "计划总投资",
    "计划生育",
    "规划面积",
    "虚拟",
    "模拟",
    "完成目标",
    "超额完成",
    "完成预期",
    "好于预期",
    "高于预期",
    "快于预期",
    "完成了预期",
    "实现预期",
];

/// What was striven for and given: 争取上级扶持资金 370万元.
static WON: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("争取到|争取[^,;。]{1,12}(?:资金|补助|贷款|项目|专项)[^,;。]{0,2}$")
        .expect("a constant pattern")
});

/// A plan that was carried out: 完成年度投资计划的 80%.
static DONE_PLAN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("完成(?:了|年度|全年|当年)*(?:总|投资)?计划").expect("a constant pattern")
});

impl Reader<'_> {
    /// A row of a level, before its change is known.
    pub(super) fn draft(
        &self,
        sentence: &NumberedSentence<'_>,
        number: &Quantity,
        named: NamedAs,
        start: usize,
        said: &Said,
    ) -> Draft {
        let here = time_here(sentence, number, &named);
        let period = self.period(sentence, number, here, &named, said);
        let name_start = named.span.start.saturating_sub(sentence.start);
        let until = start.max(name_start).min(number.span.start);
        let (district, is_of_territory) = self.district(sentence, until, said);
        let number_at = sentence.start + number.span.start;
        let is_flow = named.nature == Nature::Flow;
        let status = self.status(sentence, number, here, period.as_ref(), is_flow);
        Draft {
            start: named.span.start.min(number_at),
            end: sentence.start + number.span.end,
            printed: named.span.clone(),
            preliminary: status == IndicatorStatus::Actual && is_preliminary(sentence, number),
            status,
            named,
            value: Some(number.clone()),
            approx: number.approx,
            change: None,
            period,
            district,
            is_of_territory,
            rule: IndicatorRule::NameBefore,
            follows_earlier: false,
            is_next_of_list: false,
            number_at,
        }
    }

    /// The time in the sentence, else in the paragraph, else the year of the bulletin.
    fn period(
        &self,
        sentence: &NumberedSentence<'_>,
        number: &Quantity,
        here: Option<&TimeWords>,
        named: &NamedAs,
        said: &Said,
    ) -> Option<IndicatorPeriod> {
        let day = || {
            // What was signed or begun is of the day of the news.
            let is_event = ["签约", "开工"].iter().any(|word| named.name.contains(word));
            let day = self.reference.day.filter(|_| is_event)?;
            Some((Some(day), Some(day), PeriodBasis::Title))
        };
        let year = || {
            let year = self.title_year?;
            let (from, to) = (Date::new(year, 1, 1).ok(), Date::new(year, 12, 31).ok());
            Some((from, to, PeriodBasis::Title))
        };
        let is_measured = named.id.is_some() || noun_of(&named.name).is_some();
        let here_or_before = || {
            let sentence_time = here.map(|time| (time.from, time.to, PeriodBasis::Sentence));
            // 上半年 …; 6月末 存款 …; 利润 …: what flows is of the half year.
            let is_point = said.time.as_ref().is_some_and(|time| time.from == time.to);
            let ends_so = |time: &&TimeWords| {
                named.nature == Nature::Flow
                    && is_measured
                    && is_point
                    && said.time.as_ref().is_some_and(|point| point.to == time.to)
            };
            let before = said.span_of_time.as_ref().filter(ends_so).or(said.time.as_ref());
            let before = before.map(|time| (time.from, time.to, PeriodBasis::Paragraph));
            sentence_time.or(before)
        };
        let (from, to, basis) = here_or_before().or_else(year).or_else(day)?;
        let is_stock = named.nature == Nature::Stock && to.is_some();
        // 年末生猪存栏 …; 生猪出栏 …: what flows is of the whole year.
        let is_whole_year = named.nature == Nature::Flow
            && is_measured
            && from == to
            && to.is_some_and(|to| (to.month(), to.day()) == (12, 31))
            && !sentence.text[..number.span.start].contains("累计");
        let first_day = to.filter(|_| is_whole_year).map(Date::first_of_year);
        let from = first_day.or(from);
        let text = here.map(|time| sentence.text[time.span.clone()].to_owned());
        Some(IndicatorPeriod { from: if is_stock { to } else { from }, to, text, basis })
    }

    /// The territory that is named before the name, else in the paragraph, else that of the article;
    /// and whether it is known to be of one.
    fn district(
        &self,
        sentence: &NumberedSentence<'_>,
        until: usize,
        said: &Said,
    ) -> (Option<IndicatorDistrict>, bool) {
        let is_known = matches!(said.subject, Some(Subject::Territory(_)));
        let (subject, basis) =
            match self.territories.subject(&sentence.text[..until], said.subject.as_ref()) {
                Some(subject @ Subject::Territory(_)) => (Some(subject), DistrictBasis::Sentence),
                // 全市 of the city that the paragraph speaks of.
                Some(Subject::Unnamed) if !is_known => {
                    (Some(Subject::Unnamed), DistrictBasis::Sentence)
                }
                _ => (said.subject.clone(), DistrictBasis::Paragraph),
            };
        let is_unnamed = subject == Some(Subject::Unnamed);
        let district = match subject {
            Some(Subject::Territory(name)) => Some(IndicatorDistrict { name, basis }),
            Some(Subject::Unnamed) => self.territories.of_region(),
            _ => self.territories.of_article(),
        };
        let is_of_territory = is_unnamed || district.is_some();
        (district, is_of_territory)
    }

    fn status(
        &self,
        sentence: &NumberedSentence<'_>,
        number: &Quantity,
        here: Option<&TimeWords>,
        period: Option<&IndicatorPeriod>,
        is_flow: bool,
    ) -> IndicatorStatus {
        let before = &sentence.text[..number.span.start];
        // A remark in brackets is a clause of its own: (2021年为 17亿元).
        let open = before.rfind('(').filter(|at| !before[*at..].contains(')'));
        let clause = before.rfind(';').max(open).map_or(0, |at| at + 1);
        let clause = &before[clause..];
        // 预计数 is what was counted so far.
        let expected = FORECASTS.iter().any(|word| {
            let mut places = clause.match_indices(word);
            places.any(|(at, _)| !clause[at..].starts_with("预计数"))
        });
        let from = period.and_then(|period| period.from);
        // The last day of this year is that of a stock of which only the year is said.
        let is_this_year = from
            .zip(self.reference.day)
            .is_some_and(|(from, day)| from == from.last_of_year() && from.year() == day.year());
        let is_later = !is_this_year
            && from.zip(self.reference.day).is_some_and(|(from, day)| from > day)
            || from.zip(self.reference.year()).is_some_and(|(from, year)| from.year() > year);
        let is_open = period.is_none_or(|period| period.from.is_none() || period.from == period.to);
        let one_by_one =
            here.is_some_and(|time| sentence.text[time.span.clone()].starts_with("先后"));
        // What was carried out is no plan: 已完成年度计划的 80%, 力争 … speaks of both.
        let own = &clause[clause.rfind(',').map_or(0, |mark| mark + 1)..];
        let open = without_done(clause);
        let has_open = |words: &[&str]| words.iter().any(|word| open.contains(word));
        let is_plan = has_open(&PLANS) || is_future(clause);
        let is_task = self.is_plan && is_task(own) && without_done(own) == own;
        // 预计 … 将首次突破 …
        if expected && (!is_plan || clause.contains("预计")) {
            IndicatorStatus::Forecast
        } else if is_plan || is_later || is_task || has_open(&TARGETS) {
            IndicatorStatus::Target
        } else if one_by_one || is_open && is_flow && clause.contains("累计") {
            IndicatorStatus::Cumulative
        } else {
            IndicatorStatus::Actual
        }
    }

    /// What is spoken of before a place in a sentence.
    pub(super) fn subject_before(
        &self,
        sentence: &NumberedSentence<'_>,
        at: usize,
        said: &Said,
    ) -> Option<Subject> {
        self.territories
            .subject(&sentence.text[..at], said.subject.as_ref())
            .or_else(|| said.subject.clone())
    }

    /// Whether a name counts here: not if a company or another country is spoken of. What only
    /// territories have counts after a paragraph on a company, too.
    pub(super) fn accepts(
        &self,
        sentence: &NumberedSentence<'_>,
        found: &FoundName,
        start: usize,
        said: &Said,
    ) -> bool {
        let subject = self
            .territories
            .subject(&sentence.text[..start + found.span.start], said.subject.as_ref());
        if Territories::is_of_others(&sentence.text[start + found.span.start..]) {
            return false;
        }
        let before = if found.territorial { None } else { said.subject.clone() };
        match subject.or(before) {
            Some(Subject::Other) => false,
            Some(Subject::Territory(_) | Subject::Unnamed) => true,
            // A bulletin speaks of its territory throughout.
            None => !found.generic || self.is_bulletin,
        }
    }
}

/// A clause without its words on plans that were carried out, and without words that only look like those
/// of plans.
fn without_done(clause: &str) -> String {
    let mut rest = DONE_PLAN.replace_all(clause, "").into_owned();
    rest = WON.replace_all(&rest, "").into_owned();
    for word in NO_TARGETS {
        rest = rest.replace(word, "");
    }
    rest
}

/// Whether a sentence says before a number that it may be revised.
fn is_preliminary(sentence: &NumberedSentence<'_>, number: &Quantity) -> bool {
    let before = &sentence.text[..number.span.start];
    PRELIMINARY.iter().any(|word| before.contains(word))
}

/// Whether the words before a number speak of what will be done: 将推广 70辆.
fn is_future(before: &str) -> bool {
    let clause = &before[before.rfind([',', ';', ':']).map_or(0, |mark| mark + 1)..];
    clause.rfind('将').is_some_and(|at| {
        let rest = &clause[at + '将'.len_utf8()..];
        let is_object = rest.is_empty() || rest.starts_with(|c: char| c.is_ascii_digit());
        let is_expected = FORECASTS.iter().any(|word| clause[at..].starts_with(word));
        let is_taken = ["纳入", "列入", "作为", "由", "从"].iter().any(|word| rest.contains(word));
        // 将利用率提升了 30%: the object of what was done.
        let is_done = rest.contains('了');
        !is_object
            && !is_done
            && !is_expected
            && !is_taken
            && rest.chars().count() <= MAX_PLAN_CHARS
            && !is_part_of_word(clause, at, "将")
    })
}

/// How far a number stands behind 将, in characters.
const MAX_PLAN_CHARS: usize = 10;

/// The last time before a number that is its time.
fn time_here<'t>(
    sentence: &NumberedSentence<'t>,
    number: &Quantity,
    named: &NamedAs,
) -> Option<&'t TimeWords> {
    let part = sentence.last_part(number.span.start);
    let is_event = ["签约", "开工", "项目"].iter().any(|word| named.name.contains(word));
    let is_here = |time: &&TimeWords| {
        // 从2012年的 30亿元 到 …: the first number alone is of the first time.
        let is_passed = time.is_start
            && sentence.numbers.iter().any(|other| {
                other.span.start >= time.span.end && other.span.end <= number.span.start
            });
        time.span.end <= number.span.start
            && !is_passed
            && (!time.is_now || sentence.start + time.span.start >= part)
            && (!time.is_day || is_event)
    };
    let last = sentence.times.iter().rfind(is_here)?;
    // 2022年, 已先后 …: one after another within the year.
    let is_one_by_one = sentence.text[last.span.clone()].starts_with("先后");
    let within = |time: &&TimeWords| is_here(time) && time.from.is_some() && time.to.is_some();
    let year = sentence.times.iter().rfind(within).filter(|_| is_one_by_one);
    Some(year.unwrap_or(last))
}
