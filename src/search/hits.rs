//! Searches: the first hits of a request with their totals, or every article that matches.

use std::ops::ControlFlow;

use tantivy::DocAddress;
use tantivy::query::{BooleanQuery, Query as EngineQuery};

use super::collect::{AllHits, BlockCollector, GroupCounts, SeenGroups, TopHits};
use super::highlight::highlights;
use super::plan::Mark;
use super::scoring::Scoring;
use super::sort::SortKey;
use super::{
    Archive, Cursor, Hit, Note, Request, Results, ScoreExplanation, SearchError, Sort, Totals,
};
use crate::model::Record;

impl Archive {
    /// Finds the articles that match, and gives out those of the page asked for. At most
    /// [`MAX_SPANS`](super::MAX_SPANS) places are highlighted in one field.
    ///
    /// # Errors
    /// When the index cannot be read, when a filter or a field of the query names a topic or a
    /// district that does not exist, and when the page is that of another search.
    pub fn search(&self, request: &Request) -> Result<Results, SearchError> {
        if request.after.is_some_and(|after| !after.fits(self.generation(), request.result_hash()))
        {
            return Err(SearchError::StaleCursor);
        }
        let mut planner = self.planner(request);
        let matching = planner.matching(request).map_err(|e| self.plan_error(e))?;
        let (scoring, headline) = planner.scoring(request).map_err(|e| self.plan_error(e))?;
        let sort = if scoring.is_constant() && request.sort == Sort::Relevance {
            Sort::Newest
        } else {
            request.sort
        };
        let end = request.offset.saturating_add(request.limit);
        // One more, to know whether there is a next page.
        let capacity = if request.limit == 0 { 0 } else { end.saturating_add(1) };
        let mut counts = GroupCounts::new(self.ranks(), request.group);
        let mut top_hits = TopHits::new(sort, capacity, request.group, self.ranks(), &scoring);
        let seen = self.seen_groups(request, sort, &*matching, &scoring)?;
        if let Some(after) = request.after {
            top_hits = top_hits.after(after.sort_key, seen.as_ref());
        }
        let mut complete = capacity == 0;
        if sort == Sort::Relevance && !complete {
            // Articles with a part of the query in their headline outscore all others. If they
            // fill the page, the others need only be counted.
            let first = BooleanQuery::intersection(vec![matching.box_clone(), headline]);
            self.collect(&first, &mut [&mut top_hits])?;
            let lowest = top_hits.last_if_full().map(SortKey::score);
            complete = lowest.is_some_and(|lowest| lowest > scoring.max_without_headline());
        }
        if complete && !counts.needs_groups() {
            let count = matching.count(self.searcher());
            counts.add(count.map_err(|error| self.engine_error(&error))? as u64);
        } else {
            let mut collectors: Vec<&mut dyn BlockCollector> = vec![&mut counts];
            if !complete {
                collectors.push(&mut top_hits);
            }
            self.collect(&*matching, &mut collectors)?;
        }
        let mut top = top_hits.harvest();
        let has_next = top.len() > end;
        top.truncate(end);
        let last = top.last().filter(|_| has_next).map(|(sort_key, _)| *sort_key);
        let marks = if top.is_empty() { Vec::new() } else { planner.marks(&request.query) };
        let mut hits = Vec::new();
        for (sort_key, group) in top.into_iter().skip(request.offset) {
            let mut hit = self.hit(sort_key, &marks)?;
            hit.reprints = counts.of_group(group).saturating_sub(1);
            if sort == Sort::Relevance {
                hit.score = sort_key.score();
            }
            if request.explain {
                hit.why = Some(self.explain_score(&scoring, sort_key.address)?);
            }
            hits.push(hit);
        }
        Ok(Results {
            total: counts.articles(),
            stories: counts.stories(),
            hits,
            next: last
                .map(|sort_key| Cursor::new(self.generation(), request.result_hash(), sort_key)),
            facets: if request.facets { Some(self.facets(request)?) } else { None },
            notes: planner.notes.into_iter().collect(),
        })
    }

    /// Counts the articles that match.
    ///
    /// # Errors
    /// As [`Self::search`].
    pub fn count(&self, request: &Request) -> Result<u64, SearchError> {
        let matching = self.matching(request)?;
        let count = matching.count(self.searcher());
        Ok(count.map_err(|error| self.engine_error(&error))? as u64)
    }

    /// Counts the articles that match, and with reprints once.
    ///
    /// # Errors
    /// As [`Self::search`].
    pub fn totals(&self, request: &Request) -> Result<Totals, SearchError> {
        let mut counts = GroupCounts::new(self.ranks(), true);
        self.collect(&*self.matching(request)?, &mut [&mut counts])?;
        Ok(Totals { articles: counts.articles(), stories: counts.stories() })
    }

    /// What a person should know about how a request was understood, as [`Results::notes`] has it.
    ///
    /// # Errors
    /// As [`Self::search`].
    pub fn notes(&self, request: &Request) -> Result<Vec<Note>, SearchError> {
        let mut planner = self.planner(request);
        planner.matching(request).map_err(|error| self.plan_error(error))?;
        Ok(planner.notes.into_iter().collect())
    }

    /// Gives every article that matches to `visit`, until it breaks off; returns how many it was
    /// given. The order is that of the files' paths and of the articles in them, or by date first
    /// if the request says so; offset and limit are passed over, and reprints are not grouped.
    /// Needs 24 bytes of memory for each article beside the one that is visited.
    ///
    /// # Errors
    /// As [`Self::search`].
    pub fn for_each(
        &self,
        request: &Request,
        visit: &mut dyn FnMut(Record) -> ControlFlow<()>,
    ) -> Result<u64, SearchError> {
        self.for_each_address(request, &mut |_, record| visit(record))
    }

    /// As [`Self::for_each`], with the place where the engine keeps the article.
    pub(super) fn for_each_address(
        &self,
        request: &Request,
        visit: &mut dyn FnMut(DocAddress, Record) -> ControlFlow<()>,
    ) -> Result<u64, SearchError> {
        let mut all_hits = AllHits::new(request.sort, self.ranks());
        self.collect(&*self.matching(request)?, &mut [&mut all_hits])?;
        let mut given = 0;
        for sort_key in all_hits.harvest() {
            given += 1;
            if visit(sort_key.address, self.record(sort_key.address)?).is_break() {
                break;
            }
        }
        Ok(given)
    }

    /// The groups that were given on the pages before, where reprints are grouped.
    fn seen_groups<'a>(
        &'a self,
        request: &Request,
        sort: Sort,
        matching: &dyn EngineQuery,
        scoring: &'a Scoring,
    ) -> Result<Option<SeenGroups<'a>>, SearchError> {
        let Some(after) = request.after.filter(|_| request.group) else { return Ok(None) };
        let mut seen = SeenGroups::new(after.sort_key, sort, self.ranks(), scoring);
        self.collect(matching, &mut [&mut seen])?;
        Ok(Some(seen))
    }

    fn hit(&self, sort_key: SortKey, marks: &[Mark]) -> Result<Hit, SearchError> {
        let record = self.record(sort_key.address)?;
        let highlights = highlights(&record, marks);
        Ok(Hit { record, score: 0.0, highlights, reprints: 0, why: None })
    }

    fn explain_score(
        &self,
        scoring: &Scoring,
        address: DocAddress,
    ) -> Result<ScoreExplanation, SearchError> {
        let reader = self.searcher().segment_reader(address.segment_ord);
        scoring.explain(reader, address.doc_id).map_err(|error| self.engine_error(&error))
    }
}
