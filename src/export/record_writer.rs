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
    /// What is said about it in a collection; empty where nothing is.
    pub remark: &'a str,
}

impl<'a> Exported<'a> {
    /// An article as it is, with nothing marked in it and nothing said about it.
    #[must_use]
    pub fn plain(record: &'a Record) -> Self {
        Self { record, marks: &[], remark: "" }
    }
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
