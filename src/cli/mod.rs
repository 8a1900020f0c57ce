//! The command line: the first of the front ends, and the only code that prints.
//!
//! What was typed (`args`) becomes what is to be done (`job`) in one conversion; [`run`] is one
//! match over it. One file per command.

mod args;
mod article;
mod bars;
mod check;
mod compare_args;
mod completions;
mod console;
mod demo;
mod diff;
mod explain;
mod export;
mod failure;
mod ingest;
mod job;
mod nothing;
mod output;
mod printed;
mod progress;
mod proof;
mod search;
mod serve;
mod serve_args;
mod show;
mod snippet;
mod source_lines;
mod split;
mod stats;
mod summary;
mod synonyms;
mod trend;
mod what;
mod why;
mod wrap;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;

use args::Typed;
use console::Console;
use job::{Job, Task};

/// Whether there was anything, and whether something could not be read, as grep has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Found,
    Nothing,
    /// Something could not be read, which was said; the rest was done.
    Failed,
}

impl Outcome {
    /// Found, if there is any.
    fn of(count: u64) -> Self {
        if count > 0 { Self::Found } else { Self::Nothing }
    }
}

/// Runs the program on the process's arguments. Exit codes: 0 found, 1 nothing found, 2 error; a
/// reader that stops reading (`| head`) is no error.
#[must_use]
pub fn run() -> ExitCode {
    let typed = Typed::parse_from(std::env::args_os().map(args::as_typed));
    let mut console = Console::new(typed.color);
    let done = perform(typed, &mut console).and_then(|outcome| {
        console.out.flush()?;
        Ok(outcome)
    });
    match done {
        Ok(Outcome::Found) => ExitCode::SUCCESS,
        Ok(Outcome::Nothing) => ExitCode::from(1),
        Ok(Outcome::Failed) => ExitCode::from(2),
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            // What was found before the error is worth having, above the message.
            let _ = console.out.flush();
            failure::report(&console, &error);
            ExitCode::from(2)
        }
    }
}

fn perform(typed: Typed, console: &mut Console) -> anyhow::Result<Outcome> {
    let Job { folders, task } = Job::from_typed(typed)?;
    match task {
        Task::Ingest(task) => ingest::run(&folders, &task, console),
        Task::Split(task) => split::run(&folders, &task, console),
        Task::Search(task) => search::run(&folders, &task, console),
        Task::Show(task) => show::run(&folders, &task, console),
        Task::Export(task) => export::run(&folders, &task, console),
        Task::Stats(task) => stats::run(&folders, &task, console),
        Task::Trend(task) => trend::run(&folders, &task, console),
        Task::Diff(task) => diff::run(&folders, &task, console),
        Task::Check(task) => check::run(&folders, &task, console),
        Task::Serve(task) => serve::run(&folders, task, console),
        Task::Demo => demo::run(&folders, console),
        Task::Completions(shell) => completions::run(shell, console),
    }
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<io::Error>()
            .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
            || cause
                .downcast_ref::<serde_json::Error>()
                .is_some_and(|error| error.io_error_kind() == Some(io::ErrorKind::BrokenPipe))
    })
}
