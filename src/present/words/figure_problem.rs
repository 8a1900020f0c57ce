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
            // As exact as numbers of this sort are stated, whatever their size.
            let expected = format!("{expected:.4e}").parse().unwrap_or(expected);
            let expected = amount(expected, unit);
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
