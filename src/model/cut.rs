//! The beginning of an article in its file: the features that speak for it, and a confidence.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// One reason for cutting an article out where it was cut.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Reason {
    /// 1-based line of the file.
    pub line: u32,
    /// The rule's name.
    pub rule: String,
    /// The words in the text that the rule saw.
    pub evidence: String,
    /// How much it speaks for the cut; negative against.
    pub weight: f32,
}

/// Why an article begins where it does, and how sure that is.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Cut {
    /// From 0 (a guess) to 1 (certain).
    pub confidence: f32,
    /// The evidence, in the order of the lines.
    pub reasons: Vec<Reason>,
}

/// Whether a cut should be looked at by a person.
#[must_use]
pub fn cut_confidence_is_low(confidence: f32) -> bool {
    confidence < 0.6
}
