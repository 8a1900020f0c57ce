//! `dibao ingest`: the corpus into the index, with progress on stderr and a summary on stdout.

use std::io::Write;

use serde::Serialize;

use super::Outcome;
use super::args::Summary as SummaryFormat;
use super::console::Console;
use super::job::{Folders, IngestTask};
use super::progress::Watch;
use super::summary;
use crate::ingest::{self, Plan, Summary};

/// `--format json`: the summary and every warning.
#[derive(Debug, Serialize)]
struct Report<'a> {
    #[serde(flatten)]
    summary: &'a Summary,
    messages: &'a [String],
}

pub(super) fn run(
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
