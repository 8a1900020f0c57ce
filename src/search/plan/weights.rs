//! What the pieces of evidence weigh: one table for articles with all of the words, one for articles
//! with some.

/// What each piece of evidence weighs.
#[derive(Debug)]
pub(crate) struct ScoringWeights {
    /// Points of a part that stands in the article as it was typed.
    pub(crate) stands: f32,
    /// More for the headline.
    pub(crate) in_headline: f32,
    /// Points for neighbouring words that stand side by side, all pairs together.
    pub(crate) proximity: f32,
    /// Points of each such pair for each unit of its inverse document frequency, the lesser of the
    /// two words.
    pub(crate) rare_proximity: f32,
    /// Points of a word in the headline or at the beginning of the body for each unit of its inverse
    /// document frequency.
    pub(crate) beginning: f32,
    /// How slowly BM25 saturates with the number of occurrences.
    pub(crate) k1: f32,
}

impl ScoringWeights {
    /// Where all words must occur: parts as they were typed come first, which is more than BM25
    /// gives for some hundred characters.
    pub(crate) const ALL: Self = Self {
        stands: 10_000.0,
        in_headline: 10_000.0,
        proximity: 30.0,
        rare_proximity: 0.0,
        beginning: 0.0,
        k1: 1.2,
    };
    /// Where some words are enough: how rare the words are decides, whether neighbours stand together,
    /// and whether the words stand at the beginning, where news says what it is about. A sentence seldom stands as it was typed, and the parts of a query are unlike in
    /// weight. Chosen on natural questions and headlines (benches/quality), reported on others.
    pub(crate) const SOME: Self = Self {
        stands: 0.0,
        in_headline: 0.0,
        proximity: 0.0,
        rare_proximity: 0.3,
        beginning: 0.8,
        k1: 0.8,
    };
}
