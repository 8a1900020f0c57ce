//! `dibao check --literals`: that every string is found, and nothing else, on this very archive.

use std::io::Write;

use crate::cli::ExitStatus;
use crate::cli::args::OutputFormat;
use crate::cli::output::console::Console;
use crate::cli::output::facts::{counted, number};
use crate::search::Archive;

pub(crate) fn run(
    archive: &Archive,
    strings: usize,
    seed: u64,
    format: OutputFormat,
    console: &mut Console,
) -> anyhow::Result<ExitStatus> {
    let proof = archive.check_literals(strings, seed)?;
    if format == OutputFormat::Json {
        serde_json::to_writer_pretty(&mut console.out, &proof)?;
        writeln!(console.out)?;
    } else {
        let out = &mut console.out;
        writeln!(
            out,
            "{} of 1 to 12 characters, as typed by people, held against {} read from end to end",
            counted(proof.strings, "string"),
            counted(proof.articles, "article")
        )?;
        writeln!(out, "stand in   {} pairs of string and article", number(proof.standing))?;
        writeln!(out, "found      {}: recall {:.6}", number(proof.found), proof.recall())?;
        writeln!(out, "wrong      {}: precision {:.6}", number(proof.wrong), proof.precision())?;
        writeln!(out, "badly marked or counted  {}", number(proof.badly_marked))?;
        for string in &proof.failed {
            writeln!(out, "  {string:?}")?;
        }
    }
    Ok(if proof.holds() { ExitStatus::of(proof.strings) } else { ExitStatus::Failed })
}
