//! What the program made of a query, and why an article is a hit: for `--explain`, and for help
//! when nothing is found.

pub(crate) mod highlight;
pub(crate) mod suggest;
pub(crate) mod understood;

use serde::Serialize;
use utoipa::ToSchema;

use crate::model::{ByteRange, Span};

/// A query as it was understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Explanation {
    /// The query in its normal form.
    pub query: String,
    /// Articles that the whole request finds.
    pub total: u64,
    /// Articles that the filters alone leave.
    pub filtered: u64,
    /// What stands side by side at the top of the query.
    pub parts: Vec<PartExplanation>,
    /// Wanted words that no article has, with the field that they are looked for in.
    pub missing: Vec<String>,
    /// Articles that the request finds without those words; `None` where none is missing, or
    /// nothing is left.
    #[schema(required)]
    pub without_missing: Option<u64>,
}

/// One part of a query as it was understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PartExplanation {
    /// The part in its normal form.
    pub part: String,
    /// Where it stands in the query string (bytes).
    #[schema(value_type = ByteRange)]
    pub span: Span,
    /// Whether articles with it are left out.
    pub excluded: bool,
    /// The words that its unquoted texts were cut into, with the number of articles that each is
    /// in; none for what is looked for as it stands.
    pub words: Vec<WordExplanation>,
    /// Articles that this part alone finds, whatever the filters say (for an excluded part: that
    /// it would find).
    pub alone: u64,
    /// Articles that this part finds among those that the filters leave.
    pub filtered: u64,
    /// Articles that the request finds without this part.
    pub without: u64,
}

/// A word that an article must have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct WordExplanation {
    /// Folded.
    pub word: String,
    /// Articles that have it.
    pub articles: u64,
}

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
