//! Tags, notes and collections of the folder, given to an archive: where an article has another id now,
//! it is found by its place in the texts.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use std::sync::Arc;

use super::decision_place::article_anchor;
use super::source_file::ReadMode;
use super::source_view::{LineSelection, SourceView, source_view};
use crate::curation::{NoteFiles, Noted, quote_of, quote_of_apart};
use crate::model::{Anchor, ArticleId, FileReport, LineRange, Record};
use crate::search::{Archive, SearchError};

/// Lines around its old place in which an article of a file of articles is looked for.
const NEAR: u32 = 50;
/// How much two articles must have in common to be one: lines of both by lines of either.
const MIN_COMMON: f64 = 0.5;

/// Where the articles that are noted are now, of those that have other ids there: known for one state of
/// an index, so that a note more has no file read again.
#[derive(Debug, Clone, Default)]
pub struct PlacedNotes {
    known: HashMap<ArticleId, (Anchor, Option<ArticleId>)>,
}

/// The archive with what is in the files, and what is about articles that it does not have any more.
/// `places` are those that were found in the same state of the index before; what is found is added.
///
/// # Errors
/// When the index cannot be read.
pub fn with_notes(
    archive: Archive,
    files: &NoteFiles,
    corpus: &Path,
    places: &mut PlacedNotes,
) -> Result<(Archive, Vec<Noted>), SearchError> {
    let mut noted = files.noted();
    let missing: BTreeSet<ArticleId> =
        archive.ids_of_none(noted.iter().map(|noted| &noted.article))?.into_iter().collect();
    noted.retain(|noted| missing.contains(&noted.article));
    // Of one file one after the other.
    noted.sort_by(|a, b| (&a.anchor.file, &a.article).cmp(&(&b.anchor.file, &b.article)));
    // What was said about an article that was joined to another one is said about that.
    let mut moved = archive.former_ids()?;
    let mut unplaced = Vec::new();
    let mut files_read = NotedFiles { archive: &archive, corpus, reports: None, views: None };
    for noted in noted {
        let known = places.known.get(&noted.article).filter(|known| known.0 == noted.anchor);
        let now = if let Some((_, now)) = known {
            now.clone()
        } else {
            let now = files_read.placed(&noted.anchor)?;
            let known = (noted.anchor.clone(), now.clone());
            places.known.insert(noted.article.clone(), known);
            now
        };
        match now {
            Some(now) => {
                moved.insert(noted.article, now);
            }
            // What was taken back says nothing that could be lost.
            None if noted.said.is_empty() => {}
            None => unplaced.push(noted),
        }
    }
    unplaced.sort_by(|a, b| a.article.cmp(&b.article));
    let notebook = Arc::new(files.notebook(&moved));
    Ok((archive.with_notebook(notebook), unplaced))
}

/// Where articles stand, each; without what is quoted where their file cannot be read.
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
        let anchor = report.as_ref().map(|of| article_anchor(archive, corpus, of, record));
        anchors.push(anchor.and_then(Result::ok).unwrap_or_else(|| Anchor {
            file: record.source.clone(),
            content: report.as_ref().map(|report| report.hash.clone()).unwrap_or_default(),
            lines: record.lines.clone(),
            quote: Vec::new(),
        }));
    }
    Ok(anchors)
}

/// The files in which noted articles are looked for.
struct NotedFiles<'a> {
    archive: &'a Archive,
    corpus: &'a Path,
    /// Read when the first file is gone.
    reports: Option<Vec<FileReport>>,
    /// The lines of files that were read for anchors in the file of this name.
    views: Option<(String, HashMap<String, Option<SourceView>>)>,
}

impl NotedFiles<'_> {
    /// The article that is there now; `None` where nothing is like it. A file that has gone is another
    /// one with the same content, else the only one of its name, in another folder, that has an article
    /// there.
    fn placed(&mut self, anchor: &Anchor) -> Result<Option<ArticleId>, SearchError> {
        if let Some(report) = self.archive.file_report(&anchor.file)? {
            return self.in_file(anchor, &report);
        }
        let reports = match self.reports.take() {
            Some(reports) => reports,
            None => self.archive.file_reports()?,
        };
        let found = self.in_files(anchor, &reports);
        self.reports = Some(reports);
        found
    }

    fn in_files(
        &mut self,
        anchor: &Anchor,
        reports: &[FileReport],
    ) -> Result<Option<ArticleId>, SearchError> {
        if let Some(report) = reports.iter().find(|report| is_same(report, anchor)) {
            return self.in_file(anchor, report);
        }
        let name = |source: &str| source.rsplit('/').next().unwrap_or(source).to_owned();
        let wanted = name(&anchor.file);
        let mut found = Vec::new();
        for report in reports.iter().filter(|report| name(&report.source) == wanted) {
            found.extend(self.in_file(anchor, report)?);
        }
        Ok(if found.len() == 1 { found.pop() } else { None })
    }

    /// The article of a file: by the numbers of its lines where the file is the same, as long as the
    /// first of them is in one article alone (many lines of a web page can come from one); else by what
    /// is quoted.
    fn in_file(
        &mut self,
        anchor: &Anchor,
        report: &FileReport,
    ) -> Result<Option<ArticleId>, SearchError> {
        if is_same(report, anchor) {
            let first = anchor.lines.first().map_or(0, |own| own.0);
            let last = anchor.lines.iter().map(|own| own.1).max().unwrap_or_default();
            let own = LineRange(first, last.max(first));
            let mut there = self.archive.articles_in_lines(&report.source, own)?;
            there.retain(|record| record.lines.iter().any(|own| own.0 <= first && first <= own.1));
            if let [only] = there.as_slice() {
                let is_it = common(&only.lines, &anchor.lines) >= MIN_COMMON;
                return Ok(is_it.then(|| only.id.clone()));
            }
        }
        if stands_apart(report) {
            return headline_near(self.archive, &report.source, anchor);
        }
        Ok(self.view(anchor, report).and_then(|view| quoted(view, anchor)))
    }

    /// The lines of a file; `None` if it cannot be read.
    fn view(&mut self, anchor: &Anchor, report: &FileReport) -> Option<&SourceView> {
        let views = match self.views.take() {
            Some(views) if views.0 == anchor.file => views,
            _ => (anchor.file.clone(), HashMap::new()),
        };
        let views = &mut self.views.insert(views).1;
        let view = views.entry(report.source.clone()).or_insert_with(|| {
            let all = LineSelection::From(1);
            source_view(self.archive, self.corpus, report, all, ReadMode::Full).ok()
        });
        view.as_ref()
    }
}

/// Whether a file is as it was.
fn is_same(report: &FileReport, anchor: &Anchor) -> bool {
    !anchor.content.is_empty() && report.hash == anchor.content
}

/// Whether a file keeps its articles apart.
fn stands_apart(report: &FileReport) -> bool {
    report.roles.is_empty()
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

/// The article that owns the first of the lines whose first and last ones are quoted, if it has enough of
/// them: where they are now, of several places nearest to where they were. `None` if one is not found.
fn quoted(view: &SourceView, anchor: &Anchor) -> Option<ArticleId> {
    let each = if anchor.quote.len() == anchor.lines.len() { 1 } else { 2 };
    let lines = &view.lines;
    let places_of = |quote: &str| -> Vec<usize> {
        let same = (0..lines.len()).filter(|&row| quote_of(&lines[row].text) == quote);
        same.collect()
    };
    let mut rows: BTreeSet<usize> = BTreeSet::new();
    let mut first_row = None;
    for (then, quote) in anchor.lines.iter().zip(anchor.quote.chunks(each)) {
        let (first, last) = (quote.first()?, quote.last()?);
        let number = |row: usize| lines[row].number;
        let from = places_of(first).into_iter().min_by_key(|&row| number(row).abs_diff(then.0))?;
        let length = then.1.saturating_sub(then.0);
        let ends = places_of(last).into_iter().filter(|&row| row >= from);
        let wanted = number(from).saturating_add(length);
        let to = ends.min_by_key(|&row| number(row).abs_diff(wanted))?;
        rows.extend(from..=to);
        first_row = first_row.or(Some(from));
    }
    let owner = lines.get(first_row?)?.owner?;
    let is_filled = |row: &usize| !lines[*row].text.trim().is_empty();
    rows.retain(is_filled);
    let own: BTreeSet<usize> =
        (0..lines.len()).filter(|&row| lines[row].owner == Some(owner)).filter(is_filled).collect();
    let (both, either) = (rows.intersection(&own).count(), rows.union(&own).count());
    let record = view.articles.iter().find(|record| record.ordinal == owner)?;
    (both as f64 >= MIN_COMMON * either as f64).then(|| record.id.clone())
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
