//! The parameters that rows of indicators and series have beside a search, by the names that addresses
//! and flags give them.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::param_values::{choice, given, named, period};
use super::{ParamError, ValueForm};
use crate::model::{CivilDate, FigureKind, Indicator, IndicatorStatus};
use crate::search::{FigureFilter, MAX_LINES, PeriodLength, SeriesMeasure};

/// Whether a figure is so, as it is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FigureStatus {
    /// It is so.
    Actual,
    /// It is so, and may still be revised.
    Preliminary,
    /// It is planned.
    Target,
    /// It is expected.
    Forecast,
    /// Since a time that is not named.
    Cumulative,
}

impl FigureStatus {
    /// Every one.
    pub const ALL: [Self; 5] =
        [Self::Actual, Self::Preliminary, Self::Target, Self::Forecast, Self::Cumulative];

    /// Its name in addresses.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Actual => "actual",
            Self::Preliminary => "preliminary",
            Self::Target => "target",
            Self::Forecast => "forecast",
            Self::Cumulative => "cumulative",
        }
    }
}

impl From<IndicatorStatus> for FigureStatus {
    fn from(status: IndicatorStatus) -> Self {
        match status {
            IndicatorStatus::Actual => Self::Actual,
            IndicatorStatus::Target => Self::Target,
            IndicatorStatus::Forecast => Self::Forecast,
            IndicatorStatus::Cumulative => Self::Cumulative,
        }
    }
}

/// Which rows of the articles are meant.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub struct FigureParams {
    /// Names of indicators, any that the table of indicators has for them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub name: Vec<String>,
    /// Names or codes of the districts that figures are of. Articles are narrowed by `地区:` in `q`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub district: Vec<String>,
    /// Days within which the whole period of a figure lies: 2022, 2022-01..2022-09.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub period: String,
    /// Whether figures are so (actual), may still be revised (preliminary), are planned (target),
    /// expected (forecast), or sums since a time that is not named (cumulative); all by default.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[param(inline, value_type = Vec<FigureStatus>)]
    pub status: Vec<String>,
    /// Sorts of numbers: amounts and counts (level), changes that stand alone (change), parts of a whole
    /// (share), other numbers in % (rate). Articles are narrowed by `类型:` in `q`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[param(inline, value_type = Vec<FigureKind>)]
    pub kind: Vec<String>,
}

/// A series of an indicator.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub struct SeriesParams {
    /// The indicator, by any name that the table of indicators has for it.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[param(example = "地区生产总值")]
    pub name: String,
    /// Names or codes of the districts that are set beside each other; all that have values by default.
    /// A drawing has at most eight lines.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub district: Vec<String>,
    /// Length of the periods: whole years, from 1 January to the end of a month (to_date: 前三季度),
    /// quarters, months, or single days (day: 年末存款余额); that of most values by default.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[param(inline, value_type = PeriodLength)]
    pub by: String,
    /// Days within which the whole period of a value lies: 2015..2022, 2022-01..2022-09.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub period: String,
    /// Whether values are so (actual), may still be revised (preliminary), are planned (target), expected
    /// (forecast), or sums since a time that is not named (cumulative); actual and cumulative by default.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[param(inline, value_type = Vec<FigureStatus>)]
    pub status: Vec<String>,
    /// What is set beside each other: values (level, the default), or how they changed against the same
    /// period a year before, in % (change).
    #[serde(skip_serializing_if = "String::is_empty")]
    #[param(inline, value_type = SeriesMeasure)]
    pub measure: String,
}

/// What [`SeriesParams`] ask for.
#[derive(Debug, Clone, PartialEq)]
pub struct SeriesRequest {
    /// The indicator.
    pub name: String,
    /// Districts, days and statuses.
    pub filter: FigureFilter,
    /// Length of the periods; `None` for that of most values.
    pub by: Option<PeriodLength>,
    /// Which of its numbers.
    pub measure: SeriesMeasure,
}

impl FigureParams {
    /// The parameters as they stand behind the `?` of an address.
    #[must_use]
    pub fn to_address(&self) -> String {
        // Strings and lists of strings can always be written.
        serde_html_form::to_string(self).unwrap_or_default()
    }

    /// The rows that are meant; relative days are counted from `today`.
    ///
    /// # Errors
    /// When a value is none of its form.
    pub fn filter(&self, today: CivilDate) -> Result<FigureFilter, ParamError> {
        let kinds = given(&self.kind);
        let kinds = kinds.iter().map(|word| named("kind", word, ValueForm::FigureKind));
        Ok(FigureFilter {
            names: given(&self.name),
            kinds: kinds.collect::<Result<_, _>>()?,
            ..filter(&self.district, &self.period, &self.status, today)?
        })
    }
}

impl SeriesParams {
    /// The series in which a figure stands.
    #[must_use]
    pub fn with(row: &Indicator) -> Self {
        let is_change_alone = row.value.is_none() && row.change.is_some();
        let measure = if is_change_alone { SeriesMeasure::Change.as_str() } else { "" };
        let status = (!row.status.is_fact()).then(|| FigureStatus::from(row.status));
        Self {
            name: row.name.clone(),
            district: row.district.iter().map(|district| district.name.clone()).collect(),
            status: status.iter().map(|status| status.as_str().to_owned()).collect(),
            measure: measure.to_owned(),
            ..Self::default()
        }
    }

    /// What is asked for; relative days are counted from `today`.
    ///
    /// # Errors
    /// When a value is none of its form.
    pub fn request(&self, today: CivilDate) -> Result<SeriesRequest, ParamError> {
        let by = self.by.trim();
        Ok(SeriesRequest {
            name: self.name.trim().to_owned(),
            filter: filter(&self.district, &self.period, &self.status, today)?,
            by: if by.is_empty() { None } else { Some(named("by", by, ValueForm::PeriodLength)?) },
            measure: choice("measure", self.measure.trim(), ValueForm::SeriesMeasure)?,
        })
    }

    /// Makes sure that the districts can be told apart in a drawing.
    ///
    /// # Errors
    /// When there are more than [`MAX_LINES`].
    pub fn drawable(&self) -> Result<(), ParamError> {
        match given(&self.district).len() {
            lines if lines > MAX_LINES => Err(ParamError::TooManyLines { name: "district", lines }),
            _ => Ok(()),
        }
    }

    /// The parameters as they stand behind the `?` of an address; the default ones are left out.
    #[must_use]
    pub fn to_address(&self) -> String {
        // Strings and lists of strings can always be written.
        serde_html_form::to_string(self).unwrap_or_default()
    }
}

fn filter(
    districts: &[String],
    days: &str,
    statuses: &[String],
    today: CivilDate,
) -> Result<FigureFilter, ParamError> {
    let asked = given(statuses);
    let asked = asked.iter().map(|word| named("status", word, ValueForm::FigureStatus));
    let asked: Vec<FigureStatus> = asked.collect::<Result<_, _>>()?;
    let statuses = asked.iter().filter_map(|status| match status {
        FigureStatus::Actual => Some(IndicatorStatus::Actual),
        FigureStatus::Preliminary => None,
        FigureStatus::Target => Some(IndicatorStatus::Target),
        FigureStatus::Forecast => Some(IndicatorStatus::Forecast),
        FigureStatus::Cumulative => Some(IndicatorStatus::Cumulative),
    });
    Ok(FigureFilter {
        districts: given(districts),
        period: period("period", days, today)?,
        statuses: statuses.collect(),
        preliminary: asked.contains(&FigureStatus::Preliminary),
        ..FigureFilter::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_is_read_and_what_means_nothing_is_refused() {
        let today: CivilDate = "2024-05-01".parse().expect("a day");
        let words = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect::<Vec<_>>();
        let params = SeriesParams {
            name: " 地区生产总值 ".into(),
            district: words(&["新密市", ""]),
            by: "to_date".into(),
            period: "2020..2022".into(),
            status: words(&["target", "preliminary"]),
            measure: "change".into(),
        };
        let asked = params.request(today).expect("a request");
        assert_eq!((asked.name.as_str(), asked.by), ("地区生产总值", Some(PeriodLength::ToDate)));
        assert_eq!(asked.filter.districts, ["新密市"]);
        assert_eq!(asked.filter.statuses, [IndicatorStatus::Target]);
        assert!(asked.filter.preliminary && asked.filter.period.is_some());
        for (wrong, name) in [
            (SeriesParams { by: "week".into(), ..params.clone() }, "by"),
            (SeriesParams { measure: "share".into(), ..params.clone() }, "measure"),
            (SeriesParams { period: "2022..".into(), ..params.clone() }, "period"),
            (SeriesParams { status: words(&["perhaps"]), ..params.clone() }, "status"),
        ] {
            let error = wrong.request(today).expect_err(name);
            assert_eq!(error.parameter(), Some(name), "{error}");
        }
        let kinds = FigureParams { kind: words(&["share"]), ..FigureParams::default() };
        assert_eq!(kinds.filter(today).expect("a filter").kinds, [FigureKind::Share]);
        let kinds = FigureParams { kind: words(&["news"]), ..FigureParams::default() };
        assert_eq!(kinds.filter(today).expect_err("a kind").parameter(), Some("kind"));
    }

    #[test]
    fn every_status_is_read_by_its_name() {
        for status in FigureStatus::ALL {
            let read = named("status", status.as_str(), ValueForm::FigureStatus);
            assert_eq!(read, Ok(status));
        }
    }
}
