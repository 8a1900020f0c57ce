//! Why a query string cannot be read, and where.

use thiserror::Error;

use super::{Expected, Found};
use crate::model::Span;

/// Why a query string cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("expected {expected}, found {found}")]
pub struct ParseError {
    /// Where (bytes of the query string); empty at its end.
    pub span: Span,
    /// What stands there.
    pub found: Found,
    /// What was expected at the caret.
    pub expected: Expected,
}

impl ParseError {
    pub(super) fn new(span: Span, found: Found, expected: Expected) -> Self {
        Self { span, found, expected }
    }
}
