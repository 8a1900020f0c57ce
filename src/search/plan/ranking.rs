//! What hits are ranked by, whatever engine does it, and what is asked of an engine for a page of hits.

use super::condition::Condition;
use super::weights::ScoringWeights;
use crate::index::TermField;
use crate::search::{Cursor, Sort, SortKey, Totals};

/// What the score of a hit is made from.
#[derive(Debug, Clone)]
pub(crate) struct Ranking {
    pub(crate) weights: &'static ScoringWeights,
    /// The parts of the query that speak of the text.
    pub(crate) parts: Vec<RankedPart>,
    pub(crate) terms: Vec<ScoringTerm>,
    /// The words of the query in its order, each by the pair of characters that it begins with.
    pub(crate) neighbours: Vec<String>,
    /// Articles that are likely to be the best: looked at first, so that most of the others need not be
    /// scored in full.
    pub(crate) likely: Condition,
}

/// A part of a query that speaks of the text.
#[derive(Debug, Clone)]
pub(crate) struct RankedPart {
    /// In its normal form.
    pub(crate) shown: String,
    /// Parts of one number are alternatives (OR, synonyms), of which the best counts; they stand together.
    pub(crate) alternative: usize,
    /// Articles that have it in any way; `None`: all that match.
    pub(crate) matches: Option<Condition>,
    /// Articles in which it stands as it was typed; `None`: all that match.
    pub(crate) stands: Option<Condition>,
    /// Articles in whose headline it does.
    pub(crate) in_headline: Condition,
}

/// A term that is weighed by how often it stands in an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ScoringTerm {
    /// A pair of characters of a word.
    Bigram(String),
    /// The last character of a word and the first one of the next.
    Bridge(String),
    /// A long word or a run of letters and digits, by its term in the word field.
    Word { shown: String, term: String },
}

/// Weight of a bigram in the headline; in the text it has 1.
const HEADLINE_WEIGHT: f32 = 2.0;
/// Weight of a bigram that bridges two words; one inside a word has 1.
const BRIDGE_WEIGHT: f32 = 0.3;
/// Weight of a long word, whose bigrams count too. These weights, and that of proximity,
/// were chosen by known-item search (benches/quality) and validated on other items.
const WORD_WEIGHT: f32 = 0.3;

impl ScoringTerm {
    /// What a person is shown.
    pub(crate) fn shown(&self) -> &str {
        match self {
            Self::Bigram(shown) | Self::Bridge(shown) | Self::Word { shown, .. } => shown,
        }
    }

    /// The terms that it is looked up by, with what each weighs: a pair in the text and in the headline.
    pub(crate) fn places(&self) -> Vec<(TermField, &str, f32)> {
        let (pair, weight) = match self {
            Self::Bigram(pair) => (pair, 1.0),
            Self::Bridge(pair) => (pair, BRIDGE_WEIGHT),
            Self::Word { term, .. } => return vec![(TermField::Words, term, WORD_WEIGHT)],
        };
        vec![
            (TermField::Bigrams, pair, weight),
            (TermField::HeadlineBigrams, pair, weight * HEADLINE_WEIGHT),
        ]
    }
}

impl Ranking {
    /// Whether every article has the same score.
    pub(crate) fn is_constant(&self) -> bool {
        self.parts.is_empty()
    }
}

/// What one part of a list of hits is made from.
#[derive(Debug, Clone)]
pub(crate) struct HitsPart {
    pub(crate) matching: Condition,
    pub(crate) ranking: Ranking,
    pub(crate) sort: Sort,
}

/// The hits that are wanted of a list of one or two parts.
pub(crate) struct HitsRequest<'a> {
    pub(crate) first: &'a HitsPart,
    /// Stands behind it, without what is in it.
    pub(crate) second: Option<&'a HitsPart>,
    /// Whether reprints are one hit.
    pub(crate) grouped: bool,
    /// They come after this one.
    pub(crate) after: Option<Cursor>,
    /// Hits at most.
    pub(crate) limit: usize,
}

/// The first hits of a list, and how many there are.
pub(crate) struct ListedHits {
    pub(crate) hits: Vec<ListedHit>,
    /// What the first part has.
    pub(crate) totals: Totals,
    /// What the second part adds.
    pub(crate) partial: Option<Totals>,
}

/// A hit where it stands in a list.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ListedHit {
    /// Whether it stands in the second part.
    pub(crate) partial: bool,
    pub(crate) sort_key: SortKey,
    /// Further articles of its part with substantially the same text, where these are one hit.
    pub(crate) reprints: u64,
}
