//! A page of hits: of one or two parts, scored or by day, reprints once, with the counts of all.

use tantivy::query::{BooleanQuery, Query as EngineQuery};

use super::EmbeddedEngine;
use super::collect::collect;
use super::group_counts::GroupCounts;
use super::scoring::Scoring;
use super::top_hits::{SeenGroups, TopHits};
use crate::search::plan::{HitsPart, HitsRequest, ListedHit, ListedHits};
use crate::search::{SearchError, Sort, SortKey, Totals};

/// A part of the list as the engine runs it.
struct Part {
    matching: Box<dyn EngineQuery>,
    likely: Box<dyn EngineQuery>,
    scoring: Scoring,
    sort: Sort,
}

/// What is in the part of the list before another one.
struct Before<'a> {
    matching: &'a dyn EngineQuery,
    counts: &'a GroupCounts<'a>,
}

/// The first hits of a part with their groups, and the counts of all of them.
type FirstHits<'a> = (Vec<(SortKey, u32)>, GroupCounts<'a>);

impl EmbeddedEngine {
    /// The first hits of a list, and the counts of all.
    pub(crate) fn hits(&self, request: &HitsRequest<'_>) -> Result<ListedHits, SearchError> {
        self.read(self.list(request))
    }

    fn list(&self, request: &HitsRequest<'_>) -> tantivy::Result<ListedHits> {
        let after = |partial| request.after.filter(|after| after.is_partial() == partial);
        let after = |partial| after(partial).map(|after| after.sort_key());
        let listed = |partial, (sort_key, group), counts: &GroupCounts<'_>| {
            let reprints = counts.of_group(group).saturating_sub(1);
            ListedHit { partial, sort_key, reprints }
        };
        // The first part ends before a cursor in the second.
        let room = if after(true).is_some() { 0 } else { request.limit };
        let first = self.part(request.first)?;
        let (top, counts) = self.top(&first, request.grouped, room, after(false), None)?;
        let mut hits: Vec<ListedHit> =
            top.into_iter().map(|hit| listed(false, hit, &counts)).collect();
        let mut partial = None;
        if let Some(second) = request.second {
            let before = Before { matching: &*first.matching, counts: &counts };
            let room = request.limit.saturating_sub(hits.len());
            let second = self.part(second)?;
            let (behind, found) =
                self.top(&second, request.grouped, room, after(true), Some(before))?;
            hits.extend(behind.into_iter().map(|hit| listed(true, hit, &found)));
            partial = Some(found.beyond(&counts));
        }
        let totals = Totals { articles: counts.articles(), stories: counts.stories() };
        Ok(ListedHits { hits, totals, partial })
    }

    fn part(&self, part: &HitsPart) -> tantivy::Result<Part> {
        Ok(Part {
            matching: self.query(&part.matching),
            likely: self.query(&part.ranking.likely),
            scoring: self.scoring(&part.ranking)?,
            sort: part.sort,
        })
    }

    /// The first `limit` hits of a part behind one, without those of the part before, and the counts of
    /// all that match, those of the part before included.
    fn top(
        &self,
        part: &Part,
        grouped: bool,
        limit: usize,
        after: Option<SortKey>,
        before: Option<Before<'_>>,
    ) -> tantivy::Result<FirstHits<'_>> {
        let Part { matching, likely, scoring, sort } = part;
        let mut counts = GroupCounts::new(&self.ranks, grouped);
        let mut top_hits = TopHits::new(*sort, limit, grouped, &self.ranks, scoring);
        let seen = after.filter(|_| grouped).map(|after| self.seen_groups(after, part));
        let seen = seen.transpose()?;
        if let Some(after) = after {
            top_hits = top_hits.after(after, seen.as_ref());
        }
        if let Some(before) = before {
            let excluded = before.matching.weight(self.unscored())?;
            top_hits = top_hits.excluding(excluded, before.counts);
        }
        let mut complete = limit == 0;
        if *sort == Sort::Relevance && !complete {
            // Where all words must occur, articles with a part of the query in their headline outscore
            // all others. If they fill the page, the others need only be counted.
            let first = BooleanQuery::intersection(vec![matching.box_clone(), likely.box_clone()]);
            collect(&self.searcher, &first, &mut [&mut top_hits])?;
            let lowest = top_hits.last_if_full().map(SortKey::score);
            complete = lowest.is_some_and(|lowest| lowest > scoring.max_without_headline());
        }
        if complete && !counts.needs_groups() {
            counts.add(matching.count(&self.searcher)? as u64);
        } else if complete {
            collect(&self.searcher, &**matching, &mut [&mut counts])?;
        } else {
            collect(&self.searcher, &**matching, &mut [&mut counts, &mut top_hits])?;
        }
        Ok((top_hits.harvest(), counts))
    }

    /// The groups that were given on the pages before.
    fn seen_groups<'a>(
        &'a self,
        after: SortKey,
        part: &'a Part,
    ) -> tantivy::Result<SeenGroups<'a>> {
        let mut seen = SeenGroups::new(after, part.sort, &self.ranks, &part.scoring);
        collect(&self.searcher, &*part.matching, &mut [&mut seen])?;
        Ok(seen)
    }
}
