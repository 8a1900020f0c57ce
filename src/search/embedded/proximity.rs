//! Where the words of a query stand in an article: how near each other those that are neighbours in the
//! query, and how near the beginning.

use tantivy::columnar::Column;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, Searcher, SegmentReader, Term as EngineTerm};

use super::bm25::CollectionStatistics;
use super::membership::contains;
use crate::index::{PART_GAP, names};
use crate::search::plan::ScoringWeights;

/// Characters between two words at which half of the points for proximity are left.
const HALF_WAY: f32 = 8.0;
/// Characters of the body before a word at which half of its points for the beginning are left.
const BEGINNING: f32 = 100.0;
/// Words whose distances are looked at, the first ones.
const MAX_WORDS: usize = 16;

/// The words of a query in its order, each by the pair of characters that it begins with.
pub(super) struct Proximity {
    beginnings: Vec<EngineTerm>,
    /// The points of each two neighbours that stand side by side.
    pairs: Vec<f32>,
    /// The points of each word that stands in the headline or begins the body.
    firsts: Vec<f32>,
}

/// The same in one segment.
pub(super) struct SegmentProximity {
    /// The places of each word, and room to read them into.
    words: Vec<(Option<SegmentPostings>, Vec<u32>)>,
    pairs: Vec<f32>,
    firsts: Vec<f32>,
    /// Where the headline ends; none where no article of the segment has one.
    body_start: Option<Column<u64>>,
}

impl Proximity {
    pub(super) fn new(
        searcher: &Searcher,
        statistics: &CollectionStatistics,
        weights: &ScoringWeights,
        mut beginnings: Vec<EngineTerm>,
    ) -> tantivy::Result<Self> {
        beginnings.truncate(MAX_WORDS);
        let idf = |term| Ok(statistics.idf(searcher.doc_freq(term)?));
        let rarity: Vec<f32> = beginnings.iter().map(idf).collect::<tantivy::Result<_>>()?;
        let pairs = rarity.len().saturating_sub(1) as f32;
        let points =
            |two: &[f32]| weights.proximity / pairs + weights.rare_proximity * two[0].min(two[1]);
        let firsts = if weights.beginning > 0.0 {
            rarity.iter().map(|rarity| weights.beginning * rarity).collect()
        } else {
            Vec::new()
        };
        Ok(Self { pairs: rarity.windows(2).map(points).collect(), firsts, beginnings })
    }

    pub(super) fn max_score(&self) -> f32 {
        self.pairs.iter().chain(&self.firsts).sum()
    }

    pub(super) fn for_segment(&self, reader: &SegmentReader) -> tantivy::Result<SegmentProximity> {
        let mut words = Vec::new();
        // A single word has no distance to another.
        let counts = !self.pairs.is_empty() || !self.firsts.is_empty();
        for term in self.beginnings.iter().filter(|_| counts) {
            let index = reader.inverted_index(term.field())?;
            let option = IndexRecordOption::WithFreqsAndPositions;
            words.push((index.read_postings(term, option)?, Vec::new()));
        }
        let body_start = match self.firsts.as_slice() {
            [] => None,
            _ => reader.fast_fields().column_opt(names::BODY_START)?,
        };
        let (pairs, firsts) = (self.pairs.clone(), self.firsts.clone());
        Ok(SegmentProximity { words, pairs, firsts, body_start })
    }
}

impl SegmentProximity {
    /// Points of an article; asked for in the order of their numbers.
    pub(super) fn points(&mut self, doc: DocId) -> f32 {
        for (postings, places) in &mut self.words {
            places.clear();
            if let Some(postings) = postings
                && contains(postings, doc)
            {
                postings.positions(places);
            }
        }
        let mut points = 0.0;
        for (two, side_by_side) in self.words.windows(2).zip(&self.pairs) {
            if let Some(distance) = least_distance(&two[0].1, &two[1].1) {
                // Two characters apart is side by side for words of two.
                let between = distance.saturating_sub(2) as f32;
                points += side_by_side * HALF_WAY / (HALF_WAY + between);
            }
        }
        let headline = self.body_start.as_ref().and_then(|column| column.first(doc)).unwrap_or(0);
        for ((_, places), at_beginning) in self.words.iter().zip(&self.firsts) {
            if let Some(&first) = places.first() {
                let before = u64::from(first).saturating_sub(headline + PART_GAP as u64) as f32;
                points += at_beginning * BEGINNING / (BEGINNING + before);
            }
        }
        points
    }
}

/// The least difference of two positions of two sorted lists.
fn least_distance(a: &[u32], b: &[u32]) -> Option<u32> {
    let (mut left, mut right) = (a.iter().peekable(), b.iter().peekable());
    let mut least: Option<u32> = None;
    while let (Some(&&one), Some(&&other)) = (left.peek(), right.peek()) {
        let distance = one.abs_diff(other);
        least = Some(least.map_or(distance, |least| least.min(distance)));
        if one < other {
            left.next()
        } else {
            right.next()
        };
    }
    least
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_distance_of_two_lists() {
        assert_eq!(least_distance(&[1, 50], &[20, 48, 90]), Some(2));
        assert_eq!(least_distance(&[5], &[5]), Some(0));
        assert_eq!(least_distance(&[], &[5]), None);
    }
}
