//! Measures how fast files of each format are read, what memory that takes, and what hostile files get; prints
//! tables in Markdown.
//!
//!     cargo bench --bench intake
//!
//! All files are made here, of the same text (`made`, `hostile`); the PDF file is that of `tests/layout`. What
//! is read is only cut into lines: nothing is split. Every file is read in a process of its own, so that each
//! has its own peak of memory; `itself` is that of a process that reads nothing.

#![allow(clippy::format_collect, reason = "small files are made of it")]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "printing a table is what it is for")]

mod hostile;
mod issue;
mod made;
mod packages;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;

use dibao::intake::{Chunk, Config, read, walk};

fn main() -> ExitCode {
    let arguments: Vec<String> =
        std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    if let [step, path] = &arguments[..]
        && step == "read"
    {
        println!("{}", figures(Path::new(path)));
        return ExitCode::SUCCESS;
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let own = step(&folder.path().join("nothing"));
    println!("an empty process: {own}\n");
    println!("| format | file MB | text MB | lines | s | file MB/s | lines/s | peak MB | told |");
    println!("|---|---|---|---|---|---|---|---|---|");
    for (format, path) in made::files(folder.path()) {
        println!("| {format} | {} |", step(&path));
    }
    println!(
        "\n| hostile file | file MB | text MB | lines | s | file MB/s | lines/s | peak MB | told |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    for (what, path) in hostile::files(folder.path()) {
        println!("| {what} | {} |", step(&path));
    }
    println!("\n{}", issue::compared(&folder.path().join("issue")));
    ExitCode::SUCCESS
}

/// Reads a folder in a process of its own.
fn step(path: &Path) -> String {
    let program = std::env::current_exe().expect("a path");
    let output = Command::new(program).arg("read").arg(path).output().expect("it runs");
    if output.status.success() {
        return String::from_utf8_lossy(&output.stdout).trim().to_owned();
    }
    let error =
        String::from_utf8_lossy(&output.stderr).lines().next().unwrap_or_default().to_owned();
    format!("failed: {} {error}", output.status)
}

/// Reads the files below a path and tells what that took.
fn figures(path: &Path) -> String {
    let started = Instant::now();
    let walked = walk(path.parent().unwrap_or(path), &[PathBuf::from(path)]);
    let (mut text, mut lines) = (0, 0);
    let mut told: Vec<String> =
        walked.warnings.iter().map(|(_, warning)| warning.to_string()).collect();
    for file in &walked.files {
        let mut reader = read(file, &Config::default());
        for chunk in reader.by_ref() {
            if let Chunk::Text(source) = chunk {
                text += source.text.len() as u64;
                lines += source.lines.iter().filter(|line| !line.span.is_empty()).count();
            }
        }
        told.extend(reader.finish().warnings.iter().map(ToString::to_string));
    }
    let seconds = started.elapsed().as_secs_f64();
    let on_disk = on_disk(path).max(1);
    let mb = |bytes: u64| bytes as f64 / 1e6;
    let more =
        if told.len() > 1 { format!(" (and {} more)", told.len() - 1) } else { String::new() };
    format!(
        "{:.2} | {:.2} | {lines} | {seconds:.2} | {:.1} | {:.0} | {:.0} | {}{more}",
        mb(on_disk),
        mb(text),
        mb(on_disk) / seconds,
        lines as f64 / seconds,
        peak_memory(),
        told.first().map_or("–", String::as_str)
    )
}

/// Bytes of the files below a path.
fn on_disk(path: &Path) -> u64 {
    let files = walkdir::WalkDir::new(path).into_iter().filter_map(Result::ok);
    files
        .filter_map(|entry| entry.metadata().ok())
        .filter(std::fs::Metadata::is_file)
        .map(|m| m.len())
        .sum()
}

/// The peak of memory of this process in megabytes, where the system tells it.
fn peak_memory() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = peak.and_then(|text| text.trim().trim_end_matches(" kB").parse::<f64>().ok());
    kib.unwrap_or_default() * 1024.0 / 1e6
}
