//! Writing down what a person decides: the one door to the corrections of the curation folder.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::path::Path;

use jiff::{SignedDuration, Timestamp};

use super::decision::{CorrectError, Decision, Revision, Target};
use super::decision_place::DecisionPlace;
use super::file_decisions::{FileDecisions, is_about};
use crate::annotate::Annotator;
use crate::curation::{
    Corrections, CurationFolder, are_about_the_same, check, check_text, indicator_row, stated,
};
use crate::model::{ArticleId, Change, Correction, EntryId, FileReport, Record, UnplacedReason};
use crate::search::Archive;

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
/// let seen = revision(&archive, &folder, "zzrb/page.txt", Some(&id))?;
/// // When it comes back:
/// let change = Change::Date(Days::read("2023-02-09").unwrap_or_default());
/// let at = jiff::Timestamp::now();
/// let decision = Decision { by: "丁".into(), why: "落款".into(), at };
/// match correct(&archive, corpus, &folder, &Target::Article(id), change, &decision, Some(&seen)) {
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
    decision: &Decision,
    seen: Option<&Revision>,
) -> Result<Correction, CorrectError> {
    let decision = ready(archive, corpus, target, change, decision)?;
    Ok(write(folder, vec![decision], seen)?.swap_remove(0))
}

/// Writes down what somebody decides at once: everything is checked before anything is written.
///
/// # Errors
/// As [`correct`], for the first change that cannot be made.
pub fn correct_all(
    archive: &Archive,
    corpus: &Path,
    folder: &CurationFolder,
    changes: Vec<(Target, Change)>,
    decision: &Decision,
) -> Result<Vec<Correction>, CorrectError> {
    let mut decision = decision.clone();
    let mut decisions = Vec::with_capacity(changes.len());
    for (target, change) in changes {
        decisions.push(ready(archive, corpus, &target, change, &decision)?);
        // They count in this order.
        decision.at = after(decision.at);
    }
    write(folder, decisions, None)
}

/// Takes back an entry about a file, another one that takes something back too. `file` is the file of
/// the corpus in whose corrections it stands; without it all are read.
///
/// # Errors
/// As [`correct`].
pub fn take_back(
    folder: &CurationFolder,
    file: Option<&str>,
    entry: &EntryId,
    decision: &Decision,
    seen: Option<&Revision>,
) -> Result<Correction, CorrectError> {
    let all = match file {
        Some(file) => Corrections::load_file(folder, file)?,
        None => Corrections::load(folder)?,
    };
    let of = all.entries().iter().find(|known| known.id == *entry);
    let of = of.ok_or_else(|| CorrectError::NoEntry(entry.clone()))?;
    let undo = Correction {
        id: EntryId::default(),
        change: Change::Undo(entry.clone()),
        was: of.change.field(),
        by: decision.by()?,
        at: decision.at.max(after(of.at)),
        why: decision.why(),
        ..of.clone()
    };
    let undo = ReadyDecision { entry: undo, report: None, article: None };
    Ok(write(folder, vec![undo], seen)?.swap_remove(0))
}

/// Which entries there are about an article, or, without one, about a file, under whatever names it had.
///
/// # Errors
/// When the folder or the index cannot be read.
pub fn revision(
    archive: &Archive,
    folder: &CurationFolder,
    file: &str,
    article: Option<&ArticleId>,
) -> Result<Revision, CorrectError> {
    let report = archive.file_report(file)?;
    let known = FileDecisions::load(folder, file, report.as_ref())?;
    let Some(id) = article else { return Ok(known.revision(None)) };
    let record = archive.get(id)?.into_iter().next();
    let record = record.ok_or_else(|| CorrectError::NoArticle(id.clone()))?;
    Ok(known.revision(Some(&record)))
}

/// Decisions about one thing follow each other by at least so much.
const MOMENT: SignedDuration = SignedDuration::from_millis(1);

/// A moment later; the end of time has none.
fn after(at: Timestamp) -> Timestamp {
    at.checked_add(MOMENT).unwrap_or(at)
}

/// A decision that can be made, with what the archive says of what it is about: of decisions on that some
/// may have been made under another name of the file or another id of the article.
struct ReadyDecision {
    entry: Correction,
    report: Option<FileReport>,
    article: Option<Record>,
}

/// Checks a decision.
fn ready(
    archive: &Archive,
    corpus: &Path,
    target: &Target,
    change: Change,
    decision: &Decision,
) -> Result<ReadyDecision, CorrectError> {
    check(&change, &Annotator::new()).map_err(CorrectError::Value)?;
    let DecisionPlace { article, anchor } = DecisionPlace::find(archive, corpus, target, &change)?;
    let was = match &article {
        Some(record) => {
            has_what_is_corrected(archive, record, &change)?;
            was(record, &change)
        }
        None => String::new(),
    };
    let report = archive.file_report(&anchor.file)?;
    let entry = Correction {
        id: EntryId::default(),
        article: article.as_ref().map(|record| record.id.clone()),
        anchor,
        change,
        was,
        by: decision.by()?,
        at: decision.at,
        why: decision.why(),
    };
    Ok(ReadyDecision { entry, report, article })
}

/// Appends entries, unless somebody decided on the same since `seen`.
fn write(
    folder: &CurationFolder,
    decisions: Vec<ReadyDecision>,
    seen: Option<&Revision>,
) -> Result<Vec<Correction>, CorrectError> {
    let turn = folder.lock()?;
    let mut files: HashMap<String, FileDecisions> = HashMap::new();
    let mut written: Vec<Correction> = Vec::with_capacity(decisions.len());
    for ReadyDecision { mut entry, report, article } in decisions {
        let known = match files.entry(entry.anchor.file.clone()) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unknown) => {
                let known = FileDecisions::load(folder, unknown.key(), report.as_ref())?;
                unknown.insert(known)
            }
        };
        let is_same = |other: &&Correction| match &article {
            Some(record) if is_about(other, record) => {
                let now = Correction { article: entry.article.clone(), ..(*other).clone() };
                are_about_the_same(&now, &entry)
            }
            _ => are_about_the_same(other, &entry),
        };
        let same: Vec<&Correction> = known.entries().filter(is_same).collect();
        if let Some(seen) = seen {
            let new = same.iter().filter(|other| !seen.knows(&other.id));
            let new: Vec<Correction> = new.map(|other| (*other).clone()).collect();
            if !new.is_empty() {
                return Err(CorrectError::Conflict(new));
            }
        }
        let same_file = written.iter().filter(|other| other.anchor.file == entry.anchor.file);
        let same_before = same_file.filter(|other| are_about_the_same(other, &entry));
        // Clocks differ: what is decided later is written as later. Whole milliseconds are readable.
        let last = same.into_iter().chain(same_before).map(|other| other.at).max();
        let at = last.map_or(entry.at, |last| entry.at.max(after(last)));
        entry.at = Timestamp::from_millisecond(at.as_millisecond()).unwrap_or(at);
        written.push(entry.identified());
    }
    Corrections::add(folder, &written, &turn)?;
    Ok(written)
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
            let found = indicator_row(record, row);
            found.map(drop).ok_or(CorrectError::Value(UnplacedReason::NoSuchRow))
        }
        Change::Text(text) => {
            check_text(record, text).map_err(|problem| CorrectError::Value(problem.into()))
        }
        Change::ReprintOf(id) if !id.is_empty() => exists(&ArticleId(id.clone())),
        Change::Joins(id) => exists(id),
        _ => Ok(()),
    }
}
