//! `/saved` and `/batch`: searches that are saved under names, and many searches at once.

pub(crate) mod batch;
pub(crate) mod saved;
