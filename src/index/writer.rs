//! Writes articles and reports on files, in steps that are seen wholly or not at all.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;

use tantivy::directory::error::LockError;
use tantivy::directory::{Directory, DirectoryLock, Lock, MmapDirectory};
use tantivy::indexer::IndexWriterOptions as EngineWriterOptions;
use tantivy::merge_policy::LogMergePolicy;
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Index, IndexWriter as EngineWriter, ReloadPolicy, TantivyError, Term};

use super::byte_semaphore::ByteSemaphore;
use super::checked_directory::Access;
use super::corpus::CorpusIdentity;
use super::damage::{Damage, MANAGED, Mend};
use super::document::IndexDocument;
use super::fields::FILE;
use super::folder;
use super::folder::{Folder, Prepared};
use super::schema;
use super::schema::Fields;
use super::verify::{DamagedFile, verify_data};
use super::{IndexError, reprints, stored, text_fields};
use crate::model::{FileReport, Record};
use crate::text::Segmenter;

/// How an index is written.
#[derive(Debug, Clone, Copy)]
pub struct IndexWriterOptions<'a> {
    /// Threads that turn articles into terms.
    pub threads: usize,
    /// Text of the user's own dictionary; without it, an index that has one keeps it.
    pub user_words: Option<&'a str>,
    /// Whether the index is rebuilt; the old one stays in use until [`IndexWriter::finish`].
    pub rebuild: bool,
}

/// The one writer of an index. What is not committed when it goes away is lost; what is committed
/// is kept.
pub struct IndexWriter {
    engine: EngineWriter<IndexDocument>,
    fields: Fields,
    prepared: Prepared,
    /// Whether there is something to commit.
    changed: bool,
    /// Entries in the engine's queue.
    queue: Arc<ByteSemaphore>,
    /// The marker of the articles that this writer adds.
    run: String,
    /// Files that were damaged and are made again.
    healed: Vec<DamagedFile>,
    _lock: DirectoryLock,
}

/// Memory that each indexing thread fills before it writes a part of the index to the disk.
const MEMORY_PER_THREAD: usize = 64 << 20;
/// Bytes of entries that may wait for the engine.
const QUEUE: u64 = 32 << 20;
/// The engine knows no more threads.
const MAX_THREADS: usize = 8;

impl IndexWriter {
    /// Opens an index for writing, or begins one. Every file of the index is verified first: nothing
    /// is built on a damaged one.
    ///
    /// # Errors
    /// When the folder holds something else than an index, an index made by other rules or a damaged
    /// one (unless it is rebuilt), when another process writes to it, and when it cannot be written to.
    pub fn open(path: &Path, options: IndexWriterOptions<'_>) -> Result<Self, IndexError> {
        folder::claim(path)?;
        let lock = lock(path)?;
        let prepared = folder::prepare(path, options.user_words, options.rebuild)?;
        let folder = &prepared.folder;
        let healed = folder.damage_log().guard(path, || heal(folder))?;
        let log = folder.damage_log();
        let (engine, fields) = log.guard(path, || engine(folder, options.threads))?;
        let queue = Arc::new(ByteSemaphore::new(QUEUE));
        let run = run_marker(engine.commit_opstamp());
        Ok(Self { engine, fields, prepared, changed: false, queue, run, healed, _lock: lock })
    }

    /// The files that were damaged when the index was opened, and that [`Self::finish`] makes again
    /// from the others.
    #[must_use]
    pub fn healed(&self) -> &[DamagedFile] {
        &self.healed
    }

    /// Notes at once which corpus the articles of a new index are from. One that has articles is
    /// told when they have been replaced, with [`Self::remember`].
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn begin_with(&mut self, corpus: CorpusIdentity) -> Result<(), IndexError> {
        let Prepared { folder, pending } = &mut self.prepared;
        if *pending || folder.has_corpus() {
            return Ok(());
        }
        folder.remember(corpus);
        folder::put_in_use(folder)
    }

    /// Notes which corpus the articles are from, once [`Self::finish`] has come to its end.
    pub fn remember(&mut self, corpus: CorpusIdentity) {
        self.prepared.folder.remember(corpus);
    }

    /// Cuts words as the index is made with.
    #[must_use]
    pub fn segmenter(&self) -> &Segmenter {
        self.prepared.folder.segmenter()
    }

    /// The reports on all files as they were committed last, in the order of their paths.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn file_reports(&self) -> Result<Vec<FileReport>, IndexError> {
        let read = || {
            let reader = self.engine.index().reader_builder();
            let reader = reader.reload_policy(ReloadPolicy::Manual).try_into()?;
            stored::file_reports(&reader.searcher(), &self.fields)
        };
        let folder = &self.prepared.folder;
        let read = || read().map_err(|error| folder.engine_error(error));
        folder.damage_log().guard(folder.path(), read)
    }

    /// Takes out the articles of a file and the report on it.
    pub fn forget(&mut self, source: &str) {
        self.changed = true;
        self.engine.delete_term(Term::from_field_text(self.fields.source, source));
    }

    /// Takes out what the index had of a file before this writer was opened: the articles that were
    /// added since take their place. Add the new report afterwards.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn replace(&mut self, source: &str) -> Result<(), IndexError> {
        self.take_out(source, Occur::MustNot, &self.run.clone())
    }

    /// Takes out the articles of a file that this writer added: what the index had before stays.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn undo(&mut self, source: &str) -> Result<(), IndexError> {
        self.take_out(source, Occur::Must, &self.run.clone())
    }

    /// Takes out the report on a file; its articles stay.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn forget_report(&mut self, source: &str) -> Result<(), IndexError> {
        self.take_out(source, Occur::Must, FILE)
    }

    /// Adds an article.
    ///
    /// # Errors
    /// When the index cannot be written to.
    pub fn add(&mut self, record: &Record) -> Result<(), IndexError> {
        self.put(IndexDocument::article(&self.fields, record, &self.run))
    }

    /// Adds the report on a file.
    ///
    /// # Errors
    /// When the index cannot be written to.
    pub fn report(&mut self, report: &FileReport) -> Result<(), IndexError> {
        self.put(IndexDocument::file(&self.fields, report))
    }

    /// Makes everything since the last commit visible in one step.
    ///
    /// # Errors
    /// When the index cannot be written to. Then nothing since the last commit is seen.
    pub fn commit(&mut self) -> Result<(), IndexError> {
        if self.changed {
            self.engine.commit().map_err(|error| self.prepared.folder.engine_error(error))?;
            self.changed = false;
        }
        Ok(())
    }

    /// Commits, waits for the engine to tidy its files, finds the reprints, and puts a rebuilt
    /// index into use. Gives the number of reprints.
    ///
    /// # Errors
    /// When the index cannot be written to.
    pub fn finish(mut self) -> Result<u64, IndexError> {
        self.commit()?;
        let Self { engine, fields, mut prepared, .. } = self;
        let folder = &prepared.folder;
        let finish = || finish(engine, fields, folder);
        let (stamp, reprints) = folder.damage_log().guard(folder.path(), finish)?;
        prepared.folder.finish(stamp);
        folder::put_in_use(&prepared.folder)?;
        Ok(reprints)
    }

    /// Takes out what has this source and the marker, or all but what has it.
    fn take_out(&mut self, source: &str, occur: Occur, marker: &str) -> Result<(), IndexError> {
        self.changed = true;
        let term = |field: Field, text: &str| -> Box<dyn Query> {
            let term = Term::from_field_text(field, text);
            Box::new(TermQuery::new(term, IndexRecordOption::Basic))
        };
        let of_source = term(self.fields.source, source);
        let with_marker = term(self.fields.marker, marker);
        let query = BooleanQuery::new(vec![(Occur::Must, of_source), (occur, with_marker)]);
        let taken_out = self.engine.delete_query(Box::new(query));
        taken_out.map(drop).map_err(|error| self.prepared.folder.engine_error(error))
    }

    fn put(&mut self, document: io::Result<IndexDocument>) -> Result<(), IndexError> {
        let path = self.prepared.folder.path();
        let mut document = document.map_err(|error| IndexError::Broken {
            path: path.to_owned(),
            message: error.to_string(),
        })?;
        document.wait_for_room(&self.queue);
        self.changed = true;
        if let Err(error) = self.engine.add_document(document) {
            // The engine only reports that one of its threads ended; joining them gives the reason.
            let cause = self.engine.prepare_commit().err().unwrap_or(error);
            return Err(self.prepared.folder.engine_error(cause));
        }
        Ok(())
    }
}

/// Removes what is damaged and is made again from the rest.
///
/// # Errors
/// When something else is damaged.
fn heal(folder: &Folder) -> Result<Vec<DamagedFile>, IndexError> {
    if !folder.has_commit() {
        return Ok(Vec::new());
    }
    let damaged = verify_data(folder)?.damaged;
    for DamagedFile { path, damage, mend } in &damaged {
        let list = || folder.directory(Access::Write).map_err(|error| folder.engine_error(error));
        let healed = match mend {
            Mend::Rebuild => {
                return Err(IndexError::Damaged { path: path.clone(), damage: *damage });
            }
            Mend::Ingest if path.ends_with(MANAGED) => list()?.renew_list(),
            Mend::Ingest if *damage == Damage::Missing => Ok(()),
            Mend::Ingest => fs::remove_file(path),
        };
        healed.map_err(IndexError::io(path))?;
    }
    Ok(damaged)
}

fn engine(
    folder: &Folder,
    threads: usize,
) -> Result<(EngineWriter<IndexDocument>, Fields), IndexError> {
    let (schema, fields) = schema::build();
    let open = || -> tantivy::Result<EngineWriter<IndexDocument>> {
        let index = Index::builder()
            .schema(schema)
            .settings(schema::settings())
            .tokenizers(text_fields::tokenizers(folder.segmenter()))
            .open_or_create(folder.directory(Access::Write)?)?;
        let options = EngineWriterOptions::builder()
            .num_worker_threads(threads.clamp(1, MAX_THREADS))
            .memory_budget_per_thread(MEMORY_PER_THREAD)
            // A second merge at once would cost memory and gain nothing on few processors.
            .num_merge_threads(1)
            .build();
        let engine = index.writer_with_options(options)?;
        engine.set_merge_policy(Box::new(merge_policy()));
        Ok(engine)
    };
    let engine = open().map_err(|error| match error {
        TantivyError::LockFailure(LockError::LockBusy, _) => {
            IndexError::Busy { path: folder.path().to_owned() }
        }
        other => folder.engine_error(other),
    })?;
    Ok((engine, fields))
}

/// Waits for the engine to tidy its files, and finds the order and the reprints of the last commit.
/// Gives its stamp and the number of reprints.
fn finish(
    engine: EngineWriter<IndexDocument>,
    fields: Fields,
    folder: &Folder,
) -> Result<(u64, u64), IndexError> {
    let data = folder.data_path();
    let index = engine.index().clone();
    engine.wait_merging_threads().map_err(|error| folder.engine_error(error))?;
    let stamp = index.load_metas().map_err(|error| folder.engine_error(error))?.opstamp;
    let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into();
    let reader: tantivy::IndexReader = reader.map_err(|error| folder.engine_error(error))?;
    let searcher = reader.searcher();
    let mut ranks = folder.document_ranks(stamp)?.filter(|ranks| ranks.knows_all(&searcher));
    // What was damaged is gone by now, and the next ingest would have to compare everything.
    if ranks.is_none() || !reprints::are_kept(&searcher, &data) {
        let found = reprints::find(&searcher, &fields, &data, stamp);
        found.map_err(|error| folder.engine_error(error))?;
        ranks = folder.document_ranks(stamp)?;
    }
    Ok((stamp, ranks.map_or(0, |ranks| ranks.reprints())))
}

/// One writer at a time for the whole folder, also while it is rebuilt beside the old index. The
/// lock goes with the process, however that ends.
fn lock(path: &Path) -> Result<DirectoryLock, IndexError> {
    let directory =
        MmapDirectory::open(path).map_err(|error| IndexError::engine(path)(error.into()))?;
    let lock = Lock { filepath: ".dibao-writer.lock".into(), is_blocking: false };
    directory.acquire_lock(&lock).map_err(|error| match error {
        LockError::LockBusy => IndexError::Busy { path: path.to_owned() },
        LockError::IoError(error) => match error.raw_os_error() {
            Some(code) => IndexError::io(path)(std::io::Error::from_raw_os_error(code)),
            None => IndexError::Broken { path: path.to_owned(), message: error.to_string() },
        },
    })
}

/// A marker that no earlier writer gave to anything that was committed: each commit has a stamp of
/// its own, and what a writer marked is there only if it committed.
fn run_marker(last_commit: u64) -> String {
    format!("r{last_commit}")
}

fn merge_policy() -> LogMergePolicy {
    let mut policy = LogMergePolicy::default();
    // What was taken out counts in the scores until it is merged away.
    policy.set_del_docs_ratio_before_merge(0.1);
    policy
}
