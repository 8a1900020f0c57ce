//! `dibao split`: how files are cut into articles, without an index.

use std::io::Write;
use std::path::PathBuf;

use crate::annotate::{
    Annotator, ComparedArticle, Sketch, SketchedArticle, compare_articles, group_reprints,
};
use crate::cli::ExitStatus;
use crate::cli::args::folders::Folders;
use crate::cli::args::hiargs::{SplitForm, SplitOptions};
use crate::cli::output::console::Console;
use crate::cli::output::wrap::{columns, pad, truncate, visible};
use crate::cli::output::{explain, facts, failure};
use crate::ingest::{CorpusSplitters, Publications, unknown_regions};
use crate::intake::Cache;
use crate::intake::{Chunk, Config, CorpusFile, ReadOutcome, read, walk};
use crate::model::{
    FileWarning, LineRole, Record, SourceText, SplitFile, cut_confidence_is_low, day_number,
};
use crate::present::{Lang, words};

pub(crate) fn run(
    folders: &Folders,
    options: &SplitOptions,
    console: &mut Console,
) -> anyhow::Result<ExitStatus> {
    // Without an index there is nothing beside which results could be kept.
    let cache = folders.index.is_dir().then(|| Cache::beside(&folders.index));
    let config = Config::load(&folders.corpus)?;
    let config = config.recognising(options.ocr.as_ref(), cache.as_ref())?;
    let named = options.splitter.as_deref();
    let splitter = CorpusSplitters::load(named, &folders.corpus);
    let splitter = match named {
        Some(_) => splitter.map_err(failure::of_splitter)?,
        None => splitter?,
    };
    let tools = Tools {
        config: &config,
        annotator: &Annotator::new(),
        publications: &Publications::new(splitter),
    };
    for (place, warning) in unknown_regions(&config) {
        console.warn(placed(console.lang, &place, &warning));
    }
    let mut records = Vec::new();
    let mut articles = 0;
    let mut failed = false;
    for path in &options.files {
        let files = find(path, folders, console);
        failed |= files.is_empty();
        let is_one_of_several = files.len() > 1 || options.files.len() > 1;
        for file in files {
            let named = is_one_of_several || file.packed.is_some();
            let done = split_file(&file, &tools, options.form, named, console)?;
            failed |= done.failed;
            articles += done.articles;
            records.extend(done.records);
        }
    }
    if options.form == SplitForm::Jsonl {
        mark_reprints(&mut records);
        for record in &records {
            serde_json::to_writer(&mut console.out, record)?;
            writeln!(console.out)?;
        }
    }
    if failed {
        return Ok(ExitStatus::Failed);
    }
    Ok(ExitStatus::of(articles))
}

/// Says of each record which earlier one among these it reprints.
fn mark_reprints(records: &mut [Record]) {
    let items: Vec<SketchedArticle> = records
        .iter()
        .zip(0..)
        .map(|(record, order)| SketchedArticle {
            sketch: Sketch::of(&record.body),
            date_key: record.printed().map(day_number),
            order,
            key: order,
        })
        .collect();
    let is_same = |a: usize, b: usize| {
        compare_articles(&ComparedArticle::of(&records[a]), &ComparedArticle::of(&records[b]))
            .separated_by
            .is_none()
    };
    let earliest = group_reprints(&items, is_same);
    let ids: Vec<_> = earliest.iter().map(|first| first.map(|at| records[at].id.clone())).collect();
    for (record, id) in records.iter_mut().zip(ids) {
        record.reprint_of = id;
    }
}

/// The file, or those of a folder; none if it is not there, which is said.
fn find(path: &PathBuf, folders: &Folders, console: &Console) -> Vec<CorpusFile> {
    let walked = walk(&folders.corpus, std::slice::from_ref(path));
    for (place, warning) in &walked.warnings {
        console.warn(placed(console.lang, place, warning));
    }
    if walked.files.is_empty() && walked.warnings.is_empty() {
        let path = path.display();
        console.warn(console.lang.of(
            format!("{path}：没有可分篇的文本；请检查路径"),
            format!("{path}: no text to split; check the path"),
        ));
    }
    walked.files
}

/// What became of a file.
#[derive(Default)]
struct SplitOutput {
    articles: u64,
    /// Only where they are printed when all files are done.
    records: Vec<Record>,
    /// Whether it could not be read to its end.
    failed: bool,
}

/// What all files are split and annotated with.
struct Tools<'a> {
    config: &'a Config,
    annotator: &'a Annotator,
    publications: &'a Publications,
}

/// Cuts a file and prints what is to be printed of it at once.
fn split_file(
    file: &CorpusFile,
    tools: &Tools,
    form: SplitForm,
    is_one_of_several: bool,
    console: &mut Console,
) -> anyhow::Result<SplitOutput> {
    let mut done = SplitOutput::default();
    let &Tools { config, annotator, publications } = tools;
    let publication = publications.of(file, config);
    let mut reading = read(file, config);
    let mut ordinal = 0;
    while let Some(chunk) = reading.next() {
        let (source, split_file) = match chunk {
            Chunk::Text(source) => {
                let split_file = publication.split(&source, config);
                (*source, split_file)
            }
            Chunk::Articles(articles) => {
                let (path, meta) = (file.source.clone(), reading.meta().clone());
                let source = SourceText { path, meta, ..SourceText::default() };
                (source, SplitFile { articles, ..SplitFile::default() })
            }
        };
        let mut found = annotator.annotate(&source, &split_file);
        for record in &mut found {
            ordinal += 1;
            record.ordinal = ordinal;
        }
        match form {
            SplitForm::Text => {
                print_articles(&file.shown_path(), &source, &split_file, &found, console)?;
            }
            SplitForm::Explain => {
                if is_one_of_several {
                    let path = file.shown_path();
                    writeln!(console.out, "{}", console.paint.strong(visible(&path)))?;
                }
                explain::print(&source, &split_file, console)?;
            }
            SplitForm::Jsonl => done.records.append(&mut found),
        }
    }
    done.articles = u64::from(ordinal);
    let report = reading.finish();
    done.failed = report.outcome == ReadOutcome::Unreadable;
    for warning in report.warnings {
        console.warn(placed(console.lang, &file.shown_path(), &warning));
    }
    Ok(done)
}

fn placed(lang: Lang, place: &dyn std::fmt::Display, warning: &FileWarning) -> String {
    let warning = words::file_warning(lang, warning);
    lang.of(format!("{place}：{warning}"), format!("{place}: {warning}"))
}

/// One line for each article, and how many lines of the file are accounted for.
fn print_articles(
    path: &str,
    source: &SourceText,
    split_file: &SplitFile,
    records: &[Record],
    console: &mut Console,
) -> anyhow::Result<()> {
    let paint = console.paint;
    writeln!(
        console.out,
        "{}",
        paint.strong(format_args!("{}: {}", visible(path), sum(console.lang, split_file, records)))
    )?;
    let lines: Vec<String> = records
        .iter()
        .map(|record| facts::place(record)[record.source.len() + 1..].to_owned())
        .collect();
    let line_width = lines.iter().map(|lines| columns(lines)).max().unwrap_or(0).min(20);
    for (record, lines) in records.iter().zip(&lines) {
        let start = format!(
            "{:>4}  {}  {}  {:.2}  ",
            record.ordinal,
            pad(&truncate(lines, line_width), line_width),
            pad(words::kind(console.lang, record.kind), 8),
            record.cut.confidence,
        );
        let room = console.width.saturating_sub(columns(&start)).max(20);
        let name = truncate(&visible(&facts::name(record)), room);
        if cut_confidence_is_low(record.cut.confidence) {
            writeln!(console.out, "{}{name}", paint.doubt(&start))?;
        } else {
            writeln!(console.out, "{}{name}", paint.faint(&start))?;
        }
    }
    for (index, role) in split_file.roles.iter().enumerate() {
        if *role == LineRole::Stray {
            let number = source.lines.get(index).map_or(0, |line| line.number);
            let stray = console.lang.of(
                format!("      第 {number} 行未归属："),
                format!("      line {number} is unassigned: "),
            );
            let room = console.width.saturating_sub(columns(&stray)).max(20);
            let text = truncate(&visible(source.line(index)), room);
            writeln!(console.out, "{}{text}", paint.doubt(stray))?;
        }
    }
    writeln!(console.out)?;
    Ok(())
}

fn sum(lang: Lang, split_file: &SplitFile, records: &[Record]) -> String {
    let articles = facts::articles(lang, records.len() as u64);
    let filled = split_file.roles.iter().filter(|role| **role != LineRole::Blank).count() as u64;
    if filled == 0 {
        return articles;
    }
    let of_articles = split_file.roles.iter().filter(|role| role.in_article()).count() as u64;
    let stray = split_file.roles.iter().filter(|role| **role == LineRole::Stray).count() as u64;
    let elsewhere = facts::number(filled - of_articles - stray);
    let (own, all) =
        (facts::number(of_articles), facts::counted(lang, filled, "行", ("line", "lines")));
    lang.of(
        format!("{articles}；{all}中 {own} 行属于文章，{elsewhere} 行另有归类，{stray} 行未归属"),
        format!("{articles}; {own} of {all} in them, {elsewhere} elsewhere, {stray} unassigned"),
    )
}
