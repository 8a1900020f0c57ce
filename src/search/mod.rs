//! `Request` → `Results`: with `index`, the only code that names the engine.

mod archive;
mod collect;
mod compare;
mod error;
mod explain;
mod facets;
mod highlight;
mod order;
mod pairing;
mod plan;
mod request;
mod results;
mod sentences;
mod spelling;
mod trend;

pub use archive::Archive;
pub use compare::{Change, Common, Comparison, FieldPassage, Passage, Piece, compare};
pub use error::SearchError;
pub use explain::{Explanation, PartExplanation};
pub use highlight::MOST_SPANS;
pub use request::{Filters, Request, Sort};
pub use results::{Count, Facets, Field, Highlight, Hit, Results};
pub use trend::{Every, Period, Point, Trend, TrendLine, per_thousand};
