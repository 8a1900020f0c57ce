//! Words that a program read off a picture and was not sure of.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::line::PageArea;
use super::span::Span;
use super::text_field::TextField;

/// Words of a file that stand together on a line, each recognised with low confidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoubtfulWords {
    /// Bytes of [`SourceText::text`](super::SourceText::text).
    pub span: Span,
    /// The confidence in the one that is the least sure, in percent.
    pub confidence: u8,
    /// The page of the file, counted from 1.
    pub page: u32,
    /// The rectangle that they fill.
    pub area: PageArea,
}

/// Such words in a field of a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DoubtfulPlace {
    /// The field.
    pub field: TextField,
    /// The first byte of the words in the field's text.
    pub start: usize,
    /// The byte behind the last of them.
    pub end: usize,
    /// The confidence in the word that is the least sure, in percent.
    pub confidence: u8,
    /// The page of the file, counted from 1.
    pub page: u32,
    /// The rectangle that they fill: left, upper, right and lower edge in ten-thousandths of the page.
    #[serde(rename = "box")]
    #[schema(value_type = [u32; 4])]
    pub area: PageArea,
}

/// Such words as a file states them of an article (JSONL).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct StatedDoubt {
    /// Where they stand in the article as it was read.
    pub place: DoubtfulPlace,
    /// The words: where a field was corrected since, others can stand there.
    pub words: String,
}
