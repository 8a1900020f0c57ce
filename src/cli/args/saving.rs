//! Options of `dibao saved`, `dibao new` and `dibao batch` from their arguments.

use std::path::PathBuf;

use anyhow::bail;
use clap::ValueEnum as _;
use jiff::Timestamp;

use super::filters::WordingArgs;
use super::folders::Folders;
use super::saved::{
    BatchArgs, BatchFormatArg, NewArgs, SavedAddArgs, SavedArgs, SavedCommand, SavedListArgs,
    SavedRemoveArgs,
};
use super::selection;
use super::values::{OutputFormat, SearchFormat};
use crate::curation::MAX_SAVED_NAME;
use crate::present::{Lang, SearchParams, Selection};

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
    /// Whether it says nothing where nothing is new.
    pub is_quiet: bool,
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
        SavedCommand::Add(args) => {
            let SavedAddArgs { name, query, wording, filters, author } = *args;
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
            let params =
                SearchParams { q: query.join(" "), ..selection::params(&wording, filters) };
            let selection = Box::new(selection::of(&params, &wording, folders, lang)?);
            SavedOptions::Add { name, selection, by: author.name()? }
        }
        SavedCommand::List(SavedListArgs { format }) => SavedOptions::List { format },
        SavedCommand::Remove(SavedRemoveArgs { name, author }) => {
            SavedOptions::Remove { name: name.trim().to_owned(), by: author.name()? }
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
    Ok(NewOptions { names, since, webhook, address, synonyms, format, is_quiet: false })
}

/// # Errors
/// When the extension of the file is none of a format.
pub(crate) fn batch(args: BatchArgs, lang: Lang) -> anyhow::Result<BatchOptions> {
    let BatchArgs { file, names, wording, filters, format, output } = args;
    let ending = output.as_ref().map(|path| path.extension().unwrap_or_default().to_string_lossy());
    let format = match (format, ending.as_deref()) {
        (Some(format), _) => format,
        (None, None | Some("txt")) => BatchFormatArg::Text,
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
