//! BM25 (Robertson and Zaragoza 2009) with the lengths of texts as the engine stores them. The engine
//! has its own with a fixed saturation; where some words are enough, another one is better.

use std::sync::Arc;

use tantivy::Searcher;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::schema::Field;

use crate::index::Fields;

/// How much BM25 takes the length of a text into account.
const B: f32 = 0.75;

/// The score of a term by its frequency in a text and the length of the text.
#[derive(Clone)]
pub(super) struct Bm25 {
    max_score: f32,
    /// What the frequency is weighed against, by the stored form of the length.
    norms: Arc<[f32]>,
}

impl Bm25 {
    /// `weight`: the inverse document frequency and what else it is multiplied by; `average`: the
    /// mean length of the texts in tokens; `k1`: how slowly it saturates.
    pub(super) fn new(weight: f32, average: f32, k1: f32) -> Self {
        let norm = |id| {
            let length = FieldNormReader::id_to_fieldnorm(id) as f32;
            k1 * (1.0 - B + B * length / average)
        };
        Self { max_score: weight * (1.0 + k1), norms: (0..=u8::MAX).map(norm).collect() }
    }

    /// What no text exceeds.
    pub(super) fn max_score(&self) -> f32 {
        self.max_score
    }

    pub(super) fn score(&self, length: u8, frequency: u32) -> f32 {
        let frequency = frequency as f32;
        let norm = self.norms.get(usize::from(length)).copied().unwrap_or_default();
        self.max_score * frequency / (frequency + norm)
    }
}

/// Numbers about all articles.
pub(super) struct CollectionStatistics {
    fields: Fields,
    documents: u64,
    text: f32,
    head: f32,
}

impl CollectionStatistics {
    pub(super) fn of(searcher: &Searcher, fields: &Fields) -> tantivy::Result<Self> {
        let documents: u64 =
            searcher.segment_readers().iter().map(|r| u64::from(r.max_doc())).sum();
        let average = |field: Field| -> tantivy::Result<f32> {
            let mut tokens = 0;
            for reader in searcher.segment_readers() {
                tokens += reader.inverted_index(field)?.total_num_tokens();
            }
            Ok(tokens as f32 / documents.max(1) as f32)
        };
        Ok(Self {
            fields: *fields,
            documents,
            text: average(fields.bigrams)?.max(1.0),
            head: average(fields.headline_bigrams)?.max(1.0),
        })
    }

    /// The inverse document frequency of a term that so many documents have.
    pub(super) fn idf(&self, frequency: u64) -> f32 {
        let without = self.documents.saturating_sub(frequency) as f32;
        (1.0 + (without + 0.5) / (frequency as f32 + 0.5)).ln()
    }

    /// The field whose lengths count for a term of this field, and their average. The words have
    /// no lengths of their own: those of the text do.
    pub(super) fn lengths(&self, field: Field) -> (Field, f32) {
        if field == self.fields.headline_bigrams {
            (self.fields.headline_bigrams, self.head)
        } else {
            (self.fields.bigrams, self.text)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_occurrences_in_a_shorter_text_score_higher_and_never_above_the_maximum() {
        let bm25 = Bm25::new(2.0, 100.0, 1.2);
        let score =
            |length, frequency| bm25.score(FieldNormReader::fieldnorm_to_id(length), frequency);
        // At the mean length: 2 × 2.2 × 1 / (1 + 1.2).
        assert!((score(100, 1) - 2.0).abs() < 0.1);
        assert!(score(100, 1) < score(100, 2) && score(100, 2) < score(20, 2));
        assert!(score(1, 1_000_000) <= bm25.max_score());
    }
}
