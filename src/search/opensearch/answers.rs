//! What a cluster answers of what an archive asks.

use std::collections::{BTreeSet, HashMap};

use serde_json::{Value, json};

use super::hits::{sort_key_of, sort_of};
use super::{ClusterEngine, address_of, hits_of, in_place, of_ids, of_term, reports};
use crate::index::{TermField, role_of};
use crate::model::{DistrictRole, FileReport, Record};
use crate::opensearch::{derived, field_name};
use crate::search::counts::{FacetTotals, FacetsRequest, PeriodCounts, TermCounts};
use crate::search::embedded::EmbeddedEngine;
use crate::search::engine::{SearchEngine, TermVisitor};
use crate::search::plan::{Condition, HitsRequest, ListedHits, Ranking};
use crate::search::{Address, ScoreExplanation, SearchError, Sort, SortKey, Totals};

/// Records that are asked for at once.
const BATCH: usize = 200;

impl ClusterEngine {
    /// Whether a document satisfies a condition.
    pub(super) fn is_met(
        &self,
        condition: &Condition,
        address: Address,
    ) -> Result<bool, SearchError> {
        let own = of_ids(std::iter::once(address));
        let query = self.query_of(condition, std::slice::from_ref(&own))?;
        Ok(self.count_of([own, query])? > 0)
    }

    fn clauses(&self, matching: &Condition) -> Result<Vec<Value>, SearchError> {
        Ok(vec![self.query_of(matching, &[])?])
    }
}

impl SearchEngine for ClusterEngine {
    fn generation(&self) -> u64 {
        let hash = blake3::hash(self.state().as_bytes());
        hash.as_bytes().first_chunk().map_or(0, |bytes| u64::from_be_bytes(*bytes))
    }

    fn knows_reprints(&self) -> bool {
        false
    }

    fn documents(&self) -> Result<u64, SearchError> {
        self.count_of([])
    }

    fn batch(&self) -> usize {
        BATCH
    }

    fn records(&self, addresses: &[Address]) -> Result<Vec<Record>, SearchError> {
        let documents = self.stored(addresses)?.into_iter();
        documents.map(|document| self.record_of(document)).collect()
    }

    fn file_report(&self, address: Address) -> Result<FileReport, SearchError> {
        let document = self.stored(&[address])?.swap_remove(0);
        serde_json::from_value(document).map_err(|error| self.broken(&error.to_string()))
    }

    fn file_reports(&self) -> Result<Vec<FileReport>, SearchError> {
        let files = self.every(&reports(), Sort::Relevance)?;
        let mut reports = Vec::with_capacity(files.len());
        for files in files.chunks(BATCH) {
            let addresses: Vec<Address> = files.iter().map(|file| file.address).collect();
            for document in self.stored(&addresses)? {
                let report = serde_json::from_value(document);
                reports.push(report.map_err(|error| self.broken(&error.to_string()))?);
            }
        }
        Ok(reports)
    }

    fn frequency(&self, field: TermField, text: &str) -> Result<u64, SearchError> {
        self.count_of([of_term(field, text)])
    }

    fn term_count(&self, field: TermField) -> Result<u64, SearchError> {
        Ok(self.all_terms(field)?.len() as u64)
    }

    fn terms_that(
        &self,
        field: TermField,
        begins: &str,
        is_meant: &mut dyn FnMut(&str) -> bool,
    ) -> Result<Vec<String>, SearchError> {
        if begins.is_empty() {
            let terms = self.all_terms(field)?;
            return Ok(terms.iter().filter(|term| is_meant(term)).cloned().collect());
        }
        let mut terms = Vec::new();
        self.each_name(field_name(field), begins, &[], |term, _| {
            if is_meant(term) {
                terms.push(term.to_owned());
            }
        })?;
        Ok(terms)
    }

    fn each_term(
        &self,
        field: TermField,
        begins: &str,
        visit: &mut TermVisitor<'_>,
    ) -> Result<(), SearchError> {
        self.each_listed_term(field, begins, visit)
    }

    fn places(&self, addresses: &[Address]) -> Result<HashMap<Address, SortKey>, SearchError> {
        self.places_of(addresses)
    }

    fn having(
        &self,
        field: TermField,
        texts: &[&str],
    ) -> Result<Vec<(usize, Address)>, SearchError> {
        self.having_any(field, texts)
    }

    fn each_district(&self, visit: &mut dyn FnMut(DistrictRole, &str)) -> Result<(), SearchError> {
        for area in self.all_terms(TermField::Area)?.iter() {
            let (role, path) = role_of(area);
            visit(role, path);
        }
        Ok(())
    }

    fn stated_names(&self) -> Result<BTreeSet<String>, SearchError> {
        let mut names = BTreeSet::new();
        self.each_name(derived::FIGURE_NAMES, "", &[], |name, _| {
            names.insert(name.to_owned());
        })?;
        Ok(names)
    }

    fn count(&self, matching: &Condition) -> Result<u64, SearchError> {
        self.count_of(self.clauses(matching)?)
    }

    fn totals(&self, matching: &Condition) -> Result<Totals, SearchError> {
        let articles = self.count(matching)?;
        Ok(Totals { articles, stories: articles })
    }

    /// None where it would take too many texts to find some.
    fn some(&self, matching: &Condition, limit: usize) -> Result<Vec<Address>, SearchError> {
        let clauses = match self.clauses(matching) {
            Err(SearchError::TooManyTexts { .. }) => return Ok(Vec::new()),
            clauses => clauses?,
        };
        let body = json!({
            "size": limit, "_source": false, "track_total_hits": false,
            "query": self.counting(clauses), "sort": in_place(),
        });
        Ok(hits_of(&mut self.search(body)?).iter().filter_map(address_of).collect())
    }

    fn every(&self, matching: &Condition, sort: Sort) -> Result<Vec<SortKey>, SearchError> {
        let by_place = sort == Sort::Relevance;
        let order = if by_place { in_place() } else { sort_of(sort) };
        let mut found = Vec::new();
        self.each(self.clauses(matching)?, order, json!(false), &mut |hit| {
            found.extend(if by_place { place_of(hit) } else { sort_key_of(sort, hit) });
            Ok(())
        })?;
        Ok(found)
    }

    fn matches(&self, condition: &Condition, address: Address) -> Result<bool, SearchError> {
        self.is_met(condition, address)
    }

    fn hits(&self, request: &HitsRequest<'_>) -> Result<ListedHits, SearchError> {
        self.list(request)
    }

    fn explain(
        &self,
        ranking: &Ranking,
        address: Address,
    ) -> Result<ScoreExplanation, SearchError> {
        self.explanation(ranking, address)
    }

    fn facets(
        &self,
        matching: &Condition,
        request: FacetsRequest,
    ) -> Result<FacetTotals, SearchError> {
        self.facets_of(&self.clauses(matching)?, request)
    }

    fn count_days(
        &self,
        matching: &Condition,
        counts: PeriodCounts,
    ) -> Result<PeriodCounts, SearchError> {
        self.days_of(&self.clauses(matching)?, counts)
    }

    fn count_by_term(
        &self,
        field: TermField,
        matching: Option<&Condition>,
        key_of: fn(&str) -> &str,
    ) -> Result<TermCounts, SearchError> {
        let clauses = matching.map(|matching| self.clauses(matching)).transpose()?;
        let clauses = clauses.unwrap_or_default();
        let mut counts = TermCounts::default();
        self.each_name(field_name(field), "", &clauses, |_, articles| counts.values += articles)?;
        let stated = json!({"exists": {"field": field_name(field)}});
        counts.articles = self.count_of(clauses.iter().cloned().chain([stated]))?;
        // An article that states an indicator in two ways is one that states it.
        let keys = match field {
            TermField::Figure => derived::FIGURE_NAMES,
            other => field_name(other),
        };
        self.each_name(keys, "", &clauses, |key, articles| {
            *counts.by_key.entry(key_of(key).to_owned()).or_default() += articles;
        })?;
        Ok(counts)
    }

    fn embedded(&self) -> Result<&EmbeddedEngine, SearchError> {
        Err(SearchError::NotYet { engine: "opensearch" })
    }
}

/// The key of a document by its place.
fn place_of(hit: &Value) -> Option<SortKey> {
    let ordinal = hit["sort"][1].as_u64().unwrap_or(0) as u32;
    Some(SortKey { key: 0, rank: 0, ordinal, address: address_of(hit)? })
}
