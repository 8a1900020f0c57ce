//! Dates as people type them: a year, a month or a day, each of which is a span of days.

use std::fmt;
use std::str::FromStr;

use super::{Lang, ValueForm, words};
use crate::model::CivilDate;

/// A span of days, both inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DaysParam {
    /// The first day.
    pub first: CivilDate,
    /// The last day.
    pub last: CivilDate,
}

/// What was typed is not a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DaysError;

impl fmt::Display for DaysError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&words::value_form(Lang::En, ValueForm::Days))
    }
}

impl std::error::Error for DaysError {}

impl FromStr for DaysParam {
    type Err = DaysError;

    fn from_str(typed: &str) -> Result<Self, DaysError> {
        let mut numbers = Vec::new();
        for part in typed.split('-') {
            if part.is_empty() || !part.bytes().all(|byte| byte.is_ascii_digit()) {
                return Err(DaysError);
            }
            numbers.push(part.parse::<i16>().map_err(|_| DaysError)?);
        }
        if typed.find('-').unwrap_or(typed.len()) != 4 {
            return Err(DaysError);
        }
        let day = |year, month: i16, day: i16| {
            let month = i8::try_from(month).map_err(|_| DaysError)?;
            let day = i8::try_from(day).map_err(|_| DaysError)?;
            CivilDate::new(year, month, day).map_err(|_| DaysError)
        };
        match numbers[..] {
            [year] => Ok(Self { first: day(year, 1, 1)?, last: day(year, 12, 31)? }),
            [year, month] => {
                let first = day(year, month, 1)?;
                Ok(Self { first, last: first.last_of_month() })
            }
            [year, month, of_month] => {
                let first = day(year, month, of_month)?;
                Ok(Self { first, last: first })
            }
            _ => Err(DaysError),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(typed: &str) -> Option<String> {
        let days: DaysParam = typed.parse().ok()?;
        Some(format!("{}..{}", days.first, days.last))
    }

    #[test]
    fn a_year_a_month_and_a_day_are_spans_of_days() {
        assert_eq!(span("2023").as_deref(), Some("2023-01-01..2023-12-31"));
        assert_eq!(span("2024-02").as_deref(), Some("2024-02-01..2024-02-29"));
        assert_eq!(span("2023-2-9").as_deref(), Some("2023-02-09..2023-02-09"));
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for typed in ["", "23", "2023-13", "2023-02-30", "2023-", "-2023", "2023/02", "2023-1-1-1"]
        {
            assert_eq!(span(typed), None, "{typed}");
        }
    }
}
