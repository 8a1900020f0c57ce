//! Reads a file into texts, or into articles if these are already separate.

use std::io;

use super::chunks::{ChunkLimit, TextChunks};
use super::config::Config;
use super::content::{DocumentKind, is_binary, unread_kind_of, zeros};
use super::conversion::Conversion;
use super::document::DocumentReader;
use super::failing::reason_of;
use super::file::{FileStat, HashingReader, ReadOutcome, ReadReport, Warnings};
use super::gathered;
use super::html;
use super::jsonl_reader::JsonlReader;
use super::nesting::{MAX_NESTING, bounded};
use super::open::{leads_elsewhere, open};
use super::packed;
use super::reading::ReadingSettings;
use super::scans;
use super::terminal::without_terminal_codes;
use super::walk::{self, CorpusFile, FileFormat};
use crate::model::{Article, FileWarning, SourceMeta, SourceText};
use crate::recognise::Recogniser;
use crate::text::{Decoded, decode};

/// A part of a file.
#[derive(Debug, Clone, PartialEq)]
pub enum Chunk {
    /// A text to be split into articles: the whole file, or a part of a very large file that ends
    /// at a blank line.
    Text(Box<SourceText>),
    /// Articles that are already separate, in the order of their lines.
    Articles(Vec<Article>),
}

/// A file being read, as an iterator over its chunks. Never fails; the report has what went wrong.
pub struct FileReader {
    source: String,
    format: FileFormat,
    meta: SourceMeta,
    /// The encoding stated in `corpus.toml`.
    hint: Option<&'static str>,
    settings: ReadingSettings,
    recogniser: Option<Recogniser>,
    conversion: Conversion,
    file: CorpusFile,
    before: Option<FileStat>,
    state: ReaderState,
    report: ReadReport,
    warnings: Warnings,
}

enum ReaderState {
    TextChunks(Box<TextChunks>),
    Document(Box<DocumentReader>),
    Articles(Box<JsonlReader>),
    Done,
}

/// A text is read in chunks of at most this size.
pub(super) const MAX_CHUNK: ChunkLimit = ChunkLimit { bytes: 64 * 1024 * 1024, lines: 100_000 };

/// What cannot be read in chunks has this size at most.
const WHOLE: ChunkLimit = ChunkLimit { bytes: MAX_CHUNK.bytes, lines: usize::MAX };

/// Opens a file for reading.
#[must_use]
pub fn read(file: &CorpusFile, config: &Config) -> FileReader {
    FileReader::new(file, config, MAX_CHUNK)
}

impl FileReader {
    pub(super) fn new(file: &CorpusFile, config: &Config, chunk: ChunkLimit) -> Self {
        let mut reader = Self {
            source: file.source.clone(),
            format: file.format,
            meta: config.meta(&file.source),
            hint: config.encoding(&file.source),
            settings: config.reading(&file.source),
            recogniser: config.recogniser(&file.source).cloned(),
            conversion: config.conversion.clone(),
            file: file.clone(),
            before: None,
            state: ReaderState::Done,
            report: ReadReport::default(),
            warnings: Warnings::default(),
        };
        match reader.open(chunk) {
            Ok(state) => reader.state = state,
            Err(error) => reader.unreadable(&error),
        }
        reader
    }

    /// What is known about the file besides its text; complete once the first chunk has been taken.
    #[must_use]
    pub fn meta(&self) -> &SourceMeta {
        &self.meta
    }

    /// The report on the file. Chunks that have not been taken are read and dropped, so that hash
    /// and warnings cover the whole file.
    #[must_use]
    pub fn finish(mut self) -> ReadReport {
        self.by_ref().for_each(drop);
        ReadReport { warnings: self.warnings.finish(), ..self.report }
    }

    fn open(&mut self, chunk: ChunkLimit) -> io::Result<ReaderState> {
        if self.file.packed.is_none() && packed::is_archive(&self.file.path) {
            let (outcome, warning) = match packed::is_document(&self.file.path) {
                Ok(true) => (ReadOutcome::Read, None),
                // It was mended since it was found.
                Ok(false) => (ReadOutcome::Changed, Some(FileWarning::ChangedWhileRead)),
                Err(problem) => (ReadOutcome::Unreadable, Some(problem)),
            };
            if let Some(warning) = warning {
                self.report.outcome = outcome;
                self.warnings.push(warning);
                return Ok(ReaderState::Done);
            }
        }
        let mut file = open(&self.file)?;
        self.before = Some(match self.file.packed {
            Some(_) => FileStat::of(&self.file.path)?,
            None => FileStat::of_open(&file)?,
        });
        let is_text = self.format.is_to_be_split();
        let document = if is_text { DocumentKind::of(&mut file)? } else { None };
        if let Some(kind) = self.file.unread_kind()
            && self.file.is_refused(document)
        {
            self.warnings.push(FileWarning::NotRead { kind });
            if self.file.is_unlisted() {
                // What was read of it before stays.
                self.report.outcome = ReadOutcome::Unreadable;
                return Ok(ReaderState::Done);
            }
            self.report.outcome = ReadOutcome::Binary;
            self.close((self.file.bytes, self.file.content_hash()?));
            return Ok(ReaderState::Done);
        }
        let input = HashingReader::new(file);
        if let Some(kind) = document {
            let (settings, recogniser) = (self.settings.clone(), self.recogniser.clone());
            let conversion = self.conversion.clone();
            let document =
                DocumentReader::new(kind, input, chunk, settings, recogniser, conversion);
            return Ok(ReaderState::Document(Box::new(document)));
        }
        Ok(match self.format {
            FileFormat::Text
            | FileFormat::Html
            | FileFormat::Document
            | FileFormat::Scan
            | FileFormat::Picture => {
                ReaderState::TextChunks(Box::new(TextChunks::new(input, chunk)))
            }
            FileFormat::Jsonl => {
                ReaderState::Articles(Box::new(JsonlReader::plain(input, self.hint)))
            }
            FileFormat::JsonlZst => {
                ReaderState::Articles(Box::new(JsonlReader::compressed(input, self.hint)?))
            }
        })
    }

    /// Whether the file was written to since it was opened.
    fn has_changed(&self) -> bool {
        FileStat::of(&self.file.path).ok() != self.before
    }

    fn unreadable(&mut self, error: &io::Error) {
        self.report.outcome = ReadOutcome::Unreadable;
        self.warnings.push(match () {
            () if leads_elsewhere(error) => FileWarning::LeadsElsewhere,
            () if packed::is_locked(error) => FileWarning::Encrypted,
            () => FileWarning::Unreadable { reason: reason_of(error) },
        });
    }

    fn next_text(&mut self, mut texts: Box<TextChunks>) -> io::Result<Option<Chunk>> {
        let Some(mut bytes) = texts.next_bytes(self.hint)? else {
            if !texts.has_text {
                self.report.outcome = ReadOutcome::Empty;
            }
            self.close(texts.sum());
            return Ok(None);
        };
        if texts.is_whole() && self.has_changed() {
            // Starts over once; another change is reported at the end.
            if let ReaderState::TextChunks(again) = self.open(texts.chunk)? {
                texts = again;
                bytes = texts.next_bytes(self.hint)?.unwrap_or_default();
            }
        }
        let is_first = texts.encoding.is_none();
        let said = self.hint.or(texts.encoding).or_else(|| match self.format {
            FileFormat::Html | FileFormat::Document => html::charset(&bytes),
            _ => None,
        });
        let mut decoded = decode(&bytes, said);
        let is_scan = is_first && scans::format_of(&decoded.text).is_some();
        if is_scan && !texts.is_whole() && texts.chunk.lines < WHOLE.lines {
            // Pages are not read in parts, and have a word on each line.
            return match self.open(WHOLE)? {
                ReaderState::TextChunks(whole) => self.next_text(whole),
                _ => Ok(None),
            };
        }
        let zeros = zeros(&bytes);
        let mut terminal_codes = 0;
        if decoded.text.contains('\x1b') {
            (decoded.text, terminal_codes) = without_terminal_codes(&decoded.text);
        }
        if is_first && is_binary(&decoded, &bytes) {
            return self.refuse(self.no_text(&bytes), &mut texts);
        }
        drop(bytes);
        if terminal_codes > 0 {
            self.warnings.push(FileWarning::TerminalCodes { count: terminal_codes });
        }
        texts.encoding = Some(decoded.encoding);
        self.report.encoding = decoded.encoding;
        if decoded.text.contains('\0') {
            self.warnings.push(FileWarning::ZeroBytes { count: zeros as u64 });
            decoded.text = decoded.text.replace('\0', " ");
        }
        if is_first && self.format != FileFormat::Html && html::is_page(&decoded.text) {
            self.format = FileFormat::Html;
        }
        if is_first && self.format == FileFormat::Html {
            if walk::is_server_page(&self.file) && html::is_server_program(&decoded.text) {
                return self.refuse(FileWarning::ServerProgram, &mut texts);
            }
            if !html::has_tags(&decoded.text) {
                self.format = FileFormat::Text;
            }
        }
        if is_scan {
            self.format = FileFormat::Scan;
        } else if is_first && self.format == FileFormat::Scan && !scans::is_markup(&decoded.text) {
            self.format = FileFormat::Text;
        }
        let megabytes = Some(MAX_CHUNK.bytes as u64 >> 20).filter(|_| !texts.is_whole());
        if is_first
            && self.format == FileFormat::Scan
            && let Some(problem) = scans::problem(&decoded.text, megabytes)
        {
            return self.refuse(problem, &mut texts);
        }
        let chunk = self.chunk(decoded, &mut texts);
        self.state = ReaderState::TextChunks(texts);
        Ok(Some(chunk))
    }

    /// What is said of a file that begins with these bytes and is neither text nor anything else that is read.
    fn no_text(&self, head: &[u8]) -> FileWarning {
        if let Some(kind) = unread_kind_of(head) {
            return FileWarning::NotRead { kind };
        }
        match (self.format, self.file.ending()) {
            (FileFormat::Document | FileFormat::Picture, Some(ending)) => {
                FileWarning::NotItsForm { ending }
            }
            _ => FileWarning::NotText,
        }
    }

    /// The file is no text.
    fn refuse(&mut self, why: FileWarning, texts: &mut TextChunks) -> io::Result<Option<Chunk>> {
        self.report.outcome = ReadOutcome::Binary;
        self.warnings.push(why);
        texts.skip_rest()?;
        self.close(texts.sum());
        Ok(None)
    }

    fn chunk(&mut self, decoded: Decoded, texts: &mut TextChunks) -> Chunk {
        if let Some(first) = decoded.bad.first() {
            let line = first.line + texts.lines;
            let (count, encoding) = (decoded.bad_count, decoded.encoding.to_owned());
            self.warnings.push(FileWarning::BadBytes { count, encoding, line });
        }
        if !texts.is_whole() && texts.lines == 0 {
            let megabytes = texts.chunk.bytes as u64 / (1024 * 1024);
            let lines = texts.chunk.lines as u64;
            self.warnings.push(FileWarning::InParts { megabytes, lines });
        }
        if self.format == FileFormat::Scan {
            return self.pages(&decoded.text, texts);
        }
        let ends_line = decoded.text.ends_with('\n');
        let plain = SourceText::from_text(&self.source, decoded.text);
        let count = plain.lines.len() as u32;
        let mut text = match self.format {
            FileFormat::Html => {
                let (html, too_deep) = bounded(&plain.text);
                if too_deep {
                    self.warnings.push(FileWarning::NestedTooDeep { levels: MAX_NESTING as u64 });
                }
                let text = html::main_text(&plain, &html, &self.settings, &mut self.meta);
                if texts.is_whole()
                    && text.text.trim().is_empty()
                    && let Some(why) = html::why_empty(&html)
                {
                    self.warnings.push(why);
                }
                text
            }
            _ => plain,
        };
        texts.has_text |= !text.text.trim().is_empty();
        if texts.lines > 0 {
            text.lines.iter_mut().for_each(|line| line.number += texts.lines);
        }
        texts.lines += if ends_line { count } else { count.saturating_sub(1) };
        text.meta = self.meta.clone();
        Chunk::Text(Box::new(text))
    }

    /// The text of a file of pages, which is read as a whole.
    fn pages(&mut self, file: &str, texts: &mut TextChunks) -> Chunk {
        let mut beside = |path: &str| gathered::text_of_part(&self.file, path);
        let (meta, settings) = (&mut self.meta, &self.settings);
        let (mut text, problems) = scans::text(&self.source, file, settings, meta, &mut beside);
        for problem in problems {
            self.warnings.push(problem);
        }
        texts.has_text |= !text.text.trim().is_empty();
        text.meta = self.meta.clone();
        Chunk::Text(Box::new(text))
    }

    fn next_of_document(&mut self, mut document: Box<DocumentReader>) -> io::Result<Option<Chunk>> {
        let meta = &mut self.meta;
        let part = document.next_text(&self.source, self.hint, meta, &mut self.warnings)?;
        self.report.encoding = document.encoding();
        Ok(if let Some(text) = part {
            self.state = ReaderState::Document(document);
            Some(Chunk::Text(Box::new(text)))
        } else {
            self.report.outcome = document.outcome;
            self.report.recognised = document.recogniser().map(str::to_owned);
            self.close(document.sum());
            None
        })
    }

    fn next_articles(&mut self, mut lines: Box<JsonlReader>) -> io::Result<Option<Chunk>> {
        let batch = lines.next_batch(&mut self.warnings);
        self.report.encoding = lines.encoding;
        self.report.lines = lines.filled;
        match batch {
            Ok(Some(articles)) => {
                self.state = ReaderState::Articles(lines);
                Ok(Some(Chunk::Articles(articles)))
            }
            Ok(None) => {
                self.report.outcome = lines.outcome();
                self.close(lines.sum());
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    /// The end was reached.
    fn close(&mut self, (bytes, hash): (u64, String)) {
        (self.report.bytes, self.report.hash) = (bytes, hash);
        if !self.file.parts.is_empty() {
            self.report.bytes = self.file.bytes;
            self.report.hash = self.file.content_hash().unwrap_or_default();
        }
        if self.has_changed() {
            self.report.outcome = ReadOutcome::Changed;
            self.warnings.push(FileWarning::ChangedWhileRead);
        } else if self.report.outcome == ReadOutcome::Empty && !self.warnings.say_why_empty() {
            self.warnings.push(FileWarning::Empty);
        }
    }
}

impl Iterator for FileReader {
    type Item = Chunk;

    fn next(&mut self) -> Option<Chunk> {
        let chunk = match std::mem::replace(&mut self.state, ReaderState::Done) {
            ReaderState::TextChunks(texts) => self.next_text(texts),
            ReaderState::Document(document) => self.next_of_document(document),
            ReaderState::Articles(lines) => self.next_articles(lines),
            ReaderState::Done => return None,
        };
        chunk.unwrap_or_else(|error| {
            self.unreadable(&error);
            None
        })
    }
}
