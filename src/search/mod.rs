//! `Request` → `Results`: with `index`, the only code that names the engine.

mod archive;
mod articles;
mod collect;
mod counts;
mod cursor;
mod diff;
mod error;
mod explain;
mod hits;
mod literal_check;
mod plan;
mod postings;
mod rank;
mod request;
mod results;

pub use crate::index::IndexState;
pub use archive::Archive;
pub use counts::{
    Granularity, MAX_COLUMNS, MAX_GAP_COLUMNS, Matrix, MatrixAxis, MatrixColumn, MatrixRow, Period,
    Point, ReviewCount, SignificantTerm, Timeline, Trend, TrendLine, per_thousand,
};
pub use cursor::{Cursor, CursorError};
pub use diff::{Change, Comparison, DiffRun, FieldPassage, Overlap, Passage, compare};
pub use error::SearchError;
pub use explain::{Explanation, MAX_SPANS, PartExplanation, Suggestion, WordExplanation};
pub use literal_check::LiteralCheck;
pub use rank::{PartScore, ScoreExplanation, Sort, TermScore};
pub use request::{Filters, Matching, Request};
pub use results::{AreaCount, Count, Facets, Highlight, Hit, Note, Results, TextField, Totals};
