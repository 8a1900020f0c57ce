//! What is to be done: what was typed, with the query parsed, dates turned into days and formats
//! chosen. Commands see only this.

use std::path::{Path, PathBuf};

use anyhow::{anyhow, bail};
use clap_complete::Shell;

use super::args::{
    By, CheckArgs, Command, ExportArgs, ExportFormat, IngestArgs, SearchArgs, SearchFormat,
    ShowArgs, SortArg, SplitArgs, SplitFormat, StatsArgs, StatsFormat, Summary, Typed, WhatArgs,
};
use super::failure::BadQuery;
use super::synonyms;
use crate::export::Format;
use crate::model::CivilDate;
use crate::query::{self, Expansion, Query, Synonyms};
use crate::search::{Cursor, Filters, Matching, Request, Sort};

/// A task and the folders it works on.
#[derive(Debug)]
pub(super) struct Job {
    pub folders: Folders,
    pub task: Task,
}

/// Where sources and index are.
#[derive(Debug, Clone)]
pub(super) struct Folders {
    pub corpus: PathBuf,
    pub index: PathBuf,
}

/// One variant for each command.
#[derive(Debug)]
pub(super) enum Task {
    Ingest(IngestTask),
    Split(SplitTask),
    Search(SearchTask),
    Show(ShowTask),
    Export(ExportTask),
    Stats(StatsTask),
    Check(CheckTask),
    Demo,
    Completions(Shell),
}

#[derive(Debug)]
pub(super) struct IngestTask {
    /// Empty is the corpus folder.
    pub paths: Vec<PathBuf>,
    pub rebuild: bool,
    pub words: Option<PathBuf>,
    pub format: Summary,
}

#[derive(Debug)]
pub(super) struct SplitTask {
    pub files: Vec<PathBuf>,
    pub form: SplitForm,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SplitForm {
    Text,
    Explain,
    Jsonl,
}

#[derive(Debug)]
pub(super) struct SearchTask {
    pub what: What,
    pub sort: Sort,
    pub offset: usize,
    pub after: Option<Cursor>,
    pub limit: usize,
    pub group: bool,
    pub format: SearchFormat,
    pub explain: bool,
}

#[derive(Debug)]
pub(super) struct ShowTask {
    pub id: String,
    pub source: bool,
    pub format: Summary,
}

#[derive(Debug)]
pub(super) struct ExportTask {
    pub what: What,
    pub format: Format,
    /// `None` is stdout.
    pub output: Option<PathBuf>,
}

#[derive(Debug)]
pub(super) struct StatsTask {
    pub what: What,
    /// Never empty.
    pub by: Vec<By>,
    /// `None` is all.
    pub limit: Option<usize>,
    pub format: StatsFormat,
}

#[derive(Debug)]
pub(super) struct CheckTask {
    pub all: bool,
    /// Strings to look for and the seed that they are chosen by, instead of what needs an eye.
    pub literals: Option<(usize, u64)>,
    pub format: Summary,
}

/// Which articles.
#[derive(Debug, Clone)]
pub(super) struct What {
    /// The query as it was typed, for messages.
    pub typed: String,
    /// With its synonyms.
    pub query: Query,
    /// What the synonyms added.
    pub expansions: Vec<Expansion>,
    pub matching: Matching,
    pub filters: Filters,
    pub today: CivilDate,
}

impl What {
    /// A request for all of these articles, in the order of relevance.
    pub(super) fn request(&self) -> Request {
        Request {
            query: self.query.clone(),
            matching: self.matching,
            filters: self.filters.clone(),
            today: self.today,
            ..Request::default()
        }
    }
}

impl Job {
    /// The one conversion.
    ///
    /// # Errors
    /// When the query cannot be understood or two things that were typed contradict each other.
    pub(super) fn from_typed(typed: Typed) -> anyhow::Result<Self> {
        let folders = Folders { corpus: typed.corpus, index: typed.index };
        let task = match typed.command {
            Command::Ingest(args) => Task::Ingest(ingest(args)),
            Command::Split(args) => Task::Split(split(args)),
            Command::Search(args) => Task::Search(search(args, &folders)?),
            Command::Show(args) => Task::Show(show(args)),
            Command::Export(args) => Task::Export(export(args, &folders)?),
            Command::Stats(args) => Task::Stats(stats(args, &folders)?),
            Command::Check(args) => Task::Check(check(args)),
            Command::Demo => Task::Demo,
            Command::Completions { shell } => Task::Completions(shell),
        };
        Ok(Self { folders, task })
    }
}

fn ingest(args: IngestArgs) -> IngestTask {
    let IngestArgs { paths, rebuild, words, format } = args;
    IngestTask { paths, rebuild, words, format }
}

fn split(args: SplitArgs) -> SplitTask {
    let form = match (args.explain, args.format) {
        (true, _) => SplitForm::Explain,
        (false, SplitFormat::Text) => SplitForm::Text,
        (false, SplitFormat::Jsonl) => SplitForm::Jsonl,
    };
    SplitTask { files: args.files, form }
}

fn search(args: SearchArgs, folders: &Folders) -> anyhow::Result<SearchTask> {
    Ok(SearchTask {
        what: what(args.what, folders)?,
        sort: match args.sort {
            SortArg::Relevance => Sort::Relevance,
            SortArg::Newest => Sort::Newest,
            SortArg::Oldest => Sort::Oldest,
        },
        offset: args.offset,
        after: args.after,
        limit: args.limit,
        group: !args.ungrouped,
        format: args.format,
        explain: args.explain,
    })
}

fn show(args: ShowArgs) -> ShowTask {
    ShowTask { id: args.id, source: args.source, format: args.format }
}

fn export(args: ExportArgs, folders: &Folders) -> anyhow::Result<ExportTask> {
    let format = match (args.format, &args.output) {
        (Some(ExportFormat::Jsonl), _) | (None, None) => Format::Jsonl,
        (Some(ExportFormat::Csv), _) => Format::Csv,
        (Some(ExportFormat::Md), _) => Format::Markdown,
        (None, Some(path)) => format_of(path)?,
    };
    Ok(ExportTask { what: what(args.what, folders)?, format, output: args.output })
}

fn format_of(path: &Path) -> anyhow::Result<Format> {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    Format::ALL.into_iter().find(|format| format.as_str() == ending).ok_or_else(|| {
        anyhow!(
            "{}: the ending does not say which format to write; add --format jsonl, csv or md",
            path.display()
        )
    })
}

fn check(args: CheckArgs) -> CheckTask {
    let CheckArgs { all, literals, seed, format } = args;
    CheckTask { all, literals: literals.map(|strings| (strings, seed)), format }
}

fn stats(args: StatsArgs, folders: &Folders) -> anyhow::Result<StatsTask> {
    let by = if args.by.is_empty() {
        vec![By::District, By::Topic, By::Outlet, By::Publication, By::Kind, By::Month]
    } else {
        args.by
    };
    Ok(StatsTask {
        what: what(args.what, folders)?,
        by,
        limit: (args.limit > 0).then_some(args.limit),
        format: args.format,
    })
}

fn what(args: WhatArgs, folders: &Folders) -> anyhow::Result<What> {
    let typed = args.query.join(" ");
    let query = match query::parse(&typed) {
        Ok(query) => query,
        Err(error) => return Err(BadQuery { typed, error }.into()),
    };
    let synonyms = if args.no_synonyms || query.texts().is_empty() {
        Synonyms::default()
    } else {
        synonyms::read(args.synonyms.as_deref(), &folders.corpus)?
    };
    let (query, expansions) = synonyms.expand(&query);
    let filters = Filters {
        districts: args.district,
        topics: args.topic,
        kinds: args.kind,
        outlets: args.outlet,
        publications: args.publication,
        from: args.from.map(|days| days.first),
        to: args.to.map(|days| days.last),
        certain_dates: args.certain,
        undated: args.undated,
    };
    if let (Some(from), Some(to)) = (filters.from, filters.to)
        && from > to
    {
        bail!("--from {from} is later than --to {to}; exchange the two");
    }
    let matching = if args.any { Matching::Some } else { Matching::All };
    let today = jiff::Zoned::now().date();
    Ok(What { typed, query, expansions, matching, filters, today })
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory, Parser};

    use super::*;

    fn job(line: &str) -> anyhow::Result<Job> {
        Job::from_typed(Typed::try_parse_from(line.split(' '))?)
    }

    #[test]
    fn the_command_line_is_well_formed() {
        Typed::command().debug_assert();
    }

    #[test]
    fn from_is_the_first_day_and_to_the_last() {
        let job = job("dibao search x --from 2023 --to 2023-02").expect("valid");
        let Task::Search(task) = job.task else { panic!("not a search") };
        assert_eq!(
            task.what.filters.from.map(|day| day.to_string()).as_deref(),
            Some("2023-01-01")
        );
        assert_eq!(task.what.filters.to.map(|day| day.to_string()).as_deref(), Some("2023-02-28"));
    }

    #[test]
    fn dates_that_exclude_each_other_are_refused() {
        assert!(job("dibao search x --from 2024 --to 2023").is_err());
        assert!(job("dibao search x --undated --to 2023").is_err());
    }

    #[test]
    fn the_ending_of_the_file_chooses_the_format_of_an_export() {
        let format = |line: &str| match job(line).map(|job| job.task) {
            Ok(Task::Export(task)) => Some(task.format),
            _ => None,
        };
        assert_eq!(format("dibao export x -o a.csv"), Some(Format::Csv));
        assert_eq!(format("dibao export x -o a.md --format jsonl"), Some(Format::Jsonl));
        assert_eq!(format("dibao export x"), Some(Format::Jsonl));
        assert_eq!(format("dibao export x -o a.xyz"), None);
    }
}
