//! Tags and collections: names that people gave to articles. They are kept apart from the index and
//! given to an open archive, so that nothing is read again when one changes; the articles of each are
//! looked up by their ids once for an archive.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, OnceLock};

use tantivy::index::SegmentId;
use tantivy::query::{EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{
    DocAddress, DocId, DocSet, Score, Searcher, SegmentReader, TERMINATED, TantivyError,
};

use super::former_ids::{FormerIds, each_doc};
use crate::index::Fields;
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
    /// For each segment its labelled articles, ascending, with the place of each name in `names`.
    segments: Vec<(SegmentId, Vec<(DocId, usize)>)>,
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
    pub(super) fn docs(
        &self,
        searcher: &Searcher,
        fields: &Fields,
    ) -> tantivy::Result<Arc<LabelDocs>> {
        if let Some(docs) = self.docs.get() {
            return Ok(docs.clone());
        }
        let found = LabelDocs::find(&self.notebook, searcher, fields)?;
        Ok(self.docs.get_or_init(|| Arc::new(found)).clone())
    }
}

impl LabelDocs {
    fn find(notebook: &Notebook, searcher: &Searcher, fields: &Fields) -> tantivy::Result<Self> {
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
        let former = FormerIds::read(searcher, fields)?;
        let mut segments = Vec::with_capacity(searcher.segment_readers().len());
        for (segment, reader) in (0..).zip(searcher.segment_readers()) {
            let mut found = Vec::new();
            let ids = by_id.iter().map(|(id, labels)| (*id, labels));
            each_doc(reader, fields, ids, &mut |doc, (id, labels)| {
                if former.leads_to(id, DocAddress::new(segment, doc)) {
                    found.extend(labels.iter().map(|&label| (doc, label)));
                }
            })?;
            found.sort_unstable();
            found.dedup();
            segments.push((reader.segment_id(), found));
        }
        Ok(Self { names, segments })
    }

    /// The articles of a name, or of any name of the field.
    pub(super) fn articles(&self, field: ValueField, name: Option<&str>) -> LabelledQuery {
        let wanted = name.map(|name| fold(name).text);
        let is_meant = |label: &LabelName| {
            label.field == field && wanted.as_ref().is_none_or(|wanted| label.folded == *wanted)
        };
        let meant: Vec<bool> = self.names.iter().map(is_meant).collect();
        let segments = self.segments.iter().map(|(segment, labelled)| {
            let of_label = |label: usize| meant.get(label).copied().unwrap_or_default();
            let docs = labelled.iter().filter(|(_, label)| of_label(*label)).map(|&(doc, _)| doc);
            let mut docs: Vec<DocId> = docs.collect();
            docs.dedup();
            (*segment, docs)
        });
        LabelledQuery { segments: segments.collect() }
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

    /// How many articles of these have each name, given in ascending order.
    pub(super) fn count(&self, segment: usize, docs: &[DocId], counts: &mut [u64]) {
        let Some((_, labelled)) = self.segments.get(segment) else { return };
        let (Some(&first), Some(&last)) = (docs.first(), docs.last()) else { return };
        let from = labelled.partition_point(|&(doc, _)| doc < first);
        let mut docs = docs.iter().copied().peekable();
        for &(doc, label) in labelled.get(from..).unwrap_or_default() {
            if doc > last {
                break;
            }
            while docs.next_if(|&other| other < doc).is_some() {}
            if docs.peek() == Some(&doc)
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
        for (_, label) in self.segments.iter().flat_map(|(_, labelled)| labelled) {
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
    searcher: &Searcher,
    fields: &Fields,
) -> tantivy::Result<Vec<ArticleId>> {
    let mut left: BTreeSet<&ArticleId> = ids.into_iter().collect();
    for reader in searcher.segment_readers() {
        let mut found = Vec::new();
        let ids = left.iter().map(|id| (*id, ()));
        each_doc(reader, fields, ids, &mut |_, (id, ())| found.push(id))?;
        for id in found {
            left.remove(id);
        }
    }
    Ok(left.into_iter().cloned().collect())
}

/// Matches the documents of a list. All have the same score, the boost.
#[derive(Debug, Clone)]
pub(crate) struct LabelledQuery {
    segments: Vec<(SegmentId, Vec<DocId>)>,
}

impl Query for LabelledQuery {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for LabelledQuery {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let segment = self.segments.iter().find(|(segment, _)| *segment == reader.segment_id());
        Ok(match segment {
            Some((_, docs)) if !docs.is_empty() => {
                Box::new(ListScorer { docs: docs.clone(), at: 0, score: boost })
            }
            _ => Box::new(EmptyScorer),
        })
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(reader, 1.0)?;
        if scorer.doc() > doc || scorer.seek(doc) != doc {
            let message = format!("document {doc} does not match");
            return Err(TantivyError::InvalidArgument(message));
        }
        Ok(Explanation::new("LabelledQuery", scorer.score()))
    }
}

struct ListScorer {
    docs: Vec<DocId>,
    at: usize,
    score: Score,
}

impl DocSet for ListScorer {
    fn advance(&mut self) -> DocId {
        self.at += 1;
        self.doc()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        let rest = self.docs.get(self.at..).unwrap_or_default();
        self.at += rest.partition_point(|&doc| doc < target);
        self.doc()
    }

    fn doc(&self) -> DocId {
        self.docs.get(self.at).copied().unwrap_or(TERMINATED)
    }

    fn size_hint(&self) -> u32 {
        self.docs.len() as u32
    }
}

impl Scorer for ListScorer {
    fn score(&mut self) -> Score {
        self.score
    }
}
