//! One JSON object per line.

use std::io::{self, Write};

use serde::Serialize;

use super::record_writer::{Exported, RecordWriter};
use crate::model::Record;

/// A record, and beside its fields what is said about it.
#[derive(Serialize)]
struct WithRemark<'a> {
    #[serde(flatten)]
    record: &'a Record,
    remark: &'a str,
}

pub(super) struct RecordLines<W>(pub(super) W);

impl<W: Write> RecordWriter for RecordLines<W> {
    fn write(&mut self, article: Exported<'_>) -> io::Result<()> {
        if article.remark.is_empty() {
            serde_json::to_writer(&mut self.0, article.record)?;
        } else {
            let Exported { record, remark, .. } = article;
            serde_json::to_writer(&mut self.0, &WithRemark { record, remark })?;
        }
        self.0.write_all(b"\n")
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.0.flush()
    }
}
