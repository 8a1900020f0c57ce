//! Stretches of time: days, months, quarters, years.

use std::fmt;

use jiff::Span;
use serde::{Deserialize, Serialize, Serializer};
use utoipa::ToSchema;

use crate::model::CivilDate;

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

/// A period and the articles of it. Those that are certainly of it and those that can be are, taken
/// together, what a search for its days finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct PeriodCount {
    /// The period: `2023`, `2023-Q1`, `2023-02` or `2023-02-10`.
    #[schema(value_type = String)]
    pub value: Period,
    /// Articles whose date certainly lies in it.
    pub count: u64,
    /// Further articles whose date can lie in it: their interval of days reaches into other periods,
    /// too. Each of them is possible in every period that its interval touches.
    pub possible: u64,
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
}
