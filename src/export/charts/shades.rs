//! The shades of a matrix, and which number has which.

use plotters::style::RGBColor;

/// The shades of cells from few to many, each darker than the one before (`#D6E6F4`, `#ABCFE5`,
/// `#6AAED6`, `#3787C0`, `#105BA4`, `#08306B`): one hue, so that colour-blindness and print leave
/// their order.
pub(crate) const RAMP: [RGBColor; 6] = [
    RGBColor(214, 230, 244),
    RGBColor(171, 207, 229),
    RGBColor(106, 174, 214),
    RGBColor(55, 135, 192),
    RGBColor(16, 91, 164),
    RGBColor(8, 48, 107),
];
/// The first shade on which white is easier to read than black.
pub(crate) const FIRST_DARK: usize = 3;

/// The least numbers of the shades, for numbers up to a greatest one: each some times the one
/// before, because a few districts have most of the articles.
pub(crate) fn steps(most: u64) -> Vec<u64> {
    let mut steps = vec![1u64];
    if most < RAMP.len() as u64 {
        steps.extend(2..=most);
        return steps;
    }
    let times = (most as f64).powf(1.0 / RAMP.len() as f64);
    let mut exact = 1.0;
    while steps.len() < RAMP.len() {
        exact *= times;
        let last = steps.last().copied().unwrap_or(1);
        steps.push(rounded(exact).max(last + 1));
    }
    steps
}

/// With one digit that is not 0.
fn rounded(number: f64) -> u64 {
    let ten = 10f64.powf(number.max(1.0).log10().floor());
    ((number / ten).round() * ten) as u64
}

/// The place of a number's shade; of 0 that of the least.
pub(crate) fn shade(count: u64, steps: &[u64]) -> usize {
    steps.partition_point(|&from| from <= count).saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn shades_are_in_order_and_the_greatest_number_has_the_last(most in 1u64..=u64::MAX) {
            let steps = steps(most);
            prop_assert!(steps.len() <= RAMP.len());
            prop_assert!(steps.windows(2).all(|two| two[0] < two[1]), "{:?}", steps);
            prop_assert_eq!(shade(1, &steps), 0);
            prop_assert!(shade(most, &steps) + 1 == steps.len(), "{:?}", steps);
        }
    }
}
