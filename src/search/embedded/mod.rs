//! The embedded engine: answers what is asked of an index in a folder of this machine, by tantivy. What
//! goes in and comes out are values of [`plan`](crate::search::plan) and
//! [`counts`](crate::search::counts), so that nobody else need know which engine it is.

mod answers;
mod bigrams;
mod bm25;
mod collect;
mod conditions;
mod day_columns;
mod districts;
mod facets;
mod group_counts;
mod hits;
mod listed;
mod matching;
mod matrix;
mod membership;
mod positional;
#[cfg(test)]
mod positional_tests;
mod proximity;
mod scoring;
mod sort_keys;
mod stories;
mod term_counts;
mod terms;
mod top_hits;

use std::fmt;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use tantivy::query::{EnableScoring, Query as EngineQuery};
use tantivy::{DocAddress, ReloadPolicy, Searcher};

use crate::index;
use crate::index::{Fields, Folder, IndexError, SourceRanks};
use crate::model::{FileReport, Record};
use crate::search::plan::Condition;
use crate::search::{Address, SearchError};
use conditions::query_of;
use districts::DistrictPaths;
use sort_keys::ArchiveRanks;

/// Blocks of stored records that are kept in memory, of 4 KB each.
const CACHED_BLOCKS: usize = 4_096;

/// An index that is open for reading, as it was committed when it was opened.
pub(crate) struct EmbeddedEngine {
    /// The folder of the index.
    path: PathBuf,
    fields: Fields,
    searcher: Searcher,
    ranks: ArchiveRanks,
    /// The commit.
    generation: u64,
    /// Read when the first facets are counted.
    district_paths: OnceLock<Arc<DistrictPaths>>,
}

impl EmbeddedEngine {
    /// # Errors
    /// When the index is damaged or cannot be read.
    pub(crate) fn open(folder: &Folder) -> Result<Self, IndexError> {
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
        let (path, district_paths) = (folder.path().to_owned(), OnceLock::new());
        Ok(Self { path, fields, searcher, ranks, generation, district_paths })
    }

    fn record(&self, address: Address) -> Result<Record, SearchError> {
        let mut record: Record = self.stored(address)?;
        record.reprint_of = self.ranks.stored().and_then(|ranks| ranks.first_of(&record.id));
        Ok(record)
    }

    /// The reports on all files, in the order of their paths.
    fn all_file_reports(&self) -> Result<Vec<FileReport>, SearchError> {
        self.read(index::file_reports(&self.searcher, &self.fields))
    }

    fn stored<T: serde::de::DeserializeOwned>(&self, address: Address) -> Result<T, SearchError> {
        let address = DocAddress::new(address.part, address.number);
        self.read(index::stored(&self.searcher, &self.fields, address))
    }

    fn query(&self, condition: &Condition) -> Box<dyn EngineQuery> {
        query_of(condition, &self.searcher, &self.fields)
    }

    fn unscored(&self) -> EnableScoring<'_> {
        EnableScoring::disabled_from_searcher(&self.searcher)
    }

    /// What was read, or the error of the program for that of the engine.
    fn read<T, E: fmt::Display>(&self, result: Result<T, E>) -> Result<T, SearchError> {
        result.map_err(|error| SearchError::Engine {
            path: self.path.clone(),
            message: error.to_string(),
        })
    }
}
