//! What an ingest asks of whoever writes an archive.

use super::IndexError;
use super::corpus::CorpusIdentity;
use super::verify::DamagedFile;
use super::writer::IndexWriter;
use crate::model::{FileReport, Record};

/// Writes articles and reports on files, in steps that are seen wholly or not at all. What is not
/// committed when it goes away is lost; what is committed is kept.
pub trait ArticleWriter {
    /// Files that were damaged and are made again.
    fn healed(&self) -> &[DamagedFile];

    /// Notes at once which corpus the articles of a new archive are from.
    ///
    /// # Errors
    /// When it cannot be written.
    fn begin_with(&mut self, corpus: CorpusIdentity) -> Result<(), IndexError>;

    /// Notes which corpus the articles are from, once [`Self::finish`] has come to its end.
    fn remember(&mut self, corpus: CorpusIdentity);

    /// The reports on all files as they were committed last, in the order of their paths.
    ///
    /// # Errors
    /// When the archive cannot be read.
    fn file_reports(&self) -> Result<Vec<FileReport>, IndexError>;

    /// Takes out the articles of a file and the report on it.
    fn forget(&mut self, source: &str);

    /// Takes out what the archive had of a file before this writer was opened.
    ///
    /// # Errors
    /// When the engine refuses.
    fn replace(&mut self, source: &str) -> Result<(), IndexError>;

    /// Takes out the articles of a file that this writer added.
    ///
    /// # Errors
    /// When the engine refuses.
    fn undo(&mut self, source: &str) -> Result<(), IndexError>;

    /// Takes out the report on a file; its articles stay.
    ///
    /// # Errors
    /// When the engine refuses.
    fn forget_report(&mut self, source: &str) -> Result<(), IndexError>;

    /// Adds an article.
    ///
    /// # Errors
    /// When the archive cannot be written to.
    fn add(&mut self, record: &Record) -> Result<(), IndexError>;

    /// Adds the report on a file.
    ///
    /// # Errors
    /// When the archive cannot be written to.
    fn report(&mut self, report: &FileReport) -> Result<(), IndexError>;

    /// Makes everything since the last commit visible in one step.
    ///
    /// # Errors
    /// When the archive cannot be written to. Then nothing since the last commit is seen.
    fn commit(&mut self) -> Result<(), IndexError>;

    /// Commits, and puts a rebuilt archive into use. Gives the number of reprints that are known.
    ///
    /// # Errors
    /// When the archive cannot be written to.
    fn finish(self: Box<Self>) -> Result<u64, IndexError>;
}

impl ArticleWriter for IndexWriter {
    fn healed(&self) -> &[DamagedFile] {
        self.healed()
    }

    fn begin_with(&mut self, corpus: CorpusIdentity) -> Result<(), IndexError> {
        self.begin_with(corpus)
    }

    fn remember(&mut self, corpus: CorpusIdentity) {
        self.remember(corpus);
    }

    fn file_reports(&self) -> Result<Vec<FileReport>, IndexError> {
        self.file_reports()
    }

    fn forget(&mut self, source: &str) {
        self.forget(source);
    }

    fn replace(&mut self, source: &str) -> Result<(), IndexError> {
        self.replace(source)
    }

    fn undo(&mut self, source: &str) -> Result<(), IndexError> {
        self.undo(source)
    }

    fn forget_report(&mut self, source: &str) -> Result<(), IndexError> {
        self.forget_report(source)
    }

    fn add(&mut self, record: &Record) -> Result<(), IndexError> {
        self.add(record)
    }

    fn report(&mut self, report: &FileReport) -> Result<(), IndexError> {
        self.report(report)
    }

    fn commit(&mut self) -> Result<(), IndexError> {
        self.commit()
    }

    fn finish(self: Box<Self>) -> Result<u64, IndexError> {
        (*self).finish()
    }
}
