//! What a series says beside its numbers.

use crate::present::{FigureStatus, Lang};
use crate::search::{PeriodLength, Series, SeriesMeasure};

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
