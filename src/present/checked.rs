//! A file that a person has gone through from beginning to end: its articles keep their lines.

use std::path::Path;

use super::curating::correct;
use super::decision::{CorrectError, Decision, Target};
use super::source_file::ReadMode;
use super::source_view::{LineSelection, source_view};
use crate::curation::CurationFolder;
use crate::model::{Change, Correction, LineRange, Record};
use crate::search::Archive;

/// Whether a person said which lines an article has.
#[must_use]
pub fn has_its_lines(record: &Record) -> bool {
    let field = Change::Pieces.field();
    record.corrections.iter().any(|applied| applied.field == field)
}

/// Writes down for each article of a file that it has the lines which it has now, as a person says who
/// has gone through the file; not again where that is written. Whatever splitter comes, the file stays
/// cut like this.
///
/// # Errors
/// As [`correct`]. Decisions that were written before an error stay.
pub fn check_file(
    archive: &Archive,
    corpus: &Path,
    folder: &CurationFolder,
    file: &str,
    decision: &Decision,
) -> Result<Vec<Correction>, CorrectError> {
    let report = archive.file_report(file)?;
    let report = report.ok_or_else(|| CorrectError::NoFile(file.to_owned()))?;
    let view = source_view(archive, corpus, &report, LineSelection::From(1), ReadMode::Full)?;
    let mut written = Vec::new();
    for record in view.articles.iter().filter(|record| !has_its_lines(record)) {
        let mut rows: Vec<LineRange> = Vec::new();
        for line in view.lines.iter().filter(|line| line.owner == Some(record.ordinal)) {
            match rows.last_mut() {
                Some(range) if range.1 + 1 == line.row => range.1 = line.row,
                _ => rows.push(LineRange(line.row, line.row)),
            }
        }
        let target = Target::Lines { file: file.to_owned(), rows };
        let decision = decision.clone();
        written.push(correct(archive, corpus, folder, &target, Change::Pieces, decision, None)?);
    }
    Ok(written)
}
