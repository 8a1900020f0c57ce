//! `Request` → `Results`. What a request means is planned as values (`plan`), which an engine answers
//! (`embedded`): no other code names tantivy but `index`, which writes what is read here.

mod address;
mod archive;
mod area_code;
mod articles;
mod complete;
mod counts;
mod diff;
mod embedded;
mod engine;
mod error;
mod explain;
mod figure_agreement;
mod figure_doubts;
mod figure_filter;
mod figure_names;
mod figure_terms;
mod figures;
mod former_ids;
mod highlight;
mod label_docs;
mod labels;
mod literal_check;
mod near_names;
#[cfg(feature = "opensearch")]
mod opensearch;
mod page;
mod plan;
mod position_rule;
#[cfg(test)]
mod position_rule_tests;
mod request;
mod results;
mod role_scope;
mod series;
mod sort;

pub use crate::index::{Damage, DamagedFile, IndexCheck, IndexState, Mend, verify as verify_index};
pub use crate::model::TextField;
pub use archive::Archive;
pub use area_code::area_code;
pub use complete::{Completion, CompletionKind, MAX_COMPLETIONS};
pub use counts::{
    FigureCounts, Granularity, MAX_COLUMNS, MAX_GAP_COLUMNS, MAX_LINES, Matrix, MatrixAxis,
    MatrixColumn, MatrixRow, Period, PeriodCount, Point, ReviewCount, SignificantTerm, Timeline,
    Trend, TrendLine, per_thousand,
};
pub use diff::{Comparison, DiffRun, FieldPassage, Overlap, Passage, TextChange, compare};
pub use error::SearchError;
pub use explain::{Explanation, PartExplanation, Suggestion, WordExplanation};
pub use figure_doubts::{DoubtfulFigure, FigureDoubt};
pub use figure_filter::FigureFilter;
pub use figure_names::canonical_district;
pub use figure_terms::{MAIN_INDICATORS, StatedFigure};
pub use figures::{FigureCursor, FigurePage};
pub use highlight::{MAX_SPANS, RequestMarks};
pub use literal_check::LiteralCheck;
pub use plan::MAX_POSTINGS;
pub use request::{Filters, Matching, Request};
pub use results::{
    AreaCount, Count, Facets, FigureTotals, Highlight, Hit, Note, PartScore, Results,
    ScoreExplanation, TermScore, Totals,
};
pub use role_scope::RoleScope;
pub use series::{
    FigureSource, MAX_SOURCES, PeriodLength, Series, SeriesLine, SeriesMeasure, SeriesPoint,
    SeriesValue,
};
pub use sort::{Cursor, CursorError, Sort};

pub(crate) use address::Address;
pub(crate) use sort::SortKey;
