//! Tags and collections: names that people gave to articles. They are kept apart from the index and
//! given to an open archive, so that nothing is read again when one changes; the articles of each are
//! looked up by their ids once for an archive.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, OnceLock};

use super::embedded::EmbeddedEngine;
use super::former_ids::FormerIds;
use super::plan::Condition;
use super::{Address, SearchError};
use crate::index::TermField;
use crate::model::{ArticleId, Notebook};
use crate::query::ValueField;
use crate::text::{fold, nearest};

/// Names that were given to an open archive, with their articles once they were asked for.
#[derive(Default)]
pub(crate) struct OpenLabels {
    pub(super) notebook: Arc<Notebook>,
    docs: OnceLock<Arc<LabelDocs>>,
}

/// The same with the articles where the engine keeps them.
#[derive(Debug, Default)]
pub(crate) struct LabelDocs {
    names: Vec<LabelName>,
    /// The labelled articles, ascending, with the place of each name in `names`.
    labelled: Vec<(Address, usize)>,
}

#[derive(Debug)]
struct LabelName {
    field: ValueField,
    name: String,
    folded: String,
}

impl From<Arc<Notebook>> for OpenLabels {
    fn from(notebook: Arc<Notebook>) -> Self {
        Self { notebook, docs: OnceLock::new() }
    }
}

impl OpenLabels {
    pub(super) fn docs(&self, engine: &EmbeddedEngine) -> Result<Arc<LabelDocs>, SearchError> {
        if let Some(docs) = self.docs.get() {
            return Ok(docs.clone());
        }
        let found = LabelDocs::find(&self.notebook, engine)?;
        Ok(self.docs.get_or_init(|| Arc::new(found)).clone())
    }
}

impl LabelDocs {
    fn find(notebook: &Notebook, engine: &EmbeddedEngine) -> Result<Self, SearchError> {
        let mut labels: BTreeMap<(bool, String), (String, usize)> = BTreeMap::new();
        // Ordered, so that the dictionary of ids is gone through in one direction.
        let mut by_id: BTreeMap<&ArticleId, Vec<usize>> = BTreeMap::new();
        for (id, noted) in &notebook.articles {
            let tags = noted.tags.iter().map(|name| (false, name));
            let collections = noted.collections.iter().map(|name| (true, name));
            for (is_collection, name) in tags.chain(collections) {
                let next = labels.len();
                let key = (is_collection, fold(name).text);
                let (shown, at) = labels.entry(key).or_insert_with(|| (name.clone(), next));
                // Of names that fold to the same always the same one is shown.
                if name < shown {
                    shown.clone_from(name);
                }
                by_id.entry(id).or_default().push(*at);
            }
        }
        for name in notebook.collections.keys() {
            let next = labels.len();
            labels.entry((true, fold(name).text)).or_insert_with(|| (name.clone(), next));
        }
        let mut names: Vec<(usize, LabelName)> = labels
            .into_iter()
            .map(|((is_collection, folded), (name, at))| {
                let field = if is_collection { ValueField::Collection } else { ValueField::Tag };
                (at, LabelName { field, name, folded })
            })
            .collect();
        names.sort_by_key(|(at, _)| *at);
        let names = names.into_iter().map(|(_, name)| name).collect();
        let former = FormerIds::read(engine)?;
        let ids: Vec<&str> = by_id.keys().map(|id| id.0.as_str()).collect();
        let by_id: Vec<(&ArticleId, Vec<usize>)> = by_id.into_iter().collect();
        let mut labelled = Vec::new();
        for (at, address) in engine.having(TermField::Id, &ids)? {
            let (id, labels) = &by_id[at];
            if former.leads_to(id, address) {
                labelled.extend(labels.iter().map(|&label| (address, label)));
            }
        }
        labelled.sort_unstable();
        labelled.dedup();
        Ok(Self { names, labelled })
    }

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

/// The ids that no article of the archive has or had.
pub(super) fn missing<'a>(
    ids: impl IntoIterator<Item = &'a ArticleId>,
    engine: &EmbeddedEngine,
) -> Result<Vec<ArticleId>, SearchError> {
    let ids: BTreeSet<&ArticleId> = ids.into_iter().collect();
    let texts: Vec<&str> = ids.iter().map(|id| id.0.as_str()).collect();
    let found = engine.having(TermField::Id, &texts)?;
    let found: BTreeSet<usize> = found.into_iter().map(|(at, _)| at).collect();
    let left = ids.into_iter().enumerate().filter(|(at, _)| !found.contains(at));
    Ok(left.map(|(_, id)| id.clone()).collect())
}
