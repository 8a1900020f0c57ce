//! The arguments of the commands that compare: words over time, and two articles.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use super::filters::{FilterArgs, WordingArgs};
use super::values::{OutputFormat, StatsFormat, by_name};
use crate::search::Granularity;

/// The periods of a trend; of days a table would have too many rows.
const PERIODS: [Granularity; 3] = [Granularity::Month, Granularity::Quarter, Granularity::Year];

/// Compare how often words occur over time
#[derive(Debug, Args)]
#[command(after_help = "\
Each WORD is a query of its own; quote it if it contains blanks. Beside the number of articles is
their share of all articles of the same month under the same filters, per thousand (‰). A month
without any articles is a gap, not a zero. An article whose date can lie in several months is certain
in none and possible in each (+N); shares are of the certain ones.
Examples:
  dibao trend 氢能 光伏
  dibao trend 氢能 '招商 OR 引资' --by quarter --from 2022 --per-thousand
  dibao trend 氢能 --by-district 登封市,荥阳市
  dibao trend 氢能 光伏 --svg 氢能.svg --format csv > 氢能.csv
Exit codes: 0 found, 1 none of the words found, 2 error.")]
pub(crate) struct TrendArgs {
    /// Queries to compare
    #[arg(value_name = "WORD", required_unless_present = "by_district")]
    pub words: Vec<String>,
    /// Compare districts instead, for one WORD or for all articles
    #[arg(long, value_name = "NAME,…", value_delimiter = ',', conflicts_with = "district")]
    pub by_district: Vec<String>,
    /// Length of a period
    #[arg(long, value_parser = by_name::<Granularity>(PERIODS.map(Granularity::as_str)))]
    #[arg(default_value = Granularity::Month.as_str())]
    pub by: Granularity,
    /// Draw articles per thousand instead of their number
    #[arg(long)]
    pub per_thousand: bool,
    /// Output format
    #[arg(long, value_enum, default_value_t)]
    pub format: StatsFormat,
    /// Also draw a chart into this SVG file
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub svg: Option<PathBuf>,
    #[command(flatten)]
    pub wording: WordingArgs,
    #[command(flatten)]
    pub filters: FilterArgs,
}

/// Compare two articles sentence by sentence
#[derive(Debug, Args)]
#[command(after_help = "\
- marks sentences of the first article only, + those of the second only. In a changed sentence (~) the
words that differ are marked as [-first-]{+second+}, or by colors on a terminal. Sentences that
differ only in script, width or blanks (=) count as the same.
Examples:
  dibao diff 1qk0 dned         unique prefixes of ids are enough
  dibao diff 1qk0 dned --all   with the sentences that are the same
Exit codes: 0 compared, 1 no article with this id, 2 error.")]
pub(crate) struct DiffArgs {
    /// Id of the first article, or a unique prefix of it
    #[arg(value_name = "ID")]
    pub first: String,
    /// Id of the second article, or a unique prefix of it
    #[arg(value_name = "ID")]
    pub second: String,
    /// Also print the sentences that are the same
    #[arg(long)]
    pub all: bool,
    /// Output format
    #[arg(long, value_enum, default_value_t)]
    pub format: OutputFormat,
}
