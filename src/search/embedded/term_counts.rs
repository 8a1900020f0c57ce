//! Counts of values that are terms of the index without a column, read off the lists of the terms.

use std::collections::HashMap;

use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, SegmentOrdinal, SegmentReader};

use super::EmbeddedEngine;
use super::collect::BlockCollector;
use super::terms::each_alive;
use crate::index::TermField;
use crate::search::SearchError;
use crate::search::counts::TermCounts;
use crate::search::plan::Condition;

impl EmbeddedEngine {
    /// Counts the articles by the keys of their terms of a field; without a condition all documents. Terms
    /// of one key stand together in the order of terms.
    pub(crate) fn count_by_term(
        &self,
        field: TermField,
        matching: Option<&Condition>,
        key_of: fn(&str) -> &str,
    ) -> Result<TermCounts, SearchError> {
        let mut wanted = MatchingDocs::default();
        if let Some(matching) = matching {
            self.collect(matching, &mut wanted)?;
        }
        self.read(self.count_terms(field, matching.map(|_| &wanted), key_of))
    }

    fn count_terms(
        &self,
        field: TermField,
        wanted: Option<&MatchingDocs>,
        key_of: fn(&str) -> &str,
    ) -> tantivy::Result<TermCounts> {
        let mut counts = TermCounts::default();
        for (at, reader) in (0..).zip(self.searcher.segment_readers()) {
            let wanted = wanted.map(|wanted| wanted.segments.get(&at));
            let wanted = match wanted {
                // None matches in this segment.
                Some(None) => continue,
                wanted => wanted.flatten(),
            };
            // For each article the last key that it was counted for, from 1.
            let mut counted_for = vec![0_u32; reader.max_doc() as usize];
            let (mut key, mut ordinal) = (None, 0);
            let index = reader.inverted_index(self.fields.terms(field))?;
            let mut stream = index.terms().stream()?;
            while stream.advance() {
                let Ok(term) = std::str::from_utf8(stream.key()) else { continue };
                let own = key_of(term);
                if key.as_deref() != Some(own) {
                    (key, ordinal) = (Some(own.to_owned()), ordinal + 1);
                }
                let basic = IndexRecordOption::Basic;
                let postings = index.read_postings_from_terminfo(stream.value(), basic)?;
                let mut articles = 0;
                for doc in each_alive(postings, reader) {
                    if wanted.is_some_and(|wanted| wanted.get(doc as usize) != Some(&true)) {
                        continue;
                    }
                    counts.values += 1;
                    let Some(last) = counted_for.get_mut(doc as usize) else { continue };
                    articles += u64::from(*last != ordinal);
                    *last = ordinal;
                }
                if articles > 0 {
                    *counts.by_key.entry(own.to_owned()).or_default() += articles;
                }
            }
            counts.articles += counted_for.iter().filter(|&&last| last > 0).count() as u64;
        }
        Ok(counts)
    }
}

/// Which documents of each segment match.
#[derive(Default)]
struct MatchingDocs {
    segments: HashMap<SegmentOrdinal, Vec<bool>>,
    current: SegmentOrdinal,
}

impl BlockCollector for MatchingDocs {
    fn for_segment(&mut self, at: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<()> {
        self.current = at;
        self.segments.insert(at, vec![false; reader.max_doc() as usize]);
        Ok(())
    }

    fn collect_block(&mut self, docs: &[DocId]) {
        let Some(segment) = self.segments.get_mut(&self.current) else { return };
        for &doc in docs {
            if let Some(matches) = segment.get_mut(doc as usize) {
                *matches = true;
            }
        }
    }
}
