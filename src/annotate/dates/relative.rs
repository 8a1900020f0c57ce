//! Days of the lead that are counted from the day of print: 昨日, 本周三, 9日. Where that is not known, those
//! that are named by their number alone (路透社8日) can be told by other days of the article.

use jiff::ToSpan;

use super::day_role::{DayRole, day_role, is_quoted, reads_as_day, states_day_of_report};
use super::expression::{DateExpression, DateValue, MonthValue};
use super::lead::beginning;
use super::news_day::{BODY_REACH, carried_year, day_near, day_note, news_day};
use super::resolve::{ReferenceTime, ResolvedDate};
use super::scan::scan;
use crate::model::{
    Article, Basis, CivilDate, DateInference, DateNote, DateRule, DateSource, Precision,
};

/// Days between a day without a month and one with a month that tells it.
const MAX_DAYS_APART: i32 = 10;

/// The day of a lead whose first day has no month. The month is the one that brings it nearest to the
/// first day with a month that the article names, if these lie close together. Otherwise it is not known,
/// and no other day of the text is that of the article.
pub(super) fn bare_day(
    lead: &str,
    words: &[DateExpression],
    article: &Article,
    print: &ReferenceTime,
) -> Option<DateNote> {
    if print.day.is_some() || print.collects || print.interval.not_before.is_some() && !print.beside
    {
        return None;
    }
    let first = words.iter().find(|expression| {
        expression.is_month_day() && day_role(lead, &expression.span) == DayRole::News
            || is_bare_day_of_news(lead, expression)
    });
    // Who reports on which day comes before what happened.
    let reported = words
        .iter()
        .find(|expression| is_bare(expression) && states_day_of_report(lead, &expression.span));
    let expression = reported.or(first).filter(|expression| is_bare(expression))?;
    let DateValue::Day { day, .. } = expression.value else { return None };
    let source = DateSource::LeadRelativeDay;
    let found = anchor(article, print).and_then(|anchor| nearest(anchor, day));
    if let Some(day) = found.filter(|day| print.is_past(*day)) {
        let how = Some(DateInference::MonthNamedBeside);
        let resolved = ResolvedDate { first: day, last: day, precision: Precision::Day, how };
        return Some(day_note(lead, expression, &resolved, Basis::Lead, source));
    }
    Some(day_unknown(lead, expression))
}

/// 今晚 and 昨天 in the lead of an article whose day of print is not known: that day is its own.
pub(super) fn counted_from_unknown(
    lead: &str,
    words: &[DateExpression],
    print: &ReferenceTime,
) -> Option<DateNote> {
    if !print.is_of_no_issue() || print.collects {
        return None;
    }
    let expression = words.iter().find(|expression| {
        matches!(expression.value, DateValue::DaysAway(..=0)) && !is_any_time(lead, expression)
    })?;
    Some(day_unknown(lead, expression))
}

/// A day that is counted from a day of print that is not known.
fn day_unknown(lead: &str, expression: &DateExpression) -> DateNote {
    let source = DateSource::LeadRelativeDay;
    DateNote {
        basis: Basis::Lead,
        text: lead.get(expression.span.clone()).map(Into::into),
        span: Some(expression.span.clone()),
        rule: Some(DateRule { inferred: Some(DateInference::PrintDayUnknown), ..source.into() }),
        ..DateNote::default()
    }
}

/// A day that 昨日, 本周三 or 9日 mean.
fn counted_day(lead: &str, words: &DateExpression, print: &ReferenceTime) -> Option<ResolvedDate> {
    let says_a_day = match words.value {
        DateValue::DaysAway(days) => days <= 0 && !is_any_time(lead, words),
        DateValue::Weekday { weeks, .. } => weeks <= 0 && !is_quoted(lead, &words.span),
        DateValue::Day { .. } => reads_as_day(lead, &words.span),
        _ => false,
    };
    if says_a_day { news_day(lead, words, print, None) } else { None }
}

/// Whether 昨天 is part of a quotation, or 今天 means the present: 在手机普及的今天.
fn is_any_time(lead: &str, words: &DateExpression) -> bool {
    is_quoted(lead, &words.span)
        || lead.get(..words.span.start).is_some_and(|before| before.ends_with('的'))
}

/// 昨日 and 9日 in a lead without a month: a day if that of the issue is known, else an interval.
pub(super) fn relative_in_lead(
    lead: &str,
    words: &[DateExpression],
    print: &ReferenceTime,
) -> Option<DateNote> {
    if print.collects || print.beside {
        return None;
    }
    words.iter().find_map(|expression| {
        if let Some(resolved) = counted_day(lead, expression, print) {
            return Some(day_note(
                lead,
                expression,
                &resolved,
                Basis::Lead,
                DateSource::LeadRelativeDay,
            ));
        }
        let DateValue::DaysAway(days @ ..=0) = expression.value else { return None };
        if is_any_time(lead, expression) || print.day.is_some() {
            return None;
        }
        let away = |day: Option<CivilDate>| {
            day.and_then(|day| day.checked_add(jiff::Span::new().days(days)).ok())
        };
        let (first, last) = (away(print.interval.not_before), away(print.interval.not_after));
        (first.is_some() || last.is_some()).then(|| DateNote {
            value: None,
            not_before: first,
            not_after: last,
            precision: Precision::Interval,
            basis: Basis::Lead,
            text: lead.get(expression.span.clone()).map(Into::into),
            span: Some(expression.span.clone()),
            rule: Some(DateSource::BeforeOpenIssue { days: days.unsigned_abs() }.into()),
        })
    })
}

fn is_bare(expression: &DateExpression) -> bool {
    matches!(expression.value, DateValue::Day { month: MonthValue::Unstated, .. })
}

fn is_bare_day_of_news(lead: &str, expression: &DateExpression) -> bool {
    is_bare(expression)
        && reads_as_day(lead, &expression.span)
        && !is_quoted(lead, &expression.span)
        && day_role(lead, &expression.span) == DayRole::News
}

/// The first day with a month that the article names as news or plan.
fn anchor(article: &Article, print: &ReferenceTime) -> Option<CivilDate> {
    let texts = [article.title.as_deref(), Some(beginning(&article.body, BODY_REACH))];
    texts.into_iter().flatten().flat_map(str::lines).find_map(|text| {
        let words = scan(text);
        words.iter().enumerate().filter(|(_, words)| words.is_month_day()).find_map(
            |(index, expression)| {
                let role = day_role(text, &expression.span);
                let carried = carried_year(text, &words, index);
                let resolved = day_near(expression, print, carried)?;
                (role != DayRole::Mentioned).then_some(resolved.first)
            },
        )
    })
}

/// The day with this number nearest to another day.
fn nearest(anchor: CivilDate, day: i8) -> Option<CivilDate> {
    let months = [-1, 0, 1].into_iter().filter_map(|away| {
        let month = anchor.first_of_month().checked_add(away.months()).ok()?;
        CivilDate::new(month.year(), month.month(), day).ok()
    });
    let away =
        |other: CivilDate| other.since(anchor).map_or(i32::MAX, |span| span.get_days().abs());
    months.min_by_key(|other| away(*other)).filter(|other| away(*other) <= MAX_DAYS_APART)
}
