//! A file of pages being read: PDF as a whole, its pages some thousand lines at a time.

use std::fs::File;
use std::io::{self, Read, Seek};

use super::file::HashingReader;
use super::layout::PageWriter;
use super::pdf::{self, PdfPages};
use crate::model::{FileWarning, SourceText};

/// A PDF file being read.
pub(super) struct PdfReader {
    pages: PdfPages,
    lines: u32,
    texts: u32,
    sum: (u64, String),
}

/// What became of the opening of a file.
pub(super) enum Opened {
    Pages(Box<PdfReader>),
    /// It cannot be read; number and hash of its bytes all the same.
    Refused(FileWarning, (u64, String)),
}

/// Bytes of a PDF file, which is held in memory.
const MAX_BYTES: u64 = 512 << 20;

/// Lines of a text at most; the page that goes beyond is the last.
const MAX_LINES: usize = 100_000;

/// Whether a file begins as a PDF file does. The next bytes read are the first.
pub(super) fn is_pdf(file: &mut File) -> io::Result<bool> {
    let mut head = Vec::with_capacity(1024);
    file.by_ref().take(1024).read_to_end(&mut head)?;
    file.rewind()?;
    Ok(pdf::is_pdf(&head))
}

/// Opens a PDF file.
pub(super) fn open_pdf(mut input: HashingReader<File>) -> io::Result<Opened> {
    let mut bytes = Vec::new();
    input.by_ref().take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_BYTES {
        drop(bytes);
        io::copy(&mut input, &mut io::sink())?;
        return Ok(Opened::Refused(FileWarning::TooLarge { megabytes: MAX_BYTES >> 20 }, input.sum()));
    }
    let sum = input.sum();
    Ok(match PdfPages::open(bytes) {
        Ok(pages) => Opened::Pages(Box::new(PdfReader { pages, lines: 0, texts: 0, sum })),
        Err(problem) => Opened::Refused(problem, sum),
    })
}

impl PdfReader {
    /// The text of the next pages that have any; `None` at the end.
    pub(super) fn next_text(&mut self, source: &str) -> Option<SourceText> {
        loop {
            let pages = self.pages.next_pages(MAX_LINES);
            if pages.is_empty() {
                return None;
            }
            let text = PageWriter::after(self.lines).write(source, pages);
            self.lines += text.lines.len() as u32;
            if !text.text.trim().is_empty() {
                self.texts += 1;
                return Some(text);
            }
        }
    }

    /// Whether no page so far has text.
    pub(super) fn is_empty(&self) -> bool {
        self.texts == 0
    }

    /// What a person should know of the pages so far.
    pub(super) fn warnings(&self) -> Vec<FileWarning> {
        let mut warnings = self.pages.warnings();
        if self.texts > 1 {
            let (megabytes, lines) = (MAX_BYTES >> 20, MAX_LINES as u64);
            warnings.push(FileWarning::InParts { megabytes, lines });
        }
        warnings
    }

    /// Number and hash of the bytes read.
    pub(super) fn sum(&self) -> (u64, String) {
        self.sum.clone()
    }
}
