//! The axes of a chart: how far they reach and where they are labelled.

use std::ops::Range;

use plotters::coord::ranged1d::{DefaultFormatting, KeyPointHint, Ranged};

/// Labels below a wide drawing at most, and about so many beside it.
pub(crate) const LABELS: i64 = 12;
const LABELS_UP: f64 = 6.0;

/// An axis whose labels stand where they are told to.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Axis {
    reach: Range<f64>,
    labels: Vec<f64>,
}

impl Axis {
    /// From the first place to the last, with half a place on either side. Labels stand at
    /// multiples of a part of the cycle, or of several cycles; there are `most` at most.
    pub(crate) fn of_places(all: impl Iterator<Item = i32> + Clone, cycle: u32, most: i64) -> Self {
        let first = all.clone().min().unwrap_or(0);
        let last = all.max().unwrap_or(0);
        let labels = places(first, last, cycle, most).into_iter().map(f64::from).collect();
        Self { reach: f64::from(first) - 0.5..f64::from(last) + 0.5, labels }
    }

    /// From the lowest value or 0 to the highest, both rounded outwards.
    pub(crate) fn of_heights(all: impl Iterator<Item = f64> + Clone) -> Self {
        let labels = heights(all);
        let lowest = labels.first().copied().unwrap_or(0.0);
        let highest = labels.last().copied().unwrap_or(1.0);
        Self { reach: lowest..highest, labels }
    }
}

impl Ranged for Axis {
    type FormatOption = DefaultFormatting;
    type ValueType = f64;

    fn map(&self, value: &f64, limit: (i32, i32)) -> i32 {
        let share = (value - self.reach.start) / (self.reach.end - self.reach.start);
        (f64::from(limit.0) + share * f64::from(limit.1 - limit.0)).round() as i32
    }

    fn key_points<Hint: KeyPointHint>(&self, _: Hint) -> Vec<f64> {
        self.labels.clone()
    }

    fn range(&self) -> Range<f64> {
        self.reach.clone()
    }
}

/// The places that get a label.
fn places(first: i32, last: i32, cycle: u32, most: i64) -> Vec<i32> {
    let most = most.max(1);
    let span = i64::from(last) - i64::from(first) + 1;
    let cycle = i64::from(cycle.max(1));
    let parts = (1..=cycle).filter(|part| cycle % part == 0);
    let tens = std::iter::successors(Some(1i64), |ten| ten.checked_mul(10)).take(11);
    let cycles = tens.flat_map(|ten| [ten, ten * 2, ten * 5]).map(|times| times * cycle);
    let step = parts.chain(cycles).find(|step| (span - 1) / *step < most).unwrap_or(span);
    let from = i64::from(first).div_euclid(step) * step;
    (0..=most + 1)
        .filter_map(|at| i32::try_from(from + at * step).ok())
        .filter(|place| (first..=last).contains(place))
        .collect()
}

/// Round heights from the lowest value or 0 to the highest; of whole numbers whole ones.
fn heights(values: impl Iterator<Item = f64> + Clone) -> Vec<f64> {
    let whole = values.clone().all(|value| value.fract() == 0.0);
    let lowest = values.clone().fold(0.0, f64::min);
    let least = if whole && lowest >= 0.0 { 1.0 } else { 0.0 };
    let highest = values.fold(least, f64::max);
    let span = highest - lowest;
    if !(span.is_finite() && span > f64::MIN_POSITIVE * 1e9) {
        return vec![0.0, 1.0];
    }
    let rough = span / LABELS_UP;
    let ten = 10f64.powf(rough.log10().floor());
    let round = [1.0, 2.0, 5.0, 10.0].into_iter().map(|times| times * ten);
    let step = round.into_iter().find(|step| *step >= rough * 0.999).unwrap_or(rough);
    let step = if whole { step.max(1.0) } else { step };
    let from = (lowest / step).floor();
    let steps = (highest / step - from).ceil().max(1.0) as u32;
    (0..=steps).map(|at| (from + f64::from(at)) * step).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn labels_stand_at_parts_and_multiples_of_a_year() {
        assert_eq!(places(24, 31, 12, LABELS), [24, 25, 26, 27, 28, 29, 30, 31]);
        assert_eq!(places(25, 60, 12, LABELS), [27, 30, 33, 36, 39, 42, 45, 48, 51, 54, 57, 60]);
        assert_eq!(places(1, 119, 12, LABELS), [12, 24, 36, 48, 60, 72, 84, 96, 108]);
        assert_eq!(places(1946, 2024, 1, LABELS), [1950, 1960, 1970, 1980, 1990, 2000, 2010, 2020]);
        assert_eq!(places(5, 5, 12, LABELS), [5]);
    }

    #[test]
    fn heights_are_round_and_whole_where_all_values_are() {
        assert_eq!(heights([3.0, 11.0].into_iter()), [0.0, 2.0, 4.0, 6.0, 8.0, 10.0, 12.0]);
        assert_eq!(heights([1.0, 0.0].into_iter()), [0.0, 1.0]);
        assert_eq!(heights([0.0].into_iter()), [0.0, 1.0]);
        assert_eq!(heights(std::iter::empty()), [0.0, 1.0]);
        assert_eq!(heights([12.5, 333.33].into_iter()).last(), Some(&400.0));
    }

    proptest! {
        #[test]
        fn every_value_lies_on_the_axis_and_labels_are_few(
            values in proptest::collection::vec(-1e12f64..1e12, 0..20),
            ends in (any::<i32>(), any::<i32>()),
            cycle in 0u32..20,
            most in 1i64..20,
        ) {
            let up = Axis::of_heights(values.iter().copied());
            prop_assert!(values.iter().all(|value| up.reach.start <= *value && *value <= up.reach.end));
            prop_assert!((2..=12).contains(&up.labels.len()), "{:?}", up.labels);
            let places = places(ends.0.min(ends.1), ends.0.max(ends.1), cycle, most);
            prop_assert!(u64::try_from(most).is_ok_and(|most| places.len() as u64 <= most));
        }
    }
}
