//! Counts articles by day, month, quarter or year, while it is told their days.

use crate::model::CivilDate;
use crate::search::{Count, Granularity, Period};

/// Articles by period. A day is counted under a number that is read off its digits, so that to
/// count one costs a step.
#[derive(Debug, Clone, Default)]
pub(crate) struct PeriodCounts {
    every: Granularity,
    counts: Vec<u32>,
    undated: u64,
}

impl PeriodCounts {
    pub(crate) fn new(every: Granularity) -> Self {
        Self { every, ..Self::default() }
    }

    /// Counts an article of a day as the index keeps it, YYYYMMDD; 0 is none.
    pub(crate) fn add(&mut self, day: u64) {
        let Some(number) = counted_under(self.every, day) else {
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
        period_at(self.every, number)
    }
}

/// The number of the period, as [`Period::number`] has it, of a day as the index keeps it; `None`
/// of what is no day.
pub(crate) fn period_number(every: Granularity, day: u64) -> Option<u32> {
    let number = counted_under(every, day)? as i32;
    u32::try_from(period_at(every, number).number()).ok()
}

/// A number that is read off the digits of a day, YYYYMMDD; `None` of what is no day.
fn counted_under(every: Granularity, day: u64) -> Option<u64> {
    let (year, month, of_month) = (day / 10_000, day / 100 % 100, day % 100);
    if !(1..=12).contains(&month) || !(1..=31).contains(&of_month) || year > 9_999 {
        return None;
    }
    Some(match every {
        Granularity::Day => (year * 12 + month - 1) * 31 + of_month - 1,
        Granularity::Month => year * 12 + month - 1,
        Granularity::Quarter => year * 4 + (month - 1) / 3,
        Granularity::Year => year,
    })
}

/// The period of such a number.
fn period_at(every: Granularity, number: i32) -> Period {
    if every != Granularity::Day {
        return Period::at(every, number);
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

    fn counted(every: Granularity) -> Vec<(String, u64)> {
        let mut calendar = PeriodCounts::new(every);
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
