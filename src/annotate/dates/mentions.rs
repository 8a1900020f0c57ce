//! The days and periods that an article speaks of, beside the day that it is of.

use std::collections::HashSet;

use super::day_role::{is_dateline, is_planned, is_quoted, reads_as_day};
use super::expression::{DateExpression, DateValue, MonthValue, YearValue};
use super::heading_time::{HeadingTime, chronicle_start};
use super::news_day::carried_year;
use super::resolve::ReferenceTime;
use crate::model::{Article, Basis, CivilDate, DateInterval, DateMention, DateNote};

/// Different days and periods of one article that are kept, the first ones: more than any chronicle has.
pub const MAX_MENTIONS: usize = 5000;

/// What the headline and the body name, in order, each interval once, with the words that name it
/// first. What headings of chronicles state of the time below them (`heading_time`) completes the days
/// there. Days without a year are those nearest to the article's day, or the next ones if they are
/// planned; where that day is not known nearly, they are left out. 昨日 and the like count from the day
/// of print, which is that of the issue, or the day that the file states of the article; without one they
/// are left out, as in what was printed elsewhere before. The day of a dateline is no mention.
pub(in crate::annotate) fn mentions(
    article: &Article,
    date: &DateNote,
    issue: Option<CivilDate>,
) -> Vec<DateMention> {
    let given = date.value.filter(|_| date.basis == Basis::Given);
    let print = issue.or(given).filter(|_| article.outlet.is_none());
    let day = date.value.or(date.not_before.filter(|_| date.not_before == date.not_after));
    let reference = ReferenceTime {
        day,
        interval: DateInterval { not_before: date.not_before, not_after: date.not_after },
        ..ReferenceTime::default()
    };
    let mut under = HeadingTime::of_headline(article);
    let is_chronicle = chronicle_start(article).is_some();
    let latest = print.or(date.not_after).map(CivilDate::year);
    let headline = [&article.kicker, &article.title, &article.subtitle];
    let headline = headline.into_iter().flatten().map(String::as_str);
    let parts =
        headline.map(|part| (part, true)).chain(article.body.split('\n').map(|part| (part, false)));
    let (mut mentions, mut seen) = (Vec::new(), HashSet::new());
    for (part, in_headline) in parts {
        if is_chronicle && !in_headline {
            under.read(part, latest);
        }
        let words = under.scan(part);
        for (index, expression) in words.iter().enumerate() {
            if mentions.len() == MAX_MENTIONS {
                return mentions;
            }
            let counted = is_counted_from_print(expression);
            let reference =
                if counted { ReferenceTime { day: print, ..reference } } else { reference };
            let Some((from, to)) = interval(part, &words, index, &reference) else { continue };
            if seen.insert((from, to)) {
                let text = part.get(expression.span.clone()).unwrap_or_default().to_owned();
                mentions.push(DateMention { from, to, text });
            }
        }
    }
    mentions
}

/// 昨日, 上周五, 9日.
fn is_counted_from_print(expression: &DateExpression) -> bool {
    matches!(
        expression.value,
        DateValue::DaysAway(_)
            | DateValue::Weekday { .. }
            | DateValue::Day { month: MonthValue::Unstated, .. }
    )
}

/// The first and the last day that an expression means; `None` if it means none, or does not tell.
fn interval(
    text: &str,
    words: &[DateExpression],
    index: usize,
    reference: &ReferenceTime,
) -> Option<(CivilDate, CivilDate)> {
    let expression = words.get(index)?;
    let span = &expression.span;
    let means_a_time = match expression.value {
        // 30年 is how long.
        DateValue::Vague | DateValue::Year(YearValue::Short(_)) => false,
        // A speaker's 昨天 does not count from the day of the article.
        DateValue::DaysAway(_) | DateValue::Weekday { .. } => {
            reference.day.is_some() && !is_quoted(text, span)
        }
        DateValue::Day { month: MonthValue::Unstated, .. } => {
            reference.day.is_some() && reads_as_day(text, span)
        }
        _ => true,
    };
    if !means_a_time || is_dateline(text, span) {
        return None;
    }
    let carried = carried_year(text, words, index)
        .or_else(|| year_near(time_near(reference)?, expression, is_planned(text, span)));
    // Nothing but a year that is stated or carried places a day where that of the article is unknown.
    if carried.is_none() && reference.day.is_none() && !states_year(expression) {
        return None;
    }
    let resolved = reference.resolve(expression, carried)?;
    Some((resolved.first, resolved.last))
}

/// A day that years are counted from: that of the article, or the last one that it can be if these are
/// few.
fn time_near(reference: &ReferenceTime) -> Option<CivilDate> {
    const MAX_DAYS: i32 = 62;
    let DateInterval { not_before, not_after } = reference.interval;
    let near = not_before
        .zip(not_after)
        .filter(|(first, last)| first.until(*last).is_ok_and(|span| span.get_days() <= MAX_DAYS));
    reference.day.or(near.map(|(_, last)| last))
}

fn states_year(expression: &DateExpression) -> bool {
    let (DateValue::Day { year, .. }
    | DateValue::Month { year, .. }
    | DateValue::Months { year, .. }
    | DateValue::Year(year)) = expression.from.unwrap_or(expression.value)
    else {
        return false;
    };
    matches!(year, YearValue::Number(_))
}

/// The year in which a month, or a day of it, lies nearest to a day, or next after it; `None` if the
/// expression states its year or no month.
fn year_near(day: CivilDate, expression: &DateExpression, planned: bool) -> Option<i16> {
    let (month, of_month) = match expression.from.unwrap_or(expression.value) {
        DateValue::Day {
            year: YearValue::Unstated,
            month: MonthValue::Number(month),
            day: of_month,
        } => (month, of_month),
        DateValue::Month { year: YearValue::Unstated, month: MonthValue::Number(month) }
        | DateValue::Months { year: YearValue::Unstated, last: month, .. } => (month, 1),
        _ => return None,
    };
    let years = [day.year() - 1, day.year(), day.year() + 1];
    let in_year = |year: i16| {
        let other = CivilDate::new(year, month, of_month.min(28)).ok()?;
        other.since(day).ok().map(|span| (year, span.get_days()))
    };
    let away = years.into_iter().filter_map(in_year);
    let years = if planned {
        away.filter(|(_, days)| *days >= 0).min_by_key(|(_, days)| *days)
    } else {
        away.min_by_key(|(_, days)| days.abs())
    };
    years.map(|(year, _)| year)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The mentions of a text of 2023-01-15, as `FROM..TO words`.
    fn of(body: &str) -> Vec<String> {
        of_day(body, Some("2023-01-15"))
    }

    /// Printed on the day after it.
    fn of_day(body: &str, day: Option<&str>) -> Vec<String> {
        let article = Article { body: body.to_owned(), ..Article::default() };
        let day = day.map(|day| day.parse().expect("a day"));
        let date = DateNote { value: day, not_before: day, not_after: day, ..DateNote::default() };
        let shown = |mention: DateMention| {
            let DateMention { from, to, text } = mention;
            if from == to { format!("{from} {text}") } else { format!("{from}..{to} {text}") }
        };
        let printed = day.and_then(|day: CivilDate| day.tomorrow().ok());
        mentions(&article, &date, printed).into_iter().map(shown).collect()
    }

    #[test]
    fn days_and_periods_are_kept_with_their_words() {
        assert_eq!(
            of("2022年全年修桥三座。2022年11月8日，渡口停航，去年12月30日复航。"),
            [
                "2022-01-01..2022-12-31 2022年",
                "2022-11-08 2022年11月8日",
                "2022-12-30 去年12月30日"
            ]
        );
        assert_eq!(
            of("一季度修桥三座，2月3日至5日再开工。"),
            ["2023-01-01..2023-03-31 一季度", "2023-02-03..2023-02-05 2月3日至5日"]
        );
    }

    #[test]
    fn a_day_without_a_year_is_the_nearest_or_if_planned_the_next() {
        assert_eq!(of("渡口12月30日停航。"), ["2022-12-30 12月30日"]);
        assert_eq!(of("渡口2月1日停航。"), ["2023-02-01 2月1日"]);
        assert_eq!(of("渡口将于9月1日复航。"), ["2023-09-01 9月1日"]);
        assert_eq!(of("渡口9月1日停航。"), ["2022-09-01 9月1日"]);
        assert_eq!(
            of_day("渡口9月1日停航，2021年5月复航。", None),
            ["2021-05-01..2021-05-31 2021年5月"]
        );
    }

    #[test]
    fn datelines_durations_and_quoted_days_are_none() {
        assert!(of("本报石桥1月14日电 渡口修了30年，近日完工，老于说“昨天还不能走”。").is_empty());
        assert_eq!(
            of("昨日渡口复航，1月14日首班船开出。"),
            ["2023-01-15 昨日", "2023-01-14 1月14日"]
        );
    }

    #[test]
    fn headings_tell_the_months_and_years_of_the_days_below_them() {
        assert_eq!(
            of("2021年大事记\n11月\n5日，新桥动工。\n▲12日至14日 书展开幕。\n1月\n3日，新桥通车。"),
            [
                "2021-01-01..2021-12-31 2021年",
                "2021-11-01..2021-11-30 11月",
                "2021-11-05 5日",
                "2021-11-12..2021-11-14 12日至14日",
                "2022-01-01..2022-01-31 1月",
                "2022-01-03 3日",
            ]
        );
    }

    #[test]
    fn a_line_with_a_year_in_a_report_governs_nothing() {
        assert_eq!(
            of("1月5日，新桥动工。\n2019年\n立项。\n1月9日，新桥通车。"),
            ["2023-01-05 1月5日", "2019-01-01..2019-12-31 2019年", "2023-01-09 1月9日"]
        );
    }

    #[test]
    fn chronicles_may_begin_with_the_last_month() {
        assert_eq!(
            of("2022年大事记\n12月\n5日，新桥通车。\n11月\n3日，新桥封顶。"),
            [
                "2022-01-01..2022-12-31 2022年",
                "2022-12-01..2022-12-31 12月",
                "2022-12-05 5日",
                "2022-11-01..2022-11-30 11月",
                "2022-11-03 3日",
            ]
        );
    }

    #[test]
    fn a_chronicle_keeps_them_all() {
        let days: Vec<String> = (0..800).map(|day| format!("{}年3月1日，", 1200 + day)).collect();
        assert_eq!(of(&days.concat()).len(), 800);
    }
}
