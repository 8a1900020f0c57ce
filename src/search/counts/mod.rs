//! How many of the matching articles have what, and how often over time?

mod axis;
mod columns;
mod districts;
mod facets;
mod matrix;
mod period;
mod period_counts;
mod review;
mod significant_terms;
mod timeline;
mod trend;

pub use axis::{MAX_GAP_COLUMNS, MatrixAxis};
pub use matrix::{MAX_COLUMNS, Matrix, MatrixColumn, MatrixRow};
pub use period::{Granularity, Period};
pub use review::ReviewCount;
pub use significant_terms::SignificantTerm;
pub use timeline::Timeline;
pub use trend::{Point, Trend, TrendLine, per_thousand};

pub(super) use districts::DistrictPaths;
