//! Articles in which a text stands exactly, after folding.

use std::ops::Bound;

use tantivy::Term as EngineTerm;
use tantivy::query::{EmptyQuery, PhraseQuery, Query as EngineQuery, RangeQuery};
use tantivy::schema::Field as EngineField;

use super::clauses::term;
use super::tokenise;
use crate::index::{Fields, names};
use crate::query::{PatternPiece, Term, Within};
use crate::search::postings::PositionalQuery;
use crate::search::postings::near::PositionRule;
use crate::text::{MIN_MATCH_CHARS, Segmenter};

/// Knows the lists of the index by which a text is found.
#[derive(Clone, Copy)]
pub(crate) struct LiteralQueryBuilder<'a> {
    pub(crate) fields: Fields,
    pub(crate) segmenter: &'a Segmenter,
}

impl LiteralQueryBuilder<'_> {
    /// Articles in a part of which a folded text stands.
    pub(crate) fn containing(self, folded: &str, part: Within) -> Box<dyn EngineQuery> {
        let Fields { headline_bigrams, bigrams, characters, words, .. } = self.fields;
        let length = folded.chars().count();
        match part {
            _ if length == 0 => Box::new(EmptyQuery),
            Within::Anywhere if length == 1 => term(characters, folded),
            // The word field has every occurrence of the words that it has.
            Within::Anywhere if length >= MIN_MATCH_CHARS && self.segmenter.has_word(folded) => {
                term(words, folded)
            }
            Within::Anywhere => phrase(bigrams, folded),
            // Every character begins some bigram.
            Within::Headline if length == 1 => starting_with(headline_bigrams, folded),
            Within::Headline => phrase(headline_bigrams, folded),
            Within::Body => {
                self.positional(vec![folded.chars().collect()], PositionRule::Adjacent, part)
            }
        }
    }

    /// Articles in a part of which a term other than words stands as it was typed; words as a
    /// whole.
    pub(crate) fn articles(self, sought: &Term, part: Within) -> Box<dyn EngineQuery> {
        match sought {
            Term::Words(text) | Term::Literal(text) => {
                self.containing(&tokenise::folded(text), part)
            }
            Term::Near { words, gap } => {
                let pieces = words.iter().map(|word| tokenise::folded(word).chars().collect());
                self.positional(pieces.collect(), PositionRule::Near { gap: *gap }, part)
            }
            Term::Pattern(pieces) => {
                let texts = fixed(pieces).map(|text| tokenise::folded(text).chars().collect());
                self.positional(texts.collect(), PositionRule::Ordered { gaps: gaps(pieces) }, part)
            }
        }
    }

    /// The pair that a folded word begins with; none for a single character.
    pub(crate) fn beginning(self, folded: &str) -> Option<EngineTerm> {
        let (end, last) = folded.char_indices().nth(1)?;
        let pair = &folded[..end + last.len_utf8()];
        Some(EngineTerm::from_field_text(self.fields.bigrams, pair))
    }

    fn positional(
        self,
        pieces: Vec<Vec<char>>,
        rule: PositionRule,
        part: Within,
    ) -> Box<dyn EngineQuery> {
        let (field, after) = match part {
            Within::Anywhere => (self.fields.bigrams, None),
            Within::Headline => (self.fields.headline_bigrams, None),
            Within::Body => (self.fields.bigrams, Some(names::BODY_START)),
        };
        Box::new(PositionalQuery { field, pieces, rule, after })
    }
}

/// The texts of a pattern.
pub(crate) fn fixed(pieces: &[PatternPiece]) -> impl Iterator<Item = &str> {
    pieces.iter().filter_map(|piece| match piece {
        PatternPiece::Text(text) => Some(text.as_str()),
        PatternPiece::Gap { .. } => None,
    })
}

/// The gaps of a pattern: the least and the most characters between its texts.
pub(crate) fn gaps(pieces: &[PatternPiece]) -> Vec<(u32, u32)> {
    let gaps = pieces.iter().filter_map(|piece| match piece {
        PatternPiece::Text(_) => None,
        PatternPiece::Gap { min, max } => Some((*min, *max)),
    });
    gaps.collect()
}

/// Articles with a folded text of two or more characters in a field of pairs.
fn phrase(field: EngineField, folded: &str) -> Box<dyn EngineQuery> {
    let chars: Vec<char> = folded.chars().collect();
    let pair = |at: usize| chars.iter().skip(at).take(2).collect::<String>();
    let last = chars.len().saturating_sub(2);
    if last == 0 {
        return term(field, &pair(0));
    }
    // Every second pair covers the text; the last pair closes it.
    let offsets = (0..last).step_by(2).chain([last]);
    let terms = offsets.map(|at| (at, EngineTerm::from_field_text(field, &pair(at)))).collect();
    Box::new(PhraseQuery::new_with_offset(terms))
}

/// Articles with a pair that begins with a character.
fn starting_with(field: EngineField, character: &str) -> Box<dyn EngineQuery> {
    let from = EngineTerm::from_field_text(field, character);
    let to = EngineTerm::from_field_text(field, &format!("{character}{}", char::MAX));
    Box::new(RangeQuery::new(Bound::Excluded(from), Bound::Included(to)))
}
