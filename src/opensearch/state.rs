//! The state of an archive: which commits count, who writes, where the articles are from.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::lease::Lease;
use super::mapping::COMMIT;
use crate::index::{CorpusIdentity, FILE, names};

/// Values in one list of a query at most: an index takes no more.
const MAX_TERMS: usize = 60_000;
/// Commits that were given up and are remembered: a writer that was believed dead can still send something.
const MAX_ABANDONED: usize = 64;

/// What an archive says of itself. One document, which is replaced as a whole, and only by whoever knew
/// the one before.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CommitState {
    /// The last commit that counts.
    pub(crate) commit: u64,
    /// The commit that documents are written for next; no number is given twice.
    pub(crate) next: u64,
    /// Commits before the last one that do not count.
    pub(crate) abandoned: BTreeSet<u64>,
    /// Files of which nothing that belongs to commits before the last one counts, until it is deleted.
    pub(crate) replaced: BTreeSet<String>,
    /// Files whose reports before the last commit do not count, while their articles do.
    pub(crate) replaced_reports: BTreeSet<String>,
    /// Who writes.
    pub(crate) writer: Option<Lease>,
    /// Where the articles are from.
    pub(crate) corpus: Option<CorpusIdentity>,
    /// Text of the user's own dictionary.
    pub(crate) user_words: Option<String>,
    /// Version of the program that made the index: for people.
    pub(crate) program: String,
}

impl CommitState {
    /// Takes the next commit away from a writer that is gone.
    pub(super) fn abandon(&mut self) {
        self.abandoned.insert(self.next);
        while self.abandoned.len() > MAX_ABANDONED {
            self.abandoned.pop_first();
        }
        self.next += 1;
    }

    /// What counts, as clauses that a document must satisfy.
    pub(crate) fn visible(&self) -> Vec<Value> {
        let mut clauses = vec![json!({"range": {COMMIT: {"lte": self.commit}}})];
        let dead = self.dead();
        if !dead.is_empty() {
            clauses.push(json!({"bool": {"must_not": dead}}));
        }
        clauses
    }

    /// What does not count, as clauses of which a document satisfies one; all of it can be deleted.
    pub(super) fn dead(&self) -> Vec<Value> {
        let before = json!({"range": {COMMIT: {"lt": self.commit}}});
        let mut dead = Vec::new();
        if !self.abandoned.is_empty() {
            dead.push(json!({"terms": {COMMIT: self.abandoned}}));
        }
        let lists = |sources: &BTreeSet<String>| -> Vec<Value> {
            let sources: Vec<&String> = sources.iter().collect();
            let lists = sources.chunks(MAX_TERMS);
            lists.map(|sources| json!({"terms": {names::SOURCE: sources}})).collect()
        };
        for list in lists(&self.replaced) {
            dead.push(json!({"bool": {"filter": [list, before]}}));
        }
        for list in lists(&self.replaced_reports) {
            let reports = json!({"term": {names::MARKER: FILE}});
            dead.push(json!({"bool": {"filter": [list, reports, before]}}));
        }
        dead
    }
}
