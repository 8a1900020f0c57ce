//! Writing down what a person decides: the one door to the corrections of the curation folder.

use std::fmt;
use std::path::Path;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::source_file::{FileState, ReadMode, SourceError, SourceLine};
use super::source_view::{LineSelection, source_view};
use crate::annotate::Annotator;
use crate::curation::{
    Corrections, CurationError, CurationFolder, are_about_the_same, check, quote_of,
    quote_of_apart, stated,
};
use crate::model::{
    Anchor, ArticleId, Change, Correction, EntryId, FileReport, LineRange, LineRole, Record,
    UnplacedReason,
};
use crate::search::{Archive, SearchError};

/// What a decision is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// An article.
    Article(ArticleId),
    /// Lines of a file, in this order.
    Lines {
        /// The file, below the corpus folder.
        file: String,
        /// Rows of the source view, counted from 1: of a text they are its lines.
        rows: Vec<LineRange>,
    },
}

/// Who decided, why, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The person's name.
    pub by: String,
    /// Empty where nothing is said.
    pub why: String,
    /// The time; a later one is written if what it replaces was decided after it.
    pub at: Timestamp,
}

/// Which entries a person had before them who decides: a form carries it. See [`revision`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Revision(pub String);

/// Why a decision is not written down.
#[derive(Debug, Error)]
pub enum CorrectError {
    /// No article has the id.
    #[error("no article has the id {0}; `dibao search` prints ids")]
    NoArticle(ArticleId),
    /// The archive has no such file.
    #[error("{0}: the archive has no such file; name it as it stands below the corpus folder")]
    NoFile(String),
    /// The file has changed since it was ingested.
    #[error("{0}: it has changed since it was ingested; run `dibao ingest`, then decide again")]
    Changed(String),
    /// The lines are not in the file, or blank.
    #[error("{file}: it has no text in lines {lines}")]
    NoLines {
        /// The file.
        file: String,
        /// The lines as people write them.
        lines: String,
    },
    /// The change needs lines of a file, or an article.
    #[error("{field}: expected {expected}")]
    Target {
        /// The field of the change.
        field: String,
        /// What it can be about, in English.
        expected: &'static str,
    },
    /// The articles of the file are kept apart by the file itself.
    #[error("{0}: the file states its articles one by one, so that they are not cut otherwise")]
    KeptApart(String),
    /// The value is not known, or the article has not what is corrected.
    #[error("{0}")]
    Value(UnplacedReason),
    /// Nobody is named.
    #[error("no name; say who decides with --by or DIBAO_EDITOR")]
    Nobody,
    /// No entry has the id.
    #[error("no entry has the id {0}; `dibao curate list` prints ids")]
    NoEntry(EntryId),
    /// Somebody has decided on the same since.
    #[error("{} decided on the same meanwhile; look at it, then decide again", names(.0))]
    Conflict(Vec<Correction>),
    /// The source cannot be read.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// The index cannot be read.
    #[error(transparent)]
    Search(#[from] SearchError),
    /// The folder cannot be used.
    #[error(transparent)]
    Curation(#[from] CurationError),
}

/// The names of those who decided, each once.
pub(super) fn names(entries: &[Correction]) -> String {
    let mut names: Vec<&str> = entries.iter().map(|entry| entry.by.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    names.join(", ")
}

/// Writes down a decision. It is in the archive when the file has been ingested again
/// ([`Correction::anchor`] says which).
///
/// | change | target |
/// |---|---|
/// | `Begins` | the line that an article begins with |
/// | `Joins(second)` | the article that it goes on |
/// | `Lines(role)`, `Pieces` | the lines |
/// | all others | the article |
///
/// `seen` is what [`revision`] said when the person was shown what is known; without it nothing is
/// compared. Undo an entry with [`take_back`].
///
/// ```no_run
/// use dibao::curation::CurationFolder;
/// use dibao::model::{ArticleId, Change, Days};
/// use dibao::present::{CorrectError, Decision, Target, correct, revision};
/// use dibao::search::Archive;
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let corpus = std::path::Path::new("corpus");
/// let folder = CurationFolder::beside(corpus);
/// let archive = Archive::open(std::path::Path::new("index"))?;
/// let id = ArticleId("k7q2m9x4t1vd".into());
/// // When the form is shown:
/// let seen = revision(&folder, "zzrb/page.txt", Some(&id))?;
/// // When it comes back:
/// let change = Change::Date(Days::read("2023-02-09").unwrap_or_default());
/// let at = jiff::Timestamp::now();
/// let decision = Decision { by: "丁".into(), why: "落款".into(), at };
/// match correct(&archive, corpus, &folder, &Target::Article(id), change, decision, Some(&seen)) {
///     Ok(written) => println!("{}: ingest {} again", written.id, written.anchor.file),
///     Err(CorrectError::Conflict(others)) => println!("{others:?}"),
///     Err(error) => return Err(error.into()),
/// }
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// When there is no such article or file, when the file has changed since it was ingested, when the
/// value is not known, when somebody decided on the same since `seen`, and when something cannot be
/// read or written. Then nothing is written.
pub fn correct(
    archive: &Archive,
    corpus: &Path,
    folder: &CurationFolder,
    target: &Target,
    change: Change,
    decision: Decision,
    seen: Option<&Revision>,
) -> Result<Correction, CorrectError> {
    check(&change, &Annotator::new()).map_err(CorrectError::Value)?;
    let place = DecisionPlace::find(archive, corpus, target, &change)?;
    let was = match &place.article {
        Some(record) => {
            has_what_is_corrected(archive, record, &change)?;
            was(record, &change)
        }
        None => String::new(),
    };
    let entry = Correction {
        id: EntryId::default(),
        article: place.article.map(|record| record.id),
        anchor: place.anchor,
        change,
        was,
        by: String::new(),
        at: decision.at,
        why: String::new(),
    };
    write(folder, entry, decision, seen)
}

/// Takes back an entry about a file, another one that takes something back too.
///
/// # Errors
/// As [`correct`].
pub fn take_back(
    folder: &CurationFolder,
    entry: &EntryId,
    decision: Decision,
    seen: Option<&Revision>,
) -> Result<Correction, CorrectError> {
    let all = Corrections::load(folder)?;
    let of = all.entries().iter().find(|known| known.id == *entry);
    let of = of.ok_or_else(|| CorrectError::NoEntry(entry.clone()))?;
    let undo = Correction {
        id: EntryId::default(),
        change: Change::Undo(entry.clone()),
        was: of.change.field(),
        by: String::new(),
        at: decision.at.max(of.at + MOMENT),
        why: String::new(),
        ..of.clone()
    };
    write(folder, undo, decision, seen)
}

/// Which entries there are about an article, or, without one, about a file: of each the beginning of
/// its id.
///
/// # Errors
/// When the folder cannot be read.
pub fn revision(
    folder: &CurationFolder,
    file: &str,
    article: Option<&ArticleId>,
) -> Result<Revision, CurationError> {
    let known = Corrections::load_file(folder, file)?;
    let about = known
        .entries()
        .iter()
        .filter(|entry| article.is_none() || entry.article.as_ref() == article);
    Ok(Revision(about.map(|entry| mark(&entry.id)).collect()))
}

/// Every entry about an article, or, without one, about a file, in the order of decisions, each with
/// the one that took it back.
///
/// # Errors
/// When the folder cannot be read.
pub fn history(
    folder: &CurationFolder,
    file: &str,
    article: Option<&ArticleId>,
) -> Result<Vec<(Correction, Option<Correction>)>, CurationError> {
    let known = Corrections::load_file(folder, file)?;
    let about = known
        .entries()
        .iter()
        .filter(|entry| article.is_none() || entry.article.as_ref() == article);
    Ok(about.map(|entry| (entry.clone(), known.undone_by(&entry.id).cloned())).collect())
}

/// Decisions about one thing follow each other by at least so much.
const MOMENT: SignedDuration = SignedDuration::from_millis(1);

/// Characters of an id that tell it from others of one file.
const MARK: usize = 6;

fn mark(id: &EntryId) -> String {
    format!("{:_<MARK$}", id.0.chars().take(MARK).collect::<String>())
}

impl Revision {
    fn knows(&self, entry: &EntryId) -> bool {
        let mark = mark(entry);
        let marks: Vec<char> = self.0.chars().collect();
        marks.chunks(MARK).any(|known| known.iter().copied().eq(mark.chars()))
    }
}

impl fmt::Display for Revision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Appends an entry, unless somebody decided on the same since `seen`.
fn write(
    folder: &CurationFolder,
    entry: Correction,
    decision: Decision,
    seen: Option<&Revision>,
) -> Result<Correction, CorrectError> {
    let by = decision.by.trim().to_owned();
    if by.is_empty() {
        return Err(CorrectError::Nobody);
    }
    let mut entry = Correction { by, why: decision.why.trim().to_owned(), ..entry };
    let turn = folder.lock()?;
    let known = Corrections::load_file(folder, &entry.anchor.file)?;
    let same: Vec<&Correction> =
        known.entries().iter().filter(|other| are_about_the_same(other, &entry)).collect();
    if let Some(seen) = seen {
        let new = same.iter().filter(|other| !seen.knows(&other.id));
        let new: Vec<Correction> = new.map(|other| (*other).clone()).collect();
        if !new.is_empty() {
            return Err(CorrectError::Conflict(new));
        }
    }
    // Clocks differ: what is decided later is written as later. Whole milliseconds are readable.
    if let Some(last) = same.iter().map(|other| other.at).max() {
        entry.at = entry.at.max(last + MOMENT);
    }
    let millisecond = Timestamp::from_millisecond(entry.at.as_millisecond());
    entry.at = millisecond.unwrap_or(entry.at);
    let entry = entry.identified();
    Corrections::add(folder, &entry, &turn)?;
    Ok(entry)
}

/// What the program said of a field: where a person has corrected it before, what it says without
/// that.
fn was(record: &Record, change: &Change) -> String {
    let field = change.field();
    let before = match change {
        Change::Indicator(_) | Change::Text(_) | Change::Confirms(_) => None,
        _ => record.corrections.iter().find(|applied| applied.field == field),
    };
    before.map_or_else(|| stated(record, change), |applied| applied.was.clone())
}

/// Checks that what a change speaks of is there.
fn has_what_is_corrected(
    archive: &Archive,
    record: &Record,
    change: &Change,
) -> Result<(), CorrectError> {
    let exists = |id: &ArticleId| match archive.get(id)?.as_slice() {
        [] => Err(CorrectError::NoArticle(id.clone())),
        _ => Ok(()),
    };
    match change {
        Change::Indicator(row) => {
            let is_it = |known: &&crate::model::Indicator| known.quote == row.quote;
            let found = record.indicators.iter().find(is_it);
            found.map(drop).ok_or(CorrectError::Value(UnplacedReason::NoSuchRow))
        }
        Change::Text(text) => {
            let printed = record.head().chain([record.body.as_str()]);
            let mut printed = printed.chain(record.printed.iter().map(String::as_str));
            let is_there = !text.from.is_empty() && printed.any(|part| part.contains(&text.from));
            if is_there { Ok(()) } else { Err(CorrectError::Value(UnplacedReason::NoSuchText)) }
        }
        Change::ReprintOf(id) if !id.is_empty() => exists(&ArticleId(id.clone())),
        Change::Joins(id) => exists(id),
        _ => Ok(()),
    }
}

/// Where a decision is made.
struct DecisionPlace {
    article: Option<Record>,
    anchor: Anchor,
}

impl DecisionPlace {
    fn find(
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
                let lines = lines_of(archive, corpus, &report, &second)?;
                let first: Vec<SourceLine> = lines.into_iter().take(1).collect();
                let anchor = anchor(&report, &first, &second.lines)?;
                Ok(Self { article: Some(article), anchor })
            }
            (Target::Article(_), Change::Begins | Change::Lines(_) | Change::Pieces) => {
                Err(expected("lines of a file"))
            }
            (Target::Article(id), _) => {
                let article = record(archive, id)?;
                let report = report(archive, &article.source)?;
                let anchor = if report.roles.is_empty() {
                    Anchor {
                        file: report.source,
                        content: report.hash,
                        lines: article.lines.clone(),
                        quote: quote_of_apart(article.title.as_deref(), &article.body),
                    }
                } else {
                    let lines = lines_of(archive, corpus, &report, &article)?;
                    anchor(&report, &lines, &article.lines)?
                };
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
        let (file, lines) = (report.source.clone(), super::lines(asked));
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
