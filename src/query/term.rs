//! What a part of a query looks for in printed text.

use super::Within;

/// A text and the part of the article that it is looked for in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// In which part of an article.
    pub within: Within,
    /// What.
    pub term: Term,
}

/// What is looked for. No text in it is empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Term {
    /// Without quotes: all of its words, or the whole as it stands.
    Words(String),
    /// In quotes: the string as it stands, any width, simplified or traditional.
    Literal(String),
    /// `"产业 园区"~3`: all of the words, in any order, near each other.
    Near {
        /// Two to [`MAX_NEAR_WORDS`](super::MAX_NEAR_WORDS), each of two or more characters and
        /// without a blank.
        words: Vec<String>,
        /// At most so many characters stand between neighbours, up to
        /// [`MAX_GAP`](super::MAX_GAP).
        gap: u32,
    },
    /// `新开*92号`: texts with gaps between them, all in one paragraph or one part of the headline.
    /// Begins and ends with a text; texts and gaps alternate.
    Pattern(Vec<PatternPiece>),
}

/// A piece of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PatternPiece {
    /// Two or more characters as they stand.
    Text(String),
    /// Any characters.
    Gap {
        /// At least so many: one for each `?`.
        min: u32,
        /// At most so many, inclusive: [`MAX_SKIPPED`](super::MAX_SKIPPED) more than `min`
        /// where there is a `*`.
        max: u32,
    },
}
