//! The arguments of `dibao saved`, `dibao new` and `dibao batch`; `saving` makes options of them.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum, ValueHint};

use super::author::AuthorArgs;
use super::filters::{FilterArgs, WordingArgs};
use super::serve::public_url;
use super::values::{OutputFormat, SearchFormat};

/// Save searches under names, for `dibao new`, feeds and the page of saved searches
#[derive(Debug, Args)]
#[command(after_help = "\
Searches are kept in searches.toml in the folder of --curation, as they stand in the address of a
search page. What is in the archive when a search is saved is not new to it.
Examples:
  dibao saved add 登封氢能 氢能 --district 登封市
  dibao saved list
  dibao saved remove 登封氢能
  dibao new")]
pub(crate) struct SavedArgs {
    #[command(subcommand)]
    pub command: SavedCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum SavedCommand {
    Add(Box<SavedAddArgs>),
    List(SavedListArgs),
    Remove(SavedRemoveArgs),
}

/// Save a search
#[derive(Debug, Args)]
pub(crate) struct SavedAddArgs {
    /// Name of the search
    pub name: String,
    /// Query; without one, every article matches
    #[arg(value_name = "QUERY")]
    pub query: Vec<String>,
    #[command(flatten)]
    pub wording: WordingArgs,
    #[command(flatten)]
    pub filters: FilterArgs,
    #[command(flatten)]
    pub author: AuthorArgs,
}

/// List the saved searches and how many articles they find
#[derive(Debug, Args)]
pub(crate) struct SavedListArgs {
    /// Output format
    #[arg(long, value_enum, default_value_t)]
    pub format: OutputFormat,
}

/// Remove a saved search; its entry stays in the file, with one below that ends it
#[derive(Debug, Args)]
pub(crate) struct SavedRemoveArgs {
    /// Name of the search
    pub name: String,
    #[command(flatten)]
    pub author: AuthorArgs,
}

/// List the articles that are new to saved searches
#[derive(Debug, Args)]
#[command(after_help = "\
What was printed, or taken by the webhook, is remembered and not listed again; if the run is cut off
before, it is. Articles that are cut or corrected otherwise are not new, nor is anything in an index
that was built anew.
The webhook gets JSON by POST (README.md describes it): to this machine alone, unless its host is
named with --allow-host. Redirects are not followed; a message is tried three times.
Examples:
  dibao new                                 all saved searches
  dibao new 登封氢能 --format jsonl
  dibao new --since 2024-05-01              of files changed since then; nothing is remembered
  dibao ingest && dibao new --webhook http://127.0.0.1:9000/dibao
Exit codes: 0 something new, 1 nothing new, 2 error.")]
pub(crate) struct NewArgs {
    /// Saved searches [default: all]
    #[arg(value_name = "NAME")]
    pub names: Vec<String>,
    /// `last`: what was not listed before; or a day or time: articles of files that were changed then or
    /// later
    #[arg(long, value_name = "DATE", default_value = "last")]
    pub since: String,
    /// Address that the new articles are sent to as well
    #[arg(long, value_name = "URL")]
    pub webhook: Option<String>,
    /// Host other than this machine that --webhook may send to
    #[arg(long, value_name = "HOST", requires = "webhook", value_hint = ValueHint::Hostname)]
    pub allow_host: Vec<String>,
    /// Address at which the archive is served, for links to the articles
    #[arg(long, value_name = "URL", value_parser = public_url)]
    pub address: Option<String>,
    /// Synonyms file, one `营商环境 = 投资环境` per line [default: synonyms.txt in the corpus folder]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, env = "DIBAO_SYNONYMS")]
    #[arg(hide_env_values = true)]
    pub synonyms: Option<PathBuf>,
    /// Output format; json is one object, jsonl one article per line
    #[arg(long, value_enum, default_value_t)]
    pub format: SearchFormat,
}

/// Search for many queries or names at once: one table
#[derive(Debug, Args)]
#[command(after_help = "\
FILE has a query, or with --names a name, on each line; lines that begin with # are remarks. Each row
has the number of articles and stories, the first and the last day, and the best hits. Filters hold
for every line. csv has a byte-order mark in files but not on stdout, and puts an apostrophe before
cells that look like formulas (= + - @).
Examples:
  dibao batch queries.txt
  dibao batch names.txt --names --district 登封市 -o names.xlsx
  dibao batch - --names --format csv < names.txt
Exit codes: 0 something found, 1 nothing found, 2 error, also in a line.")]
pub(crate) struct BatchArgs {
    /// File of queries or names, - for stdin
    #[arg(value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// Take each line as a name, which is found as it is written
    #[arg(long)]
    pub names: bool,
    #[command(flatten)]
    pub wording: WordingArgs,
    #[command(flatten)]
    pub filters: FilterArgs,
    /// Output format [default: by the extension of the file, else text]
    #[arg(long, value_enum)]
    pub format: Option<BatchFormatArg>,
    /// Write to this file, which appears once it is complete
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
}

/// For people, for spreadsheets, or for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum BatchFormatArg {
    Text,
    Csv,
    Xlsx,
    Jsonl,
    Json,
}
