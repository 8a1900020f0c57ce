//! What an engine is asked to count, and what it counts.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::period_counts::PeriodCounts;
use crate::index::PATH_SEPARATOR;
use crate::query::ValueField;
use crate::search::label_docs::LabelDocs;
use crate::search::{AreaCount, Count, Facets, RoleScope};

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
    pub(super) fn listed(self, labels: &LabelDocs) -> Facets {
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

/// Articles by the keys of the terms that they have.
#[derive(Debug, Default)]
pub(crate) struct TermCounts {
    /// Pairs of a term and an article that has it.
    pub(crate) values: u64,
    /// Articles that have any.
    pub(crate) articles: u64,
    /// Articles by key.
    pub(crate) by_key: HashMap<String, u64>,
}
