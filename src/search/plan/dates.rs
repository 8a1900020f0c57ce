//! Dates of a request in the engine's terms. The date of an article, and of its issue, is an
//! interval of days.

use std::ops::Bound;

use tantivy::Term as EngineTerm;
use tantivy::query::{Occur, Query as EngineQuery, RangeQuery};
use tantivy::schema::Field as EngineField;

use super::clauses::Clause;
use crate::index::{Fields, day_number};
use crate::model::CivilDate;

/// Which interval is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum IntervalField {
    Article,
    Issue,
}

/// Days, both ends inclusive and perhaps open; or that no day is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DayRange {
    Days(Option<CivilDate>, Option<CivilDate>),
    Unknown,
}

/// Articles whose interval meets the days, or, if that is to be certain, lies within them.
pub(crate) fn within(
    fields: &Fields,
    interval: IntervalField,
    range: DayRange,
    certain: bool,
) -> Vec<Clause> {
    let (first, last) = match interval {
        IntervalField::Article => (fields.first_day, fields.last_day),
        IntervalField::Issue => (fields.first_issue, fields.last_issue),
    };
    let (from, to) = match range {
        // The last day of what has none is 0.
        DayRange::Unknown => return vec![must(days(last, None, Some(0)))],
        DayRange::Days(from, to) => (from.map(day_number), to.map(day_number)),
    };
    // Of what has no day the last one is 0 and the first one above all others.
    if certain {
        let begins = from.map(|from| must(days(first, Some(from), None)));
        return begins.into_iter().chain([must(days(last, Some(1), to))]).collect();
    }
    let begins = to.map(|to| must(days(first, None, Some(to))));
    let ends = from.or(to.is_none().then_some(1)).map(|from| must(days(last, Some(from), None)));
    ends.into_iter().chain(begins).collect()
}

/// Articles whose last possible day lies within the days; all where both ends are open.
pub(crate) fn counted_within(
    fields: &Fields,
    from: Option<CivilDate>,
    to: Option<CivilDate>,
) -> Option<Clause> {
    // Of what has no day it is 0.
    let first = from.map(day_number).or(to.map(|_| 1));
    first.map(|first| must(days(fields.day, Some(first), to.map(day_number))))
}

/// Articles with a day in a range, both ends inclusive.
fn days(field: EngineField, from: Option<u64>, to: Option<u64>) -> Box<dyn EngineQuery> {
    let bound = |day: Option<u64>| {
        day.map_or(Bound::Unbounded, |day| Bound::Included(EngineTerm::from_field_u64(field, day)))
    };
    Box::new(RangeQuery::new(bound(from), bound(to)))
}

fn must(query: Box<dyn EngineQuery>) -> Clause {
    (Occur::Must, query)
}
