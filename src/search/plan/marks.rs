//! What is marked in the hits of a query.

use super::literals::{fixed, gaps};
use super::planner::Planner;
use super::tokenise;
use super::tokenise::long_words;
use crate::query::{Query, Term, Within};
use crate::search::postings::near::PositionRule;

/// What is marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mark {
    /// Where.
    pub(crate) within: Within,
    /// Texts, folded, that are marked together where they stand so.
    pub(crate) pieces: Vec<String>,
    /// How they must stand.
    pub(crate) rule: PositionRule,
}

impl Mark {
    /// Marks a folded text wherever it stands.
    pub(crate) fn text(within: Within, text: String) -> Self {
        Self { within, pieces: vec![text], rule: PositionRule::Adjacent }
    }
}

impl Planner<'_> {
    /// What is marked in the hits: every wanted text as it stands, and the words of unquoted ones.
    pub(crate) fn marks(&self, query: &Query) -> Vec<Mark> {
        let mut marks: Vec<Mark> = Vec::new();
        for (_, text) in query.texts() {
            let within = text.within;
            match &text.term {
                Term::Words(part) => {
                    // A single character between words would be marked all over the text.
                    let words = long_words(tokenise::tokenise(self.segmenter, part)).into_iter();
                    marks.extend(words.map(|word| Mark::text(within, word)));
                    marks.push(Mark::text(within, tokenise::folded(part)));
                }
                Term::Literal(part) => marks.push(Mark::text(within, tokenise::folded(part))),
                Term::Near { words, gap } => marks.push(Mark {
                    within,
                    pieces: words.iter().map(|word| tokenise::folded(word)).collect(),
                    rule: PositionRule::Near { gap: *gap },
                }),
                Term::Pattern(pieces) => marks.push(Mark {
                    within,
                    pieces: fixed(pieces).map(tokenise::folded).collect(),
                    rule: PositionRule::Ordered { gaps: gaps(pieces) },
                }),
            }
        }
        marks
    }
}
