//! How many pages a file has and how much text, by which a PDF file is known as the picture of the pages beside it.

use std::io::Read;
use std::sync::LazyLock;

use super::file_cache::FileCache;
use super::gathered::{scan_format, text_of};
use super::ofd;
use super::open::open;
use super::pdf;
use super::scans::{self, ScanFormat};
use super::walk::{CorpusFile, FoundState};

/// Bytes of a PDF file whose pages are counted.
const MAX_PDF: u64 = 256 << 20;

/// Pages of which letters are compared.
const MAX_COMPARED: usize = 4;

/// How many times as many letters a PDF file shows at most as the pages that it is the picture of, and how many
/// more.
const MAX_RATIO: usize = 2;
const MAX_STAMPED: usize = 100;

/// Files whose pages are known.
const MAX_COUNTED: usize = 200_000;

/// What is counted of a file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct PageCount {
    /// Those of a PDF file, and those of another that have lines.
    pages: usize,
    /// Letters and digits that the first [`MAX_COMPARED`] pages show.
    letters: usize,
}

impl PageCount {
    /// That of a PDF file; `None` if it cannot be read.
    pub(super) fn of_pdf(file: &CorpusFile) -> Option<Self> {
        counted(file, || count_of_pdf(file))
    }

    /// That of a file of pages, with those of its parts.
    pub(super) fn of_text(file: &CorpusFile) -> Self {
        let own = |file: &CorpusFile| counted(file, || count_of_scan(file)).unwrap_or_default();
        if file.is_named(".ofd") {
            let count = || {
                let (pages, text) = ofd::page_count(open(file).ok()?, MAX_COMPARED);
                Some(PageCount::new(pages, &text))
            };
            return counted(file, count).unwrap_or_default();
        }
        match scan_format(file) {
            Some(ScanFormat::Mets) => {
                let is_page = |part: &&CorpusFile| scan_format(part) == Some(ScanFormat::Alto);
                let pages: Vec<PageCount> = file.parts.iter().filter(is_page).map(own).collect();
                PageCount {
                    pages: pages.iter().map(|page| page.pages).sum(),
                    letters: pages.iter().take(MAX_COMPARED).map(|page| page.letters).sum(),
                }
            }
            Some(_) => own(file),
            None => PageCount::default(),
        }
    }

    /// That of so many pages, of which the first show this.
    fn new(pages: usize, first: &str) -> Self {
        Self { pages, letters: first.chars().filter(|c| c.is_alphanumeric()).count() }
    }

    /// Whether a file with this count can have all the text of a PDF file. What was recognised lacks some, and who
    /// hands out a scan stamps it.
    pub(super) fn has_text_of(self, pdf: Self) -> bool {
        let most = self.letters.saturating_mul(MAX_RATIO).saturating_add(MAX_STAMPED);
        self.pages == pdf.pages && pdf.letters <= most
    }
}

fn count_of_scan(file: &CorpusFile) -> Option<PageCount> {
    let text = text_of(file).ok()?;
    let (pages, first) = scans::page_count(&file.source, &text, MAX_COMPARED);
    Some(PageCount::new(pages, &first))
}

fn count_of_pdf(file: &CorpusFile) -> Option<PageCount> {
    if file.bytes > MAX_PDF {
        return None;
    }
    let mut bytes = Vec::new();
    open(file).ok()?.take(MAX_PDF).read_to_end(&mut bytes).ok()?;
    let (pages, text) = pdf::page_count(bytes, MAX_COMPARED).ok()?;
    Some(PageCount::new(pages, &text))
}

/// What is counted of a file, once for each time that it is written: a watch looks for what belongs together
/// whenever something changes, and files are large.
fn counted(file: &CorpusFile, count: impl FnOnce() -> Option<PageCount>) -> Option<PageCount> {
    static COUNTED: LazyLock<FileCache<FoundState, PageCount>> =
        LazyLock::new(|| FileCache::of(MAX_COUNTED));
    COUNTED.get_or_make(&file.state(), || count().ok_or(())).ok()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::intake::walk;

    #[test]
    fn a_file_is_counted_once_for_each_time_that_it_is_written() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut count = 0;
        let mut counted = |content: &str| {
            fs::write(folder.path().join("a.pdf"), content).expect("written");
            for _ in 0..2 {
                let file = &walk(folder.path(), &[]).files[0];
                let found = counted(file, || {
                    count += 1;
                    Some(PageCount::new(content.len(), ""))
                });
                assert_eq!(found.map(|found| found.pages), Some(content.len()));
            }
            count
        };
        assert_eq!([counted("a"), counted("ab")], [1, 2]);
    }
}
