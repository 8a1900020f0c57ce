//! Why a request cannot be planned.

use tantivy::TantivyError;

/// Why a request has no plan.
pub(crate) enum PlanError {
    /// No label of the table, and none that an article of the archive came with.
    Topic(String, Vec<String>),
    /// No name that the archive or the gazetteer knows.
    District(String),
    Engine(TantivyError),
}

impl From<TantivyError> for PlanError {
    fn from(error: TantivyError) -> Self {
        Self::Engine(error)
    }
}

impl From<std::io::Error> for PlanError {
    fn from(error: std::io::Error) -> Self {
        Self::Engine(error.into())
    }
}
