//! Compares dibao with other search engines: one corpus, the same questions, one run.
//!
//!     cargo run --release --manifest-path benches/peers/Cargo.toml -- CORPUS.jsonl.zst
//!
//! Every build and every run of questions has a process of its own, and so its own peak of memory.
//! Measurements are kept in the work folder, so that steps can be run one at a time; the tables
//! show everything that is there.

mod corpus;
mod dibao;
mod draw;
mod engine;
mod floor;
mod process;
mod question;
mod ripgrep;
mod scan;
mod seekstorm;
mod sqlite;
mod steps;
mod table;
mod vary;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, bail};
use clap::{Parser, ValueEnum};

use engine::Name;
use steps::Work;

/// Compares dibao with other search engines.
#[derive(Debug, Parser)]
struct Arguments {
    /// A `.jsonl.zst` of articles with `publication`, `title`, `date` and `body`.
    corpus: PathBuf,
    /// Articles to compare over: a part of the corpus, or the corpus repeated with changes.
    #[arg(long)]
    articles: Option<usize>,
    /// Where articles, indexes and figures are kept.
    #[arg(long, default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/work"))]
    work: PathBuf,
    /// The engines; without it, all of them.
    #[arg(long, num_args = 1..)]
    only: Vec<Name>,
    /// The steps; without it, all of them.
    #[arg(long, num_args = 1..)]
    steps: Vec<Step>,
    /// Seconds after which no further question of a kind is put to an engine.
    #[arg(long, default_value_t = 60)]
    seconds: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Step {
    /// Write the articles.
    Write,
    /// Draw the questions, and find out by a plain scan what they should find.
    Draw,
    /// Build the indexes.
    Build,
    /// Put the questions and measure the time.
    Ask,
    /// Compare what is found with what the scan found.
    Compare,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match arguments.as_slice() {
        [step, rest @ ..] if step.starts_with("step:") => steps::run(step, rest),
        _ => compare(&Arguments::parse()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn compare(arguments: &Arguments) -> Result<()> {
    let work = Work::at(&arguments.work);
    std::fs::create_dir_all(&work.folder)
        .with_context(|| format!("{} cannot be made", work.folder.display()))?;
    let has = |step| arguments.steps.is_empty() || arguments.steps.contains(&step);
    if has(Step::Write) {
        let articles = arguments.articles.unwrap_or(0).to_string();
        alone("step:write", &[&path(&arguments.corpus)?, &articles], &work.folder)?;
    }
    if has(Step::Draw) {
        alone("step:draw", &[], &work.folder)?;
    }
    let seconds = arguments.seconds.to_string();
    for name in Name::value_variants() {
        if !arguments.only.is_empty() && !arguments.only.contains(name) {
            continue;
        }
        let engine = name.to_possible_value().context("a name")?.get_name().to_owned();
        for (step, command) in
            [(Step::Build, "step:build"), (Step::Ask, "step:ask"), (Step::Compare, "step:compare")]
        {
            // If an engine fails, its cells stay empty; the others are still compared.
            if has(step)
                && let Err(error) = alone(command, &[&engine, &seconds], &work.folder)
            {
                eprintln!("{error:#}");
                break;
            }
        }
    }
    print!("{}", table::tables(&work)?);
    Ok(())
}

/// Runs a step in a process of its own.
fn alone(step: &str, arguments: &[&str], work: &Path) -> Result<()> {
    eprintln!("{step} {}", arguments.join(" "));
    let mut command = Command::new(std::env::current_exe()?);
    command.arg(step).arg(work).args(arguments);
    if !command.status()?.success() {
        bail!("{step} {} failed", arguments.join(" "));
    }
    Ok(())
}

fn path(path: &Path) -> Result<String> {
    Ok(path.to_str().context("a path that is no Unicode")?.to_owned())
}
