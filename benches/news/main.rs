//! Compares what the program says of real news with what readers found in them (tests/news): dates,
//! districts and reprints.
//!
//!     cargo bench --bench news -- CORPUS.jsonl.zst [--misses] [--groups]
//!
//! `--misses` lists the districts that are not as the readers have them; with `--groups` all articles of
//! the corpus are grouped, in a minute.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "printing a table is what it is for")]

mod dates;
mod districts;
mod reprints;

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, ensure};
use dibao::annotate::Annotator;
use dibao::intake::{Chunk, Config, read, walk};
use dibao::model::{Record, SourceText, SplitFile};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some(corpus) = arguments.iter().find(|argument| !argument.starts_with("--")) else {
        eprintln!("name the corpus: cargo bench --bench news -- CORPUS.jsonl.zst");
        return ExitCode::SUCCESS;
    };
    let has = |flag: &str| arguments.iter().any(|argument| argument == flag);
    let corpus = Path::new(corpus);
    let measured = measure(corpus, has("--misses"));
    match measured.and_then(|()| reprints::measure(corpus, has("--groups"))) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn measure(corpus: &Path, misses: bool) -> anyhow::Result<()> {
    let (dates, districts) = (dates::rows()?, districts::rows()?);
    let lines: HashSet<u32> =
        dates.iter().map(|row| row.line).chain(districts.iter().map(|row| row.line)).collect();
    let records = records(corpus, &lines)?;
    ensure!(records.len() == lines.len(), "another corpus: it lacks articles that were judged");
    dates::measure(&dates, &records);
    districts::measure(&districts, &records, misses);
    Ok(())
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
