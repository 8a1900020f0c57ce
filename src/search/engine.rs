//! What an archive asks of an engine.

use std::collections::{BTreeSet, HashMap};
use std::ops::ControlFlow;

use super::counts::{FacetTotals, FacetsRequest, PeriodCounts, TermCounts};
use super::embedded::EmbeddedEngine;
use super::plan::{Condition, HitsRequest, ListedHits, Ranking};
use super::{Address, ScoreExplanation, SearchError, Sort, SortKey, Totals};
use crate::index::TermField;
use crate::model::{DistrictRole, FileReport, Record};

/// A term of a field, as an engine gives it.
pub(crate) struct ListedTerm<'a> {
    pub(crate) text: &'a str,
    /// Documents that have it; ones that are deleted can be among them.
    pub(crate) documents: u64,
    /// Finds the documents, without deleted ones.
    pub(crate) addresses: &'a dyn Fn() -> Result<Vec<Address>, SearchError>,
}

/// Receives terms until it breaks off.
pub(crate) type TermVisitor<'a> =
    dyn FnMut(&ListedTerm<'_>) -> Result<ControlFlow<()>, SearchError> + 'a;

/// Who answers what is asked of an archive. Questions and answers are values that name no engine; an
/// address means something to the engine that gave it alone.
pub(crate) trait SearchEngine: Send + Sync {
    /// Changes with what the archive holds.
    fn generation(&self) -> u64;

    /// Whether it is known which articles are reprints.
    fn knows_reprints(&self) -> bool;

    /// All documents, articles and reports on files.
    fn documents(&self) -> Result<u64, SearchError>;

    /// How many records are best asked for at once.
    fn batch(&self) -> usize;

    /// The articles at these addresses, in this order.
    fn records(&self, addresses: &[Address]) -> Result<Vec<Record>, SearchError>;

    fn file_report(&self, address: Address) -> Result<FileReport, SearchError>;

    /// The reports on all files, in the order of their paths.
    fn file_reports(&self) -> Result<Vec<FileReport>, SearchError>;

    /// How many documents have a term; ones that are deleted can be among them.
    fn frequency(&self, field: TermField, text: &str) -> Result<u64, SearchError>;

    /// How many terms a field has, more or less.
    fn term_count(&self, field: TermField) -> Result<u64, SearchError>;

    /// The distinct terms of a field that begin like this and are meant, in order.
    fn terms_that(
        &self,
        field: TermField,
        begins: &str,
        is_meant: &mut dyn FnMut(&str) -> bool,
    ) -> Result<Vec<String>, SearchError>;

    /// Gives the terms of a field that begin like this to `visit`, in order; one that is in several parts
    /// of an index comes once for each.
    fn each_term(
        &self,
        field: TermField,
        begins: &str,
        visit: &mut TermVisitor<'_>,
    ) -> Result<(), SearchError>;

    /// The places of these articles in the archive, by which they can be compared with each other.
    fn places(&self, addresses: &[Address]) -> Result<HashMap<Address, SortKey>, SearchError>;

    /// The documents that have any of these terms of a field, each with the place of the term in the list.
    /// Terms that ascend are looked up faster.
    fn having(
        &self,
        field: TermField,
        texts: &[&str],
    ) -> Result<Vec<(usize, Address)>, SearchError>;

    /// Gives the role and the path of each district that articles have to `visit`, some more than once.
    fn each_district(&self, visit: &mut dyn FnMut(DistrictRole, &str)) -> Result<(), SearchError>;

    /// The names of all indicators that articles state, folded.
    fn stated_names(&self) -> Result<BTreeSet<String>, SearchError>;

    /// How many documents match.
    fn count(&self, matching: &Condition) -> Result<u64, SearchError>;

    /// Counts the articles that match, and with reprints once.
    fn totals(&self, matching: &Condition) -> Result<Totals, SearchError>;

    /// Some documents that match, at most so many.
    fn some(&self, matching: &Condition, limit: usize) -> Result<Vec<Address>, SearchError>;

    /// Every document that matches, by day, or by place in the archive where the order would be by
    /// score. Takes 24 bytes of memory for each.
    fn every(&self, matching: &Condition, sort: Sort) -> Result<Vec<SortKey>, SearchError>;

    /// Whether a document matches.
    fn matches(&self, condition: &Condition, address: Address) -> Result<bool, SearchError>;

    /// The first hits of a list, and the counts of all.
    fn hits(&self, request: &HitsRequest<'_>) -> Result<ListedHits, SearchError>;

    /// The score of an article with its parts.
    fn explain(&self, ranking: &Ranking, address: Address)
    -> Result<ScoreExplanation, SearchError>;

    /// Counts what the articles that match have.
    fn facets(
        &self,
        matching: &Condition,
        request: FacetsRequest,
    ) -> Result<FacetTotals, SearchError>;

    /// Adds the articles that match to these counts.
    fn count_days(
        &self,
        matching: &Condition,
        counts: PeriodCounts,
    ) -> Result<PeriodCounts, SearchError>;

    /// Counts the articles by the keys of their terms of a field; without a condition all documents. Terms
    /// of one key stand together in the order of terms.
    fn count_by_term(
        &self,
        field: TermField,
        matching: Option<&Condition>,
        key_of: fn(&str) -> &str,
    ) -> Result<TermCounts, SearchError>;

    /// The embedded engine, for what no other one answers yet.
    ///
    /// # Errors
    /// When this is another one.
    fn embedded(&self) -> Result<&EmbeddedEngine, SearchError>;
}

impl dyn SearchEngine + '_ {
    /// The article at an address.
    pub(crate) fn record(&self, address: Address) -> Result<Record, SearchError> {
        Ok(self.records(&[address])?.swap_remove(0))
    }

    /// The distinct terms of a field that begin like this and are meant, in order.
    pub(crate) fn terms(
        &self,
        field: TermField,
        begins: &str,
        mut is_meant: impl FnMut(&str) -> bool,
    ) -> Result<Vec<String>, SearchError> {
        self.terms_that(field, begins, &mut is_meant)
    }
}
