//! An index that is open for reading.

use std::fmt;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use tantivy::collector::Count as CountDocs;
use tantivy::query::{Query as EngineQuery, RangeQuery};
use tantivy::{DocAddress, ReloadPolicy, Searcher, Term as EngineTerm};

use super::collect::{Best, Everything, Found};
use super::explain::{Explanation, PartExplanation};
use super::facets::FacetCounter;
use super::highlight::highlights;
use super::plan::Planner;
use super::spelling::{Unspelt, as_indexed};
use super::{Facets, Filters, Hit, Request, Results, SearchError, Sort};
use crate::index::{self, Fields, Folder, IndexError, Reprints, SourceRanks};
use crate::model::{ArticleId, FileReport, Record};
use crate::query::{Node, NodeKind, Piece, Query, Term, Text};
use crate::text::fold;

/// An index that is open for reading, as it was committed when it was opened. Cheap to clone; may
/// be used from several threads.
#[derive(Clone)]
pub struct Archive {
    inner: Arc<Inner>,
}

struct Inner {
    folder: Folder,
    fields: Fields,
    searcher: Searcher,
    ranks: OnceLock<SourceRanks>,
    /// As they were last found when the index was opened.
    reprints: Reprints,
}

impl fmt::Debug for Archive {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Archive").field("folder", &self.inner.folder).finish_non_exhaustive()
    }
}

impl Archive {
    /// Opens the index in a folder. The dictionary is not loaded before a query needs it.
    ///
    /// Reprints are found at the end of an ingest: in an archive that is opened while one is under
    /// way, or after one that was stopped, no article says which one it reprints.
    ///
    /// # Errors
    /// When there is no index, when it was made by other rules, and when it cannot be read.
    pub fn open(path: &Path) -> Result<Self, SearchError> {
        let folder = Folder::open(path)?;
        let (engine, fields) = folder.engine()?;
        let data = folder.data_path();
        let stamp = || engine.load_metas().map(|metas| metas.opstamp);
        // Both must be of one commit, and an ingest may commit between any two lines.
        let (searcher, reprints) = loop {
            let before = stamp().map_err(IndexError::engine(path))?;
            let reprints = Reprints::read(&data, before).map_err(IndexError::io(&data))?;
            let reader = engine.reader_builder().reload_policy(ReloadPolicy::Manual).try_into();
            let reader: tantivy::IndexReader = reader.map_err(IndexError::engine(path))?;
            if stamp().map_err(IndexError::engine(path))? == before {
                break (reader.searcher(), reprints);
            }
        };
        let inner = Inner { folder, fields, searcher, ranks: OnceLock::new(), reprints };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// Finds the articles that match, and gives out those of the page asked for. At most
    /// [`MOST_SPANS`](super::MOST_SPANS) places are highlighted in one field.
    ///
    /// # Errors
    /// When the index cannot be read, and when a filter names a topic that does not exist.
    pub fn search(&self, request: &Request) -> Result<Results, SearchError> {
        let query = self.planned(request)?;
        let most =
            if request.limit == 0 { 0 } else { request.offset.saturating_add(request.limit) };
        let best = Best { sort: request.sort, most, ranks: self.ranks()? };
        let (Found { total, places }, tally) = if request.facets {
            let (found, tally) = self.collect(&query, &(best, FacetCounter))?;
            (found, Some(tally))
        } else {
            (self.collect(&query, &best)?, None)
        };
        let texts = if places.is_empty() { Vec::new() } else { self.wanted_texts(&request.query) };
        let mut hits = Vec::new();
        for place in places.into_iter().skip(request.offset) {
            let record = self.record(place.address)?;
            let highlights = highlights(&record, &texts);
            let score = if request.sort == Sort::Relevance { place.score() } else { 0.0 };
            hits.push(Hit { record, score, highlights });
        }
        Ok(Results { total, hits, facets: tally.map(Facets::from) })
    }

    /// Counts the articles that match.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn count(&self, request: &Request) -> Result<u64, SearchError> {
        let total = self.collect(&self.planned(request)?, &CountDocs)?;
        Ok(total as u64)
    }

    /// Counts what the matching articles have.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn facets(&self, request: &Request) -> Result<Facets, SearchError> {
        Ok(self.collect(&self.planned(request)?, &FacetCounter)?.into())
    }

    /// Gives every article that matches to `visit`, until it breaks off; returns how many it was
    /// given. The order is that of the files' paths and of the articles in them, or by date first
    /// if the request says so; offset and limit are passed over. Needs 24 bytes of memory for each
    /// article beside the one that is visited.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn each(
        &self,
        request: &Request,
        visit: &mut dyn FnMut(Record) -> ControlFlow<()>,
    ) -> Result<u64, SearchError> {
        let everything = Everything { sort: request.sort, ranks: self.ranks()? };
        let places = self.collect(&self.planned(request)?, &everything)?;
        let mut given = 0;
        for place in places {
            given += 1;
            if visit(self.record(place.address)?).is_break() {
                break;
            }
        }
        Ok(given)
    }

    /// The articles of this id, or whose ids begin like this. Two files of one name and with one
    /// text give one id; several articles of one full id are in the order of their files.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn get(&self, id: &ArticleId) -> Result<Vec<Record>, SearchError> {
        let from = EngineTerm::from_field_text(self.inner.fields.id, &id.0);
        let to = EngineTerm::from_field_text(self.inner.fields.id, &format!("{id}~"));
        let range = RangeQuery::new(std::ops::Bound::Included(from), std::ops::Bound::Excluded(to));
        let everything = Everything { sort: Sort::Oldest, ranks: self.ranks()? };
        let places = if id.0.is_empty() { Vec::new() } else { self.collect(&range, &everything)? };
        places.into_iter().map(|place| self.record(place.address)).collect()
    }

    /// The reports on all files, in the order of their paths.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn files(&self) -> Result<Vec<FileReport>, SearchError> {
        index::files(&self.inner.searcher, &self.inner.fields).map_err(|e| self.engine_error(&e))
    }

    /// Says what a request was understood as, and what each of its parts finds.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn explain(&self, request: &Request) -> Result<Explanation, SearchError> {
        let count = |root: Option<Node>, filters: &Filters| -> Result<u64, SearchError> {
            let query = self.planner().articles(&Query { root }, &self.as_indexed(filters)?);
            Ok(self.collect(&query, &CountDocs)? as u64)
        };
        let mut parts = Vec::new();
        for part in request.query.parts() {
            let wanted = match &part.kind {
                NodeKind::Not(inner) => (**inner).clone(),
                _ => part.clone(),
            };
            parts.push(PartExplanation {
                part: part.to_string(),
                span: part.span.clone(),
                words: match &wanted.kind {
                    NodeKind::Text(Text { term: Term::Words(text), .. }) => {
                        self.planner().cut(text).words.into_iter().map(|(word, _)| word).collect()
                    }
                    _ => Vec::new(),
                },
                alone: count(Some(wanted.clone()), &Filters::default())?,
                filtered: count(Some(wanted), &request.filters)?,
            });
        }
        Ok(Explanation {
            query: request.query.to_string(),
            total: self.count(request)?,
            filtered: count(None, &request.filters)?,
            parts,
        })
    }

    fn planner(&self) -> Planner<'_> {
        Planner { fields: self.inner.fields, segmenter: self.inner.folder.segmenter() }
    }

    fn planned(&self, request: &Request) -> Result<Box<dyn EngineQuery>, SearchError> {
        Ok(self.planner().articles(&request.query, &self.as_indexed(&request.filters)?))
    }

    fn as_indexed(&self, filters: &Filters) -> Result<Filters, SearchError> {
        let inner = &*self.inner;
        as_indexed(&inner.searcher, &inner.fields, filters).map_err(|unspelt| match unspelt {
            Unspelt::Topic(topic, labels) => SearchError::UnknownTopic { topic, labels },
            Unspelt::Engine(error) => self.engine_error(&error),
        })
    }

    /// What is highlighted: every wanted part as it stands, and the words of unquoted parts.
    fn wanted_texts(&self, query: &Query) -> Vec<String> {
        let mut texts = Vec::new();
        for (_, text) in query.texts() {
            match &text.term {
                Term::Words(text) => {
                    let words = self.planner().cut(text).words.into_iter();
                    let words =
                        words.flat_map(|(word, inside)| std::iter::once(word).chain(inside));
                    // A part that is a single character is marked as the whole that it is.
                    texts.extend(words.filter(|word| word.chars().nth(1).is_some()));
                    texts.push(fold(text).text);
                }
                Term::Literal(text) => texts.push(fold(text).text),
                Term::Near { words, .. } => texts.extend(words.iter().map(|word| fold(word).text)),
                Term::Pattern(pieces) => {
                    texts.extend(pieces.iter().filter_map(|piece| match piece {
                        Piece::Text(text) => Some(fold(text).text),
                        Piece::Gap { .. } => None,
                    }));
                }
            }
        }
        texts.sort_unstable();
        texts.dedup();
        texts
    }

    fn ranks(&self) -> Result<&SourceRanks, SearchError> {
        if let Some(ranks) = self.inner.ranks.get() {
            return Ok(ranks);
        }
        let ranks = SourceRanks::read(&self.inner.searcher).map_err(|e| self.engine_error(&e))?;
        Ok(self.inner.ranks.get_or_init(|| ranks))
    }

    fn collect<C: tantivy::collector::Collector>(
        &self,
        query: &dyn EngineQuery,
        collector: &C,
    ) -> Result<C::Fruit, SearchError> {
        self.inner.searcher.search(query, collector).map_err(|error| self.engine_error(&error))
    }

    fn record(&self, address: DocAddress) -> Result<Record, SearchError> {
        let inner = &*self.inner;
        let mut record: Record = index::stored(&inner.searcher, &inner.fields, address)
            .map_err(|error| self.engine_error(&error))?;
        record.reprint_of = inner.reprints.first_of(&record.id);
        Ok(record)
    }

    fn engine_error(&self, error: &dyn fmt::Display) -> SearchError {
        SearchError::Engine {
            path: self.inner.folder.path().to_owned(),
            message: error.to_string(),
        }
    }
}
