//! An article by its id, or by the start of it; what it is called and where it stands.

use crate::model::{ArticleId, LineRange, Record};
use crate::search::{Archive, SearchError};

/// The result of looking up an id or a prefix of one.
#[derive(Debug, Clone, PartialEq)]
pub enum Identified {
    /// No article's id begins like this.
    Nothing,
    /// One article; several only where files of one name and with one text give one id.
    Article(Vec<Record>),
    /// Several ids begin like this: some of the articles, and how many there are.
    Several(Vec<Record>, u64),
}

/// Why an id leads to no single article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoSingle {
    /// No article's id begins like this.
    Nothing,
    /// So many do.
    Several(u64),
}

/// Articles that are read to see whether they are one and the same.
const FIRST: usize = 20;

/// Looks up an id or the start of one. Of several at most 20 are given.
///
/// # Errors
/// When the index cannot be read.
pub fn find(archive: &Archive, id: &str) -> Result<Identified, SearchError> {
    // Ids are in lower case; some programs change that of what they keep.
    let id = ArticleId(id.to_ascii_lowercase());
    let (mut found, total) = archive.with_id_prefix(&id, FIRST)?;
    let are_one = |found: &[Record]| found.iter().all(|record| record.id == found[0].id);
    if found.is_empty() {
        return Ok(Identified::Nothing);
    }
    // Ids have one length: where one is written out, nothing else begins like it.
    if total > found.len() as u64 && are_one(&found) {
        found = archive.get(&id)?;
    }
    if are_one(&found) {
        return Ok(Identified::Article(found));
    }
    found.truncate(FIRST);
    Ok(Identified::Several(found, total))
}

/// The one article whose id this is or begins so. Several of one id have one text: any will do.
///
/// # Errors
/// When the index cannot be read; within, why there is no such article.
pub fn find_single(archive: &Archive, id: &str) -> Result<Result<Record, NoSingle>, SearchError> {
    Ok(match find(archive, id)? {
        Identified::Article(found) => found.into_iter().next().ok_or(NoSingle::Nothing),
        Identified::Nothing => Err(NoSingle::Nothing),
        Identified::Several(_, count) => Err(NoSingle::Several(count)),
    })
}

/// The title, or the first words where there is none.
#[must_use]
pub fn name(record: &Record) -> String {
    const FIRST: usize = 24;
    if let Some(title) = &record.title {
        return title.clone();
    }
    let first = record.body.trim_start().lines().next().unwrap_or_default();
    let mut shown: String = first.chars().take(FIRST).collect();
    if shown.len() < first.len() {
        shown.push('…');
    }
    shown
}

/// Lines as people write them: `3-21,40`.
#[must_use]
pub fn lines(ranges: &[LineRange]) -> String {
    let shown = ranges.iter().map(|&LineRange(first, last)| {
        if first == last { first.to_string() } else { format!("{first}-{last}") }
    });
    shown.collect::<Vec<_>>().join(",")
}
