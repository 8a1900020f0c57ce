//! Resolves date expressions to days: finds the year that 2月9日 leaves out, and counts 昨日 from
//! the day of print.

use jiff::ToSpan;

use super::expression::{DateExpression, DateValue, MonthValue, YearValue};
use crate::model::{CivilDate, DateInference, DateInterval, Precision};

/// What is known about the time of print.
#[derive(Debug, Clone, Copy, Default)]
pub struct ReferenceTime {
    /// The day from which 昨日 and 9日 are counted, if known.
    pub day: Option<CivilDate>,
    /// The interval in which the issue appeared.
    pub interval: DateInterval,
    /// The year in the file's name.
    pub year: Option<i16>,
    /// Whether the issue collects texts of several months, so that 去年 and 昨日 are not relative
    /// to it.
    pub collects: bool,
    /// Whether the interval is that of the articles beside it, which need not be of one issue.
    pub beside: bool,
}

/// The days that an expression denotes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResolvedDate {
    /// The first day.
    pub first: CivilDate,
    /// The last day.
    pub last: CivilDate,
    /// Their precision.
    pub precision: Precision,
    /// How the year or the offset was inferred; `None` if the words state everything.
    pub how: Option<DateInference>,
}

impl ReferenceTime {
    /// The last day that an article can report on: that of print. No article is of a later day.
    pub fn latest(&self) -> Option<CivilDate> {
        self.interval.not_after.or(self.day)
    }

    /// Whether a day is not after the day of print, as far as that is known.
    pub fn is_past(&self, day: CivilDate) -> bool {
        self.latest().is_none_or(|latest| day <= latest)
    }

    /// Whether neither the issue nor its time is known.
    pub fn is_of_no_issue(&self) -> bool {
        self.beside || self.latest().is_none()
    }

    /// Whether nothing tells the year of a day that states none.
    pub fn is_unknown(&self) -> bool {
        self.latest().is_none() && self.year.is_none()
    }

    /// The year of print, if certain.
    fn this_year(&self) -> Option<i16> {
        let last = self.day.or(self.interval.not_after)?;
        let first = self.day.or(self.interval.not_before).unwrap_or(last);
        (first.year() == last.year()).then_some(last.year())
    }

    /// Whether a day is close enough before the time of print to be news; if the text states its
    /// year, it may be less close. If nothing is known about the time of print, every day is.
    #[must_use]
    pub fn is_near(&self, day: CivilDate, with_year: bool) -> bool {
        let Some(latest) = self.latest() else {
            return self.year.is_none_or(|year| (year - 1..=year + 1).contains(&day.year()));
        };
        let reach = match (self.collects, with_year) {
            (true, _) => 200,
            // What lies long before all articles beside it is background.
            _ if self.beside => 31,
            (false, true) => 120,
            (false, false) => 60,
        };
        let from = self.interval.not_before.or(self.day).unwrap_or(latest);
        from.checked_sub(reach.days()).is_ok_and(|earliest| (earliest..=latest).contains(&day))
    }

    /// The year in which a month and day is nearest to the time of print, but not after it; else
    /// the year in the file's name.
    fn year_of(&self, month: i8, day: i8) -> Option<(i16, DateInference)> {
        let Some(latest) = self.latest() else {
            return self.year.map(|year| (year, DateInference::YearOfFileName));
        };
        let year = latest.year();
        let this = CivilDate::new(year, month, day.min(28)).ok()?;
        let year = if this <= latest { year } else { year - 1 };
        let how =
            if self.beside { DateInference::YearOfNeighbours } else { DateInference::NearestYear };
        Some((year, how))
    }

    /// Resolves an expression. `carried` is the year that the same sentence named before.
    #[must_use]
    pub fn resolve(&self, words: &DateExpression, carried: Option<i16>) -> Option<ResolvedDate> {
        let Some(from) = words.from else { return self.resolve_value(words.value, carried) };
        let Some(start) = self.resolve_value(from, carried) else {
            return self.resolve_value(words.value, carried);
        };
        // The end is in the year of the beginning or in the next one: 12月30日至1月2日.
        let year = start.first.year();
        let mut end = self.resolve_value(words.value, Some(year))?;
        if end.last < start.first {
            end = self.resolve_value(words.value, Some(year + 1))?;
        }
        let first = start.first.min(end.last);
        Some(ResolvedDate { first, last: end.last, precision: Precision::Day, how: start.how })
    }

    fn resolve_value(&self, value: DateValue, carried: Option<i16>) -> Option<ResolvedDate> {
        match value {
            DateValue::Day { year, month, day } => self.resolve_day(year, month, day, carried),
            DateValue::DaysAway(days) => {
                let base = self.day?;
                let day = base.checked_add(days.days()).ok()?;
                Some(one_day(day, Some(DateInference::FromPrintDay)))
            }
            DateValue::Weekday { weeks, weekday } => {
                let base = self.day?;
                let today = i32::from(base.weekday().to_monday_one_offset());
                let days = weeks * 7 + weekday - today;
                let day = base.checked_add(days.days()).ok()?;
                Some(one_day(day, Some(DateInference::FromPrintDay)))
            }
            DateValue::Month { year, month } => {
                let (year, month, how) = self.month(year, month, 1, carried)?;
                months(year, month, month, Precision::Month, how)
            }
            DateValue::Months { year, first, last } => {
                let (year, _, how) = self.month(year, MonthValue::Number(last), 1, carried)?;
                let precision =
                    if last - first == 2 { Precision::Quarter } else { Precision::Interval };
                months(year, first, last, precision, how)
            }
            DateValue::Year(year) => {
                let year = self.year(year, 1, 1, carried)?.0;
                months(year, 1, 12, Precision::Year, None)
            }
            DateValue::Vague => None,
        }
    }

    fn resolve_day(
        &self,
        year: YearValue,
        month: MonthValue,
        day: i8,
        carried: Option<i16>,
    ) -> Option<ResolvedDate> {
        if month == MonthValue::Unstated {
            let base = self.day.or(self.interval.not_after)?;
            let this = CivilDate::new(base.year(), base.month(), day).ok();
            let nearest = this.filter(|date| *date <= base).or_else(|| {
                let before = base.first_of_month().checked_sub(1.day()).ok()?;
                CivilDate::new(before.year(), before.month(), day).ok()
            })?;
            return Some(one_day(nearest, Some(DateInference::NearestMonth)));
        }
        let (year, month, how) = self.month(year, month, day, carried)?;
        Some(one_day(CivilDate::new(year, month, day).ok()?, how))
    }

    fn month(
        &self,
        year: YearValue,
        month: MonthValue,
        day: i8,
        carried: Option<i16>,
    ) -> Option<(i16, i8, Option<DateInference>)> {
        match month {
            MonthValue::Number(month) => {
                let (year, how) = self.year(year, month, day, carried)?;
                Some((year, month, how))
            }
            MonthValue::Offset(offset) => {
                let base = self.day.or_else(|| self.interval_month())?.first_of_month();
                let date = base.checked_add(i32::from(offset).months()).ok()?;
                Some((date.year(), date.month(), Some(DateInference::MonthFromIssue)))
            }
            MonthValue::Unstated => None,
        }
    }

    /// A day of the month of print, if the month is certain.
    fn interval_month(&self) -> Option<CivilDate> {
        let (first, last) = (self.interval.not_before?, self.interval.not_after?);
        (first.first_of_month() == last.first_of_month()).then_some(first)
    }

    fn year(
        &self,
        year: YearValue,
        month: i8,
        day: i8,
        carried: Option<i16>,
    ) -> Option<(i16, Option<DateInference>)> {
        match year {
            YearValue::Number(year) => Some((year, None)),
            YearValue::Short(short) => {
                let reference = self.this_year().or(self.year).unwrap_or(1999);
                let year = reference - reference.rem_euclid(100) + short;
                let year = if year > reference + 10 { year - 100 } else { year };
                Some((year, Some(DateInference::CenturyOfIssue)))
            }
            // In a collection, 今年 is the year of the collected text.
            YearValue::Offset(0) if self.collects => self.found_year(month, day),
            YearValue::Offset(_) if self.collects => None,
            YearValue::Offset(offset) => {
                let this = self.this_year().or(self.year)?;
                Some((this + offset, Some(DateInference::YearFromIssue)))
            }
            YearValue::Same => carried.map(|year| (year, Some(DateInference::YearNamedBefore))),
            YearValue::Unstated => match carried {
                Some(year) => Some((year, Some(DateInference::YearNamedBefore))),
                None => self.found_year(month, day),
            },
        }
    }

    fn found_year(&self, month: i8, day: i8) -> Option<(i16, Option<DateInference>)> {
        self.year_of(month, day).map(|(year, how)| (year, Some(how)))
    }
}

fn one_day(day: CivilDate, how: Option<DateInference>) -> ResolvedDate {
    ResolvedDate { first: day, last: day, precision: Precision::Day, how }
}

fn months(
    year: i16,
    first: i8,
    last: i8,
    precision: Precision,
    how: Option<DateInference>,
) -> Option<ResolvedDate> {
    let first = CivilDate::new(year, first, 1).ok()?;
    let last = CivilDate::new(year, last, 1).ok()?.last_of_month();
    Some(ResolvedDate { first, last, precision, how })
}
