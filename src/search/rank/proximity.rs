//! How near the words of a query stand to each other in an article.

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, SegmentReader, Term as EngineTerm};

use super::doc_set::contains;

/// Points for neighbouring words that stand side by side.
pub(crate) const MAX_PROXIMITY: f32 = 30.0;
/// Characters between two words at which half of [`MAX_PROXIMITY`] is left.
const HALF_WAY: f32 = 8.0;
/// Words whose distances are looked at, the first ones.
const MAX_WORDS: usize = 8;

/// The words of a query in its order, each by the pair of characters that it begins with.
pub(crate) struct Proximity {
    beginnings: Vec<EngineTerm>,
}

/// The same in one segment.
pub(crate) struct SegmentProximity {
    /// The places of each word, and room to read them into.
    words: Vec<(Option<SegmentPostings>, Vec<u32>)>,
}

impl Proximity {
    pub(crate) fn new(mut beginnings: Vec<EngineTerm>) -> Self {
        beginnings.truncate(MAX_WORDS);
        Self { beginnings }
    }

    pub(crate) fn for_segment(&self, reader: &SegmentReader) -> tantivy::Result<SegmentProximity> {
        let mut words = Vec::new();
        // A single word has no distance.
        for term in self.beginnings.iter().filter(|_| self.beginnings.len() > 1) {
            let index = reader.inverted_index(term.field())?;
            let option = IndexRecordOption::WithFreqsAndPositions;
            words.push((index.read_postings(term, option)?, Vec::new()));
        }
        Ok(SegmentProximity { words })
    }
}

impl SegmentProximity {
    /// Points of an article, at most [`MAX_PROXIMITY`]; asked for in the order of their numbers.
    pub(crate) fn points(&mut self, doc: DocId) -> f32 {
        let pairs = self.words.len().saturating_sub(1);
        if pairs == 0 {
            return 0.0;
        }
        for (postings, places) in &mut self.words {
            places.clear();
            if let Some(postings) = postings
                && contains(postings, doc)
            {
                postings.positions(places);
            }
        }
        let mut near = 0.0;
        for two in self.words.windows(2) {
            if let Some(distance) = least_distance(&two[0].1, &two[1].1) {
                // Two characters apart is side by side for words of two.
                let between = distance.saturating_sub(2) as f32;
                near += HALF_WAY / (HALF_WAY + between);
            }
        }
        MAX_PROXIMITY * near / pairs as f32
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
