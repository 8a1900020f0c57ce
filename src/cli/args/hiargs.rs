//! The high-level arguments: low-level ones with the query parsed, dates turned into days and
//! formats chosen. Commands see only these.

use std::path::{Path, PathBuf};

use anyhow::bail;
use clap_complete::Shell;

use super::check::CheckOptions;
use super::citation::{self, CiteOptions};
use super::compare::{DiffArgs, TrendArgs};
use super::curating::{CorrectArgs, CurateAction};
use super::exporting::{self, ExportTask};
use super::figures::{FigureFormat, IndicatorsArgs, SeriesArgs, SeriesFormat};
use super::folders::Folders;
use super::mcp::McpArgs;
use super::notes::{CollectionAction, CollectionArgs, NoteArgs, TagArgs};
use super::saving::{self, BatchOptions, NewOptions, SavedOptions};
use super::selection;
use super::serve::ServeArgs;
use super::watch::WatchArgs;
use super::{
    By, Command, FitArgs, IngestArgs, LowArgs, OutputFormat, SearchArgs, SearchFormat,
    SelectionArgs, ShowArgs, SplitArgs, SplitFormat, StatsArgs, StatsFormat,
};
use crate::curation::CurationFolder;
use crate::export::{ExportSettings, FigureSettings, Measure};
use crate::intake::FollowLinks;
use crate::intake::OcrSetting;
use crate::present::{FigureParams, Lang, SearchParams, Selection, SeriesParams, SeriesRequest};
use crate::search::{FigureFilter, Granularity};

/// Rows of a table of `stats`, where it is text.
const TEXT_ROWS: usize = 20;

/// What to do, and in which folders.
#[derive(Debug)]
pub(crate) struct HiArgs {
    pub folders: Folders,
    pub operation: CommandOptions,
}

/// One variant for each command.
#[derive(Debug)]
pub(crate) enum CommandOptions {
    Ingest(IngestOptions),
    Watch(WatchArgs),
    Split(SplitOptions),
    Fit(FitOptions),
    Search(SearchOptions),
    Show(ShowOptions),
    Export(Box<ExportTask>),
    Cite(CiteOptions),
    Stats(StatsOptions),
    Trend(TrendOptions),
    Diff(DiffOptions),
    Indicators(Box<IndicatorsOptions>),
    Series(SeriesOptions),
    Check(CheckOptions),
    Correct(Box<CorrectArgs>),
    Curate(CurateAction),
    Saved(SavedOptions),
    New(NewOptions),
    Batch(Box<BatchOptions>),
    Note(NoteArgs),
    Tag(TagArgs),
    Collection(CollectionArgs),
    CollectionExport(Box<CollectionExportOptions>),
    Serve(ServeArgs),
    Mcp(McpArgs),
    Demo,
    Completions(Shell),
}

#[derive(Debug)]
pub(crate) struct CollectionExportOptions {
    pub name: String,
    pub settings: ExportSettings,
    /// `None` is stdout.
    pub output: Option<PathBuf>,
    /// Whether a manifest is written beside the file.
    pub manifest: bool,
}

#[derive(Debug)]
pub(crate) struct IngestOptions {
    /// Empty is the corpus folder.
    pub paths: Vec<PathBuf>,
    pub rebuild: bool,
    pub allow_empty: bool,
    pub another_corpus: bool,
    pub links: FollowLinks,
    pub words: Option<PathBuf>,
    pub ocr: Option<OcrSetting>,
    pub format: OutputFormat,
}

#[derive(Debug)]
pub(crate) struct SplitOptions {
    pub files: Vec<PathBuf>,
    pub form: SplitForm,
    pub splitter: Option<PathBuf>,
    pub ocr: Option<OcrSetting>,
}

#[derive(Debug)]
pub(crate) struct FitOptions {
    pub gold: Vec<PathBuf>,
    pub out: PathBuf,
    pub splitter: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SplitForm {
    Text,
    Explain,
    Jsonl,
}

#[derive(Debug)]
pub(crate) struct SearchOptions {
    pub selection: Selection,
    pub format: SearchFormat,
    pub explain: bool,
}

#[derive(Debug)]
pub(crate) struct ShowOptions {
    pub id: String,
    pub source: bool,
    pub reprints: bool,
    pub format: OutputFormat,
}

#[derive(Debug)]
pub(crate) struct StatsOptions {
    pub selection: Selection,
    /// Never empty.
    pub by: Vec<By>,
    /// `None` is all.
    pub limit: Option<usize>,
    pub format: StatsFormat,
}

#[derive(Debug)]
pub(crate) struct TrendOptions {
    /// Names and what they stand for; never empty.
    pub lines: Vec<(String, Selection)>,
    pub by: Granularity,
    /// What is drawn.
    pub measure: Measure,
    pub format: StatsFormat,
    pub svg: Option<PathBuf>,
}

#[derive(Debug)]
pub(crate) struct IndicatorsOptions {
    pub selection: Selection,
    /// Which rows, as it was typed and as it is understood.
    pub params: FigureParams,
    pub filter: FigureFilter,
    pub format: FigureFormat,
    /// Of files, and of wide tables as text.
    pub settings: FigureSettings,
    /// `None` is stdout.
    pub output: Option<PathBuf>,
    /// Whether a manifest is written beside the file.
    pub manifest: bool,
}

#[derive(Debug)]
pub(crate) struct SeriesOptions {
    pub request: SeriesRequest,
    pub format: SeriesFormat,
    pub svg: Option<PathBuf>,
}

#[derive(Debug)]
pub(crate) struct DiffOptions {
    pub first: String,
    pub second: String,
    pub all: bool,
    pub format: OutputFormat,
}

impl HiArgs {
    /// The one conversion.
    ///
    /// # Errors
    /// When the query cannot be understood or two things that were typed contradict each other.
    pub(crate) fn from_low_args(low: LowArgs, lang: Lang) -> anyhow::Result<Self> {
        let curation = low.curation.map(CurationFolder::new);
        let curation = curation.unwrap_or_else(|| CurationFolder::beside(&low.corpus));
        let is_on_cluster = matches!(
            low.command,
            Command::Ingest(_)
                | Command::Search(_)
                | Command::Show(_)
                | Command::Export(_)
                | Command::Stats(_)
                | Command::Check(_)
                | Command::Trend(_)
                | Command::Diff(_)
                | Command::Cite(_)
                | Command::Indicators(_)
                | Command::Series(_)
        );
        let cluster = is_on_cluster.then(|| low.engine.cluster(low.settings.as_deref()));
        let cluster = cluster.transpose()?.flatten();
        let folders = Folders { corpus: low.corpus, index: low.index, curation, cluster };
        let operation = match low.command {
            Command::Ingest(args) => CommandOptions::Ingest(ingest(args)),
            Command::Watch(args) => CommandOptions::Watch(args),
            Command::Split(args) => CommandOptions::Split(split(args)),
            Command::Fit(FitArgs { gold, out, splitter }) => {
                CommandOptions::Fit(FitOptions { gold, out, splitter })
            }
            Command::Search(args) => CommandOptions::Search(search(args, &folders, lang)?),
            Command::Show(args) => CommandOptions::Show(show(args)),
            Command::Export(args) => {
                CommandOptions::Export(Box::new(exporting::options(args, &folders, lang)?))
            }
            Command::Cite(args) => CommandOptions::Cite(citation::options(args, &folders, lang)?),
            Command::Stats(args) => CommandOptions::Stats(stats(args, &folders, lang)?),
            Command::Trend(args) => CommandOptions::Trend(trend(args, &folders, lang)?),
            Command::Diff(DiffArgs { first, second, all, format }) => {
                CommandOptions::Diff(DiffOptions { first, second, all, format })
            }
            Command::Indicators(args) => {
                CommandOptions::Indicators(Box::new(indicators(args, &folders, lang)?))
            }
            Command::Series(args) => CommandOptions::Series(series(args)?),
            Command::Check(args) => CommandOptions::Check(args.into()),
            Command::Correct(args) => CommandOptions::Correct(args),
            Command::Curate(args) => CommandOptions::Curate(args.action),
            Command::Saved(args) => CommandOptions::Saved(saving::saved(args, &folders, lang)?),
            Command::New(args) => CommandOptions::New(saving::new(args, lang)?),
            Command::Batch(args) => CommandOptions::Batch(Box::new(saving::batch(args, lang)?)),
            Command::Note(args) => CommandOptions::Note(args),
            Command::Tag(args) => CommandOptions::Tag(args),
            Command::Collection(args) => collection(args, lang)?,
            Command::Serve(args) => CommandOptions::Serve(args),
            Command::Mcp(args) => CommandOptions::Mcp(args),
            Command::Demo => CommandOptions::Demo,
            Command::Completions { shell } => CommandOptions::Completions(shell),
        };
        Ok(Self { folders, operation })
    }
}

fn collection(args: CollectionArgs, lang: Lang) -> anyhow::Result<CommandOptions> {
    let CollectionAction::Export { name, format, style, address, output, no_manifest } =
        args.action
    else {
        return Ok(CommandOptions::Collection(args));
    };
    let format = exporting::format(format, output.as_deref(), lang)?;
    exporting::check_address(address.as_ref(), format, lang)?;
    let style = citation::style(&style, lang)?;
    Ok(CommandOptions::CollectionExport(Box::new(CollectionExportOptions {
        name,
        settings: ExportSettings { format, style, lang, address, ..ExportSettings::default() },
        output,
        manifest: !no_manifest,
    })))
}

fn ingest(args: IngestArgs) -> IngestOptions {
    let IngestArgs {
        paths,
        rebuild,
        allow_empty,
        another_corpus,
        follow_links,
        words,
        ocr,
        format,
    } = args;
    let links = if follow_links { FollowLinks::Everywhere } else { FollowLinks::Inside };
    let ocr = ocr.ocr;
    IngestOptions { paths, rebuild, allow_empty, another_corpus, links, words, ocr, format }
}

fn split(args: SplitArgs) -> SplitOptions {
    let form = match (args.explain, args.format) {
        (true, _) => SplitForm::Explain,
        (false, SplitFormat::Text) => SplitForm::Text,
        (false, SplitFormat::Jsonl) => SplitForm::Jsonl,
    };
    SplitOptions { files: args.files, form, splitter: args.splitter, ocr: args.ocr.ocr }
}

fn search(args: SearchArgs, folders: &Folders, lang: Lang) -> anyhow::Result<SearchOptions> {
    let SelectionArgs { query, wording, filters } = args.selection;
    let params = SearchParams {
        q: query.join(" "),
        sort: args.sort,
        ungrouped: args.ungrouped,
        after: args.after.unwrap_or_default(),
        offset: Some(args.offset),
        limit: Some(args.limit),
        ..selection::params(&wording, filters)
    };
    let selection = selection::of(&params, &wording, folders, lang)?;
    Ok(SearchOptions { selection, format: args.format, explain: args.explain })
}

fn show(args: ShowArgs) -> ShowOptions {
    let ShowArgs { id, source, reprints, format } = args;
    ShowOptions { id, source, reprints, format }
}

fn row_format_of(path: &Path, lang: Lang) -> anyhow::Result<FigureFormat> {
    match path.extension().and_then(|ending| ending.to_str()).unwrap_or_default() {
        "csv" => Ok(FigureFormat::Csv),
        "jsonl" => Ok(FigureFormat::Jsonl),
        "xlsx" => Ok(FigureFormat::Xlsx),
        "txt" => Ok(FigureFormat::Text),
        _ => {
            let path = path.display();
            bail!(lang.of(
                format!(
                    "{path}：从扩展名看不出格式（可用 csv、jsonl、xlsx、txt）；请改扩展名，或加 --format"
                ),
                format!("{path}: unknown extension; use csv, jsonl, xlsx or txt, or add --format"),
            ))
        }
    }
}

fn stats(args: StatsArgs, folders: &Folders, lang: Lang) -> anyhow::Result<StatsOptions> {
    let by = if args.by.is_empty() {
        vec![
            By::District,
            By::Topic,
            By::Outlet,
            By::Publication,
            By::Kind,
            By::Genre,
            By::Indicator,
            By::Month,
            By::Words,
        ]
    } else {
        args.by
    };
    let usual = if args.format == StatsFormat::Text { TEXT_ROWS } else { 0 };
    let limit = args.limit.unwrap_or(usual);
    Ok(StatsOptions {
        selection: selection::from_args(args.selection, folders, lang)?,
        by,
        limit: (limit > 0).then_some(limit),
        format: args.format,
    })
}

fn trend(args: TrendArgs, folders: &Folders, lang: Lang) -> anyhow::Result<TrendOptions> {
    let (words, names) = (args.words, args.by_district);
    if words.len() > 1 && !names.is_empty() {
        let words = words.join(" ");
        bail!(lang.of(
            format!("--by-district 只比较一个词；请把“{words}”放在引号里，或去掉"),
            format!("--by-district compares one word; quote `{words}` or leave it out"),
        ));
    }
    let params = selection::params(&args.wording, args.filters);
    let searches = params.trend_lines(&words, &names)?;
    let mut lines = Vec::with_capacity(searches.len());
    for (name, params) in searches {
        lines.push((name, selection::of(&params, &args.wording, folders, lang)?));
    }
    Ok(TrendOptions {
        lines,
        by: args.by,
        measure: if args.per_thousand { Measure::PerThousand } else { Measure::Articles },
        format: args.format,
        svg: args.svg,
    })
}

fn indicators(
    args: IndicatorsArgs,
    folders: &Folders,
    lang: Lang,
) -> anyhow::Result<IndicatorsOptions> {
    let IndicatorsArgs { name, district, period, status, kind, pivot, format, output, .. } = args;
    let (address, manifest) = (args.address, !args.no_manifest);
    let pivot = match pivot.as_slice() {
        [] => None,
        [rows, columns] => Some((*rows, *columns)),
        _ => bail!(lang.of(
            "--pivot 需要两项，如 --pivot district,year",
            "--pivot takes two, as in --pivot district,year",
        )),
    };
    let articles = SearchParams {
        q: args.query.join(" "),
        ..selection::article_params(&args.wording, args.articles)
    };
    let format = match (format, &output) {
        (Some(format), _) => format,
        (None, Some(path)) => row_format_of(path, lang)?,
        (None, None) => FigureFormat::Text,
    };
    if pivot.is_some() && matches!(format, FigureFormat::Jsonl | FigureFormat::SdmxCsv) {
        bail!(lang.of(
            "--pivot 的格式只能是 text、csv 或 xlsx",
            "--pivot is text, csv or xlsx; add --format",
        ));
    }
    let period = period.unwrap_or_default();
    let params = FigureParams { name, district, period, status, kind };
    Ok(IndicatorsOptions {
        selection: selection::of(&articles, &args.wording, folders, lang)?,
        filter: params.filter(jiff::Zoned::now().date())?,
        params,
        format,
        settings: FigureSettings {
            format: format.of_file().unwrap_or_default(),
            pivot,
            lang,
            address,
            origin: None,
        },
        output,
        manifest,
    })
}

fn series(args: SeriesArgs) -> anyhow::Result<SeriesOptions> {
    let SeriesArgs { name, district, by, period, status, measure, format, svg } = args;
    let (by, period) = (by.unwrap_or_default(), period.unwrap_or_default());
    let params = SeriesParams { name, district, by, period, status, measure };
    Ok(SeriesOptions { request: params.request(jiff::Zoned::now().date())?, format, svg })
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory, Parser};

    use super::*;
    use crate::export::Format;

    fn hi_args(line: &str) -> anyhow::Result<HiArgs> {
        HiArgs::from_low_args(LowArgs::try_parse_from(line.split(' '))?, Lang::En)
    }

    #[test]
    fn the_command_line_is_well_formed() {
        LowArgs::command().debug_assert();
    }

    #[test]
    fn from_is_the_first_day_and_to_the_last() {
        let args = hi_args("dibao search x --from 2023 --to 2023-02").expect("valid");
        let CommandOptions::Search(options) = args.operation else { panic!("not a search") };
        assert_eq!(
            options.selection.request.filters.from.map(|day| day.to_string()).as_deref(),
            Some("2023-01-01")
        );
        assert_eq!(
            options.selection.request.filters.to.map(|day| day.to_string()).as_deref(),
            Some("2023-02-28")
        );
    }

    #[test]
    fn dates_that_exclude_each_other_are_refused() {
        assert!(hi_args("dibao search x --from 2024 --to 2023").is_err());
        assert!(hi_args("dibao search x --undated --to 2023").is_err());
    }

    #[test]
    fn the_ending_of_the_file_chooses_the_format_of_an_export() {
        let format = |line: &str| match hi_args(line).map(|args| args.operation) {
            Ok(CommandOptions::Export(task)) => match *task {
                ExportTask::Write(options) => Some(options.settings.format),
                ExportTask::Verify(_) => None,
            },
            _ => None,
        };
        assert_eq!(format("dibao export x -o a.csv"), Some(Format::Csv));
        assert_eq!(format("dibao export x -o a.md --format jsonl"), Some(Format::Jsonl));
        assert_eq!(format("dibao export x"), Some(Format::Jsonl));
        assert_eq!(format("dibao export x -o a.bib"), Some(Format::Bibtex));
        assert_eq!(format("dibao export x -o a.json"), Some(Format::CslJson));
        assert_eq!(format("dibao export x --excerpt -o a.epub"), Some(Format::Epub));
        assert_eq!(format("dibao export x --excerpt -o a.csv"), None);
        assert_eq!(format("dibao export x -o a.xlsx"), Some(Format::Xlsx));
        assert_eq!(format("dibao export x -o a.xyz"), None);
    }
}
