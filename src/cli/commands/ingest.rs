//! `dibao ingest`: the corpus into the index, with progress on stderr and a summary on stdout.

use std::io::Write;

use serde::Serialize;

use crate::cli::ExitStatus;
use crate::cli::args::OutputFormat;
use crate::cli::args::folders::Folders;
use crate::cli::args::hiargs::IngestOptions;
use crate::cli::output::console::Console;
use crate::cli::output::progress::{Message, ProgressReporter};
use crate::cli::output::summary;
use crate::ingest;
use crate::ingest::{IngestPlan, IngestSummary};

/// `--format json`: the summary and every warning.
#[derive(Debug, Serialize)]
struct IngestReport<'a> {
    #[serde(flatten)]
    summary: &'a IngestSummary,
    messages: &'a [Message],
}

pub(crate) fn run(
    folders: &Folders,
    options: &IngestOptions,
    console: &mut Console,
) -> anyhow::Result<ExitStatus> {
    let plan = IngestPlan {
        paths: options.paths.clone(),
        rebuild: options.rebuild,
        allow_empty: options.allow_empty,
        another_corpus: options.another_corpus,
        links: options.links,
        user_words: options.words.clone(),
        ocr: options.ocr.clone(),
        curation: Some(folders.curation.clone()),
        cluster: folders.cluster.clone(),
        ..IngestPlan::new(&folders.corpus, &folders.index)
    };
    let progress = ProgressReporter::new(console.lang);
    let result = ingest::run(&plan, &progress);
    let messages = progress.finish();
    let summary = result?;
    match options.format {
        OutputFormat::Text => summary::print(&summary, &messages, console)?,
        OutputFormat::Json => {
            let report = IngestReport { summary: &summary, messages: &messages };
            serde_json::to_writer_pretty(&mut console.out, &report)?;
            writeln!(console.out)?;
        }
    }
    if summary.files_failed > 0 {
        return Ok(ExitStatus::Failed);
    }
    Ok(ExitStatus::of(summary.files_taken + summary.files_skipped + summary.files_removed))
}
