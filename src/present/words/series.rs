//! What a series says beside its numbers.

use super::figure::{amount, figure_status, inexact};
use crate::model::IndicatorStatus;
use crate::present::{FigureStatus, Lang};
use crate::search::{PeriodLength, Series, SeriesLine, SeriesMeasure, SeriesPoint, SeriesValue};

/// The indicator, and that changes are meant where they are.
#[must_use]
pub fn series_title(lang: Lang, series: &Series) -> String {
    match series.measure {
        SeriesMeasure::Level => series.name.clone(),
        SeriesMeasure::Change => {
            format!("{}{}", series.name, lang.of("同比增减", ", year on year"))
        }
    }
}

/// What a drawing of it shows.
#[must_use]
pub fn series_description(lang: Lang, series: &Series) -> String {
    let title = series_title(lang, series);
    lang.of(
        format!("{title}的折线图；各篇文章数值不一时，折线取多数文章的数值，其余以空心点表示"),
        format!(
            "A line chart of {title}; where articles differ, through the value that most state, with the others hollow"
        ),
    )
}

/// The district of a line.
#[must_use]
pub fn series_district(lang: Lang, line: &SeriesLine) -> &str {
    line.district.as_deref().unwrap_or_else(|| lang.of("地区不详", "no district"))
}

/// The values of a line in a drawing, of one status: 登封市, 登封市（目标）.
#[must_use]
pub fn drawn_line(lang: Lang, line: &SeriesLine, status: IndicatorStatus) -> String {
    let district = series_district(lang, line);
    // Sums since a time that is not named are facts, too, and in one line with the others.
    match figure_status(lang, status).filter(|_| !status.is_fact()) {
        Some(status) => {
            lang.of(format!("{district}（{status}）"), format!("{district} ({status})"))
        }
        None => district.to_owned(),
    }
}

/// A value with the upper end of a range and what makes it less exact: 512.4亿元（左右）.
#[must_use]
pub fn series_amount(line: &SeriesLine, value: &SeriesValue) -> String {
    let upper = value.value_max.map(|upper| format!("–{}", amount(upper, &line.unit)));
    let shown = format!("{}{}", amount(value.value, &line.unit), upper.unwrap_or_default());
    inexact(shown, value.approx.as_deref())
}

/// The values of a point, with their status where they are no facts of the period; ≠ between those of one
/// status if articles differ, else ≈: 512.4亿元 ≠ 513.9亿元；540亿元 · 目标.
#[must_use]
pub fn series_values(lang: Lang, line: &SeriesLine, point: &SeriesPoint) -> String {
    let groups = point.values.chunk_by(|one, next| one.status == next.status).map(|values| {
        let status = values.first().and_then(|value| figure_status(lang, value.status));
        let amounts: Vec<String> = values.iter().map(|value| series_amount(line, value)).collect();
        let status = status.map(|status| format!(" · {status}")).unwrap_or_default();
        let between =
            if values.iter().any(|value| point.differs(value)) { " ≠ " } else { " ≈ " };
        format!("{}{status}", amounts.join(between))
    });
    groups.collect::<Vec<_>>().join(lang.of("；", "; "))
}

/// Whether figures are so, as it is chosen.
#[must_use]
pub fn figure_status_name(lang: Lang, status: FigureStatus) -> &'static str {
    match status {
        FigureStatus::Actual => lang.of("实际", "actual"),
        FigureStatus::Preliminary => lang.of("初步", "preliminary"),
        FigureStatus::Target => lang.of("目标", "target"),
        FigureStatus::Forecast => lang.of("预计", "forecast"),
        FigureStatus::Cumulative => lang.of("累计", "cumulative"),
    }
}

/// The length of periods.
#[must_use]
pub fn period_length(lang: Lang, by: PeriodLength) -> &'static str {
    match by {
        PeriodLength::Year => lang.of("全年", "whole years"),
        PeriodLength::ToDate => lang.of("年初至某月（累计）", "year to date"),
        PeriodLength::Quarter => lang.of("单季", "quarters"),
        PeriodLength::Month => lang.of("单月", "months"),
        PeriodLength::Day => lang.of("时点（某日）", "single days"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(value: f64, approx: Option<&str>, status: IndicatorStatus) -> SeriesValue {
        SeriesValue {
            value,
            value_max: None,
            approx: approx.map(str::to_owned),
            status,
            preliminary: false,
            change: None,
            articles: 1,
            sources: Vec::new(),
        }
    }

    #[test]
    fn a_target_beside_facts_is_said_to_be_one() {
        let day = jiff::civil::date(2022, 12, 31);
        let values = vec![
            value(512.4e8, Some("左右"), IndicatorStatus::Actual),
            value(612.9e8, Some("约"), IndicatorStatus::Actual),
            value(540e8, None, IndicatorStatus::Target),
        ];
        let point = SeriesPoint { from: day, to: day, values };
        let line = SeriesLine { district: None, unit: "元".into(), points: Vec::new() };
        let shown = series_values(Lang::Zh, &line, &point);
        assert_eq!(shown, "512.4亿元（左右） ≠ 612.9亿元（约）；540亿元 · 目标");
        let differing: Vec<bool> = point.values.iter().map(|value| point.differs(value)).collect();
        assert_eq!(differing, [true, true, false]);
        let rounded = SeriesPoint {
            values: vec![
                value(512.4e8, None, IndicatorStatus::Actual),
                value(512e8, None, IndicatorStatus::Actual),
            ],
            ..point
        };
        assert_eq!(series_values(Lang::Zh, &line, &rounded), "512.4亿元 ≈ 512亿元");
        assert_eq!(drawn_line(Lang::En, &line, IndicatorStatus::Target), "no district (target)");
    }
}
