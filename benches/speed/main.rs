//! Measures speed, size and memory, and prints a table in Markdown.
//!
//!     cargo bench --bench speed -- CORPUS.jsonl.zst [INDEX]
//!
//! `CORPUS` is a `.jsonl` or `.jsonl.zst` of articles, or the folder of a corpus; the default is
//! the environment variable `DIBAO_BENCH_CORPUS`. Every step runs in a process of its own, so that
//! each has its own peak of memory and starts without a dictionary.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "printing a table is what it is for")]

mod floor;
mod queries;
mod steps;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

fn main() -> ExitCode {
    let arguments: Vec<String> =
        std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    if let [step, rest @ ..] = arguments.as_slice()
        && let Some(step) = step.strip_prefix("step:")
    {
        steps::run(step, rest);
        return ExitCode::SUCCESS;
    }
    let corpus = arguments.first().cloned().or_else(|| std::env::var("DIBAO_BENCH_CORPUS").ok());
    let Some(corpus) = corpus else {
        eprintln!("name a corpus: cargo bench --bench speed -- CORPUS.jsonl.zst");
        return ExitCode::SUCCESS;
    };
    let kept = arguments.get(1).map(PathBuf::from);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let index = kept.unwrap_or_else(|| folder.path().join("index"));
    table(&corpus, &index, &folder.path().join("floor"));
    ExitCode::SUCCESS
}

fn table(corpus: &str, index: &Path, floor: &Path) {
    let index = index.display().to_string();
    println!("| step | figures |");
    println!("|---|---|");
    step("read only", &["step:read", corpus]);
    step("split and annotate, one thread", &["step:annotate", corpus]);
    step(
        "floor: one field of words, stored text",
        &["step:floor", corpus, &floor.display().to_string()],
    );
    step("ingest", &["step:ingest", corpus, &index]);
    step("index size", &["step:size", &index]);
    step("warm queries", &["step:queries", corpus, &index]);
    let first = command(&["step:first-id", &index]).output().expect("the step runs").stdout;
    let first = String::from_utf8_lossy(&first);
    for (name, command) in [
        ("cold search", ["step:search", &index, "营商环境 创新"]),
        ("cold search, quoted", ["step:search", &index, "\"营商环境\""]),
        ("cold stats", ["step:stats", &index, ""]),
        ("cold show", ["step:show", &index, first.trim()]),
        ("cold start, nothing done", ["step:nothing", "", ""]),
    ] {
        let mut times: Vec<Duration> = (0..15).map(|_| timed(&command)).collect();
        times.sort_unstable();
        println!("| {name} | median {:.1} ms, worst {:.1} ms of 15 |", ms(times[7]), ms(times[14]));
    }
}

/// Runs a step in a process of its own, which prints its figures.
fn step(name: &str, arguments: &[&str]) {
    let output = command(arguments).output().expect("the step runs");
    let figures = String::from_utf8_lossy(&output.stdout);
    for line in figures.lines() {
        println!("| {name} | {line} |");
    }
    if !output.status.success() {
        println!("| {name} | failed: {} |", String::from_utf8_lossy(&output.stderr));
    }
}

fn timed(arguments: &[&str]) -> Duration {
    let started = Instant::now();
    command(arguments).output().expect("the step runs");
    started.elapsed()
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("a path"));
    command.args(arguments);
    command
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}
