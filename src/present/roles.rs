//! What each line of a file was taken for, and which article owns it.

use super::SourceLine;
use super::cuts::cut;
use super::locate::Standing;
use crate::intake::FileFormat;
use crate::model::{FileReport, LineRole, Record, SourceText};

/// Role and owner of each line of a text; owners by their place in the file.
pub(super) struct Known {
    pub(super) lines: Vec<(Option<LineRole>, Option<u32>)>,
    /// Whether the articles are those of the archive.
    pub(super) agrees: bool,
}

/// Cuts a text again. `records` are all articles of its file, `before` those of the texts of the
/// same file before this one.
pub(super) fn by_cutting(source: &SourceText, records: &[Record], before: &mut u32) -> Known {
    let cut = cut(source);
    let first = *before;
    let here = records.get(first as usize..).unwrap_or_default();
    *before += cut.articles.len() as u32;
    let agrees = here.len() >= cut.articles.len()
        && cut.articles.iter().zip(here).all(|(lines, record)| *lines == record.lines);
    let lines = cut.lines.iter().map(|(role, owner)| (Some(*role), owner.map(|at| first + at + 1)));
    Known { lines: lines.collect(), agrees }
}

/// What the index knows: the lines of the articles, and those that belong to none.
pub(super) fn by_report(
    lines: &mut [SourceLine],
    report: &FileReport,
    records: &[Record],
    format: FileFormat,
    standing: Standing,
) {
    for line in lines {
        let number = line.number;
        let owner = records
            .iter()
            .find(|record| record.lines.iter().any(|own| own.0 <= number && number <= own.1));
        line.owner = owner.map(|record| record.ordinal);
        let elsewhere = || {
            let at = report.elsewhere.partition_point(|(range, _)| range.1 < number);
            report.elsewhere.get(at).filter(|(range, _)| range.0 <= number).map(|(_, role)| *role)
        };
        line.role = if line.text.trim().is_empty() {
            Some(LineRole::Blank)
        } else if owner.is_some() {
            None
        } else if format == FileFormat::Jsonl {
            Some(LineRole::Stray)
        } else if standing == Standing::Changed {
            None
        } else {
            elsewhere()
        };
    }
}
