//! Whether two numbers can be the same figure, written more or less exactly: 735.8亿元, 736亿元 and
//! 超700亿元 are no conflict.

use crate::index::Figure;
use crate::query::Relation;

/// A number as a text states it.
#[derive(Debug, Clone, Copy)]
pub(super) struct StatedNumber<'a> {
    /// In the base unit; of a range the lower end.
    pub(super) value: f64,
    /// Of a range the upper end.
    pub(super) value_max: Option<f64>,
    /// 约, 超.
    pub(super) approx: Option<&'a str>,
}

/// Digits that a rounded number has at least.
const MIN_DIGITS: usize = 3;

/// How far a number that is said to be about so may be away, as a share of it.
const ABOUT: f64 = 0.05;

impl<'a> StatedNumber<'a> {
    /// The number of a statement; `None` of one without a value.
    pub(super) fn of(figure: &'a Figure) -> Option<Self> {
        let Figure { value, value_max, approx, .. } = figure;
        value.map(|value| Self { value, value_max: *value_max, approx: approx.as_deref() })
    }

    /// Whether both can be one figure: one is a rounding of the other, lies in its range, or keeps to the
    /// words by which it is not exact.
    pub(super) fn agrees(self, other: Self) -> bool {
        Relation::Equal.holds(self.value, other.value)
            || is_rounding(self.value, other.value)
            || is_rounding(other.value, self.value)
            || self.allows(other.value)
            || other.allows(self.value)
    }

    /// Whether the exact number can be another one.
    fn allows(self, exact: f64) -> bool {
        if let Some(upper) = self.value_max {
            return (self.value..=upper).contains(&exact);
        }
        let Some(word) = self.approx else { return false };
        let share = (exact - self.value) / self.value.abs();
        let is_within = share.abs() <= ABOUT;
        match word {
            "超" | "超过" | "超出" | "突破" | "突破了" | "超过了" | "首次突破" | "逾" | "余"
            | "多" | "不低于" | "不少于" | "至少" => is_within && share >= 0.0,
            "近" | "接近" | "将近" | "达到近" | "不超过" => is_within && share <= 0.0,
            _ => is_within,
        }
    }
}

/// Whether a number is another with fewer digits.
fn is_rounding(rounded: f64, exact: f64) -> bool {
    let digits = significant_digits(rounded);
    let shortened = format!("{exact:.*e}", digits.saturating_sub(1)).parse::<f64>();
    digits >= MIN_DIGITS && shortened.is_ok_and(|value| Relation::Equal.holds(value, rounded))
}

/// Digits of a number without the zeros at its end.
fn significant_digits(number: f64) -> usize {
    let printed = format!("{:.12e}", number.abs());
    let digits = printed.split('e').next().unwrap_or_default();
    digits.trim_end_matches('0').chars().filter(char::is_ascii_digit).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(value: f64, approx: Option<&str>) -> StatedNumber<'_> {
        StatedNumber { value, value_max: None, approx }
    }

    #[test]
    fn a_rounded_number_is_the_same_figure() {
        let agree = |one, other| number(one, None).agrees(number(other, None));
        assert!(agree(735.8e8, 736e8));
        assert!(agree(736e8, 735.82e8));
        assert!(agree(7.11, 7.108));
        assert!(!agree(740e8, 735.8e8));
        assert!(!agree(735.8e8, 737e8));
        // Of one digit nobody knows that it is rounded.
        assert!(!agree(5.0, 4.7));
        assert!(!agree(735.8, 735.4));
    }

    #[test]
    fn words_say_on_which_side_a_number_lies() {
        let agree = |word, exact| number(700e8, Some(word)).agrees(number(exact, None));
        assert!(agree("超", 725.8e8));
        assert!(!agree("超", 690e8));
        assert!(!agree("超", 740e8));
        assert!(agree("近", 695e8));
        assert!(!agree("近", 705e8));
        assert!(agree("约", 710e8));
        let range = StatedNumber { value_max: Some(80.0), ..number(60.0, None) };
        assert!(number(71.0, None).agrees(range));
        assert!(!number(81.0, None).agrees(range));
    }
}
