//! Stretches of time: days, months, quarters, years; and articles counted by them.

use std::fmt;

use jiff::Span;
use serde::{Deserialize, Serialize, Serializer};
use utoipa::ToSchema;

use crate::model::CivilDate;
use crate::search::Count;

/// How long a period is.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    ToSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Granularity {
    /// A day.
    Day,
    /// A calendar month.
    #[default]
    Month,
    /// January to March, and so on.
    Quarter,
    /// A calendar year.
    Year,
}

/// A day, a month, a quarter or a year. Printed as `2023-02-10`, `2023-02`, `2023-Q1`, `2023`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    granularity: Granularity,
    /// Periods since the beginning of the year 0.
    number: i32,
}

impl Granularity {
    /// Periods after which they begin anew: months in a year, quarters in a year; 1 for others.
    #[must_use]
    pub fn cycle(self) -> u32 {
        match self {
            Self::Month => 12,
            Self::Quarter => 4,
            Self::Day | Self::Year => 1,
        }
    }

    /// The English word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
        }
    }
}

impl Period {
    /// The period that a day lies in.
    #[must_use]
    pub fn of(granularity: Granularity, date: CivilDate) -> Self {
        let (year, month) = (i32::from(date.year()), i32::from(date.month()) - 1);
        let number = match granularity {
            Granularity::Day => days_since_0(date),
            Granularity::Month => year * 12 + month,
            Granularity::Quarter => year * 4 + month / 3,
            Granularity::Year => year,
        };
        Self { granularity, number }
    }

    /// The period that stands at a number, see [`Period::number`].
    #[must_use]
    pub fn at(granularity: Granularity, number: i32) -> Self {
        Self { granularity, number }
    }

    /// How long it is.
    #[must_use]
    pub fn granularity(self) -> Granularity {
        self.granularity
    }

    /// Its place in time: the next period has the next number, and the first one of the year 0
    /// has 0.
    #[must_use]
    pub fn number(self) -> i32 {
        self.number
    }

    /// Its first and its last day; `None` outside of the calendar's years.
    #[must_use]
    pub fn days(self) -> Option<(CivilDate, CivilDate)> {
        let cycle = self.granularity.cycle().cast_signed();
        let months = match self.granularity {
            Granularity::Day => {
                let day = day_at(self.number)?;
                return Some((day, day));
            }
            Granularity::Month => 1,
            Granularity::Quarter => 3,
            Granularity::Year => 12,
        };
        let year = i16::try_from(self.number.div_euclid(cycle)).ok()?;
        let before = i8::try_from(self.number.rem_euclid(cycle) * months).ok()?;
        let first = CivilDate::new(year, before + 1, 1).ok()?;
        let last = CivilDate::new(year, before + i8::try_from(months).ok()?, 1).ok()?;
        Some((first, last.last_of_month()))
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cycle = self.granularity.cycle().cast_signed();
        let (year, part) = (self.number.div_euclid(cycle), self.number.rem_euclid(cycle) + 1);
        match self.granularity {
            Granularity::Day => match day_at(self.number) {
                Some(day) => write!(f, "{day}"),
                None => write!(f, "day {}", self.number),
            },
            Granularity::Month => write!(f, "{year:04}-{part:02}"),
            Granularity::Quarter => write!(f, "{year:04}-Q{part}"),
            Granularity::Year => write!(f, "{year:04}"),
        }
    }
}

impl Serialize for Period {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

fn day_at(number: i32) -> Option<CivilDate> {
    CivilDate::ZERO.checked_add(Span::new().try_days(number).ok()?).ok()
}

fn days_since_0(date: CivilDate) -> i32 {
    date.since(CivilDate::ZERO).map_or(0, |span| span.get_days())
}

/// Articles by period. A day is counted under a number that is read off its digits, so that to
/// count one costs a step.
#[derive(Debug, Clone, Default)]
pub(crate) struct PeriodCounts {
    granularity: Granularity,
    counts: Vec<u32>,
    undated: u64,
}

impl PeriodCounts {
    pub(crate) fn new(granularity: Granularity) -> Self {
        Self { granularity, ..Self::default() }
    }

    /// Counts an article of a day as the index keeps it, YYYYMMDD; 0 is none.
    pub(crate) fn add(&mut self, day: u64) {
        let Some(number) = counted_under(self.granularity, day) else {
            self.undated += 1;
            return;
        };
        let number = number as usize;
        if number >= self.counts.len() {
            self.counts.resize(number + 1, 0);
        }
        self.counts[number] += 1;
    }

    /// Articles without a day.
    pub(crate) fn undated(&self) -> u64 {
        self.undated
    }

    /// The periods that have articles, in order of time.
    pub(crate) fn periods(&self) -> impl Iterator<Item = (Period, u64)> {
        let some = (0_i32..).zip(&self.counts).filter(|&(_, &count)| count > 0);
        some.map(|(number, &count)| (self.period(number), u64::from(count)))
    }

    /// As [`Self::periods`], the periods as they are written.
    pub(crate) fn counts(&self) -> Vec<Count> {
        let count = |(period, count): (Period, u64)| Count { value: period.to_string(), count };
        self.periods().map(count).collect()
    }

    /// Of months: their years.
    pub(crate) fn years(&self) -> Vec<Count> {
        let mut years: Vec<Count> = Vec::new();
        for (period, count) in self.periods() {
            let year = Period::at(Granularity::Year, period.number().div_euclid(12)).to_string();
            match years.last_mut() {
                Some(last) if last.value == year => last.count += count,
                _ => years.push(Count { value: year, count }),
            }
        }
        years
    }

    fn period(&self, number: i32) -> Period {
        period_at(self.granularity, number)
    }
}

/// The number of the period, as [`Period::number`] has it, of a day as the index keeps it; `None`
/// of what is no day.
pub(crate) fn period_number(granularity: Granularity, day: u64) -> Option<u32> {
    let number = counted_under(granularity, day)? as i32;
    u32::try_from(period_at(granularity, number).number()).ok()
}

/// A number that is read off the digits of a day, YYYYMMDD; `None` of what is no day.
fn counted_under(granularity: Granularity, day: u64) -> Option<u64> {
    let (year, month, of_month) = (day / 10_000, day / 100 % 100, day % 100);
    if !(1..=12).contains(&month) || !(1..=31).contains(&of_month) || year > 9_999 {
        return None;
    }
    Some(match granularity {
        Granularity::Day => (year * 12 + month - 1) * 31 + of_month - 1,
        Granularity::Month => year * 12 + month - 1,
        Granularity::Quarter => year * 4 + (month - 1) / 3,
        Granularity::Year => year,
    })
}

/// The period of such a number.
fn period_at(granularity: Granularity, number: i32) -> Period {
    if granularity != Granularity::Day {
        return Period::at(granularity, number);
    }
    // A day that no calendar has (February 30) is taken for the last one of its month.
    let (month, day) = (number / 31, number % 31 + 1);
    let first = CivilDate::new((month / 12) as i16, (month % 12 + 1) as i8, 1);
    let first = first.unwrap_or(CivilDate::ZERO);
    let last = first.last_of_month();
    let day = CivilDate::new(first.year(), first.month(), day as i8).unwrap_or(last);
    Period::of(Granularity::Day, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_printed_and_numbered_in_order() {
        let day = |text: &str| text.parse::<CivilDate>().expect("a day");
        let shown = |text, granularity| Period::of(granularity, day(text)).to_string();
        assert_eq!(shown("2024-02-29", Granularity::Day), "2024-02-29");
        assert_eq!(shown("2023-02-10", Granularity::Month), "2023-02");
        assert_eq!(shown("2023-03-31", Granularity::Quarter), "2023-Q1");
        assert_eq!(shown("2023-04-01", Granularity::Quarter), "2023-Q2");
        assert_eq!(shown("2023-12-31", Granularity::Year), "2023");
        for granularity in
            [Granularity::Day, Granularity::Month, Granularity::Quarter, Granularity::Year]
        {
            let number = |text| Period::of(granularity, day(text)).number();
            assert_eq!(number("2023-01-01"), number("2022-12-31") + 1, "{granularity:?}");
        }
    }

    #[test]
    fn a_period_knows_its_days() {
        for (granularity, days) in [
            (Granularity::Day, "2024-02-10..2024-02-10"),
            (Granularity::Month, "2024-02-01..2024-02-29"),
            (Granularity::Quarter, "2024-01-01..2024-03-31"),
            (Granularity::Year, "2024-01-01..2024-12-31"),
        ] {
            let period = Period::of(granularity, jiff::civil::date(2024, 2, 10));
            let (first, last) = period.days().expect("days of the calendar");
            assert_eq!(format!("{first}..{last}"), days);
            assert_eq!(Period::at(granularity, i32::MAX).days(), None);
            assert_eq!(Period::at(granularity, i32::MIN).days(), None);
            assert!(!Period::at(granularity, i32::MAX).to_string().is_empty());
        }
    }

    fn counted(granularity: Granularity) -> Vec<(String, u64)> {
        let mut calendar = PeriodCounts::new(granularity);
        for day in [20_231_231, 20_230_210, 20_230_210, 20_230_301, 0, 20_231_301] {
            calendar.add(day);
        }
        assert_eq!(calendar.undated(), 2);
        calendar.counts().into_iter().map(|count| (count.value, count.count)).collect()
    }

    #[test]
    fn days_are_counted_by_any_unit_in_order_of_time() {
        let pairs = |counts: &[(&str, u64)]| -> Vec<(String, u64)> {
            counts.iter().map(|&(value, count)| (value.to_owned(), count)).collect()
        };
        assert_eq!(
            counted(Granularity::Day),
            pairs(&[("2023-02-10", 2), ("2023-03-01", 1), ("2023-12-31", 1)])
        );
        assert_eq!(
            counted(Granularity::Month),
            pairs(&[("2023-02", 2), ("2023-03", 1), ("2023-12", 1)])
        );
        assert_eq!(counted(Granularity::Quarter), pairs(&[("2023-Q1", 3), ("2023-Q4", 1)]));
        assert_eq!(counted(Granularity::Year), pairs(&[("2023", 4)]));
    }
}
