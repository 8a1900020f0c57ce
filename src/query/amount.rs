//! Amounts that values of indicators are compared with: 500亿元, 5000000万元, 12.5%.

use std::fmt;

use crate::text::fold;
use crate::text::numerals;
use crate::text::numerals::{base_unit, is_numeral, magnitude};

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
    /// Reads a number in digits or in Chinese, 十 百 千 万 亿, and a unit; `None` where no number begins it
    /// or what follows is no unit.
    #[must_use]
    pub fn parse(typed: &str) -> Option<Self> {
        let typed: String = fold(typed.trim()).text;
        let (mut value, mut unit) = number_in_digits(&typed).or_else(|| number_in_words(&typed))?;
        while let Some((c, times)) = unit.chars().next().and_then(|c| Some((c, magnitude(c)?)))
            && !BEGIN_LIKE_MAGNITUDES.iter().any(|own| unit.starts_with(own))
        {
            value *= times;
            unit = &unit[c.len_utf8()..];
        }
        let unit = unit.trim();
        let is_unit = |c: char| c.is_alphabetic() || matches!(c, '%' | '‰' | '/' | '℃' | '·');
        if !unit.chars().all(is_unit) {
            return None;
        }
        let unit = Some(base_unit(unit)).filter(|unit| !unit.is_empty()).map(str::to_owned);
        Some(Self { value, unit })
    }
}

/// Units whose first character is a magnitude elsewhere.
const BEGIN_LIKE_MAGNITUDES: [&str; 5] = ["千瓦", "千克", "千米", "百分点", "百帕"];

/// A number in digits, and what follows it.
fn number_in_digits(typed: &str) -> Option<(f64, &str)> {
    let digits = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let end = typed.char_indices().find(|&(at, c)| !(digits(c) || (at == 0 && c == '-')));
    let (number, unit) = typed.split_at(end.map_or(typed.len(), |(at, _)| at));
    let value: f64 = number.replace(',', "").parse().ok()?;
    value.is_finite().then_some((value, unit))
}

/// A number in Chinese up to its 万 or 亿, and what follows it.
fn number_in_words(typed: &str) -> Option<(f64, &str)> {
    let is_part = |c: char| is_numeral(c) && !matches!(c, '万' | '亿' | '元');
    let end = typed.find(|c| !is_part(c)).unwrap_or(typed.len());
    let (number, unit) = typed.split_at(end);
    Some((f64::from(numerals::number(number)?), unit))
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
        assert_eq!(amount("五百亿元"), Some((5e10, Some("元".to_owned()))));
        assert_eq!(amount("1亿千瓦时"), Some((1e8, Some("千瓦时".to_owned()))));
        assert_eq!(amount("2百分点"), Some((2.0, Some("百分点".to_owned()))));
        for typed in ["元", "", "1.2.3元", "500亿元<900亿元", "多少"] {
            assert_eq!(amount(typed), None, "{typed}");
        }
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
