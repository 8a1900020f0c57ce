//! CSL-JSON: one array with an item for each article, for Zotero, pandoc and others.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::bibtex::EntryKeys;
use super::csl_item::csl_item;
use super::reference::{CitedDate, CitedTime, ReferenceParts};
use crate::export::record_writer::{Exported, RecordWriter};

/// Writes an array, an item on a line.
pub(in crate::export) struct CslItems<W> {
    out: W,
    keys: EntryKeys,
    is_begun: bool,
}

impl<W: Write> CslItems<W> {
    pub(in crate::export) fn new(out: W) -> Self {
        Self { out, keys: EntryKeys::default(), is_begun: false }
    }
}

impl<W: Write> RecordWriter for CslItems<W> {
    fn write(&mut self, article: Exported<'_>) -> io::Result<()> {
        self.out.write_all(if self.is_begun { b",\n" } else { b"[\n" })?;
        self.is_begun = true;
        let reference = ReferenceParts::of(article.record);
        let mut item = csl_item(&reference, "：");
        // What reads the file knows ranges, unlike the library that applies styles here.
        if let Some(CitedDate { time: CitedTime::Years(from, to), .. }) = reference.date {
            item.remove("status");
            let years = json!({ "date-parts": [[from], [to]], "circa": true });
            item.insert("issued".to_owned(), years);
        }
        item.insert("id".to_owned(), Value::String(self.keys.next(&article.record.id)));
        if !article.remark.is_empty() {
            item.insert("annote".to_owned(), Value::String(article.remark.to_owned()));
        }
        Ok(serde_json::to_writer(&mut self.out, &item)?)
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.out.write_all(if self.is_begun { b"\n]\n" } else { b"[]\n" })?;
        self.out.flush()
    }
}
