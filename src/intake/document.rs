//! Reads the text in files that are no lines of text.

use std::fs::File;
use std::io::{self, Read, Seek};

use super::chunks::{ChunkLimit, end_of_chunk, end_of_lines};
use super::content::DocumentKind;
use super::conversion::Conversion;
use super::failing::reason_of;
use super::file::{HashingReader, ReadOutcome, Warnings};
use super::mhtml;
use super::ofd::{self, OfdPages};
use super::office::{self, DocumentText, Package};
use super::paged::PagedReader;
use super::programs::{self, OldForm};
use super::reading::ReadingSettings;
use super::scans::PageRecogniser;
use crate::model::{FailureReason, FileWarning, SourceMeta, SourceText};
use crate::recognise::Recogniser;

/// Bytes of a saved page that are read. Its text stands before its pictures.
const MAX_SAVED_PAGE: u64 = 64 << 20;
/// Bytes of a compound file in which its directory is looked for.
const MAX_DIRECTORY_AT: u64 = 16 << 20;

/// A document being read. Its lines are numbered as they are read from it: what a line is of a file
/// that is a package nobody sees.
pub(super) struct DocumentReader {
    kind: DocumentKind,
    input: HashingReader<File>,
    chunk: ChunkLimit,
    settings: ReadingSettings,
    recogniser: Option<Recogniser>,
    conversion: Conversion,
    content: Content,
    /// Lines of a saved page that stand around its text, counted over all of it.
    boilerplate: Vec<usize>,
    /// Lines that have come.
    lines: u32,
    /// What became of the document.
    pub(super) outcome: ReadOutcome,
}

/// What of a document is still to come.
enum Content {
    /// All of it.
    Unread,
    /// This text.
    Text(String),
    Pages(Box<PagedReader>),
}

impl DocumentReader {
    /// `recogniser` reads pages that are pictures, `conversion` old documents.
    pub(super) fn new(
        kind: DocumentKind,
        input: HashingReader<File>,
        chunk: ChunkLimit,
        settings: ReadingSettings,
        recogniser: Option<Recogniser>,
        conversion: Conversion,
    ) -> Self {
        let (content, outcome) = (Content::Unread, ReadOutcome::Read);
        let (boilerplate, lines) = (Vec::new(), 0);
        Self {
            kind,
            input,
            chunk,
            settings,
            recogniser,
            conversion,
            content,
            boilerplate,
            lines,
            outcome,
        }
    }

    /// Number and hash of the bytes of the file.
    pub(super) fn sum(&self) -> (u64, String) {
        self.input.sum()
    }

    /// What was to recognise the pages so far that are pictures, whether it could or not.
    pub(super) fn recogniser(&self) -> Option<&str> {
        match &self.content {
            Content::Pages(pages) => pages.recogniser().tried(),
            Content::Unread | Content::Text(_) => None,
        }
    }

    /// What its text is written in.
    pub(super) fn encoding(&self) -> &'static str {
        match &self.content {
            Content::Pages(pages) => pages.format(),
            Content::Unread | Content::Text(_) => "utf-8",
        }
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
        if let Content::Unread = self.content {
            self.content = self.read(hint, meta, warnings)?;
        }
        match &mut self.content {
            Content::Unread => Ok(None),
            Content::Text(text) => {
                let text = std::mem::take(text);
                Ok(self.next_of_text(source, text, meta, warnings))
            }
            Content::Pages(pages) => {
                if let Some(mut text) = pages.next_text(source) {
                    let used = pages.recogniser().used();
                    meta.recognised = used.map(str::to_owned);
                    text.meta = meta.clone();
                    return Ok(Some(text));
                }
                let told = pages.warnings();
                if pages.is_empty() {
                    let is_unread = |warning| matches!(warning, &FileWarning::PagesUnread { .. });
                    let was_unread = told.iter().any(is_unread);
                    self.outcome =
                        if was_unread { ReadOutcome::Unreadable } else { ReadOutcome::Empty };
                }
                for warning in told {
                    warnings.push(warning);
                }
                Ok(None)
            }
        }
    }

    /// The next part of a text that is its rest.
    fn next_of_text(
        &mut self,
        source: &str,
        mut text: String,
        meta: &SourceMeta,
        warnings: &mut Warnings,
    ) -> Option<SourceText> {
        if text.is_empty() {
            return None;
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
        self.content = Content::Text(rest);
        let mut part = SourceText::from_text(source, text);
        part.lines.iter_mut().for_each(|line| line.number += self.lines);
        let (first, count) = (self.lines as usize, part.lines.len());
        let around = self.boilerplate.iter().filter_map(|line| line.checked_sub(first));
        part.boilerplate = around.filter(|line| *line < count).collect();
        self.lines += count as u32;
        part.meta = meta.clone();
        Some(part)
    }

    /// Reads the document.
    fn read(
        &mut self,
        hint: Option<&str>,
        meta: &mut SourceMeta,
        warnings: &mut Warnings,
    ) -> io::Result<Content> {
        io::copy(&mut self.input, &mut io::sink())?;
        let hash = self.input.sum().1;
        let recogniser = PageRecogniser::new(self.recogniser.clone(), hash.clone());
        let file = self.input.get_mut();
        file.rewind()?;
        let mut found = DocumentText::default();
        let read = match self.kind {
            DocumentKind::Pdf => {
                match PagedReader::of_pdf(file, self.settings.clone(), recogniser)? {
                    Ok(pages) => return Ok(Content::Pages(Box::new(pages))),
                    Err(warning) => Err(warning),
                }
            }
            DocumentKind::Picture => {
                match PagedReader::of_picture(file, self.settings.clone(), recogniser)? {
                    Ok(pages) => return Ok(Content::Pages(Box::new(pages))),
                    Err(warning) => Err(warning),
                }
            }
            DocumentKind::Package => match Package::open(file.try_clone()?) {
                Ok(package) if ofd::is_ofd(&package) => {
                    match OfdPages::open(file.try_clone()?, self.settings.clone(), recogniser) {
                        Ok(pages) => {
                            return Ok(Content::Pages(Box::new(PagedReader::of_ofd(pages))));
                        }
                        Err(warning) => Err(warning),
                    }
                }
                Ok(package) => office::read(package, &mut found),
                Err(warning) => Err(warning),
            },
            DocumentKind::Compound if is_locked(file)? => Err(FileWarning::Encrypted),
            DocumentKind::Compound => {
                let document = OldDocument { file, hash: &hash, form: OldForm::Word };
                converted(document, &self.conversion, FileWarning::OldOffice, &mut found)
            }
            DocumentKind::RichText => {
                let document = OldDocument { file, hash: &hash, form: OldForm::RichText };
                converted(document, &self.conversion, FileWarning::RichText, &mut found)
            }
            DocumentKind::SavedPage => {
                let (bytes, is_whole) = bytes_of(file)?;
                let read = mhtml::read(&bytes, hint, &self.settings, meta, &mut found);
                let megabytes = MAX_SAVED_PAGE >> 20;
                let cut = FileWarning::DocumentTooLarge { megabytes };
                if is_whole { read } else { read.and(Err(cut)) }
            }
        };
        let DocumentText { mut text, boilerplate, pictures } = found;
        self.boilerplate = boilerplate;
        let is_empty = text.trim().is_empty();
        if let (Ok(()), Some(warning)) = (&read, without_text(pictures, &text)) {
            warnings.push(warning);
        }
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
            // It may be one that is still being written, or a program that was short of time or space: what was
            // read of it before stays.
            Err(warning @ (FileWarning::PdfDamaged | FileWarning::NotConverted { .. })) => {
                warnings.push(warning);
                ReadOutcome::Unreadable
            }
            Err(warning) => {
                warnings.push(warning);
                if is_empty { ReadOutcome::Binary } else { ReadOutcome::Read }
            }
        };
        Ok(Content::Text(text))
    }
}

/// Letters and digits for each picture below which a document is taken for one of scanned pages.
const LETTERS_OF_PICTURE: u64 = 20;

/// The warning on a document whose text can be in its pictures.
fn without_text(pictures: u64, text: &str) -> Option<FileWarning> {
    let letters = text.chars().filter(|c| c.is_alphanumeric()).count() as u64;
    (letters < pictures.saturating_mul(LETTERS_OF_PICTURE))
        .then_some(FileWarning::PicturesWithoutText { count: pictures })
}

/// The beginning of a saved page, and whether that is all of it.
fn bytes_of(file: &mut File) -> io::Result<(Vec<u8>, bool)> {
    let mut bytes = Vec::new();
    file.take(MAX_SAVED_PAGE + 1).read_to_end(&mut bytes)?;
    let is_whole = bytes.len() as u64 <= MAX_SAVED_PAGE;
    bytes.truncate(MAX_SAVED_PAGE as usize);
    Ok((bytes, is_whole))
}

/// Whether a compound file is a document behind a password.
fn is_locked(file: &mut File) -> io::Result<bool> {
    let mut bytes = Vec::new();
    (&mut *file).take(MAX_DIRECTORY_AT).read_to_end(&mut bytes)?;
    file.rewind()?;
    // The part of it that is the document ([MS-OFFCRYPTO]), as directories name it.
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    Ok(memchr::memmem::find(&bytes, &name).is_some())
}

/// A document for the office program.
struct OldDocument<'a> {
    file: &'a mut File,
    /// Hash of its content.
    hash: &'a str,
    form: OldForm,
}

/// Reads a document by way of the office program, or as it was read before; `otherwise` is what is said
/// where there is no such program.
fn converted(
    document: OldDocument<'_>,
    conversion: &Conversion,
    otherwise: FileWarning,
    read: &mut DocumentText,
) -> Result<(), FileWarning> {
    let OldDocument { file, hash, form } = document;
    let (name, _) = form.names();
    if let Some(kept) = conversion.kept(name, hash) {
        read.text = kept;
        return Ok(());
    }
    if conversion.is_recalling() {
        return Err(FileWarning::NotConverted { reason: FailureReason::NotKept });
    }
    let Some(office) = programs::office_program() else { return Err(otherwise) };
    let document = programs::as_docx(office, file, form)
        .map_err(|error| FileWarning::NotConverted { reason: reason_of(&error) })?;
    office::read(Package::open(document)?, read)?;
    conversion.keep(name, hash, &read.text);
    Ok(())
}
