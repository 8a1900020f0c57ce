//! Counts what the articles that match have.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::{Value, json};

use super::{ClusterEngine, address_of, in_place, of_ids};
use crate::index::{DayField, NumberField, PATH_SEPARATOR, TermField, UNDATED, role_of, with_role};
use crate::model::DistrictRole;
use crate::opensearch::{derived, field_name, number_name};
use crate::search::counts::{FacetTotals, FacetsRequest, PeriodCounts};
use crate::search::label_docs::LabelDocs;
use crate::search::{Address, RoleScope, SearchError};

/// Articles by the names of districts, and by the paths of units.
type DistrictTotals = (HashMap<String, u64>, BTreeMap<String, u64>);

impl ClusterEngine {
    pub(super) fn facets_of(
        &self,
        clauses: &[Value],
        request: FacetsRequest,
    ) -> Result<FacetTotals, SearchError> {
        let FacetsRequest { labels, role, mut years, mut months } = request;
        let counts_of = |field: TermField| -> Result<HashMap<String, u64>, SearchError> {
            let mut counts = HashMap::new();
            self.each_name(field_name(field), "", clauses, |name, count| {
                counts.insert(name.to_owned(), count);
            })?;
            Ok(counts)
        };
        let (districts, units) = self.districts(clauses, role)?;
        self.each_interval(clauses, |days, articles| {
            years.add_several(days, articles);
            months.add_several(days, articles);
        })?;
        let about = with_role(DistrictRole::About, "");
        let placed = json!({"prefix": {(derived::UNITS): {"value": about}}});
        let unplaced = json!({"bool": {"must_not": [placed]}});
        Ok(FacetTotals {
            topics: counts_of(TermField::Topic)?,
            outlets: counts_of(TermField::Outlet)?,
            publications: counts_of(TermField::Publication)?,
            kinds: counts_of(TermField::Kind)?,
            districts,
            units,
            labels: self.labels(clauses, &labels)?,
            years,
            months,
            unplaced: self.count_of(clauses.iter().cloned().chain([unplaced]))?,
        })
    }

    /// Articles by the names of districts, and by the paths of units.
    fn districts(
        &self,
        clauses: &[Value],
        scope: RoleScope,
    ) -> Result<DistrictTotals, SearchError> {
        let mark = match scope {
            RoleScope::Any => derived::ANY_ROLE.to_string(),
            RoleScope::About | RoleScope::Issuer | RoleScope::Mentioned | RoleScope::Origin => {
                scope.roles().map(|role| with_role(role, "")).collect()
            }
        };
        let mut units = BTreeMap::new();
        self.each_name(derived::UNITS, &mark, clauses, |unit, count| {
            units.insert(unit[mark.len()..].to_owned(), count);
        })?;
        // A name that is only what districts lie in is none of theirs.
        let areas = self.all_terms(TermField::Area)?;
        let own = areas.iter().map(|area| role_of(area)).filter(|(role, _)| scope.takes(*role));
        let own: BTreeSet<&str> =
            own.filter_map(|(_, path)| path.rsplit(PATH_SEPARATOR).next()).collect();
        let mut districts = HashMap::new();
        self.each_name(derived::UNIT_NAMES, &mark, clauses, |name, count| {
            let name = &name[mark.len()..];
            if own.contains(name) {
                districts.insert(name.to_owned(), count);
            }
        })?;
        Ok((districts, units))
    }

    /// Gives the first and the last possible day of articles that match to `visit`, with how many have
    /// both.
    pub(super) fn each_interval(
        &self,
        clauses: &[Value],
        mut visit: impl FnMut((u64, u64), u64),
    ) -> Result<(), SearchError> {
        let ends = [DayField::First, DayField::Last];
        let fields = ends.map(|end| number_name(NumberField::Interval(end)));
        self.each_value(&fields, None, clauses, &mut |keys, articles| {
            let day =
                |at: usize, none: u64| keys.get(at).and_then(|key| key.as_u64()).unwrap_or(none);
            visit((day(0, UNDATED), day(1, 0)), articles);
            true
        })
    }

    pub(super) fn days_of(
        &self,
        clauses: &[Value],
        mut counts: PeriodCounts,
    ) -> Result<PeriodCounts, SearchError> {
        self.each_interval(clauses, |days, articles| counts.add_several(days, articles))?;
        Ok(counts)
    }

    /// Articles by the number of the label: those that have one are few, and looked up.
    fn labels(&self, clauses: &[Value], labels: &LabelDocs) -> Result<Vec<u64>, SearchError> {
        let mut counts = vec![0; labels.len()];
        let labelled: Vec<Address> = labels.addresses();
        let mut found: Vec<Address> = Vec::new();
        for some in labelled.chunks(10_000) {
            let mut clauses = clauses.to_vec();
            clauses.push(of_ids(some.iter().copied()));
            self.each(clauses, in_place(), json!(false), &mut |hit| {
                found.extend(address_of(hit));
                Ok(())
            })?;
        }
        found.sort_unstable();
        for of_part in found.chunk_by(|one, next| one.part == next.part) {
            let numbers: Vec<u32> = of_part.iter().map(|address| address.number).collect();
            if let Some(first) = of_part.first() {
                labels.count(first.part, &numbers, &mut counts);
            }
        }
        Ok(counts)
    }
}
