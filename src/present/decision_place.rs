//! Where in a file a decision is made, as it is written down so that it is found again.

use std::path::Path;

use super::article;
use super::decision::{CorrectError, Target};
use super::source_file::{FileState, ReadMode, SourceLine};
use super::source_view::{LineSelection, source_view};
use crate::curation::{quote_of, quote_of_apart};
use crate::model::{
    Anchor, ArticleId, Change, FileReport, LineRange, LineRole, Record, UnplacedReason,
};
use crate::search::Archive;

/// Where a decision is made.
pub(super) struct DecisionPlace {
    /// The article, or the one that has the first of the lines.
    pub(super) article: Option<Record>,
    pub(super) anchor: Anchor,
}

impl DecisionPlace {
    pub(super) fn find(
        archive: &Archive,
        corpus: &Path,
        target: &Target,
        change: &Change,
    ) -> Result<Self, CorrectError> {
        let expected = |expected| CorrectError::Target { field: change.field(), expected };
        match (target, change) {
            (Target::Article(id), Change::Joins(second)) => {
                let (article, second) = (record(archive, id)?, record(archive, second)?);
                if article.source != second.source || article.id == second.id {
                    return Err(expected("another article of the same file"));
                }
                let report = report(archive, &second.source)?;
                let first = |record: &Record| {
                    let lines = lines_of(archive, corpus, &report, record)?;
                    let filled = lines.into_iter().find(|line| !line.text.trim().is_empty());
                    anchor(&report, filled.as_slice(), &record.lines)
                };
                let (mut anchor, to) = (first(&second)?, first(&article)?);
                anchor.lines.extend(to.lines);
                anchor.quote.extend(to.quote);
                Ok(Self { article: Some(article), anchor })
            }
            (Target::Article(_), Change::Begins | Change::Lines(_) | Change::Pieces) => {
                Err(expected("lines of a file"))
            }
            (Target::Article(id), _) => {
                let article = record(archive, id)?;
                let report = report(archive, &article.source)?;
                let anchor = article_anchor(archive, corpus, &report, &article)?;
                Ok(Self { article: Some(article), anchor })
            }
            (Target::Lines { file, rows }, change) if change.is_structural() => {
                let report = report(archive, file)?;
                Self::of_rows(archive, corpus, &report, rows, change)
            }
            (Target::Lines { .. }, _) => Err(expected("an article")),
        }
    }

    fn of_rows(
        archive: &Archive,
        corpus: &Path,
        report: &FileReport,
        rows: &[LineRange],
        change: &Change,
    ) -> Result<Self, CorrectError> {
        if report.roles.is_empty() {
            return Err(CorrectError::KeptApart(report.source.clone()));
        }
        if matches!(change, Change::Lines(LineRole::Blank)) {
            let value = "blank".to_owned();
            return Err(CorrectError::Value(UnplacedReason::UnknownValue { value }));
        }
        let all = all_lines(archive, corpus, report)?;
        let within = |range: &LineRange| {
            let LineRange(first, last) = *range;
            all.0.iter().filter(move |line| first <= line.row && line.row <= last).cloned()
        };
        let lines: Vec<SourceLine> = rows.iter().flat_map(within).collect();
        let numbers: Vec<LineRange> = rows
            .iter()
            .filter_map(|range| {
                let filled = within(range).filter(|line| !line.text.trim().is_empty());
                let numbers: Vec<u32> = filled.map(|line| line.number).collect();
                Some(LineRange(*numbers.first()?, *numbers.last()?))
            })
            .collect();
        let anchor = anchor(report, &lines, &numbers)?;
        let filled = lines.iter().find(|line| !line.text.trim().is_empty());
        let owner = filled.and_then(|line| line.owner);
        let article = all.1.into_iter().find(|record| Some(record.ordinal) == owner);
        Ok(Self { article, anchor })
    }
}

/// Where an article stands: its lines with the first and the last one of each run; of a file of articles
/// its headline and the beginning of its body.
pub(super) fn article_anchor(
    archive: &Archive,
    corpus: &Path,
    report: &FileReport,
    article: &Record,
) -> Result<Anchor, CorrectError> {
    if report.roles.is_empty() {
        return Ok(Anchor {
            file: report.source.clone(),
            content: report.hash.clone(),
            lines: article.lines.clone(),
            quote: quote_of_apart(article.title.as_deref(), &article.body),
        });
    }
    let lines = lines_of(archive, corpus, report, article)?;
    anchor(report, &lines, &article.lines)
}

fn record(archive: &Archive, id: &ArticleId) -> Result<Record, CorrectError> {
    let found = archive.get(id)?.into_iter().next();
    found.ok_or_else(|| CorrectError::NoArticle(id.clone()))
}

fn report(archive: &Archive, file: &str) -> Result<FileReport, CorrectError> {
    archive.file_report(file)?.ok_or_else(|| CorrectError::NoFile(file.to_owned()))
}

/// All lines of a file as it was ingested, and its articles.
fn all_lines(
    archive: &Archive,
    corpus: &Path,
    report: &FileReport,
) -> Result<(Vec<SourceLine>, Vec<Record>), CorrectError> {
    let view = source_view(archive, corpus, report, LineSelection::From(1), ReadMode::Full)?;
    if view.state != FileState::Same {
        return Err(CorrectError::Changed(report.source.clone()));
    }
    Ok((view.lines, view.articles))
}

/// The lines of an article.
fn lines_of(
    archive: &Archive,
    corpus: &Path,
    report: &FileReport,
    record: &Record,
) -> Result<Vec<SourceLine>, CorrectError> {
    let selection = LineSelection::Around(record, 0);
    let view = source_view(archive, corpus, report, selection, ReadMode::Full)?;
    if view.state != FileState::Same {
        return Err(CorrectError::Changed(report.source.clone()));
    }
    let own = view.lines.into_iter().filter(|line| line.owner == Some(record.ordinal));
    Ok(own.collect())
}

/// The anchor of lines that are there: their numbers in runs, each with its first and its last line.
fn anchor(
    report: &FileReport,
    lines: &[SourceLine],
    asked: &[LineRange],
) -> Result<Anchor, CorrectError> {
    let mut ranges: Vec<LineRange> = Vec::new();
    let mut ends: Vec<(u32, &str, &str)> = Vec::new();
    for line in lines.iter().filter(|line| !line.text.trim().is_empty()) {
        match (ranges.last_mut(), ends.last_mut()) {
            // Blank rows between filled ones do not end a run.
            (Some(range), Some(end)) if follows(lines, end.0, line.row) => {
                range.1 = line.number;
                *end = (line.row, end.1, &line.text);
            }
            _ => {
                ranges.push(LineRange(line.number, line.number));
                ends.push((line.row, &line.text, &line.text));
            }
        }
    }
    if ranges.is_empty() {
        let (file, lines) = (report.source.clone(), article::lines(asked));
        return Err(CorrectError::NoLines { file, lines });
    }
    let quote = |text: &str| quote_of(text).to_owned();
    let are_single = ranges.iter().all(|range| range.0 == range.1) && {
        let is_one = |(_, first, last): &(u32, &str, &str)| first == last;
        ends.iter().all(is_one)
    };
    let quotes = ends.iter().flat_map(|(_, first, last)| {
        let last = (!are_single).then(|| quote(last));
        std::iter::once(quote(first)).chain(last)
    });
    Ok(Anchor {
        file: report.source.clone(),
        content: report.hash.clone(),
        quote: quotes.collect(),
        lines: ranges,
    })
}

/// Whether only blank rows of `lines` lie between two rows.
fn follows(lines: &[SourceLine], row: u32, next: u32) -> bool {
    let between = |line: &&SourceLine| row < line.row && line.row < next;
    row < next && lines.iter().filter(between).count() as u32 == next - row - 1
}
