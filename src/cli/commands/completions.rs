//! `dibao completions SHELL`.

use std::io::Write;

use clap::CommandFactory;
use clap_complete::Shell;

use crate::cli::ExitStatus;
use crate::cli::args::LowArgs;
use crate::cli::output::console::Console;

pub(crate) fn run(shell: Shell, console: &mut Console) -> anyhow::Result<ExitStatus> {
    // Into memory first: the generator panics when its output cannot be written.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut LowArgs::command(), "dibao", &mut script);
    console.out.write_all(&script)?;
    Ok(ExitStatus::Found)
}
