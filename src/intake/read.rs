//! Reading one file: bytes become texts, or articles where they are already apart.

use std::fmt::Display;
use std::fs::File;
use std::io;

use super::config::Config;
use super::file::{Hashing, Outcome, Receipt, Stamp, Warnings};
use super::html;
use super::lines::Lines;
use super::pieces::{Measure, Texts, is_binary, zeros};
use super::sentences;
use super::walk::{Format, FoundFile};
use crate::model::{Article, SourceMeta, SourceText, filled};
use crate::text::{Decoded, decode};

/// A part of a file.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    /// A text to be cut into articles: the whole file, or of a very large one a part that ends at a
    /// blank line.
    Text(Box<SourceText>),
    /// Articles that are already apart, in the order of their lines.
    Articles(Vec<Article>),
}

/// A file being read: an iterator over its pieces. Never fails; what went wrong is in the receipt.
pub struct Reading {
    source: String,
    format: Format,
    meta: SourceMeta,
    /// The encoding that `corpus.toml` says.
    hint: Option<&'static str>,
    file: FoundFile,
    before: Option<Stamp>,
    state: State,
    receipt: Receipt,
    warnings: Warnings,
}

enum State {
    Texts(Box<Texts>),
    Articles(Box<Lines>),
    Done,
}

/// A text is read in pieces of at most this size.
const PIECE: Measure = Measure { bytes: 64 * 1024 * 1024, lines: 100_000 };

/// Opens a file for reading.
#[must_use]
pub fn read(file: &FoundFile, config: &Config) -> Reading {
    Reading::new(file, config, PIECE)
}

impl Reading {
    pub(super) fn new(file: &FoundFile, config: &Config, piece: Measure) -> Self {
        let mut reading = Self {
            source: file.source.clone(),
            format: file.format,
            meta: config.meta(&file.source),
            hint: config.encoding(&file.source),
            file: file.clone(),
            before: None,
            state: State::Done,
            receipt: Receipt::default(),
            warnings: Warnings::of(&file.path),
        };
        match reading.open(piece) {
            Ok(state) => reading.state = state,
            Err(error) => reading.unreadable(&error),
        }
        reading
    }

    /// What is known of the file beside its text; complete once the first piece has been taken.
    #[must_use]
    pub fn meta(&self) -> &SourceMeta {
        &self.meta
    }

    /// What became of the file. Pieces that have not been taken are read and dropped, so that hash
    /// and warnings are those of the whole.
    #[must_use]
    pub fn finish(mut self) -> Receipt {
        self.by_ref().for_each(drop);
        Receipt { warnings: self.warnings.finish(), ..self.receipt }
    }

    fn open(&mut self, piece: Measure) -> io::Result<State> {
        self.before = Some(Stamp::of(&self.file.path)?);
        let input = Hashing::new(File::open(&self.file.path)?);
        Ok(match self.format {
            Format::Text | Format::Html => State::Texts(Box::new(Texts::new(input, piece))),
            Format::Jsonl => State::Articles(Box::new(Lines::plain(input, self.hint))),
            Format::JsonlZst => State::Articles(Box::new(Lines::compressed(input, self.hint)?)),
        })
    }

    /// Whether the file was written to since it was opened.
    fn has_changed(&self) -> bool {
        Stamp::of(&self.file.path).ok() != self.before
    }

    fn unreadable(&mut self, error: &io::Error) {
        self.receipt.outcome = Outcome::Unreadable;
        self.warnings.push(filled(sentences::UNREADABLE, &[error]));
    }

    fn next_text(&mut self, mut texts: Box<Texts>) -> io::Result<Option<Piece>> {
        let Some(mut bytes) = texts.next_bytes(self.hint)? else {
            if !texts.has_text {
                self.receipt.outcome = Outcome::Empty;
            }
            self.close(texts.sum());
            return Ok(None);
        };
        if texts.is_whole() && self.has_changed() {
            // Once more from the start; if it changes again, that is noted at the end.
            if let State::Texts(again) = self.open(texts.piece)? {
                texts = again;
                bytes = texts.next_bytes(self.hint)?.unwrap_or_default();
            }
        }
        let is_first = texts.encoding.is_none();
        let said = self.hint.or(texts.encoding).or_else(|| match self.format {
            Format::Html => html::charset(&bytes),
            _ => None,
        });
        let mut decoded = decode(&bytes, said);
        let zeros = zeros(&bytes);
        if is_first && is_binary(&decoded, &bytes) {
            self.receipt.outcome = Outcome::Binary;
            self.warnings.push(sentences::NO_TEXT);
            texts.skip_rest()?;
            self.close(texts.sum());
            return Ok(None);
        }
        drop(bytes);
        texts.encoding = Some(decoded.encoding);
        self.receipt.encoding = decoded.encoding;
        if decoded.text.contains('\0') {
            self.warnings.push(filled(sentences::ZEROS, &[&zeros]));
            decoded.text = decoded.text.replace('\0', " ");
        }
        let piece = self.piece(decoded, &mut texts);
        self.state = State::Texts(texts);
        Ok(Some(piece))
    }

    fn piece(&mut self, decoded: Decoded, texts: &mut Texts) -> Piece {
        let mut warnings = Vec::new();
        if let Some(first) = decoded.bad.first() {
            let line = first.line + texts.lines;
            let parts: [&dyn Display; 3] = [&decoded.bad_count, &decoded.encoding, &line];
            warnings.push(filled(sentences::BAD_BYTES, &parts));
        }
        if !texts.is_whole() && texts.lines == 0 {
            let megabytes = texts.piece.bytes / (1024 * 1024);
            warnings.push(filled(sentences::IN_PARTS, &[&megabytes, &texts.piece.lines]));
        }
        let ends_line = decoded.text.ends_with('\n');
        let plain = SourceText::from_text(&self.source, decoded.text);
        let count = plain.lines.len() as u32;
        let mut text = match self.format {
            Format::Html => html::main_text(&plain, &mut self.meta),
            _ => plain,
        };
        texts.has_text |= !text.text.trim().is_empty();
        if texts.lines > 0 {
            text.lines.iter_mut().for_each(|line| line.number += texts.lines);
        }
        texts.lines += if ends_line { count } else { count.saturating_sub(1) };
        for warning in &warnings {
            self.warnings.push(warning);
        }
        text.warnings.append(&mut warnings);
        text.meta = self.meta.clone();
        Piece::Text(Box::new(text))
    }

    fn next_articles(&mut self, mut lines: Box<Lines>) -> io::Result<Option<Piece>> {
        let batch = lines.next_batch(&mut self.warnings);
        self.receipt.encoding = lines.encoding;
        self.receipt.lines = lines.filled;
        match batch {
            Ok(Some(articles)) => {
                self.state = State::Articles(lines);
                Ok(Some(Piece::Articles(articles)))
            }
            Ok(None) => {
                self.receipt.outcome = lines.outcome();
                self.close(lines.sum());
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    /// The end was reached.
    fn close(&mut self, (bytes, hash): (u64, String)) {
        self.receipt.bytes = bytes;
        self.receipt.hash = hash;
        if self.has_changed() {
            self.receipt.outcome = Outcome::Changed;
            self.warnings.push(sentences::CHANGED);
        } else if self.receipt.outcome == Outcome::Empty {
            self.warnings.push(sentences::EMPTY);
        }
    }
}

impl Iterator for Reading {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        let piece = match std::mem::replace(&mut self.state, State::Done) {
            State::Texts(texts) => self.next_text(texts),
            State::Articles(lines) => self.next_articles(lines),
            State::Done => return None,
        };
        piece.unwrap_or_else(|error| {
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

    /// Reads a file of this name and content: its pieces and its receipt.
    fn read_as(name: &str, bytes: &[u8], piece: Measure) -> (Vec<Piece>, Receipt) {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join(name), bytes).expect("written");
        let walked = walk(folder.path(), &[]);
        let mut reading = Reading::new(&walked.files[0], &Config::default(), piece);
        let pieces = reading.by_ref().collect();
        (pieces, reading.finish())
    }

    fn texts(pieces: Vec<Piece>) -> Vec<SourceText> {
        let text = |piece| match piece {
            Piece::Text(text) => *text,
            Piece::Articles(_) => panic!("a text was expected"),
        };
        pieces.into_iter().map(text).collect()
    }

    #[track_caller]
    fn check_warning(receipt: &Receipt, parts: &[&str]) {
        assert_eq!(receipt.warnings.len(), 1, "{:?}", receipt.warnings);
        for part in parts {
            assert!(receipt.warnings[0].contains(part), "{:?}", receipt.warnings);
        }
    }

    #[test]
    fn a_text_is_read_with_its_lines_hash_and_what_its_path_says() {
        let bytes = b"\xef\xbb\xbf\xe4\xb8\x80\r\n\r\nb";
        let (pieces, receipt) = read_as("2023-02-10_A05.txt", bytes, PIECE);
        let text = &texts(pieces)[0];
        assert_eq!((text.text.as_str(), text.lines.len()), ("一\n\nb", 3));
        assert_eq!(text.path, "2023-02-10_A05.txt");
        assert_eq!(text.meta.page.as_deref(), Some("A05"));
        assert!(text.meta.issue_date.is_some());
        assert_eq!(receipt.hash, blake3::hash(bytes).to_hex().to_string());
        assert_eq!((receipt.outcome, receipt.bytes), (Outcome::Read, bytes.len() as u64));
        assert_eq!((receipt.encoding, receipt.warnings.len()), ("utf-8", 0));
    }

    #[test]
    fn a_text_too_large_to_be_held_comes_in_parts_whose_lines_are_numbered_on() {
        let lines: Vec<_> = (1..=300).map(|n| format!("第{n}行\n\n")).collect();
        let text = lines.concat();
        let (whole, _) = read_as("a.txt", text.as_bytes(), PIECE);
        let (parts, receipt) = read_as("a.txt", text.as_bytes(), Measure { bytes: 1000, ..PIECE });
        let parts = texts(parts);
        assert!(parts.len() > 3);
        assert!(parts.iter().all(|part| part.text.len() <= 1000));
        assert_eq!(parts.iter().map(|part| part.text.as_str()).collect::<String>(), text);
        let numbers = parts.iter().flat_map(|part| part.lines.iter().map(|line| line.number));
        assert!(numbers.eq(1..=600));
        assert_eq!(texts(whole)[0].lines.len(), 600);
        assert_eq!(receipt.hash, blake3::hash(text.as_bytes()).to_hex().to_string());
        check_warning(&receipt, &["a.txt", "larger than", "divide"]);
    }

    #[test]
    fn a_text_of_very_many_lines_comes_in_parts_too() {
        for (word, encoding) in [("一\n", "utf-8"), ("一\n\n", "utf-8"), ("一\n", "utf-16le")] {
            let text = word.repeat(500);
            let bytes = match encoding {
                "utf-8" => text.clone().into_bytes(),
                _ => format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect(),
            };
            let (parts, receipt) = read_as("a.txt", &bytes, Measure { lines: 90, ..PIECE });
            let parts = texts(parts);
            assert!(parts.len() > 5 && parts.iter().all(|part| part.lines.len() <= 90));
            assert_eq!(parts.iter().map(|part| part.text.as_str()).collect::<String>(), text);
            assert_eq!(receipt.hash, blake3::hash(&bytes).to_hex().to_string());
            assert_eq!((receipt.bytes, receipt.outcome), (bytes.len() as u64, Outcome::Read));
            check_warning(&receipt, &["longer than 90 lines", "divide"]);
        }
    }

    #[test]
    fn a_line_of_ten_megabytes_is_one_line() {
        let (pieces, receipt) = read_as("a.txt", "行".repeat(3_500_000).as_bytes(), PIECE);
        assert_eq!(texts(pieces)[0].lines.len(), 1);
        assert_eq!((receipt.outcome, receipt.warnings.len()), (Outcome::Read, 0));
    }

    #[test]
    fn each_sort_of_bad_file_has_its_own_warning() {
        for (name, bytes) in
            [("a.txt", &b""[..]), ("a.md", b" \r\n\n"), ("a.jsonl", b"\n"), ("a.html", b"<p>")]
        {
            let (_, receipt) = read_as(name, bytes, PIECE);
            assert_eq!(receipt.outcome, Outcome::Empty);
            check_warning(&receipt, &[name, "no text", "remove"]);
        }
        let noise: Vec<u8> =
            (0..5000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        for name in ["a.txt", "a.html"] {
            let (pieces, receipt) = read_as(name, &noise, PIECE);
            assert_eq!((pieces.len(), receipt.outcome), (0, Outcome::Binary));
            assert_eq!(receipt.hash, blake3::hash(&noise).to_hex().to_string());
            check_warning(&receipt, &[name, "is no text", "corpus.toml"]);
        }
        let (pieces, receipt) = read_as("a.txt", "一二三四五六七八\n九\0十".as_bytes(), PIECE);
        assert_eq!(texts(pieces)[0].text, "一二三四五六七八\n九 十");
        check_warning(&receipt, &["1 zero bytes"]);
        let (pieces, receipt) = read_as(
            "a.txt",
            b"plain\nplain \xff plain \xe4\xb8\x80\xe4\xb8\x80\xe4\xb8\x80\xe4\xb8\x80",
            PIECE,
        );
        assert_eq!((pieces.len(), receipt.outcome), (1, Outcome::Read));
        check_warning(&receipt, &["1 byte sequences", "utf-8", "line 2"]);
        let (pieces, receipt) = read_as("a.jsonl.zst", b"not zstd at all", PIECE);
        assert_eq!((pieces.len(), receipt.outcome), (0, Outcome::Unreadable));
        check_warning(&receipt, &["a.jsonl.zst", "cannot be read"]);
    }

    #[test]
    fn a_file_that_changes_while_it_is_read_is_named() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.jsonl");
        fs::write(&path, "{\"body\":\"一\"}\n").expect("written");
        let walked = walk(folder.path(), &[]);
        let mut reading = read(&walked.files[0], &Config::default());
        assert!(reading.next().is_some());
        fs::write(&path, "{\"body\":\"一\"}\n{\"body\":\"二\"}\n").expect("written");
        let receipt = reading.finish();
        assert_eq!(receipt.outcome, Outcome::Changed);
        check_warning(&receipt, &["changed while it was read", "run again"]);
    }

    #[test]
    fn a_file_that_is_gone_is_unreadable() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("a.txt"), "一").expect("written");
        let walked = walk(folder.path(), &[]);
        fs::remove_file(folder.path().join("a.txt")).expect("removed");
        let receipt = read(&walked.files[0], &Config::default()).finish();
        assert_eq!(receipt.outcome, Outcome::Unreadable);
        check_warning(&receipt, &["a.txt", "cannot be read"]);
    }

    #[test]
    fn a_stated_encoding_is_used() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("corpus.toml"), "[[files]]\nglob='*'\nencoding='big5'\n")
            .expect("written");
        fs::write(folder.path().join("a.txt"), b"\xc2\x69").expect("written");
        let config = Config::load(folder.path()).expect("a good file");
        let walked = walk(folder.path(), &[]);
        assert_eq!(read(&walked.files[0], &config).finish().encoding, "big5");
    }
}
