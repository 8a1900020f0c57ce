//! `dibao ingest`: the corpus into the index, with progress on stderr and a summary on stdout.

use std::io::Write;

use serde::Serialize;

use crate::cli::Outcome;
use crate::cli::args::Summary as SummaryFormat;
use crate::cli::args::job::{Folders, IngestTask};
use crate::cli::output::console::Console;
use crate::cli::output::progress::Watch;
use crate::cli::output::summary;
use crate::ingest;
use crate::ingest::{Plan, Summary};

/// `--format json`: the summary and every warning.
#[derive(Debug, Serialize)]
struct Report<'a> {
    #[serde(flatten)]
    summary: &'a Summary,
    messages: &'a [String],
}

pub(crate) fn run(
    folders: &Folders,
    task: &IngestTask,
    console: &mut Console,
) -> anyhow::Result<Outcome> {
    let plan = Plan {
        paths: task.paths.clone(),
        rebuild: task.rebuild,
        user_words: task.words.clone(),
        ..Plan::new(&folders.corpus, &folders.index)
    };
    let watch = Watch::new();
    let result = ingest::run(&plan, &watch);
    let warnings = watch.finish();
    let summary = result?;
    match task.format {
        SummaryFormat::Text => summary::print(&summary, &warnings, console)?,
        SummaryFormat::Json => {
            let report = Report { summary: &summary, messages: &warnings };
            serde_json::to_writer_pretty(&mut console.out, &report)?;
            writeln!(console.out)?;
        }
    }
    if summary.files_failed > 0 {
        return Ok(Outcome::Failed);
    }
    Ok(Outcome::of(summary.files_taken + summary.files_skipped + summary.files_removed))
}
