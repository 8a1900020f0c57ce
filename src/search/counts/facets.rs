//! Counts what the matching articles have, and why they need a person's eye.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use serde::Serialize;
use utoipa::ToSchema;

use super::period_counts::PeriodCounts;
use crate::index::PATH_SEPARATOR;
use crate::model::Review;
use crate::query::ValueField;
use crate::search::labels::LabelDocs;
use crate::search::{
    Archive, AreaCount, Count, Facets, Filters, Granularity, Request, RoleScope, SearchError,
};

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

/// What facets are counted by.
pub(crate) struct FacetsRequest {
    pub(crate) labels: Arc<LabelDocs>,
    /// Which districts of an article count.
    pub(crate) role: RoleScope,
    /// Of none yet.
    pub(crate) years: PeriodCounts,
    pub(crate) months: PeriodCounts,
}

/// What the articles that match have.
pub(crate) struct FacetTotals {
    pub(crate) topics: HashMap<String, u64>,
    pub(crate) outlets: HashMap<String, u64>,
    pub(crate) publications: HashMap<String, u64>,
    pub(crate) kinds: HashMap<String, u64>,
    /// Articles by the name of a district that some have, those of what lies in it included.
    pub(crate) districts: HashMap<String, u64>,
    /// Articles by the path of a unit, those of what lies in it included.
    pub(crate) units: BTreeMap<String, u64>,
    /// Articles by the number of the label.
    pub(crate) labels: Vec<u64>,
    pub(crate) years: PeriodCounts,
    pub(crate) months: PeriodCounts,
    /// Articles that are about no district.
    pub(crate) unplaced: u64,
}

impl FacetTotals {
    /// The counts as they are listed; `labels` are those that were counted.
    fn listed(self, labels: &LabelDocs) -> Facets {
        let Self { years, months, .. } = &self;
        Facets {
            years: years.periods(),
            months: months.periods(),
            spread_years: years.spread(),
            spread_months: months.spread(),
            undated: months.undated(),
            districts: most_first(self.districts),
            district_tree: units_below(&self.units, ""),
            topics: most_first(self.topics),
            outlets: most_first(self.outlets),
            publications: most_first(self.publications),
            kinds: most_first(self.kinds),
            tags: most_first(labels.named(ValueField::Tag, &self.labels)),
            collections: most_first(labels.named(ValueField::Collection, &self.labels)),
            unplaced: self.unplaced,
        }
    }
}

/// The units right under a path that ends in a separator, or under nothing.
fn units_below(counts: &BTreeMap<String, u64>, path: &str) -> Vec<AreaCount> {
    let under = counts.range(path.to_owned()..).take_while(|(other, _)| other.starts_with(path));
    let mut units: Vec<AreaCount> = under
        .filter_map(|(other, &count)| {
            let name = &other[path.len()..];
            let is_child = !name.is_empty() && !name.contains(PATH_SEPARATOR);
            is_child.then(|| AreaCount {
                name: name.to_owned(),
                count,
                within: units_below(counts, &format!("{other}{PATH_SEPARATOR}")),
            })
        })
        .collect();
    units.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
    units
}

/// Most first; as many in the order of their characters.
pub(super) fn most_first(values: HashMap<String, u64>) -> Vec<Count> {
    let mut counts: Vec<Count> =
        values.into_iter().map(|(value, count)| Count { value, count }).collect();
    counts.sort_unstable_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
    counts
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
