//! The axes of a chart: the range that each covers, its labels, and the pixel of a value.

use std::iter;

/// Labels along the x axis of a wide chart at most, and about how many along the y axis.
pub(crate) const MAX_X_LABELS: i64 = 12;
const Y_LABELS: f64 = 6.0;

/// A linear axis.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Axis {
    min: f64,
    max: f64,
    labels: Vec<f64>,
}

impl Axis {
    /// From the first position to the last, with half a position on either side. Labels stand at
    /// multiples of a divisor of the cycle, or of several cycles; there are `max_labels` at most.
    pub(crate) fn of_positions(
        all: impl Iterator<Item = i32> + Clone,
        cycle: u32,
        max_labels: i64,
    ) -> Self {
        let first = all.clone().min().unwrap_or(0);
        let last = all.max().unwrap_or(0);
        let labels = x_labels(first, last, cycle, max_labels).into_iter().map(f64::from).collect();
        Self { min: f64::from(first) - 0.5, max: f64::from(last) + 0.5, labels }
    }

    /// From the lowest value or 0 to the highest, both rounded outwards.
    pub(crate) fn of_values(all: impl Iterator<Item = f64> + Clone) -> Self {
        let labels = y_labels(all);
        let min = labels.first().copied().unwrap_or(0.0);
        let max = labels.last().copied().unwrap_or(1.0);
        Self { min, max, labels }
    }

    /// The values that are labelled, in ascending order.
    pub(crate) fn labels(&self) -> &[f64] {
        &self.labels
    }

    /// The pixel of a value where the axis runs between two pixels.
    pub(crate) fn pixel(&self, value: f64, from: i32, to: i32) -> i32 {
        let share = (value - self.min) / (self.max - self.min);
        (f64::from(from) + share * f64::from(to - from)).round() as i32
    }
}

/// The positions that get a label.
fn x_labels(first: i32, last: i32, cycle: u32, max_labels: i64) -> Vec<i32> {
    let max_labels = max_labels.max(1);
    let span = i64::from(last) - i64::from(first) + 1;
    let cycle = i64::from(cycle.max(1));
    let divisors = (1..=cycle).filter(|part| cycle % part == 0);
    let tens = iter::successors(Some(1i64), |ten| ten.checked_mul(10)).take(11);
    let cycles = tens.flat_map(|ten| [ten, ten * 2, ten * 5]).map(|times| times * cycle);
    let step = divisors.chain(cycles).find(|step| (span - 1) / *step < max_labels).unwrap_or(span);
    let from = i64::from(first).div_euclid(step) * step;
    (0..=max_labels + 1)
        .filter_map(|index| i32::try_from(from + index * step).ok())
        .filter(|position| (first..=last).contains(position))
        .collect()
}

/// Round values from the lowest value or 0 to the highest; integers if all values are.
fn y_labels(values: impl Iterator<Item = f64> + Clone) -> Vec<f64> {
    let integers = values.clone().all(|value| value.fract() == 0.0);
    let lowest = values.clone().fold(0.0, f64::min);
    let least = if integers && lowest >= 0.0 { 1.0 } else { 0.0 };
    let highest = values.fold(least, f64::max);
    let span = highest - lowest;
    if !(span.is_finite() && span > f64::MIN_POSITIVE * 1e9) {
        return vec![0.0, 1.0];
    }
    let rough = span / Y_LABELS;
    let ten = 10f64.powf(rough.log10().floor());
    let round = [1.0, 2.0, 5.0, 10.0].into_iter().map(|times| times * ten);
    let step = round.into_iter().find(|step| *step >= rough * 0.999).unwrap_or(rough);
    let step = if integers { step.max(1.0) } else { step };
    let from = (lowest / step).floor();
    let steps = (highest / step - from).ceil().max(1.0) as u32;
    (0..=steps).map(|index| (from + f64::from(index)) * step).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn labels_stand_at_divisors_and_multiples_of_a_year() {
        assert_eq!(x_labels(24, 31, 12, MAX_X_LABELS), [24, 25, 26, 27, 28, 29, 30, 31]);
        assert_eq!(
            x_labels(25, 60, 12, MAX_X_LABELS),
            [27, 30, 33, 36, 39, 42, 45, 48, 51, 54, 57, 60]
        );
        assert_eq!(x_labels(1, 119, 12, MAX_X_LABELS), [12, 24, 36, 48, 60, 72, 84, 96, 108]);
        assert_eq!(
            x_labels(1946, 2024, 1, MAX_X_LABELS),
            [1950, 1960, 1970, 1980, 1990, 2000, 2010, 2020]
        );
        assert_eq!(x_labels(5, 5, 12, MAX_X_LABELS), [5]);
    }

    #[test]
    fn values_of_the_y_axis_are_round_and_integers_if_all_values_are() {
        assert_eq!(y_labels([3.0, 11.0].into_iter()), [0.0, 2.0, 4.0, 6.0, 8.0, 10.0, 12.0]);
        assert_eq!(y_labels([1.0, 0.0].into_iter()), [0.0, 1.0]);
        assert_eq!(y_labels([0.0].into_iter()), [0.0, 1.0]);
        assert_eq!(y_labels(std::iter::empty()), [0.0, 1.0]);
        assert_eq!(y_labels([12.5, 333.33].into_iter()).last(), Some(&400.0));
    }

    proptest! {
        #[test]
        fn every_value_lies_on_the_axis_and_labels_are_few(
            values in proptest::collection::vec(-1e12f64..1e12, 0..20),
            ends in (any::<i32>(), any::<i32>()),
            cycle in 0u32..20,
            max_labels in 1i64..20,
        ) {
            let up = Axis::of_values(values.iter().copied());
            prop_assert!(values.iter().all(|value| up.min <= *value && *value <= up.max));
            prop_assert!((2..=12).contains(&up.labels.len()), "{:?}", up.labels);
            let labels = x_labels(ends.0.min(ends.1), ends.0.max(ends.1), cycle, max_labels);
            prop_assert!(i64::try_from(labels.len()).is_ok_and(|count| count <= max_labels));
        }
    }
}
