//! Writing down what a person decides: the one door to the corrections of the curation folder.

use std::path::Path;

use jiff::{SignedDuration, Timestamp};

use super::decision::{CorrectError, Decision, Revision, Target, mark};
use super::decision_place::DecisionPlace;
use crate::annotate::Annotator;
use crate::curation::{
    Corrections, CurationError, CurationFolder, are_about_the_same, check, check_text, stated,
};
use crate::model::{ArticleId, Change, Correction, EntryId, Indicator, Record, UnplacedReason};
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
        at: decision.at.max(after(of.at)),
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

/// A moment later; the end of time has none.
fn after(at: Timestamp) -> Timestamp {
    at.checked_add(MOMENT).unwrap_or(at)
}

/// Appends an entry, unless somebody decided on the same since `seen`.
fn write(
    folder: &CurationFolder,
    entry: Correction,
    decision: Decision,
    seen: Option<&Revision>,
) -> Result<Correction, CorrectError> {
    let Decision { by, why, .. } = decision;
    let (by, why) = (by.trim().to_owned(), why.trim().to_owned());
    if by.is_empty() {
        return Err(CorrectError::Nobody);
    }
    let mut entry = Correction { by, why, ..entry };
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
        entry.at = entry.at.max(after(last));
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
            let is_it = |known: &&Indicator| known.quote == row.quote;
            let found = record.indicators.iter().find(is_it);
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
