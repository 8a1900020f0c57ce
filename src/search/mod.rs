//! `Request` → `Results`: with `index`, the only code that names the engine.

mod archive;
mod collect;
mod counts;
mod cursor;
mod diff;
mod error;
mod explain;
mod files;
mod literal_check;
mod open;
mod plan;
mod postings;
mod rank;
mod request;
mod results;

pub use crate::index::IndexState;
pub use archive::Archive;
pub use counts::matrix::{
    MAX_COLUMNS, MAX_GAP_COLUMNS, Matrix, MatrixAxis, MatrixColumn, MatrixRow,
};
pub use counts::period::{Granularity, Period};
pub use counts::review::ReviewCount;
pub use counts::significant_terms::SignificantTerm;
pub use counts::timeline::Timeline;
pub use counts::trend::{Point, Trend, TrendLine, per_thousand};
pub use cursor::{Cursor, CursorError};
pub use diff::{Change, Comparison, DiffRun, FieldPassage, Overlap, Passage, compare};
pub use error::SearchError;
pub use explain::highlight::MAX_SPANS;
pub use explain::suggest::Suggestion;
pub use explain::{
    Explanation, PartExplanation, PartScore, ScoreExplanation, TermScore, WordExplanation,
};
pub use literal_check::LiteralCheck;
pub use request::{Filters, Matching, Request, Sort};
pub use results::{AreaCount, Count, Facets, Highlight, Hit, Note, Results, TextField, Totals};
