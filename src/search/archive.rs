//! An index that is open for reading, and what is found in it: the first hits of a request with their
//! totals, or every article that matches.

use std::collections::BTreeSet;
use std::fmt;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use tantivy::query::{BooleanQuery, Query as EngineQuery};
use tantivy::{DocAddress, ReloadPolicy, Searcher};

use super::collect::{AllHits, BlockCollector, GroupCounts, SeenGroups, TopHits, collect};
use super::counts::DistrictPaths;
use super::error::SearchError;
use super::highlight::highlights;
use super::plan::{MAX_POSTINGS, Mark, PlanError, Planner};
use super::request::Request;
use super::scoring::Scoring;
use super::sort::{ArchiveRanks, SortKey};
use super::{Cursor, Hit, Note, Results, ScoreExplanation, Sort, Totals};
use crate::index;
use crate::index::{Fields, Folder, SourceRanks};
use crate::model::Record;

/// An index that is open for reading, as it was committed when it was opened. Cheap to clone; may
/// be used from several threads.
#[derive(Clone)]
pub struct Archive {
    inner: Arc<OpenIndex>,
    max_postings: u64,
}

struct OpenIndex {
    folder: Folder,
    fields: Fields,
    searcher: Searcher,
    ranks: ArchiveRanks,
    /// The commit.
    generation: u64,
    /// Read when the first facets are counted.
    district_paths: OnceLock<Arc<DistrictPaths>>,
}

impl fmt::Debug for Archive {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Archive").field("folder", &self.inner.folder).finish_non_exhaustive()
    }
}

/// Blocks of stored records that are kept in memory, of 4 KB each.
const CACHED_BLOCKS: usize = 4_096;

impl Archive {
    /// Opens the index in a folder. What it holds is mapped, and verified when it is first read;
    /// what is small or read by every search is verified at once.
    ///
    /// Reprints are found at the end of an ingest: in an archive that is opened while one is under
    /// way, or after one that was stopped, no article says which one it reprints, and
    /// [`Note::UnfinishedIngest`] says so.
    ///
    /// # Errors
    /// When there is no index, when it was made by other rules, when it is damaged, and when it cannot
    /// be read.
    pub fn open(path: &Path) -> Result<Self, SearchError> {
        let folder = Folder::open(path)?;
        let log = folder.damage_log().clone();
        log.guard(path, || Self::open_folder(folder))
    }

    fn open_folder(folder: Folder) -> Result<Self, SearchError> {
        let (engine, fields) = folder.engine()?;
        let stamp = || engine.load_metas().map(|metas| metas.opstamp);
        // Both must be of one commit, and an ingest may commit between any two lines.
        let (searcher, order, generation) = loop {
            let before = stamp().map_err(|error| folder.engine_error(error))?;
            let order = folder.document_ranks(before)?;
            let reader = engine
                .reader_builder()
                .reload_policy(ReloadPolicy::Manual)
                .doc_store_cache_num_blocks(CACHED_BLOCKS)
                .try_into();
            let reader: tantivy::IndexReader =
                reader.map_err(|error| folder.engine_error(error))?;
            if stamp().map_err(|error| folder.engine_error(error))? == before {
                break (reader.searcher(), order, before);
            }
        };
        // The engine may have merged what was committed since the order was made.
        let ranks = if let Some(order) = order.filter(|order| order.knows_all(&searcher)) {
            ArchiveRanks::Stored(order)
        } else {
            folder.without_document_ranks(generation)?;
            let ranks = SourceRanks::read(&searcher);
            ArchiveRanks::Computed(ranks.map_err(|error| folder.engine_error(error))?)
        };
        Ok(Self {
            inner: Arc::new(OpenIndex {
                folder,
                fields,
                searcher,
                ranks,
                generation,
                district_paths: OnceLock::new(),
            }),
            max_postings: MAX_POSTINGS,
        })
    }

    /// The same archive, refusing queries that would read more postings than this. The least is what
    /// [`MAX_POSTINGS`] says of one.
    #[must_use]
    pub fn with_max_postings(self, max_postings: u64) -> Self {
        Self { max_postings, ..self }
    }

    /// Asks the engine something: all that a front end asks comes through here, so that damage and a
    /// failure of the engine are errors whatever the question is.
    ///
    /// # Errors
    /// Those of `work`, and what is damaged or fails meanwhile.
    pub(super) fn guard<T>(
        &self,
        work: impl FnOnce() -> Result<T, SearchError>,
    ) -> Result<T, SearchError> {
        let folder = &self.inner.folder;
        folder.damage_log().guard(folder.path(), work)
    }

    /// Loads the whole dictionary, for a process that answers many queries: a tenth of a second.
    /// Until it is done, and without it, a query loads the words that it needs.
    pub fn load_dictionary(&self) {
        self.inner.folder.segmenter().load();
    }

    pub(super) fn matching(&self, request: &Request) -> Result<Box<dyn EngineQuery>, SearchError> {
        self.planner(request).matching(request).map_err(|error| self.plan_error(error))
    }

    pub(super) fn planner(&self, request: &Request) -> Planner<'_> {
        let OpenIndex { fields, searcher, folder, .. } = &*self.inner;
        let segmenter = folder.segmenter();
        let (today, certain) = (request.today, request.filters.certain_dates);
        Planner {
            searcher,
            fields: *fields,
            segmenter,
            today,
            certain,
            excluded: false,
            max_postings: self.max_postings,
            notes: BTreeSet::new(),
        }
    }

    pub(super) fn searcher(&self) -> &Searcher {
        &self.inner.searcher
    }

    pub(super) fn fields(&self) -> Fields {
        self.inner.fields
    }

    pub(super) fn district_paths(&self) -> Result<Arc<DistrictPaths>, SearchError> {
        if let Some(district_paths) = self.inner.district_paths.get() {
            return Ok(district_paths.clone());
        }
        let district_paths =
            DistrictPaths::read(&self.inner.searcher).map_err(|error| self.engine_error(&error))?;
        Ok(self.inner.district_paths.get_or_init(|| Arc::new(district_paths)).clone())
    }

    pub(super) fn ranks(&self) -> &ArchiveRanks {
        &self.inner.ranks
    }

    /// The commit that is open.
    pub(super) fn generation(&self) -> u64 {
        self.inner.generation
    }

    pub(super) fn collect(
        &self,
        query: &dyn EngineQuery,
        collectors: &mut [&mut dyn BlockCollector],
    ) -> Result<(), SearchError> {
        collect(&self.inner.searcher, query, collectors).map_err(|error| self.engine_error(&error))
    }

    pub(super) fn record(&self, address: DocAddress) -> Result<Record, SearchError> {
        let inner = &*self.inner;
        let mut record: Record = index::stored(&inner.searcher, &inner.fields, address)
            .map_err(|error| self.engine_error(&error))?;
        record.reprint_of = inner.ranks.stored().and_then(|ranks| ranks.first_of(&record.id));
        Ok(record)
    }

    pub(super) fn plan_error(&self, error: PlanError) -> SearchError {
        match error {
            PlanError::Topic(topic, labels) => SearchError::UnknownTopic { topic, labels },
            PlanError::District(name) => SearchError::UnknownDistrict { name },
            PlanError::TooMuch { postings, most } => SearchError::TooMuch { postings, most },
            PlanError::Engine(error) => self.engine_error(&error),
        }
    }

    pub(super) fn engine_error(&self, error: &dyn fmt::Display) -> SearchError {
        SearchError::Engine {
            path: self.inner.folder.path().to_owned(),
            message: error.to_string(),
        }
    }
}

impl Archive {
    /// Finds the articles that match, and gives out those of the page asked for. At most
    /// [`MAX_SPANS`](super::MAX_SPANS) places are highlighted in one field.
    ///
    /// # Errors
    /// When the index cannot be read, when a filter or a field of the query names a topic or a
    /// district that does not exist, and when the page is that of another search.
    pub fn search(&self, request: &Request) -> Result<Results, SearchError> {
        self.guard(|| {
            if request
                .after
                .is_some_and(|after| !after.fits(self.generation(), request.result_hash()))
            {
                return Err(SearchError::StaleCursor);
            }
            let mut planner = self.planner(request);
            let matching = planner.matching(request).map_err(|e| self.plan_error(e))?;
            let (scoring, headline) = planner.scoring(request).map_err(|e| self.plan_error(e))?;
            let sort = if scoring.is_constant() && request.sort == Sort::Relevance {
                Sort::Newest
            } else {
                request.sort
            };
            let end = request.offset.saturating_add(request.limit);
            // One more, to know whether there is a next page.
            let capacity = if request.limit == 0 { 0 } else { end.saturating_add(1) };
            let mut counts = GroupCounts::new(self.ranks(), request.group);
            let mut top_hits = TopHits::new(sort, capacity, request.group, self.ranks(), &scoring);
            let seen = self.seen_groups(request, sort, &*matching, &scoring)?;
            if let Some(after) = request.after {
                top_hits = top_hits.after(after.sort_key, seen.as_ref());
            }
            let mut complete = capacity == 0;
            if sort == Sort::Relevance && !complete {
                // Articles with a part of the query in their headline outscore all others. If they
                // fill the page, the others need only be counted.
                let first = BooleanQuery::intersection(vec![matching.box_clone(), headline]);
                self.collect(&first, &mut [&mut top_hits])?;
                let lowest = top_hits.last_if_full().map(SortKey::score);
                complete = lowest.is_some_and(|lowest| lowest > scoring.max_without_headline());
            }
            if complete && !counts.needs_groups() {
                let count = matching.count(self.searcher());
                counts.add(count.map_err(|error| self.engine_error(&error))? as u64);
            } else {
                let mut collectors: Vec<&mut dyn BlockCollector> = vec![&mut counts];
                if !complete {
                    collectors.push(&mut top_hits);
                }
                self.collect(&*matching, &mut collectors)?;
            }
            let mut top = top_hits.harvest();
            let has_next = top.len() > end;
            top.truncate(end);
            let last = top.last().filter(|_| has_next).map(|(sort_key, _)| *sort_key);
            let marks = if top.is_empty() { Vec::new() } else { planner.marks(&request.query) };
            let mut hits = Vec::new();
            for (sort_key, group) in top.into_iter().skip(request.offset) {
                let mut hit = self.hit(sort_key, &marks)?;
                hit.reprints = counts.of_group(group).saturating_sub(1);
                if sort == Sort::Relevance {
                    hit.score = sort_key.score();
                }
                if request.explain {
                    hit.why = Some(self.explain_score(&scoring, sort_key.address)?);
                }
                hits.push(hit);
            }
            Ok(Results {
                total: counts.articles(),
                stories: counts.stories(),
                hits,
                next: last.map(|sort_key| {
                    Cursor::new(self.generation(), request.result_hash(), sort_key)
                }),
                facets: if request.facets { Some(self.facets(request)?) } else { None },
                notes: self.with_own_notes(planner.notes, request),
            })
        })
    }

    /// Counts the articles that match.
    ///
    /// # Errors
    /// As [`Self::search`].
    pub fn count(&self, request: &Request) -> Result<u64, SearchError> {
        self.guard(|| {
            let matching = self.matching(request)?;
            let count = matching.count(self.searcher());
            Ok(count.map_err(|error| self.engine_error(&error))? as u64)
        })
    }

    /// Counts the articles that match, and with reprints once.
    ///
    /// # Errors
    /// As [`Self::search`].
    pub fn totals(&self, request: &Request) -> Result<Totals, SearchError> {
        self.guard(|| {
            let mut counts = GroupCounts::new(self.ranks(), true);
            self.collect(&*self.matching(request)?, &mut [&mut counts])?;
            Ok(Totals { articles: counts.articles(), stories: counts.stories() })
        })
    }

    /// What a person should know about how a request was understood, as [`Results::notes`] has it.
    ///
    /// # Errors
    /// As [`Self::search`].
    pub fn notes(&self, request: &Request) -> Result<Vec<Note>, SearchError> {
        self.guard(|| {
            let mut planner = self.planner(request);
            planner.matching(request).map_err(|error| self.plan_error(error))?;
            Ok(self.with_own_notes(planner.notes, request))
        })
    }

    /// Gives every article that matches to `visit`, until it breaks off; returns how many it was
    /// given. The order is that of the files' paths and of the articles in them, or by date first
    /// if the request says so; offset and limit are passed over, and reprints are not grouped.
    /// Needs 24 bytes of memory for each article beside the one that is visited.
    ///
    /// # Errors
    /// As [`Self::search`].
    pub fn for_each(
        &self,
        request: &Request,
        visit: &mut dyn FnMut(Record) -> ControlFlow<()>,
    ) -> Result<u64, SearchError> {
        self.for_each_address(request, &mut |_, record| visit(record))
    }

    /// As [`Self::for_each`], with the place where the engine keeps the article.
    pub(super) fn for_each_address(
        &self,
        request: &Request,
        visit: &mut dyn FnMut(DocAddress, Record) -> ControlFlow<()>,
    ) -> Result<u64, SearchError> {
        let mut all_hits = AllHits::new(request.sort, self.ranks());
        self.guard(|| self.collect(&*self.matching(request)?, &mut [&mut all_hits]))?;
        let mut given = 0;
        for sort_key in all_hits.harvest() {
            given += 1;
            // What the visitor does is none of the engine's.
            let record = self.guard(|| self.record(sort_key.address))?;
            if visit(sort_key.address, record).is_break() {
                break;
            }
        }
        Ok(given)
    }

    /// The notes of the planner, and what the archive itself has to say.
    fn with_own_notes(&self, mut notes: BTreeSet<Note>, request: &Request) -> Vec<Note> {
        if request.group && self.ranks().stored().is_none() {
            notes.insert(Note::UnfinishedIngest);
        }
        notes.into_iter().collect()
    }

    /// The groups that were given on the pages before, where reprints are grouped.
    fn seen_groups<'a>(
        &'a self,
        request: &Request,
        sort: Sort,
        matching: &dyn EngineQuery,
        scoring: &'a Scoring,
    ) -> Result<Option<SeenGroups<'a>>, SearchError> {
        let Some(after) = request.after.filter(|_| request.group) else { return Ok(None) };
        let mut seen = SeenGroups::new(after.sort_key, sort, self.ranks(), scoring);
        self.collect(matching, &mut [&mut seen])?;
        Ok(Some(seen))
    }

    fn hit(&self, sort_key: SortKey, marks: &[Mark]) -> Result<Hit, SearchError> {
        let record = self.record(sort_key.address)?;
        let highlights = highlights(&record, marks);
        Ok(Hit { record, score: 0.0, highlights, reprints: 0, why: None })
    }

    fn explain_score(
        &self,
        scoring: &Scoring,
        address: DocAddress,
    ) -> Result<ScoreExplanation, SearchError> {
        let reader = self.searcher().segment_reader(address.segment_ord);
        scoring.explain(reader, address.doc_id).map_err(|error| self.engine_error(&error))
    }
}
