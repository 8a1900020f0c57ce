//! Reads days that are printed in digits with marks between: 2023-02-09.

use super::expression::{DateExpression, DateValue, MonthValue, YearValue};

/// A day in digits with marks between: 2023-02-09, 2023.2.9, 2023/2/9.
#[must_use]
pub fn numeric_day(text: &str, at: usize) -> Option<DateExpression> {
    let bytes = text.as_bytes();
    let inside = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'/' | b'_');
    if at.checked_sub(1).and_then(|before| bytes.get(before)).is_some_and(inside) {
        return None;
    }
    let mut values = [0i16; 3];
    let mut position = at;
    let mut separator = None;
    for (part, value) in values.iter_mut().enumerate() {
        let start = position;
        while let Some(digit) = bytes.get(position).filter(|b| b.is_ascii_digit()) {
            if position - start == 4 {
                return None;
            }
            *value = *value * 10 + i16::from(digit - b'0');
            position += 1;
        }
        let wide = position - start;
        if (part == 0 && wide != 4) || (part > 0 && !(1..=2).contains(&wide)) {
            return None;
        }
        if part < 2 {
            let mark = *bytes.get(position).filter(|b| matches!(b, b'-' | b'.' | b'/'))?;
            if *separator.get_or_insert(mark) != mark {
                return None;
            }
            position += 1;
        }
    }
    let follows = bytes.get(position).copied().unwrap_or(b' ');
    let after = bytes.get(position + 1).copied().unwrap_or(b' ');
    let goes_on = follows.is_ascii_alphanumeric()
        || (matches!(follows, b'.' | b'-' | b'/') && after.is_ascii_digit());
    let [year, month, day] = values;
    let plausible =
        (1800..=2199).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    (plausible && !goes_on).then_some(DateExpression {
        span: at..position,
        value: DateValue::Day {
            year: YearValue::Number(year),
            month: MonthValue::Number(month as i8),
            day: day as i8,
        },
        from: None,
    })
}
