//! `dibao completions SHELL`.

use std::io::Write;

use clap::CommandFactory;
use clap_complete::Shell;

use crate::cli::Outcome;
use crate::cli::args::Typed;
use crate::cli::output::console::Console;

pub(crate) fn run(shell: Shell, console: &mut Console) -> anyhow::Result<Outcome> {
    // Into memory first: the generator panics when its output cannot be written.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Typed::command(), "dibao", &mut script);
    console.out.write_all(&script)?;
    Ok(Outcome::Found)
}
