//! `Request` → `Results`: with `index`, the only code that names the engine.

mod archive;
mod collect;
mod error;
mod explain;
mod facets;
mod highlight;
mod lane;
#[allow(dead_code, reason = "the planner does not ask for it yet")]
mod near;
#[cfg(test)]
mod near_tests;
mod order;
mod plan;
#[allow(dead_code, reason = "the planner does not ask for it yet")]
mod positional;
#[cfg(test)]
mod positional_tests;
mod request;
mod results;
mod spelling;

pub use archive::Archive;
pub use error::SearchError;
pub use explain::{Explanation, PartExplanation};
pub use highlight::MOST_SPANS;
pub use request::{Filters, Request, Sort};
pub use results::{Count, Facets, Field, Highlight, Hit, Results};
