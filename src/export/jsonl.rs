//! One JSON object per line.

use std::io::{self, Write};

use super::record_writer::{Exported, RecordWriter};

pub(super) struct RecordLines<W>(pub(super) W);

impl<W: Write> RecordWriter for RecordLines<W> {
    fn write(&mut self, article: Exported<'_>) -> io::Result<()> {
        serde_json::to_writer(&mut self.0, article.record)?;
        self.0.write_all(b"\n")
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.0.flush()
    }
}
