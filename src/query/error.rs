//! Why a query string cannot be read, and where.

use thiserror::Error;

use crate::model::Span;

/// Why a query string cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("expected {expected}, found {found}")]
pub struct ParseError {
    /// Where (bytes of the query string); empty at its end.
    pub span: Span,
    /// What stands there.
    pub found: String,
    /// What could stand there.
    pub expected: &'static str,
}

impl ParseError {
    pub(super) fn new(span: Span, found: impl Into<String>, expected: &'static str) -> Self {
        Self { span, found: found.into(), expected }
    }
}
