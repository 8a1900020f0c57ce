//! The arguments that narrow what a command takes: how words are taken, and the filters.

use std::path::PathBuf;

use clap::builder::{NonEmptyStringValueParser, PossibleValue, PossibleValuesParser};
use clap::{Args, ValueHint};

use crate::model::Review;
use crate::present::{DaysError, DaysParam};
use crate::query::KIND_NAMES;
use crate::search::RoleScope;

pub(super) const FILTERS: &str = "Filters (repeat one to allow several values)";

/// How the words of a query are taken.
#[derive(Debug, Default, Args)]
pub(crate) struct WordingArgs {
    /// Match articles that have only some of the unquoted words; those with rare words, and several side by side, come first.
    /// By default a search lists them behind those that have all, and other commands leave them out
    #[arg(long, conflicts_with = "all")]
    pub any: bool,
    /// Match only articles that have all of the words, those that only ask (哪些, 什么时候) too
    #[arg(long)]
    pub all: bool,
    /// Synonyms file, one `营商环境 = 投资环境` per line [default: synonyms.txt in the corpus folder]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, env = "DIBAO_SYNONYMS")]
    #[arg(hide_env_values = true)]
    pub synonyms: Option<PathBuf>,
    /// Do not use synonyms
    #[arg(long, conflicts_with = "synonyms")]
    pub no_synonyms: bool,
}

/// What narrows a query.
#[derive(Debug, Default, Args)]
pub(crate) struct FilterArgs {
    /// District, city or province by name or code, with everything in it
    #[arg(long, value_name = "NAME", help_heading = FILTERS)]
    #[arg(value_parser = NonEmptyStringValueParser::new())]
    pub district: Vec<String>,
    /// Which districts of an article --district and counts take: about (the default), issuer, mentioned,
    /// origin or any
    #[arg(long, value_name = "ROLE", value_parser = PossibleValuesParser::new(RoleScope::ALL.map(RoleScope::as_str)))]
    #[arg(help_heading = FILTERS, hide_possible_values = true)]
    pub role: Option<String>,
    /// Kind: news, document, profile, photo or notice
    #[arg(long, value_name = "KIND", value_parser = PossibleValuesParser::new(kinds()))]
    #[arg(help_heading = FILTERS, hide_possible_values = true)]
    pub kind: Vec<String>,
    #[command(flatten)]
    pub articles: ArticleFilterArgs,
}

/// What narrows a query for articles, and for what is stated in them.
#[derive(Debug, Default, Args)]
pub(crate) struct ArticleFilterArgs {
    /// Topic
    #[arg(long, value_name = "NAME", help_heading = FILTERS)]
    #[arg(value_parser = NonEmptyStringValueParser::new())]
    pub topic: Vec<String>,
    /// Dated on or after this day: 2023, 2023-02 or 2023-02-10
    #[arg(long, value_name = "DATE", value_parser = date, help_heading = FILTERS)]
    pub from: Option<String>,
    /// Dated on or before this day; a month or year means its last day
    #[arg(long, value_name = "DATE", value_parser = date, help_heading = FILTERS)]
    pub to: Option<String>,
    /// Outlet that published it first, full name (`来源:` in the query matches parts)
    #[arg(long, value_name = "NAME", help_heading = FILTERS)]
    #[arg(value_parser = NonEmptyStringValueParser::new())]
    pub outlet: Vec<String>,
    /// Newspaper or bulletin, full name (`报纸:` in the query matches parts)
    #[arg(long, value_name = "NAME", help_heading = FILTERS)]
    #[arg(value_parser = NonEmptyStringValueParser::new())]
    pub publication: Vec<String>,
    /// Only dates that are certain to be in the range of --from and --to, or of 日期: in the query;
    /// without a range, only dates that are known to the day
    #[arg(long, help_heading = FILTERS)]
    pub certain: bool,
    /// Only articles without a date
    #[arg(long, conflicts_with_all = ["from", "to", "certain"])]
    #[arg(help_heading = FILTERS)]
    pub undated: bool,
    /// Only articles that need review, for the reason weak_cut, undated, unplaced, ambiguous_place,
    /// doubtful_figure or article_warning (see `dibao check`)
    #[arg(long, value_name = "REASON", value_parser = PossibleValuesParser::new(Review::ALL.map(Review::as_str)))]
    #[arg(help_heading = FILTERS, hide_possible_values = true)]
    pub review: Vec<String>,
}

/// A year, a month or a day, as it was typed.
fn date(typed: &str) -> Result<String, DaysError> {
    typed.parse::<DaysParam>().map(|_| typed.to_owned())
}

/// The kinds with their other names.
fn kinds() -> impl Iterator<Item = PossibleValue> {
    KIND_NAMES.iter().map(|(kind, names)| {
        PossibleValue::new(kind.as_str()).aliases(names.iter().skip(1).copied())
    })
}
