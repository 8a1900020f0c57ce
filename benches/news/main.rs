//! Compares what the program says of real news with what readers found in them (tests/news): dates,
//! districts and reprints.
//!
//!     cargo bench --bench news -- CORPUS.jsonl.zst [GAZETTE_PAGES] [--misses] [--groups]
//!
//! `GAZETTE_PAGES` is the folder with the pages of `documents.jsonl`. `--misses` lists the dates and
//! districts that are not as the readers have them; with `--groups` all articles of the corpus are grouped,
//! in a minute.

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
    let mut named = arguments.iter().filter(|argument| !argument.starts_with("--")).map(Path::new);
    let Some(corpus) = named.next() else {
        eprintln!("name the corpus: cargo bench --bench news -- CORPUS.jsonl.zst");
        return ExitCode::SUCCESS;
    };
    let has = |flag: &str| arguments.iter().any(|argument| argument == flag);
    let measured = measure(corpus, named.next(), has("--misses"));
    match measured.and_then(|()| reprints::measure(corpus, has("--groups"))) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn measure(corpus: &Path, pages: Option<&Path>, misses: bool) -> anyhow::Result<()> {
    let (news, (documents, on_pages)) = (dates::news()?, dates::documents()?);
    let districts = districts::rows()?;
    let dated = news.iter().chain(&documents).map(|row| row.line);
    let lines: HashSet<u32> = dated.chain(districts.iter().map(|row| row.line)).collect();
    let records = records(corpus, &lines)?;
    ensure!(records.len() == lines.len(), "another corpus: it lacks articles that were judged");
    dates::measure(&news, &documents, &records, misses);
    if let Some(pages) = pages {
        dates::measure_pages(&on_pages, pages, misses)?;
    }
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
