//! A request in the engine's terms: what matches, and what it is scored by.

use std::collections::BTreeSet;

use tantivy::Searcher;
use tantivy::query::{BooleanQuery, Occur, Query as EngineQuery};

use super::clauses::{Clause, conjunction_of, term, union};
use super::dates::{DayRange, IntervalField, counted_within, within};
use super::error::PlanError;
use super::literals::{LiteralQueryBuilder, fixed};
use super::tokenise::long_words;
use super::{districts, tokenise, values};
use crate::index::{ARTICLE, Fields};
use crate::model::CivilDate;
use crate::query::{DateField, Dates, Node, NodeKind, Query, Term, Text, ValueField, Within};
use crate::search::{Filters, Matching, Note, Request};
use crate::text::Segmenter;

/// Turns requests into queries of the engine, and notes what a person should know about it.
pub(crate) struct Planner<'a> {
    pub(crate) searcher: &'a Searcher,
    pub(crate) fields: Fields,
    pub(crate) segmenter: &'a Segmenter,
    pub(crate) today: CivilDate,
    /// Whether dates must lie within what is asked for.
    pub(crate) certain: bool,
    pub(crate) notes: BTreeSet<Note>,
}

impl Planner<'_> {
    /// Articles that the request finds.
    pub(crate) fn matching(
        &mut self,
        request: &Request,
    ) -> Result<Box<dyn EngineQuery>, PlanError> {
        let mut clauses = match request.matching {
            Matching::All => self.all(&request.query)?,
            Matching::Some => self.some(&request.query)?,
        };
        self.filters(&request.filters, &mut clauses)?;
        Ok(self.conjunction(clauses))
    }

    /// Articles that satisfy one part of a query.
    pub(crate) fn node(&mut self, node: &Node) -> Result<Box<dyn EngineQuery>, PlanError> {
        let mut clauses = Vec::new();
        self.clauses(node, &mut clauses)?;
        Ok(self.conjunction(clauses))
    }

    /// Articles with a word, or a text as it stands.
    pub(crate) fn literal(&self, text: &str, part: Within) -> Box<dyn EngineQuery> {
        self.literals().containing(&tokenise::folded(text), part)
    }

    pub(crate) fn literals(&self) -> LiteralQueryBuilder<'_> {
        LiteralQueryBuilder { fields: self.fields, segmenter: self.segmenter }
    }

    /// The words that a text is looked up as, folded.
    pub(crate) fn words(&self, text: &Text) -> Vec<String> {
        match &text.term {
            Term::Words(part) => tokenise::tokenise(self.segmenter, part),
            Term::Literal(part) => vec![tokenise::folded(part)],
            Term::Near { words, .. } => words.iter().map(|word| tokenise::folded(word)).collect(),
            Term::Pattern(pieces) => fixed(pieces).map(tokenise::folded).collect(),
        }
    }

    fn all(&mut self, query: &Query) -> Result<Vec<Clause>, PlanError> {
        let mut clauses = Vec::new();
        if let Some(root) = &query.root {
            self.clauses(root, &mut clauses)?;
        }
        Ok(clauses)
    }

    /// Of the texts at the top of the query, any word is enough; all the rest must match.
    fn some(&mut self, query: &Query) -> Result<Vec<Clause>, PlanError> {
        let mut clauses = Vec::new();
        let mut any = Vec::new();
        for part in query.parts() {
            match &part.kind {
                NodeKind::Text(text) => match &text.term {
                    Term::Words(_) => {
                        for word in long_words(self.words(text)) {
                            any.push(self.literals().containing(&word, text.within));
                        }
                    }
                    term => any.push(self.literals().articles(term, text.within)),
                },
                NodeKind::Any(_) if !part.texts().is_empty() => any.push(self.node(part)?),
                _ => self.clauses(part, &mut clauses)?,
            }
        }
        if !any.is_empty() {
            clauses.push((Occur::Must, union(any)));
        }
        Ok(clauses)
    }

    fn clauses(&mut self, node: &Node, clauses: &mut Vec<Clause>) -> Result<(), PlanError> {
        let must = match &node.kind {
            NodeKind::All(nodes) => {
                for node in nodes {
                    self.clauses(node, clauses)?;
                }
                return Ok(());
            }
            NodeKind::Not(inner) => {
                let inner = self.node(inner)?;
                clauses.push((Occur::MustNot, inner));
                return Ok(());
            }
            NodeKind::Text(Text { within, term: Term::Words(part) }) => {
                for word in tokenise::tokenise(self.segmenter, part) {
                    clauses.push((Occur::Must, self.literals().containing(&word, *within)));
                }
                return Ok(());
            }
            NodeKind::Text(text) => self.literals().articles(&text.term, text.within),
            NodeKind::Any(nodes) => {
                let any: Result<Vec<_>, _> = nodes.iter().map(|node| self.node(node)).collect();
                union(any?)
            }
            NodeKind::Value(ValueField::District, name) => {
                districts::articles_of(self.searcher, &self.fields, name, &mut self.notes)?
            }
            NodeKind::Value(field, value) => {
                let found = values::articles_with(self.searcher, &self.fields, *field, value)?;
                self.of_articles(found)
            }
            NodeKind::Kind(kind) => term(self.fields.kind, kind.as_str()),
            NodeKind::Dates(field, dates) => self.dated(*field, dates),
        };
        clauses.push((Occur::Must, must));
        Ok(())
    }

    fn dated(&self, field: DateField, dates: &Dates) -> Box<dyn EngineQuery> {
        let span = match dates {
            Dates::Unknown => DayRange::Unknown,
            range @ Dates::Range { .. } => {
                let (from, to) = range.days(self.today);
                DayRange::Days(from, to)
            }
        };
        let interval = match field {
            DateField::Issue => IntervalField::Issue,
            DateField::Article | DateField::Certain => IntervalField::Article,
        };
        let certain = self.certain || field == DateField::Certain;
        conjunction_of(within(&self.fields, interval, span, certain))
    }

    fn filters(&mut self, filters: &Filters, clauses: &mut Vec<Clause>) -> Result<(), PlanError> {
        let Filters { districts, topics, kinds, outlets, publications, review, sources, .. } =
            filters;
        let mut any_of = |queries: Vec<Box<dyn EngineQuery>>| {
            if !queries.is_empty() {
                clauses.push((Occur::Must, union(queries)));
            }
        };
        let mut places = Vec::new();
        for name in districts {
            places.push(districts::articles_of(
                self.searcher,
                &self.fields,
                name,
                &mut self.notes,
            )?);
        }
        any_of(places);
        let topic = |label: &String| values::topic(self.searcher, &self.fields, label);
        any_of(topics.iter().map(topic).collect::<Result<_, _>>()?);
        any_of(kinds.iter().map(|kind| term(self.fields.kind, kind.as_str())).collect());
        any_of(review.iter().map(|of| term(self.fields.review, of.as_str())).collect());
        any_of(sources.iter().map(|source| term(self.fields.source, source)).collect());
        for (field, named) in
            [(self.fields.outlet, outlets), (self.fields.publication, publications)]
        {
            if !named.is_empty() {
                any_of(vec![values::articles_with_one_of(self.searcher, field, named)?]);
            }
        }
        let Filters { from, to, certain_dates, last_day, undated, .. } = *filters;
        if undated {
            clauses.extend(within(&self.fields, IntervalField::Article, DayRange::Unknown, false));
        } else if last_day && !certain_dates {
            clauses.extend(counted_within(&self.fields, from, to));
        } else if from.is_some() || to.is_some() || certain_dates {
            let span = DayRange::Days(from, to);
            clauses.extend(within(&self.fields, IntervalField::Article, span, certain_dates));
        }
        Ok(())
    }

    /// Of what can be reports on files too, the articles.
    fn of_articles(&self, found: Box<dyn EngineQuery>) -> Box<dyn EngineQuery> {
        Box::new(BooleanQuery::intersection(vec![found, term(self.fields.marker, ARTICLE)]))
    }

    fn conjunction(&self, mut clauses: Vec<Clause>) -> Box<dyn EngineQuery> {
        if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
            clauses.push((Occur::Must, term(self.fields.marker, ARTICLE)));
        }
        conjunction_of(clauses)
    }
}
