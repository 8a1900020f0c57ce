//! Dates of articles that state no day, from what is known of the issue.

use super::expression::{DateExpression, DateValue};
use crate::model::{Article, Basis, CivilDate, DateNote, DateSource, Issue, Precision};

/// The issue's date for an article that states no day. If the issue collects texts (`collects`), it is one of
/// the months before.
pub(crate) fn date_of_issue(
    lead: &str,
    words: &[DateExpression],
    article: &Article,
    issue: &Issue,
    collects: bool,
) -> DateNote {
    let given = article.given.as_ref().and_then(|given| given.issue_date);
    let value = given.or(issue.date.value);
    if let Some(day) = value.filter(|_| collects) {
        return months_before(day, article, issue);
    }
    let not_before = value.or(issue.date.not_before);
    let not_after = value.or(issue.date.not_after);
    if not_before.is_none() && not_after.is_none() {
        return DateNote::default();
    }
    let near = words
        .iter()
        .find(|words| matches!(words.value, DateValue::Vague | DateValue::DaysAway(_)))
        .map(|words| words.span.clone());
    let rule = if near.is_some() { DateSource::NearIssue } else { DateSource::Issue };
    // An inferred day of the issue remains inferred for the article.
    let guessed = value.is_some() && given.is_none() && issue.date.basis == Basis::Inferred;
    DateNote {
        value,
        not_before,
        not_after,
        precision: if value.is_some() { Precision::Day } else { Precision::Interval },
        basis: if guessed { Basis::Inferred } else { Basis::Issue },
        text: near.clone().and_then(|span| lead.get(span)).map(Into::into),
        span: near,
        rule: Some(rule.into()),
    }
}

/// A bulletin collects the texts of some months. An article in it that states no day is dated to
/// these months, and a document to the year in its number.
fn months_before(day: CivilDate, article: &Article, issue: &Issue) -> DateNote {
    const DAYS: i64 = 120;
    let mut first = day.checked_sub(jiff::Span::new().days(DAYS)).unwrap_or(day);
    let mut last = day;
    let mut rule = DateSource::MonthsBeforeIssue;
    if let Some(year) = article.docno.as_deref().and_then(year_of)
        && let (Ok(begins), Ok(ends)) = (CivilDate::new(year, 1, 1), CivilDate::new(year, 12, 31))
        && begins <= last
        && ends >= first
    {
        first = first.max(begins);
        last = last.min(ends);
        rule = DateSource::MonthsBeforeIssueInYear;
    }
    DateNote {
        value: None,
        not_before: Some(first),
        not_after: Some(last),
        precision: Precision::Interval,
        basis: if issue.date.basis == Basis::Inferred { Basis::Inferred } else { Basis::Issue },
        text: None,
        span: None,
        rule: Some(rule.into()),
    }
}

/// The year in 某政〔2022〕92号.
fn year_of(docno: &str) -> Option<i16> {
    let digits = docno.split(|c: char| !c.is_ascii_digit()).find(|digits| digits.len() == 4)?;
    digits.parse().ok()
}

/// Whether an issue is one of a few per year: 2022年第4号, 第3期, but not 第12345期.
pub(crate) fn collects_months(issue: &Issue) -> bool {
    issue.number.as_deref().is_some_and(|number| {
        let digits = |text: &str| {
            let end = text.find(['号', '期', '號', '辑'])?;
            let start = text.find('第')? + "第".len();
            crate::text::numerals::number(text.get(start..end)?.trim())
        };
        digits(number).is_some_and(|number| number <= 60)
    })
}
