//! Date expressions: what the words say, before they are resolved to days. Includes numeric dates
//! and ranges of days.

use crate::model::Span;

/// The year that an expression states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum YearValue {
    /// None is named: 2月9日.
    Unstated,
    /// 2023年, 二〇二三年, 民国三十七年 (1948).
    Number(i16),
    /// 95年: the last two digits.
    Short(i16),
    /// 今年 0, 去年 −1, 前年 −2, 明年 +1.
    Offset(i16),
    /// 同年, 当年: the year named before.
    Same,
}

/// The month that an expression states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MonthValue {
    /// None is named: 9日.
    Unstated,
    /// From 1 to 12.
    Number(i8),
    /// 本月 0, 上月 −1, 下月 +1.
    Offset(i8),
}

/// The value of an expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateValue {
    /// A day, from a full date (2023年2月9日) to its number alone (9日).
    Day {
        /// Its year.
        year: YearValue,
        /// Its month.
        month: MonthValue,
        /// From 1 to 31.
        day: i8,
    },
    /// 昨日 −1, 今天 0, 明日 +1.
    DaysAway(i32),
    /// 本周三, 上周五.
    Weekday {
        /// 本周 0, 上周 −1, 下周 +1.
        weeks: i32,
        /// From 1 (Monday) to 7.
        weekday: i32,
    },
    /// 2023年2月, 上月.
    Month {
        /// Its year.
        year: YearValue,
        /// The month.
        month: MonthValue,
    },
    /// 一季度, 上半年, 前三季度, 1至2月.
    Months {
        /// Their year.
        year: YearValue,
        /// From 1 to 12.
        first: i8,
        /// From 1 to 12, not before `first`.
        last: i8,
    },
    /// 2023年, 去年.
    Year(YearValue),
    /// 近日, 日前, 连日来: an unspecified recent day.
    Vague,
}

/// A date expression in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateExpression {
    /// Its byte range.
    pub span: Span,
    /// Its value; of a range that of the end.
    pub value: DateValue,
    /// The value of the beginning of a range.
    pub from: Option<DateValue>,
}

impl DateExpression {
    /// Whether the words name a day by its number.
    #[must_use]
    pub fn is_day(&self) -> bool {
        matches!(self.value, DateValue::Day { .. })
    }

    /// Whether the words name a day with its month.
    #[must_use]
    pub fn is_month_day(&self) -> bool {
        matches!(self.value, DateValue::Day { month, .. } if month != MonthValue::Unstated)
    }

    /// Whether the words name a day with its year.
    #[must_use]
    pub fn is_full_day(&self) -> bool {
        matches!(
            self.value,
            DateValue::Day { year: YearValue::Number(_) | YearValue::Short(_), .. }
        )
    }
}

/// Joins the two ends of a range: 2月27日至28日, 2月2日开幕，持续到2月29日.
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
        // Two consecutive days are one event: 2月13日、14日.
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

/// The end of a range, with the month and year of the beginning if it states none.
fn with_month_of(last: DateValue, first: DateValue) -> DateValue {
    match (last, first) {
        (
            DateValue::Day { year: YearValue::Unstated, month: MonthValue::Unstated, day },
            DateValue::Day { year, month, .. },
        ) => DateValue::Day { year, month, day },
        // The year is carried over, too, unless the range crosses its end.
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

/// A numeric day with separators: 2023-02-09, 2023.2.9, 2023/2/9.
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
