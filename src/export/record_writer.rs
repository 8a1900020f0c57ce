//! What the writer of every format is given, article by article.

use std::io;

use crate::model::Record;
use crate::search::Highlight;

/// An article that is written.
#[derive(Debug, Clone, Copy)]
pub struct Exported<'a> {
    /// The article.
    pub record: &'a Record,
    /// What the query marks in it, where the format shows that.
    pub marks: &'a [Highlight],
}

/// The writer of one format.
pub(super) trait RecordWriter {
    /// Writes one article.
    fn write(&mut self, article: Exported<'_>) -> io::Result<()>;
    /// Cells of a workbook whose text was cut to what a cell can hold.
    fn cut_cells(&self) -> u64 {
        0
    }
    /// Writes what stands behind the last article.
    fn finish(self: Box<Self>) -> io::Result<()>;
}
