//! Writes the results of one file after another, and commits only between two files.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use jiff::Timestamp;

use super::job::{JobOutput, JobResult, Pipeline};
use super::path_conflict::absolute;
use super::plan::IngestError;
use super::progress::{Event, FileOutcome};
use super::report::{PartReport, add_receipt, settle_corrections};
use super::summary::IngestSummary;
use crate::index::ArticleWriter;
use crate::intake::{CorpusFile, ReadOutcome, ReadReport};
use crate::model::{ArticleId, FileReport, FileWarning, Record};

/// Takes the results of all files in their order.
pub(super) struct FileWriter<'a> {
    pipeline: &'a Pipeline<'a>,
    files: &'a [CorpusFile],
    summary: &'a mut IngestSummary,
    /// The file of which some articles are written and some are not.
    open: Option<OpenFile>,
    /// Bytes of files since the last commit.
    uncommitted: u64,
}

struct OpenFile {
    report: FileReport,
    ids: HashSet<ArticleId>,
    /// Whether the program failed on a part of it.
    failed: bool,
    /// The figures of the run before this file.
    before: IngestSummary,
}

impl<'a> FileWriter<'a> {
    pub(super) fn new(
        pipeline: &'a Pipeline<'a>,
        files: &'a [CorpusFile],
        summary: &'a mut IngestSummary,
    ) -> Self {
        Self { pipeline, files, summary, open: None, uncommitted: 0 }
    }

    pub(super) fn take(
        &mut self,
        result: JobResult,
        writer: &mut dyn ArticleWriter,
    ) -> Result<(), IngestError> {
        let Some(found) = self.files.get(result.file) else { return Ok(()) };
        match result.output {
            JobOutput::Part(records, part) => {
                let articles = records.len() as u64;
                self.part(found, records, *part, writer)?;
                let (bytes, of) = (result.bytes, found.bytes);
                self.pipeline.progress.event(Event::Part { articles, bytes, of });
                Ok(())
            }
            JobOutput::End(receipt) => self.end(found, receipt, writer),
            JobOutput::Unchanged => {
                self.summary.files_skipped += 1;
                let known = self.pipeline.known.get(&found.source);
                self.summary.warnings_before +=
                    known.map_or(0, |known| known.warnings.len() as u64);
                self.note_pictures(found, writer)?;
                self.tell(found, FileOutcome::Unchanged);
                Ok(())
            }
        }
    }

    /// Takes back what was written of a file whose end does not come: the index keeps what it had of it.
    pub(super) fn give_up(&mut self, writer: &mut dyn ArticleWriter) -> Result<(), IngestError> {
        if let Some(file) = self.open.take() {
            *self.summary = file.before;
            writer.undo(&file.report.source)?;
        }
        Ok(())
    }

    fn part(
        &mut self,
        found: &CorpusFile,
        records: Vec<Record>,
        part: PartReport,
        writer: &mut dyn ArticleWriter,
    ) -> Result<(), IngestError> {
        let mut file = self.open.take().unwrap_or_else(|| self.begin(found));
        if let Some(first) = records.first()
            && file.report.articles == 0
        {
            file.report.issue = first.issue.clone();
        }
        for mut record in records {
            file.report.articles += 1;
            record.ordinal = file.report.articles as u32;
            // The same text can occur in two parts of a large file, whose ids were assigned separately.
            record.id = record.id.beside(&mut file.ids);
            self.summary.count_article(&record);
            self.summary.text_bytes += text_size(&record);
            writer.add(&record)?;
        }
        file.failed |= part.failed;
        part.add_to(&mut file.report);
        self.open = Some(file);
        Ok(())
    }

    fn end(
        &mut self,
        found: &CorpusFile,
        receipt: ReadReport,
        writer: &mut dyn ArticleWriter,
    ) -> Result<(), IngestError> {
        let known = self.pipeline.known.get(&found.source);
        let is_whole = !matches!(receipt.outcome, ReadOutcome::Unreadable | ReadOutcome::Changed);
        // A copy that failed, or a full disk, leaves a file without a byte.
        let is_emptied = found.bytes == 0 && receipt.warnings.contains(&FileWarning::Empty);
        let says_nothing = |known: &FileReport| {
            !is_whole || is_emptied || receipt.lacks_reader(known.recognised.is_some())
        };
        match known.filter(|known| known.articles > 0 && says_nothing(known)) {
            Some(known) => self.kept(found, receipt, known, writer)?,
            None => self.taken(found, receipt, is_whole, known.is_some(), writer)?,
        }
        self.uncommitted += found.bytes;
        if self.uncommitted >= self.pipeline.plan.commit_after {
            writer.commit()?;
            self.uncommitted = 0;
            self.pipeline.progress.event(Event::Committed);
        }
        Ok(())
    }

    /// A file whose articles are kept: either it was read to its end, and replaces what the index had
    /// of it; or it is new and was read in part, which is better than nothing, and the next run reads
    /// it again.
    fn taken(
        &mut self,
        found: &CorpusFile,
        receipt: ReadReport,
        is_whole: bool,
        is_known: bool,
        writer: &mut dyn ArticleWriter,
    ) -> Result<(), IngestError> {
        let mut file = self.open.take().unwrap_or_else(|| self.begin(found));
        let is_text = receipt.outcome != ReadOutcome::Binary;
        add_receipt(&mut file.report, receipt);
        if file.failed || !is_whole {
            file.report.hash.clear();
        }
        let decided = self.pipeline.corrections.about(&found.source);
        settle_corrections(&mut file.report, decided.map(AsRef::as_ref));
        if is_known {
            writer.replace(&found.source)?;
        }
        writer.report(&file.report)?;
        self.summary.count_file(&file.report);
        if !is_whole {
            self.failed(found, &file.report.warnings);
            return Ok(());
        }
        if is_text {
            self.summary.files_taken += 1;
        } else {
            self.summary.files_not_text += 1;
        }
        self.summary.files_new += u64::from(!is_known);
        self.tell(found, FileOutcome::Taken { report: &file.report, is_new: !is_known });
        Ok(())
    }

    /// A file that could not be read to its end, or not at all for want of a program, or that is empty now, of which
    /// the index has articles: half of a file does not replace a whole one. The articles stay, and the report on the file says why.
    fn kept(
        &mut self,
        found: &CorpusFile,
        mut receipt: ReadReport,
        known: &FileReport,
        writer: &mut dyn ArticleWriter,
    ) -> Result<(), IngestError> {
        self.give_up(writer)?;
        receipt.warnings.push(FileWarning::EarlierKept { articles: known.articles });
        let mut report = FileReport { hash: String::new(), ..known.clone() };
        report.warnings.retain(|warning| !receipt.warnings.contains(warning));
        report.warnings.splice(0..0, receipt.warnings.iter().cloned());
        writer.forget_report(&found.source)?;
        writer.report(&report)?;
        self.summary.warnings += receipt.warnings.len() as u64;
        self.failed(found, &receipt.warnings);
        Ok(())
    }

    /// Writes down which pictures belong to a file that is as it was.
    fn note_pictures(
        &self,
        found: &CorpusFile,
        writer: &mut dyn ArticleWriter,
    ) -> Result<(), IngestError> {
        let Some(known) = self.pipeline.known.get(&found.source) else { return Ok(()) };
        let pictures = self.pictures(found);
        if pictures != known.pictures {
            writer.forget_report(&found.source)?;
            writer.report(&FileReport { pictures, ..known.clone() })?;
        }
        Ok(())
    }

    /// The pictures that belong to a file. Where some files alone were looked at, those that were found before
    /// do as well.
    fn pictures(&self, found: &CorpusFile) -> Vec<String> {
        let mut pictures = found.pictures.clone();
        if !self.pipeline.plan.paths.is_empty()
            && let Some(known) = self.pipeline.known.get(&found.source)
        {
            pictures.extend(known.pictures.iter().cloned());
        }
        pictures.sort();
        pictures.dedup();
        pictures
    }

    fn failed(&mut self, found: &CorpusFile, warnings: &[FileWarning]) {
        self.summary.files_failed += 1;
        self.tell(found, FileOutcome::Failed(warnings));
    }

    /// The first result of a file.
    fn begin(&self, found: &CorpusFile) -> OpenFile {
        let report = FileReport {
            source: found.source.clone(),
            path: absolute(&found.path).display().to_string(),
            changed: changed(&found.path),
            rules: self.pipeline.rules_of(found),
            pictures: self.pictures(found),
            ..FileReport::default()
        };
        OpenFile { report, ids: HashSet::new(), failed: false, before: self.summary.clone() }
    }

    fn tell(&self, found: &CorpusFile, outcome: FileOutcome<'_>) {
        self.pipeline.progress.event(Event::of(found, outcome));
    }
}

/// When a file was last changed, to the second.
fn changed(path: &Path) -> Option<Timestamp> {
    let changed = fs::metadata(path).and_then(|file| file.modified()).ok()?;
    Timestamp::from_second(Timestamp::try_from(changed).ok()?.as_second()).ok()
}

/// Bytes of what is printed.
fn text_size(record: &Record) -> u64 {
    let head: usize = record.head().map(str::len).sum();
    (head + record.body.len()) as u64
}
