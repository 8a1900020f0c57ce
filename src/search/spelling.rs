//! Topics, outlets and publications of a filter as the index writes them: whoever asks for 郑州日報
//! or ＡＢＣ means what stands in the archive as 郑州日报 or abc.

use std::collections::{BTreeMap, BTreeSet};

use tantivy::Searcher;
use tantivy::schema::Field;

use super::Filters;
use crate::index::{Fields, topic_labels};
use crate::text::fold;

/// Why a filter cannot be put in the spelling of the index.
pub(super) enum Unspelt {
    /// No label of the table, and none that an article of the archive came with.
    Topic(String, Vec<String>),
    Engine(tantivy::TantivyError),
}

impl From<tantivy::TantivyError> for Unspelt {
    fn from(error: tantivy::TantivyError) -> Self {
        Self::Engine(error)
    }
}

/// The same filters in every spelling that the index has and that folds alike. What it does not
/// have stays as it is, and finds nothing.
pub(super) fn as_indexed(
    searcher: &Searcher,
    fields: &Fields,
    filters: &Filters,
) -> Result<Filters, Unspelt> {
    let spellings = |field, values| spellings(searcher, field, values);
    let flat = |found: BTreeMap<String, BTreeSet<String>>| -> Vec<String> {
        let or_itself = |(value, found): (String, BTreeSet<String>)| {
            if found.is_empty() { BTreeSet::from([value]) } else { found }
        };
        found.into_iter().flat_map(or_itself).collect()
    };
    let topics = spellings(fields.topic, &filters.topics)?;
    if let Some((unknown, _)) = topics.iter().find(|(_, found)| found.is_empty()) {
        let labels = topic_labels();
        if !labels.iter().any(|label| folded(label) == folded(unknown)) {
            return Err(Unspelt::Topic(unknown.clone(), labels));
        }
    }
    Ok(Filters {
        topics: flat(topics),
        outlets: flat(spellings(fields.outlet, &filters.outlets)?),
        publications: flat(spellings(fields.publication, &filters.publications)?),
        ..filters.clone()
    })
}

/// For each value the terms of a field that fold like it.
fn spellings(
    searcher: &Searcher,
    field: Field,
    values: &[String],
) -> tantivy::Result<BTreeMap<String, BTreeSet<String>>> {
    let mut found: BTreeMap<String, BTreeSet<String>> =
        values.iter().map(|value| (value.clone(), BTreeSet::new())).collect();
    if values.is_empty() {
        return Ok(found);
    }
    for segment in searcher.segment_readers() {
        let index = segment.inverted_index(field)?;
        let mut stream = index.terms().stream()?;
        while stream.advance() {
            let term = String::from_utf8_lossy(stream.key());
            let key = folded(&term);
            for (value, terms) in &mut found {
                if folded(value) == key {
                    terms.insert(term.to_string());
                }
            }
        }
    }
    Ok(found)
}

fn folded(text: &str) -> String {
    fold(text.trim()).text
}
