//! `Request` → `Results`: with `index`, the only code that names the engine.

mod archive;
mod collect;
mod counts;
mod cursor;
mod diff;
mod error;
mod explain;
mod files;
mod open;
mod plan;
mod postings;
mod proof;
mod rank;
mod request;
mod results;

pub use crate::index::IndexState;
pub use archive::Archive;
pub use counts::matrix::{Axis, MAX_COLUMNS, MAX_GAP_COLUMNS, Matrix, MatrixColumn, MatrixRow};
pub use counts::period::{Every, Period};
pub use counts::review::ReviewCount;
pub use counts::significant_terms::SignificantTerm;
pub use counts::timeline::Timeline;
pub use counts::trend::{Point, Trend, TrendLine, per_thousand};
pub use cursor::{Cursor, CursorError};
pub use diff::{Change, Common, Comparison, FieldPassage, Passage, Piece, compare};
pub use error::SearchError;
pub use explain::highlight::MAX_SPANS;
pub use explain::suggest::Suggestion;
pub use explain::{Explanation, PartExplanation, PartScore, TermScore, Why, WordExplanation};
pub use proof::Proof;
pub use request::{Filters, Matching, Request, Sort};
pub use results::{AreaCount, Count, Facets, Field, Highlight, Hit, Note, Results, Totals};
