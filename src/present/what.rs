//! Which articles: the query as it was typed, parsed and widened by synonyms, and the filters.

use crate::model::CivilDate;
use crate::query;
use crate::query::{Expansion, ParseError, Query, Synonyms};
use crate::search::{Filters, Matching, Request};

/// Which articles.
#[derive(Debug, Clone)]
pub struct Selection {
    /// The query as it was typed, for messages.
    pub typed: String,
    /// With its synonyms.
    pub query: Query,
    /// What the synonyms added.
    pub expansions: Vec<Expansion>,
    /// How much of it an article must have.
    pub matching: Matching,
    /// What must be known of an article beside its words.
    pub filters: Filters,
    /// The civil day here and now, by which 近30天 is understood.
    pub today: CivilDate,
}

impl Selection {
    /// # Errors
    /// When the query cannot be understood.
    pub fn new(
        typed: &str,
        synonyms: &Synonyms,
        matching: Matching,
        filters: Filters,
        today: CivilDate,
    ) -> Result<Self, ParseError> {
        let (query, expansions) = synonyms.expand(&query::parse(typed)?);
        Ok(Self { typed: typed.to_owned(), query, expansions, matching, filters, today })
    }

    /// A request for all of these articles, in the order of relevance.
    #[must_use]
    pub fn request(&self) -> Request {
        Request {
            query: self.query.clone(),
            matching: self.matching,
            filters: self.filters.clone(),
            today: self.today,
            ..Request::default()
        }
    }
}
