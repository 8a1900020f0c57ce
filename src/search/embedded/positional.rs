//! An engine query over a bigram field for pieces of text in a given arrangement.

use tantivy::columnar::Column;
use tantivy::index::SegmentReader;
use tantivy::query::{EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::Field;
use tantivy::{DocId, DocSet, Score, SeekDangerResult, TERMINATED, TantivyError};

use super::bigrams::{BigramReader, BigramTerm};
use crate::search::position_rule::{PhrasePiece, PositionRule, any};

/// Matches documents in whose bigram field the pieces occur as `rule` requires. All matches have
/// the same score, the boost.
#[derive(Debug, Clone)]
pub(crate) struct PositionalQuery {
    /// A bigram field with positions.
    pub(crate) field: Field,
    /// One or more characters each, folded as in the field. Without pieces, or with an empty one,
    /// nothing matches.
    pub(crate) pieces: Vec<Vec<char>>,
    pub(crate) rule: PositionRule,
    /// If set, only matches count that begin at or after the position in this column, which is the
    /// end of the headline. An article without a value is matched from its start.
    pub(crate) after: Option<&'static str>,
}

impl Query for PositionalQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        if let Some(column) = self.after {
            // A segment in which no article has a value lacks the column; a schema without it is an
            // error.
            scoring.schema().get_field(column)?;
        }
        Ok(Box::new(self.clone()))
    }
}

impl Weight for PositionalQuery {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(match self.matches(reader, boost)? {
            Some(mut matches) => {
                matches.go_to(0);
                Box::new(matches)
            }
            None => Box::new(EmptyScorer),
        })
    }

    fn scorer_danger(
        &self,
        reader: &SegmentReader,
        target: DocId,
        boost: Score,
    ) -> tantivy::Result<(SeekDangerResult, Box<dyn Scorer>)> {
        let Some(mut matches) = self.matches(reader, boost)? else {
            return Ok((SeekDangerResult::SeekLowerBound(TERMINATED), Box::new(EmptyScorer)));
        };
        let result = matches.look_at(target);
        Ok((result, Box::new(matches)))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let (SeekDangerResult::Found, mut scorer) = self.scorer_danger(reader, doc, 1.0)? else {
            let message = format!("document {doc} does not match");
            return Err(TantivyError::InvalidArgument(message));
        };
        Ok(Explanation::new("PositionalQuery", scorer.score()))
    }
}

impl PositionalQuery {
    /// A cursor before its first match; `None` if the segment cannot have one.
    fn matches(
        &self,
        reader: &SegmentReader,
        boost: Score,
    ) -> tantivy::Result<Option<PositionalScorer>> {
        let (terms, mut parts) = self.plan();
        if parts.is_empty() || parts.iter().any(Vec::is_empty) {
            return Ok(None);
        }
        // A single bigram or character matches wherever it occurs, without positions.
        let parts_to_fit: usize = parts.iter().map(Vec::len).sum();
        let by_position = parts_to_fit > 1 || self.after.is_some();

        let bigrams = reader.inverted_index(self.field)?;
        let bigrams = if by_position {
            BigramReader::places(&terms, &bigrams, reader.max_doc())?
        } else {
            BigramReader::articles(&terms, &bigrams, reader.max_doc())?
        };
        let Some(bigrams) = bigrams else { return Ok(None) };
        for parts in &mut parts {
            parts.sort_by_key(|&(term, _)| bigrams.most_docs(term));
        }
        let first_place = match self.after {
            Some(column) => reader.fast_fields().column_opt::<u64>(column)?,
            None => None,
        };
        let piece = |piece: &Vec<char>| PhrasePiece { len: piece.len() as u32, starts: Vec::new() };
        Ok(Some(PositionalScorer {
            doc: 0,
            bigrams,
            parts,
            pieces: self.pieces.iter().map(piece).collect(),
            rule: self.rule.clone(),
            by_position,
            first_place,
            score: boost,
        }))
    }

    /// The distinct terms to look up, and for each piece its parts: the index of a term, and its
    /// offset in the piece in characters.
    fn plan(&self) -> (Vec<BigramTerm>, Vec<Vec<(usize, u32)>>) {
        let mut terms: Vec<BigramTerm> = Vec::new();
        let mut parts = Vec::with_capacity(self.pieces.len());
        for piece in &self.pieces {
            let mut covering = Vec::new();
            for (offset, term) in BigramTerm::cover(piece) {
                let known = terms.iter().position(|known| *known == term);
                covering.push((known.unwrap_or(terms.len()), offset));
                if known.is_none() {
                    terms.push(term);
                }
            }
            parts.push(covering);
        }
        (terms, parts)
    }
}

/// A cursor over the matching articles of a segment.
struct PositionalScorer {
    /// The current match, or [`TERMINATED`].
    doc: DocId,
    /// The articles that have all terms of the pieces.
    bigrams: BigramReader,
    /// For each piece its parts, the rarest first: the index of a term, and its offset in the piece
    /// in characters.
    parts: Vec<Vec<(usize, u32)>>,
    /// The pieces, with their positions in the last article that was checked.
    pieces: Vec<PhrasePiece>,
    rule: PositionRule,
    /// Whether positions have to be checked.
    by_position: bool,
    first_place: Option<Column<u64>>,
    score: Score,
}

impl PositionalScorer {
    /// Advances to the first match at or after `target`.
    fn go_to(&mut self, mut target: DocId) -> DocId {
        self.doc = loop {
            let candidate = self.bigrams.seek(target);
            if candidate == TERMINATED || self.is_match(candidate) {
                break candidate;
            }
            target = candidate + 1;
        };
        self.doc
    }

    /// Advances to `target` if it is a match, and looks no further.
    fn look_at(&mut self, target: DocId) -> SeekDangerResult {
        if target >= TERMINATED {
            return SeekDangerResult::SeekLowerBound(TERMINATED);
        }
        if let Err(later) = self.bigrams.look_at(target) {
            return SeekDangerResult::SeekLowerBound(later);
        }
        if self.is_match(target) {
            self.doc = target;
            SeekDangerResult::Found
        } else {
            SeekDangerResult::SeekLowerBound(target + 1)
        }
    }

    /// Whether the pieces occur as required in a candidate, to which the reader has advanced.
    fn is_match(&mut self, candidate: DocId) -> bool {
        if !self.by_position {
            return true;
        }
        let from = self.first_place.as_ref().and_then(|column| column.first(candidate));
        let from = from.map_or(0, |from| u32::try_from(from).unwrap_or(u32::MAX));
        for (piece, parts) in self.pieces.iter_mut().zip(&self.parts) {
            for (nth, &(term, offset)) in parts.iter().enumerate() {
                let positions = self.bigrams.positions(term);
                if nth == 0 {
                    let begins = positions.iter().filter_map(|place| place.checked_sub(offset));
                    piece.starts.clear();
                    piece.starts.extend(begins.filter(|&start| start >= from));
                } else {
                    keep_with(&mut piece.starts, positions, offset);
                }
                if piece.starts.is_empty() {
                    return false;
                }
            }
        }
        any(&self.pieces, &self.rule)
    }
}

/// Keeps the starts that have a position at this offset after them.
fn keep_with(starts: &mut Vec<u32>, positions: &[u32], offset: u32) {
    let mut positions = positions.iter().peekable();
    starts.retain(|&start| {
        let wanted = start.saturating_add(offset);
        while positions.next_if(|&&position| position < wanted).is_some() {}
        positions.peek() == Some(&&wanted)
    });
}

impl DocSet for PositionalScorer {
    fn advance(&mut self) -> DocId {
        if self.doc == TERMINATED {
            return TERMINATED;
        }
        self.go_to(self.doc + 1)
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if target <= self.doc {
            return self.doc;
        }
        self.go_to(target)
    }

    fn seek_danger(&mut self, target: DocId) -> SeekDangerResult {
        self.look_at(target)
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    /// An upper bound.
    fn size_hint(&self) -> u32 {
        self.bigrams.most_articles()
    }

    /// Positions are read for every candidate, which costs about as much as in the engine's own
    /// phrase query.
    fn cost(&self) -> u64 {
        let each = if self.by_position { 10 * self.bigrams.terms() as u64 } else { 1 };
        u64::from(self.size_hint()) * each
    }
}

impl Scorer for PositionalScorer {
    fn score(&mut self) -> Score {
        self.score
    }
}
