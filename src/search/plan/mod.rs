//! What does a request ask of the engine: which documents match, by what they are scored, and what is
//! marked in them?

mod clauses;
mod dates;
mod districts;
mod error;
mod literals;
mod marks;
mod planner;
mod scoring_terms;
pub(super) mod tokenise;
mod values;

pub(super) use error::PlanError;
pub(super) use marks::Mark;
pub(super) use planner::Planner;
