//! Tags and collections: names that people gave to articles. They are kept apart from the index and
//! given to an open archive, so that nothing is read again when one changes; the articles of each are
//! looked up by their ids once for an archive.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use super::SearchError;
use super::engine::SearchEngine;
use super::former_ids::FormerIds;
use super::label_docs::{LabelDocs, LabelName};
use crate::index::TermField;
use crate::model::{ArticleId, Notebook};
use crate::query::ValueField;
use crate::text::fold;

/// Names that were given to an open archive, with their articles once they were asked for.
#[derive(Default)]
pub(crate) struct OpenLabels {
    pub(super) notebook: Arc<Notebook>,
    docs: OnceLock<Arc<LabelDocs>>,
}

impl From<Arc<Notebook>> for OpenLabels {
    fn from(notebook: Arc<Notebook>) -> Self {
        Self { notebook, docs: OnceLock::new() }
    }
}

impl OpenLabels {
    pub(super) fn docs(&self, engine: &dyn SearchEngine) -> Result<Arc<LabelDocs>, SearchError> {
        if let Some(docs) = self.docs.get() {
            return Ok(docs.clone());
        }
        let found = find(&self.notebook, engine)?;
        Ok(self.docs.get_or_init(|| Arc::new(found)).clone())
    }
}

/// Looks up the articles of each name.
fn find(notebook: &Notebook, engine: &dyn SearchEngine) -> Result<LabelDocs, SearchError> {
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
    Ok(LabelDocs { names, labelled })
}

/// The ids that no article of the archive has or had.
pub(super) fn missing<'a>(
    ids: impl IntoIterator<Item = &'a ArticleId>,
    engine: &dyn SearchEngine,
) -> Result<Vec<ArticleId>, SearchError> {
    let ids: BTreeSet<&ArticleId> = ids.into_iter().collect();
    let texts: Vec<&str> = ids.iter().map(|id| id.0.as_str()).collect();
    let found = engine.having(TermField::Id, &texts)?;
    let found: BTreeSet<usize> = found.into_iter().map(|(at, _)| at).collect();
    let left = ids.into_iter().enumerate().filter(|(at, _)| !found.contains(at));
    Ok(left.map(|(_, id)| id.clone()).collect())
}
