//! `Request` → `Results`: with `index`, the only code that names the engine.

mod request;
mod results;

pub use request::{Filters, Request, Sort};
pub use results::{Count, Facets, Field, Highlight, Hit, Results};
