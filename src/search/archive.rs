//! An index that is open for reading.

use std::collections::BTreeSet;
use std::fmt;
use std::ops::{Bound, ControlFlow};
use std::path::Path;
use std::sync::{Arc, OnceLock};

use tantivy::query::{BooleanQuery, Query as EngineQuery, RangeQuery};
use tantivy::{DocAddress, ReloadPolicy, Searcher, Term as EngineTerm};

use super::collect::groups::{GroupCounts, SeenGroups};
use super::collect::top_hits::{AllHits, TopHits};
use super::collect::{BlockCollector, collect};
use super::counts::districts::DistrictPaths;
use super::explain::highlight::{Mark, highlights};
use super::plan::{PlanError, Planner};
use super::rank::Scoring;
use super::rank::order::{ArchiveRanks, SortKey, segment_ranks};
use super::{Cursor, Hit, Note, Request, Results, ScoreExplanation, SearchError, Sort, Totals};
use crate::index;
use crate::index::{DocumentRanks, Fields, Folder, IndexError, SourceRanks};
use crate::model::{ArticleId, FileReport, Record};

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
    ranking: ArchiveRanks,
    /// The commit.
    generation: u64,
    /// Read when the first facets are counted.
    units: OnceLock<Arc<DistrictPaths>>,
}

impl fmt::Debug for Archive {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Archive").field("folder", &self.inner.folder).finish_non_exhaustive()
    }
}

/// Blocks of stored records that are kept in memory, of 4 KB each.
const CACHED_BLOCKS: usize = 4_096;

impl Archive {
    /// Opens an index whose files are sound.
    pub(super) fn open_sound(path: &Path) -> Result<Self, SearchError> {
        let folder = Folder::open(path)?;
        let (engine, fields) = folder.engine()?;
        let data = folder.data_path();
        let stamp = || engine.load_metas().map(|metas| metas.opstamp);
        // Both must be of one commit, and an ingest may commit between any two lines.
        let (searcher, order, generation) = loop {
            let before = stamp().map_err(IndexError::engine(path))?;
            let order = DocumentRanks::open(&data, before).map_err(IndexError::io(&data))?;
            let reader = engine
                .reader_builder()
                .reload_policy(ReloadPolicy::Manual)
                .doc_store_cache_num_blocks(CACHED_BLOCKS)
                .try_into();
            let reader: tantivy::IndexReader = reader.map_err(IndexError::engine(path))?;
            if stamp().map_err(IndexError::engine(path))? == before {
                break (reader.searcher(), order, before);
            }
        };
        // The engine may have merged what was committed since the order was made.
        let knows_all = |order: &DocumentRanks| {
            searcher.segment_readers().iter().all(|reader| segment_ranks(order, reader).is_some())
        };
        let ranking = match order.filter(knows_all) {
            Some(order) => ArchiveRanks::Stored(order),
            None => ArchiveRanks::Computed(
                SourceRanks::read(&searcher).map_err(IndexError::engine(path))?,
            ),
        };
        Ok(Self {
            inner: Arc::new(Inner {
                folder,
                fields,
                searcher,
                ranking,
                generation,
                units: OnceLock::new(),
            }),
        })
    }

    /// Loads the whole dictionary, for a process that answers many queries: a tenth of a second.
    /// Until it is done, and without it, a query loads the words that it needs.
    pub fn load_dictionary(&self) {
        self.inner.folder.segmenter().load();
    }

    /// Finds the articles that match, and gives out those of the page asked for. At most
    /// [`MAX_SPANS`](super::MAX_SPANS) places are highlighted in one field.
    ///
    /// # Errors
    /// When the index cannot be read, when a filter or a field of the query names a topic or a
    /// district that does not exist, and when the page is that of another search.
    pub fn search(&self, request: &Request) -> Result<Results, SearchError> {
        let Inner { searcher, ranking, generation, .. } = &*self.inner;
        if request.after.is_some_and(|after| !after.fits(*generation, request)) {
            return Err(SearchError::StaleCursor);
        }
        let mut planner = self.planner(request);
        let matching = planner.matching(request).map_err(|e| self.plan_error(e))?;
        let (scoring, headline) = planner.scoring(request).map_err(|e| self.plan_error(e))?;
        let sort = if scoring.is_flat() && request.sort == Sort::Relevance {
            Sort::Newest
        } else {
            request.sort
        };
        let mut tally = GroupCounts::new(ranking, request.group);
        let most = request.offset.saturating_add(request.limit);
        // One more, to know whether there is a next page.
        let kept = if request.limit == 0 { 0 } else { most.saturating_add(1) };
        let mut best = TopHits::new(sort, kept, request.group, ranking, &scoring);
        let given = self.seen_groups(request, sort, &*matching, &scoring)?;
        if let Some(after) = request.after {
            best = best.after(after.place, given.as_ref());
        }
        let mut complete = kept == 0;
        if sort == Sort::Relevance && !complete {
            // What has a part of the query in its headline comes first. If that is all that was
            // asked for, the rest need only be counted.
            let first = BooleanQuery::intersection(vec![matching.box_clone(), headline]);
            self.collect(&first, &mut [&mut best])?;
            let least = best.last_if_full().map(SortKey::score);
            complete = least.is_some_and(|least| least > scoring.most_without_headline());
        }
        if complete && !tally.needs_groups() {
            tally.add(matching.count(searcher).map_err(|error| self.engine_error(&error))? as u64);
        } else {
            let mut collectors: Vec<&mut dyn BlockCollector> = vec![&mut tally];
            if !complete {
                collectors.push(&mut best);
            }
            self.collect(&*matching, &mut collectors)?;
        }
        let mut places = best.harvest();
        let more = places.len() > most;
        places.truncate(most);
        let last = places.last().filter(|_| more).map(|(place, _)| *place);
        let marks = if places.is_empty() { Vec::new() } else { planner.marks(&request.query) };
        let mut hits = Vec::new();
        for (place, group) in places.into_iter().skip(request.offset) {
            let mut hit = self.hit(place, &marks)?;
            hit.reprints = tally.of_group(group).saturating_sub(1);
            if sort == Sort::Relevance {
                hit.score = place.score();
            }
            if request.explain {
                hit.why = Some(self.why(&scoring, place.address)?);
            }
            hits.push(hit);
        }
        Ok(Results {
            total: tally.articles(),
            stories: tally.stories(),
            hits,
            next: last.map(|place| Cursor::new(*generation, request, place)),
            facets: if request.facets { Some(self.facets(request)?) } else { None },
            notes: planner.notes.into_iter().collect(),
        })
    }

    /// Counts the articles that match.
    ///
    /// # Errors
    /// As [`Self::search`].
    pub fn count(&self, request: &Request) -> Result<u64, SearchError> {
        let matching = self.matching(request)?;
        let count = matching.count(&self.inner.searcher);
        Ok(count.map_err(|error| self.engine_error(&error))? as u64)
    }

    /// Counts the articles that match, and with reprints once.
    ///
    /// # Errors
    /// As [`Self::search`].
    pub fn totals(&self, request: &Request) -> Result<Totals, SearchError> {
        let mut tally = GroupCounts::new(&self.inner.ranking, true);
        self.collect(&*self.matching(request)?, &mut [&mut tally])?;
        Ok(Totals { articles: tally.articles(), stories: tally.stories() })
    }

    /// What a person should know about how a request was understood, as [`Results::notes`] has it.
    ///
    /// # Errors
    /// As [`Self::search`].
    pub fn notes(&self, request: &Request) -> Result<Vec<Note>, SearchError> {
        let mut planner = self.planner(request);
        planner.matching(request).map_err(|error| self.plan_error(error))?;
        Ok(planner.notes.into_iter().collect())
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

    /// The articles of this id, or whose ids begin like this. Two files of one name and with one
    /// text give one id; several articles of one full id are in the order of their files.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn get(&self, id: &ArticleId) -> Result<Vec<Record>, SearchError> {
        if id.0.is_empty() {
            return Ok(Vec::new());
        }
        let places = self.places(id)?;
        places.into_iter().map(|place| self.record(place.address)).collect()
    }

    /// The articles with substantially the same text as the one of this full id, and that one, in
    /// the order of their dates; nothing else than the article where there are none.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn reprints(&self, id: &ArticleId) -> Result<Vec<Record>, SearchError> {
        let Inner { searcher, ranking, .. } = &*self.inner;
        let mut addresses: Vec<DocAddress> = Vec::new();
        for place in self.places(id)? {
            addresses.push(place.address);
            let reader = searcher.segment_reader(place.address.segment_ord);
            let own = ranking.order().and_then(|order| segment_ranks(order, reader));
            let group = own.map_or(0, |own| own.of(place.address.doc_id).group);
            if group == 0 {
                continue;
            }
            for (segment, reader) in (0..).zip(searcher.segment_readers()) {
                let members = ranking.order().and_then(|order| segment_ranks(order, reader));
                let members = members.iter().flat_map(|all| all.members(group));
                addresses.extend(members.map(|doc| DocAddress::new(segment, doc)));
            }
        }
        addresses.sort_unstable();
        addresses.dedup();
        let mut records: Vec<Record> =
            addresses.into_iter().map(|address| self.record(address)).collect::<Result<_, _>>()?;
        records.sort_by(|a, b| {
            let key = |record: &Record| {
                (record.printed().or(record.date.value), record.source.clone(), record.ordinal)
            };
            key(a).cmp(&key(b))
        });
        Ok(records)
    }

    /// The reports on all files, in the order of their paths.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn file_reports(&self) -> Result<Vec<FileReport>, SearchError> {
        index::file_reports(&self.inner.searcher, &self.inner.fields)
            .map_err(|e| self.engine_error(&e))
    }

    /// As [`Self::for_each`], with the place where the engine keeps the article.
    pub(super) fn for_each_address(
        &self,
        request: &Request,
        visit: &mut dyn FnMut(DocAddress, Record) -> ControlFlow<()>,
    ) -> Result<u64, SearchError> {
        let mut all_hits = AllHits::new(request.sort, &self.inner.ranking);
        self.collect(&*self.matching(request)?, &mut [&mut all_hits])?;
        let mut given = 0;
        for place in all_hits.harvest() {
            given += 1;
            if visit(place.address, self.record(place.address)?).is_break() {
                break;
            }
        }
        Ok(given)
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
        let mut given = SeenGroups::new(after.place, sort, &self.inner.ranking, scoring);
        self.collect(matching, &mut [&mut given])?;
        Ok(Some(given))
    }

    pub(super) fn places(&self, id: &ArticleId) -> Result<Vec<SortKey>, SearchError> {
        let from = EngineTerm::from_field_text(self.inner.fields.id, &id.0);
        let to = EngineTerm::from_field_text(self.inner.fields.id, &format!("{id}~"));
        let range = RangeQuery::new(Bound::Included(from), Bound::Excluded(to));
        let mut all_hits = AllHits::new(Sort::Oldest, &self.inner.ranking);
        self.collect(&range, &mut [&mut all_hits])?;
        Ok(all_hits.harvest())
    }

    fn hit(&self, place: SortKey, marks: &[Mark]) -> Result<Hit, SearchError> {
        let record = self.record(place.address)?;
        let highlights = highlights(&record, marks);
        Ok(Hit { record, score: 0.0, highlights, reprints: 0, why: None })
    }

    fn why(&self, scoring: &Scoring, address: DocAddress) -> Result<ScoreExplanation, SearchError> {
        let reader = self.inner.searcher.segment_reader(address.segment_ord);
        scoring.why(reader, address.doc_id).map_err(|error| self.engine_error(&error))
    }

    pub(super) fn matching(&self, request: &Request) -> Result<Box<dyn EngineQuery>, SearchError> {
        self.planner(request).matching(request).map_err(|error| self.plan_error(error))
    }

    pub(super) fn planner(&self, request: &Request) -> Planner<'_> {
        let Inner { fields, searcher, folder, .. } = &*self.inner;
        let segmenter = folder.segmenter();
        let (today, certain) = (request.today, request.filters.certain_dates);
        Planner { searcher, fields: *fields, segmenter, today, certain, notes: BTreeSet::new() }
    }

    pub(super) fn searcher(&self) -> &Searcher {
        &self.inner.searcher
    }

    pub(super) fn fields(&self) -> Fields {
        self.inner.fields
    }

    pub(super) fn units(&self) -> Result<Arc<DistrictPaths>, SearchError> {
        if let Some(units) = self.inner.units.get() {
            return Ok(units.clone());
        }
        let units =
            DistrictPaths::read(&self.inner.searcher).map_err(|error| self.engine_error(&error))?;
        Ok(self.inner.units.get_or_init(|| Arc::new(units)).clone())
    }

    pub(super) fn ranking(&self) -> &ArchiveRanks {
        &self.inner.ranking
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
        record.reprint_of = inner.ranking.order().and_then(|order| order.first_of(&record.id));
        Ok(record)
    }

    pub(super) fn plan_error(&self, error: PlanError) -> SearchError {
        match error {
            PlanError::Topic(topic, labels) => SearchError::UnknownTopic { topic, labels },
            PlanError::District(name) => SearchError::UnknownDistrict { name },
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
