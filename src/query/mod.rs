//! Query string ⇄ [`Query`]. Pure: knows no engine.
//!
//! For now a query is a row of parts, each a word or a quoted literal, each perhaps excluded.
//! [`parse`] reads what a person types, [`Query`]'s `Display` writes it back in one normal form:
//! parsing what was printed gives the same parts again.

mod parse;
mod print;

pub use parse::{ParseError, parse};

use crate::model::Span;

/// A parsed query: every part must match, excluded parts must not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// The parts in the order in which they were typed. None means: every article.
    pub parts: Vec<Part>,
}

/// One part of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Articles with this part are left out.
    pub exclude: bool,
    /// What is looked for.
    pub term: Term,
    /// Where the part stands in the query string (bytes).
    pub span: Span,
}

/// What a part looks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Term {
    /// Without quotes: all of its words, or the whole as it stands.
    Words(String),
    /// In quotes: the string as it stands, any width, simplified or traditional.
    Literal(String),
}

impl Term {
    /// The text without quotes.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Words(text) | Self::Literal(text) => text,
        }
    }
}

impl Query {
    /// The parts that an article must have, in the order in which they were typed: what is
    /// highlighted.
    pub fn wanted(&self) -> impl Iterator<Item = &Part> {
        self.parts.iter().filter(|part| !part.exclude)
    }
}
