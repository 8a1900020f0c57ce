//! The shades of a matrix, and the counts that each covers.

/// The shades of cells from few to many, each darker than the one before: one hue, so that
/// colour-blindness and print keep their order.
pub(crate) const RAMP: [&str; 6] =
    ["#D6E6F4", "#ABCFE5", "#6AAED6", "#3787C0", "#105BA4", "#08306B"];
/// The first shade on which white is easier to read than black.
pub(crate) const FIRST_DARK: usize = 3;

/// The lowest counts of the shades, for counts up to a highest one. They grow by a constant
/// factor, because a few districts have most of the articles.
pub(crate) fn thresholds(highest: u64) -> Vec<u64> {
    let mut thresholds = vec![1u64];
    if highest < RAMP.len() as u64 {
        thresholds.extend(2..=highest);
        return thresholds;
    }
    let factor = (highest as f64).powf(1.0 / RAMP.len() as f64);
    let mut exact = 1.0;
    while thresholds.len() < RAMP.len() {
        exact *= factor;
        let last = thresholds.last().copied().unwrap_or(1);
        thresholds.push(one_digit(exact).max(last + 1));
    }
    thresholds
}

/// Rounded to one significant digit.
fn one_digit(number: f64) -> u64 {
    let ten = 10f64.powf(number.max(1.0).log10().floor());
    ((number / ten).round() * ten) as u64
}

/// The index of the shade of a count; 0 for a count of 0.
pub(crate) fn shade(count: u64, thresholds: &[u64]) -> usize {
    thresholds.partition_point(|&lowest| lowest <= count).saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn shades_are_in_order_and_the_highest_count_has_the_last(highest in 1u64..=u64::MAX) {
            let thresholds = thresholds(highest);
            prop_assert!(thresholds.len() <= RAMP.len());
            prop_assert!(thresholds.windows(2).all(|two| two[0] < two[1]), "{:?}", thresholds);
            prop_assert_eq!(shade(1, &thresholds), 0);
            prop_assert!(shade(highest, &thresholds) + 1 == thresholds.len(), "{:?}", thresholds);
        }
    }
}
