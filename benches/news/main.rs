//! Compares what the program says of real news with what readers found in them (tests/news): dates,
//! districts, topics, indicators and reprints.
//!
//!     cargo bench --bench news -- CORPUS.jsonl.zst [--pages FOLDER] [--gazettes FOLDER] [--misses] [--groups]
//!
//! `--pages` names the folder of the pages whose topics were judged, `--gazettes` that with the pages of
//! `documents.jsonl`. `--misses` lists the dates, districts, topics and indicators that are not as the readers have
//! them; with `--groups` all articles of the corpus are grouped,
//! in a minute.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "printing a table is what it is for")]

mod dates;
mod districts;
mod indicators;
mod reprints;
mod topics;

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, ensure};
use dibao::annotate::Annotator;
use dibao::intake::{Chunk, Config, read, walk};
use dibao::model::{Record, SourceText, SplitFile};
use dibao::split::split;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let at = |flag: &str| arguments.iter().position(|argument| argument == flag);
    let has = |flag: &str| at(flag).is_some();
    let values = ["--pages", "--gazettes"].map(|flag| at(flag).map(|at| at + 1));
    let is_corpus = |&(at, argument): &(usize, &String)| {
        !argument.starts_with("--") && !values.contains(&Some(at))
    };
    let Some((_, corpus)) = arguments.iter().enumerate().find(is_corpus) else {
        eprintln!("name the corpus: cargo bench --bench news -- CORPUS.jsonl.zst");
        return ExitCode::SUCCESS;
    };
    let corpus = Path::new(corpus);
    let folders = values.map(|at| at.and_then(|at| arguments.get(at)).map(Path::new));
    let measured = measure(corpus, folders, has("--misses"));
    match measured.and_then(|()| reprints::measure(corpus, has("--groups"))) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn measure(
    corpus: &Path,
    [pages, gazettes]: [Option<&Path>; 2],
    misses: bool,
) -> anyhow::Result<()> {
    let (news, (documents, on_pages)) = (dates::news()?, dates::documents()?);
    let (districts, topics, figures) = (districts::rows()?, topics::rows()?, indicators::rows()?);
    let of_news = topics.iter().filter(|row| row.file.is_none()).map(|row| row.line);
    let dated = news.iter().chain(&documents).map(|row| row.line);
    let judged = dated.chain(districts.iter().map(|row| row.line));
    let judged = judged.chain(figures.iter().map(|row| row.line));
    let lines: HashSet<u32> = judged.chain(of_news).collect();
    let records = records(corpus, &lines)?;
    ensure!(records.len() == lines.len(), "another corpus: it lacks articles that were judged");
    dates::measure(&news, &documents, &records, misses);
    if let Some(gazettes) = gazettes {
        dates::measure_pages(&on_pages, gazettes, misses)?;
    }
    districts::measure(&districts, &records, misses);
    let of_folder = pages.map(records_of_pages).unwrap_or_default();
    let record = |row: &topics::TopicRow| match &row.file {
        Some(file) => of_folder.get(&(file.clone(), row.line)),
        None => records.get(&row.line),
    };
    topics::measure(&topics, record, misses);
    indicators::measure(&figures, &records, misses);
    Ok(())
}

/// The records of the pages in a folder, by the name of the file and the line on which they begin.
fn records_of_pages(folder: &Path) -> HashMap<(String, u32), Record> {
    let annotator = Annotator::new();
    let mut records = HashMap::new();
    for file in walk(folder, &[folder.to_owned()]).files {
        for chunk in read(&file, &Config::default()) {
            let Chunk::Text(source) = chunk else { continue };
            let name = file.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            for record in annotator.annotate(&source, &split(&source)) {
                if let Some(range) = record.lines.first() {
                    records.insert((name.clone(), range.0), record);
                }
            }
        }
    }
    records
}

/// The records of some articles, by line.
fn records(corpus: &Path, wanted: &HashSet<u32>) -> anyhow::Result<HashMap<u32, Record>> {
    let folder = corpus.parent().unwrap_or(Path::new("."));
    let found = walk(folder, &[corpus.to_owned()]).files;
    let file = found.first().with_context(|| format!("{}: no such file", corpus.display()))?;
    let annotator = Annotator::new();
    let mut records = HashMap::new();
    for chunk in read(file, &Config::default()) {
        let Chunk::Articles(articles) = chunk else { continue };
        let lines = articles.iter().filter_map(|article| article.lines.first());
        if !lines.into_iter().any(|range| wanted.contains(&range.0)) {
            continue;
        }
        let source = SourceText { path: file.source.clone(), ..SourceText::default() };
        let split_file = SplitFile { articles, ..SplitFile::default() };
        for record in annotator.annotate(&source, &split_file) {
            let Some(line) = record.lines.first().map(|range| range.0) else { continue };
            if wanted.contains(&line) {
                records.insert(line, record);
            }
        }
    }
    Ok(records)
}
