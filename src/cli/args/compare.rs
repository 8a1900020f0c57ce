//! What is typed for the commands that compare: words over time, and two articles.

use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};

use super::{FilterArgs, OutputFormat, StatsFormat, WordingArgs};

/// Compare how often words are written about over time
#[derive(Debug, Args)]
#[command(after_help = "\
Each WORD is a query of its own, in quotes where it has blanks. Beside the number of articles stands
that per thousand of all articles of the same month under the same filters (‰). A month without any
articles is a gap, not a zero. Articles count in the month of their last possible day.
Examples:
  dibao trend 氢能 光伏
  dibao trend 氢能 '招商 OR 引资' --by quarter --from 2022 --per-thousand
  dibao trend 氢能 --by-district 登封市,荥阳市
  dibao trend 氢能 光伏 --svg 氢能.svg --format csv > 氢能.csv
Exit codes: 0 found, 1 none of the words found, 2 error.")]
pub(crate) struct TrendArgs {
    /// What is compared, a query each
    #[arg(value_name = "WORD", required_unless_present = "by_district")]
    pub words: Vec<String>,
    /// Compare districts instead: a line for each, of one WORD or of all articles
    #[arg(long, value_name = "NAME,…", value_delimiter = ',', conflicts_with = "district")]
    pub by_district: Vec<String>,
    /// How long a period is
    #[arg(long, value_enum, default_value_t)]
    pub by: EveryArg,
    /// Draw articles per thousand of all instead of articles
    #[arg(long)]
    pub per_thousand: bool,
    /// How to print the numbers
    #[arg(long, value_enum, default_value_t)]
    pub format: StatsFormat,
    /// Draw a chart into this file, too
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub svg: Option<PathBuf>,
    #[command(flatten)]
    pub wording: WordingArgs,
    #[command(flatten)]
    pub filters: FilterArgs,
}

/// Show what differs between two articles, by sentence
#[derive(Debug, Args)]
#[command(after_help = "\
- stands only in the first, + only in the second; of a sentence that was changed (~) the words that
differ are marked: [-first-]{+second+}, in colours on a terminal. Selection differs in script, width or
blanks alone (=) counts as the same.
Examples:
  dibao diff 1qk0 dned         the starts of ids are enough where only one article has them
  dibao diff 1qk0 dned --all   sentences that are the same, too
Exit codes: 0 compared, whether they differ or not; 1 an id that no article has; 2 error.")]
pub(crate) struct DiffArgs {
    /// The id of the first article, or the start of it
    #[arg(value_name = "ID")]
    pub first: String,
    /// The id of the second article, or the start of it
    #[arg(value_name = "ID")]
    pub second: String,
    /// Print the sentences that are the same, too
    #[arg(long)]
    pub all: bool,
    /// How to print the comparison
    #[arg(long, value_enum, default_value_t)]
    pub format: OutputFormat,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum EveryArg {
    #[default]
    Month,
    Quarter,
    Year,
}
