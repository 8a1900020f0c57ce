//! Reads a file into texts, or into articles if these are already separate.

use std::io;

use super::chunks::{ChunkLimit, TextChunks, is_binary, zeros};
use super::config::Config;
use super::document::{DocumentKind, DocumentReader};
use super::file::{FileStat, HashingReader, ReadOutcome, ReadReport, Warnings};
use super::gathered;
use super::html;
use super::jsonl_reader::JsonlReader;
use super::nesting::{MAX_NESTING, bounded};
use super::open::{leads_elsewhere, open};
use super::reading::ReadingSettings;
use super::scans;
use super::terminal::without_terminal_codes;
use super::walk::{CorpusFile, FileFormat};
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
const MAX_CHUNK: ChunkLimit = ChunkLimit { bytes: 64 * 1024 * 1024, lines: 100_000 };

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
        let mut file = open(&self.file)?;
        self.before = Some(match self.file.packed {
            Some(_) => FileStat::of(&self.file.path)?,
            None => FileStat::of_open(&file)?,
        });
        let is_text = self.format.is_to_be_split();
        let document = if is_text { DocumentKind::of(&mut file)? } else { None };
        let input = HashingReader::new(file);
        if let Some(kind) = document {
            let (settings, recogniser) = (self.settings.clone(), self.recogniser.clone());
            let document = DocumentReader::new(kind, input, chunk, settings, recogniser);
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
        self.warnings.push(if leads_elsewhere(error) {
            FileWarning::LeadsElsewhere
        } else {
            FileWarning::Unreadable { reason: error.to_string() }
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
        let zeros = zeros(&bytes);
        let mut terminal_codes = 0;
        if decoded.text.contains('\x1b') {
            (decoded.text, terminal_codes) = without_terminal_codes(&decoded.text);
        }
        if is_first && is_binary(&decoded, &bytes) {
            self.report.outcome = ReadOutcome::Binary;
            self.warnings.push(FileWarning::NotText);
            texts.skip_rest()?;
            self.close(texts.sum());
            return Ok(None);
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
        if is_first && scans::format_of(&decoded.text).is_some() {
            self.format = FileFormat::Scan;
        }
        if is_first && let Some(problem) = self.problem_of_pages(&decoded.text, texts.is_whole()) {
            self.report.outcome = ReadOutcome::Binary;
            self.warnings.push(problem);
            texts.skip_rest()?;
            self.close(texts.sum());
            return Ok(None);
        }
        let chunk = self.chunk(decoded, &mut texts);
        self.state = ReaderState::TextChunks(texts);
        Ok(Some(chunk))
    }

    /// Why the pages of a file cannot be read, if it should have some.
    fn problem_of_pages(&self, text: &str, is_whole: bool) -> Option<FileWarning> {
        if self.format != FileFormat::Scan {
            return None;
        }
        if scans::format_of(text).is_none() {
            return Some(scans::refusal(text));
        }
        (!is_whole).then_some(FileWarning::TooLarge { megabytes: MAX_CHUNK.bytes as u64 >> 20 })
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
        let ends_line = decoded.text.ends_with('\n');
        let plain = SourceText::from_text(&self.source, decoded.text);
        let count = plain.lines.len() as u32;
        let mut text = match self.format {
            FileFormat::Html => {
                let (html, too_deep) = bounded(&plain.text);
                if too_deep {
                    self.warnings.push(FileWarning::NestedTooDeep { levels: MAX_NESTING as u64 });
                }
                html::main_text(&plain, &html, &self.settings, &mut self.meta)
            }
            FileFormat::Scan => {
                let mut beside = |path: &str| gathered::text_of_part(&self.file, path);
                let (pages, problems) = scans::text(
                    &self.source,
                    &plain.text,
                    &self.settings,
                    &mut self.meta,
                    &mut beside,
                );
                problems.into_iter().for_each(|problem| self.warnings.push(problem));
                pages
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

    fn next_of_document(&mut self, mut document: Box<DocumentReader>) -> io::Result<Option<Chunk>> {
        let meta = &mut self.meta;
        let part = document.next_text(&self.source, self.hint, meta, &mut self.warnings)?;
        self.report.encoding = document.encoding();
        Ok(if let Some(text) = part {
            self.state = ReaderState::Document(document);
            Some(Chunk::Text(Box::new(text)))
        } else {
            self.report.outcome = document.outcome;
            self.report.recognised.clone_from(&self.meta.recognised);
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

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::intake::walk;

    /// Reads a file with this name and content; returns its chunks and its report.
    fn read_as(name: &str, bytes: &[u8], chunk: ChunkLimit) -> (Vec<Chunk>, ReadReport) {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join(name), bytes).expect("written");
        let walked = walk(folder.path(), &[]);
        let mut reader = FileReader::new(&walked.files[0], &Config::default(), chunk);
        let chunks = reader.by_ref().collect();
        (chunks, reader.finish())
    }

    fn texts(chunks: Vec<Chunk>) -> Vec<SourceText> {
        let text = |chunk| match chunk {
            Chunk::Text(text) => *text,
            Chunk::Articles(_) => panic!("a text was expected"),
        };
        chunks.into_iter().map(text).collect()
    }

    #[test]
    fn a_text_is_read_with_its_lines_hash_and_what_its_path_says() {
        let bytes = b"\xef\xbb\xbf\xe4\xb8\x80\r\n\r\nb";
        let (chunks, report) = read_as("2023-02-10_A05.txt", bytes, MAX_CHUNK);
        let text = &texts(chunks)[0];
        assert_eq!((text.text.as_str(), text.lines.len()), ("一\n\nb", 3));
        assert_eq!(text.path, "2023-02-10_A05.txt");
        assert_eq!(text.meta.page.as_deref(), Some("A05"));
        assert!(text.meta.issue_date.is_some());
        assert_eq!(report.hash, blake3::hash(bytes).to_hex().to_string());
        assert_eq!((report.outcome, report.bytes), (ReadOutcome::Read, bytes.len() as u64));
        assert_eq!((report.encoding, report.warnings.len()), ("utf-8", 0));
    }

    #[test]
    fn a_text_too_large_to_be_held_comes_in_parts_whose_lines_are_numbered_on() {
        let lines: Vec<_> = (1..=300).map(|n| format!("第{n}行\n\n")).collect();
        let text = lines.concat();
        let (whole, _) = read_as("a.txt", text.as_bytes(), MAX_CHUNK);
        let (parts, report) =
            read_as("a.txt", text.as_bytes(), ChunkLimit { bytes: 1000, ..MAX_CHUNK });
        let parts = texts(parts);
        assert!(parts.len() > 3);
        assert!(parts.iter().all(|part| part.text.len() <= 1000));
        assert_eq!(parts.iter().map(|part| part.text.as_str()).collect::<String>(), text);
        let numbers = parts.iter().flat_map(|part| part.lines.iter().map(|line| line.number));
        assert!(numbers.eq(1..=600));
        assert_eq!(texts(whole)[0].lines.len(), 600);
        assert_eq!(report.hash, blake3::hash(text.as_bytes()).to_hex().to_string());
        assert_eq!(report.warnings, [FileWarning::InParts { megabytes: 0, lines: 100_000 }]);
    }

    #[test]
    fn a_text_of_very_many_lines_comes_in_parts_too() {
        for (word, encoding) in [("一\n", "utf-8"), ("一\n\n", "utf-8"), ("一\n", "utf-16le")] {
            let text = word.repeat(500);
            let bytes = match encoding {
                "utf-8" => text.clone().into_bytes(),
                _ => format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect(),
            };
            let (parts, report) = read_as("a.txt", &bytes, ChunkLimit { lines: 90, ..MAX_CHUNK });
            let parts = texts(parts);
            assert!(parts.len() > 5 && parts.iter().all(|part| part.lines.len() <= 90));
            assert_eq!(parts.iter().map(|part| part.text.as_str()).collect::<String>(), text);
            assert_eq!(report.hash, blake3::hash(&bytes).to_hex().to_string());
            assert_eq!((report.bytes, report.outcome), (bytes.len() as u64, ReadOutcome::Read));
            assert_eq!(report.warnings, [FileWarning::InParts { megabytes: 64, lines: 90 }]);
        }
    }

    #[test]
    fn a_line_of_ten_megabytes_is_one_line() {
        let (chunks, report) = read_as("a.txt", "行".repeat(3_500_000).as_bytes(), MAX_CHUNK);
        assert_eq!(texts(chunks)[0].lines.len(), 1);
        assert_eq!((report.outcome, report.warnings.len()), (ReadOutcome::Read, 0));
    }

    #[test]
    fn each_sort_of_bad_file_has_its_own_warning() {
        for (name, bytes) in
            [("a.txt", &b""[..]), ("a.md", b" \r\n\n"), ("a.jsonl", b"\n"), ("a.html", b"<p>")]
        {
            let (_, report) = read_as(name, bytes, MAX_CHUNK);
            assert_eq!(report.outcome, ReadOutcome::Empty);
            assert_eq!(report.warnings, [FileWarning::Empty]);
        }
        let noise: Vec<u8> =
            (0..5000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        for name in ["a.txt", "a.html"] {
            let (chunks, report) = read_as(name, &noise, MAX_CHUNK);
            assert_eq!((chunks.len(), report.outcome), (0, ReadOutcome::Binary));
            assert_eq!(report.hash, blake3::hash(&noise).to_hex().to_string());
            assert_eq!(report.warnings, [FileWarning::NotText]);
        }
        let (chunks, report) = read_as("a.txt", "一二三四五六七八\n九\0十".as_bytes(), MAX_CHUNK);
        assert_eq!(texts(chunks)[0].text, "一二三四五六七八\n九 十");
        assert_eq!(report.warnings, [FileWarning::ZeroBytes { count: 1 }]);
        let (chunks, report) = read_as(
            "a.txt",
            b"plain\nplain \xff plain \xe4\xb8\x80\xe4\xb8\x80\xe4\xb8\x80\xe4\xb8\x80",
            MAX_CHUNK,
        );
        assert_eq!((chunks.len(), report.outcome), (1, ReadOutcome::Read));
        let (count, encoding, line) = (1, "utf-8".to_owned(), 2);
        assert_eq!(report.warnings, [FileWarning::BadBytes { count, encoding, line }]);
        let (chunks, report) = read_as("a.jsonl.zst", b"not zstd at all", MAX_CHUNK);
        assert_eq!((chunks.len(), report.outcome), (0, ReadOutcome::Unreadable));
        assert!(matches!(report.warnings[..], [FileWarning::Unreadable { .. }]), "{report:?}");
    }

    #[test]
    fn what_is_no_plain_text_is_recognised_whatever_its_name_says() {
        let (chunks, report) = read_as("a.txt", b"{\\rtf1\\ansi text}", MAX_CHUNK);
        assert_eq!((chunks.len(), report.outcome), (0, ReadOutcome::Binary));
        assert_eq!(report.warnings, [FileWarning::RichText]);
        let page = "\u{feff}\n<!DOCTYPE html><html><body><p>渡口开渡。</p></body></html>";
        let (chunks, report) = read_as("a.txt", page.as_bytes(), MAX_CHUNK);
        assert_eq!(texts(chunks)[0].text, "渡口开渡。\n");
        assert!(report.warnings.is_empty());
        let saved = "<?xml version='1.0'?><!-- saved from url=(0019)http://example.cn -->";
        let saved = format!("{saved}{}", page.trim_start_matches('\u{feff}'));
        let (chunks, _) = read_as("a.txt", saved.as_bytes(), MAX_CHUNK);
        assert_eq!(texts(chunks)[0].text, "渡口开渡。\n");
        let about = "<html>标签怎么用？\n先写标签。";
        let (chunks, _) = read_as("a.txt", about.as_bytes(), MAX_CHUNK);
        assert_eq!(texts(chunks)[0].text, about);
        let (chunks, report) =
            read_as("a.txt", "\x1b[1;31m渡口\x1b[0m开渡。\x1b[2K".as_bytes(), MAX_CHUNK);
        assert_eq!(texts(chunks)[0].text, "渡口开渡。");
        assert_eq!(report.warnings, [FileWarning::TerminalCodes { count: 3 }]);
        let deep = format!("<html>{}渡口{}", "<div>".repeat(3000), "</div>".repeat(3000));
        let (chunks, report) = read_as("a.html", deep.as_bytes(), MAX_CHUNK);
        assert_eq!(texts(chunks)[0].text.trim(), "渡口");
        assert_eq!(report.warnings, [FileWarning::NestedTooDeep { levels: 512 }]);
    }

    #[test]
    fn a_file_that_changes_while_it_is_read_is_named() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.jsonl");
        fs::write(&path, "{\"body\":\"一\"}\n").expect("written");
        let walked = walk(folder.path(), &[]);
        let mut reader = read(&walked.files[0], &Config::default());
        assert!(reader.next().is_some());
        fs::write(&path, "{\"body\":\"一\"}\n{\"body\":\"二\"}\n").expect("written");
        let report = reader.finish();
        assert_eq!(report.outcome, ReadOutcome::Changed);
        assert_eq!(report.warnings, [FileWarning::ChangedWhileRead]);
    }

    #[test]
    fn a_file_that_is_gone_is_unreadable() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("a.txt"), "一").expect("written");
        let walked = walk(folder.path(), &[]);
        fs::remove_file(folder.path().join("a.txt")).expect("removed");
        let report = read(&walked.files[0], &Config::default()).finish();
        assert_eq!(report.outcome, ReadOutcome::Unreadable);
        assert!(matches!(report.warnings[..], [FileWarning::Unreadable { .. }]), "{report:?}");
    }
}
