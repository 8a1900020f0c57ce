//! Counts of values that are terms of the index without a column: genres, and what is stated of
//! indicators. Read off the lists of the terms.

use std::collections::HashMap;

use serde::Serialize;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, SegmentOrdinal, SegmentReader, TERMINATED};
use utoipa::ToSchema;

use super::facets::most_first;
use crate::index::name_of_term;
use crate::search::collect::BlockCollector;
use crate::search::{Archive, Count, Request, SearchError};

/// How much articles state of indicators.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct FigureCounts {
    /// Figures: what an article repeats is one.
    pub figures: u64,
    /// Articles that have some.
    pub articles: u64,
    /// Articles by indicator, most first.
    pub indicators: Vec<Count>,
}

impl Archive {
    /// Counts what the matching articles state of indicators.
    ///
    /// # Errors
    /// As [`Archive::search`].
    pub fn figure_counts(&self, request: &Request) -> Result<FigureCounts, SearchError> {
        self.guard(|| {
            let mut counts = FigureCounts::default();
            let mut indicators: HashMap<String, u64> = HashMap::new();
            // The last name that an article was counted for; terms of a name stand together.
            let mut seen: Vec<u32> = Vec::new();
            let (mut segment, mut names) = (None, 0);
            let mut name = String::new();
            let field = self.fields().figure;
            self.each_matching_term(request, field, &mut |found| {
                if segment != Some(found.segment) {
                    segment = Some(found.segment);
                    seen = vec![0; found.max_doc as usize];
                    names = 0;
                    name.clear();
                }
                let own = name_of_term(found.term).0;
                if own != name {
                    own.clone_into(&mut name);
                    names += 1;
                }
                for &doc in found.docs {
                    counts.figures += 1;
                    let Some(last) = seen.get_mut(doc as usize) else { continue };
                    counts.articles += u64::from(*last == 0);
                    if *last != names {
                        *last = names;
                        *indicators.entry(name.clone()).or_default() += 1;
                    }
                }
            })?;
            counts.indicators = most_first(indicators);
            Ok(counts)
        })
    }

    /// Counts the matching articles by genre, most first.
    ///
    /// # Errors
    /// As [`Archive::search`].
    pub fn genre_counts(&self, request: &Request) -> Result<Vec<Count>, SearchError> {
        self.guard(|| {
            let mut genres: HashMap<String, u64> = HashMap::new();
            let field = self.fields().genre;
            self.each_matching_term(request, field, &mut |found| {
                if !found.docs.is_empty() {
                    *genres.entry(found.term.to_owned()).or_default() += found.docs.len() as u64;
                }
            })?;
            Ok(most_first(genres))
        })
    }

    /// Gives each term of a field, segment by segment and in order, with the matching articles that
    /// have it.
    fn each_matching_term(
        &self,
        request: &Request,
        field: Field,
        each: &mut dyn FnMut(TermDocs<'_>),
    ) -> Result<(), SearchError> {
        let mut matching = MatchingDocs::default();
        self.collect(&*self.matching(request)?, &mut [&mut matching])?;
        let mut docs = Vec::new();
        for (at, reader) in (0..).zip(self.searcher().segment_readers()) {
            let Some(wanted) = matching.segments.get(&at) else { continue };
            let index = reader.inverted_index(field).map_err(|e| self.engine_error(&e))?;
            let mut stream = index.terms().stream().map_err(|e| self.engine_error(&e))?;
            while stream.advance() {
                let Ok(term) = std::str::from_utf8(stream.key()) else { continue };
                let mut postings = index
                    .read_postings_from_terminfo(stream.value(), IndexRecordOption::Basic)
                    .map_err(|e| self.engine_error(&e))?;
                docs.clear();
                while postings.doc() != TERMINATED {
                    let doc = postings.doc();
                    docs.extend(wanted.get(doc as usize).is_some_and(|&is| is).then_some(doc));
                    postings.advance();
                }
                each(TermDocs { segment: at, max_doc: reader.max_doc(), term, docs: &docs });
            }
        }
        Ok(())
    }
}

/// A term with the matching documents of a segment that have it.
struct TermDocs<'a> {
    segment: SegmentOrdinal,
    /// Documents of the segment.
    max_doc: DocId,
    term: &'a str,
    docs: &'a [DocId],
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
