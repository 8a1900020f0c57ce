//! How many of the matching articles have what, and how often over time?

pub(crate) mod areas;
pub(crate) mod calendar;
pub(crate) mod facets;
pub(crate) mod matrix;
pub(crate) mod matrix_values;
pub(crate) mod period;
pub(crate) mod review;
pub(crate) mod significant_terms;
pub(crate) mod timeline;
pub(crate) mod trend;
