//! Byte ranges in texts.

use std::ops::Range;

use utoipa::ToSchema;

/// A byte range in a text, end exclusive, always on character boundaries.
pub type Span = Range<usize>;

/// How a [`Span`] stands in JSON: the first byte, and the byte behind the last.
#[derive(Debug, ToSchema)]
pub struct ByteRange {
    /// The first byte.
    pub start: usize,
    /// The byte behind the last.
    pub end: usize,
}
