//! The arguments of `dibao saved`, `dibao new` and `dibao batch`.

use std::path::PathBuf;

use anyhow::bail;
use clap::{Args, Subcommand, ValueEnum, ValueHint};
use jiff::Timestamp;

use super::filters::{FilterArgs, WordingArgs};
use super::folders::Folders;
use super::serve::public_url;
use super::{OutputFormat, SearchFormat, SelectionArgs, selection};
use crate::curation::MAX_SAVED_NAME;
use crate::present::{Lang, SearchParams, Selection};

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
    Add(SavedAddArgs),
    List(SavedListArgs),
    Remove(SavedRemoveArgs),
}

/// Save a search
#[derive(Debug, Args)]
pub(crate) struct SavedAddArgs {
    /// Name of the search
    pub name: String,
    #[command(flatten)]
    pub selection: SelectionArgs,
    /// Who saves it [default: the login name]
    #[arg(long, value_name = "NAME", env = "DIBAO_EDITOR", hide_env_values = true)]
    pub by: Option<String>,
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
    /// Who removes it [default: the login name]
    #[arg(long, value_name = "NAME", env = "DIBAO_EDITOR", hide_env_values = true)]
    pub by: Option<String>,
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
  cut -f1 people.tsv | dibao batch - --names --format csv
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

/// What to do with saved searches.
#[derive(Debug)]
pub(crate) enum SavedOptions {
    Add { name: String, selection: Box<Selection>, by: String },
    List { format: OutputFormat },
    Remove { name: String, by: String },
}

#[derive(Debug)]
pub(crate) struct NewOptions {
    /// Empty is all.
    pub names: Vec<String>,
    /// `None` is what was not told.
    pub since: Option<Timestamp>,
    pub webhook: Option<(String, Vec<String>)>,
    pub address: Option<String>,
    pub synonyms: Option<PathBuf>,
    pub format: SearchFormat,
}

#[derive(Debug)]
pub(crate) struct BatchOptions {
    pub file: PathBuf,
    pub names: bool,
    pub wording: WordingArgs,
    /// What all lines have in common.
    pub common: SearchParams,
    pub format: BatchFormatArg,
    /// `None` is stdout.
    pub output: Option<PathBuf>,
}

/// # Errors
/// When the search cannot be understood, and when the name is none.
pub(crate) fn saved(
    args: SavedArgs,
    folders: &Folders,
    lang: Lang,
) -> anyhow::Result<SavedOptions> {
    Ok(match args.command {
        SavedCommand::Add(SavedAddArgs { name, selection, by }) => {
            let name = name.trim().to_owned();
            let length = name.chars().count();
            if name.is_empty() || length > MAX_SAVED_NAME || name.contains(char::is_control) {
                bail!(lang.of(
                    format!("检索的名称须为 1 至 {MAX_SAVED_NAME} 个字，且不含控制字符"),
                    format!(
                        "expected a name of 1 to {MAX_SAVED_NAME} characters without control \
                         characters"
                    ),
                ));
            }
            let selection = Box::new(selection::from_args(selection, folders, lang)?);
            SavedOptions::Add { name, selection, by: person(by) }
        }
        SavedCommand::List(SavedListArgs { format }) => SavedOptions::List { format },
        SavedCommand::Remove(SavedRemoveArgs { name, by }) => {
            SavedOptions::Remove { name: name.trim().to_owned(), by: person(by) }
        }
    })
}

/// # Errors
/// When the time is none.
pub(crate) fn new(args: NewArgs, lang: Lang) -> anyhow::Result<NewOptions> {
    let NewArgs { names, since, webhook, allow_host, address, synonyms, format } = args;
    let since = match since.trim() {
        "last" => None,
        typed => match typed.parse().or_else(|_| format!("{typed}T00:00:00Z").parse()) {
            Ok(moment) => Some(moment),
            Err(_) => bail!(lang.of(
                format!(
                    "--since {typed}：须为 last、日期（2024-05-01）或时间（2024-05-01T08:00:00Z）"
                ),
                format!(
                    "--since {typed}: expected last, a day (2024-05-01) or a time \
                     (2024-05-01T08:00:00Z)"
                ),
            )),
        },
    };
    let webhook = webhook.map(|address| (address, allow_host));
    Ok(NewOptions { names, since, webhook, address, synonyms, format })
}

/// # Errors
/// When the extension of the file is none of a format.
pub(crate) fn batch(args: BatchArgs, lang: Lang) -> anyhow::Result<BatchOptions> {
    let BatchArgs { file, names, wording, filters, format, output } = args;
    let ending = output.as_ref().map(|path| path.extension().unwrap_or_default().to_string_lossy());
    let format = match (format, ending.as_deref()) {
        (Some(format), _) => format,
        (None, None) => BatchFormatArg::Text,
        (None, Some("txt")) => BatchFormatArg::Text,
        (None, Some(ending)) => match BatchFormatArg::from_str(ending, false) {
            Ok(format) => format,
            Err(_) => bail!(lang.of(
                "从扩展名看不出格式（可用 csv、xlsx、jsonl、json、txt）；请改扩展名，或加 --format",
                "unknown extension; use csv, xlsx, jsonl, json or txt, or add --format",
            )),
        },
    };
    let common = selection::params(&wording, filters);
    Ok(BatchOptions { file, names, wording, common, format, output })
}

/// Who works: as named, else by the login name.
fn person(named: Option<String>) -> String {
    let login = || ["USER", "LOGNAME", "USERNAME"].iter().find_map(|name| std::env::var(name).ok());
    named.filter(|name| !name.trim().is_empty()).or_else(login).unwrap_or_default()
}
