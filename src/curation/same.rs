//! Which decisions are about the same thing, so that the later one counts.

use std::collections::{HashMap, HashSet};

use crate::model::{Change, Correction, EntryId, IndicatorCorrection, LineRange};

/// What of an article a decision is about: the field, and which part of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct DecisionSubject {
    field: String,
    part: Vec<String>,
}

/// What a decision is about.
pub(super) fn subject(change: &Change) -> DecisionSubject {
    let part = match change {
        Change::Indicator(row) => vec![row.quote.clone(), row.row.clone()],
        Change::Text(text) => vec![text.before.clone(), text.from.clone(), text.after.clone()],
        Change::Confirms(review) => vec![review.as_str().to_owned()],
        Change::Undo(entry) => vec![entry.0.clone()],
        _ => Vec::new(),
    };
    DecisionSubject { field: change.field(), part }
}

/// Whether two decisions on one file are about the same thing: lines that they share, or the same of
/// one article.
#[must_use]
pub fn are_about_the_same(one: &Correction, other: &Correction) -> bool {
    if one.change.is_structural() && other.change.is_structural() {
        let meets = |LineRange(first, last): LineRange| {
            lines(other).iter().any(|lines| first <= lines.1 && lines.0 <= last)
        };
        return lines(one).iter().any(|lines| meets(*lines));
    }
    let is_same = match (&one.change, &other.change) {
        (Change::Indicator(one), Change::Indicator(other)) => {
            let is_named = |by: &IndicatorCorrection, row: &str| by.name.as_deref() == Some(row);
            let one_row = one.row == other.row || is_named(one, &other.row);
            one.quote == other.quote && (one_row || is_named(other, &one.row))
        }
        (one, other) => subject(one) == subject(other),
    };
    one.article == other.article && is_same
}

/// The lines that a decision changes. What is joined has the first line of the article that it goes on
/// behind its own.
fn lines(entry: &Correction) -> &[LineRange] {
    let lines = &entry.anchor.lines;
    if matches!(entry.change, Change::Joins(_)) { &lines[..lines.len().min(1)] } else { lines }
}

/// Those of the entries, which are in the order of decisions, in whose place a later one counts.
/// Decisions about lines are done one after the other, so that all of them count.
#[must_use]
pub fn replaced<'c>(entries: impl Iterator<Item = &'c Correction>) -> HashSet<&'c EntryId> {
    let mut last = HashMap::new();
    let of_articles = entries.filter(|entry| !entry.change.is_structural());
    let replaced = of_articles.filter_map(|entry| {
        last.insert((&entry.article, &entry.anchor.file, subject(&entry.change)), &entry.id)
    });
    replaced.collect()
}
