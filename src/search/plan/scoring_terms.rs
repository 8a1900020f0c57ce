//! The texts that a query wants, one by one: by what they are weighed, and what is marked of them.

use tantivy::query::{BooleanQuery, EmptyQuery, Query as EngineQuery};

use super::clauses::{term, union};
use super::error::PlanError;
use super::planner::Planner;
use super::tokenise;
use crate::index::alphanumeric_term;
use crate::query::{Node, Query, Term, Text, Within};
use crate::search::scoring::{PartQueries, Scoring, ScoringTerm};
use crate::search::{Matching, Request};
use crate::text::MIN_MATCH_CHARS;

impl Planner<'_> {
    /// What the hits of a request are scored by, and the articles in whose headline a part of the
    /// query stands.
    pub(crate) fn scoring(
        &mut self,
        request: &Request,
    ) -> Result<(Scoring, Box<dyn EngineQuery>), PlanError> {
        let mut wanted = Vec::new();
        let mut counted: Vec<ScoringTerm> = Vec::new();
        let mut neighbours = Vec::new();
        let mut in_headline = Vec::new();
        for (node, text) in request.query.texts() {
            let parts = request.query.parts();
            let alternative = parts.iter().position(|part| is_in(part, node)).unwrap_or_default();
            let stands_alone = parts.get(alternative).is_some_and(|part| std::ptr::eq(part, node));
            let given = stands_alone && request.matching == Matching::All;
            let words = self.words(text);
            for term in words.iter().flat_map(|word| self.counted(word)) {
                if !counted.contains(&term) {
                    counted.push(term);
                }
            }
            // Alternatives are not looked for beside each other.
            let words = if stands_alone { words } else { Vec::new() };
            neighbours.extend(words.iter().filter_map(|word| self.literals().beginning(word)));
            let headline = self.in_headline(text);
            in_headline.push(headline.box_clone());
            let stands = self.stands(text);
            let stands = if given && self.is_what_matches(text) { None } else { Some(stands) };
            // Only asked for by whom wants to know why.
            let matches = if given || !request.explain { None } else { Some(self.node(node)?) };
            let shown = node.to_string();
            wanted.push(PartQueries { shown, alternative, matches, stands, in_headline: headline });
        }
        // After all words: a pair that bridges two of them can stand inside another.
        for pair in bridges(&request.query) {
            let known = ScoringTerm::Bigram(pair.clone());
            let bridge = ScoringTerm::Bridge(pair);
            if !counted.contains(&known) && !counted.contains(&bridge) {
                counted.push(bridge);
            }
        }
        let scoring = Scoring::new(self.searcher, self.fields, wanted, counted, neighbours)?;
        Ok((scoring, union(in_headline)))
    }

    /// The terms that a word is weighed by beside the pairs of its part.
    fn counted(&self, word: &str) -> Vec<ScoringTerm> {
        let mut counted: Vec<ScoringTerm> =
            tokenise::bigrams(word).into_iter().map(ScoringTerm::Bigram).collect();
        if tokenise::is_alphanumeric(word) {
            counted
                .push(ScoringTerm::Word { shown: word.to_owned(), term: alphanumeric_term(word) });
        } else if word.chars().nth(MIN_MATCH_CHARS - 1).is_some() && self.segmenter.has_word(word) {
            counted.push(ScoringTerm::Word { shown: word.to_owned(), term: word.to_owned() });
        }
        counted
    }

    /// Whether every article that matches the text has it as it was typed.
    fn is_what_matches(&self, text: &Text) -> bool {
        match &text.term {
            Term::Words(part) => {
                let words = tokenise::tokenise(self.segmenter, part);
                words.len() == 1
                    && words[0] == tokenise::folded(part)
                    && !tokenise::is_alphanumeric(&words[0])
            }
            _ => true,
        }
    }

    /// Articles in which a text stands as it was typed; letters and digits as a whole word.
    fn stands(&self, text: &Text) -> Box<dyn EngineQuery> {
        match &text.term {
            Term::Words(part) => {
                let whole = tokenise::folded(part);
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
                let whole = tokenise::folded(part);
                let stands = self.literals().containing(&whole, Within::Headline);
                self.as_whole_word(&whole, stands)
            }
            (term, _) => self.literals().articles(term, Within::Headline),
        }
    }

    fn as_whole_word(&self, word: &str, stands: Box<dyn EngineQuery>) -> Box<dyn EngineQuery> {
        if !tokenise::is_alphanumeric(word) {
            return stands;
        }
        Box::new(BooleanQuery::intersection(vec![
            stands,
            term(self.fields.words, &alphanumeric_term(word)),
        ]))
    }
}

/// Whether a node is a part of a query, or inside of it.
fn is_in(part: &Node, node: &Node) -> bool {
    part.texts().into_iter().any(|(other, _)| std::ptr::eq(other, node))
}

/// The pairs of the wanted parts.
fn bridges(query: &Query) -> impl Iterator<Item = String> {
    query.texts().into_iter().flat_map(|(_, text)| match &text.term {
        Term::Words(part) | Term::Literal(part) => tokenise::bigrams(&tokenise::folded(part)),
        Term::Near { .. } | Term::Pattern(_) => Vec::new(),
    })
}
