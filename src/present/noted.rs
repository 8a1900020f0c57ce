//! Tags, notes and collections of the folder, given to an archive: where an article has another id now,
//! it is found by its place in the texts.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use std::sync::Arc;

use super::source_file::ReadMode;
use super::source_view::{LineSelection, source_view};
use crate::curation::{NoteFiles, Noted, quote_of, quote_of_apart};
use crate::model::{Anchor, ArticleId, FileReport, LineRange, Record};
use crate::search::{Archive, SearchError};

/// Lines around its old place in which an article of a file of articles is looked for.
const NEAR: u32 = 50;
/// How much two articles must have in common to be one: lines of both by lines of either.
const MIN_COMMON: f64 = 0.5;

/// The archive with what is in the files, and what is about articles that it does not have any more.
///
/// # Errors
/// When the index cannot be read.
pub fn with_notes(
    archive: Archive,
    files: &NoteFiles,
    corpus: &Path,
) -> Result<(Archive, Vec<Noted>), SearchError> {
    let noted = files.noted();
    let missing: BTreeSet<ArticleId> =
        archive.ids_of_none(noted.iter().map(|noted| &noted.article))?.into_iter().collect();
    // What was said about an article that was joined to another one is said about that.
    let mut moved = archive.former_ids()?;
    let mut unplaced = Vec::new();
    let mut reports = None;
    for noted in noted.into_iter().filter(|noted| missing.contains(&noted.article)) {
        match placed(&archive, corpus, &noted.anchor, &mut reports)? {
            Some(now) => {
                moved.insert(noted.article, now);
            }
            // What was taken back says nothing that could be lost.
            None if noted.said.is_empty() => {}
            None => unplaced.push(noted),
        }
    }
    let notebook = Arc::new(files.notebook(&moved));
    Ok((archive.with_notebook(notebook), unplaced))
}

/// Where articles stand, each: its lines with the first and the last one of each run; of a file of
/// articles its headline and the beginning of its body.
///
/// # Errors
/// When the index cannot be read.
pub fn anchors(
    archive: &Archive,
    corpus: &Path,
    records: &[Record],
) -> Result<Vec<Anchor>, SearchError> {
    let mut reports: HashMap<&str, Option<FileReport>> = HashMap::new();
    let mut anchors = Vec::with_capacity(records.len());
    for record in records {
        let report = match reports.entry(&record.source) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unknown) => unknown.insert(archive.file_report(&record.source)?),
        };
        anchors.push(anchor(archive, corpus, record, report.as_ref()));
    }
    Ok(anchors)
}

fn anchor(
    archive: &Archive,
    corpus: &Path,
    record: &Record,
    report: Option<&FileReport>,
) -> Anchor {
    let content = report.map(|report| report.hash.clone()).unwrap_or_default();
    let mut quote = Vec::new();
    if report.is_none_or(stands_apart) {
        quote = quote_of_apart(record.title.as_deref(), &record.body);
    } else if let Some(report) = report
        && let Ok(view) =
            source_view(archive, corpus, report, LineSelection::Around(record, 0), ReadMode::Page)
    {
        let text = |number: u32| {
            let line = view.lines.iter().find(|line| line.number == number);
            line.map(|line| quote_of(&line.text).to_owned()).unwrap_or_default()
        };
        let are_single = record.lines.iter().all(|own| own.0 == own.1);
        let ends = |own: &LineRange| {
            let last = (!are_single).then(|| text(own.1));
            std::iter::once(text(own.0)).chain(last).collect::<Vec<_>>()
        };
        quote = record.lines.iter().flat_map(ends).collect();
    }
    Anchor { file: record.source.clone(), content, lines: record.lines.clone(), quote }
}

/// Whether a file keeps its articles apart.
fn stands_apart(report: &FileReport) -> bool {
    report.roles.is_empty()
}

/// The article that is there now; `None` where nothing is like it. A file that has gone is another one
/// with the same content, else the only one of its name, in another folder, that has an article there.
fn placed(
    archive: &Archive,
    corpus: &Path,
    anchor: &Anchor,
    reports: &mut Option<Vec<FileReport>>,
) -> Result<Option<ArticleId>, SearchError> {
    if let Some(report) = archive.file_report(&anchor.file)? {
        return in_file(archive, corpus, anchor, &report);
    }
    let reports = match reports {
        Some(reports) => reports,
        None => reports.insert(archive.file_reports()?),
    };
    let same = |report: &&FileReport| !anchor.content.is_empty() && report.hash == anchor.content;
    if let Some(report) = reports.iter().find(same) {
        return in_file(archive, corpus, anchor, report);
    }
    let name = |source: &str| source.rsplit('/').next().unwrap_or(source).to_owned();
    let wanted = name(&anchor.file);
    let mut found = Vec::new();
    for report in reports.iter().filter(|report| name(&report.source) == wanted) {
        found.extend(in_file(archive, corpus, anchor, report)?);
    }
    Ok(if found.len() == 1 { found.pop() } else { None })
}

/// The same in a file.
fn in_file(
    archive: &Archive,
    corpus: &Path,
    anchor: &Anchor,
    report: &FileReport,
) -> Result<Option<ArticleId>, SearchError> {
    let is_same = report.hash == anchor.content;
    if stands_apart(report) && !is_same {
        return headline_near(archive, &report.source, anchor);
    }
    let lines =
        if is_same { anchor.lines.clone() } else { found_again(archive, corpus, report, anchor) };
    let (Some(&first), Some(last)) = (lines.first(), lines.iter().map(|own| own.1).max()) else {
        return Ok(None);
    };
    let candidates = archive.articles_in_lines(&report.source, LineRange(first.0, last))?;
    let like = candidates.iter().filter(|record| {
        record.lines.iter().any(|own| own.0 <= first.0 && first.0 <= own.1)
            && common(&record.lines, &lines) >= MIN_COMMON
    });
    Ok(like.map(|record| record.id.clone()).next())
}

/// Lines of both by lines of either.
fn common(a: &[LineRange], b: &[LineRange]) -> f64 {
    let count = |lines: &[LineRange]| -> u64 {
        lines.iter().map(|own| u64::from(own.1.saturating_sub(own.0)) + 1).sum()
    };
    let mut both = 0;
    for own in a {
        for other in b {
            let (first, last) = (own.0.max(other.0), own.1.min(other.1));
            both += if first <= last { u64::from(last - first) + 1 } else { 0 };
        }
    }
    let either = (count(a) + count(b)).saturating_sub(both).max(1);
    both as f64 / either as f64
}

/// The lines whose first and last ones are quoted, where they are now: of several places those that are
/// nearest to where they were. None if one is not found.
fn found_again(
    archive: &Archive,
    corpus: &Path,
    report: &FileReport,
    anchor: &Anchor,
) -> Vec<LineRange> {
    let all = source_view(archive, corpus, report, LineSelection::From(1), ReadMode::Full);
    let Ok(view) = all else { return Vec::new() };
    let each = if anchor.quote.len() == anchor.lines.len() { 1 } else { 2 };
    let numbers_of = |quote: &str| -> Vec<u32> {
        let same = view.lines.iter().filter(|line| quote_of(&line.text) == quote);
        same.map(|line| line.number).collect()
    };
    let found = anchor.lines.iter().zip(anchor.quote.chunks(each)).map(|(then, quote)| {
        let (first, last) = (quote.first()?, quote.last()?);
        let from = numbers_of(first).into_iter().min_by_key(|number| number.abs_diff(then.0))?;
        let length = then.1.saturating_sub(then.0);
        let ends = numbers_of(last).into_iter().filter(|&number| number >= from);
        let to = ends.min_by_key(|number| number.abs_diff(from.saturating_add(length)))?;
        Some(LineRange(from, to))
    });
    // One that is lost is no reason to take the others for the article.
    found.collect::<Option<Vec<_>>>().unwrap_or_default()
}

/// The article with the quoted headline that is nearest to where it was in its file of articles.
fn headline_near(
    archive: &Archive,
    source: &str,
    anchor: &Anchor,
) -> Result<Option<ArticleId>, SearchError> {
    let Some(then) = anchor.lines.first() else { return Ok(None) };
    let near = LineRange(then.0.saturating_sub(NEAR).max(1), then.1.saturating_add(NEAR));
    let candidates = archive.articles_in_lines(source, near)?;
    let begins = |record: &Record| record.lines.first().map_or(0, |own| own.0);
    let like = candidates
        .iter()
        .filter(|record| quote_of_apart(record.title.as_deref(), &record.body) == anchor.quote);
    let nearest = like.min_by_key(|record| begins(record).abs_diff(then.0));
    Ok(nearest.map(|record| record.id.clone()))
}
