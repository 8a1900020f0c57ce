//! The engine's queries that plans are put together from.

use tantivy::Term as EngineTerm;
use tantivy::query::{BooleanQuery, EmptyQuery, Occur, Query as EngineQuery, TermQuery};
use tantivy::schema::{Field as EngineField, IndexRecordOption};

/// A query and whether documents must or must not match it.
pub(crate) type Clause = (Occur, Box<dyn EngineQuery>);

/// What satisfies all clauses, of which one at least is not excluding.
pub(crate) fn conjunction_of(mut clauses: Vec<Clause>) -> Box<dyn EngineQuery> {
    match clauses.pop() {
        Some((Occur::Must, only)) if clauses.is_empty() => only,
        last => {
            clauses.extend(last);
            Box::new(BooleanQuery::new(clauses))
        }
    }
}

pub(crate) fn term(field: EngineField, text: &str) -> Box<dyn EngineQuery> {
    let term = EngineTerm::from_field_text(field, text);
    Box::new(TermQuery::new(term, IndexRecordOption::Basic))
}

pub(crate) fn union(mut queries: Vec<Box<dyn EngineQuery>>) -> Box<dyn EngineQuery> {
    match queries.pop() {
        None => Box::new(EmptyQuery),
        Some(only) if queries.is_empty() => only,
        last => {
            queries.extend(last);
            Box::new(BooleanQuery::union(queries))
        }
    }
}
