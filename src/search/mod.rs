//! `Request` → `Results`: with `index`, the only code that names the engine.

mod archive;
mod collect;
mod error;
mod explain;
mod facets;
mod highlight;
mod order;
mod plan;
mod request;
mod results;
mod spelling;

pub use archive::Archive;
pub use error::SearchError;
pub use explain::{Explanation, PartExplanation};
pub use highlight::MOST_SPANS;
pub use request::{Filters, Request, Sort};
pub use results::{Count, Facets, Field, Highlight, Hit, Results};
