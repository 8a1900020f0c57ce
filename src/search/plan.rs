//! A request in the engine's terms: what matches, and what it is scored by.

use std::collections::BTreeSet;

use tantivy::query::{BooleanQuery, EmptyQuery, Occur, Query as EngineQuery, TermQuery};
use tantivy::schema::{Field as EngineField, IndexRecordOption};
use tantivy::{Searcher, TantivyError, Term as EngineTerm};

use super::districts;
use super::highlight::Mark;
use super::literals::{Literals, fixed, gaps};
use super::near::How;
use super::score::{Counted, Scoring, Wanted};
use super::values;
use super::when::{Interval, Span, within};
use super::{Filters, Matching, Note, Request, cut};
use crate::index::{ARTICLE, Fields, LONG_WORD, run_term};
use crate::model::CivilDate;
use crate::query::{DateField, Dates, Node, NodeKind, Query, Term, Text, ValueField, Within};
use crate::text::Segmenter;

pub(super) type Clause = (Occur, Box<dyn EngineQuery>);

/// Why a request has no plan.
pub(super) enum Unplanned {
    /// No label of the table, and none that an article of the archive came with.
    Topic(String, Vec<String>),
    /// No name that the archive or the gazetteer knows.
    District(String),
    Engine(TantivyError),
}

impl From<TantivyError> for Unplanned {
    fn from(error: TantivyError) -> Self {
        Self::Engine(error)
    }
}

impl From<std::io::Error> for Unplanned {
    fn from(error: std::io::Error) -> Self {
        Self::Engine(error.into())
    }
}

/// Turns requests into queries of the engine, and notes what a person should know about it.
pub(super) struct Planner<'a> {
    pub(super) searcher: &'a Searcher,
    pub(super) fields: Fields,
    pub(super) segmenter: &'a Segmenter,
    pub(super) today: CivilDate,
    pub(super) notes: BTreeSet<Note>,
}

impl Planner<'_> {
    /// Articles that the request finds.
    pub(super) fn matching(
        &mut self,
        request: &Request,
    ) -> Result<Box<dyn EngineQuery>, Unplanned> {
        let mut clauses = match request.matching {
            Matching::All => self.all(&request.query)?,
            Matching::Some => self.some(&request.query)?,
        };
        self.filters(&request.filters, &mut clauses)?;
        Ok(self.conjunction(clauses))
    }

    /// Articles that satisfy one part of a query.
    pub(super) fn node(&mut self, node: &Node) -> Result<Box<dyn EngineQuery>, Unplanned> {
        let mut clauses = Vec::new();
        self.clauses(node, &mut clauses)?;
        Ok(self.conjunction(clauses))
    }

    /// Articles with a word, or a text as it stands.
    pub(super) fn literal(&self, text: &str, part: Within) -> Box<dyn EngineQuery> {
        self.literals().containing(&cut::folded(text), part)
    }

    /// What the hits of a request are scored by, and the articles in whose headline a part of the
    /// query stands.
    pub(super) fn scoring(
        &mut self,
        request: &Request,
    ) -> Result<(Scoring, Box<dyn EngineQuery>), Unplanned> {
        let mut wanted = Vec::new();
        let mut counted: Vec<Counted> = Vec::new();
        let mut neighbours = Vec::new();
        let mut in_headline = Vec::new();
        for (node, text) in request.query.texts() {
            let given = request.matching == Matching::All
                && request.query.parts().iter().any(|part| std::ptr::eq(part, node));
            let words = self.words(text);
            for term in words.iter().flat_map(|word| self.counted(word)) {
                if !counted.contains(&term) {
                    counted.push(term);
                }
            }
            neighbours.extend(words.iter().filter_map(|word| self.literals().beginning(word)));
            let headline = self.in_headline(text);
            in_headline.push(headline.box_clone());
            let stands = self.stands(text);
            let stands = if given && self.is_what_matches(text) { None } else { Some(stands) };
            wanted.push(Wanted { shown: node.to_string(), stands, in_headline: headline });
        }
        // After all words: a pair that bridges two of them can stand inside another.
        for pair in bridges(&request.query) {
            let known = Counted::Pair(pair.clone());
            let bridge = Counted::Bridge(pair);
            if !counted.contains(&known) && !counted.contains(&bridge) {
                counted.push(bridge);
            }
        }
        let scoring = Scoring::new(self.searcher, self.fields, wanted, counted, neighbours)?;
        Ok((scoring, union(in_headline)))
    }

    /// What is marked in the hits: every wanted text as it stands, and the words of unquoted ones.
    pub(super) fn marks(&self, query: &Query) -> Vec<Mark> {
        let mut marks: Vec<Mark> = Vec::new();
        for (_, text) in query.texts() {
            let within = text.within;
            match &text.term {
                Term::Words(part) => {
                    // A single character between words would be marked all over the text.
                    let mut words = cut::words(self.segmenter, part);
                    let is_long = |word: &String| word.chars().nth(1).is_some();
                    if words.iter().any(is_long) {
                        words.retain(is_long);
                    }
                    marks.extend(words.into_iter().map(|word| Mark::text(within, word)));
                    marks.push(Mark::text(within, cut::folded(part)));
                }
                Term::Literal(part) => marks.push(Mark::text(within, cut::folded(part))),
                Term::Near { words, gap } => marks.push(Mark {
                    within,
                    pieces: words.iter().map(|word| cut::folded(word)).collect(),
                    how: How::Near { gap: *gap },
                }),
                Term::Pattern(pieces) => marks.push(Mark {
                    within,
                    pieces: fixed(pieces).map(cut::folded).collect(),
                    how: How::InOrder { gaps: gaps(pieces) },
                }),
            }
        }
        marks
    }

    fn literals(&self) -> Literals<'_> {
        Literals { fields: self.fields, segmenter: self.segmenter }
    }

    /// The words that a text is looked up as, folded.
    pub(super) fn words(&self, text: &Text) -> Vec<String> {
        match &text.term {
            Term::Words(part) => cut::words(self.segmenter, part),
            Term::Literal(part) => vec![cut::folded(part)],
            Term::Near { words, .. } => words.iter().map(|word| cut::folded(word)).collect(),
            Term::Pattern(pieces) => fixed(pieces).map(cut::folded).collect(),
        }
    }

    /// The terms that a word is weighed by beside the pairs of its part.
    fn counted(&self, word: &str) -> Vec<Counted> {
        let mut counted: Vec<Counted> = cut::pairs(word).into_iter().map(Counted::Pair).collect();
        if cut::is_run(word) {
            counted.push(Counted::Word { shown: word.to_owned(), term: run_term(word) });
        } else if word.chars().nth(LONG_WORD - 1).is_some() && self.segmenter.knows(word) {
            counted.push(Counted::Word { shown: word.to_owned(), term: word.to_owned() });
        }
        counted
    }

    /// Whether every article that matches the text has it as it was typed.
    fn is_what_matches(&self, text: &Text) -> bool {
        match &text.term {
            Term::Words(part) => {
                let words = cut::words(self.segmenter, part);
                words.len() == 1 && words[0] == cut::folded(part) && !cut::is_run(&words[0])
            }
            _ => true,
        }
    }

    /// Articles in which a text stands as it was typed; letters and digits as a whole word.
    fn stands(&self, text: &Text) -> Box<dyn EngineQuery> {
        match &text.term {
            Term::Words(part) => {
                let whole = cut::folded(part);
                let stands = self.literals().containing(&whole, text.within);
                self.as_whole_word(&whole, stands)
            }
            term => self.literals().articles(term, text.within),
        }
    }

    fn in_headline(&self, text: &Text) -> Box<dyn EngineQuery> {
        match (&text.term, text.within) {
            (_, Within::Body) => Box::new(EmptyQuery),
            (Term::Words(part), _) => {
                let whole = cut::folded(part);
                let stands = self.literals().containing(&whole, Within::Headline);
                self.as_whole_word(&whole, stands)
            }
            (term, _) => self.literals().articles(term, Within::Headline),
        }
    }

    fn as_whole_word(&self, word: &str, stands: Box<dyn EngineQuery>) -> Box<dyn EngineQuery> {
        if !cut::is_run(word) {
            return stands;
        }
        Box::new(BooleanQuery::intersection(vec![stands, term(self.fields.words, &run_term(word))]))
    }

    fn all(&mut self, query: &Query) -> Result<Vec<Clause>, Unplanned> {
        let mut clauses = Vec::new();
        if let Some(root) = &query.root {
            self.clauses(root, &mut clauses)?;
        }
        Ok(clauses)
    }

    /// Of the texts at the top of the query, any word is enough; all the rest must match.
    fn some(&mut self, query: &Query) -> Result<Vec<Clause>, Unplanned> {
        let mut clauses = Vec::new();
        let mut any = Vec::new();
        for part in query.parts() {
            match &part.kind {
                NodeKind::Text(text) => match &text.term {
                    Term::Words(_) => {
                        for word in self.words(text) {
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

    fn clauses(&mut self, node: &Node, clauses: &mut Vec<Clause>) -> Result<(), Unplanned> {
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
                for word in cut::words(self.segmenter, part) {
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
            Dates::Unknown => Span::Unknown,
            other => {
                let (from, to) = other.days(self.today);
                Span::Days(from, to)
            }
        };
        let interval = match field {
            DateField::Issue => Interval::Issue,
            DateField::Article | DateField::Certain => Interval::Article,
        };
        conjunction_of(within(&self.fields, interval, span, field == DateField::Certain))
    }

    fn filters(&mut self, filters: &Filters, clauses: &mut Vec<Clause>) -> Result<(), Unplanned> {
        let Filters { districts, topics, kinds, outlets, publications, .. } = filters;
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
        for (field, named) in
            [(self.fields.outlet, outlets), (self.fields.publication, publications)]
        {
            if !named.is_empty() {
                any_of(vec![values::articles_with_one_of(self.searcher, field, named)?]);
            }
        }
        let Filters { from, to, certain_dates, undated, .. } = *filters;
        if undated {
            clauses.extend(within(&self.fields, Interval::Article, Span::Unknown, false));
        } else if from.is_some() || to.is_some() || certain_dates {
            let span = Span::Days(from, to);
            clauses.extend(within(&self.fields, Interval::Article, span, certain_dates));
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

/// The pairs of the wanted parts.
fn bridges(query: &Query) -> impl Iterator<Item = String> {
    query.texts().into_iter().flat_map(|(_, text)| match &text.term {
        Term::Words(part) | Term::Literal(part) => cut::pairs(&cut::folded(part)),
        Term::Near { .. } | Term::Pattern(_) => Vec::new(),
    })
}

/// What satisfies all clauses, of which one at least is not excluding.
fn conjunction_of(mut clauses: Vec<Clause>) -> Box<dyn EngineQuery> {
    match clauses.pop() {
        Some((Occur::Must, only)) if clauses.is_empty() => only,
        last => {
            clauses.extend(last);
            Box::new(BooleanQuery::new(clauses))
        }
    }
}

pub(super) fn term(field: EngineField, text: &str) -> Box<dyn EngineQuery> {
    let term = EngineTerm::from_field_text(field, text);
    Box::new(TermQuery::new(term, IndexRecordOption::Basic))
}

pub(super) fn union(mut queries: Vec<Box<dyn EngineQuery>>) -> Box<dyn EngineQuery> {
    match queries.pop() {
        None => Box::new(EmptyQuery),
        Some(only) if queries.is_empty() => only,
        last => {
            queries.extend(last);
            Box::new(BooleanQuery::union(queries))
        }
    }
}
