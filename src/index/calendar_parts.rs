//! A span of days as whole years, whole months and days, so that few terms make it up and the engine
//! finds what meets a span of days exactly.

use jiff::ToSpan;

use crate::model::{CivilDate, day_number};

/// The years (YYYY), months (YYYYMM) and days (YYYYMMDD) that make up a span, both ends inclusive, in
/// order; none if it ends before it begins.
pub(super) fn calendar_parts(from: CivilDate, to: CivilDate) -> Vec<u32> {
    let mut parts = Vec::new();
    let mut day = from;
    while day <= to {
        let (number, last) = if day == day.first_of_year() && day.last_of_year() <= to {
            (day_number(day) / 10_000, day.last_of_year())
        } else if day == day.first_of_month() && day.last_of_month() <= to {
            (day_number(day) / 100, day.last_of_month())
        } else {
            (day_number(day), day)
        };
        parts.push(number);
        let Ok(next) = last.checked_add(1.day()) else { break };
        day = next;
    }
    parts
}

/// The first and the last day of such a part, as YYYYMMDD; the last is not below that of the month.
pub(crate) fn days_of_part(part: &str) -> Option<(u64, u64)> {
    let number: u64 = part.parse().ok()?;
    match part.len() {
        4 => Some((number * 10_000 + 101, number * 10_000 + 1231)),
        6 => Some((number * 100 + 1, number * 100 + 31)),
        8 => Some((number, number)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn whole_years_and_months_are_one_part() {
        let parts = |from: &str, to: &str| {
            calendar_parts(from.parse().expect("a day"), to.parse().expect("a day"))
        };
        assert_eq!(parts("2023-01-01", "2023-12-31"), [2023]);
        assert_eq!(
            parts("2022-11-29", "2024-02-02"),
            [20_221_129, 20_221_130, 202_212, 2023, 202_401, 20_240_201, 20_240_202]
        );
        assert_eq!(parts("2023-02-02", "2023-02-01"), [0; 0]);
    }

    proptest! {
        #[test]
        fn a_span_meets_another_one_if_one_of_its_parts_does(
            from in -9_000i32..9_000, length in 0i32..900, other in -9_000i32..9_000, wide in 0i32..900,
        ) {
            let base = jiff::civil::date(2000, 1, 1);
            let (from, other) = (base + from.days(), base + other.days());
            let (to, until) = (from + length.days(), other + wide.days());
            let meets = from <= until && other <= to;
            let (first, last) = (u64::from(day_number(other)), u64::from(day_number(until)));
            let found = calendar_parts(from, to).iter().any(|part| {
                let (a, b) = days_of_part(&part.to_string()).expect("a part");
                a <= last && first <= b
            });
            prop_assert_eq!(found, meets);
        }
    }
}
