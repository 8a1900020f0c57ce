//! `dibao show --source`: the numbered lines of the file that an article came from.

use std::io::Write;

use anyhow::anyhow;

use super::console::Console;
use super::wrap::visible;
use crate::cli::args::folders::Folders;
use crate::model::{FileReport, Record};
use crate::present::{FileState, LineSelection, ReadMode, SourceError, errors, source_view};
use crate::search::Archive;

/// Lines of the file that are shown before and after those of the article.
const AROUND: u32 = 3;

/// Prints the lines of the article, marked with `>`, and some lines around them.
///
/// # Errors
/// When the file is not there any more. That it has changed since the ingest is only said.
pub(crate) fn print(
    archive: &Archive,
    record: &Record,
    folders: &Folders,
    console: &mut Console,
) -> anyhow::Result<()> {
    let lang = console.lang;
    let unknown = || FileReport { source: record.source.clone(), ..FileReport::default() };
    let report = archive.file_report(&record.source)?.unwrap_or_else(unknown);
    let part = LineSelection::Around(record, AROUND);
    let view = source_view(archive, &folders.corpus, &report, part, ReadMode::Full);
    let view = view.map_err(|error| match error {
        SourceError::Compressed(_) => {
            let (error, id) = (errors::error(lang, &error), &record.id);
            anyhow!(lang.of(
                format!("{error}，或用 `dibao show {id} --format json`"),
                format!("{error}, or `dibao show {id} --format json`"),
            ))
        }
        error => error.into(),
    })?;
    if view.state == FileState::Changed {
        let path = view.path.display();
        console.tell(lang.of(
            format!("{path}：入库之后有改动，以下可能不是原来的各行；`dibao ingest` 可重新入库"),
            format!(
                "{path}: changed since it was ingested, so these may be other lines; run `dibao \
                 ingest` to update"
            ),
        ));
    }
    let mut last = None;
    for line in &view.lines {
        if last.is_some_and(|row| row + 1 < line.row) {
            writeln!(console.out, "{}", console.paint.faint("        …"))?;
        }
        last = Some(line.row);
        let is_owned = line.owner == Some(record.ordinal);
        print_line(line.number, &line.text, is_owned, console)?;
    }
    for warning in view.warnings {
        console.warn(format_args!("{}: {warning}", view.path.display()));
    }
    Ok(())
}

fn print_line(number: u32, text: &str, owned: bool, console: &mut Console) -> anyhow::Result<()> {
    let margin = format!("{} {number:>6} ", if owned { '>' } else { ' ' });
    let line = visible(text);
    if owned {
        writeln!(console.out, "{}{line}", console.paint.place(margin))?;
    } else {
        writeln!(console.out, "{}", console.paint.faint(format_args!("{margin}{line}")))?;
    }
    Ok(())
}
