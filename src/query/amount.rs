//! Amounts that values of indicators are compared with: 500亿元, 5000000万元, 12.5%.

use std::fmt;

use crate::text::fold;
use crate::text::numerals::magnitude;

/// How a value of an indicator is compared with an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Relation {
    /// `>`
    Above,
    /// `>=`, `≥`
    AtLeast,
    /// `<`
    Below,
    /// `<=`, `≤`
    AtMost,
    /// `=`
    Equal,
}

/// A number in a base unit: 500亿元 is 50,000,000,000 元.
#[derive(Debug, Clone, PartialEq)]
pub struct Amount {
    /// The number, with 万 and 亿 multiplied out.
    pub value: f64,
    /// 元, 人, %; `None` where none is typed: any unit then fits.
    pub unit: Option<String>,
}

/// Signs as they are typed, longer ones first, with what they mean.
const SIGNS: &[(&str, Relation)] = &[
    (">=", Relation::AtLeast),
    ("<=", Relation::AtMost),
    ("＞＝", Relation::AtLeast),
    ("＜＝", Relation::AtMost),
    ("≥", Relation::AtLeast),
    ("≤", Relation::AtMost),
    (">", Relation::Above),
    ("＞", Relation::Above),
    ("<", Relation::Below),
    ("＜", Relation::Below),
    ("=", Relation::Equal),
    ("＝", Relation::Equal),
];

impl Relation {
    /// Takes a value of a field apart where its first sign stands: name, comparison, amount.
    pub(super) fn split(value: &str) -> Option<(&str, Self, &str)> {
        let signs = SIGNS.iter().filter_map(|(sign, meaning)| {
            value.find(sign).map(|at| (at, std::cmp::Reverse(sign.len()), *sign, *meaning))
        });
        let (at, _, sign, meaning) = signs.min_by_key(|(at, length, ..)| (*at, *length))?;
        Some((&value[..at], meaning, &value[at + sign.len()..]))
    }

    /// Whether a value and the amount are in this relation. Values are equal where they differ by less
    /// than a billionth of either.
    #[must_use]
    pub fn holds(self, value: f64, amount: f64) -> bool {
        let equal = (value - amount).abs() <= 1e-9 * value.abs().max(amount.abs());
        match self {
            Self::Above => value > amount && !equal,
            Self::AtLeast => value > amount || equal,
            Self::Below => value < amount && !equal,
            Self::AtMost => value < amount || equal,
            Self::Equal => equal,
        }
    }
}

impl fmt::Display for Relation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Above => ">",
            Self::AtLeast => ">=",
            Self::Below => "<",
            Self::AtMost => "<=",
            Self::Equal => "=",
        })
    }
}

impl Amount {
    /// Reads a number, 十 百 千 万 亿, and a unit; `None` where no number begins it.
    #[must_use]
    pub fn parse(typed: &str) -> Option<Self> {
        let typed: String = fold(typed.trim()).text;
        let digits = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
        let end = typed.char_indices().find(|&(at, c)| !(digits(c) || (at == 0 && c == '-')));
        let (number, mut unit) = typed.split_at(end.map_or(typed.len(), |(at, _)| at));
        let mut value: f64 =
            number.replace(',', "").parse().ok().filter(|n: &f64| n.is_finite())?;
        while let Some((c, times)) = unit.chars().next().and_then(|c| Some((c, magnitude(c)?))) {
            value *= times;
            unit = &unit[c.len_utf8()..];
        }
        let unit = Some(unit.trim()).filter(|unit| !unit.is_empty()).map(str::to_owned);
        Some(Self { value, unit })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amount(typed: &str) -> Option<(f64, Option<String>)> {
        Amount::parse(typed).map(|amount| (amount.value, amount.unit))
    }

    #[test]
    fn units_and_magnitudes_are_understood() {
        let yuan = Some("元".to_owned());
        assert_eq!(amount("500亿元"), Some((5e10, yuan.clone())));
        assert_eq!(amount("5000000万元"), Some((5e10, yuan.clone())));
        assert_eq!(amount("５０，０００百万 元"), Some((5e10, yuan)));
        assert_eq!(amount("500亿"), Some((5e10, None)));
        assert_eq!(amount("-1.5%"), Some((-1.5, Some("%".to_owned()))));
        assert_eq!([amount("元"), amount(""), amount("1.2.3元")], [None, None, None]);
    }

    #[test]
    fn a_value_is_taken_apart_at_its_first_sign() {
        let split = |value| Relation::split(value);
        assert_eq!(
            split("地区生产总值>=500亿元"),
            Some(("地区生产总值", Relation::AtLeast, "500亿元"))
        );
        assert_eq!(split("粮食产量＜3"), Some(("粮食产量", Relation::Below, "3")));
        assert_eq!(split("粮食产量"), None);
    }

    #[test]
    fn what_is_equal_but_for_rounding_is_equal() {
        assert!(Relation::Equal.holds(0.1 + 0.2, 0.3) && !Relation::Above.holds(0.1 + 0.2, 0.3));
        assert!(Relation::AtLeast.holds(3.0, 3.0) && Relation::AtMost.holds(2.0, 3.0));
    }
}
