//! A page of hits: of one or two parts, scored or by day, with the counts of all.

use serde_json::{Value, json};

use super::{ClusterEngine, LISTED, address_of, hits_of, of_ids};
use crate::index::names;
use crate::opensearch::ORDER_DAY;
use crate::search::plan::{HitsPart, HitsRequest, ListedHit, ListedHits};
use crate::search::{SearchError, Sort, SortKey, Totals};

impl ClusterEngine {
    pub(super) fn list(&self, request: &HitsRequest<'_>) -> Result<ListedHits, SearchError> {
        let after = |partial| request.after.filter(|after| after.is_partial() == partial);
        let after = |partial| after(partial).map(|after| after.sort_key());
        let first = self.query_of(&request.first.matching, &[])?;
        let articles = self.count_of([first.clone()])?;
        // The first part ends before a cursor in the second.
        let room = if after(true).is_some() { 0 } else { request.limit };
        let listed = |partial| move |sort_key| ListedHit { partial, sort_key, reprints: 0 };
        let top = self.top(request.first, std::slice::from_ref(&first), room, after(false))?;
        let mut hits: Vec<ListedHit> = top.into_iter().map(listed(false)).collect();
        let mut partial = None;
        if let Some(second) = request.second {
            let matching = self.query_of(&second.matching, &[])?;
            let clauses = vec![matching, json!({"bool": {"must_not": [first]}})];
            let articles = self.count_of(clauses.clone())?;
            let room = request.limit.saturating_sub(hits.len());
            hits.extend(
                self.top(second, &clauses, room, after(true))?.into_iter().map(listed(true)),
            );
            partial = Some(Totals { articles, stories: articles });
        }
        Ok(ListedHits { hits, totals: Totals { articles, stories: articles }, partial })
    }

    /// The first `limit` documents of a part that satisfy all of these, behind one.
    fn top(
        &self,
        part: &HitsPart,
        clauses: &[Value],
        limit: usize,
        after: Option<SortKey>,
    ) -> Result<Vec<SortKey>, SearchError> {
        let mut found: Vec<SortKey> = Vec::new();
        let mut query = self.counting(clauses.iter().cloned());
        if part.sort == Sort::Relevance && limit > 0 {
            query["bool"]["should"] = json!(self.scoring(&part.ranking, clauses)?);
        }
        let mut after = after.map(|after| self.search_after(part.sort, after)).transpose()?;
        while found.len() < limit {
            let page = (limit - found.len()).min(LISTED);
            let mut body = json!({
                "size": page, "_source": false, "track_total_hits": false,
                "query": query, "sort": sort_of(part.sort),
            });
            if let Some(after) = after.take() {
                body["search_after"] = after;
            }
            let hits = hits_of(&mut self.search(body)?);
            found.extend(hits.iter().filter_map(|hit| sort_key_of(part.sort, hit)));
            match hits.last() {
                Some(last) if hits.len() == page => after = Some(last["sort"].clone()),
                _ => break,
            }
        }
        Ok(found)
    }

    /// The sort values of a document that was given before: the cursor has the first of them, the
    /// document the others.
    fn search_after(&self, sort: Sort, after: SortKey) -> Result<Value, SearchError> {
        let body = json!({
            "size": 1, "_source": false,
            "query": {"bool": {"filter": [of_ids(std::iter::once(after.address))]}},
            "sort": sort_of(Sort::Newest),
        });
        let hits = hits_of(&mut self.search(body)?);
        let Some(values) = hits.first().map(|hit| &hit["sort"]) else {
            return Err(SearchError::StaleCursor);
        };
        let first = match sort {
            Sort::Relevance => json!(after.score()),
            // What has no day is behind all others in both directions.
            Sort::Oldest if values[0].as_i64().is_none_or(|day| day <= 0) => json!(i64::MAX),
            Sort::Newest | Sort::Oldest => values[0].clone(),
        };
        Ok(json!([first, values[1], values[2]]))
    }
}

/// The sort keys: the order is total, since no two documents have one place.
pub(super) fn sort_of(sort: Sort) -> Value {
    let first = match sort {
        Sort::Relevance => json!({"_score": "desc"}),
        Sort::Newest => json!({ORDER_DAY: {"order": "desc", "missing": "_last"}}),
        Sort::Oldest => json!({ORDER_DAY: {"order": "asc", "missing": "_last"}}),
    };
    json!([first, {(names::SOURCE): "asc"}, {(names::ORDINAL): "asc"}])
}

/// The key of a hit that is sorted so. Its file is told by its name, which a cursor need not have.
pub(super) fn sort_key_of(sort: Sort, hit: &Value) -> Option<SortKey> {
    let values = &hit["sort"];
    let day = values[0].as_i64().filter(|&day| (1..i64::MAX).contains(&day));
    let day = day.map_or(0, |day| day as u64);
    let key = match sort {
        Sort::Relevance => SortKey::of_score(values[0].as_f64().unwrap_or(0.0) as f32),
        Sort::Newest => u64::MAX - day,
        Sort::Oldest if day == 0 => u64::MAX,
        Sort::Oldest => day,
    };
    let ordinal = values[2].as_u64().unwrap_or(0) as u32;
    Some(SortKey { key, rank: 0, ordinal, address: address_of(hit)? })
}
