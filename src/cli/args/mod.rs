//! The low-level arguments: the command line as clap parses it, nothing decided yet.

pub(crate) mod author;
pub(crate) mod check;
pub(crate) mod citation;
pub(crate) mod cite;
pub(crate) mod compare;
pub(crate) mod curating;
pub(crate) mod engine;
pub(crate) mod exporting;
pub(crate) mod figures;
pub(crate) mod filters;
pub(crate) mod folders;
mod help_zh;
mod help_zh_alerts;
mod help_zh_curating;
mod help_zh_notes;
mod help_zh_watch;
pub(crate) mod hiargs;
pub(crate) mod lang;
pub(crate) mod localize;
pub(crate) mod mcp;
pub(crate) mod notes;
pub(crate) mod ocr;
pub(crate) mod saved;
pub(crate) mod saving;
pub(crate) mod selection;
pub(crate) mod serve;
pub(crate) mod synonyms;
pub(crate) mod timing;
mod values;
pub(crate) mod watch;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand, ValueHint};
use clap_complete::Shell;

use check::CheckArgs;
use cite::CiteArgs;
use compare::{DiffArgs, TrendArgs};
use curating::{CorrectArgs, CurateArgs};
use engine::EngineChoice;
use figures::{IndicatorsArgs, SeriesArgs};
use filters::{FILTERS, FilterArgs, WordingArgs};
use lang::LangChoice;
use mcp::McpArgs;
use notes::{CollectionArgs, NoteArgs, TagArgs};
use ocr::OcrArgs;
use saved::{BatchArgs, NewArgs, SavedArgs};
use serve::{ServeArgs, public_url};
pub(crate) use values::{
    By, ColorChoice, OutputFormat, SearchFormat, SplitFormat, StatsFormat, by_name,
};
use watch::WatchArgs;

use crate::export::{CitationStyle, Format};
use crate::search::{Cursor, CursorError, Sort};

const GLOBAL: &str = "Global options";

/// Turn folders of Chinese newspapers and bulletins into a searchable, dated archive of articles
#[derive(Debug, Parser)]
#[command(name = "dibao", version, max_term_width = 100, arg_required_else_help = true)]
#[command(after_help = "\
Getting started:
  dibao ingest                          read corpus/ into index/
  dibao search 氢能 --district 登封市
  dibao show ID
Exit codes: 0 found, 1 nothing found, 2 error.")]
pub(super) struct LowArgs {
    #[command(subcommand)]
    pub command: Command,
    /// Folder of the source files
    #[arg(long, global = true, env = "DIBAO_CORPUS", default_value = "corpus", help_heading = GLOBAL)]
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath, hide_env_values = true)]
    pub corpus: PathBuf,
    /// Folder of the index
    #[arg(long, global = true, env = "DIBAO_INDEX", default_value = "index", help_heading = GLOBAL)]
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath, hide_env_values = true)]
    pub index: PathBuf,
    /// Folder of corrections, notes and collections [default: beside the corpus folder, with .curation
    /// behind its name]
    #[arg(long, global = true, env = "DIBAO_CURATION", help_heading = GLOBAL)]
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath, hide_env_values = true)]
    pub curation: Option<PathBuf>,
    /// Engine that keeps the archive: embedded (in the folder of the index) or opensearch (on a
    /// cluster, for ingest, search, export, counts and indicators)
    #[arg(long, global = true, env = "DIBAO_ENGINE", value_enum, default_value_t, help_heading = GLOBAL)]
    #[arg(value_name = "ENGINE", hide_env_values = true)]
    pub engine: EngineChoice,
    /// Settings file: [engine] says where the cluster is and how it lets you in, and so do
    /// DIBAO_ENGINE_URL, _INDEX, _USER, _PASSWORD and _CA
    #[arg(long, global = true, env = "DIBAO_SETTINGS", help_heading = GLOBAL)]
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath, hide_env_values = true)]
    pub settings: Option<PathBuf>,
    /// When to use colors; `auto` follows the terminal and NO_COLOR
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    #[arg(help_heading = GLOBAL)]
    pub color: ColorChoice,
    /// Language of messages and help; `auto` follows the locale (LC_ALL, LC_MESSAGES, LANG)
    #[arg(long, global = true, value_enum, default_value_t, value_name = "LANG", env = lang::VARIABLE)]
    #[arg(help_heading = GLOBAL, hide_env_values = true)]
    pub lang: LangChoice,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Ingest(IngestArgs),
    Watch(WatchArgs),
    Split(SplitArgs),
    Fit(FitArgs),
    Search(SearchArgs),
    Show(ShowArgs),
    Export(ExportArgs),
    Cite(CiteArgs),
    Stats(StatsArgs),
    Trend(TrendArgs),
    Diff(DiffArgs),
    Indicators(IndicatorsArgs),
    Series(SeriesArgs),
    Check(CheckArgs),
    Correct(Box<CorrectArgs>),
    Curate(CurateArgs),
    Saved(SavedArgs),
    New(NewArgs),
    Batch(BatchArgs),
    Note(NoteArgs),
    Tag(TagArgs),
    Collection(CollectionArgs),
    Serve(ServeArgs),
    Mcp(McpArgs),
    /// Take a tour of the sample corpus: ingest, search, export
    Demo,
    /// Print a shell completion script
    #[command(
        after_help = "Examples:\n  dibao completions bash > ~/.local/share/bash-completion/completions/dibao"
    )]
    Completions {
        /// Shell to complete for
        #[arg(value_enum)]
        shell: Shell,
    },
}

/// Add new and changed files to the index; unchanged files are skipped
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dibao ingest                      all files of the corpus folder
  dibao ingest corpus/zzrb/2023     one folder; files deleted from it are removed
  dibao ingest --rebuild            build from scratch, after an upgrade or with other words
  dibao ingest --ocr tesseract      pictures and scanned PDF files, too")]
pub(super) struct IngestArgs {
    /// Files and folders to ingest [default: the corpus folder]
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Build the index from scratch
    #[arg(long)]
    pub rebuild: bool,
    /// Empty the index if no files are found; otherwise that is refused
    #[arg(long)]
    pub allow_empty: bool,
    /// Continue with another corpus folder than the index was made from; otherwise that is refused
    #[arg(long)]
    pub another_corpus: bool,
    /// Follow links that lead out of the corpus folder, too; files behind them become readable to all
    /// who can search
    #[arg(long)]
    pub follow_links: bool,
    /// User dictionary: words that the built-in dictionary lacks, one per line
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub words: Option<PathBuf>,
    #[command(flatten)]
    pub ocr: OcrArgs,
    /// Output format
    #[arg(long, value_enum, default_value_t)]
    pub format: OutputFormat,
}

/// Show how files are split into articles, without an index
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dibao split page.txt
  dibao split page.txt --explain        the role of each line, the reasons for each article
  dibao split *.txt --format jsonl      one record per line")]
pub(super) struct SplitArgs {
    /// Files to split
    #[arg(required = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub files: Vec<PathBuf>,
    /// Output format
    #[arg(long, value_enum, default_value_t)]
    pub format: SplitFormat,
    /// Print the role of each line, and the reasons and the confidence for the start of each
    /// article
    #[arg(long, conflicts_with = "format")]
    pub explain: bool,
    /// Table that `dibao fit` wrote [default: splitter.tsv in the folder of the publication or the
    /// corpus, if it is there]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub splitter: Option<PathBuf>,
    #[command(flatten)]
    pub ocr: OcrArgs,
}

/// Fit the splitter on pages that you corrected
#[derive(Debug, Args)]
#[command(after_help = "\
GOLD is a file of rows as `dibao split --format jsonl` prints them, or a folder with gold.jsonl or
NAME.gold.jsonl. Of each row source, kind, title and lines count. The texts are beside the rows or
in the corpus folder. Each GOLD counts as one publication.
Prints how many articles are found exactly, now and by tables fitted on every other page.
Examples:
  dibao split corpus/zzrb/*.txt --format jsonl > zzrb.jsonl    then correct zzrb.jsonl
  dibao fit zzrb.jsonl --out corpus/zzrb/splitter.tsv
  dibao ingest                                                 splits zzrb by the new table
Exit codes: 0 fitting helps or cannot be measured, 1 it does not help, 2 error.")]
pub(super) struct FitArgs {
    /// Corrected pages
    #[arg(required = true, value_name = "GOLD", value_hint = ValueHint::AnyPath)]
    pub gold: Vec<PathBuf>,
    /// Where to write the table; ingest and split use splitter.tsv in the corpus folder, or in one of
    /// its first folders for the files there
    #[arg(short, long, required = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub out: PathBuf,
    /// Table to start from instead of that of the program
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub splitter: Option<PathBuf>,
}

/// Search for articles
#[derive(Debug, Args)]
#[command(after_help = "\
Query syntax: terms separated by blanks must all match; \"…\" matches the exact text; -… excludes;
OR; brackets; fields (标题: 地区: 主题: 日期: …); \"产业 园区\"~3 matches within 3 characters.
ARCHITECTURE.md describes it in full.
Examples:
  dibao search 氢能 登封
  dibao search '(营商环境 OR 惠企) 地区:新密 日期:2023年一季度'
  dibao search '\"先进制造业开发区\" -疫情' --from 2023-02 --to 2023-03
  dibao search --district 新密市 --topic 能源 --sort newest
  dibao search 招商 --format jsonl | jq .title")]
pub(super) struct SearchArgs {
    #[command(flatten)]
    pub selection: SelectionArgs,
    /// Order of the hits
    #[arg(long, value_parser = PossibleValuesParser::new(Sort::ALL.map(Sort::as_str)))]
    #[arg(default_value = Sort::Relevance.as_str())]
    pub sort: String,
    /// Number of hits to print
    #[arg(long, default_value_t = 10, value_name = "N")]
    pub limit: usize,
    /// Number of hits to skip
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub offset: usize,
    /// Continue after this cursor, which --explain prints and json has as `next`; faster than
    /// --offset
    #[arg(long, value_name = "CURSOR", value_parser = cursor, conflicts_with = "offset")]
    pub after: Option<String>,
    /// List each reprint as a hit of its own
    #[arg(long)]
    pub ungrouped: bool,
    /// Output format; json is one object with total and facets, jsonl one hit per line
    #[arg(long, value_enum, default_value_t)]
    pub format: SearchFormat,
    /// Explain how the query was understood and how each hit was scored
    #[arg(long)]
    pub explain: bool,
}

/// Print an article, or the lines of its source file
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dibao show k7q2m9x4t1vd
  dibao show k7q2               a unique prefix of an id is enough
  dibao show k7q2 --source      the lines of its source file")]
pub(super) struct ShowArgs {
    /// Id of the article, or a unique prefix of it
    pub id: String,
    /// Print the numbered lines of its source file; those of the article are marked
    #[arg(long)]
    pub source: bool,
    /// List the article and its reprints by date; `dibao diff` compares two of them
    #[arg(long, conflicts_with = "source")]
    pub reprints: bool,
    /// Output format
    #[arg(long, value_enum, default_value_t)]
    pub format: OutputFormat,
}

/// Write all matching articles to a file, without a limit
#[derive(Debug, Args)]
#[command(after_help = "\
csv has a byte-order mark in files but not on stdout, joins lists with ； and puts an apostrophe
before cells that look like formulas (= + - @). xlsx has the same columns with real dates and numbers,
and a sheet that says what they are. jsonl has the complete records. docx, html and epub are reading
cards with the matches marked; a docx holds at most 5,000 articles. cite, ris, bib, biblatex and
csljson are references (see `dibao cite`); ris has a byte-order mark where csv has one.
Beside FILE stands FILE.manifest.json: query, filters, day, counts, state of the index, checksum.
--verify compares a file with its manifest and with the archive, and makes the export again.
Examples:
  dibao export 氢能 --district 登封市 --format csv -o 氢能.csv
  dibao export 氢能 --sort oldest --excerpt -o 氢能.docx
  dibao export 氢能 -o 氢能.ris
  dibao export --from 2023 --to 2023 --format jsonl > 2023.jsonl
  dibao export --verify 氢能.csv
Exit codes of --verify: 0 all agrees, 1 something differs, 2 error.")]
pub(super) struct ExportArgs {
    #[command(flatten)]
    pub selection: SelectionArgs,
    /// Output format [default: by the extension of the file, else jsonl]
    #[arg(long, value_parser = by_name::<Format>(Format::ALL.map(Format::as_str)))]
    pub format: Option<Format>,
    /// Citation style of md, cite and reading cards: its name, or a CSL file
    #[arg(long, value_name = "STYLE", value_hint = ValueHint::FilePath)]
    #[arg(default_value = CitationStyle::BUILT_IN[0])]
    pub style: String,
    /// Order of the articles; relevance is that of the files
    #[arg(long, value_parser = PossibleValuesParser::new(Sort::ALL.map(Sort::as_str)))]
    #[arg(default_value = Sort::Relevance.as_str())]
    pub sort: String,
    /// Only the passages that match, with some context, instead of the whole text; docx, html and
    /// epub
    #[arg(long)]
    pub excerpt: bool,
    /// Address at which the archive is served, for links to the articles; xlsx, docx, html
    /// and epub
    #[arg(long, value_name = "URL", value_parser = public_url)]
    pub address: Option<String>,
    /// Write to this file, which appears once it is complete
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
    /// Do not write FILE.manifest.json beside FILE
    #[arg(long)]
    pub no_manifest: bool,
    /// Instead, compare an exported file with its manifest and the archive. If the manifest is lost,
    /// repeat the query; without one the articles of a csv or jsonl are looked up by their ids
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    #[arg(conflicts_with_all = ["output", "no_manifest"])]
    pub verify: Option<PathBuf>,
}

/// Count articles by district, topic, outlet, indicator, month, etc.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dibao stats
  dibao stats 氢能 --by month --from 2023
  dibao stats 招商 --by words,tree
  dibao stats --by district --format csv
An article whose date can lie in several months is certain in none and possible in each: 12 +30 are 12
that are certainly of a month and 30 more that can be. --from and --to with it find all 42, with
--certain the 12.")]
pub(super) struct StatsArgs {
    #[command(flatten)]
    pub selection: SelectionArgs,
    /// What to count by; separate several with commas [default: all but tree, year and day]
    #[arg(long, value_enum, value_delimiter = ',')]
    pub by: Vec<By>,
    /// Rows per table, of time the latest; 0 prints all [default: 20 as text, all as csv and json]
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// Output format
    #[arg(long, value_enum, default_value_t)]
    pub format: StatsFormat,
}

/// The query and its filters, the same for search, export and stats.
#[derive(Debug, Default, Args)]
pub(super) struct SelectionArgs {
    /// Query; without one, every article matches
    #[arg(value_name = "QUERY")]
    pub query: Vec<String>,
    #[command(flatten)]
    pub wording: WordingArgs,
    #[command(flatten)]
    pub filters: FilterArgs,
}

/// A cursor, as it was typed.
fn cursor(typed: &str) -> Result<String, CursorError> {
    typed.parse::<Cursor>().map(|_| typed.to_owned())
}

/// An argument that excludes (-疫情, -"两会") is a part of the query and no flag: no flag begins
/// like it. A blank before it says so, and none in the query.
pub(super) fn protect_exclusion(argument: OsString) -> OsString {
    let excludes = argument.to_str().is_some_and(|text| {
        let rest = text.strip_prefix('-').and_then(|rest| rest.chars().next());
        rest.is_some_and(|c| !c.is_ascii() || matches!(c, '"' | '('))
    });
    if !excludes {
        return argument;
    }
    let mut part = OsString::from(" ");
    part.push(argument);
    part
}
