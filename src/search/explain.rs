//! What the program made of a query: for `--explain`, and for help when nothing is found.

use serde::Serialize;

use crate::model::Span;

/// A query as it was understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// The query in its normal form.
    pub query: String,
    /// Articles that the whole request finds.
    pub total: u64,
    /// Articles that the filters alone leave.
    pub filtered: u64,
    /// Its parts.
    pub parts: Vec<PartExplanation>,
}

/// One part of a query as it was understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PartExplanation {
    /// The part in its normal form.
    pub part: String,
    /// Where it stands in the query string (bytes).
    pub span: Span,
    /// The words that an unquoted part was cut into; none for a literal.
    pub words: Vec<String>,
    /// Articles that this part alone finds, whatever the filters say (for an excluded part: that
    /// it would find).
    pub alone: u64,
    /// Articles that this part finds among those that the filters leave.
    pub filtered: u64,
}
