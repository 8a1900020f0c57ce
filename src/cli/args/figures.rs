//! The arguments of the commands for indicators.

use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};

use super::values::{StatsFormat, by_name};
use crate::search::PeriodLength;

/// List the numbers that articles state, with their quotes
#[derive(Debug, Args)]
#[command(after_help = "\
A row for each value of each article that matches QUERY. In a query 指标:地区生产总值 finds the articles
that state an indicator, 指标:地区生产总值>500亿元 those with such a value.
Examples:
  dibao indicators --name 地区生产总值
  dibao indicators 日期:2023 --district 新密市 --status target
  dibao indicators --format csv -o 指标.csv")]
pub(crate) struct IndicatorsArgs {
    /// Query; without one, every article matches
    #[arg(value_name = "QUERY")]
    pub query: Vec<String>,
    /// Only these indicators
    #[arg(long, value_name = "NAME,…", value_delimiter = ',')]
    pub name: Vec<String>,
    /// Only values of these districts
    #[arg(long, value_name = "NAME,…", value_delimiter = ',')]
    pub district: Vec<String>,
    /// Only values of times within these: 2022, 2022-01..2022-09
    #[arg(long, value_name = "DAYS")]
    pub period: Option<String>,
    /// Only values that are so, planned, expected, or since an open time
    #[arg(long, value_enum, value_delimiter = ',')]
    pub status: Vec<StatusChoice>,
    /// Output format [default: by the extension of the file, else text]
    #[arg(long, value_enum)]
    pub format: Option<RowFormat>,
    /// Write to this file, which appears once it is complete
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
}

/// Set the values of an indicator beside each other over time
#[derive(Debug, Args)]
#[command(after_help = "\
A column for each district and unit. Equal values of several articles are one; where articles differ, all
values are printed (≠). Planned and expected values are left out unless --status asks for them.
Examples:
  dibao series 地区生产总值 --district 新密市,荥阳市
  dibao series 一般公共预算收入 --by to_date
  dibao series 粮食产量 --svg 粮食.svg --format csv > 粮食.csv")]
pub(crate) struct SeriesArgs {
    /// Name of the indicator
    pub name: String,
    /// Districts to compare [default: all that have values]
    #[arg(long, value_name = "NAME,…", value_delimiter = ',')]
    pub district: Vec<String>,
    /// Length of the periods [default: that of most values]
    #[arg(long, value_parser = by_name::<PeriodLength>(PeriodLength::ALL.map(PeriodLength::as_str)))]
    pub by: Option<PeriodLength>,
    /// Only values of times within these: 2022, 2022-01..2022-09
    #[arg(long, value_name = "DAYS")]
    pub period: Option<String>,
    /// Values that are so, planned, expected, or since an open time
    #[arg(long, value_enum, value_delimiter = ',')]
    pub status: Vec<StatusChoice>,
    /// Output format
    #[arg(long, value_enum, default_value_t)]
    pub format: StatsFormat,
    /// Also draw a chart into this SVG file
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub svg: Option<PathBuf>,
}

/// Whether a value is so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum StatusChoice {
    Actual,
    Target,
    Forecast,
    Cumulative,
}

/// How rows of indicators are printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum RowFormat {
    #[default]
    Text,
    Csv,
    Jsonl,
}
