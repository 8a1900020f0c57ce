//! The articles that have tags or are in collections, where an engine keeps them.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::Address;
use super::plan::Condition;
use crate::query::ValueField;
use crate::text::{fold, nearest};

/// Tags and collections with the articles of each.
#[derive(Debug, Default)]
pub(crate) struct LabelDocs {
    pub(super) names: Vec<LabelName>,
    /// The labelled articles, ascending, with the place of each name in `names`.
    pub(super) labelled: Vec<(Address, usize)>,
}

#[derive(Debug)]
pub(super) struct LabelName {
    pub(super) field: ValueField,
    pub(super) name: String,
    pub(super) folded: String,
}

impl LabelDocs {
    /// The articles of a name, or of any name of the field.
    pub(super) fn articles(&self, field: ValueField, name: Option<&str>) -> Condition {
        let wanted = name.map(|name| fold(name).text);
        let is_meant = |label: &LabelName| {
            label.field == field && wanted.as_ref().is_none_or(|wanted| label.folded == *wanted)
        };
        let meant: Vec<bool> = self.names.iter().map(is_meant).collect();
        let of_label = |label: usize| meant.get(label).copied().unwrap_or_default();
        let labelled = self.labelled.iter().filter(|(_, label)| of_label(*label));
        let mut addresses: Vec<Address> = labelled.map(|&(address, _)| address).collect();
        addresses.dedup();
        Condition::Listed(addresses.into())
    }

    /// Names that one which is none may have been meant as; `None` for one that there is.
    pub(super) fn near(&self, field: ValueField, name: &str) -> Option<Vec<String>> {
        let wanted = fold(name).text;
        let of_field = || self.names.iter().filter(|label| label.field == field);
        if of_field().any(|label| label.folded == wanted) {
            return None;
        }
        let names = of_field().map(|label| (label.folded.clone(), label.name.as_str()));
        Some(nearest(&wanted, names))
    }

    /// Adds to the number of articles of each name those of some articles of one part of the index, given in
    /// ascending order.
    pub(super) fn count(&self, part: u32, numbers: &[u32], counts: &mut [u64]) {
        let (Some(&first), Some(&last)) = (numbers.first(), numbers.last()) else { return };
        let first = Address { part, number: first };
        let from = self.labelled.partition_point(|&(address, _)| address < first);
        let mut numbers = numbers.iter().copied().peekable();
        for &(Address { part: own, number }, label) in self.labelled.iter().skip(from) {
            if own != part || number > last {
                break;
            }
            while numbers.next_if(|&other| other < number).is_some() {}
            if numbers.peek() == Some(&number)
                && let Some(count) = counts.get_mut(label)
            {
                *count += 1;
            }
        }
    }

    /// The names that a folded text is a part of, those that begin with it first, then those of most
    /// articles, with their numbers of articles; those of none are left out.
    pub(super) fn completing(
        &self,
        field: ValueField,
        typed: &str,
        limit: usize,
    ) -> Vec<(String, u64)> {
        let mut counts = vec![0_u64; self.names.len()];
        for (_, label) in &self.labelled {
            if let Some(count) = counts.get_mut(*label) {
                *count += 1;
            }
        }
        let fitting = self.names.iter().zip(counts).filter(|(label, count)| {
            label.field == field && *count > 0 && label.folded.contains(typed)
        });
        let mut fitting: Vec<(&LabelName, u64)> = fitting.collect();
        fitting.sort_by_key(|(label, count)| {
            (!label.folded.starts_with(typed), Reverse(*count), &label.name)
        });
        let fitting = fitting.into_iter().take(limit);
        fitting.map(|(label, count)| (label.name.clone(), count)).collect()
    }

    /// The articles that have any, ascending, each once.
    #[cfg(feature = "opensearch")]
    pub(super) fn addresses(&self) -> Vec<Address> {
        let mut addresses: Vec<Address> =
            self.labelled.iter().map(|&(address, _)| address).collect();
        addresses.dedup();
        addresses
    }

    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    /// The counts of [`Self::count`] by name, of one field; names of no article are left out.
    pub(super) fn named(&self, field: ValueField, counts: &[u64]) -> HashMap<String, u64> {
        let named = self
            .names
            .iter()
            .zip(counts)
            .filter(|(label, count)| label.field == field && **count > 0);
        named.map(|(label, count)| (label.name.clone(), *count)).collect()
    }
}
