//! Ids of articles whose text is part of another one: which article each leads to. An article whose own
//! id it is comes before one that it was joined to.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::engine::SearchEngine;
use super::plan::Condition;
use super::{Address, SearchError, Sort};
use crate::index::{HAS_FORMER_IDS, TermField};
use crate::model::ArticleId;

/// The former ids of an archive.
#[derive(Debug, Default)]
pub(crate) struct FormerIds {
    /// The article that has the text now; of several the one of the first id. Ids that an article has
    /// as its own are not among them.
    now: HashMap<ArticleId, ArticleId>,
    /// The articles that had an id which is another one's own.
    taken: HashMap<ArticleId, HashSet<Address>>,
}

impl FormerIds {
    /// Reads the articles that have some, which are few.
    pub(super) fn read(engine: &dyn SearchEngine) -> Result<Self, SearchError> {
        let marked = Condition::term(TermField::Marker, HAS_FORMER_IDS);
        let mut of: BTreeMap<ArticleId, Vec<(ArticleId, Address)>> = BTreeMap::new();
        for sort_key in engine.every(&marked, Sort::Relevance)? {
            let address = sort_key.address;
            let record = engine.record(address)?;
            for former in record.former_ids.into_iter().filter(|former| *former != record.id) {
                of.entry(former).or_default().push((record.id.clone(), address));
            }
        }
        let of: Vec<(ArticleId, Vec<(ArticleId, Address)>)> = of.into_iter().collect();
        let ids: Vec<&str> = of.iter().map(|(id, _)| id.0.as_str()).collect();
        let mut own: HashSet<&ArticleId> = HashSet::new();
        for (at, address) in engine.having(TermField::Id, &ids)? {
            let (id, articles) = &of[at];
            if articles.iter().all(|(_, former)| *former != address) {
                own.insert(id);
            }
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
    pub(super) fn leads_to(&self, id: &ArticleId, address: Address) -> bool {
        self.taken.get(id).is_none_or(|articles| !articles.contains(&address))
    }
}
