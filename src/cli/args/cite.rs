//! The arguments of `cite`.

use clap::{Args, ValueHint};

use super::filters::{FilterArgs, WordingArgs};
use super::values::by_name;
use crate::export::{CitationStyle, Format};

/// Cite articles in a citation style, or as entries for EndNote, Zotero or LaTeX
#[derive(Debug, Args)]
#[command(after_help = "\
Styles: gb-7714-2025-numeric (the default), gb-7714-2015-numeric, gb-7714-2015-author-date,
gb-7714-2015-note; others by their names in hayagriva, as apa; or a CSL 1.0 file. A date that is not
stated but was inferred stands in square brackets, and an interval of days is cited as its month or
year.
Examples:
  dibao cite k7q2m9x4t1vd 1qk0
  dibao cite --query '氢能 日期:2023' --style gb-7714-2015-numeric
  dibao cite --query 氢能 --district 登封市 --format ris > 氢能.ris
Exit codes: 0 cited, 1 an article was not found, 2 error.")]
pub(crate) struct CiteArgs {
    /// Ids of articles, or unique prefixes of them
    #[arg(value_name = "ID", required_unless_present = "query", conflicts_with = "query")]
    pub ids: Vec<String>,
    /// Cite all articles that match this query instead
    #[arg(long, value_name = "QUERY")]
    pub query: Option<String>,
    /// Citation style: its name, or a CSL file
    #[arg(long, value_name = "STYLE", value_hint = ValueHint::FilePath)]
    #[arg(default_value = CitationStyle::BUILT_IN[0])]
    pub style: String,
    /// Output format; cite is a list in the style, csljson and the others are for other programs
    #[arg(long, value_parser = by_name::<Format>(Format::CITATIONS.map(Format::as_str)))]
    #[arg(default_value = Format::Cite.as_str())]
    pub format: Format,
    #[command(flatten)]
    pub wording: WordingArgs,
    #[command(flatten)]
    pub filters: FilterArgs,
}
