//! What a condition is as a query of the engine.

use std::ops::Bound;

use tantivy::query::{
    AllQuery, BooleanQuery, EmptyQuery, Occur, Query as EngineQuery, RangeQuery, TermQuery,
    TermSetQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, Term as EngineTerm};

use super::listed::ListedQuery;
use super::positional::PositionalQuery;
use crate::index::{Fields, names};
use crate::query::Within;
use crate::search::plan::Condition;

/// The query that finds what matches a condition, without scores.
pub(super) fn query_of(
    condition: &Condition,
    searcher: &Searcher,
    fields: &Fields,
) -> Box<dyn EngineQuery> {
    let each = |conditions: &[Condition]| -> Vec<Box<dyn EngineQuery>> {
        conditions.iter().map(|condition| query_of(condition, searcher, fields)).collect()
    };
    match condition {
        Condition::Term(field, text) => {
            let term = EngineTerm::from_field_text(fields.terms(*field), text);
            Box::new(TermQuery::new(term, IndexRecordOption::Basic))
        }
        Condition::AnyTerm(_, texts) if texts.is_empty() => Box::new(EmptyQuery),
        Condition::AnyTerm(field, texts) => {
            let field = fields.terms(*field);
            let terms = texts.iter().map(|text| EngineTerm::from_field_text(field, text));
            Box::new(TermSetQuery::new(terms))
        }
        Condition::Beginning(field, text) => beginning(fields.terms(*field), text),
        Condition::Text { within, pieces, rule } => {
            let (field, after) = match within {
                Within::Anywhere => (fields.bigrams, None),
                Within::Headline => (fields.headline_bigrams, None),
                Within::Body => (fields.bigrams, Some(names::BODY_START)),
            };
            let pieces = pieces.iter().map(|piece| piece.chars().collect()).collect();
            Box::new(PositionalQuery { field, pieces, rule: rule.clone(), after })
        }
        Condition::Days(field, from, to) => days(fields.days(*field), *from, *to),
        Condition::Listed(addresses) => Box::new(ListedQuery::new(addresses, searcher)),
        Condition::All(conditions) => all(conditions, searcher, fields),
        Condition::Any(conditions) => match <[_; 1]>::try_from(each(conditions)) {
            Ok([only]) => only,
            Err(none) if none.is_empty() => Box::new(EmptyQuery),
            Err(several) => Box::new(BooleanQuery::union(several)),
        },
        Condition::Not(_) => all(std::slice::from_ref(condition), searcher, fields),
    }
}

/// What satisfies all of these, without a query around a single one.
fn all(conditions: &[Condition], searcher: &Searcher, fields: &Fields) -> Box<dyn EngineQuery> {
    let mut clauses: Vec<(Occur, Box<dyn EngineQuery>)> = Vec::with_capacity(conditions.len());
    for condition in conditions {
        clauses.push(match condition {
            Condition::Not(inner) => (Occur::MustNot, query_of(inner, searcher, fields)),
            other => (Occur::Must, query_of(other, searcher, fields)),
        });
    }
    // Exclusions alone find nothing.
    if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
        clauses.push((Occur::Must, Box::new(AllQuery)));
    }
    match <[_; 1]>::try_from(clauses) {
        Ok([(_, only)]) => only,
        Err(clauses) => Box::new(BooleanQuery::new(clauses)),
    }
}

fn beginning(field: Field, text: &str) -> Box<dyn EngineQuery> {
    let from = EngineTerm::from_field_text(field, text);
    let to = EngineTerm::from_field_text(field, &format!("{text}{}", char::MAX));
    Box::new(RangeQuery::new(Bound::Included(from), Bound::Included(to)))
}

fn days(field: Field, from: Option<u64>, to: Option<u64>) -> Box<dyn EngineQuery> {
    let bound = |day: Option<u64>| {
        day.map_or(Bound::Unbounded, |day| Bound::Included(EngineTerm::from_field_u64(field, day)))
    };
    Box::new(RangeQuery::new(bound(from), bound(to)))
}
