//! A file that a person has gone through from beginning to end: its articles keep their lines.

use std::path::Path;

use super::decision::{CorrectError, Target};
use super::source_file::ReadMode;
use super::source_view::{LineSelection, source_view};
use crate::model::{Change, LineRange, Record};
use crate::search::Archive;

/// Whether a person said which lines an article has.
#[must_use]
pub fn has_its_lines(record: &Record) -> bool {
    let field = Change::Pieces.field();
    record.corrections.iter().any(|applied| applied.field == field)
}

/// The decisions of a person who has gone through a file: each article of it has the lines which it has
/// now; not again where that is written. Whatever splitter comes, the file stays cut like this. They are
/// written down by [`correct_all`](super::correct_all).
///
/// # Errors
/// When the archive has no such file, or it cannot be read.
pub fn lines_kept(
    archive: &Archive,
    corpus: &Path,
    file: &str,
) -> Result<Vec<(Target, Change)>, CorrectError> {
    let report = archive.file_report(file)?;
    let report = report.ok_or_else(|| CorrectError::NoFile(file.to_owned()))?;
    let view = source_view(archive, corpus, &report, LineSelection::From(1), ReadMode::Full)?;
    let of_article = |record: &Record| {
        let mut rows: Vec<LineRange> = Vec::new();
        for line in view.lines.iter().filter(|line| line.owner == Some(record.ordinal)) {
            match rows.last_mut() {
                Some(range) if range.1 + 1 == line.row => range.1 = line.row,
                _ => rows.push(LineRange(line.row, line.row)),
            }
        }
        (Target::Lines { file: file.to_owned(), rows }, Change::Pieces)
    };
    let open = view.articles.iter().filter(|record| !has_its_lines(record));
    Ok(open.map(of_article).collect())
}
