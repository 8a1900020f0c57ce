//! `dibao show --source`: the numbered lines of the file that an article came from.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::bail;

use super::console::Console;
use super::job::Folders;
use super::wrap::visible;
use crate::intake::{Config, Format, FoundFile, Piece, content_hash, read, walk};
use crate::model::{FileReport, LineRange, Record};
use crate::search::Archive;

/// Lines of the file that are shown before and after those of the article.
const AROUND: u32 = 3;

/// Prints the lines of the article, marked with `>`, and some lines around them.
///
/// # Errors
/// When the file is not there any more. That it has changed since the ingest is only said.
pub(super) fn print(
    archive: &Archive,
    record: &Record,
    folders: &Folders,
    console: &mut Console,
) -> anyhow::Result<()> {
    let reports = archive.files()?;
    let report = reports.iter().find(|report| report.source == record.source);
    let file = find(report, record, folders)?;
    let known = report.map(|report| report.hash.as_str()).filter(|hash| !hash.is_empty());
    let changed = match (known, content_hash(&file)) {
        (Some(then), Ok(now)) => then != now,
        _ => false,
    };
    if changed {
        console.tell(format_args!(
            "{}: changed since it was ingested, so these may be other lines; `dibao ingest` takes \
             it in again",
            file.path.display()
        ));
    }
    let config = Config::load(&folders.corpus)?;
    let mut last = None;
    for piece in read(&file, &config) {
        let Piece::Text(source) = piece else { continue };
        for (index, line) in source.lines.iter().enumerate() {
            if !is_near(line.number, &record.lines) {
                continue;
            }
            if last.is_some_and(|last| line.number > last + 1) {
                writeln!(console.out, "{}", console.paint.faint("        …"))?;
            }
            last = Some(line.number);
            print_line(line.number, source.line(index), &record.lines, console)?;
        }
    }
    Ok(())
}

/// The file as it stands now, to be read line by line whatever its format.
fn find(
    report: Option<&FileReport>,
    record: &Record,
    folders: &Folders,
) -> anyhow::Result<FoundFile> {
    let places: Vec<PathBuf> = report
        .map(|report| PathBuf::from(&report.path))
        .into_iter()
        .chain([folders.corpus.join(&record.source)])
        .collect();
    let Some(place) = places.iter().find(|place| place.is_file()) else {
        let place = places.first().map_or(Path::new(&record.source), PathBuf::as_path);
        bail!(
            "{}: the file is gone since it was ingested; put it back, or run `dibao ingest` to \
             remove its articles",
            place.display()
        );
    };
    let walked = walk(&folders.corpus, std::slice::from_ref(place));
    let Some(found) = walked.files.into_iter().next() else {
        bail!("{}: the file cannot be read; check its permissions", place.display());
    };
    match found.format {
        Format::JsonlZst => bail!(
            "{}: the lines of a packed file are not shown; unpack it, or `dibao show {} --format \
             json`",
            found.path.display(),
            record.id
        ),
        Format::Jsonl => Ok(FoundFile { format: Format::Text, ..found }),
        Format::Text | Format::Html => Ok(found),
    }
}

fn is_near(number: u32, ranges: &[LineRange]) -> bool {
    ranges.iter().any(|range| {
        range.0.saturating_sub(AROUND) <= number && number <= range.1.saturating_add(AROUND)
    })
}

fn print_line(
    number: u32,
    text: &str,
    ranges: &[LineRange],
    console: &mut Console,
) -> anyhow::Result<()> {
    let owned = ranges.iter().any(|range| range.0 <= number && number <= range.1);
    let margin = format!("{} {number:>6} ", if owned { '>' } else { ' ' });
    let line = visible(text);
    if owned {
        writeln!(console.out, "{}{line}", console.paint.place(margin))?;
    } else {
        writeln!(console.out, "{}", console.paint.faint(format_args!("{margin}{line}")))?;
    }
    Ok(())
}
