//! The command line: the first of the front ends, and the only code that prints.
//!
//! What was typed (`args`) becomes what is to be done (`job`) in one conversion; [`run`] is one
//! match over it. One file per command.

mod args;
mod commands;
mod output;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;

use args::Typed;
use args::job::{Job, Task};
use output::console::Console;

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
            output::failure::report(&console, &error);
            ExitCode::from(2)
        }
    }
}

fn perform(typed: Typed, console: &mut Console) -> anyhow::Result<Outcome> {
    let Job { folders, task } = Job::from_typed(typed)?;
    match task {
        Task::Ingest(task) => commands::ingest::run(&folders, &task, console),
        Task::Split(task) => commands::split::run(&folders, &task, console),
        Task::Search(task) => commands::search::run(&folders, &task, console),
        Task::Show(task) => commands::show::run(&folders, &task, console),
        Task::Export(task) => commands::export::run(&folders, &task, console),
        Task::Stats(task) => commands::stats::run(&folders, &task, console),
        Task::Trend(task) => commands::trend::run(&folders, &task, console),
        Task::Diff(task) => commands::diff::run(&folders, &task, console),
        Task::Check(task) => commands::check::run(&folders, &task, console),
        Task::Serve(task) => commands::serve::run(&folders, task, console),
        Task::Demo => commands::demo::run(&folders, console),
        Task::Completions(shell) => commands::completions::run(shell, console),
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
