//! Reads JSONL files in batches, so that memory is bounded by a batch and the longest line.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};

use memchr::memchr;

use super::file::{HashingReader, ReadOutcome, Warnings};
use super::jsonl_record::parse_line;
use super::neighbours::Neighbours;
use crate::model::{Article, FileWarning};
use crate::text::decode;

/// A JSONL file being read.
pub(super) struct JsonlReader {
    input: Input,
    hint: Option<&'static str>,
    /// Size of a batch in bytes of its lines.
    batch: usize,
    neighbours: Neighbours,
    /// Why no more can be read; told when what was read before is taken.
    failed: Option<io::Error>,
    line: Vec<u8>,
    number: u32,
    articles: u64,
    broken: u64,
    /// Number of non-blank lines so far.
    pub(super) filled: u64,
    is_binary: bool,
    /// Of a file in UTF-16 its byte order.
    wide: Option<ByteOrder>,
    /// Encoding of the lines read so far.
    pub(super) encoding: &'static str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ByteOrder {
    Little,
    Big,
}

impl ByteOrder {
    /// That of a file in UTF-16, by its first bytes, a mark or a bracket, or by the name of its encoding.
    fn of(first: &[u8], hint: Option<&str>) -> Option<Self> {
        match first {
            [0xff, 0xfe, ..] | [b'{', 0, ..] => return Some(Self::Little),
            [0xfe, 0xff, ..] | [0, b'{', ..] => return Some(Self::Big),
            _ => {}
        }
        match hint? {
            "utf-16le" => Some(Self::Little),
            "utf-16be" => Some(Self::Big),
            _ => None,
        }
    }

    fn encoding(self) -> &'static str {
        match self {
            Self::Little => "utf-16le",
            Self::Big => "utf-16be",
        }
    }

    /// Whether bytes that end with the byte of a line end are a whole line; of the little end its second
    /// byte comes behind.
    fn is_line(self, line: &[u8]) -> bool {
        match self {
            Self::Little => line.len() % 2 == 1,
            Self::Big => line.len().is_multiple_of(2) && line.ends_with(&[0, b'\n']),
        }
    }
}

enum Input {
    Plain(BufReader<HashingReader<File>>),
    Compressed(BufReader<zstd::Decoder<'static, BufReader<HashingReader<File>>>>),
}

/// Size of a batch in bytes of its lines.
const BATCH: usize = 4 * 1024 * 1024;
/// The longest line; longer ones are skipped.
const MAX_LINE_BYTES: usize = 64 * 1024 * 1024;
const BUFFER: usize = 256 * 1024;

impl JsonlReader {
    pub(super) fn plain(input: HashingReader<File>, hint: Option<&'static str>) -> Self {
        Self::new(Input::Plain(BufReader::with_capacity(BUFFER, input)), hint)
    }

    pub(super) fn compressed(
        input: HashingReader<File>,
        hint: Option<&'static str>,
    ) -> io::Result<Self> {
        let decoder = zstd::Decoder::with_buffer(BufReader::with_capacity(BUFFER, input))?;
        Ok(Self::new(Input::Compressed(BufReader::with_capacity(BUFFER, decoder)), hint))
    }

    fn new(input: Input, hint: Option<&'static str>) -> Self {
        Self {
            input,
            hint,
            batch: BATCH,
            neighbours: Neighbours::default(),
            failed: None,
            line: Vec::new(),
            number: 0,
            articles: 0,
            broken: 0,
            filled: 0,
            is_binary: false,
            wide: None,
            encoding: "utf-8",
        }
    }

    /// The next articles; `None` at the end. Invalid lines become warnings.
    pub(super) fn next_batch(
        &mut self,
        warnings: &mut Warnings,
    ) -> io::Result<Option<Vec<Article>>> {
        let mut articles = Vec::new();
        let mut bytes = 0;
        let mut at_end = false;
        while bytes < self.batch {
            if let Some((article, size)) = self.neighbours.next_known() {
                bytes += size;
                articles.push(article);
            } else if at_end {
                break;
            } else if self.has_line(warnings) {
                let article = self.article(warnings);
                self.neighbours.push(article, self.line.len());
            } else {
                self.neighbours.end();
                at_end = true;
            }
        }
        self.articles += articles.len() as u64;
        if !articles.is_empty() {
            return Ok(Some(articles));
        }
        if let Some(error) = self.failed.take() {
            return Err(error);
        }
        if self.is_binary {
            io::copy(&mut self.input.raw(), &mut io::sink())?;
            warnings.push(FileWarning::NotJsonText);
        } else if self.articles == 0 && self.broken > 0 {
            warnings.push(FileWarning::NoJsonArticle);
        }
        Ok(None)
    }

    /// The outcome for the file as a whole.
    pub(super) fn outcome(&self) -> ReadOutcome {
        match (self.is_binary, self.articles + self.broken) {
            (true, _) => ReadOutcome::Binary,
            (false, 0) => ReadOutcome::Empty,
            (false, _) => ReadOutcome::Read,
        }
    }

    /// Number and hash of the bytes on the disk.
    pub(super) fn sum(&self) -> (u64, String) {
        match &self.input {
            Input::Plain(input) => input.get_ref().sum(),
            Input::Compressed(input) => input.get_ref().get_ref().get_ref().sum(),
        }
    }

    /// Reads another line; whether there was one and it can be read.
    fn has_line(&mut self, warnings: &mut Warnings) -> bool {
        if self.is_binary || self.failed.is_some() {
            return false;
        }
        self.read_line(warnings).unwrap_or_else(|error| {
            self.failed = Some(error);
            false
        })
    }

    /// Whether there was another line.
    fn read_line(&mut self, warnings: &mut Warnings) -> io::Result<bool> {
        self.line.clear();
        self.line.shrink_to(BATCH);
        if self.number == 0 {
            self.wide = ByteOrder::of(self.input.reader().fill_buf()?, self.hint);
        }
        let length = if let Some(order) = self.wide {
            self.read_wide_line(order)?
        } else {
            let max = MAX_LINE_BYTES as u64;
            self.input.reader().take(max).read_until(b'\n', &mut self.line)?
        };
        self.number += 1;
        if length == MAX_LINE_BYTES && self.line.last() != Some(&b'\n') {
            self.line.clear();
            self.broken += 1;
            self.filled += 1;
            match self.wide {
                None => skip_line(self.input.reader())?,
                Some(order) => loop {
                    // Whole pairs of bytes are left behind, so that the rest stays in step.
                    self.line.clear();
                    let length = self.read_wide_line(order)?;
                    if length < MAX_LINE_BYTES {
                        break;
                    }
                },
            }
            self.line.clear();
            let megabytes = MAX_LINE_BYTES as u64 / (1024 * 1024);
            warnings.push(FileWarning::LineTooLong { line: self.number, megabytes });
        }
        Ok(length > 0)
    }

    /// Reads a line of UTF-16, of at most [`MAX_LINE_BYTES`]; its bytes.
    fn read_wide_line(&mut self, order: ByteOrder) -> io::Result<usize> {
        loop {
            let max = (MAX_LINE_BYTES - self.line.len()) as u64;
            let read = self.input.reader().take(max).read_until(b'\n', &mut self.line)?;
            let at_end = read == 0 || self.line.last() != Some(&b'\n');
            if at_end || !order.is_line(&self.line) {
                if at_end {
                    return Ok(self.line.len());
                }
                continue;
            }
            if order == ByteOrder::Little {
                // U+0A4E begins with the same byte.
                let second = self.input.reader().take(1).read_to_end(&mut self.line)?;
                if second > 0 && self.line.last() != Some(&0) {
                    continue;
                }
            }
            return Ok(self.line.len());
        }
    }

    fn article(&mut self, warnings: &mut Warnings) -> Option<Article> {
        let decoded;
        let wide = self.wide.map(ByteOrder::encoding);
        let utf8 = std::str::from_utf8(&self.line).ok().filter(|_| wide.is_none());
        let line = if let Some(line) = utf8 {
            line
        } else {
            decoded = decode(&self.line, wide.or(self.hint));
            if decoded.bad_count > 0 {
                warnings.push(FileWarning::LineBadBytes {
                    line: self.number,
                    count: decoded.bad_count,
                    encoding: decoded.encoding.to_owned(),
                });
            }
            self.encoding = decoded.encoding;
            decoded.text.as_str()
        };
        let line = line.trim_start_matches('\u{feff}').trim();
        if line.is_empty() {
            return None;
        }
        if self.number == 1 && line.contains('\0') {
            self.is_binary = true;
            return None;
        }
        self.filled += 1;
        match parse_line(line, self.number) {
            Ok((article, problems)) => {
                for problem in problems {
                    warnings.push(problem);
                }
                Some(article)
            }
            Err(problem) => {
                self.broken += 1;
                warnings.push(problem);
                None
            }
        }
    }
}

impl Input {
    fn reader(&mut self) -> &mut dyn BufRead {
        match self {
            Self::Plain(input) => input,
            Self::Compressed(input) => input,
        }
    }

    /// The underlying file, to read the rest of it.
    fn raw(&mut self) -> &mut dyn Read {
        match self {
            Self::Plain(input) => input.get_mut(),
            Self::Compressed(input) => input.get_mut().get_mut().get_mut(),
        }
    }
}

fn skip_line(input: &mut dyn BufRead) -> io::Result<()> {
    loop {
        let buffer = input.fill_buf()?;
        let Some(end) = memchr(b'\n', buffer) else {
            let length = buffer.len();
            if length == 0 {
                return Ok(());
            }
            input.consume(length);
            continue;
        };
        input.consume(end + 1);
        return Ok(());
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::intake::{Chunk, Config, ReadReport, read, walk};
    use crate::model::FieldForm;

    fn read_as(name: &str, bytes: &[u8]) -> (Vec<Chunk>, ReadReport) {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join(name), bytes).expect("written");
        let mut reader = read(&walk(folder.path(), &[]).files[0], &Config::default());
        (reader.by_ref().collect(), reader.finish())
    }

    fn articles(chunks: Vec<Chunk>) -> Vec<Article> {
        let articles = |chunk| match chunk {
            Chunk::Text(_) => panic!("articles were expected"),
            Chunk::Articles(articles) => articles,
        };
        chunks.into_iter().flat_map(articles).collect()
    }

    #[test]
    fn articles_come_in_order_and_broken_lines_are_named() {
        let lines = "{\"body\":\"一\"}\n{oops\n\n{\"body\":\"二\",\"title\":3.5}\r\n{\"title\":[],\"body\":\"三\"}";
        let compressed = zstd::encode_all(lines.as_bytes(), 0).expect("compressed");
        for (name, bytes) in [("a.jsonl", lines.as_bytes()), ("a.jsonl.zst", &compressed)] {
            let (chunks, report) = read_as(name, bytes);
            let articles = articles(chunks);
            let bodies: Vec<_> = articles
                .iter()
                .map(|article| (article.lines[0].0, article.body.as_str()))
                .collect();
            assert_eq!(bodies, [(1, "一"), (4, "二"), (5, "三")]);
            let [FileWarning::LineNotJson { line: 2, .. }, left_out] = &report.warnings[..] else {
                panic!("{:?}", report.warnings)
            };
            let (field, expected) = ("title".to_owned(), FieldForm::Text);
            assert_eq!(*left_out, FileWarning::FieldLeftOut { line: 5, field, expected });
            assert_eq!(report.hash, blake3::hash(bytes).to_hex().to_string());
        }
    }

    #[test]
    fn what_stands_beside_an_article_does_not_depend_on_the_size_of_batches() {
        let line = |number: u32| {
            let body = format!("第{number}座桥通车。");
            let day = format!("2021-{:02}-{:02}", number / 60 + 1, number % 28 + 1);
            match number % 7 {
                0..3 => format!("{{\"body\":\"{body}\",\"date\":\"{day}\"}}\n"),
                _ => format!("{{\"body\":\"{body}\"}}\n"),
            }
        };
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.jsonl");
        fs::write(&path, (0..400).map(line).collect::<String>()).expect("written");
        let read = |batch| {
            let input = HashingReader::new(File::open(&path).expect("a file"));
            let mut reader = JsonlReader { batch, ..JsonlReader::plain(input, None) };
            let (mut warnings, mut batches) = (Warnings::default(), Vec::new());
            while let Some(articles) = reader.next_batch(&mut warnings).expect("read") {
                batches.push(articles);
            }
            batches
        };
        let whole = read(BATCH);
        assert_eq!(whole.len(), 1);
        assert!(whole[0].iter().any(|article| article.beside.is_some()));
        for batch in [1, 50, 1000, 9999] {
            let batches = read(batch);
            assert!(batches.len() > 1);
            assert_eq!(batches.concat(), whole[0], "{batch}");
        }
    }

    #[test]
    fn a_file_in_utf16_has_the_same_articles() {
        // ਊ and 一 hold the byte of a line end, or of its half.
        let lines = "{\"body\":\"一ਊ\u{a00}一\"}\r\n\n{\"body\":\"二\u{4e0a}\"}\n{oops\n";
        let wide = |unit: fn(u16) -> [u8; 2], mark: &str| -> Vec<u8> {
            format!("{mark}{lines}").encode_utf16().flat_map(unit).collect()
        };
        let expected = articles(read_as("a.jsonl", lines.as_bytes()).0);
        assert_eq!(expected.len(), 2);
        for (bytes, encoding) in [
            (wide(u16::to_le_bytes, "\u{feff}"), "utf-16le"),
            (wide(u16::to_be_bytes, "\u{feff}"), "utf-16be"),
            (wide(u16::to_le_bytes, ""), "utf-16le"),
            (wide(u16::to_be_bytes, ""), "utf-16be"),
        ] {
            let (chunks, report) = read_as("a.jsonl", &bytes);
            assert_eq!(articles(chunks), expected, "{encoding}");
            assert_eq!(report.encoding, encoding);
            assert!(matches!(report.warnings[..], [FileWarning::LineNotJson { line: 4, .. }]));
            assert_eq!(report.hash, blake3::hash(&bytes).to_hex().to_string());
        }
    }

    #[test]
    fn batches_are_bounded_and_warnings_are_counted_beyond_a_hundred() {
        let line = format!("{{\"body\":\"{}\"}}\n", "字".repeat(300_000));
        let (chunks, _) = read_as("a.jsonl", line.repeat(12).as_bytes());
        assert_eq!(chunks.len(), 3);
        let (_, report) = read_as("a.jsonl", "{\n".repeat(150).as_bytes());
        assert_eq!(report.warnings.len(), 101);
        assert_eq!(report.warnings[100], FileWarning::More { count: 51 });
    }
}
