//! `Request` → `Results`: with `index`, the only code that names the engine.

mod archive;
mod areas;
mod calendar;
mod collect;
mod cursor;
mod cut;
mod districts;
mod error;
mod explain;
mod facets;
mod groups;
mod highlight;
mod literals;
mod near;
mod order;
mod pass;
mod plan;
mod positional;
mod proof;
mod request;
mod results;
mod score;
mod timeline;
mod understood;
mod values;
mod when;

pub use archive::{Archive, Totals};
pub use calendar::Unit;
pub use cursor::{Cursor, NotACursor};
pub use error::SearchError;
pub use explain::{Explanation, PartExplanation, PartScore, TermScore, Why, WordExplanation};
pub use highlight::MOST_SPANS;
pub use proof::Proof;
pub use request::{Filters, Matching, Request, Sort};
pub use results::{AreaCount, Count, Facets, Field, Highlight, Hit, Note, Results};
pub use timeline::Timeline;
