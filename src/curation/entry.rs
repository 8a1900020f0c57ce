//! What the entries of every file of the folder have in common: a name, a time, and that one can be
//! taken back.

use std::collections::HashSet;

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use crate::model::EntryId;

/// An entry of a file.
pub(super) trait LogEntry: Serialize {
    /// Its name; empty where it was written by hand without one.
    fn id(&self) -> &EntryId;
    /// Gives it a name.
    fn set_id(&mut self, id: EntryId);
    /// When it was written.
    fn at(&self) -> Timestamp;
    /// Has it written then.
    fn set_at(&mut self, at: Timestamp);
    /// The entry that it takes back.
    fn undoes(&self) -> Option<&EntryId>;
}

/// Names new entries of a file, which come after those that are there: a clock that was set back would
/// put them before what they are about.
pub(super) fn behind<T: LogEntry>(known: &[T], mut new: Vec<T>) -> Vec<T> {
    let last = known.iter().map(LogEntry::at).max();
    let first = new.iter().map(LogEntry::at).min();
    if let (Some(last), Some(first)) = (last, first)
        && first <= last
    {
        let later = first.duration_until(last) + SignedDuration::from_micros(1);
        for entry in &mut new {
            let at = entry.at().checked_add(later).unwrap_or(last);
            entry.set_at(at);
        }
    }
    new.into_iter().map(named).collect()
}

/// Names an entry by all else that it says, so that equal ones have one name.
fn named<T: LogEntry>(mut entry: T) -> T {
    entry.set_id(EntryId::default());
    // Strings, numbers and lists always become JSON.
    let said = serde_json::to_string(&entry).unwrap_or_default();
    entry.set_id(EntryId::of(&said));
    entry
}

/// The entries that count, oldest first, in whatever order they stand: each once, without those that
/// were taken back. What takes an entry back can be taken back itself; only what is older can be.
pub(super) fn in_force<T: LogEntry>(entries: Vec<T>) -> Vec<T> {
    let named =
        entries.into_iter().map(|entry| if entry.id().0.is_empty() { named(entry) } else { entry });
    let mut entries: Vec<T> = named.collect();
    entries.sort_by(|a, b| a.at().cmp(&b.at()).then_with(|| a.id().cmp(b.id())));
    entries.dedup_by(|a, b| a.id() == b.id());
    let mut taken_back: HashSet<EntryId> = HashSet::new();
    let mut kept = Vec::with_capacity(entries.len());
    for entry in entries.into_iter().rev() {
        if taken_back.contains(entry.id()) {
            continue;
        }
        match entry.undoes() {
            Some(other) => {
                taken_back.insert(other.clone());
            }
            None => kept.push(entry),
        }
    }
    kept.reverse();
    kept
}
