//! What a condition is in the query language of the cluster.

use serde_json::{Value, json};

use super::{ClusterEngine, of_ids, of_term};
use crate::index::{NumberField, TermField};
use crate::opensearch::{encoded, field_name, number_name, pair_terms, text_names};
use crate::query::Within;
use crate::search::SearchError;
use crate::search::plan::Condition;
use crate::search::position_rule::PositionRule;

/// Values in one list at most: an index takes no more.
const MAX_TERMS: usize = 60_000;

/// What nothing satisfies.
fn none() -> Value {
    json!({"match_none": {}})
}

pub(super) fn any(clauses: Vec<Value>) -> Value {
    match <[Value; 1]>::try_from(clauses) {
        Ok([only]) => only,
        Err(clauses) if clauses.is_empty() => none(),
        Err(clauses) => json!({"bool": {"should": clauses, "minimum_should_match": 1}}),
    }
}

fn all(clauses: Vec<Value>) -> Value {
    match <[Value; 1]>::try_from(clauses) {
        Ok([only]) => only,
        Err(clauses) => json!({"bool": {"filter": clauses}}),
    }
}

fn not(clause: &Value) -> Value {
    json!({"bool": {"must_not": [clause]}})
}

/// A term as its field has it.
pub(super) fn term_of(field: TermField, text: &str) -> String {
    match field {
        TermField::HeadlineBigrams
        | TermField::Bigrams
        | TermField::Characters
        | TermField::Words => encoded(text),
        _ => text.to_owned(),
    }
}

impl ClusterEngine {
    /// What satisfies a condition. Where texts must be read for it, only those that satisfy what stands
    /// `beside` it, too.
    pub(super) fn query_of(
        &self,
        condition: &Condition,
        beside: &[Value],
    ) -> Result<Value, SearchError> {
        Ok(match condition {
            Condition::Term(field, text) => of_term(*field, text),
            Condition::AnyTerm(field, texts) => any(texts
                .chunks(MAX_TERMS)
                .map(|texts| json!({"terms": {field_name(*field): texts}}))
                .collect()),
            Condition::Beginning(field, text) => {
                json!({"prefix": {field_name(*field): {"value": term_of(*field, text)}}})
            }
            Condition::Text { within, pieces, rule } => {
                if pieces.is_empty() || pieces.iter().any(String::is_empty) {
                    return Ok(none());
                }
                self.text(*within, pieces, rule, beside)?
            }
            Condition::Days(field, from, to) => {
                let mut range = serde_json::Map::new();
                range.extend(from.map(|from| ("gte".to_owned(), json!(from))));
                range.extend(to.map(|to| ("lte".to_owned(), json!(to))));
                json!({"range": {number_name(NumberField::Interval(*field)): range}})
            }
            Condition::Listed(addresses) => {
                let lists = addresses.chunks(MAX_TERMS);
                any(lists.map(|addresses| of_ids(addresses.iter().copied())).collect())
            }
            Condition::All(conditions) => {
                let (plain, read): (Vec<&Condition>, Vec<&Condition>) =
                    conditions.iter().partition(|condition| !is_read(condition));
                let mut clauses = Vec::new();
                for condition in plain {
                    clauses.push(self.query_of(condition, beside)?);
                }
                // What the cluster can tell leaves fewer texts to be read.
                let beside: Vec<Value> = beside.iter().chain(&clauses).cloned().collect();
                for condition in read {
                    clauses.push(self.query_of(condition, &beside)?);
                }
                all(clauses)
            }
            Condition::Any(conditions) => {
                let clauses = conditions.iter().map(|condition| self.query_of(condition, beside));
                any(clauses.collect::<Result<_, _>>()?)
            }
            Condition::Not(inner) => not(&self.query_of(inner, beside)?),
        })
    }

    fn text(
        &self,
        within: Within,
        pieces: &[String],
        rule: &PositionRule,
        beside: &[Value],
    ) -> Result<Value, SearchError> {
        let in_field = |field: &str| match exact(field, pieces, rule) {
            Some(query) => query,
            None => all(pieces.iter().map(|piece| phrase(field, piece)).collect()),
        };
        let is_exact = exact("", pieces, rule).is_some();
        let field = match within {
            Within::Headline => text_names::HEADLINE,
            Within::Anywhere | Within::Body => text_names::ALL,
        };
        let candidates = in_field(field);
        if !is_exact {
            return self.verified(within, pieces, rule, candidates, beside);
        }
        if within != Within::Body {
            return Ok(candidates);
        }
        // What stands in the text and not before the body stands in the body; both can be so.
        let in_front = in_field(text_names::FRONT);
        let both = all(vec![candidates.clone(), in_front.clone()]);
        let both = self.verified(within, pieces, rule, both, beside)?;
        Ok(any(vec![all(vec![candidates, not(&in_front)]), both]))
    }
}

/// Whether texts must be read to tell what satisfies a condition.
fn is_read(condition: &Condition) -> bool {
    match condition {
        Condition::Text { within, pieces, rule } => {
            *within == Within::Body || exact("", pieces, rule).is_none()
        }
        Condition::All(conditions) | Condition::Any(conditions) => conditions.iter().any(is_read),
        Condition::Not(inner) => is_read(inner),
        _ => false,
    }
}

/// The query for texts that stand as they must to one another, where positions say so alone.
fn exact(field: &str, pieces: &[String], rule: &PositionRule) -> Option<Value> {
    if let [only] = pieces {
        return Some(phrase(field, only));
    }
    let gaps = match rule {
        PositionRule::Adjacent => return Some(phrase(field, &pieces.concat())),
        PositionRule::Ordered { gaps } => gaps,
        PositionRule::Near { .. } => return None,
    };
    let is_fixed = gaps.iter().all(|(least, most)| least == most);
    if !is_fixed || pieces.iter().any(|piece| piece.chars().nth(1).is_none()) {
        return None;
    }
    let mut clauses = Vec::new();
    let mut gaps = gaps.iter().map(|(least, _)| *least).chain(std::iter::repeat(0));
    for (at, piece) in pieces.iter().enumerate() {
        if at > 0 {
            // The last character of the piece before begins no pair of it.
            let width = gaps.next().unwrap_or(0) + 1;
            clauses.push(json!({"span_gap": {field: width}}));
        }
        let pairs = pairs_within(piece).into_iter();
        clauses.extend(pairs.map(|pair| json!({"span_term": {field: {"value": pair}}})));
    }
    Some(json!({"span_near": {"clauses": clauses, "slop": 0, "in_order": true}}))
}

/// The query for a text that stands somewhere.
fn phrase(field: &str, piece: &str) -> Value {
    let pairs = pairs_within(piece);
    match pairs.as_slice() {
        // Every character begins a pair.
        [] => json!({"prefix": {field: {"value": encoded(piece)}}}),
        [only] => json!({"term": {field: {"value": only}}}),
        _ => json!({"match_phrase": {field: {"query": pairs.join(" "), "analyzer": "whitespace"}}}),
    }
}

/// The pairs of a text that stands within another one: without the last character alone.
fn pairs_within(piece: &str) -> Vec<String> {
    let mut pairs = pair_terms(piece);
    pairs.pop();
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_phrases_of_pairs_and_fixed_gaps_are_positions() {
        let of = |pieces: &[&str], rule: &PositionRule| {
            let pieces: Vec<String> = pieces.iter().map(|&piece| piece.to_owned()).collect();
            exact("t", &pieces, rule).map(|query| query.to_string())
        };
        let adjacent = PositionRule::Adjacent;
        assert_eq!(of(&["氢"], &adjacent).as_deref(), Some(r#"{"prefix":{"t":{"value":"氢"}}}"#));
        assert_eq!(of(&["氢能"], &adjacent).as_deref(), Some(r#"{"term":{"t":{"value":"氢能"}}}"#));
        assert!(of(&["氢能", "源"], &adjacent).is_some_and(|query| query.contains("氢能 能源")));
        let fixed = PositionRule::Ordered { gaps: vec![(2, 2)] };
        assert!(of(&["氢能", "产业"], &fixed).is_some_and(|query| query.contains(r#""t":3"#)));
        assert_eq!(of(&["氢", "产业"], &fixed), None);
        assert_eq!(of(&["氢能", "产业"], &PositionRule::Near { gap: 3 }), None);
    }
}
