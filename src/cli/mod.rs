//! The command line: the first of the front ends, and the only code that prints.
//!
//! As in ripgrep, the low-level arguments that clap parses become high-level ones in one conversion
//! (`args`); [`run`] is one match over these. One file per command.

mod args;
mod commands;
mod offered;
mod output;

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::{Command, FromArgMatches};

use crate::present::Lang;
use args::exporting::ExportTask;
use args::hiargs::{CommandOptions, HiArgs};
use args::{ColorChoice, LowArgs, lang, localize};
use output::console::Console;

/// The exit status, as grep has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ExitStatus {
    Found,
    Nothing,
    /// Something could not be read, which was said; the rest was done.
    Failed,
}

impl ExitStatus {
    /// Found, if there is any.
    fn of(count: u64) -> Self {
        if count > 0 { Self::Found } else { Self::Nothing }
    }
}

/// Runs the program on the process's arguments. Exit codes: 0 found, 1 nothing found, 2 error; a
/// reader that stops reading (`| head`) is no error.
#[must_use]
pub fn run() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().map(args::protect_exclusion).collect();
    let lang = lang::before_parsing(&arguments, |name| std::env::var_os(name));
    let mut command = localize::command(lang);
    let parsed = command.try_get_matches_from_mut(arguments);
    let low = match parsed.and_then(|matches| LowArgs::from_arg_matches(&matches)) {
        Ok(low) => low,
        Err(error) => return usage_error(&error, &mut command, lang),
    };
    let lang = low.lang.resolve(|name| std::env::var_os(name));
    let mut console = Console::new(low.color, lang);
    output::panics::keep_quiet();
    let done = output::panics::as_error(lang, || perform(low, &mut console)).and_then(|outcome| {
        console.out.flush()?;
        Ok(outcome)
    });
    match done {
        Ok(ExitStatus::Found) => ExitCode::SUCCESS,
        Ok(ExitStatus::Nothing) => ExitCode::from(1),
        Ok(ExitStatus::Failed) => ExitCode::from(2),
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            // What was found before the error is worth having, above the message.
            let _ = console.out.flush();
            output::failure::report(&console, &error);
            ExitCode::from(2)
        }
    }
}

/// Prints what clap has to say: help and version to stdout, errors to stderr.
fn usage_error(error: &clap::Error, command: &mut Command, lang: Lang) -> ExitCode {
    let chinese = match lang {
        Lang::Zh => output::usage::message(error, command),
        Lang::En => None,
    };
    match chinese {
        Some(message) => output::failure::report(
            &Console::new(ColorChoice::Auto, lang),
            &anyhow::Error::msg(message),
        ),
        // A reader that stops reading is no error.
        None => drop(error.print()),
    }
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
}

fn perform(low: LowArgs, console: &mut Console) -> anyhow::Result<ExitStatus> {
    let engine = low.engine;
    let HiArgs { folders, operation } = HiArgs::from_low_args(low, console.lang)?;
    offered::check_command(&operation, engine)?;
    match operation {
        CommandOptions::Ingest(options) => commands::ingest::run(&folders, &options, console),
        CommandOptions::Watch(args) => commands::watch::run(&folders, &args, console),
        CommandOptions::Split(options) => commands::split::run(&folders, &options, console),
        CommandOptions::Fit(options) => commands::fit::run(&folders, &options, console),
        CommandOptions::Search(options) => commands::search::run(&folders, &options, console),
        CommandOptions::Show(options) => commands::show::run(&folders, &options, console),
        CommandOptions::Export(task) => match *task {
            ExportTask::Write(options) => commands::export::run(&folders, &options, console),
            ExportTask::Verify(options) => commands::verify::run(&folders, options, console),
        },
        CommandOptions::Cite(options) => commands::cite::run(&folders, &options, console),
        CommandOptions::Stats(options) => commands::stats::run(&folders, &options, console),
        CommandOptions::Trend(options) => commands::trend::run(&folders, &options, console),
        CommandOptions::Diff(options) => commands::diff::run(&folders, &options, console),
        CommandOptions::Indicators(options) => {
            commands::indicators::run(&folders, &options, console)
        }
        CommandOptions::Series(options) => commands::series::run(&folders, &options, console),
        CommandOptions::Check(options) => commands::check::run(&folders, &options, console),
        CommandOptions::Correct(args) => commands::correct::run(&folders, &args, console),
        CommandOptions::Curate(action) => commands::curate::run(&folders, &action, console),
        CommandOptions::Saved(options) => commands::saved::run(&folders, options, console),
        CommandOptions::New(options) => commands::new::run(&folders, &options, console),
        CommandOptions::Batch(options) => commands::batch::run(&folders, &options, console),
        CommandOptions::Note(args) => commands::note::run(&folders, &args, console),
        CommandOptions::Tag(args) => commands::tag::run(&folders, &args, console),
        CommandOptions::Collection(args) => {
            commands::collection::run(&folders, args.action, console)
        }
        CommandOptions::CollectionExport(options) => {
            commands::collection_export::run(&folders, &options, console)
        }
        CommandOptions::Serve(options) => commands::serve::run(&folders, options, console),
        CommandOptions::Mcp(options) => commands::mcp::run(&folders, options, console),
        CommandOptions::Demo => commands::demo::run(&folders, console),
        CommandOptions::Completions(shell) => commands::completions::run(shell, console),
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
