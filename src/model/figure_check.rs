//! Which figures of an article are doubtful by themselves: read with low confidence, or parts that do
//! not add up to their whole.

use super::indicator::{Indicator, IndicatorPeriod};

/// Confidence below which a figure is to be looked at.
const LOW_CONFIDENCE: f32 = 0.7;

/// Wholes with all of their parts, by the names of the table of indicators.
const WHOLES: [(&str, &[&str]); 2] = [
    ("地区生产总值", &["第一产业增加值", "第二产业增加值", "第三产业增加值"]),
    ("进出口总额", &["出口总额", "进口总额"]),
];
/// Share of the whole by which its parts may miss it, as each is rounded.
const TOLERANCE: f64 = 0.01;

/// Parts of 100 %.
const SHARES: [&str; 3] = [
    "第一产业增加值占地区生产总值比重",
    "第二产业增加值占地区生产总值比重",
    "第三产业增加值占地区生产总值比重",
];
/// Points by which they may miss it.
const SHARE_TOLERANCE: f64 = 1.0;

/// Parts that do not add up.
#[derive(Debug, Clone, PartialEq)]
pub struct WrongSum {
    /// The row of the whole, or of the first share.
    pub row: usize,
    /// What the parts add up to.
    pub sum: f64,
    /// What they should add up to.
    pub whole: f64,
    /// The base unit of both.
    pub unit: String,
}

/// Whether a figure was read with low confidence.
#[must_use]
pub fn figure_confidence_is_low(row: &Indicator) -> bool {
    row.confidence < LOW_CONFIDENCE
}

/// Parts of one district and period that do not add up to the whole that the article states, by the
/// order of its rows. A whole of which a part is not stated says nothing.
#[must_use]
pub fn wrong_sums(rows: &[Indicator]) -> Vec<WrongSum> {
    let mut found = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let Some((parts, expected)) = parts_of(row) else { continue };
        // The first of several rows alike stands for them.
        if rows[..at].iter().any(|other| other.name == row.name && are_alike(other, row)) {
            continue;
        }
        let part = |name: &&str| {
            let mut alike = rows.iter().filter(|other| other.name == *name);
            alike
                .find(|other| are_alike(other, row))
                .filter(|part| is_exact(part))
                .and_then(|part| part.value_si)
        };
        let Some(sum) = parts.iter().map(part).sum::<Option<f64>>() else { continue };
        let tolerance = if parts == SHARES { SHARE_TOLERANCE } else { TOLERANCE * expected.abs() };
        if (sum - expected).abs() > tolerance {
            let unit = base_unit(row).to_owned();
            found.push(WrongSum { row: at, sum, whole: expected, unit });
        }
    }
    found
}

/// The parts of a whole, and what they should add up to; the first of the shares stands for all. `None`
/// for other rows, and for a whole that is not exact.
fn parts_of(row: &Indicator) -> Option<(&'static [&'static str], f64)> {
    if row.name == SHARES[0] {
        return Some((&SHARES, 100.0));
    }
    let (_, parts) = WHOLES.iter().find(|(whole, _)| *whole == row.name)?;
    Some((parts, row.value_si.filter(|_| is_exact(row))?))
}

fn is_exact(row: &Indicator) -> bool {
    row.value_max.is_none() && row.approx.is_none()
}

/// Whether two rows are of one district, period, scope and status and have one unit.
fn are_alike(one: &Indicator, other: &Indicator) -> bool {
    let days = |row: &Indicator| row.period.as_ref().map(days_of);
    let is_of_one = match (&one.district, &other.district) {
        (Some(one), Some(other)) => one.name == other.name,
        (one, other) => one.is_none() && other.is_none(),
    };
    is_of_one
        && days(one) == days(other)
        && one.scope == other.scope
        && one.status == other.status
        && base_unit(one) == base_unit(other)
        && other.value_si.is_some()
}

fn days_of(period: &IndicatorPeriod) -> (Option<jiff::civil::Date>, Option<jiff::civil::Date>) {
    (period.from, period.to)
}

fn base_unit(row: &Indicator) -> &str {
    row.unit.as_deref().unwrap_or_default().trim_start_matches(['万', '亿'])
}

#[cfg(test)]
mod tests {
    use super::super::indicator::{IndicatorRule, IndicatorStatus};
    use super::*;

    fn row(name: &str, value: f64, unit: &str) -> Indicator {
        let times = if unit.starts_with('亿') { 1e8 } else { 1.0 };
        Indicator {
            id: String::new(),
            indicator: None,
            name: name.into(),
            name_printed: name.into(),
            value: Some(value),
            value_max: None,
            unit: Some(unit.into()),
            value_si: Some(value * times),
            approx: None,
            change: None,
            period: None,
            district: None,
            scope: None,
            status: IndicatorStatus::Actual,
            preliminary: false,
            quote: String::new(),
            span: 0..0,
            rule: IndicatorRule::NameBefore,
            confidence: 0.95,
        }
    }

    #[test]
    fn sectors_add_up_to_the_product_and_their_shares_to_a_hundred() {
        let sectors = |third: f64| {
            vec![
                row("地区生产总值", 100.0, "亿元"),
                row("第一产业增加值", 10.0, "亿元"),
                row("第二产业增加值", 40.2, "亿元"),
                row("第三产业增加值", third, "亿元"),
            ]
        };
        assert!(wrong_sums(&sectors(49.9)).is_empty());
        let wrong = wrong_sums(&sectors(39.8));
        assert_eq!((wrong.len(), wrong[0].row, wrong[0].unit.as_str()), (1, 0, "元"));
        assert!((wrong[0].sum - 9e9).abs() < 1.0, "{wrong:?}");
        assert!(wrong_sums(&sectors(39.8)[..3]).is_empty());
        let shares = |third: f64| {
            let values = [8.0, 40.5, third];
            SHARES.iter().zip(values).map(|(name, value)| row(name, value, "%")).collect::<Vec<_>>()
        };
        assert!(wrong_sums(&shares(51.6)).is_empty());
        assert_eq!(wrong_sums(&shares(5.15)).len(), 1);
        let mut other = sectors(39.8);
        other[3].unit = Some("亿美元".into());
        assert!(wrong_sums(&other).is_empty());
    }
}
