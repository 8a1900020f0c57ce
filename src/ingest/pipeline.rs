//! The threads of an ingest: one reads, several split and annotate, one writes.

use std::any::Any;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::iter;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use super::file_writer::FileWriter;
use super::job::{JobOutput, JobResult, Pipeline};
use super::plan::IngestError;
use super::publication::Publication;
use super::report::PartReport;
use super::rules::rules;
use super::summary::IngestSummary;
use crate::annotate::Annotator;
use crate::curation;
use crate::curation::{CorrectedFile, FileCorrections, PartCorrections};
use crate::index::{ArticleWriter, ByteSemaphore};
use crate::intake;
use crate::intake::{Chunk, Config, CorpusFile, FileFormat, ReadReport};
use crate::model::SplitFile;
use crate::model::{Article, FailureReason, FileReport, FileWarning, SourceMeta, SourceText};
use crate::recognise::Cache;

/// Bytes of text that may be between the reader and the writer.
const UNDER_WAY: u64 = 32 << 20;

/// A part of a file to be split and annotated.
struct Job {
    number: u64,
    file: usize,
    bytes: u64,
    source: Box<SourceText>,
    publication: Arc<Publication>,
    corrections: Option<PartCorrections>,
    /// The articles, if the file keeps them apart (JSONL).
    articles: Option<Vec<Article>>,
}

/// What the threads that read ahead have in common.
struct AheadFiles {
    /// The next file that none of them has taken.
    next: AtomicUsize,
    /// Files that one of them is through with.
    done: Vec<AtomicBool>,
    /// Whether nobody needs them any more.
    is_over: AtomicBool,
}

impl Pipeline<'_> {
    /// Ingests the files that are new or changed.
    pub(super) fn run(
        &self,
        files: &[CorpusFile],
        writer: &mut dyn ArticleWriter,
        summary: &mut IngestSummary,
    ) -> Result<(), IngestError> {
        let semaphore = ByteSemaphore::new(UNDER_WAY);
        let annotator = Annotator::new();
        let (job_sender, job_receiver) = channel::<Job>();
        let job_receiver = Mutex::new(job_receiver);
        let ahead = self.config.ahead();
        let ahead_files = AheadFiles {
            next: AtomicUsize::new(0),
            done: files.iter().map(|_| AtomicBool::new(false)).collect(),
            is_over: AtomicBool::new(false),
        };
        thread::scope(|scope| {
            let (result_sender, result_receiver) = channel::<JobResult>();
            let results = result_sender.clone();
            let (semaphore, job_receiver) = (&semaphore, &job_receiver);
            let worker = Worker { annotator: &annotator, config: self.config };
            scope.spawn(move || self.read(files, semaphore, &job_sender, &results));
            if let Some(ahead) = &ahead {
                for _ in 1..self.plan.threads {
                    scope.spawn(|| self.recognise_ahead(files, &ahead_files, ahead));
                }
            }
            for _ in 0..self.plan.threads.max(1) {
                let results = result_sender.clone();
                scope.spawn(move || worker.run_jobs(job_receiver, &results));
            }
            drop(result_sender);
            let result = self.write(files, semaphore, &result_receiver, writer, summary);
            self.config.stop_ahead();
            ahead_files.is_over.store(true, Ordering::Relaxed);
            // Wakes the threads that still wait: after an error nobody receives results any more.
            semaphore.close();
            result
        })
    }

    /// Reads the files one after the other, as far ahead of the writer as the semaphore allows.
    fn read(
        &self,
        files: &[CorpusFile],
        semaphore: &ByteSemaphore,
        jobs: &Sender<Job>,
        results: &Sender<JobResult>,
    ) {
        let mut number = 0;
        let mut next = || {
            number += 1;
            number - 1
        };
        for (file, found) in files.iter().enumerate() {
            if self.plan.stop.is_set() {
                return;
            }
            let publication = self.publications.of(found, self.config);
            let corrections = self.corrections.about(&found.source);
            if self.is_unchanged(found, &publication) {
                let result =
                    JobResult { number: next(), file, bytes: 0, output: JobOutput::Unchanged };
                if results.send(result).is_err() {
                    return;
                }
                continue;
            }
            let mut of_parts = corrections
                .and_then(|corrections| self.by_parts(found, &publication, corrections))
                .map(Vec::into_iter);
            let receipt = self.read_file(found, |chunk, meta| {
                let (source, articles) = text_and_articles(found, chunk, meta);
                let bytes =
                    source.text.len() as u64 + articles.iter().flatten().map(size).sum::<u64>();
                let publication = Arc::clone(&publication);
                let corrections = match &mut of_parts {
                    Some(of_parts) => of_parts.next(),
                    None => corrections.cloned().map(PartCorrections::whole),
                };
                let number = next();
                let job = Job { number, file, bytes, source, publication, corrections, articles };
                !self.plan.stop.is_set() && semaphore.acquire(bytes) && jobs.send(job).is_ok()
            });
            let Some(receipt) = receipt else { return };
            if self.plan.stop.is_set() {
                // Pages may have been passed over: the file is given up.
                return;
            }
            let output = JobOutput::End(receipt);
            if results.send(JobResult { number: next(), file, bytes: 0, output }).is_err() {
                return;
            }
        }
    }

    /// Reads files whose pages have to be recognised, so that the results are there when their turn
    /// comes: a page takes seconds, and all that is ahead of it waits. Each file goes to one of the threads;
    /// those that find no more help with the pages of the others' files.
    fn recognise_ahead(&self, files: &[CorpusFile], shared: &AheadFiles, ahead: &Config) {
        let own = iter::from_fn(|| {
            let next = shared.next.fetch_add(1, Ordering::Relaxed);
            (next < files.len()).then_some(next)
        });
        for number in own.chain(0..files.len()) {
            if self.plan.stop.is_set() || shared.is_over.load(Ordering::Relaxed) {
                return;
            }
            let (found, is_done) = (&files[number], &shared.done[number]);
            if is_done.load(Ordering::Relaxed) {
                continue;
            }
            let has_changed =
                || !self.is_unchanged(found, &self.publications.of(found, self.config));
            if is_scan(found) && ahead.recogniser(&found.source).is_some() && has_changed() {
                // What is wrong with it is told when it is read for good.
                let _ = guarded(found, || intake::read(found, ahead).finish());
            }
            is_done.store(true, Ordering::Relaxed);
        }
    }

    /// The corrections of each part of a file, which is read once more for that; none of a file that is
    /// read as one.
    fn by_parts(
        &self,
        found: &CorpusFile,
        publication: &Publication,
        corrections: &Arc<FileCorrections>,
    ) -> Option<Vec<PartCorrections>> {
        let parts = || {
            let mut reading = intake::read(found, &self.config_of(found));
            iter::from_fn(move || {
                let chunk = reading.next()?;
                let (source, articles) = text_and_articles(found, chunk, reading.meta());
                let split_file = split(&source, articles, publication, self.config);
                Some((*source, split_file))
            })
        };
        let by_parts = || {
            let has_several = intake::read(found, &self.config_of(found)).nth(1).is_some();
            has_several.then(|| PartCorrections::of_parts(corrections, parts))
        };
        // What the program fails on is told when it is read for good.
        guarded(found, by_parts).unwrap_or_default()
    }

    /// Passes on the chunks of a file; `None` if the receiver is gone.
    fn read_file(
        &self,
        found: &CorpusFile,
        mut hand_on: impl FnMut(Chunk, &SourceMeta) -> bool,
    ) -> Option<ReadReport> {
        let mut reading = match guarded(found, || intake::read(found, &self.config_of(found))) {
            Ok(reading) => reading,
            Err(receipt) => return Some(receipt),
        };
        loop {
            match guarded(found, || reading.next()) {
                Ok(Some(chunk)) => {
                    if !hand_on(chunk, reading.meta()) {
                        return None;
                    }
                }
                Ok(None) => break,
                Err(receipt) => return Some(receipt),
            }
        }
        Some(guarded(found, || reading.finish()).unwrap_or_else(|receipt| receipt))
    }

    /// The fingerprint of the rules that a file is read by now.
    pub(super) fn rules_of(&self, found: &CorpusFile) -> String {
        self.rules(found, &self.publications.of(found, self.config))
    }

    /// Whether the index has a file as it is: the same content, read by the same rules.
    fn is_unchanged(&self, found: &CorpusFile, publication: &Publication) -> bool {
        let Some(known) = self.known.get(&found.source) else { return false };
        known.bytes == found.bytes
            && !known.hash.is_empty()
            && known.rules == self.rules(found, publication)
            && !self.is_to_be_recognised(found, known)
            && (found.paths().all(|path| self.plan.watched.same.contains(path))
                || found.content_hash().is_ok_and(|hash| hash == known.hash))
    }

    /// The settings that a file is read by: what was recognised of it stays where nothing recognises it
    /// now.
    fn config_of(&self, found: &CorpusFile) -> Cow<'_, Config> {
        let known = self.known.get(&found.source).and_then(|known| known.recognised.as_deref());
        match known.filter(|_| self.config.recogniser(&found.source).is_none()) {
            Some(name) => {
                let cache = Cache::beside(&self.plan.index);
                Cow::Owned(self.config.clone().recalling(name, cache))
            }
            None => Cow::Borrowed(self.config),
        }
    }

    /// Whether a file has pages that something else recognises now than when it was read, or that the system
    /// was in the way of. Without anything that does, what was recognised stays.
    fn is_to_be_recognised(&self, found: &CorpusFile, known: &FileReport) -> bool {
        let Some(engine) = self.config.recogniser(&found.source) else { return false };
        let was_passed_over =
            |warning: &FileWarning| matches!(warning, FileWarning::PagesWithoutText { .. });
        let is_other = known.recognised.as_deref().is_some_and(|before| before != engine.name());
        let is_unknown =
            |warning: &FileWarning| matches!(warning, FileWarning::UnknownCharacters { .. });
        let was_not_tried = known.recognised.is_none() && known.warnings.iter().any(is_unknown);
        let is_due = |warning: &FileWarning| was_passed_over(warning) || is_passing(warning);
        is_other || was_not_tried || known.warnings.iter().any(is_due)
    }

    /// The fingerprint of the rules that a file is read by now.
    fn rules(&self, found: &CorpusFile, publication: &Publication) -> String {
        let corrections = self.corrections.about(&found.source);
        rules(self.config, found, publication, corrections.map(Arc::as_ref))
    }

    /// Writes the results in their order, whatever order they were made in.
    fn write(
        &self,
        files: &[CorpusFile],
        semaphore: &ByteSemaphore,
        results: &Receiver<JobResult>,
        writer: &mut dyn ArticleWriter,
        summary: &mut IngestSummary,
    ) -> Result<(), IngestError> {
        let mut waiting = BTreeMap::new();
        let mut next = 0;
        let mut file_writer = FileWriter::new(self, files, summary);
        for result in results {
            waiting.insert(result.number, result);
            while let Some(result) = waiting.remove(&next) {
                next += 1;
                let bytes = result.bytes;
                file_writer.take(result, writer)?;
                semaphore.release(bytes);
            }
        }
        file_writer.give_up(writer)
    }
}

/// Whether pages lack text for a reason that another run can be without.
fn is_passing(warning: &FileWarning) -> bool {
    use FailureReason::{NoRoom, NotPermitted, NotThere};
    let FileWarning::PagesNotRecognised { reason, .. } = warning else { return false };
    matches!(reason, NoRoom | NotPermitted | NotThere)
}

/// Whether a file can have pages that are pictures, by its name: other documents are not worth being read
/// twice.
fn is_scan(found: &CorpusFile) -> bool {
    let is_pdf = || found.source.to_lowercase().ends_with(".pdf");
    found.format == FileFormat::Picture || (found.format == FileFormat::Document && is_pdf())
}

/// What a thread needs that splits and annotates.
#[derive(Clone, Copy)]
struct Worker<'a> {
    annotator: &'a Annotator,
    config: &'a Config,
}

impl Worker<'_> {
    /// Splits and annotates until there are no more jobs.
    fn run_jobs(self, jobs: &Mutex<Receiver<Job>>, results: &Sender<JobResult>) {
        loop {
            let next = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
            let Ok(job) = next else { return };
            let (number, file, bytes) = (job.number, job.file, job.bytes);
            let output = catch_unwind(AssertUnwindSafe(|| self.run_job(job)));
            let output = output.unwrap_or_else(|panic| failure(panic.as_ref()));
            if results.send(JobResult { number, file, bytes, output }).is_err() {
                return;
            }
        }
    }

    fn run_job(self, job: Job) -> JobOutput {
        let source = &job.source;
        let is_apart = job.articles.is_some();
        let split_file = split(source, job.articles, &job.publication, self.config);
        let corrected = match &job.corrections {
            Some(decided) => curation::apply(decided, source, split_file, self.annotator),
            None => CorrectedFile {
                records: self.annotator.annotate(source, &split_file),
                split_file,
                outcome: curation::Outcome::default(),
            },
        };
        let CorrectedFile { split_file, records, outcome } = corrected;
        let part = if is_apart {
            PartReport::of_articles(source, records.len())
        } else {
            PartReport::of_text(source, &split_file)
        };
        JobOutput::Part(records, Box::new(part.with_corrections(outcome)))
    }
}

/// A panic on one file must not stop the others.
fn failure(panic: &(dyn Any + Send)) -> JobOutput {
    let warning = FileWarning::ProgramFailed { reason: reason(panic) };
    JobOutput::Part(Vec::new(), Box::new(PartReport::of_failure(warning)))
}

/// Turns a panic while a file is read into the report on a file that cannot be read.
fn guarded<T>(found: &CorpusFile, step: impl FnOnce() -> T) -> Result<T, ReadReport> {
    catch_unwind(AssertUnwindSafe(step)).map_err(|panic| ReadReport {
        outcome: intake::ReadOutcome::Unreadable,
        bytes: found.bytes,
        warnings: vec![FileWarning::ProgramFailedReading { reason: reason(panic.as_ref()) }],
        ..ReadReport::default()
    })
}

fn reason(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("no reason given").to_owned()
}

/// The text of a chunk, or the articles that it keeps apart.
fn text_and_articles(
    found: &CorpusFile,
    chunk: Chunk,
    meta: &SourceMeta,
) -> (Box<SourceText>, Option<Vec<Article>>) {
    match chunk {
        Chunk::Text(source) => (source, None),
        Chunk::Articles(articles) => (Box::new(without_text(found, meta)), Some(articles)),
    }
}

fn split(
    source: &SourceText,
    articles: Option<Vec<Article>>,
    publication: &Publication,
    config: &Config,
) -> SplitFile {
    match articles {
        None => publication.split(source, config),
        Some(articles) => SplitFile { articles, ..SplitFile::default() },
    }
}

/// What is known of the file, for articles that it keeps apart: they need no text.
fn without_text(found: &CorpusFile, meta: &SourceMeta) -> SourceText {
    SourceText { path: found.source.clone(), meta: meta.clone(), ..SourceText::default() }
}

fn size(article: &Article) -> u64 {
    (article.body.len() + article.title.as_deref().map_or(0, str::len)) as u64
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::super::curated::CorpusCorrections;
    use super::super::plan::IngestPlan;
    use super::super::publication::Publications;
    use super::*;
    use crate::index::{IndexWriter, IndexWriterOptions};

    fn file(name: &str, format: FileFormat) -> CorpusFile {
        CorpusFile {
            path: name.into(),
            real: name.into(),
            source: name.to_owned(),
            packed: None,
            parts: Vec::new(),
            pictures: Vec::new(),
            format,
            bytes: 7,
            modified: None,
        }
    }

    #[test]
    fn a_file_whose_end_does_not_come_is_taken_back() {
        let place = tempfile::tempdir().expect("a folder");
        let plan = IngestPlan::new(place.path().join("corpus"), place.path().join("index"));
        let (config, known, annotator) = (Config::default(), HashMap::new(), Annotator::new());
        let pipeline = Pipeline {
            plan: &plan,
            config: &config,
            known: &known,
            progress: &(),
            publications: Publications::default(),
            corrections: CorpusCorrections::default(),
        };
        let article = Article { body: "渡口开渡。".to_owned(), ..Article::default() };
        let job = Job {
            number: 0,
            file: 0,
            bytes: 0,
            source: Box::default(),
            publication: Arc::default(),
            corrections: None,
            articles: Some(vec![article]),
        };
        let output = Worker { annotator: &annotator, config: &config }.run_job(job);
        let (sender, results) = channel();
        sender.send(JobResult { number: 0, file: 0, bytes: 0, output }).expect("sent");
        drop(sender);
        let options = IndexWriterOptions { threads: 1, user_words: None, rebuild: false };
        let mut writer = IndexWriter::open(&plan.index, options).expect("a new index");
        let (files, semaphore) = ([file("a.jsonl", FileFormat::Jsonl)], ByteSemaphore::new(1));
        let mut summary = IngestSummary::default();
        pipeline
            .write(&files, &semaphore, &results, &mut writer, &mut summary)
            .expect("the index can be written to");
        assert_eq!(summary, IngestSummary::default());
        writer.commit().expect("committed");
        assert!(writer.file_reports().expect("read").is_empty());
    }

    #[test]
    fn pages_that_the_system_was_in_the_way_of_are_tried_again() {
        let failed = |reason| FileWarning::PagesNotRecognised { count: 1, first: 1, reason };
        assert!(is_passing(&failed(FailureReason::NoRoom)));
        assert!(!is_passing(&failed(FailureReason::TookTooLong { seconds: 300 })));
    }

    #[test]
    fn a_fault_while_a_file_is_read_is_an_unreadable_file() {
        let found = file("odd.html", FileFormat::Html);
        assert_eq!(guarded(&found, || 3), Ok(3));
        let receipt = guarded(&found, || -> u8 { panic!("no such node") }).expect_err("a fault");
        assert_eq!(receipt.outcome, intake::ReadOutcome::Unreadable);
        let reason = "no such node".to_owned();
        assert_eq!(receipt.warnings, [FileWarning::ProgramFailedReading { reason }]);
        assert!(receipt.hash.is_empty(), "the next run reads it again");
    }
}
