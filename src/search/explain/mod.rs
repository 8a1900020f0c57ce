//! What did a query mean to the program, which parts of it find what, and what may have been meant
//! where nothing is found?

mod explanation;
pub(super) mod highlight;
mod suggest;

pub use explanation::{Explanation, PartExplanation, WordExplanation};
pub use highlight::MAX_SPANS;
pub use suggest::Suggestion;
