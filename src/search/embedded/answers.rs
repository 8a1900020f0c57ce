//! What the embedded engine answers of what an archive asks.

use std::collections::{BTreeSet, HashMap};

use super::EmbeddedEngine;
use super::terms::TermStep;
use crate::index::{TermField, name_of_term};
use crate::model::{DistrictRole, FileReport, Record};
use crate::search::counts::{FacetTotals, FacetsRequest, PeriodCounts, TermCounts};
use crate::search::engine::{ListedTerm, SearchEngine, TermVisitor};
use crate::search::plan::{Condition, HitsRequest, ListedHits, Ranking};
use crate::search::{Address, ScoreExplanation, SearchError, Sort, SortKey, Totals};

impl SearchEngine for EmbeddedEngine {
    fn generation(&self) -> u64 {
        self.generation
    }

    fn knows_reprints(&self) -> bool {
        self.ranks.stored().is_some()
    }

    fn documents(&self) -> Result<u64, SearchError> {
        Ok(self.searcher.num_docs())
    }

    fn batch(&self) -> usize {
        1
    }

    fn records(&self, addresses: &[Address]) -> Result<Vec<Record>, SearchError> {
        addresses.iter().map(|&address| self.record(address)).collect()
    }

    fn file_report(&self, address: Address) -> Result<FileReport, SearchError> {
        self.stored(address)
    }

    fn file_reports(&self) -> Result<Vec<FileReport>, SearchError> {
        self.all_file_reports()
    }

    fn frequency(&self, field: TermField, text: &str) -> Result<u64, SearchError> {
        self.frequency(field, text)
    }

    fn term_count(&self, field: TermField) -> Result<u64, SearchError> {
        self.term_count(field)
    }

    fn terms_that(
        &self,
        field: TermField,
        begins: &str,
        is_meant: &mut dyn FnMut(&str) -> bool,
    ) -> Result<Vec<String>, SearchError> {
        let mut found = BTreeSet::new();
        self.each_term(field, begins, &mut |term| {
            if is_meant(term.text) {
                found.insert(term.text.to_owned());
            }
            Ok(TermStep::Next)
        })?;
        Ok(found.into_iter().collect())
    }

    fn each_term(
        &self,
        field: TermField,
        begins: &str,
        visit: &mut TermVisitor<'_>,
    ) -> Result<(), SearchError> {
        let mut is_enough = false;
        self.each_term(field, begins, &mut |term| {
            let addresses = || term.addresses();
            let listed =
                ListedTerm { text: term.text, documents: term.documents, addresses: &addresses };
            is_enough = is_enough || visit(&listed)?.is_break();
            Ok(if is_enough { TermStep::Leave } else { TermStep::Next })
        })
    }

    fn places(&self, addresses: &[Address]) -> Result<HashMap<Address, SortKey>, SearchError> {
        let order = self.article_order()?;
        let keys = addresses.iter().filter_map(|&address| Some((address, order.key_of(address)?)));
        Ok(keys.collect())
    }

    fn having(
        &self,
        field: TermField,
        texts: &[&str],
    ) -> Result<Vec<(usize, Address)>, SearchError> {
        self.having(field, texts)
    }

    fn each_district(&self, visit: &mut dyn FnMut(DistrictRole, &str)) -> Result<(), SearchError> {
        self.each_district(visit)
    }

    fn stated_names(&self) -> Result<BTreeSet<String>, SearchError> {
        let mut names = BTreeSet::new();
        self.each_term(TermField::Figure, "", &mut |term| {
            let (name, next) = name_of_term(term.text);
            names.insert(name.to_owned());
            Ok(TermStep::From(next))
        })?;
        Ok(names)
    }

    fn count(&self, matching: &Condition) -> Result<u64, SearchError> {
        self.count(matching)
    }

    fn totals(&self, matching: &Condition) -> Result<Totals, SearchError> {
        self.totals(matching)
    }

    fn some(&self, matching: &Condition, limit: usize) -> Result<Vec<Address>, SearchError> {
        self.some(matching, limit)
    }

    fn every(&self, matching: &Condition, sort: Sort) -> Result<Vec<SortKey>, SearchError> {
        self.every(matching, sort)
    }

    fn matches(&self, condition: &Condition, address: Address) -> Result<bool, SearchError> {
        self.matches(condition, address)
    }

    fn hits(&self, request: &HitsRequest<'_>) -> Result<ListedHits, SearchError> {
        self.hits(request)
    }

    fn explain(
        &self,
        ranking: &Ranking,
        address: Address,
    ) -> Result<ScoreExplanation, SearchError> {
        self.explain(ranking, address)
    }

    fn facets(
        &self,
        matching: &Condition,
        request: FacetsRequest,
    ) -> Result<FacetTotals, SearchError> {
        self.facets(matching, request)
    }

    fn count_days(
        &self,
        matching: &Condition,
        counts: PeriodCounts,
    ) -> Result<PeriodCounts, SearchError> {
        self.count_days(matching, counts)
    }

    fn count_by_term(
        &self,
        field: TermField,
        matching: Option<&Condition>,
        key_of: fn(&str) -> &str,
    ) -> Result<TermCounts, SearchError> {
        self.count_by_term(field, matching, key_of)
    }

    fn embedded(&self) -> Result<&EmbeddedEngine, SearchError> {
        Ok(self)
    }
}
