//! Query string ⇄ [`Query`]. Pure: knows no engine.

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
