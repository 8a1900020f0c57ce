//! Counts articles by day, month, quarter or year, while it is told their days.

use serde::Serialize;

use super::Count;

/// A stretch of time that articles are counted by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// `2023-02-10`.
    Day,
    /// `2023-02`.
    #[default]
    Month,
    /// `2023-Q1`.
    Quarter,
    /// `2023`.
    Year,
}

/// Articles by unit of time. Days are counted under a number that grows with them, so that to
/// count one costs a step.
#[derive(Debug, Clone, Default)]
pub(super) struct Calendar {
    unit: Unit,
    counts: Vec<u32>,
    undated: u64,
}

impl Calendar {
    pub(super) fn new(unit: Unit) -> Self {
        Self { unit, ..Self::default() }
    }

    /// Counts an article of a day as the index keeps it, YYYYMMDD; 0 is none.
    pub(super) fn add(&mut self, day: u64) {
        let (year, month, of_month) = (day / 10_000, day / 100 % 100, day % 100);
        if !(1..=12).contains(&month) || !(1..=31).contains(&of_month) || year > 9_999 {
            self.undated += 1;
            return;
        }
        let number = match self.unit {
            Unit::Day => (year * 12 + month - 1) * 31 + of_month - 1,
            Unit::Month => year * 12 + month - 1,
            Unit::Quarter => year * 4 + (month - 1) / 3,
            Unit::Year => year,
        };
        let number = number as usize;
        if number >= self.counts.len() {
            self.counts.resize(number + 1, 0);
        }
        self.counts[number] += 1;
    }

    /// Articles without a day.
    pub(super) fn undated(&self) -> u64 {
        self.undated
    }

    /// The units that have articles, in order of time.
    pub(super) fn counts(&self) -> Vec<Count> {
        let some = (0_u64..).zip(&self.counts).filter(|&(_, &count)| count > 0);
        some.map(|(number, &count)| Count {
            value: self.shown(number),
            count: u64::from(count),
        })
        .collect()
    }

    /// As [`Self::counts`], by a coarser unit.
    pub(super) fn years(&self) -> Vec<Count> {
        let mut years: Vec<Count> = Vec::new();
        for Count { value, count } in self.counts() {
            let year = &value[..4];
            match years.last_mut() {
                Some(last) if last.value == year => last.count += count,
                _ => years.push(Count { value: year.to_owned(), count }),
            }
        }
        years
    }

    fn shown(&self, number: u64) -> String {
        let month = |number: u64| format!("{:04}-{:02}", number / 12, number % 12 + 1);
        match self.unit {
            Unit::Day => format!("{}-{:02}", month(number / 31), number % 31 + 1),
            Unit::Month => month(number),
            Unit::Quarter => format!("{:04}-Q{}", number / 4, number % 4 + 1),
            Unit::Year => format!("{number:04}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(unit: Unit) -> Vec<(String, u64)> {
        let mut calendar = Calendar::new(unit);
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
            counted(Unit::Day),
            pairs(&[("2023-02-10", 2), ("2023-03-01", 1), ("2023-12-31", 1)])
        );
        assert_eq!(
            counted(Unit::Month),
            pairs(&[("2023-02", 2), ("2023-03", 1), ("2023-12", 1)])
        );
        assert_eq!(counted(Unit::Quarter), pairs(&[("2023-Q1", 3), ("2023-Q4", 1)]));
        assert_eq!(counted(Unit::Year), pairs(&[("2023", 4)]));
    }
}
