//! How many of the matching articles have what, and how often over time?

pub(crate) mod axis;
pub(crate) mod districts;
pub(crate) mod facets;
pub(crate) mod matrix;
pub(crate) mod period;
pub(crate) mod period_counts;
pub(crate) mod review;
pub(crate) mod significant_terms;
pub(crate) mod timeline;
pub(crate) mod trend;
