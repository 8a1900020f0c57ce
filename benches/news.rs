//! Compares the dates and the reprints of real news with those of readers (tests/news).
//!
//!     cargo bench --bench news -- CORPUS.jsonl.zst [--groups]
//!
//! With `--groups` all articles of the corpus are grouped, in a minute.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "printing a table is what it is for")]

#[path = "news/reprints.rs"]
mod reprints;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, ensure};
use dibao::annotate::Annotator;
use dibao::intake::{Chunk, Config, read, walk};
use dibao::model::{DateNote, SourceText, SplitFile};
use serde::Deserialize;

/// A row of `tests/news/dates.jsonl`.
#[derive(Deserialize)]
struct Row {
    line: u32,
    day: Option<String>,
    /// Month and day where the year is not certain.
    month_day: Option<String>,
    certain: bool,
}

fn main() -> ExitCode {
    let Some(corpus) = std::env::args().skip(1).find(|argument| !argument.starts_with("--")) else {
        eprintln!("name the corpus: cargo bench --bench news -- CORPUS.jsonl.zst");
        return ExitCode::SUCCESS;
    };
    let whole = std::env::args().any(|argument| argument == "--groups");
    let corpus = Path::new(&corpus);
    match measure(corpus).and_then(|()| reprints::measure(corpus, whole)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn measure(corpus: &Path) -> anyhow::Result<()> {
    let rows: Vec<Row> = include_str!("../tests/news/dates.jsonl")
        .lines()
        .map(serde_json::from_str)
        .collect::<Result<_, _>>()?;
    let dates = dates(corpus, &rows.iter().map(|row| row.line).collect())?;
    ensure!(dates.len() == rows.len(), "another corpus: it lacks articles that were judged");
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut right, mut stated, mut said) = (0, 0, 0);
    for row in rows.iter().filter(|row| row.certain) {
        let value = dates[&row.line].value.map(|day| day.to_string());
        let outcome = outcome(row, value.as_deref());
        *counts.entry(outcome).or_default() += 1;
        right += usize::from(outcome.starts_with("right"));
        stated += usize::from(row.day.is_some() || row.month_day.is_some());
        said += usize::from(value.is_some());
    }
    println!("| what | articles |\n|---|---|");
    for (outcome, count) in &counts {
        println!("| {outcome} | {count} |");
    }
    let share = |of: usize| right as f64 / of.max(1) as f64;
    println!(
        "\nstated days found: {:.3}; days said that are right: {:.3}",
        share(stated),
        share(said)
    );
    Ok(())
}

fn outcome(row: &Row, said: Option<&str>) -> &'static str {
    match (row.day.as_deref().or(row.month_day.as_deref()), said) {
        (None, None) => "none stated, none said",
        (None, Some(_)) => "none stated, one said",
        (Some(_), None) => "stated, none said",
        (Some(stated), Some(said)) if said.ends_with(stated) => {
            if row.day.is_some() {
                "right"
            } else {
                "right but for the year, which is not certain"
            }
        }
        (Some(_), Some(_)) => "another day said",
    }
}

/// The dates of some articles, by line.
fn dates(corpus: &Path, wanted: &HashSet<u32>) -> anyhow::Result<HashMap<u32, DateNote>> {
    let folder = corpus.parent().unwrap_or(Path::new("."));
    let found = walk(folder, &[corpus.to_owned()]).files;
    let file = found.first().with_context(|| format!("{}: no such file", corpus.display()))?;
    let annotator = Annotator::new();
    let mut dates = HashMap::new();
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
                dates.insert(line, record.date);
            }
        }
    }
    Ok(dates)
}
