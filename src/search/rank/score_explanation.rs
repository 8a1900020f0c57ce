//! Why an article has the score it has.

use serde::Serialize;
use utoipa::ToSchema;

/// Why an article is where it is among the hits. The points add up to the score.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Why)]
pub struct ScoreExplanation {
    /// The parts of the query that speak of the text.
    pub parts: Vec<PartScore>,
    /// What the article's words give: pairs of characters, long words, whole numbers.
    pub words: Vec<TermScore>,
    /// Points for words that stand near each other.
    #[serde(rename = "closeness")]
    pub proximity: f32,
}

/// What a part gives.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct PartScore {
    /// In its normal form.
    pub part: String,
    /// Whether the article has it at all: of several parts with OR between them, one is enough.
    pub matches: bool,
    /// Whether it stands in the article as it was typed.
    pub as_typed: bool,
    /// Whether it does in the headline.
    pub in_headline: bool,
    /// Points.
    pub points: f32,
}

/// What a term gives.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct TermScore {
    /// The term.
    pub term: String,
    /// Points, by how often it stands in the article, how long the article is, and how rare the
    /// term is in the archive.
    pub points: f32,
}
