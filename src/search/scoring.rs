//! How well an article matches: which parts of the query occur as typed, BM25 (Robertson and
//! Zaragoza 2009) of their bigrams and long words, and the proximity of words that are neighbours
//! in the query.
//!
//! The score, from what counts most:
//!
//! 1. [`STANDS`] for each part of the query that occurs in the article as it was typed, and
//!    [`IN_HEADLINE`] more where it is in the headline: above what all the rest can give.
//! 2. BM25 of every bigram of the part and of its long words, in the whole text and, weighted by
//!    [`HEADLINE_WEIGHT`], in the headline. Bigrams that bridge two words reward adjacency.
//! 3. Up to [`MAX_PROXIMITY`] where neighbouring words of the query are near in the text.
//!
//! Scoring a document stops as soon as an upper bound shows that it cannot be among the hits asked
//! for.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::{Bm25Weight, EnableScoring, Query as EngineQuery, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{
    DocId, DocSet, Searcher, SeekDangerResult, SegmentReader, TERMINATED, Term as EngineTerm,
};

use super::{PartScore, ScoreExplanation, TermScore};
use crate::index::Fields;

/// Points of a part that stands in the article as it was typed: more than BM25 gives for some
/// hundred characters.
const STANDS: f32 = 10_000.0;
/// More for the headline.
const IN_HEADLINE: f32 = 10_000.0;
/// Weight of a bigram in the headline; in the text it has 1.
const HEADLINE_WEIGHT: f32 = 2.0;
/// Weight of a bigram that bridges two words; one inside a word has 1.
const BRIDGE_WEIGHT: f32 = 0.3;
/// Weight of a long word, whose bigrams count too. These weights, and that of proximity,
/// were chosen by known-item search (benches/quality) and validated on other items.
const WORD_WEIGHT: f32 = 0.3;

/// What the hits of a search are scored by.
pub(crate) struct Scoring {
    parts: Vec<ScoredPart>,
    terms: Vec<ScoredTerm>,
    proximity: Proximity,
}

/// A part of the query that speaks of the text.
struct ScoredPart {
    shown: String,
    /// Parts of one number are alternatives (OR, synonyms): the best of them counts.
    alternative: usize,
    /// Articles that have it in any way; `None`: all that match.
    matches: Option<Box<dyn Weight>>,
    /// Articles in which it stands as it was typed; `None`: in all that match.
    stands: Option<Box<dyn Weight>>,
    /// Articles in whose headline it does.
    in_headline: Box<dyn Weight>,
}

/// A term that is weighed by how often it stands in an article.
struct ScoredTerm {
    shown: String,
    places: Vec<(EngineTerm, Bm25Weight, Field)>,
    /// Points at most.
    max_score: f32,
}

/// What [`Scoring`] is made from.
pub(crate) struct PartQueries {
    pub(crate) shown: String,
    /// Parts of one number are alternatives; they stand together.
    pub(crate) alternative: usize,
    /// `None`: all that match.
    pub(crate) matches: Option<Box<dyn EngineQuery>>,
    /// `None`: in all that match.
    pub(crate) stands: Option<Box<dyn EngineQuery>>,
    pub(crate) in_headline: Box<dyn EngineQuery>,
}

/// What a term is taken from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ScoringTerm {
    /// A pair of characters of a word.
    Bigram(String),
    /// The last character of a word and the first one of the next.
    Bridge(String),
    /// A long word or a run of letters and digits, by its term in the word field.
    Word { shown: String, term: String },
}

impl Scoring {
    pub(crate) fn new(
        searcher: &Searcher,
        fields: Fields,
        parts: Vec<PartQueries>,
        scoring_terms: Vec<ScoringTerm>,
        proximity: Vec<EngineTerm>,
    ) -> tantivy::Result<Self> {
        let enabled = EnableScoring::disabled_from_searcher(searcher);
        let parts = parts.into_iter().map(
            |PartQueries { shown, alternative, matches, stands, in_headline }| {
                let matches = matches.map(|query| query.weight(enabled)).transpose()?;
                let stands = stands.map(|query| query.weight(enabled)).transpose()?;
                let in_headline = in_headline.weight(enabled)?;
                Ok(ScoredPart { shown, alternative, matches, stands, in_headline })
            },
        );
        let parts: Vec<ScoredPart> = parts.collect::<tantivy::Result<_>>()?;
        let statistics = CollectionStatistics::of(searcher, &fields)?;
        let mut terms: Vec<ScoredTerm> = Vec::new();
        for scoring_term in scoring_terms {
            let (shown, places) = match scoring_term {
                ScoringTerm::Bigram(pair) => (pair.clone(), of_bigram(&fields, &pair, 1.0)),
                ScoringTerm::Bridge(pair) => {
                    (pair.clone(), of_bigram(&fields, &pair, BRIDGE_WEIGHT))
                }
                ScoringTerm::Word { shown, term } => {
                    let word = EngineTerm::from_field_text(fields.words, &term);
                    (shown, vec![(word, WORD_WEIGHT)])
                }
            };
            terms.push(ScoredTerm::new(searcher, &statistics, shown, places)?);
        }
        // What can give most comes first, so that the bound falls quickly.
        terms.sort_by(|a, b| b.max_score.total_cmp(&a.max_score));
        Ok(Self { parts, terms, proximity: Proximity::new(proximity) })
    }

    /// Whether every article has the same score.
    pub(crate) fn is_constant(&self) -> bool {
        self.parts.is_empty()
    }

    /// What an article can score at most in whose headline no part stands.
    pub(crate) fn max_without_headline(&self) -> f32 {
        let parts = self.parts.chunk_by(|a, b| a.alternative == b.alternative).count();
        STANDS * parts as f32 + self.max_of_terms()
    }

    fn max_of_terms(&self) -> f32 {
        MAX_PROXIMITY + self.terms.iter().map(|term| term.max_score).sum::<f32>()
    }

    /// The score of an article with its parts.
    pub(crate) fn explain(
        &self,
        reader: &SegmentReader,
        doc: DocId,
    ) -> tantivy::Result<ScoreExplanation> {
        let mut segment = self.for_segment(reader)?;
        let mut parts = Vec::new();
        for (part, of_segment) in self.parts.iter().zip(&mut segment.parts) {
            let (points, in_headline) = of_segment.points(doc);
            let matches = match &part.matches {
                None => true,
                Some(weight) => Membership::new(&**weight, reader)?.has(doc),
            };
            let part_shown = part.shown.clone();
            parts.push(PartScore {
                part: part_shown,
                matches,
                as_typed: points > 0.0,
                in_headline,
                points,
            });
        }
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
        Ok(SegmentScoring { parts, terms, proximity, max_score: rest + MAX_PROXIMITY })
    }
}

/// A pair in the text and in the headline, with what it weighs there.
fn of_bigram(fields: &Fields, pair: &str, weight: f32) -> Vec<(EngineTerm, f32)> {
    let in_field = |field| EngineTerm::from_field_text(field, pair);
    vec![
        (in_field(fields.bigrams), weight),
        (in_field(fields.headline_bigrams), weight * HEADLINE_WEIGHT),
    ]
}

impl ScoredTerm {
    fn new(
        searcher: &Searcher,
        statistics: &CollectionStatistics,
        shown: String,
        places: Vec<(EngineTerm, f32)>,
    ) -> tantivy::Result<Self> {
        let mut scored = Self { shown, places: Vec::new(), max_score: 0.0 };
        for (term, boost) in places {
            let frequency = searcher.doc_freq(&term)?;
            if frequency > 0 {
                let (norms, average) = statistics.lengths(term.field());
                let weight = Bm25Weight::for_one_term_without_explain(
                    frequency,
                    statistics.documents.max(frequency),
                    average,
                )
                .boost_by(boost);
                scored.max_score += weight.max_score();
                scored.places.push((term, weight, norms));
            }
        }
        Ok(scored)
    }
}

/// Numbers about all articles.
struct CollectionStatistics {
    fields: Fields,
    documents: u64,
    text: f32,
    head: f32,
}

impl CollectionStatistics {
    fn of(searcher: &Searcher, fields: &Fields) -> tantivy::Result<Self> {
        let documents: u64 =
            searcher.segment_readers().iter().map(|r| u64::from(r.max_doc())).sum();
        let average = |field: Field| -> tantivy::Result<f32> {
            let mut tokens = 0;
            for reader in searcher.segment_readers() {
                tokens += reader.inverted_index(field)?.total_num_tokens();
            }
            Ok(tokens as f32 / documents.max(1) as f32)
        };
        Ok(Self {
            fields: *fields,
            documents,
            text: average(fields.bigrams)?.max(1.0),
            head: average(fields.headline_bigrams)?.max(1.0),
        })
    }

    /// The field whose lengths count for a term of this field, and their average. The words have
    /// no lengths of their own: those of the text do.
    fn lengths(&self, field: Field) -> (Field, f32) {
        if field == self.fields.headline_bigrams {
            (self.fields.headline_bigrams, self.head)
        } else {
            (self.fields.bigrams, self.text)
        }
    }
}

/// Scores the articles of one segment, asked for in the order of their numbers.
pub(crate) struct SegmentScoring {
    parts: Vec<SegmentScoredPart>,
    terms: Vec<SegmentScoredTerm>,
    proximity: SegmentProximity,
    /// What words and their proximity give at most.
    max_score: f32,
}

struct SegmentScoredPart {
    alternative: usize,
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
    weight: Bm25Weight,
    norms: FieldNormReader,
}

impl SegmentScoring {
    /// The score of an article that matches; `None` if it is certainly less than `min_score`.
    pub(crate) fn score(&mut self, doc: DocId, min_score: f32) -> Option<f32> {
        let mut score = 0.0;
        for alternatives in self.parts.chunk_by_mut(|a, b| a.alternative == b.alternative) {
            let points = alternatives.iter_mut().map(|part| part.points(doc).0);
            score += points.fold(0.0, f32::max);
        }
        if score + self.max_score < min_score {
            return None;
        }
        for term in &mut self.terms {
            score += term.points(doc);
            if score + term.rest + MAX_PROXIMITY < min_score {
                return None;
            }
        }
        Some(score + self.proximity.points(doc))
    }
}

impl SegmentScoredPart {
    /// Points, and whether it stands in the headline.
    fn points(&mut self, doc: DocId) -> (f32, bool) {
        if self.in_headline.has(doc) {
            return (STANDS + IN_HEADLINE, true);
        }
        let stands = self.stands.as_mut().is_none_or(|stands| stands.has(doc));
        (if stands { STANDS } else { 0.0 }, false)
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

/// Points for neighbouring words that stand side by side.
pub(crate) const MAX_PROXIMITY: f32 = 30.0;
/// Characters between two words at which half of [`MAX_PROXIMITY`] is left.
const HALF_WAY: f32 = 8.0;
/// Words whose distances are looked at, the first ones.
const MAX_WORDS: usize = 8;

/// The words of a query in its order, each by the pair of characters that it begins with.
pub(crate) struct Proximity {
    beginnings: Vec<EngineTerm>,
}

/// The same in one segment.
pub(crate) struct SegmentProximity {
    /// The places of each word, and room to read them into.
    words: Vec<(Option<SegmentPostings>, Vec<u32>)>,
}

impl Proximity {
    pub(crate) fn new(mut beginnings: Vec<EngineTerm>) -> Self {
        beginnings.truncate(MAX_WORDS);
        Self { beginnings }
    }

    pub(crate) fn for_segment(&self, reader: &SegmentReader) -> tantivy::Result<SegmentProximity> {
        let mut words = Vec::new();
        // A single word has no distance.
        for term in self.beginnings.iter().filter(|_| self.beginnings.len() > 1) {
            let index = reader.inverted_index(term.field())?;
            let option = IndexRecordOption::WithFreqsAndPositions;
            words.push((index.read_postings(term, option)?, Vec::new()));
        }
        Ok(SegmentProximity { words })
    }
}

impl SegmentProximity {
    /// Points of an article, at most [`MAX_PROXIMITY`]; asked for in the order of their numbers.
    pub(crate) fn points(&mut self, doc: DocId) -> f32 {
        let pairs = self.words.len().saturating_sub(1);
        if pairs == 0 {
            return 0.0;
        }
        for (postings, places) in &mut self.words {
            places.clear();
            if let Some(postings) = postings
                && contains(postings, doc)
            {
                postings.positions(places);
            }
        }
        let mut near = 0.0;
        for two in self.words.windows(2) {
            if let Some(distance) = least_distance(&two[0].1, &two[1].1) {
                // Two characters apart is side by side for words of two.
                let between = distance.saturating_sub(2) as f32;
                near += HALF_WAY / (HALF_WAY + between);
            }
        }
        MAX_PROXIMITY * near / pairs as f32
    }
}

/// The least difference of two positions of two sorted lists.
fn least_distance(a: &[u32], b: &[u32]) -> Option<u32> {
    let (mut left, mut right) = (a.iter().peekable(), b.iter().peekable());
    let mut least: Option<u32> = None;
    while let (Some(&&one), Some(&&other)) = (left.peek(), right.peek()) {
        let distance = one.abs_diff(other);
        least = Some(least.map_or(distance, |least| least.min(distance)));
        if one < other {
            left.next()
        } else {
            right.next()
        };
    }
    least
}

/// Tells of some articles, asked for in the order of their numbers, whether a query matches them. It
/// never looks for the next match, which can take as long as finding all of them.
struct Membership {
    matches: Box<dyn Scorer>,
    /// No article below this one matches, of those not asked for yet.
    next: DocId,
    /// The last match.
    found: Option<DocId>,
}

impl Membership {
    fn new(weight: &dyn Weight, reader: &SegmentReader) -> tantivy::Result<Self> {
        let (first, matches) = weight.scorer_danger(reader, 0, 1.0)?;
        let mut membership = Self { matches, next: 0, found: None };
        membership.learn(0, first);
        Ok(membership)
    }

    fn has(&mut self, doc: DocId) -> bool {
        if doc < self.next {
            return self.found == Some(doc);
        }
        let result = self.matches.seek_danger(doc);
        self.learn(doc, result);
        self.found == Some(doc)
    }

    fn learn(&mut self, doc: DocId, result: SeekDangerResult) {
        match result {
            SeekDangerResult::Found => (self.next, self.found) = (doc + 1, Some(doc)),
            SeekDangerResult::SeekLowerBound(next) => self.next = next,
        }
    }
}

/// Whether a document set contains `doc`. Successive calls must ask for ascending documents,
/// because a document set cannot seek backwards.
fn contains<D: DocSet + ?Sized>(docs: &mut D, doc: DocId) -> bool {
    let at = docs.doc();
    at == doc || (at < doc && at != TERMINATED && docs.seek(doc) == doc)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_distance_of_two_lists() {
        assert_eq!(least_distance(&[1, 50], &[20, 48, 90]), Some(2));
        assert_eq!(least_distance(&[5], &[5]), Some(0));
        assert_eq!(least_distance(&[], &[5]), None);
    }
}
