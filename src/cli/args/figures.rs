//! The arguments of the commands for indicators.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum, ValueHint};

use super::filters::{ArticleFilterArgs, WordingArgs};
use super::serve::public_url;
use super::values::by_name;
use crate::export::{FigureFileFormat, PivotAxis};
use crate::model::FigureKind;
use crate::present::FigureStatus;
use crate::search::{PeriodLength, SeriesMeasure};

/// List the numbers that articles state, with their quotes
#[derive(Debug, Args)]
#[command(after_help = "\
A row for each value of each article that matches QUERY. In a query 指标:地区生产总值 finds the
articles that state an indicator, 指标:地区生产总值>500亿元 those with such a value.
Examples:
  dibao indicators --name 地区生产总值
  dibao indicators 日期:2023 --district 新密市 --status target
  dibao indicators --name 地区生产总值 --pivot district,year
  dibao indicators -o 指标.xlsx
csv is for programs: text as it is printed, but for an apostrophe before formulas. xlsx is a workbook
with real dates and numbers. sdmx-csv is SDMX-CSV 2.0: an observation for each level and each change.
Beside FILE stands FILE.manifest.json, see `dibao export --help`.")]
pub(crate) struct IndicatorsArgs {
    /// Query; without one, every article matches
    #[arg(value_name = "QUERY")]
    pub query: Vec<String>,
    #[command(flatten)]
    pub wording: WordingArgs,
    /// Only these indicators, by any of their names
    #[arg(long, value_name = "NAME,…", value_delimiter = ',')]
    pub name: Vec<String>,
    /// Only values of these districts, by name or code
    #[arg(long, value_name = "NAME,…", value_delimiter = ',')]
    pub district: Vec<String>,
    /// Only values whose whole period lies within these days: 2022, 2022-01..2022-09, 2022年一季度
    #[arg(long, value_name = "DAYS")]
    pub period: Option<String>,
    /// Only values that the text states as a fact (actual), as a fact that may be revised (preliminary,
    /// which actual includes), as a plan (target), as an expectation (forecast), or as a sum since a time
    /// that it does not name (cumulative)
    #[arg(long, value_delimiter = ',')]
    #[arg(value_parser = PossibleValuesParser::new(FigureStatus::ALL.map(FigureStatus::as_str)))]
    pub status: Vec<String>,
    /// Only amounts and counts (level), changes stated without a level (change), parts of a whole in %
    /// (share), or other numbers in % and ‰ (rate)
    #[arg(long, value_name = "FIGURE", value_delimiter = ',')]
    #[arg(value_parser = PossibleValuesParser::new(FigureKind::ALL.map(FigureKind::as_str)))]
    pub kind: Vec<String>,
    /// A wide table, as text, csv or xlsx: a row for each value of the first, a column for each of
    /// the second, of indicator, district, period, year and status. The others and the unit stand beside
    /// the rows. Equal values of a cell are one; different ones are all shown (≠, or a sheet of them)
    #[arg(long, value_name = "ROWS,COLUMNS", value_delimiter = ',')]
    #[arg(value_parser = by_name::<PivotAxis>(PivotAxis::ALL.map(PivotAxis::as_str)))]
    pub pivot: Vec<PivotAxis>,
    /// Output format [default: by the extension of the file, else text]
    #[arg(long, value_enum)]
    pub format: Option<FigureFormat>,
    /// Write to this file, which appears once it is complete
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
    /// Address at which the archive is served, for links to the articles; xlsx
    #[arg(long, value_name = "URL", value_parser = public_url)]
    pub address: Option<String>,
    /// Do not write FILE.manifest.json beside FILE
    #[arg(long)]
    pub no_manifest: bool,
    #[command(flatten)]
    pub articles: ArticleFilterArgs,
}

/// Set the values of an indicator beside each other over time
#[derive(Debug, Args)]
#[command(after_help = "\
A column for each district and unit. Equal values of several articles are one; where articles
differ, all values are printed (≠). Planned and expected values are left out unless --status asks
for them.
Examples:
  dibao series 地区生产总值 --district 新密市,荥阳市
  dibao series 一般公共预算收入 --by to_date
  dibao series 地区生产总值 --measure change --format chart
  dibao series 粮食产量 --svg 粮食.svg --format csv > 粮食.csv")]
pub(crate) struct SeriesArgs {
    /// Name of the indicator
    pub name: String,
    /// Districts to compare [default: all that have values]
    #[arg(long, value_name = "NAME,…", value_delimiter = ',')]
    pub district: Vec<String>,
    /// Length of the periods: whole years, from 1 January to the end of a month (to_date: 前三季度),
    /// quarters, months, or single days (day: 年末存款余额) [default: that of most values]
    #[arg(long, value_parser = PossibleValuesParser::new(PeriodLength::ALL.map(PeriodLength::as_str)))]
    pub by: Option<String>,
    /// Only values whose whole period lies within these days: 2015..2022, 2022-01..2022-09
    #[arg(long, value_name = "DAYS")]
    pub period: Option<String>,
    /// Values that are facts (actual), facts that may be revised (preliminary), plans (target),
    /// expectations (forecast), or sums since a time that is not named (cumulative) [default: actual and
    /// cumulative]
    #[arg(long, value_delimiter = ',')]
    #[arg(value_parser = PossibleValuesParser::new(FigureStatus::ALL.map(FigureStatus::as_str)))]
    pub status: Vec<String>,
    /// What is set beside each other: values (level), or how they changed against the same period a
    /// year before, in % (change)
    #[arg(long, default_value = SeriesMeasure::Level.as_str())]
    #[arg(value_parser = PossibleValuesParser::new(SeriesMeasure::ALL.map(SeriesMeasure::as_str)))]
    pub measure: String,
    /// Output format; chart draws in the terminal
    #[arg(long, value_enum, default_value_t)]
    pub format: SeriesFormat,
    /// Also draw a chart into this SVG file
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub svg: Option<PathBuf>,
}

/// How rows of indicators are printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum FigureFormat {
    #[default]
    Text,
    Csv,
    Jsonl,
    Xlsx,
    SdmxCsv,
}

impl FigureFormat {
    /// The format of a file; `None` of what is for people.
    pub(crate) fn of_file(self) -> Option<FigureFileFormat> {
        match self {
            Self::Text => None,
            Self::Csv => Some(FigureFileFormat::Csv),
            Self::Jsonl => Some(FigureFileFormat::Jsonl),
            Self::Xlsx => Some(FigureFileFormat::Xlsx),
            Self::SdmxCsv => Some(FigureFileFormat::SdmxCsv),
        }
    }
}

/// How a series is printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum SeriesFormat {
    #[default]
    Text,
    Chart,
    Json,
    Csv,
}
