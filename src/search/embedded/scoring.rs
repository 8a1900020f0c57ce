//! How well an article matches: which parts of the query occur as typed, BM25 of their bigrams and
//! long words, and the proximity of words that are neighbours in the query.
//!
//! The score, from what counts most:
//!
//! 1. Where all words must occur, points for each part of the query that occurs in the article as it
//!    was typed, and more where it is in the headline: above what all the rest can give.
//! 2. BM25 of every bigram of the part and of its long words, in the whole text and, weighted
//!    more, in the headline. Bigrams that bridge two words reward adjacency.
//! 3. Points where neighbouring words of the query are near in the text and, where some words are
//!    enough, where words stand near its beginning.
//!
//! [`ScoringWeights`] has what each of them weighs.
//!
//! Scoring a document stops as soon as an upper bound shows that it cannot be among the hits asked
//! for.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::Weight;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, Searcher, SegmentReader, Term as EngineTerm};

use super::EmbeddedEngine;
use super::bm25::{Bm25, CollectionStatistics};
use super::membership::{Membership, contains};
use super::proximity::{Proximity, SegmentProximity};
use crate::search::plan::{Condition, Ranking, ScoringWeights};
use crate::search::{Address, PartScore, ScoreExplanation, SearchError, TermScore};

/// What the hits of a search are scored by.
pub(crate) struct Scoring {
    weights: &'static ScoringWeights,
    parts: Vec<ScoredPart>,
    terms: Vec<ScoredTerm>,
    proximity: Proximity,
}

/// A part of the query that speaks of the text.
struct ScoredPart {
    /// Parts of one number are alternatives (OR, synonyms): the best of them counts.
    alternative: usize,
    /// Articles in which it stands as it was typed; `None`: in all that match.
    stands: Option<Box<dyn Weight>>,
    /// Articles in whose headline it does.
    in_headline: Box<dyn Weight>,
}

/// A term that is weighed by how often it stands in an article.
struct ScoredTerm {
    shown: String,
    places: Vec<(EngineTerm, Bm25, Field)>,
    /// Points at most.
    max_score: f32,
}

impl EmbeddedEngine {
    /// The score of an article with its parts.
    pub(crate) fn explain(
        &self,
        ranking: &Ranking,
        address: Address,
    ) -> Result<ScoreExplanation, SearchError> {
        let reader = self.searcher.segment_reader(address.part);
        let scoring = self.scoring(ranking);
        let explained =
            scoring.and_then(|scoring| scoring.explain(ranking, reader, address.number));
        let mut explained = self.read(explained)?;
        for (part, shown) in ranking.parts.iter().zip(&mut explained.parts) {
            if let Some(matches) = &part.matches {
                shown.matches = self.matches(matches, address)?;
            }
        }
        Ok(explained)
    }

    pub(super) fn scoring(&self, ranking: &Ranking) -> tantivy::Result<Scoring> {
        let Ranking { weights, parts, terms, neighbours, .. } = ranking;
        let weight = |condition: &Condition| self.query(condition).weight(self.unscored());
        let parts = parts.iter().map(|part| {
            Ok(ScoredPart {
                alternative: part.alternative,
                stands: part.stands.as_ref().map(weight).transpose()?,
                in_headline: weight(&part.in_headline)?,
            })
        });
        let parts: Vec<ScoredPart> = parts.collect::<tantivy::Result<_>>()?;
        let (searcher, fields) = (&self.searcher, &self.fields);
        let statistics = CollectionStatistics::of(searcher, fields)?;
        let terms = terms.iter().map(|term| {
            let places = term.places().into_iter().map(|(field, text, weight)| {
                (EngineTerm::from_field_text(fields.terms(field), text), weight)
            });
            let shown = term.shown().to_owned();
            ScoredTerm::new(searcher, weights, &statistics, shown, places)
        });
        let mut terms: Vec<ScoredTerm> = terms.collect::<tantivy::Result<_>>()?;
        // What can give most comes first, so that the bound falls quickly.
        terms.sort_by(|a, b| b.max_score.total_cmp(&a.max_score));
        let beginning = |pair: &String| EngineTerm::from_field_text(fields.bigrams, pair);
        let beginnings = neighbours.iter().map(beginning).collect();
        let proximity = Proximity::new(searcher, &statistics, weights, beginnings)?;
        Ok(Scoring { weights, parts, terms, proximity })
    }
}

impl Scoring {
    /// What an article can score at most in whose headline no part stands.
    pub(crate) fn max_without_headline(&self) -> f32 {
        let parts = self.parts.chunk_by(|a, b| a.alternative == b.alternative).count();
        self.weights.stands * parts as f32 + self.max_of_terms()
    }

    fn max_of_terms(&self) -> f32 {
        self.proximity.max_score() + self.terms.iter().map(|term| term.max_score).sum::<f32>()
    }

    /// The score of an article that matches every part.
    fn explain(
        &self,
        ranking: &Ranking,
        reader: &SegmentReader,
        doc: DocId,
    ) -> tantivy::Result<ScoreExplanation> {
        let mut segment = self.for_segment(reader)?;
        let parts = ranking.parts.iter().zip(&mut segment.parts);
        let parts = parts.map(|(part, of_segment)| {
            let (as_typed, in_headline) = of_segment.stands(doc);
            let points = of_segment.points(doc);
            PartScore { part: part.shown.clone(), matches: true, as_typed, in_headline, points }
        });
        let parts = parts.collect();
        let words = segment.terms.iter_mut().map(|term| {
            let points = term.points(doc);
            TermScore { term: term.shown.clone(), points }
        });
        let words: Vec<TermScore> = words.filter(|term| term.points > 0.0).collect();
        Ok(ScoreExplanation { parts, words, proximity: segment.proximity.points(doc) })
    }

    pub(crate) fn for_segment(&self, reader: &SegmentReader) -> tantivy::Result<SegmentScoring> {
        let parts = self.parts.iter().map(|part| {
            let stands = part.stands.as_ref().map(|weight| Membership::new(&**weight, reader));
            Ok(SegmentScoredPart {
                alternative: part.alternative,
                weights: self.weights,
                stands: stands.transpose()?,
                in_headline: Membership::new(&*part.in_headline, reader)?,
            })
        });
        let parts = parts.collect::<tantivy::Result<Vec<_>>>()?;
        let mut terms = Vec::new();
        for ScoredTerm { shown, places, max_score } in &self.terms {
            let mut lists = Vec::new();
            for (term, weight, norms) in places {
                let index = reader.inverted_index(term.field())?;
                if let Some(postings) = index.read_postings(term, IndexRecordOption::WithFreqs)? {
                    let norms = reader.get_fieldnorms_reader(*norms)?;
                    lists.push(TermPostings { postings, weight: weight.clone(), norms });
                }
            }
            if !lists.is_empty() {
                terms.push(SegmentScoredTerm {
                    shown: shown.clone(),
                    lists,
                    max_score: *max_score,
                    rest: 0.0,
                });
            }
        }
        let mut rest = 0.0;
        for term in terms.iter_mut().rev() {
            term.rest = rest;
            rest += term.max_score;
        }
        let proximity = self.proximity.for_segment(reader)?;
        let max_proximity = self.proximity.max_score();
        let max_score = rest + max_proximity;
        Ok(SegmentScoring { parts, terms, proximity, max_proximity, max_score })
    }
}

impl ScoredTerm {
    fn new(
        searcher: &Searcher,
        weights: &ScoringWeights,
        statistics: &CollectionStatistics,
        shown: String,
        places: impl Iterator<Item = (EngineTerm, f32)>,
    ) -> tantivy::Result<Self> {
        let mut scored = Self { shown, places: Vec::new(), max_score: 0.0 };
        for (term, boost) in places {
            let frequency = searcher.doc_freq(&term)?;
            if frequency > 0 {
                let (norms, average) = statistics.lengths(term.field());
                let idf = statistics.idf(frequency);
                let weight = Bm25::new(boost * idf, average, weights.k1);
                scored.max_score += weight.max_score();
                scored.places.push((term, weight, norms));
            }
        }
        Ok(scored)
    }
}

/// Scores the articles of one segment, asked for in the order of their numbers.
pub(crate) struct SegmentScoring {
    parts: Vec<SegmentScoredPart>,
    terms: Vec<SegmentScoredTerm>,
    proximity: SegmentProximity,
    max_proximity: f32,
    /// What words and their proximity give at most.
    max_score: f32,
}

struct SegmentScoredPart {
    alternative: usize,
    weights: &'static ScoringWeights,
    stands: Option<Membership>,
    in_headline: Membership,
}

struct SegmentScoredTerm {
    shown: String,
    lists: Vec<TermPostings>,
    max_score: f32,
    /// What the terms after this one give at most.
    rest: f32,
}

struct TermPostings {
    postings: SegmentPostings,
    weight: Bm25,
    norms: FieldNormReader,
}

impl SegmentScoring {
    /// The score of an article that matches; `None` if it is certainly less than `min_score`.
    pub(crate) fn score(&mut self, doc: DocId, min_score: f32) -> Option<f32> {
        let mut score = 0.0;
        for alternatives in self.parts.chunk_by_mut(|a, b| a.alternative == b.alternative) {
            let points = alternatives.iter_mut().map(|part| part.points(doc));
            score += points.fold(0.0, f32::max);
        }
        if score + self.max_score < min_score {
            return None;
        }
        for term in &mut self.terms {
            score += term.points(doc);
            if score + term.rest + self.max_proximity < min_score {
                return None;
            }
        }
        Some(score + self.proximity.points(doc))
    }
}

impl SegmentScoredPart {
    fn points(&mut self, doc: DocId) -> f32 {
        let ScoringWeights { stands, in_headline, .. } = self.weights;
        if *stands == 0.0 {
            return 0.0;
        }
        match self.stands(doc) {
            (_, true) => stands + in_headline,
            (true, false) => *stands,
            (false, false) => 0.0,
        }
    }

    /// Whether it stands in the article as it was typed, and in the headline.
    fn stands(&mut self, doc: DocId) -> (bool, bool) {
        if self.in_headline.has(doc) {
            return (true, true);
        }
        (self.stands.as_mut().is_none_or(|stands| stands.has(doc)), false)
    }
}

impl SegmentScoredTerm {
    fn points(&mut self, doc: DocId) -> f32 {
        let of_list = |list: &mut TermPostings| {
            if !contains(&mut list.postings, doc) {
                return 0.0;
            }
            list.weight.score(list.norms.fieldnorm_id(doc), list.postings.term_freq())
        };
        self.lists.iter_mut().map(of_list).sum()
    }
}
