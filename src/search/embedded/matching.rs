//! Which documents match: how many, some, all of them, or whether one does.

use tantivy::query::Query;

use super::EmbeddedEngine;
use super::collect::{AllHits, BlockCollector, FirstDocs, collect};
use super::membership::Membership;
use crate::search::plan::Condition;
use crate::search::{Address, SearchError, Sort, SortKey};

impl EmbeddedEngine {
    /// How many documents match.
    pub(crate) fn count(&self, matching: &Condition) -> Result<u64, SearchError> {
        Ok(self.read(self.query(matching).count(&self.searcher))? as u64)
    }

    /// Some documents that match, at most so many.
    pub(crate) fn some(
        &self,
        matching: &Condition,
        limit: usize,
    ) -> Result<Vec<Address>, SearchError> {
        let mut first = FirstDocs::new(limit);
        self.collect(matching, &mut first)?;
        Ok(first.harvest())
    }

    /// Every document that matches, by day, or by place in the archive where the order would be by
    /// score. Takes 24 bytes of memory for each.
    pub(crate) fn every(
        &self,
        matching: &Condition,
        sort: Sort,
    ) -> Result<Vec<SortKey>, SearchError> {
        let mut all_hits = AllHits::new(sort, &self.ranks);
        self.collect(matching, &mut all_hits)?;
        Ok(all_hits.harvest())
    }

    /// Whether a document matches.
    pub(crate) fn matches(
        &self,
        condition: &Condition,
        address: Address,
    ) -> Result<bool, SearchError> {
        let reader = self.searcher.segment_reader(address.part);
        let weight = self.query(condition).weight(self.unscored());
        let membership = weight.and_then(|weight| Membership::new(&*weight, reader));
        Ok(self.read(membership)?.has(address.number))
    }

    /// Collects everything that matches.
    pub(super) fn collect(
        &self,
        matching: &Condition,
        collector: &mut dyn BlockCollector,
    ) -> Result<(), SearchError> {
        self.read(collect(&self.searcher, &*self.query(matching), &mut [collector]))
    }
}
