//! What words about time say, before it is known which days they mean.

use crate::model::Span;

/// The year that words name.
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
    /// 同年, 当年: the year named before it.
    Same,
}

/// The month that words name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MonthValue {
    /// None is named: 9日.
    Unstated,
    /// From 1 to 12.
    Number(i8),
    /// 本月 0, 上月 −1, 下月 +1.
    Offset(i8),
}

/// What words say about time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateValue {
    /// A day, from the whole of it (2023年2月9日) to its number alone (9日).
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
    /// 近日, 日前, 连日来: a day that is not named.
    Vague,
}

/// Words about time where they stand in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateExpression {
    /// Where they stand.
    pub span: Span,
    /// What they say; of a range what its end says.
    pub value: DateValue,
    /// What the beginning of a range says.
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
