//! Whether the day that an expression means can be that of the news, and what is noted of it.

use super::day_role::is_background;
use super::expression::{DateExpression, DateValue, YearValue};
use super::resolve::{ReferenceTime, ResolvedDate};
use crate::model::{Basis, CivilDate, DateNote, DateRule, DateSource, Precision};

/// The longest event, in days, that is dated by its first day.
const MAX_EVENT_DAYS: i32 = 62;

/// The most bytes of the body after the lead that are searched for the day of the news (some 600
/// characters): later ones are background.
pub(super) const BODY_REACH: usize = 1800;

/// The day of an expression, if it can be the day of the news.
pub(super) fn news_day(
    text: &str,
    words: &DateExpression,
    print: &ReferenceTime,
    carried: Option<i16>,
) -> Option<ResolvedDate> {
    if is_background(text, &words.span) {
        return None;
    }
    day_near(words, print, carried).filter(|resolved| !is_period(resolved))
}

/// Whether a span of days is a period that something is counted over, not an event: whole months, or
/// more days than events last.
fn is_period(resolved: &ResolvedDate) -> bool {
    let ResolvedDate { first, last, .. } = resolved;
    let longest = first.saturating_add(jiff::Span::new().days(MAX_EVENT_DAYS));
    *last > longest || *first == first.first_of_month() && *last == last.last_of_month()
}

/// The day of an expression, if it is close enough to the time of print.
pub(super) fn day_near(
    words: &DateExpression,
    print: &ReferenceTime,
    carried: Option<i16>,
) -> Option<ResolvedDate> {
    let with_year = words.is_full_day();
    let resolved = print.resolve(words, carried).filter(|resolved| {
        // An event that has begun is news, even if it goes on after the day of print.
        let longest = resolved.first.saturating_add(jiff::Span::new().days(MAX_EVENT_DAYS));
        let goes_on = words.from.is_some() && resolved.last <= longest;
        print.is_near(resolved.last, with_year)
            || goes_on && print.is_near(resolved.first, with_year)
    })?;
    // What goes on after the day of print is of that day.
    let last = print.latest().map_or(resolved.last, |latest| resolved.last.min(latest));
    Some(ResolvedDate { last, ..resolved })
}

/// The year that a day passes on to later days of the same sentence.
pub(super) fn carried_year(text: &str, words: &[DateExpression], index: usize) -> Option<i16> {
    let this = words.get(index)?;
    let before = words.get(index.checked_sub(1)?)?;
    let between = text.get(before.span.end..this.span.start)?;
    if between.contains(['。', '！', '？']) {
        return None;
    }
    match before.value {
        DateValue::Day { year: YearValue::Number(year), .. }
        | DateValue::Month { year: YearValue::Number(year), .. } => Some(year),
        // 同年12月 refers to a year that was named alone.
        DateValue::Year(YearValue::Number(year))
            if matches!(
                this.value,
                DateValue::Day { year: YearValue::Same, .. }
                    | DateValue::Month { year: YearValue::Same, .. }
            ) =>
        {
            Some(year)
        }
        _ => None,
    }
}

/// The note of a day that an expression of a text means, with the place of its words in that text.
pub(super) fn day_note(
    text: &str,
    words: &DateExpression,
    resolved: &ResolvedDate,
    basis: Basis,
    source: DateSource,
) -> DateNote {
    let last_of_span = words.from.is_some();
    let rule = DateRule { source, last_of_span, inferred: resolved.how };
    let shown = text.get(words.span.clone()).map(Into::into);
    let note = note_of_day(resolved.first, resolved.last, basis, shown, rule);
    DateNote { span: Some(words.span.clone()), ..note }
}

pub(super) fn note_of_day(
    first: CivilDate,
    last: CivilDate,
    basis: Basis,
    text: Option<String>,
    rule: DateRule,
) -> DateNote {
    DateNote {
        value: Some(last),
        not_before: Some(first),
        not_after: Some(last),
        precision: Precision::Day,
        basis,
        text,
        span: None,
        rule: Some(rule),
    }
}
