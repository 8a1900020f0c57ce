//! Byte ranges in texts.

use std::ops::Range;

use serde::{Serialize, Serializer};
use utoipa::ToSchema;

/// A byte range in a text, end exclusive, always on character boundaries.
pub type Span = Range<usize>;

/// How a [`Span`] stands in JSON: the first byte, and the byte behind the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct ByteRange {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

impl From<&Span> for ByteRange {
    fn from(span: &Span) -> Self {
        Self { start: span.start, end: span.end }
    }
}

impl ByteRange {
    /// Writes a span: for `serialize_with`.
    ///
    /// # Errors
    /// Those of the serializer.
    pub fn one<S: Serializer>(span: &Span, serializer: S) -> Result<S::Ok, S::Error> {
        Self::from(span).serialize(serializer)
    }

    /// Writes spans: for `serialize_with`.
    ///
    /// # Errors
    /// Those of the serializer.
    pub fn list<S: Serializer>(spans: &[Span], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(spans.iter().map(Self::from))
    }
}
