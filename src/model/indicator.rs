//! Indicators: the numbers of the territories that an article states, a row a value.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::span::{ByteRange, Span};

/// A named quantity of a territory as an article states it: its value, its change, or both.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Indicator {
    /// Stable name: the article's id, and the bytes of the body that the number stands at.
    pub id: String,
    /// Id in the table of indicators; `null` for a name that was read off the sentence alone.
    #[schema(required)]
    pub indicator: Option<String>,
    /// Name as statisticians write it: 地区生产总值, 第一产业增加值.
    pub name: String,
    /// Name as printed.
    pub name_printed: String,
    /// The number as printed, of a range the lower end; `null` where only a change is stated.
    #[schema(required)]
    pub value: Option<f64>,
    /// Of a range, the upper end.
    #[schema(required)]
    pub value_max: Option<f64>,
    /// Unit as printed: 亿元.
    #[schema(required)]
    pub unit: Option<String>,
    /// The number in the base unit: 元, 人, 吨, 平方米; rates as they are.
    #[schema(required)]
    pub value_si: Option<f64>,
    /// Words by which the number is not exact: 约, 超, 余, 不低于.
    #[schema(required)]
    pub approx: Option<String>,
    /// The change that is stated with it.
    #[schema(required)]
    pub change: Option<IndicatorChange>,
    /// The time that it is of.
    #[schema(required)]
    pub period: Option<IndicatorPeriod>,
    /// The territory that it is of.
    #[schema(required)]
    pub district: Option<IndicatorDistrict>,
    /// 规模以上, 限额以上.
    #[schema(required)]
    pub scope: Option<String>,
    /// Whether it is so, is planned or is expected.
    pub status: IndicatorStatus,
    /// 初步核算, 快报数: what is so may still be revised.
    #[serde(default)]
    pub preliminary: bool,
    /// The passage that states it: a piece of the body.
    pub quote: String,
    /// Where the quote stands in the body, in bytes.
    #[schema(value_type = ByteRange)]
    pub span: Span,
    /// How it was read.
    pub rule: IndicatorRule,
    /// From 0 to 1.
    pub confidence: f32,
}

/// How a quantity changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct IndicatorChange {
    /// Against what.
    pub kind: ChangeKind,
    /// The number as printed, negative for a fall, 0 for 持平.
    pub value: f64,
    /// `%`, 倍, 个百分点, or the unit of an amount.
    pub unit: String,
}

/// What sort of number a row states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FigureKind {
    /// An amount or a count, with or without its change: 735.8亿元.
    Level,
    /// A change alone: 同比增长2%.
    Change,
    /// A part of a whole in %: 占地区生产总值比重.
    Share,
    /// Any other number in % or ‰: 城镇化率.
    Rate,
}

impl FigureKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Level, Self::Change, Self::Share, Self::Rate];

    /// The word for it in addresses and on the command line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Level => "level",
            Self::Change => "change",
            Self::Share => "share",
            Self::Rate => "rate",
        }
    }

    /// That of a row of this name, whether it has a value, and the unit of this.
    #[must_use]
    pub fn of(name: &str, has_value: bool, unit: Option<&str>) -> Self {
        let is_part = ["比重", "占比", "比例", "份额"].iter().any(|end| name.ends_with(end));
        match unit {
            _ if !has_value => Self::Change,
            Some("%" | "‰") if is_part => Self::Share,
            Some("%" | "‰") => Self::Rate,
            _ => Self::Level,
        }
    }
}

/// What a change is measured against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// 同比: the same period a year before.
    Yoy,
    /// 环比: the period before.
    Mom,
    /// 比年初, 比上年末.
    VsYearStart,
    /// 比2012年, or an earlier time that is not named.
    VsBase,
    /// 年均.
    AnnualAverage,
}

/// The time that an indicator is of, as an interval of days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct IndicatorPeriod {
    /// First day; of a stock the same as the last.
    #[schema(required)]
    pub from: Option<Date>,
    /// Last day.
    #[schema(required)]
    pub to: Option<Date>,
    /// The words in the text.
    #[schema(required)]
    pub text: Option<String>,
    /// Where the words stand.
    pub basis: PeriodBasis,
}

/// Where the words of a period stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PeriodBasis {
    /// In the sentence.
    Sentence,
    /// Before it in the paragraph.
    Paragraph,
    /// In the headline or the caption of the table.
    Title,
    /// Nowhere: a person decided it.
    Curation,
}

/// The territory that an indicator is of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct IndicatorDistrict {
    /// Official name; zones with their city; towns as printed; 全国.
    pub name: String,
    /// How it is known.
    pub basis: DistrictBasis,
}

/// How the territory of an indicator is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DistrictBasis {
    /// The sentence names it.
    Sentence,
    /// The paragraph names it.
    Paragraph,
    /// It is what the article is about.
    Article,
    /// A person decided it.
    Curation,
}

/// Whether an indicator states what is so.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum IndicatorStatus {
    /// It is so.
    #[default]
    Actual,
    /// 目标, 力争, 确保: it is planned.
    Target,
    /// 预计, 有望: it is expected.
    Forecast,
    /// 累计: since a time that is not named.
    Cumulative,
}

impl IndicatorStatus {
    /// Whether it states what is so, of a period or since a time that is not named.
    #[must_use]
    pub fn is_fact(self) -> bool {
        matches!(self, Self::Actual | Self::Cumulative)
    }
}

/// How a row was read out of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum IndicatorRule {
    /// The name stands before the number: 进出口总额 30亿元.
    NameBefore,
    /// The name stands behind the number: 12所学校.
    NameBehind,
    /// The name was said before: 完成 30亿元.
    NameCarried,
    /// A part of the row before it, with its noun: 其中小麦 30万亩.
    Part,
    /// Only a change is stated.
    ChangeAlone,
    /// One of a list: 分别.
    List,
    /// A row of a table.
    Table,
}

impl Indicator {
    /// What sort of number it states.
    #[must_use]
    pub fn kind(&self) -> FigureKind {
        FigureKind::of(&self.name, self.value.is_some(), self.unit.as_deref())
    }
}

impl fmt::Display for Indicator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.name)?;
        if let Some(value) = self.value {
            write!(f, " {value}")?;
        }
        if let Some(upper) = self.value_max {
            write!(f, "—{upper}")?;
        }
        if let Some(unit) = &self.unit {
            write!(f, "{unit}")?;
        }
        Ok(())
    }
}

/// A period as briefly as it can be said: 2022, 2022-03, 2022-01–2022-09, 2022-12-31.
#[must_use]
pub fn period_label(from: Option<Date>, to: Option<Date>) -> Option<String> {
    let (from, to) = match (from, to) {
        (None, None) => return None,
        (Some(from), Some(to)) => (from, to),
        (from, to) => {
            let day = |day: Option<Date>| day.map_or(String::new(), |day| day.to_string());
            return Some(format!("{}–{}", day(from), day(to)));
        }
    };
    if from == to {
        return Some(from.to_string());
    }
    let whole_months = from == from.first_of_month() && to == to.last_of_month();
    if !whole_months {
        return Some(format!("{from}–{to}"));
    }
    let month = |day: Date| day.strftime("%Y-%m").to_string();
    Some(if from.year() == to.year() && (from.month(), to.month()) == (1, 12) {
        from.year().to_string()
    } else if month(from) == month(to) {
        month(from)
    } else {
        format!("{}–{}", month(from), month(to))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_said_briefly() {
        let shown = |from: &str, to: &str| period_label(from.parse().ok(), to.parse().ok());
        assert_eq!(shown("2022-01-01", "2022-12-31").as_deref(), Some("2022"));
        assert_eq!(shown("2022-02-01", "2022-02-28").as_deref(), Some("2022-02"));
        assert_eq!(shown("2022-01-01", "2022-09-30").as_deref(), Some("2022-01–2022-09"));
        assert_eq!(shown("2022-12-31", "2022-12-31").as_deref(), Some("2022-12-31"));
        assert_eq!(shown("2022-12-31", "").as_deref(), Some("2022-12-31–"));
        assert_eq!(shown("", ""), None);
    }
}
