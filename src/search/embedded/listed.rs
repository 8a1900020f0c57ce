//! An engine query for the documents of a list.

use tantivy::index::SegmentId;
use tantivy::query::{EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, Searcher, SegmentReader, TERMINATED, TantivyError};

use crate::search::Address;

/// Matches the documents of a list. All have the same score, the boost.
#[derive(Debug, Clone)]
pub(super) struct ListedQuery {
    segments: Vec<(SegmentId, Vec<DocId>)>,
}

impl ListedQuery {
    /// `addresses` ascend.
    pub(super) fn new(addresses: &[Address], searcher: &Searcher) -> Self {
        let segments = addresses.chunk_by(|one, next| one.part == next.part);
        let segments = segments.filter_map(|listed| {
            let reader = searcher.segment_reader(listed.first()?.part);
            Some((reader.segment_id(), listed.iter().map(|address| address.number).collect()))
        });
        Self { segments: segments.collect() }
    }
}

impl Query for ListedQuery {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for ListedQuery {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let segment = self.segments.iter().find(|(segment, _)| *segment == reader.segment_id());
        Ok(match segment {
            Some((_, docs)) if !docs.is_empty() => {
                Box::new(ListScorer { docs: docs.clone(), at: 0, score: boost })
            }
            _ => Box::new(EmptyScorer),
        })
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(reader, 1.0)?;
        if scorer.doc() > doc || scorer.seek(doc) != doc {
            let message = format!("document {doc} does not match");
            return Err(TantivyError::InvalidArgument(message));
        }
        Ok(Explanation::new("ListedQuery", scorer.score()))
    }
}

struct ListScorer {
    docs: Vec<DocId>,
    at: usize,
    score: Score,
}

impl DocSet for ListScorer {
    fn advance(&mut self) -> DocId {
        self.at += 1;
        self.doc()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        let rest = self.docs.get(self.at..).unwrap_or_default();
        self.at += rest.partition_point(|&doc| doc < target);
        self.doc()
    }

    fn doc(&self) -> DocId {
        self.docs.get(self.at).copied().unwrap_or(TERMINATED)
    }

    fn size_hint(&self) -> u32 {
        self.docs.len() as u32
    }
}

impl Scorer for ListScorer {
    fn score(&mut self) -> Score {
        self.score
    }
}
