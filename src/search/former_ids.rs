//! Ids of articles whose text is part of another one: which article each leads to. An article whose own
//! id it is comes before one that it was joined to.

use std::collections::{BTreeMap, HashMap, HashSet};

use tantivy::collector::DocSetCollector;
use tantivy::query::TermQuery;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocId, DocSet, Searcher, SegmentReader, TERMINATED, Term as EngineTerm};

use crate::index::{Fields, HAS_FORMER_IDS, stored};
use crate::model::{ArticleId, Record};

/// The former ids of an archive.
#[derive(Debug, Default)]
pub(crate) struct FormerIds {
    /// The article that has the text now; of several the one of the first id. Ids that an article has
    /// as its own are not among them.
    now: HashMap<ArticleId, ArticleId>,
    /// The articles that had an id which is another one's own.
    taken: HashMap<ArticleId, HashSet<DocAddress>>,
}

impl FormerIds {
    /// Reads the articles that have some, which are few.
    pub(super) fn read(searcher: &Searcher, fields: &Fields) -> tantivy::Result<Self> {
        let marked = EngineTerm::from_field_text(fields.marker, HAS_FORMER_IDS);
        let marked = TermQuery::new(marked, IndexRecordOption::Basic);
        let mut of: BTreeMap<ArticleId, Vec<(ArticleId, DocAddress)>> = BTreeMap::new();
        for address in searcher.search(&marked, &DocSetCollector)? {
            let record: Record = stored(searcher, fields, address)?;
            for former in record.former_ids.into_iter().filter(|former| *former != record.id) {
                of.entry(former).or_default().push((record.id.clone(), address));
            }
        }
        let mut own: HashSet<&ArticleId> = HashSet::new();
        for (segment, reader) in (0..).zip(searcher.segment_readers()) {
            each_doc(reader, fields, of.iter(), &mut |doc, (id, articles)| {
                let address = DocAddress::new(segment, doc);
                if articles.iter().all(|(_, former)| *former != address) {
                    own.insert(id);
                }
            })?;
        }
        let mut found = Self::default();
        for (id, articles) in &of {
            if own.contains(id) {
                let addresses = articles.iter().map(|(_, address)| *address).collect();
                found.taken.insert(id.clone(), addresses);
            } else if let Some((now, _)) = articles.iter().min() {
                found.now.insert(id.clone(), now.clone());
            }
        }
        Ok(found)
    }

    /// The ids that lead to an article, and its own one.
    pub(super) fn now(&self) -> &HashMap<ArticleId, ArticleId> {
        &self.now
    }

    /// Whether an id leads to the article that has it there: not where it is another one's own.
    pub(super) fn leads_to(&self, id: &ArticleId, address: DocAddress) -> bool {
        self.taken.get(id).is_none_or(|articles| !articles.contains(&address))
    }
}

/// Gives the articles that have or had these ids to `visit`, each with the id and what stands beside it.
pub(super) fn each_doc<'a, T: Copy>(
    reader: &SegmentReader,
    fields: &Fields,
    ids: impl Iterator<Item = (&'a ArticleId, T)>,
    visit: &mut dyn FnMut(DocId, (&'a ArticleId, T)),
) -> tantivy::Result<()> {
    let index = reader.inverted_index(fields.id)?;
    for (id, beside) in ids {
        let term = EngineTerm::from_field_text(fields.id, &id.0);
        let Some(mut docs) = index.read_postings(&term, IndexRecordOption::Basic)? else {
            continue;
        };
        let mut doc = docs.doc();
        while doc != TERMINATED {
            if !reader.is_deleted(doc) {
                visit(doc, (id, beside));
            }
            doc = docs.advance();
        }
    }
    Ok(())
}
