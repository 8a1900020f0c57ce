//! How many of the matching articles need a person's eye, and why.

use serde::Serialize;

use crate::model::Review;
use crate::search::{Archive, Filters, Request, SearchError};

/// What is to be looked at, and in how many articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ReviewCount {
    /// What.
    pub review: Review,
    /// Articles.
    pub count: u64,
}

impl Archive {
    /// Counts the matching articles that need a person's eye, for each reason, in the order of
    /// [`Review::ALL`]; an article can have several. The filter by such reasons is passed over.
    ///
    /// # Errors
    /// As [`Archive::search`].
    pub fn review_counts(&self, request: &Request) -> Result<Vec<ReviewCount>, SearchError> {
        let count = |review| {
            let filters = Filters { review: vec![review], ..request.filters.clone() };
            let count = self.count(&Request { filters, ..request.clone() })?;
            Ok(ReviewCount { review, count })
        };
        Review::ALL.into_iter().map(count).collect()
    }
}
