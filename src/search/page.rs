//! The hits of one page with their totals. A list can have two parts: articles with all that was
//! asked for, in the order asked for, and behind them, where the request wants such, articles with
//! some of the words, always best first. A page may lie on both sides of the line between them.

use super::figure_filter::rows_asked_for;
use super::highlight::{highlights, look_alikes};
use super::plan::{HitsPart, HitsRequest, Mark, PlanError, Planner, RequiredWord};
use super::{
    Address, Archive, Cursor, Hit, Matching, Request, Results, SearchError, Sort, SortKey,
};

impl Archive {
    /// Finds the articles that match, and gives out those of the page asked for. At most
    /// [`MAX_SPANS`](super::MAX_SPANS) places are highlighted in one field.
    ///
    /// # Errors
    /// When the index cannot be read, when a filter or a field of the query names a topic or a
    /// district that does not exist, and when the page is that of another search.
    pub fn search(&self, request: &Request) -> Result<Results, SearchError> {
        self.guard(|| {
            let fits =
                |after: Cursor| after.fits(self.engine().generation(), request.result_hash());
            if request.after.is_some_and(|after| !fits(after)) {
                return Err(SearchError::StaleCursor);
            }
            self.page(request)
        })
    }

    /// Whether a search can list articles with only some of the words behind those that match, which
    /// counts and exports leave out. Reads the query alone.
    ///
    /// # Errors
    /// As [`Self::search`].
    pub fn can_have_partial(&self, request: &Request) -> Result<bool, SearchError> {
        self.guard(|| {
            let (understood, _) = self.understood(request);
            let required = self.planner(&understood).required_words(&understood);
            Ok(has_partial(request, &required.map_err(|error| self.plan_error(error))?))
        })
    }

    /// Counts the articles that a search would list behind those that match; `None` where none can
    /// follow.
    ///
    /// # Errors
    /// As [`Self::search`].
    pub fn count_partial(&self, request: &Request) -> Result<Option<u64>, SearchError> {
        self.guard(|| {
            let (understood, _) = self.understood(request);
            let required = self.planner(&understood).required_words(&understood);
            let required = required.map_err(|error| self.plan_error(error))?;
            if !has_partial(request, &required) {
                return Ok(None);
            }
            let some = Request { matching: Matching::Some, ..request.clone() };
            match self.count(&some) {
                Err(SearchError::TooMuch { .. }) => Ok(None),
                counted => Ok(Some(counted?.saturating_sub(self.count(request)?))),
            }
        })
    }

    fn page(&self, typed: &Request) -> Result<Results, SearchError> {
        let (request, left_out) = self.understood(typed);
        let request = &*request;
        let mut planner = self.planner(request);
        let matching = planner.matching(request).map_err(|e| self.plan_error(e))?;
        let ranking = planner.ranking(request).map_err(|e| self.plan_error(e))?;
        let sort = if ranking.is_constant() && request.sort == Sort::Relevance {
            Sort::Newest
        } else {
            request.sort
        };
        let first = HitsPart { matching, ranking, sort };
        let required = planner.required_words(request).map_err(|e| self.plan_error(e))?;
        let second = if has_partial(request, &required) {
            self.second_part(&mut planner, request)?
        } else {
            None
        };
        let end = request.offset.saturating_add(request.limit);
        let mut found = self.engine().hits(&HitsRequest {
            first: &first,
            second: second.as_ref(),
            grouped: request.group,
            after: request.after,
            // One more, to know whether there is a next page.
            limit: if request.limit == 0 { 0 } else { end.saturating_add(1) },
        })?;
        let has_next = found.hits.len() > end;
        found.hits.truncate(end);
        let last = found.hits.last().filter(|_| has_next).copied();
        let marks = if found.hits.is_empty() { Vec::new() } else { planner.marks(&request.query) };
        let mut hits: Vec<Hit> = Vec::new();
        for listed in found.hits.into_iter().skip(request.offset) {
            let part = second.as_ref().filter(|_| listed.partial).unwrap_or(&first);
            let address = listed.sort_key.address;
            let mut hit = self.hit(listed.sort_key, &marks)?;
            hit.reprints = listed.reprints;
            if listed.partial || request.matching == Matching::Some {
                hit.missing = self.missing(&required, address)?;
            }
            hit.figures = rows_asked_for(&request.query, &hit.record);
            if part.sort == Sort::Relevance {
                hit.score = listed.sort_key.score();
            }
            if request.explain {
                hit.why = Some(self.engine().explain(&part.ranking, address)?);
            }
            hits.push(hit);
        }
        Ok(Results {
            total: found.totals.articles,
            stories: found.totals.stories,
            partial: found.partial,
            hits,
            next: last.map(|last| {
                let hash = typed.result_hash();
                Cursor::new(self.engine().generation(), hash, last.partial, last.sort_key)
            }),
            facets: if request.facets { Some(self.facets(request)?) } else { None },
            notes: self.with_own_notes(planner.notes, left_out, request),
        })
    }

    /// Articles with some of the words, those with all of them included; `None` where finding them
    /// would take too long.
    fn second_part(
        &self,
        planner: &mut Planner<'_>,
        request: &Request,
    ) -> Result<Option<HitsPart>, SearchError> {
        let some = Request { matching: Matching::Some, ..request.clone() };
        let mut part = || {
            let matching = planner.matching(&some)?;
            let ranking = planner.ranking(&some)?;
            Ok(HitsPart { matching, ranking, sort: Sort::Relevance })
        };
        match part() {
            Err(PlanError::TooMuch { .. }) => Ok(None),
            part => part.map(Some).map_err(|e| self.plan_error(e)),
        }
    }

    fn hit(&self, sort_key: SortKey, marks: &[Mark]) -> Result<Hit, SearchError> {
        let record = self.engine().record(sort_key.address)?;
        let highlights = highlights(&record, marks);
        let look_alikes = look_alikes(&record, &highlights, marks);
        let missing = Vec::new();
        let figures = Vec::new();
        let noted = self.notebook().on(&record);
        Ok(Hit {
            record,
            score: 0.0,
            highlights,
            look_alikes,
            figures,
            missing,
            reprints: 0,
            noted,
            why: None,
        })
    }

    /// The required words that an article does not have.
    fn missing(
        &self,
        required: &[RequiredWord],
        address: Address,
    ) -> Result<Vec<String>, SearchError> {
        let mut missing = Vec::new();
        for word in required {
            if !self.engine().matches(&word.articles, address)? {
                missing.push(word.shown.clone());
            }
        }
        Ok(missing)
    }
}

/// Whether articles can follow that have only some of the words.
fn has_partial(request: &Request, required: &[RequiredWord]) -> bool {
    request.partial && request.matching != Matching::Some && required.len() > 1
}
