//! The low-level arguments: the command line as clap parses it, nothing decided yet.

pub(crate) mod compare;
pub(crate) mod hiargs;
pub(crate) mod selection;
pub(crate) mod serve;
pub(crate) mod synonyms;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::{NonEmptyStringValueParser, PossibleValuesParser};
use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use clap_complete::Shell;

use compare::{DiffArgs, TrendArgs};
use serve::ServeArgs;

use crate::model::{Kind, Review};
use crate::present::{Days, DaysError};
use crate::search::Cursor;

/// Options of every command.
const GLOBAL: &str = "Everywhere";
/// What narrows a query.
const FILTERS: &str = "Filters (one of several values is enough)";

/// Turns folders of Chinese bulletins and newspaper pages into a dated archive of articles.
#[derive(Debug, Parser)]
#[command(name = "dibao", version, max_term_width = 100, arg_required_else_help = true)]
#[command(after_help = "\
Start with:
  dibao ingest                          read corpus/ into index/
  dibao search 氢能 --district 登封市
  dibao show ID
Exit codes: 0 found, 1 nothing found, 2 error.")]
pub(super) struct LowArgs {
    #[command(subcommand)]
    pub command: Command,
    /// The folder of source files
    #[arg(long, global = true, env = "DIBAO_CORPUS", default_value = "corpus", help_heading = GLOBAL)]
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath, hide_env_values = true)]
    pub corpus: PathBuf,
    /// The folder of the index
    #[arg(long, global = true, env = "DIBAO_INDEX", default_value = "index", help_heading = GLOBAL)]
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath, hide_env_values = true)]
    pub index: PathBuf,
    /// ColorChoice to colour; `auto` looks at the terminal and at NO_COLOR
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    #[arg(help_heading = GLOBAL)]
    pub color: ColorChoice,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Ingest(IngestArgs),
    Split(SplitArgs),
    Search(SearchArgs),
    Show(ShowArgs),
    Export(ExportArgs),
    Stats(StatsArgs),
    Trend(TrendArgs),
    Diff(DiffArgs),
    Check(CheckArgs),
    Serve(ServeArgs),
    /// Ingest the sample corpus, search it, export it, and say what to try next
    Demo,
    /// Print completions for a shell
    #[command(
        after_help = "Example:\n  dibao completions bash > ~/.local/share/bash-completion/completions/dibao"
    )]
    Completions {
        /// The shell
        #[arg(value_enum)]
        shell: Shell,
    },
}

/// Read files into the index: new and changed ones; what is unchanged is skipped
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dibao ingest                      the whole corpus folder
  dibao ingest corpus/zzrb/2023     one folder; files that are gone from it are removed
  dibao ingest --rebuild            from nothing, after an upgrade or with other words")]
pub(super) struct IngestArgs {
    /// Files and folders [default: the corpus folder]
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Build the index anew
    #[arg(long)]
    pub rebuild: bool,
    /// A file of words that the dictionary lacks, one per line
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub words: Option<PathBuf>,
    /// How to print the summary
    #[arg(long, value_enum, default_value_t)]
    pub format: OutputFormat,
}

/// Show how files are cut into articles, without an index
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dibao split page.txt
  dibao split page.txt --explain        the role of each line and the reasons for each cut
  dibao split *.txt --format jsonl      one record per line")]
pub(super) struct SplitArgs {
    /// The files
    #[arg(required = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub files: Vec<PathBuf>,
    /// How to print the articles
    #[arg(long, value_enum, default_value_t)]
    pub format: SplitFormat,
    /// Each line with its role, each cut with its reasons, evidence and confidence
    #[arg(long, conflicts_with = "format")]
    pub explain: bool,
}

/// Find articles
#[derive(Debug, Args)]
#[command(after_help = "\
Parts side by side must all match; \"…\" is literal; -… excludes; OR, brackets, fields (标题: 地区:
主题: 日期: …), \"产业 园区\"~3 (near). ARCHITECTURE.md has the whole language.
Examples:
  dibao search 氢能 登封
  dibao search '(营商环境 OR 惠企) 地区:新密 日期:2023年一季度'
  dibao search '\"先进制造业开发区\" -疫情' --from 2023-02 --to 2023-03
  dibao search --district 新密市 --topic 能源 --sort newest
  dibao search 招商 --format jsonl | jq .title")]
pub(super) struct SearchArgs {
    #[command(flatten)]
    pub selection: SelectionArgs,
    /// The order of the hits
    #[arg(long, value_enum, default_value_t)]
    pub sort: SortArg,
    /// Hits to print
    #[arg(long, default_value_t = 10, value_name = "N")]
    pub limit: usize,
    /// Hits to pass over
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub offset: usize,
    /// The page after this mark, as fast as the first one; --explain and json (`next`) give it
    #[arg(long, value_name = "MARK", conflicts_with = "offset")]
    pub after: Option<Cursor>,
    /// Each reprint as a hit of its own
    #[arg(long)]
    pub ungrouped: bool,
    /// How to print the hits; json is one object with total and facets, jsonl the hits alone
    #[arg(long, value_enum, default_value_t)]
    pub format: SearchFormat,
    /// Say how the query was understood, and why each hit is one
    #[arg(long)]
    pub explain: bool,
}

/// Print an article as it reads, and where it stands
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dibao show k7q2m9x4t1vd
  dibao show k7q2               the start of an id is enough where only one article has it
  dibao show k7q2 --source      the lines of its file")]
pub(super) struct ShowArgs {
    /// The id, or the start of it
    pub id: String,
    /// The numbered lines of its file, those of the article marked
    #[arg(long)]
    pub source: bool,
    /// Instead, every article with substantially the same text, by date; `diff` compares two
    #[arg(long, conflicts_with = "source")]
    pub reprints: bool,
    /// How to print the article
    #[arg(long, value_enum, default_value_t)]
    pub format: OutputFormat,
}

/// Write every hit to a file: no cap, no sampling
#[derive(Debug, Args)]
#[command(after_help = "\
csv: a byte-order mark in files, none on stdout; lists are joined by ；; a cell that begins like a
formula (= + - @) gets a leading apostrophe. jsonl is exact.
Examples:
  dibao export 氢能 --district 登封市 --format csv -o 氢能.csv
  dibao export --from 2023 --to 2023 --format jsonl > 2023.jsonl")]
pub(super) struct ExportArgs {
    #[command(flatten)]
    pub selection: SelectionArgs,
    /// The format [default: by the ending of the file, else jsonl]
    #[arg(long, value_enum)]
    pub format: Option<ExportFormat>,
    /// Write to this file; it appears when it is complete
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
}

/// Count articles by district, topic, outlet, month …
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dibao stats
  dibao stats 氢能 --by month --from 2023
  dibao stats 招商 --by words,tree
  dibao stats --by district --format csv
An article counts on the last day that its date can be.")]
pub(super) struct StatsArgs {
    #[command(flatten)]
    pub selection: SelectionArgs,
    /// What to count by, several with commas [default: all but tree, year and day]
    #[arg(long, value_enum, value_delimiter = ',')]
    pub by: Vec<By>,
    /// Rows per table, 0 for all
    #[arg(long, default_value_t = 20, value_name = "N")]
    pub limit: usize,
    /// How to print the counts
    #[arg(long, value_enum, default_value_t)]
    pub format: StatsFormat,
}

/// List what needs a person's eye
#[derive(Debug, Args)]
#[command(after_help = "\
Undated and unplaced articles, ambiguous districts, weak cuts, contents entries without an article,
stray lines, files with warnings. Exit code 0 when there is something to look at, 1 when there is
nothing, as with grep.")]
pub(super) struct CheckArgs {
    /// List all of them instead of the first few of each sort
    #[arg(long)]
    pub all: bool,
    /// Instead, look for N random strings of the articles in quotes and hold what is found against
    /// a reading of every article; exit code 0 when all is found and nothing else, else 2
    #[arg(long, value_name = "N", conflicts_with = "all")]
    pub literals: Option<usize>,
    /// Which random strings
    #[arg(long, value_name = "NUMBER", default_value_t = 1, requires = "literals")]
    pub seed: u64,
    /// How to print the list
    #[arg(long, value_enum, default_value_t)]
    pub format: OutputFormat,
}

/// The query and its filters, the same for search, export and stats.
#[derive(Debug, Default, Args)]
pub(super) struct SelectionArgs {
    /// What the articles say; none means all of them
    #[arg(value_name = "QUERY")]
    pub query: Vec<String>,
    #[command(flatten)]
    pub wording: WordingArgs,
    #[command(flatten)]
    pub filters: FilterArgs,
}

/// How the words of a query are taken.
#[derive(Debug, Default, Args)]
pub(super) struct WordingArgs {
    /// Some of the words are enough; articles with most of them come first
    #[arg(long)]
    pub any: bool,
    /// What means the same, one `营商环境 = 投资环境` a line [default: synonyms.txt in the corpus]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, env = "DIBAO_SYNONYMS")]
    #[arg(hide_env_values = true)]
    pub synonyms: Option<PathBuf>,
    /// Only the words as they were typed
    #[arg(long, conflicts_with = "synonyms")]
    pub no_synonyms: bool,
}

/// What narrows a query.
#[derive(Debug, Default, Args)]
pub(super) struct FilterArgs {
    /// District, city or province by name or code; what lies below counts
    #[arg(long, value_name = "NAME", help_heading = FILTERS)]
    #[arg(value_parser = NonEmptyStringValueParser::new())]
    pub district: Vec<String>,
    /// Topic
    #[arg(long, value_name = "NAME", help_heading = FILTERS)]
    #[arg(value_parser = NonEmptyStringValueParser::new())]
    pub topic: Vec<String>,
    /// Dated this day or later: 2023, 2023-02 or 2023-02-10
    #[arg(long, value_name = "DATE", value_parser = date, help_heading = FILTERS)]
    pub from: Option<String>,
    /// Dated this day or earlier; of a month or year its last day
    #[arg(long, value_name = "DATE", value_parser = date, help_heading = FILTERS)]
    pub to: Option<String>,
    /// news, document, profile, photo or notice
    #[arg(long, value_name = "KIND", value_parser = PossibleValuesParser::new(Kind::ALL.map(Kind::as_str)))]
    #[arg(help_heading = FILTERS, hide_possible_values = true)]
    pub kind: Vec<String>,
    /// Outlet that an item was reprinted from, its whole name; `来源:` in the query takes a part
    #[arg(long, value_name = "NAME", help_heading = FILTERS)]
    #[arg(value_parser = NonEmptyStringValueParser::new())]
    pub outlet: Vec<String>,
    /// Newspaper or bulletin, its whole name; `报纸:` in the query takes a part
    #[arg(long, value_name = "NAME", help_heading = FILTERS)]
    #[arg(value_parser = NonEmptyStringValueParser::new())]
    pub publication: Vec<String>,
    /// Only dates that certainly lie between --from and --to, and in what 日期: asks for
    #[arg(long, help_heading = FILTERS)]
    pub certain: bool,
    /// --from and --to speak of the last day that a date can be, on which `stats` counts it
    #[arg(long, help_heading = FILTERS)]
    pub last_day: bool,
    /// Only articles without a date
    #[arg(long, conflicts_with_all = ["from", "to", "certain"])]
    #[arg(help_heading = FILTERS)]
    pub undated: bool,
    /// Only what needs a person's eye: weak_cut, undated, unplaced, ambiguous_place or
    /// article_warning, as `dibao check` lists them
    #[arg(long, value_name = "REASON", value_parser = PossibleValuesParser::new(Review::ALL.map(Review::as_str)))]
    #[arg(help_heading = FILTERS, hide_possible_values = true)]
    pub review: Vec<String>,
}

/// A year, a month or a day, as it was typed.
fn date(typed: &str) -> Result<String, DaysError> {
    typed.parse::<Days>().map(|_| typed.to_owned())
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum ColorChoice {
    #[default]
    Auto,
    Always,
    Never,
}

/// For people or for programs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum OutputFormat {
    #[default]
    Text,
    Json,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum SplitFormat {
    #[default]
    Text,
    Jsonl,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum SearchFormat {
    #[default]
    Text,
    Json,
    Jsonl,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ExportFormat {
    Jsonl,
    Csv,
    Md,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum StatsFormat {
    #[default]
    Text,
    Json,
    Csv,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum SortArg {
    #[default]
    Relevance,
    Newest,
    Oldest,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum By {
    District,
    /// Provinces, what lies in them, and so on
    Tree,
    Topic,
    Outlet,
    Publication,
    Kind,
    Year,
    Month,
    Day,
    /// Words that stand out in what is found
    Words,
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
