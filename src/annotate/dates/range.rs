//! Puts the two ends of a span of days together.

use super::expression::{DateExpression, DateValue, MonthValue, YearValue};

/// Puts the two ends of a range together: 2月27日至28日, 2月2日开幕，持续到2月29日.
#[must_use]
pub fn join_ranges(text: &str, found: Vec<DateExpression>) -> Vec<DateExpression> {
    let mut joined: Vec<DateExpression> = Vec::with_capacity(found.len());
    for words in found {
        if words.is_day()
            && let Some(last) = joined.last_mut()
            && last.is_month_day()
            && last.from.is_none()
            && let Some(between) = text.get(last.span.end..words.span.start)
            && is_range_mark(between, last.value, words.value)
        {
            let value = with_month_of(words.value, last.value);
            last.from = Some(last.value);
            last.value = value;
            last.span.end = words.span.end;
            continue;
        }
        joined.push(words);
    }
    joined
}

/// Whether the text between two days makes them a range.
fn is_range_mark(between: &str, first: DateValue, last: DateValue) -> bool {
    let mark = between.trim();
    if !mark.is_empty() && mark.chars().all(joins) {
        return true;
    }
    if mark == "、" || mark == "和" {
        // Two days that follow each other are one event: 2月13日、14日.
        return matches!(
            (first, last),
            (DateValue::Day { day, .. }, DateValue::Day { month: MonthValue::Unstated, day: next, .. })
                if next == day + 1
        );
    }
    mark.len() <= "开幕以后，一直持续到".len()
        && !mark.contains(['。', '；'])
        && ["持续到", "持续至", "延续到", "延续至", "起至", "一直到", "持續到", "持續至"]
            .iter()
            .any(|word| mark.ends_with(word))
}

/// The end of a range with the month and year of its beginning where it names none.
fn with_month_of(last: DateValue, first: DateValue) -> DateValue {
    match (last, first) {
        (
            DateValue::Day { year: YearValue::Unstated, month: MonthValue::Unstated, day },
            DateValue::Day { year, month, .. },
        ) => DateValue::Day { year, month, day },
        // The year is carried over too, unless the range goes over the end of it.
        (
            DateValue::Day { year: YearValue::Unstated, month: MonthValue::Number(month), day },
            DateValue::Day { year, month: MonthValue::Number(first_month), .. },
        ) if month >= first_month => DateValue::Day { year, month: MonthValue::Number(month), day },
        (
            DateValue::Day { year: YearValue::Unstated, month: MonthValue::Number(month), day },
            DateValue::Day { year: YearValue::Number(year), .. },
        ) => DateValue::Day {
            year: YearValue::Number(year + 1),
            month: MonthValue::Number(month),
            day,
        },
        (value, _) => value,
    }
}

/// Whether a character joins the two ends of a range.
#[must_use]
pub fn joins(c: char) -> bool {
    matches!(c, '至' | '到' | '—' | '-' | '－' | '–' | '~' | '～' | '─')
}
