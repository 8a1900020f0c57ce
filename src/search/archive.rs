//! An index that is open for reading.

use std::collections::BTreeSet;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::{Arc, OnceLock};

use tantivy::query::Query as EngineQuery;
use tantivy::{DocAddress, ReloadPolicy, Searcher};

use super::collect::{BlockCollector, collect};
use super::counts::DistrictPaths;
use super::error::SearchError;
use super::plan::{PlanError, Planner};
use super::request::Request;
use super::sort::{ArchiveRanks, segment_ranks};
use crate::index;
use crate::index::{DocumentRanks, Fields, Folder, IndexError, SourceRanks};
use crate::model::Record;

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
    /// Opens the index in a folder. What it holds is mapped, not read: that takes as long for a
    /// large archive as for a small one.
    ///
    /// Reprints are found at the end of an ingest: in an archive that is opened while one is under
    /// way, or after one that was stopped, no article says which one it reprints.
    ///
    /// # Errors
    /// When there is no index, when it was made by other rules, and when it cannot be read.
    pub fn open(path: &Path) -> Result<Self, SearchError> {
        // The engine takes it for a mistake of the program when one of its files was cut off.
        catch_unwind(AssertUnwindSafe(|| Self::open_sound(path))).unwrap_or_else(|_| {
            let message = "a file of it is damaged".to_owned();
            Err(SearchError::Engine { path: path.to_owned(), message })
        })
    }

    /// Opens an index whose files are sound.
    fn open_sound(path: &Path) -> Result<Self, SearchError> {
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
        let ranks = match order.filter(knows_all) {
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
                ranks,
                generation,
                district_paths: OnceLock::new(),
            }),
        })
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
