//! A list of references: one line for each article, as the style has it.

use std::io::{self, Write};

use super::style::CitationStyle;
use crate::export::record_writer::{Exported, RecordWriter};

/// Writes a line for each article; styles with numbers count them.
pub(in crate::export) struct CitedList<W> {
    out: W,
    style: CitationStyle,
    written: usize,
}

impl<W: Write> CitedList<W> {
    pub(in crate::export) fn new(out: W, style: CitationStyle) -> Self {
        Self { out, style, written: 0 }
    }
}

impl<W: Write> RecordWriter for CitedList<W> {
    fn write(&mut self, article: Exported<'_>) -> io::Result<()> {
        self.written += 1;
        let cited = self.style.cite(article.record, self.written).map_err(io::Error::other)?;
        if let Some(number) = &cited.number {
            write!(self.out, "{number} ")?;
        }
        writeln!(self.out, "{}", cited.text)?;
        for line in article.remark.lines().filter(|line| !line.trim().is_empty()) {
            writeln!(self.out, "    {}", line.trim())?;
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.out.flush()
    }
}
