//! How many of the matching articles have what, and how often over time?

mod facets;
mod matrix;
mod period;
mod period_counts;
mod significant_terms;
mod term_counts;
mod totals;
mod trend;

pub use facets::ReviewCount;
pub use matrix::{MAX_COLUMNS, MAX_GAP_COLUMNS, Matrix, MatrixAxis, MatrixColumn, MatrixRow};
pub use period::{Granularity, Period, PeriodCount};
pub use significant_terms::SignificantTerm;
pub use term_counts::FigureCounts;
pub use trend::{MAX_LINES, Point, Timeline, Trend, TrendLine, per_thousand};

pub(super) use matrix::{AxisValues, CrossCounts};
pub(super) use period_counts::PeriodCounts;
pub(super) use totals::{FacetTotals, FacetsRequest, TermCounts};
