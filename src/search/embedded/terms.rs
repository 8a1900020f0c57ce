//! What the term dictionaries of the index say, and which documents have a term.

use std::collections::HashMap;

use tantivy::postings::TermInfo;
use tantivy::schema::IndexRecordOption;
use tantivy::{
    DocSet, InvertedIndexReader, SegmentOrdinal, SegmentReader, TERMINATED, Term as EngineTerm,
};

use super::EmbeddedEngine;
use super::sort_keys::{ArticleOrder, SegmentSortKeys};
use crate::index::TermField;
use crate::search::{Address, SearchError, Sort};

/// A term in a part of the index.
pub(super) struct TermEntry<'a> {
    pub(super) text: &'a str,
    /// Documents of the part that have it, deleted ones included.
    pub(super) documents: u64,
    info: &'a TermInfo,
    index: &'a InvertedIndexReader,
    segment: (SegmentOrdinal, &'a SegmentReader),
    engine: &'a EmbeddedEngine,
}

/// Where to go on behind a term.
pub(super) enum TermStep {
    Next,
    /// The next one that is not before this.
    From(String),
    /// Nowhere in this part of the index.
    Leave,
}

impl TermEntry<'_> {
    /// The documents of the part that have the term, ascending.
    pub(super) fn addresses(&self) -> Result<Vec<Address>, SearchError> {
        let (part, reader) = self.segment;
        let basic = IndexRecordOption::Basic;
        let postings = self.index.read_postings_from_terminfo(self.info, basic);
        let docs = each_alive(self.engine.read(postings)?, reader);
        Ok(docs.map(|number| Address { part, number }).collect())
    }
}

impl EmbeddedEngine {
    /// # Errors
    /// When the index cannot be read.
    pub(super) fn article_order(&self) -> Result<ArticleOrder, SearchError> {
        let readers = (0..).zip(self.searcher.segment_readers());
        let keys = readers.map(|(segment, reader)| {
            SegmentSortKeys::new(Sort::Relevance, segment, reader, &self.ranks)
        });
        Ok(ArticleOrder::new(self.read(keys.collect())?))
    }

    /// How many documents have a term, deleted ones included.
    pub(crate) fn frequency(&self, field: TermField, text: &str) -> Result<u64, SearchError> {
        let term = EngineTerm::from_field_text(self.fields.terms(field), text);
        self.read(self.searcher.doc_freq(&term))
    }

    /// How many terms a field has; one that is in several parts of the index counts for each.
    pub(crate) fn term_count(&self, field: TermField) -> Result<u64, SearchError> {
        let mut terms = 0;
        for reader in self.searcher.segment_readers() {
            let index = self.read(reader.inverted_index(self.fields.terms(field)))?;
            terms += index.terms().num_terms() as u64;
        }
        Ok(terms)
    }

    /// The terms of a field that begin like this, with the numbers of documents that have them, deleted
    /// ones included; at most so many of each part of the index.
    pub(crate) fn frequencies(
        &self,
        field: TermField,
        begins: &str,
        most: usize,
    ) -> Result<HashMap<String, u64>, SearchError> {
        let mut found: HashMap<String, u64> = HashMap::new();
        let (mut part, mut left) = (None, most);
        self.each_term(field, begins, &mut |term| {
            if part.replace(term.segment.0) != Some(term.segment.0) {
                left = most;
            }
            *found.entry(term.text.to_owned()).or_default() += term.documents;
            left = left.saturating_sub(1);
            Ok(if left > 0 { TermStep::Next } else { TermStep::Leave })
        })?;
        Ok(found)
    }

    /// Gives the terms of a field that begin like this to `visit`, part by part of the index and in order
    /// in each.
    pub(super) fn each_term(
        &self,
        field: TermField,
        begins: &str,
        visit: &mut dyn FnMut(&TermEntry<'_>) -> Result<TermStep, SearchError>,
    ) -> Result<(), SearchError> {
        for segment @ (_, reader) in (0..).zip(self.searcher.segment_readers()) {
            let index = &*self.read(reader.inverted_index(self.fields.terms(field)))?;
            let mut next = Some(begins.to_owned());
            while let Some(from) = next.take() {
                let stream = index.terms().range().ge(from).into_stream();
                let mut stream = self.read(stream)?;
                while stream.advance() && stream.key().starts_with(begins.as_bytes()) {
                    let Ok(text) = std::str::from_utf8(stream.key()) else { continue };
                    let info = stream.value();
                    let documents = u64::from(info.doc_freq);
                    let engine = self;
                    match visit(&TermEntry { text, documents, info, index, segment, engine })? {
                        TermStep::Next => continue,
                        TermStep::From(text) => next = Some(text),
                        TermStep::Leave => {}
                    }
                    break;
                }
            }
        }
        Ok(())
    }

    /// The documents that have any of these terms of a field, each with the place of the term in the list.
    /// Terms that ascend are looked up faster.
    pub(crate) fn having(
        &self,
        field: TermField,
        texts: &[&str],
    ) -> Result<Vec<(usize, Address)>, SearchError> {
        let field = self.fields.terms(field);
        let mut found = Vec::new();
        for (part, reader) in (0..).zip(self.searcher.segment_readers()) {
            let index = self.read(reader.inverted_index(field))?;
            for (at, text) in texts.iter().enumerate() {
                let term = EngineTerm::from_field_text(field, text);
                let postings = self.read(index.read_postings(&term, IndexRecordOption::Basic))?;
                let docs = postings.into_iter().flat_map(|postings| each_alive(postings, reader));
                found.extend(docs.map(|number| (at, Address { part, number })));
            }
        }
        Ok(found)
    }
}

/// The documents of a list that are not deleted.
pub(super) fn each_alive(
    mut docs: impl DocSet,
    reader: &SegmentReader,
) -> impl Iterator<Item = u32> {
    std::iter::from_fn(move || {
        let doc = Some(docs.doc()).filter(|&doc| doc != TERMINATED)?;
        docs.advance();
        Some(doc)
    })
    .filter(|&doc| !reader.is_deleted(doc))
}
