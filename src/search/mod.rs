//! `Request` → `Results`: with `index`, the only code that names the engine.

mod archive;
mod areas;
mod calendar;
mod closeness;
mod collect;
mod compare;
mod cursor;
mod cut;
mod districts;
mod error;
mod explain;
mod facets;
mod groups;
mod highlight;
mod lane;
mod literals;
mod near;
#[cfg(test)]
mod near_tests;
mod order;
mod pairing;
mod pass;
mod period;
mod plan;
mod positional;
#[cfg(test)]
mod positional_tests;
mod proof;
mod related;
mod request;
mod results;
mod score;
mod sentences;
mod suggest;
mod timeline;
mod trend;
mod understood;
mod values;
mod wanted;
mod when;

pub use crate::index::IndexState;
pub use archive::{Archive, Totals};
pub use compare::{Change, Common, Comparison, FieldPassage, Passage, Piece, compare};
pub use cursor::{Cursor, NotACursor};
pub use error::SearchError;
pub use explain::{Explanation, PartExplanation, PartScore, TermScore, Why, WordExplanation};
pub use highlight::MOST_SPANS;
pub use period::{Every, Period};
pub use proof::Proof;
pub use related::RelatedWord;
pub use request::{Filters, Matching, Request, Sort};
pub use results::{AreaCount, Count, Facets, Field, Highlight, Hit, Note, Results};
pub use suggest::Suggestion;
pub use timeline::Timeline;
pub use trend::{Point, Trend, TrendLine, per_thousand};
