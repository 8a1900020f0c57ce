//! The hits of one page with their totals. A list can have two parts: articles with all that was
//! asked for, in the order asked for, and behind them, where the request wants such, articles with
//! some of the words, always best first. A page may lie on both sides of the line between them.

use tantivy::DocAddress;
use tantivy::query::{BooleanQuery, EnableScoring, Query as EngineQuery};

use super::collect::{GroupCounts, SeenGroups, TopHits};
use super::figure_filter::rows_asked_for;
use super::highlight::{highlights, look_alikes};
use super::plan::{Mark, PlanError, Planner, RequiredWord};
use super::scoring::{Membership, Scoring};
use super::sort::SortKey;
use super::{
    Archive, Cursor, Hit, Matching, Request, Results, ScoreExplanation, SearchError, Sort,
};

/// What one part of the list is made from.
struct Part {
    matching: Box<dyn EngineQuery>,
    scoring: Scoring,
    /// Articles that are likely to be the best: looked at first, so that most of the others need not
    /// be scored in full.
    likely: Box<dyn EngineQuery>,
    sort: Sort,
}

/// What is in the parts of the list before another one.
struct Before<'a> {
    matching: &'a dyn EngineQuery,
    counts: &'a GroupCounts<'a>,
}

/// The first hits of a part with their groups, and the counts of all of them.
type FirstHits<'a> = (Vec<(SortKey, u32)>, GroupCounts<'a>);

impl Archive {
    /// Finds the articles that match, and gives out those of the page asked for. At most
    /// [`MAX_SPANS`](super::MAX_SPANS) places are highlighted in one field.
    ///
    /// # Errors
    /// When the index cannot be read, when a filter or a field of the query names a topic or a
    /// district that does not exist, and when the page is that of another search.
    pub fn search(&self, request: &Request) -> Result<Results, SearchError> {
        self.guard(|| {
            let fits = |after: Cursor| after.fits(self.generation(), request.result_hash());
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
        let (scoring, likely) = planner.scoring(request).map_err(|e| self.plan_error(e))?;
        let sort = if scoring.is_constant() && request.sort == Sort::Relevance {
            Sort::Newest
        } else {
            request.sort
        };
        let whole = Part { matching, scoring, likely, sort };
        let required = planner.required_words(request).map_err(|e| self.plan_error(e))?;
        let end = request.offset.saturating_add(request.limit);
        // One more, to know whether there is a next page.
        let capacity = if request.limit == 0 { 0 } else { end.saturating_add(1) };
        let after = |partial| request.after.filter(|after| after.partial == partial);
        // The first part ends before a cursor in the second.
        let room = if after(true).is_some() { 0 } else { capacity };
        let (top, counts) = self.top(request, &whole, room, after(false), None)?;
        let mut top: Vec<(bool, SortKey, u32)> =
            top.into_iter().map(|(sort_key, group)| (false, sort_key, group)).collect();
        let second = if has_partial(request, &required) {
            self.second_part(&mut planner, request)?
        } else {
            None
        };
        let mut second_counts = None;
        if let Some(second) = &second {
            let before = Before { matching: &*whole.matching, counts: &counts };
            let room = capacity.saturating_sub(top.len());
            let (behind, found) = self.top(request, second, room, after(true), Some(before))?;
            top.extend(behind.into_iter().map(|(sort_key, group)| (true, sort_key, group)));
            second_counts = Some(found);
        }
        let has_next = top.len() > end;
        top.truncate(end);
        let last = top.last().filter(|_| has_next).copied();
        let marks = if top.is_empty() { Vec::new() } else { planner.marks(&request.query) };
        let mut hits: Vec<Hit> = Vec::new();
        for (partial, sort_key, group) in top.into_iter().skip(request.offset) {
            let (part, part_counts) = match (&second, &second_counts) {
                (Some(second), Some(second_counts)) if partial => (second, second_counts),
                _ => (&whole, &counts),
            };
            let mut hit = self.hit(sort_key, &marks)?;
            hit.reprints = part_counts.of_group(group).saturating_sub(1);
            if partial || request.matching == Matching::Some {
                hit.missing = self.missing(&required, sort_key.address)?;
            }
            hit.figures = rows_asked_for(&request.query, &hit.record);
            if part.sort == Sort::Relevance {
                hit.score = sort_key.score();
            }
            if request.explain {
                hit.why = Some(self.explain_score(&part.scoring, sort_key.address)?);
            }
            hits.push(hit);
        }
        Ok(Results {
            total: counts.articles(),
            stories: counts.stories(),
            partial: second_counts.map(|second_counts| second_counts.beyond(&counts)),
            hits,
            next: last.map(|(partial, sort_key, _)| {
                Cursor::new(self.generation(), typed.result_hash(), partial, sort_key)
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
    ) -> Result<Option<Part>, SearchError> {
        let some = Request { matching: Matching::Some, ..request.clone() };
        let mut part = || {
            let matching = planner.matching(&some)?;
            let (scoring, likely) = planner.scoring(&some)?;
            Ok(Part { matching, scoring, likely, sort: Sort::Relevance })
        };
        match part() {
            Err(PlanError::TooMuch { .. }) => Ok(None),
            part => part.map(Some).map_err(|e| self.plan_error(e)),
        }
    }

    /// The first `capacity` hits of a part behind a cursor, without those of the parts before, and
    /// the counts of all that match, those of the parts before included.
    fn top<'a>(
        &'a self,
        request: &Request,
        part: &Part,
        capacity: usize,
        after: Option<Cursor>,
        before: Option<Before<'_>>,
    ) -> Result<FirstHits<'a>, SearchError> {
        let Part { matching, scoring, likely, sort } = part;
        let mut counts = GroupCounts::new(self.ranks(), request.group);
        let mut top_hits = TopHits::new(*sort, capacity, request.group, self.ranks(), scoring);
        let seen = self.seen_groups(request, after, part)?;
        if let Some(after) = after {
            top_hits = top_hits.after(after.sort_key, seen.as_ref());
        }
        if let Some(before) = before {
            let enabled = EnableScoring::disabled_from_searcher(self.searcher());
            let excluded = before.matching.weight(enabled).map_err(|e| self.engine_error(&e))?;
            top_hits = top_hits.excluding(excluded, before.counts);
        }
        let mut complete = capacity == 0;
        if *sort == Sort::Relevance && !complete {
            // Where all words must occur, articles with a part of the query in their headline outscore
            // all others. If they fill the page, the others need only be counted.
            let first = BooleanQuery::intersection(vec![matching.box_clone(), likely.box_clone()]);
            self.collect(&first, &mut [&mut top_hits])?;
            let lowest = top_hits.last_if_full().map(SortKey::score);
            complete = lowest.is_some_and(|lowest| lowest > scoring.max_without_headline());
        }
        if complete && !counts.needs_groups() {
            let count = matching.count(self.searcher());
            counts.add(count.map_err(|error| self.engine_error(&error))? as u64);
        } else if complete {
            self.collect(&**matching, &mut [&mut counts])?;
        } else {
            self.collect(&**matching, &mut [&mut counts, &mut top_hits])?;
        }
        Ok((top_hits.harvest(), counts))
    }

    /// The groups that were given on the pages before, where reprints are grouped.
    fn seen_groups<'a>(
        &'a self,
        request: &Request,
        after: Option<Cursor>,
        part: &'a Part,
    ) -> Result<Option<SeenGroups<'a>>, SearchError> {
        let Some(after) = after.filter(|_| request.group) else { return Ok(None) };
        let mut seen = SeenGroups::new(after.sort_key, part.sort, self.ranks(), &part.scoring);
        self.collect(&*part.matching, &mut [&mut seen])?;
        Ok(Some(seen))
    }

    fn hit(&self, sort_key: SortKey, marks: &[Mark]) -> Result<Hit, SearchError> {
        let record = self.record(sort_key.address)?;
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
        address: DocAddress,
    ) -> Result<Vec<String>, SearchError> {
        let reader = self.searcher().segment_reader(address.segment_ord);
        let enabled = EnableScoring::disabled_from_searcher(self.searcher());
        let mut missing = Vec::new();
        for word in required {
            let articles = word.articles.weight(enabled);
            let articles = articles.and_then(|weight| Membership::new(&*weight, reader));
            let mut articles = articles.map_err(|error| self.engine_error(&error))?;
            if !articles.has(address.doc_id) {
                missing.push(word.shown.clone());
            }
        }
        Ok(missing)
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

/// Whether articles can follow that have only some of the words.
fn has_partial(request: &Request, required: &[RequiredWord]) -> bool {
    request.partial && request.matching != Matching::Some && required.len() > 1
}
