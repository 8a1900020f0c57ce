//! Recognises files that are no lines of text, by their first bytes, and reads the text in them.

use std::fs::File;
use std::io::{self, Read, Seek};

use super::chunks::{ChunkLimit, end_of_chunk, end_of_lines};
use super::file::{HashingReader, ReadOutcome, Warnings};
use super::mhtml;
use super::office;
use crate::model::{FileWarning, SourceMeta, SourceText};

/// What sort of file it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DocumentKind {
    /// A ZIP file: most documents are packages of this form.
    Package,
    /// A compound file: documents of Office before 2007, and those that are locked by a password.
    Compound,
    /// A web page with all that belongs to it, in the form of a letter.
    SavedPage,
}

/// Bytes by which a file is recognised.
const HEAD: u64 = 8192;
/// Bytes of a saved page that are read. Its text stands before its pictures.
const MAX_SAVED_PAGE: u64 = 64 << 20;
/// Bytes of a compound file in which its directory is looked for.
const MAX_DIRECTORY_AT: u64 = 16 << 20;

impl DocumentKind {
    /// What a file is by its content, whatever its name says; `None` for all that is read as text. The
    /// file is at its beginning afterwards.
    pub(super) fn of(file: &mut File) -> io::Result<Option<Self>> {
        let mut head = Vec::new();
        (&mut *file).take(HEAD).read_to_end(&mut head)?;
        file.rewind()?;
        Ok(match &head[..] {
            [b'P', b'K', 3, 4, ..] => Some(Self::Package),
            [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ..] => Some(Self::Compound),
            head => mhtml::is_saved_page(head).then_some(Self::SavedPage),
        })
    }
}

/// A document being read. Its lines are numbered as they are read from it: what a line is of a file
/// that is a package nobody sees.
pub(super) struct DocumentReader {
    kind: DocumentKind,
    input: HashingReader<File>,
    chunk: ChunkLimit,
    /// The text that is still to come; `None` before the document has been read.
    text: Option<String>,
    /// Lines that have come.
    lines: u32,
    /// What became of the document.
    pub(super) outcome: ReadOutcome,
}

impl DocumentReader {
    pub(super) fn new(kind: DocumentKind, input: HashingReader<File>, chunk: ChunkLimit) -> Self {
        Self { kind, input, chunk, text: None, lines: 0, outcome: ReadOutcome::Read }
    }

    /// Number and hash of the bytes of the file.
    pub(super) fn sum(&self) -> (u64, String) {
        self.input.sum()
    }

    /// The next part of the text, which is the whole of it unless it is very long; `None` at the end.
    /// What the document states of itself is added to `meta`; `hint` is an encoding stated elsewhere.
    pub(super) fn next_text(
        &mut self,
        source: &str,
        hint: Option<&str>,
        meta: &mut SourceMeta,
        warnings: &mut Warnings,
    ) -> io::Result<Option<SourceText>> {
        let mut text = match self.text.take() {
            Some(text) => text,
            None => self.read(hint, meta, warnings)?,
        };
        if text.is_empty() {
            return Ok(None);
        }
        let mut end = end_of_lines(text.as_bytes(), self.chunk.lines).min(self.chunk.bytes);
        if end < text.len() {
            if self.lines == 0 {
                let megabytes = self.chunk.bytes as u64 / (1024 * 1024);
                warnings.push(FileWarning::InParts { megabytes, lines: self.chunk.lines as u64 });
            }
            end = end_of_chunk(&text.as_bytes()[..end], "utf-8");
        }
        let rest = text.split_off(end.min(text.len()));
        self.text = Some(rest);
        let mut part = SourceText::from_text(source, text);
        part.lines.iter_mut().for_each(|line| line.number += self.lines);
        self.lines += part.lines.len() as u32;
        part.meta = meta.clone();
        Ok(Some(part))
    }

    /// Reads the document.
    fn read(
        &mut self,
        hint: Option<&str>,
        meta: &mut SourceMeta,
        warnings: &mut Warnings,
    ) -> io::Result<String> {
        io::copy(&mut self.input, &mut io::sink())?;
        let file = self.input.get_mut();
        file.rewind()?;
        let mut text = String::new();
        let read = match self.kind {
            DocumentKind::Package => office::read(file.try_clone()?, &mut text),
            DocumentKind::Compound => Err(refusal_of_compound(file)?),
            DocumentKind::SavedPage => mhtml::read(&bytes_of(file)?, hint, meta, &mut text),
        };
        let is_empty = text.trim().is_empty();
        if is_empty {
            text.clear();
        }
        self.outcome = match read {
            Ok(()) if is_empty => ReadOutcome::Empty,
            Ok(()) => ReadOutcome::Read,
            Err(FileWarning::DamagedDocument { reason }) if is_empty => {
                warnings.push(FileWarning::Unreadable { reason });
                ReadOutcome::Unreadable
            }
            Err(warning) => {
                warnings.push(warning);
                if is_empty { ReadOutcome::Binary } else { ReadOutcome::Read }
            }
        };
        Ok(text)
    }
}

/// The beginning of a saved page.
fn bytes_of(file: &mut File) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.take(MAX_SAVED_PAGE).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Why a compound file is not read: it is locked, or of an old program.
fn refusal_of_compound(file: &mut File) -> io::Result<FileWarning> {
    let mut bytes = Vec::new();
    file.take(MAX_DIRECTORY_AT).read_to_end(&mut bytes)?;
    // The part of it that is a document behind a password ([MS-OFFCRYPTO]), as directories name it.
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let is_locked = memchr::memmem::find(&bytes, &name).is_some();
    Ok(if is_locked { FileWarning::Encrypted } else { FileWarning::OldOffice })
}
