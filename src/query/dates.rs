//! Days that a query asks for. Relative dates stay relative until they are resolved with a given
//! day as today.

use std::fmt;

use jiff::Span as Length;

use crate::model::CivilDate;

/// Which days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dates {
    /// 无: articles without a date.
    Unknown,
    /// From the first day of one period to the last day of another, which is the same where only
    /// one was typed. An open end is `None`; at least one is not.
    Range {
        /// Where it begins.
        from: Option<DateExpr>,
        /// Where it ends.
        to: Option<DateExpr>,
    },
}

/// A period. Numbers that the calendar does not have become the nearest that it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateExpr {
    /// 2023.
    Year(Year),
    /// 2023年上半年 is 1, 下半年 is 2.
    Half(Year, u8),
    /// 2023年一季度, from 1 to 4.
    Quarter(Year, u8),
    /// 2023-02, from 1 to 12.
    Month(Year, u8),
    /// 2023-02-10: month and day, both from 1.
    Day(Year, u8, u8),
    /// 今天, 上周.
    Relative(Relative),
    /// 近30天: so many days, the last of which is today.
    LastDays(u16),
    /// 近3个月: from the day after the one of today's number so many months ago, to today.
    LastMonths(u16),
    /// 近2年: from the day after the one of today's number so many years ago, to today.
    LastYears(u16),
}

/// A year as it was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Year {
    /// By its number.
    Number(i16),
    /// 今年.
    This,
    /// 去年.
    Last,
    /// 前年.
    BeforeLast,
}

/// Periods named relative to today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relative {
    /// 今天.
    Today,
    /// 昨天.
    Yesterday,
    /// 前天.
    DayBeforeYesterday,
    /// 本周, Monday to Sunday.
    ThisWeek,
    /// 上周, Monday to Sunday.
    LastWeek,
    /// 本月.
    ThisMonth,
    /// 上月.
    LastMonth,
    /// 本季度.
    ThisQuarter,
    /// 上季度.
    LastQuarter,
}

/// Names of periods relative to today; the first one is printed.
pub(super) const RELATIVE_NAMES: &[(Relative, &[&str])] = &[
    (Relative::Today, &["今天", "今日", "today"]),
    (Relative::Yesterday, &["昨天", "昨日", "yesterday"]),
    (Relative::DayBeforeYesterday, &["前天", "前日"]),
    (Relative::ThisWeek, &["本周", "这周", "thisweek"]),
    (Relative::LastWeek, &["上周", "lastweek"]),
    (Relative::ThisMonth, &["本月", "这个月", "thismonth"]),
    (Relative::LastMonth, &["上月", "上个月", "lastmonth"]),
    (Relative::ThisQuarter, &["本季度", "thisquarter"]),
    (Relative::LastQuarter, &["上季度", "上个季度", "lastquarter"]),
];

impl Dates {
    /// The first and the last day, both inclusive; `None` is an open end, and both are `None` for
    /// [`Dates::Unknown`]. A range between relative dates can end before it begins: no day is in
    /// it.
    #[must_use]
    pub fn days(&self, today: CivilDate) -> (Option<CivilDate>, Option<CivilDate>) {
        match self {
            Self::Unknown => (None, None),
            Self::Range { from, to } => {
                (from.map(|period| period.days(today).0), to.map(|period| period.days(today).1))
            }
        }
    }
}

impl DateExpr {
    /// The first and the last day.
    #[must_use]
    pub fn days(self, today: CivilDate) -> (CivilDate, CivilDate) {
        let months = |year: Year, first: u8, count: u8| {
            let year = year.number(today);
            let last = first.saturating_add(count).saturating_sub(1);
            (day(year, first, 1), day(year, last, 31))
        };
        match self {
            Self::Year(year) => months(year, 1, 12),
            Self::Half(year, half) => months(year, if half < 2 { 1 } else { 7 }, 6),
            Self::Quarter(year, quarter) => months(year, quarter.clamp(1, 4) * 3 - 2, 3),
            Self::Month(year, month) => months(year, month, 1),
            Self::Day(year, month, of_month) => {
                let day = day(year.number(today), month, of_month);
                (day, day)
            }
            Self::Relative(relative) => relative.days(today),
            Self::LastDays(count) => {
                let others = i64::from(count.max(1)) - 1;
                (back(today, Length::new().try_days(others)), today)
            }
            Self::LastMonths(count) => (since(today, Length::new().try_months(count)), today),
            Self::LastYears(count) => (since(today, Length::new().try_years(count)), today),
        }
    }

    /// Whether its days are the same whatever day it is today.
    pub(super) fn is_absolute(self) -> bool {
        match self {
            Self::Year(year)
            | Self::Half(year, _)
            | Self::Quarter(year, _)
            | Self::Month(year, _)
            | Self::Day(year, ..) => matches!(year, Year::Number(_)),
            Self::Relative(_) | Self::LastDays(_) | Self::LastMonths(_) | Self::LastYears(_) => {
                false
            }
        }
    }
}

impl Year {
    fn number(self, today: CivilDate) -> i16 {
        match self {
            Self::Number(number) => number,
            Self::This => today.year(),
            Self::Last => today.year().saturating_sub(1),
            Self::BeforeLast => today.year().saturating_sub(2),
        }
    }
}

impl Relative {
    /// The name that is printed.
    fn name(self) -> &'static str {
        let row = RELATIVE_NAMES.iter().find(|(relative, _)| *relative == self);
        row.and_then(|(_, names)| names.first()).copied().unwrap_or_default()
    }

    fn days(self, today: CivilDate) -> (CivilDate, CivilDate) {
        let days_ago = |count: i64| back(today, Length::new().try_days(count));
        let one = |day: CivilDate| (day, day);
        let monday = i64::from(today.weekday().to_monday_zero_offset());
        let month = |day: CivilDate| (day.first_of_month(), day.last_of_month());
        let quarter = |day: CivilDate| {
            let quarter = (day.month().unsigned_abs() - 1) / 3 + 1;
            DateExpr::Quarter(Year::Number(day.year()), quarter).days(today)
        };
        let months_ago = |count: i64| back(today, Length::new().try_months(count));
        match self {
            Self::Today => one(today),
            Self::Yesterday => one(days_ago(1)),
            Self::DayBeforeYesterday => one(days_ago(2)),
            Self::ThisWeek => (days_ago(monday), days_ago(monday - 6)),
            Self::LastWeek => (days_ago(monday + 7), days_ago(monday + 1)),
            Self::ThisMonth => month(today),
            Self::LastMonth => month(months_ago(1)),
            Self::ThisQuarter => quarter(today),
            Self::LastQuarter => quarter(months_ago(3)),
        }
    }
}

/// The day of these numbers, or the nearest one: 31 is the last of any month.
fn day(year: i16, month: u8, of_month: u8) -> CivilDate {
    let month = month.clamp(1, 12).cast_signed();
    let first = CivilDate::new(year, month, 1).unwrap_or(CivilDate::MIN);
    let of_month = of_month.clamp(1, first.days_in_month().unsigned_abs()).cast_signed();
    CivilDate::new(first.year(), first.month(), of_month).unwrap_or(first)
}

/// The day that lies this long before another.
fn back(today: CivilDate, length: Result<Length, jiff::Error>) -> CivilDate {
    length.and_then(|length| today.checked_sub(length)).unwrap_or(CivilDate::MIN)
}

/// The day after that: the first of a period that ends today.
fn since(today: CivilDate, length: Result<Length, jiff::Error>) -> CivilDate {
    let before = back(today, length);
    before.tomorrow().unwrap_or(before).min(today)
}

impl fmt::Display for Dates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown => f.write_str("无"),
            Self::Range { from: Some(from), to: Some(to) } if from == to => from.fmt(f),
            Self::Range { from, to } => {
                if let Some(from) = from {
                    from.fmt(f)?;
                }
                f.write_str("..")?;
                to.map_or(Ok(()), |to| to.fmt(f))
            }
        }
    }
}

impl fmt::Display for DateExpr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Year(year) => year.fmt(f),
            Self::Half(year, half) => write!(f, "{year}{}半年", if half < 2 { "上" } else { "下" }),
            Self::Quarter(year, quarter) => write!(f, "{year}Q{quarter}"),
            Self::Month(year @ Year::Number(_), month) => write!(f, "{year}-{month:02}"),
            Self::Month(year, month) => write!(f, "{year}{month}月"),
            Self::Day(year @ Year::Number(_), month, day) => {
                write!(f, "{year}-{month:02}-{day:02}")
            }
            Self::Day(year, month, day) => write!(f, "{year}{month}月{day}日"),
            Self::Relative(relative) => f.write_str(relative.name()),
            Self::LastDays(count) => write!(f, "近{count}天"),
            Self::LastMonths(count) => write!(f, "近{count}个月"),
            Self::LastYears(count) => write!(f, "近{count}年"),
        }
    }
}

impl fmt::Display for Year {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => write!(f, "{number:04}"),
            Self::This => f.write_str("今年"),
            Self::Last => f.write_str("去年"),
            Self::BeforeLast => f.write_str("前年"),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn days(period: DateExpr, today: &str) -> String {
        let (first, last) = period.days(today.parse().unwrap());
        format!("{first}..{last}")
    }

    #[test]
    fn periods_of_the_calendar_have_their_first_and_last_day() {
        let year = Year::Number(2024);
        for (period, expected) in [
            (DateExpr::Year(year), "2024-01-01..2024-12-31"),
            (DateExpr::Half(year, 1), "2024-01-01..2024-06-30"),
            (DateExpr::Half(year, 2), "2024-07-01..2024-12-31"),
            (DateExpr::Quarter(year, 1), "2024-01-01..2024-03-31"),
            (DateExpr::Quarter(year, 4), "2024-10-01..2024-12-31"),
            (DateExpr::Month(year, 2), "2024-02-01..2024-02-29"),
            (DateExpr::Day(year, 2, 10), "2024-02-10..2024-02-10"),
            (DateExpr::Month(Year::Last, 2), "2023-02-01..2023-02-28"),
            (DateExpr::Day(Year::Last, 2, 29), "2023-02-28..2023-02-28"),
            (DateExpr::Year(Year::BeforeLast), "2022-01-01..2022-12-31"),
        ] {
            assert_eq!(days(period, "2024-05-15"), expected, "{period}");
        }
    }

    #[test]
    fn relative_days_are_counted_from_today() {
        for (relative, expected) in [
            (Relative::Today, "2024-03-01..2024-03-01"),
            (Relative::Yesterday, "2024-02-29..2024-02-29"),
            (Relative::DayBeforeYesterday, "2024-02-28..2024-02-28"),
            (Relative::ThisWeek, "2024-02-26..2024-03-03"),
            (Relative::LastWeek, "2024-02-19..2024-02-25"),
            (Relative::ThisMonth, "2024-03-01..2024-03-31"),
            (Relative::LastMonth, "2024-02-01..2024-02-29"),
            (Relative::ThisQuarter, "2024-01-01..2024-03-31"),
            (Relative::LastQuarter, "2023-10-01..2023-12-31"),
        ] {
            // A Friday.
            assert_eq!(days(DateExpr::Relative(relative), "2024-03-01"), expected, "{relative:?}");
        }
        assert_eq!(days(DateExpr::LastDays(1), "2024-03-01"), "2024-03-01..2024-03-01");
        assert_eq!(days(DateExpr::LastDays(30), "2024-03-01"), "2024-02-01..2024-03-01");
        assert_eq!(days(DateExpr::LastMonths(3), "2024-05-31"), "2024-03-01..2024-05-31");
        assert_eq!(days(DateExpr::LastYears(2), "2024-03-01"), "2022-03-02..2024-03-01");
    }

    #[test]
    fn a_period_of_no_days_is_today() {
        let today = "2024-03-01".parse().unwrap();
        for period in [DateExpr::LastDays(0), DateExpr::LastMonths(0), DateExpr::LastYears(0)] {
            assert_eq!(period.days(today), (today, today), "{period}");
        }
    }

    #[test]
    fn an_open_end_has_no_day() {
        let today = "2024-03-01".parse().unwrap();
        let from = Some(DateExpr::Year(Year::Number(2023)));
        let days = Dates::Range { from, to: None }.days(today);
        assert_eq!(days, ("2023-01-01".parse().ok(), None));
        assert_eq!(Dates::Unknown.days(today), (None, None));
    }

    proptest! {
        #[test]
        fn no_number_is_too_large(a: u8, b: u8, c: u16, year in -9999_i16..=9999, relative: bool) {
            let today = CivilDate::new(year, 2, 28).unwrap();
            let year = if relative { Year::BeforeLast } else { Year::Number(i16::MAX) };
            for period in [
                DateExpr::Year(year), DateExpr::Half(year, a), DateExpr::Quarter(year, a),
                DateExpr::Month(year, a), DateExpr::Day(year, a, b), DateExpr::LastDays(c),
                DateExpr::LastMonths(c), DateExpr::LastYears(c),
                DateExpr::Relative(Relative::ThisWeek), DateExpr::Relative(Relative::LastQuarter),
            ] {
                let (first, last) = period.days(today);
                prop_assert!(first <= last, "{period}: {first} {last}");
            }
        }
    }
}
