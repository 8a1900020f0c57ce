//! In what order do hits come, and why?

mod doc_set;
mod proximity;
mod score_explanation;
mod scoring;
mod sort;
mod sort_key;

pub use score_explanation::{PartScore, ScoreExplanation, TermScore};
pub use sort::Sort;

pub(super) use scoring::{PartQueries, Scoring, ScoringTerm, SegmentScoring};
pub(super) use sort_key::{ArchiveRanks, SegmentSortKeys, SortKey, score_bits, segment_ranks};
