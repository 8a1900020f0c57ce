//! An index that is open for reading, and what is found in it: how many articles match, or every one
//! of them.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use super::complete::ArchiveValues;
use super::embedded::EmbeddedEngine;
use super::engine::SearchEngine;
use super::error::SearchError;
use super::former_ids::FormerIds;
use super::label_docs::LabelDocs;
use super::labels;
use super::labels::OpenLabels;
use super::near_names::unknown_district;
#[cfg(feature = "opensearch")]
use super::opensearch::ClusterEngine;
use super::plan::{Asked, Condition, MAX_POSTINGS, PlanError, Planner, without_question_words};
use super::request::Request;
use super::{Address, FigureTotals, Matching, Note, Totals};
use crate::index::{DamageLog, Folder, IndexState};
use crate::model::{ArticleId, Notebook, Record};
#[cfg(feature = "opensearch")]
use crate::opensearch::ClusterSettings;
use crate::text::Segmenter;

/// An index that is open for reading, as it was committed when it was opened. Cheap to clone; may
/// be used from several threads.
#[derive(Clone)]
pub struct Archive {
    inner: Arc<OpenIndex>,
    max_postings: Option<u64>,
    labels: Arc<OpenLabels>,
}

struct OpenIndex {
    /// The folder of the index; of an archive on a cluster that of what is kept beside it.
    path: PathBuf,
    segmenter: Segmenter,
    log: Arc<DamageLog>,
    engine: Box<dyn SearchEngine>,
    /// The reports on files by their paths, ordered when the first are asked for.
    files: OnceLock<Arc<[Address]>>,
    /// Read when the first completions are asked for.
    values: OnceLock<Arc<ArchiveValues>>,
    /// Counted when they are first asked for.
    figure_totals: OnceLock<Arc<FigureTotals>>,
    /// Read when the first article is looked up by its id.
    former_ids: OnceLock<FormerIds>,
}

impl fmt::Debug for Archive {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Archive").field("folder", &self.inner.path).finish_non_exhaustive()
    }
}

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
        log.guard(path, || Self::open_folder(&folder))
    }

    /// The same with the state that the index is in.
    ///
    /// # Errors
    /// As [`Archive::open`].
    pub fn open_with_state(path: &Path) -> Result<(Self, IndexState), SearchError> {
        let mut state = IndexState::read(path)?;
        loop {
            let archive = Self::open(path)?;
            // An ingest may commit between any two lines.
            let now = IndexState::read(path)?;
            if now == state {
                return Ok((archive, state));
            }
            state = now;
        }
    }

    fn open_folder(folder: &Folder) -> Result<Self, SearchError> {
        let engine = Box::new(EmbeddedEngine::open(folder)?);
        let segmenter = folder.segmenter().clone();
        let log = folder.damage_log().clone();
        Ok(Self::new(folder.path(), segmenter, log, engine, Some(MAX_POSTINGS)))
    }

    /// Opens an archive on a cluster, with the state that it is in. What is kept beside an index, as
    /// what was recognised on pictures, is in `folder`.
    ///
    /// # Errors
    /// When there is no archive, when it was made by other rules, and when the cluster does not answer.
    #[cfg(feature = "opensearch")]
    pub fn open_on_cluster(
        settings: &ClusterSettings,
        folder: &Path,
    ) -> Result<(Self, String), SearchError> {
        let engine = Box::new(ClusterEngine::open(settings)?);
        let (segmenter, state) = (engine.segmenter().clone(), engine.state());
        Ok((Self::new(folder, segmenter, Arc::default(), engine, None), state))
    }

    fn new(
        path: &Path,
        segmenter: Segmenter,
        log: Arc<DamageLog>,
        engine: Box<dyn SearchEngine>,
        max_postings: Option<u64>,
    ) -> Self {
        Self {
            inner: Arc::new(OpenIndex {
                path: path.to_owned(),
                segmenter,
                log,
                engine,
                files: OnceLock::new(),
                values: OnceLock::new(),
                figure_totals: OnceLock::new(),
                former_ids: OnceLock::new(),
            }),
            max_postings,
            labels: Arc::default(),
        }
    }

    /// The same archive, refusing queries that would read more postings than this. The least is what
    /// [`MAX_POSTINGS`] says of one. A cluster has bounds of its own.
    #[must_use]
    pub fn with_max_postings(self, max_postings: u64) -> Self {
        Self { max_postings: self.max_postings.map(|_| max_postings), ..self }
    }

    /// The same archive with tags, notes and collections: queries, filters and counts speak of them, and
    /// hits have them. Ids that no article has are passed over.
    #[must_use]
    pub fn with_notebook(self, notebook: Arc<Notebook>) -> Self {
        Self { labels: Arc::new(OpenLabels::from(notebook)), ..self }
    }

    /// Tags, notes and collections.
    #[must_use]
    pub fn notebook(&self) -> &Notebook {
        &self.labels.notebook
    }

    /// Those of these ids that no article has.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn ids_of_none<'a>(
        &self,
        ids: impl IntoIterator<Item = &'a ArticleId>,
    ) -> Result<Vec<ArticleId>, SearchError> {
        self.guard(|| labels::missing(ids, self.engine()))
    }

    /// The ids that articles had before they were joined to others, each with that of the article which
    /// has its text now. An id that an article has is not among them.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn former_ids(&self) -> Result<HashMap<ArticleId, ArticleId>, SearchError> {
        self.guard(|| Ok(self.kept_former_ids()?.now().clone()))
    }

    /// The same, read when it is first asked for.
    pub(super) fn kept_former_ids(&self) -> Result<&FormerIds, SearchError> {
        let kept = &self.inner.former_ids;
        if let Some(former_ids) = kept.get() {
            return Ok(former_ids);
        }
        let read = FormerIds::read(self.engine())?;
        Ok(kept.get_or_init(|| read))
    }

    /// Where the articles with tags and collections are.
    pub(super) fn label_docs(&self) -> Result<Arc<LabelDocs>, SearchError> {
        self.labels.docs(self.engine())
    }

    /// The folder of the index.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.inner.path
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
        self.inner.log.guard(&self.inner.path, work)
    }

    /// Loads what a process that answers many queries needs again and again: the whole dictionary (a
    /// tenth of a second), and the names for completions. Until it is done, and without it, a query
    /// loads the words that it needs.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn load(&self) -> Result<(), SearchError> {
        self.segmenter().load();
        self.guard(|| self.values().map(|_| ()))
    }

    pub(super) fn matching(&self, request: &Request) -> Result<Condition, SearchError> {
        let request = &*self.understood(request).0;
        self.planner(request).matching(request).map_err(|error| self.plan_error(error))
    }

    /// The request without words that only ask, and these words; as it is where every word counts.
    pub(super) fn understood<'a>(&self, request: &'a Request) -> (Cow<'a, Request>, Vec<String>) {
        let asked = match request.matching {
            Matching::All => None,
            Matching::AllThatCount | Matching::Some => {
                without_question_words(&self.inner.segmenter, &request.query)
            }
        };
        match asked {
            None => (Cow::Borrowed(request), Vec::new()),
            Some(Asked { query, left_out }) => {
                (Cow::Owned(Request { query, ..request.clone() }), left_out)
            }
        }
    }

    pub(super) fn planner(&self, request: &Request) -> Planner<'_> {
        let (today, certain) = (request.today, request.filters.certain_dates);
        Planner {
            labels: &self.labels,
            engine: self.engine(),
            segmenter: self.segmenter(),
            today,
            certain,
            excluded: false,
            max_postings: self.max_postings,
            notes: BTreeSet::new(),
        }
    }

    /// Who answers.
    pub(super) fn engine(&self) -> &dyn SearchEngine {
        &*self.inner.engine
    }

    /// Where the reports on all files are, in the order of their paths.
    pub(super) fn files(&self) -> Result<Arc<[Address]>, SearchError> {
        if let Some(files) = self.inner.files.get() {
            return Ok(files.clone());
        }
        let files = self.files_in_order()?;
        Ok(self.inner.files.get_or_init(|| files.into()).clone())
    }

    /// The names that completions are made of.
    pub(super) fn values(&self) -> Result<Arc<ArchiveValues>, SearchError> {
        if let Some(values) = self.inner.values.get() {
            return Ok(values.clone());
        }
        let mut values = ArchiveValues::from(self.facets(&Request::default())?);
        values.add_indicators(&self.figure_totals()?.indicators);
        Ok(self.inner.values.get_or_init(|| Arc::new(values)).clone())
    }

    pub(super) fn kept_figure_totals(&self) -> &OnceLock<Arc<FigureTotals>> {
        &self.inner.figure_totals
    }

    pub(super) fn segmenter(&self) -> &Segmenter {
        &self.inner.segmenter
    }

    pub(super) fn plan_error(&self, error: PlanError) -> SearchError {
        match error {
            PlanError::Topic(topic, labels) => SearchError::UnknownTopic { topic, labels },
            PlanError::District(name) => unknown_district(name),
            PlanError::Indicator(name) => match self.unknown_indicator(name, true) {
                Ok(error) | Err(error) => error,
            },
            PlanError::Unit(indicator, unit, units) => {
                SearchError::UnknownUnit { indicator, unit, units }
            }
            PlanError::TooMuch { postings, most } => SearchError::TooMuch { postings, most },
            PlanError::Engine(error) => error,
        }
    }
}

impl Archive {
    /// Counts the articles that match.
    ///
    /// # Errors
    /// As [`Self::search`].
    pub fn count(&self, request: &Request) -> Result<u64, SearchError> {
        self.guard(|| self.engine().count(&self.matching(request)?))
    }

    /// Counts the articles that match, and with reprints once.
    ///
    /// # Errors
    /// As [`Self::search`].
    pub fn totals(&self, request: &Request) -> Result<Totals, SearchError> {
        self.guard(|| self.engine().totals(&self.matching(request)?))
    }

    /// What a person should know about how a request was understood, as [`Results::notes`](super::Results::notes) has it.
    ///
    /// # Errors
    /// As [`Self::search`].
    pub fn notes(&self, request: &Request) -> Result<Vec<Note>, SearchError> {
        self.guard(|| {
            let (request, left_out) = self.understood(request);
            let mut planner = self.planner(&request);
            planner.matching(&request).map_err(|error| self.plan_error(error))?;
            Ok(self.with_own_notes(planner.notes, left_out, &request))
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
        visit: &mut dyn FnMut(Address, Record) -> ControlFlow<()>,
    ) -> Result<u64, SearchError> {
        let engine = self.engine();
        let found = self.guard(|| engine.every(&self.matching(request)?, request.sort))?;
        let mut given = 0;
        for found in found.chunks(engine.batch()) {
            let addresses: Vec<Address> = found.iter().map(|sort_key| sort_key.address).collect();
            // What the visitor does is none of the engine's.
            let records = self.guard(|| engine.records(&addresses))?;
            for (address, record) in addresses.into_iter().zip(records) {
                given += 1;
                if visit(address, record).is_break() {
                    return Ok(given);
                }
            }
        }
        Ok(given)
    }

    /// The notes of the planner, the words that were left out, and what the archive itself has to
    /// say.
    pub(super) fn with_own_notes(
        &self,
        mut notes: BTreeSet<Note>,
        left_out: Vec<String>,
        request: &Request,
    ) -> Vec<Note> {
        if !left_out.is_empty() {
            notes.insert(Note::QuestionWords { words: left_out });
        }
        if request.group && !self.engine().knows_reprints() {
            notes.insert(match self.engine().embedded() {
                Ok(_) => Note::UnfinishedIngest,
                Err(_) => Note::NoReprints,
            });
        }
        notes.into_iter().collect()
    }
}
