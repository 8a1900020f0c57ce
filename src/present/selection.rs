//! Which articles are asked for: the query as it was typed, and the request that it became.

use crate::query::Expansion;
use crate::search::{Filters, Request};

/// Which articles are asked for, in which order, and which page of them.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// The query as it was typed, for messages.
    pub typed: String,
    /// What the synonyms added to the query.
    pub expansions: Vec<Expansion>,
    /// The request, without facets and explanations.
    pub request: Request,
}

impl Selection {
    /// Whether anything beside the query restricts it.
    #[must_use]
    pub fn is_filtered(&self) -> bool {
        self.request.filters != Filters::default()
    }
}
