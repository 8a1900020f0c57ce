//! Why a figure is doubtful, in words.

use super::{amount, figure_line};
use crate::model::{Indicator, WrongSum, period_label};
use crate::present::{FigureProblem, Lang};
use crate::search::FigureDoubt;

/// A figure with its quote, and why it is doubtful.
#[must_use]
pub fn figure_problem(lang: Lang, row: &Indicator, why: &FigureProblem) -> String {
    let why = match why {
        FigureProblem::Unsure => lang.of(
            format!("读法不确定（{:.2}）", row.confidence),
            format!("read with confidence {:.2}", row.confidence),
        ),
        FigureProblem::Unit => {
            let unit = row.unit.as_deref().unwrap_or_default();
            lang.of(
                format!("单位“{unit}”与指标不符"),
                format!("`{unit}` is no unit of this indicator"),
            )
        }
        FigureProblem::Sum(WrongSum { sum, whole, unit, .. }) => {
            let (sum, whole) = (amount(*sum, unit), amount(*whole, unit));
            lang.of(
                format!("分项之和为 {sum}，应为 {whole}"),
                format!("the parts add up to {sum} instead of {whole}"),
            )
        }
        FigureProblem::Others(unit, FigureDoubt::Outlier { beside }) => {
            let others = beside.iter().map(|((from, to), value)| {
                let period = period_label(Some(*from), Some(*to)).unwrap_or_default();
                format!("{period} {}", amount(*value, unit))
            });
            let others = others.collect::<Vec<_>>().join(lang.of("、", ", "));
            lang.of(format!("其他文章：{others}"), format!("others state {others}"))
        }
        FigureProblem::Others(unit, FigureDoubt::Growth { growth, base }) => {
            let (base, expected) = (amount(*base, unit), base * (1.0 + growth / 100.0));
            let expected = amount(significant(expected), unit);
            lang.of(
                format!("上年为 {base}，同比 {growth:+}% 应为 {expected}"),
                format!("{base} the year before and {growth:+}% would be {expected}"),
            )
        }
    };
    format!("{}{}“{}”", figure_line(lang, row), lang.of("：", ": "), row.quote)
        + lang.of("；", "; ")
        + &why
}

/// A computed number to five significant digits: more than that no growth rate yields.
fn significant(value: f64) -> f64 {
    format!("{value:.4e}").parse().unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_and_large_numbers_keep_their_first_digits() {
        assert_eq!(amount(significant(2.1 * 1.05), "万人"), "2.205万人");
        assert_eq!(amount(significant(44_100_000_000.0 * 1.04), "元"), "458.64亿元");
        assert_eq!(amount(significant(0.0), "人"), "0人");
    }
}
