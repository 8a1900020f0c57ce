//! What is to be done: what was typed, with the query parsed, dates turned into days and formats
//! chosen. Commands see only this.

use std::path::{Path, PathBuf};

use anyhow::{anyhow, bail};
use clap_complete::Shell;

use super::compare::{DiffArgs, EveryArg, TrendArgs};
use super::serve::ServeArgs;
use super::what;
use super::{
    By, CheckArgs, Command, ExportArgs, ExportFormat, IngestArgs, SearchArgs, SearchFormat,
    ShowArgs, SortArg, SplitArgs, SplitFormat, StatsArgs, StatsFormat, Summary, Typed,
};
use crate::export::{Format, MAX_LINES, Measure};
use crate::present::Selection;
use crate::search::{Cursor, Every, Filters, Sort};

/// A task and the folders it works on.
#[derive(Debug)]
pub(crate) struct Job {
    pub folders: Folders,
    pub task: Task,
}

/// Where sources and index are.
#[derive(Debug, Clone)]
pub(crate) struct Folders {
    pub corpus: PathBuf,
    pub index: PathBuf,
}

/// One variant for each command.
#[derive(Debug)]
pub(crate) enum Task {
    Ingest(IngestTask),
    Split(SplitTask),
    Search(SearchTask),
    Show(ShowTask),
    Export(ExportTask),
    Stats(StatsTask),
    Trend(TrendTask),
    Diff(DiffTask),
    Check(CheckTask),
    Serve(ServeArgs),
    Demo,
    Completions(Shell),
}

#[derive(Debug)]
pub(crate) struct IngestTask {
    /// Empty is the corpus folder.
    pub paths: Vec<PathBuf>,
    pub rebuild: bool,
    pub words: Option<PathBuf>,
    pub format: Summary,
}

#[derive(Debug)]
pub(crate) struct SplitTask {
    pub files: Vec<PathBuf>,
    pub form: SplitForm,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SplitForm {
    Text,
    Explain,
    Jsonl,
}

#[derive(Debug)]
pub(crate) struct SearchTask {
    pub what: Selection,
    pub sort: Sort,
    pub offset: usize,
    pub after: Option<Cursor>,
    pub limit: usize,
    pub group: bool,
    pub format: SearchFormat,
    pub explain: bool,
}

#[derive(Debug)]
pub(crate) struct ShowTask {
    pub id: String,
    pub source: bool,
    pub reprints: bool,
    pub format: Summary,
}

#[derive(Debug)]
pub(crate) struct ExportTask {
    pub what: Selection,
    pub format: Format,
    /// `None` is stdout.
    pub output: Option<PathBuf>,
}

#[derive(Debug)]
pub(crate) struct StatsTask {
    pub what: Selection,
    /// Never empty.
    pub by: Vec<By>,
    /// `None` is all.
    pub limit: Option<usize>,
    pub format: StatsFormat,
}

#[derive(Debug)]
pub(crate) struct TrendTask {
    /// Names and what they stand for; never empty.
    pub lines: Vec<(String, Selection)>,
    pub by: Every,
    /// What is drawn.
    pub measure: Measure,
    pub format: StatsFormat,
    pub svg: Option<PathBuf>,
}

#[derive(Debug)]
pub(crate) struct DiffTask {
    pub first: String,
    pub second: String,
    pub all: bool,
    pub format: Summary,
}

#[derive(Debug)]
pub(crate) struct CheckTask {
    pub all: bool,
    /// Strings to look for and the seed that they are chosen by, instead of what needs an eye.
    pub literals: Option<(usize, u64)>,
    pub format: Summary,
}

impl Job {
    /// The one conversion.
    ///
    /// # Errors
    /// When the query cannot be understood or two things that were typed contradict each other.
    pub(crate) fn from_typed(typed: Typed) -> anyhow::Result<Self> {
        let folders = Folders { corpus: typed.corpus, index: typed.index };
        let task = match typed.command {
            Command::Ingest(args) => Task::Ingest(ingest(args)),
            Command::Split(args) => Task::Split(split(args)),
            Command::Search(args) => Task::Search(search(args, &folders)?),
            Command::Show(args) => Task::Show(show(args)),
            Command::Export(args) => Task::Export(export(args, &folders)?),
            Command::Stats(args) => Task::Stats(stats(args, &folders)?),
            Command::Trend(args) => Task::Trend(trend(args, &folders)?),
            Command::Diff(DiffArgs { first, second, all, format }) => {
                Task::Diff(DiffTask { first, second, all, format })
            }
            Command::Check(args) => Task::Check(check(args)),
            Command::Serve(args) => Task::Serve(args),
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
        what: what::from_args(args.what, folders)?,
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
    let ShowArgs { id, source, reprints, format } = args;
    ShowTask { id, source, reprints, format }
}

fn export(args: ExportArgs, folders: &Folders) -> anyhow::Result<ExportTask> {
    let format = match (args.format, &args.output) {
        (Some(ExportFormat::Jsonl), _) | (None, None) => Format::Jsonl,
        (Some(ExportFormat::Csv), _) => Format::Csv,
        (Some(ExportFormat::Md), _) => Format::Markdown,
        (None, Some(path)) => format_of(path)?,
    };
    Ok(ExportTask { what: what::from_args(args.what, folders)?, format, output: args.output })
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

fn check(CheckArgs { all, literals, seed, format }: CheckArgs) -> CheckTask {
    CheckTask { all, literals: literals.map(|strings| (strings, seed)), format }
}

fn stats(args: StatsArgs, folders: &Folders) -> anyhow::Result<StatsTask> {
    let by = if args.by.is_empty() {
        vec![By::District, By::Topic, By::Outlet, By::Publication, By::Kind, By::Month, By::Words]
    } else {
        args.by
    };
    Ok(StatsTask {
        what: what::from_args(args.what, folders)?,
        by,
        limit: (args.limit > 0).then_some(args.limit),
        format: args.format,
    })
}

fn trend(args: TrendArgs, folders: &Folders) -> anyhow::Result<TrendTask> {
    let (words, names) = (args.words, args.by_district);
    if words.len() > 1 && !names.is_empty() {
        bail!(
            "--by-district compares one word; put `{}` in quotes or leave it out",
            words.join(" ")
        );
    }
    let filters = what::filters(args.filters)?;
    if filters.undated {
        bail!("--undated leaves nothing to compare over time; leave it out");
    }
    let mut lines = Vec::new();
    if names.is_empty() {
        for word in words {
            let what = what::of(&word, &args.wording, filters.clone(), folders)?;
            lines.push((word, what));
        }
    } else {
        let word = words.into_iter().next().unwrap_or_default();
        for name in names {
            let filters = Filters { districts: vec![name.clone()], ..filters.clone() };
            lines.push((name, what::of(&word, &args.wording, filters, folders)?));
        }
    }
    if lines.len() > MAX_LINES {
        bail!("{} lines cannot be told apart; compare {MAX_LINES} at most", lines.len());
    }
    Ok(TrendTask {
        lines,
        by: match args.by {
            EveryArg::Month => Every::Month,
            EveryArg::Quarter => Every::Quarter,
            EveryArg::Year => Every::Year,
        },
        measure: if args.per_thousand { Measure::PerThousand } else { Measure::Articles },
        format: args.format,
        svg: args.svg,
    })
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
