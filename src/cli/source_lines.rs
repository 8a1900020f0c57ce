//! `dibao show --source`: the numbered lines of the file that an article came from.

use std::io::Write;
use std::path::PathBuf;

use anyhow::bail;

use super::console::Console;
use super::job::Folders;
use super::wrap::visible;
use crate::intake::{Config, Format, FoundFile, Outcome, Piece, content_hash, read, walk};
use crate::model::{FileReport, Record, SourceText};
use crate::search::Archive;
use crate::split::split;

/// Lines of the file that are shown before and after those of the article.
const AROUND: usize = 3;

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
    let (file, changed) = find(report, record, folders)?;
    if changed {
        console.tell(format_args!(
            "{}: changed since it was ingested, so these may be other lines; `dibao ingest` takes \
             it in again",
            file.path.display()
        ));
    }
    let config = Config::load(&folders.corpus)?;
    let mut reading = read(&file, &config);
    let mut articles_before = 0;
    let mut skipped = false;
    let mut printed = false;
    for piece in reading.by_ref() {
        let Piece::Text(source) = piece else { continue };
        let owned = owned(&source, file.format, record, &mut articles_before);
        for (index, line) in source.lines.iter().enumerate() {
            let near = owned.iter().take(index + AROUND + 1).skip(index.saturating_sub(AROUND));
            if !near.copied().any(|owned| owned) {
                skipped = true;
                continue;
            }
            if std::mem::take(&mut skipped) && printed {
                writeln!(console.out, "{}", console.paint.faint("        …"))?;
            }
            printed = true;
            let is_owned = owned.get(index).copied().unwrap_or_default();
            print_line(line.number, source.line(index), is_owned, console)?;
        }
    }
    let receipt = reading.finish();
    if receipt.outcome == Outcome::Unreadable {
        bail!(receipt.warnings.join("; "));
    }
    for warning in receipt.warnings {
        console.warn(warning);
    }
    Ok(())
}

/// For each line whether the article owns it. Many articles of a web page can come from one line of
/// its file, so that there the page is cut again.
fn owned(
    source: &SourceText,
    format: Format,
    record: &Record,
    articles_before: &mut u32,
) -> Vec<bool> {
    if format == Format::Html {
        let cutting = split(source);
        let place = record.ordinal.checked_sub(*articles_before + 1);
        *articles_before += cutting.articles.len() as u32;
        return cutting.owners.iter().map(|&owner| owner.is_some() && owner == place).collect();
    }
    let is_owned =
        |number: u32| record.lines.iter().any(|range| range.0 <= number && number <= range.1);
    source.lines.iter().map(|line| is_owned(line.number)).collect()
}

/// The file as it stands now, to be read line by line whatever its format, and whether it has
/// changed. It is looked for below the corpus folder first, and where it stood at the ingest; of
/// two files that can be it, only one with the content of then is it.
fn find(
    report: Option<&FileReport>,
    record: &Record,
    folders: &Folders,
) -> anyhow::Result<(FoundFile, bool)> {
    let below = folders.corpus.join(&record.source);
    let stood = report.map(|report| PathBuf::from(&report.path));
    let mut places: Vec<PathBuf> = [Some(below.clone()), stood]
        .into_iter()
        .flatten()
        .filter(|place| place.is_file())
        .collect();
    places.dedup_by_key(|place| place.canonicalize().ok());
    let mut found: Vec<FoundFile> = places
        .iter()
        .flat_map(|place| walk(&folders.corpus, std::slice::from_ref(place)).files)
        .collect();
    if places.is_empty() && record.source.contains(r"\x") {
        // A name that is not UTF-8 is written with escapes, which only the walk can resolve.
        found = walk(&folders.corpus, &[]).files;
        found.retain(|file| file.source == record.source);
    } else if places.is_empty() {
        bail!(
            "{}: the file is gone since it was ingested; put it back, or run `dibao ingest` to \
             remove its articles",
            below.display()
        );
    }
    let then = report.map(|report| report.hash.as_str()).filter(|hash| !hash.is_empty());
    let is_same =
        |file: &FoundFile| then.is_none_or(|then| content_hash(file).is_ok_and(|now| now == then));
    let same = found.iter().position(is_same);
    let (found, changed) = match (same, found.len()) {
        (Some(at), _) => (found.swap_remove(at), false),
        (None, 1) => (found.swap_remove(0), true),
        (None, 0) => bail!("{}: cannot be read; check its permissions", below.display()),
        (None, _) => bail!(
            "{}: neither this file nor the one at the place of the ingest has the content of then; \
             `dibao ingest` takes it in again",
            below.display()
        ),
    };
    match found.format {
        Format::JsonlZst => bail!(
            "{}: the lines of a packed file are not shown; unpack it, or `dibao show {} --format \
             json`",
            found.path.display(),
            record.id
        ),
        Format::Jsonl => Ok((FoundFile { format: Format::Text, ..found }, changed)),
        Format::Text | Format::Html => Ok((found, changed)),
    }
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
