//! Counts what the matching articles have, and why they need a person's eye.

use serde::Serialize;
use utoipa::ToSchema;

use super::period_counts::PeriodCounts;
use super::totals::FacetsRequest;
use crate::model::Review;
use crate::search::{Archive, Facets, Filters, Granularity, Request, SearchError};

impl Archive {
    /// Counts what could be chosen instead: as [`Archive::facets`], but what a filter chooses from
    /// is counted as if that filter were not set; the other filters count.
    ///
    /// # Errors
    /// As [`Archive::search`].
    pub fn disjunctive_facets(&self, request: &Request) -> Result<Facets, SearchError> {
        self.guard(|| {
            let mut facets = self.facets(request)?;
            let without = |change: fn(&mut Filters)| {
                let mut filters = request.filters.clone();
                change(&mut filters);
                let differs = filters != request.filters;
                differs.then(|| self.facets(&Request { filters, ..request.clone() })).transpose()
            };
            if let Some(others) = without(|filters| filters.districts.clear())? {
                facets.districts = others.districts;
                facets.district_tree = others.district_tree;
                facets.unplaced = others.unplaced;
            }
            if let Some(others) = without(|filters| filters.topics.clear())? {
                facets.topics = others.topics;
            }
            if let Some(others) = without(|filters| filters.outlets.clear())? {
                facets.outlets = others.outlets;
            }
            if let Some(others) = without(|filters| filters.publications.clear())? {
                facets.publications = others.publications;
            }
            if let Some(others) = without(|filters| filters.tags.clear())? {
                facets.tags = others.tags;
            }
            if let Some(others) = without(|filters| filters.collections.clear())? {
                facets.collections = others.collections;
            }
            if let Some(others) = without(|filters| filters.kinds.clear())? {
                facets.kinds = others.kinds;
            }
            let without_dates = |filters: &mut Filters| {
                (filters.from, filters.to) = (None, None);
                (filters.certain_dates, filters.undated) = (false, false);
            };
            if let Some(others) = without(without_dates)? {
                (facets.years, facets.months) = (others.years, others.months);
                (facets.spread_years, facets.spread_months) =
                    (others.spread_years, others.spread_months);
                facets.undated = others.undated;
            }
            Ok(facets)
        })
    }

    /// Counts what the matching articles have.
    ///
    /// # Errors
    /// As [`Archive::search`].
    pub fn facets(&self, request: &Request) -> Result<Facets, SearchError> {
        self.guard(|| {
            let labels = self.label_docs()?;
            let counts = self.engine().facets(
                &self.matching(request)?,
                FacetsRequest {
                    labels: labels.clone(),
                    role: request.filters.role,
                    years: PeriodCounts::within(Granularity::Year, request.days()),
                    months: PeriodCounts::within(Granularity::Month, request.days()),
                },
            )?;
            Ok(counts.listed(&labels))
        })
    }
}

/// A reason for review and the number of articles that have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct ReviewCount {
    /// The reason.
    pub review: Review,
    /// Number of articles.
    pub count: u64,
}

impl Archive {
    /// Counts the matching articles that need a person's eye, for each reason, in the order of
    /// [`Review::ALL`]; an article can have several. The filter by such reasons is passed over.
    ///
    /// # Errors
    /// As [`Archive::search`].
    pub fn review_counts(&self, request: &Request) -> Result<Vec<ReviewCount>, SearchError> {
        self.guard(|| {
            let count = |review| {
                let filters = Filters { review: vec![review], ..request.filters.clone() };
                let count = self.count(&Request { filters, ..request.clone() })?;
                Ok(ReviewCount { review, count })
            };
            Review::ALL.into_iter().map(count).collect()
        })
    }
}
