//! A request in the engine's terms.

use std::ops::Bound;

use tantivy::Term as EngineTerm;
use tantivy::query::{
    BooleanQuery, ConstScoreQuery, EmptyQuery, Occur, PhraseQuery, Query as EngineQuery,
    RangeQuery, TermQuery,
};
use tantivy::schema::{Field as EngineField, IndexRecordOption};

use super::Filters;
use crate::index::{ARTICLE, Fields, day_number, lane_char, place_key};
use crate::query::{Node, NodeKind, Piece, Query, Term, Text};
use crate::text::{Mode, Segmenter, fold};

/// Above what words can score: an article with the part as it stands comes before every article
/// that only has its words.
const LITERAL_SCORE: f32 = 1_000.0;
/// More for the part as it stands in the headline.
const LITERAL_HEAD_SCORE: f32 = 1_500.0;

type Clause = (Occur, Box<dyn EngineQuery>);

/// Turns requests into queries of the engine.
pub(super) struct Planner<'a> {
    pub(super) fields: Fields,
    pub(super) segmenter: &'a Segmenter,
}

/// What an unquoted part is looked up as.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Cut {
    /// Each word with the shorter words inside it.
    pub(super) words: Vec<(String, Vec<String>)>,
}

impl Planner<'_> {
    /// Articles that the query finds and the filters leave.
    pub(super) fn articles(&self, query: &Query, filters: &Filters) -> Box<dyn EngineQuery> {
        let mut clauses: Vec<Clause> = Vec::new();
        for part in query.parts() {
            clauses.push((Occur::Must, self.part(part)));
        }
        clauses.extend(self.filters(filters).into_iter().map(|query| {
            let silent: Box<dyn EngineQuery> = Box::new(ConstScoreQuery::new(query, 0.0));
            (Occur::Must, silent)
        }));
        if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
            let all = term(self.fields.marker, ARTICLE);
            clauses.push((Occur::Must, Box::new(ConstScoreQuery::new(all, 0.0))));
        }
        match clauses.pop() {
            Some((Occur::Must, only)) if clauses.is_empty() => only,
            last => {
                clauses.extend(last);
                Box::new(BooleanQuery::new(clauses))
            }
        }
    }

    /// Articles that one part finds. Only words and quotes are looked up; any other leaf finds
    /// nothing.
    pub(super) fn part(&self, node: &Node) -> Box<dyn EngineQuery> {
        match &node.kind {
            NodeKind::All(nodes) => intersection(nodes.iter().map(|n| self.part(n)).collect()),
            NodeKind::Any(nodes) => union(nodes.iter().map(|n| self.part(n)).collect()),
            NodeKind::Not(inner) => {
                let all = ConstScoreQuery::new(term(self.fields.marker, ARTICLE), 0.0);
                let clauses: Vec<Clause> =
                    vec![(Occur::Must, Box::new(all)), (Occur::MustNot, self.part(inner))];
                Box::new(BooleanQuery::new(clauses))
            }
            NodeKind::Text(text) => self.text(text),
            _ => Box::new(EmptyQuery),
        }
    }

    fn text(&self, text: &Text) -> Box<dyn EngineQuery> {
        let (literal, cut) = match &text.term {
            Term::Literal(text) => (text, Cut::default()),
            Term::Words(text) => (text, self.cut(text)),
            Term::Near { words, .. } => {
                return intersection(words.iter().map(|word| self.literal(word)).collect());
            }
            Term::Pattern(pieces) => {
                let texts = pieces.iter().filter_map(|piece| match piece {
                    Piece::Text(text) => Some(self.literal(text)),
                    Piece::Gap { .. } => None,
                });
                return intersection(texts.collect());
            }
        };
        let mut either = self.literally(literal);
        if !cut.words.is_empty() {
            let all = cut.words.iter().map(|(word, inside)| self.word(word, inside));
            either.push((Occur::Should, intersection(all.collect())));
        }
        Box::new(BooleanQuery::new(either))
    }

    fn literal(&self, text: &str) -> Box<dyn EngineQuery> {
        Box::new(BooleanQuery::new(self.literally(text)))
    }

    fn literally(&self, literal: &str) -> Vec<Clause> {
        let mut either: Vec<Clause> = Vec::new();
        for (field, score) in
            [(self.fields.head, LITERAL_HEAD_SCORE), (self.fields.body, LITERAL_SCORE)]
        {
            let found = literal_in(field, literal);
            either.push((Occur::Should, Box::new(ConstScoreQuery::new(found, score))));
        }
        either
    }

    /// The words that an unquoted part is looked up as. Loads the dictionary.
    pub(super) fn cut(&self, text: &str) -> Cut {
        let folded = fold(text).text;
        let slice = |span: std::ops::Range<usize>| folded.get(span).unwrap_or_default().to_owned();
        let inner = self.segmenter.words(&folded, Mode::Index);
        let words = self.segmenter.words(&folded, Mode::Query).into_iter().map(|word| {
            let inside = inner
                .iter()
                .filter(|span| span.start >= word.start && span.end <= word.end && **span != word)
                .map(|span| slice(span.clone()))
                .collect();
            (slice(word), inside)
        });
        Cut { words: words.collect() }
    }

    /// A word, or all of the shorter words inside it.
    fn word(&self, word: &str, inside: &[String]) -> Box<dyn EngineQuery> {
        let whole = scored_term(self.fields.words, word);
        if inside.is_empty() {
            return whole;
        }
        let parts = inside.iter().map(|part| scored_term(self.fields.words, part)).collect();
        union(vec![whole, intersection(parts)])
    }

    fn filters(&self, filters: &Filters) -> Vec<Box<dyn EngineQuery>> {
        let fields = &self.fields;
        let mut all = Vec::new();
        let mut any_of = |field: EngineField, values: Vec<String>| {
            if !values.is_empty() {
                all.push(union(values.iter().map(|value| term(field, value)).collect()));
            }
        };
        any_of(fields.place, filters.districts.iter().map(|name| place_key(name)).collect());
        any_of(fields.topic, filters.topics.clone());
        any_of(fields.kind, filters.kinds.iter().map(|kind| kind.as_str().into()).collect());
        any_of(fields.outlet, filters.outlets.clone());
        any_of(fields.publication, filters.publications.clone());
        let from = filters.from.map(day_number);
        let to = filters.to.map(day_number);
        let (from_field, to_field) = if filters.certain_dates {
            all.push(days(fields.day, Some(1), None));
            (fields.first_day, fields.last_day)
        } else {
            (fields.last_day, fields.first_day)
        };
        if from.is_some() {
            all.push(days(from_field, from, None));
        }
        if to.is_some() {
            all.push(days(to_field, None, to));
        }
        if filters.undated {
            all.push(days(fields.day, None, Some(0)));
        }
        all
    }
}

/// Articles with a text in one lane field, after folding, exactly as it stands.
fn literal_in(field: EngineField, text: &str) -> Box<dyn EngineQuery> {
    let chars: Vec<char> = text.chars().map(lane_char).collect();
    let pair = |at: usize| {
        let pair: String = chars.iter().skip(at).take(2).collect();
        EngineTerm::from_field_text(field, &pair)
    };
    match chars.as_slice() {
        [] => Box::new(EmptyQuery),
        // Every character begins some pair.
        [one] => {
            let from = EngineTerm::from_field_text(field, &one.to_string());
            let to = EngineTerm::from_field_text(field, &format!("{one}{}", char::MAX));
            Box::new(RangeQuery::new(Bound::Excluded(from), Bound::Included(to)))
        }
        [_, _] => Box::new(TermQuery::new(pair(0), IndexRecordOption::Basic)),
        // Every second pair covers the text; the last pair closes it.
        _ => {
            let last = chars.len() - 2;
            let mut pairs: Vec<(usize, EngineTerm)> =
                (0..last).step_by(2).map(|at| (at, pair(at))).collect();
            pairs.push((last, pair(last)));
            Box::new(PhraseQuery::new_with_offset(pairs))
        }
    }
}

/// Articles with a day in a range, both ends inclusive.
fn days(field: EngineField, from: Option<u64>, to: Option<u64>) -> Box<dyn EngineQuery> {
    let bound = |day: Option<u64>| {
        day.map_or(Bound::Unbounded, |day| Bound::Included(EngineTerm::from_field_u64(field, day)))
    };
    Box::new(RangeQuery::new(bound(from), bound(to)))
}

fn term(field: EngineField, text: &str) -> Box<dyn EngineQuery> {
    let term = EngineTerm::from_field_text(field, text);
    Box::new(TermQuery::new(term, IndexRecordOption::Basic))
}

fn scored_term(field: EngineField, text: &str) -> Box<dyn EngineQuery> {
    let term = EngineTerm::from_field_text(field, text);
    Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
}

fn union(mut queries: Vec<Box<dyn EngineQuery>>) -> Box<dyn EngineQuery> {
    match queries.pop() {
        Some(only) if queries.is_empty() => only,
        last => {
            queries.extend(last);
            Box::new(BooleanQuery::union(queries))
        }
    }
}

fn intersection(mut queries: Vec<Box<dyn EngineQuery>>) -> Box<dyn EngineQuery> {
    match queries.pop() {
        Some(only) if queries.is_empty() => only,
        last => {
            queries.extend(last);
            Box::new(BooleanQuery::intersection(queries))
        }
    }
}
