//! Reads the bytes of a file once, hashes them on the way, and detects changes meanwhile.

use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::path::Path;
use std::time::SystemTime;

use super::content::DocumentKind;
use super::open::open;
use super::walk::CorpusFile;
use crate::model::FileWarning;

/// The outcome of reading a file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum ReadOutcome {
    /// It was read to its end.
    #[default]
    Read,
    /// It is empty or has only white space.
    Empty,
    /// It is not text.
    Binary,
    /// It could not be opened or read to its end.
    Unreadable,
    /// It changed while it was read, so its chunks may mix old and new content. It is to be read
    /// again.
    Changed,
}

/// The report on a file that has been read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadReport {
    /// What became of it.
    pub outcome: ReadOutcome,
    /// Size in bytes, as read from the disk.
    pub bytes: u64,
    /// BLAKE3 of these bytes in hexadecimal; empty unless the file was read to its end.
    pub hash: String,
    /// Number of non-blank lines of a JSONL file, with or without an article; 0 for a text.
    pub lines: u64,
    /// Encoding that the text was decoded from.
    pub encoding: &'static str,
    /// What was to recognise the text of its pictures, if there were any, whether it could or not.
    pub recognised: Option<String>,
    /// Warnings about the file: at most 100, and a count of the others.
    pub warnings: Vec<FileWarning>,
}

impl ReadReport {
    /// Whether it says nothing of the text in the file: what reads such files is not there, or failed on all of it.
    /// Pictures lack something that recognises them if they were recognised before.
    #[must_use]
    pub fn lacks_reader(&self, was_recognised: bool) -> bool {
        let is_about_reader = |warning: &FileWarning| {
            matches!(
                warning,
                FileWarning::OldOffice
                    | FileWarning::RichText
                    | FileWarning::PagesNotRecognised { .. }
            ) || was_recognised && matches!(warning, FileWarning::PagesWithoutText { .. })
        };
        matches!(self.outcome, ReadOutcome::Empty | ReadOutcome::Binary)
            && self.warnings.iter().any(is_about_reader)
    }
}

impl CorpusFile {
    /// Hash of the content as in [`ReadReport::hash`], that of its parts included, to decide whether the file
    /// has to be read at all. Of a file that is refused by its name, size and time are enough.
    ///
    /// # Errors
    /// When the file cannot be read, or the path leads to another one than when it was found.
    pub fn content_hash(&self) -> io::Result<String> {
        let mut hasher = blake3::Hasher::new();
        if self.unread_kind().is_some() && self.is_refused(DocumentKind::of(&mut open(self)?)?) {
            let stat = format!("{} {:?}", self.bytes, self.modified);
            return Ok(hasher.update(stat.as_bytes()).finalize().to_hex().to_string());
        }
        for file in [self].into_iter().chain(&self.parts) {
            hasher.update_reader(open(file)?)?;
        }
        Ok(hasher.finalize().to_hex().to_string())
    }

    /// Where it is, for people: of what is packed in an archive also its name there.
    #[must_use]
    pub fn shown_path(&self) -> String {
        let path = self.path.display().to_string();
        self.packed.as_ref().map_or(path.clone(), |name| format!("{path}/{}", name.path))
    }

    /// What its name ends with, as `.pdf`.
    pub(super) fn ending(&self) -> Option<String> {
        let extension = Path::new(&self.source).extension()?;
        Some(format!(".{}", extension.to_string_lossy().to_lowercase()))
    }

    /// Whether its name says that it is not read, and its content, which is this, nothing else.
    pub(super) fn is_refused(&self, content: Option<DocumentKind>) -> bool {
        self.unread_kind().is_some() && !content.is_some_and(DocumentKind::is_read_by_any_name)
    }
}

/// Hash of the content of the file at a path, as in [`ReadReport::hash`].
///
/// # Errors
/// When the file cannot be read.
pub fn content_hash(path: &Path) -> io::Result<String> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(File::open(path)?)?;
    Ok(hasher.finalize().to_hex().to_string())
}

/// Size and modification time. If they differ, the file was written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FileStat(u64, Option<SystemTime>);

impl FileStat {
    pub(super) fn of(path: &Path) -> io::Result<Self> {
        Ok(Self::from(&fs::metadata(path)?))
    }

    pub(super) fn of_open(file: &File) -> io::Result<Self> {
        Ok(Self::from(&file.metadata()?))
    }

    fn from(metadata: &Metadata) -> Self {
        Self(metadata.len(), metadata.modified().ok())
    }
}

/// A reader that hashes the bytes that pass through it.
pub(super) struct HashingReader<R> {
    inner: R,
    hasher: blake3::Hasher,
    bytes: u64,
}

impl<R: Read> HashingReader<R> {
    pub(super) fn new(inner: R) -> Self {
        Self { inner, hasher: blake3::Hasher::new(), bytes: 0 }
    }

    /// What is read, for reading it again: that is not hashed.
    pub(super) fn get_mut(&mut self) -> &mut R {
        &mut self.inner
    }

    /// Number and hash of the bytes that passed.
    pub(super) fn sum(&self) -> (u64, String) {
        (self.bytes, self.hasher.finalize().to_hex().to_string())
    }
}

impl<R: Read> Read for HashingReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.hasher.update(buffer.get(..count).unwrap_or_default());
        self.bytes += count as u64;
        Ok(count)
    }
}

/// Warnings of one file: the first hundred in full, the others counted.
#[derive(Debug, Default)]
pub(super) struct Warnings {
    shown: Vec<FileWarning>,
    more: u64,
}

impl Warnings {
    pub(super) fn push(&mut self, warning: FileWarning) {
        if self.shown.len() < 100 {
            self.shown.push(warning);
        } else {
            self.more += 1;
        }
    }

    /// Whether it is said already why there is no text.
    pub(super) fn say_why_empty(&self) -> bool {
        let is_reason = |warning: &FileWarning| {
            matches!(
                warning,
                FileWarning::PagesWithoutText { .. }
                    | FileWarning::PagesUnread { .. }
                    | FileWarning::PagesNotRecognised { .. }
                    | FileWarning::PagesLeftOut { .. }
                    | FileWarning::NoPageRead { .. }
                    | FileWarning::PageOfFrames
                    | FileWarning::PageMadeByScript
                    | FileWarning::NamedFilesMissing { .. }
                    | FileWarning::NamedFilesOutside { .. }
                    | FileWarning::PicturesWithoutText { .. }
                    | FileWarning::XmlBroken { .. }
            )
        };
        self.shown.iter().any(is_reason)
    }

    pub(super) fn finish(mut self) -> Vec<FileWarning> {
        if self.more > 0 {
            self.shown.push(FileWarning::More { count: self.more });
        }
        self.shown
    }
}
