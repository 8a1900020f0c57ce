//! A file of pages being read: PDF or a picture as a whole, OFD part by part, some thousand lines at a time.

use std::fs::File;
use std::io::{self, Read};

use super::layout::{PageWriter, PrintedPage};
use super::ofd::OfdPages;
use super::pdf::PdfPages;
use super::picture_file::PicturePages;
use super::reading::ReadingSettings;
use super::scans::PageRecogniser;
use crate::model::{FileWarning, SourceText};

/// A file of pages being read.
pub(super) struct PagedReader {
    pages: FilePages,
    lines: u32,
    texts: u32,
}

/// The pages of a file that are still to come.
enum FilePages {
    Pdf(Box<PdfPages>),
    Ofd(Box<OfdPages>),
    Pictures(Box<PicturePages>),
}

/// Bytes of a PDF file or a picture, which is held in memory.
const MAX_BYTES: u64 = 512 << 20;

/// Lines of a text at most; the page that goes beyond is the last.
const MAX_LINES: usize = 100_000;

impl PagedReader {
    /// Opens a PDF file that is at its beginning.
    ///
    /// # Errors
    /// When it cannot be read; the inner one says why it is refused.
    pub(super) fn of_pdf(
        file: &mut File,
        settings: ReadingSettings,
        recogniser: PageRecogniser,
    ) -> io::Result<Result<Self, FileWarning>> {
        let pages = bytes_of(file)?.and_then(|bytes| PdfPages::open(bytes, settings, recogniser));
        Ok(pages.map(|pages| Self::of(FilePages::Pdf(Box::new(pages)))))
    }

    /// Opens a picture that is at its beginning.
    ///
    /// # Errors
    /// When it cannot be read; the inner one says why it is refused.
    pub(super) fn of_picture(
        file: &mut File,
        settings: ReadingSettings,
        recogniser: PageRecogniser,
    ) -> io::Result<Result<Self, FileWarning>> {
        let pages = bytes_of(file)?.map(|bytes| PicturePages::open(bytes, settings, recogniser));
        Ok(pages.map(|pages| Self::of(FilePages::Pictures(Box::new(pages)))))
    }

    /// The pages of an OFD file.
    pub(super) fn of_ofd(pages: OfdPages) -> Self {
        Self::of(FilePages::Ofd(Box::new(pages)))
    }

    fn of(pages: FilePages) -> Self {
        Self { pages, lines: 0, texts: 0 }
    }

    /// What recognises the pages that are pictures.
    pub(super) fn recogniser(&self) -> &PageRecogniser {
        match &self.pages {
            FilePages::Pdf(pages) => pages.recogniser(),
            FilePages::Pictures(pages) => pages.recogniser(),
            FilePages::Ofd(pages) => pages.recogniser(),
        }
    }

    /// What the format is called.
    pub(super) fn format(&self) -> &'static str {
        match self.pages {
            FilePages::Pdf(_) => "pdf",
            FilePages::Ofd(_) => "ofd",
            FilePages::Pictures(_) => "picture",
        }
    }

    /// The text of the next pages that have any; `None` at the end.
    pub(super) fn next_text(&mut self, source: &str) -> Option<SourceText> {
        loop {
            let pages = self.next_pages();
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

    fn next_pages(&mut self) -> Vec<PrintedPage> {
        match &mut self.pages {
            FilePages::Pdf(pages) => pages.next_pages(MAX_LINES),
            FilePages::Ofd(pages) => pages.next_pages(MAX_LINES),
            FilePages::Pictures(pages) => pages.next_pages(MAX_LINES),
        }
    }

    /// Whether no page so far has text.
    pub(super) fn is_empty(&self) -> bool {
        self.texts == 0
    }

    /// What a person should know of the pages so far.
    pub(super) fn warnings(&self) -> Vec<FileWarning> {
        let of_pages = match &self.pages {
            FilePages::Pdf(pages) => pages.warnings(),
            FilePages::Ofd(pages) => pages.warnings(),
            FilePages::Pictures(pages) => pages.warnings(),
        };
        let mut warnings = [self.recogniser().warnings(), of_pages].concat();
        if self.texts > 1 {
            let (megabytes, lines) = (MAX_BYTES >> 20, MAX_LINES as u64);
            warnings.push(FileWarning::InParts { megabytes, lines });
        }
        warnings
    }
}

/// The bytes of a file, unless there are too many.
fn bytes_of(file: &mut File) -> io::Result<Result<Vec<u8>, FileWarning>> {
    let mut bytes = Vec::new();
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    let is_too_large = bytes.len() as u64 > MAX_BYTES;
    let refusal = FileWarning::TooLarge { megabytes: MAX_BYTES >> 20 };
    Ok(if is_too_large { Err(refusal) } else { Ok(bytes) })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::intake::{Chunk, Config, ReadOutcome, ReadReport, read, walk};

    /// Reads a file with this name and content.
    fn read_as(name: &str, bytes: &[u8]) -> (Vec<SourceText>, ReadReport) {
        read_by("", name, bytes)
    }

    /// The same with these settings for it.
    fn read_by(settings: &str, name: &str, bytes: &[u8]) -> (Vec<SourceText>, ReadReport) {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join(name), bytes).expect("written");
        let settings = format!("[[files]]\nglob = \"*\"\n{settings}\n");
        fs::write(folder.path().join("corpus.toml"), settings).expect("written");
        let walked = walk(folder.path(), &[]);
        let config = Config::load(folder.path()).expect("good settings");
        let mut reader = read(&walked.files[0], &config);
        let texts = reader.by_ref().map(|chunk| match chunk {
            Chunk::Text(text) => *text,
            Chunk::Articles(_) => panic!("a text was expected"),
        });
        (texts.collect(), reader.finish())
    }

    const NEWSPAPER: &[u8] = include_bytes!("../../tests/layout/newspaper.pdf");

    #[test]
    fn a_pdf_is_recognised_whatever_its_name_says() {
        for name in ["2023-02-10_A05.pdf", "2023-02-10_A05.txt", "2023-02-10_A05.html"] {
            let (texts, report) = read_as(name, NEWSPAPER);
            let [text] = &texts[..] else { panic!("{texts:?}") };
            assert_eq!(text.text, include_str!("../../tests/layout/newspaper.txt"));
            assert_eq!(text.meta.page.as_deref(), Some("A05"));
            assert!(text.lines.iter().map(|line| line.number).eq(1..=text.lines.len() as u32));
            assert_eq!((report.outcome, report.encoding), (ReadOutcome::Read, "pdf"));
            assert_eq!(report.hash, blake3::hash(NEWSPAPER).to_hex().to_string());
            assert!(report.warnings.is_empty());
        }
    }

    #[test]
    fn pages_that_are_not_to_be_read_are_counted() {
        let alto = "<?xml version='1.0'?><alto><Layout>\
            <Page WIDTH='9' HEIGHT='9'><PrintSpace><TextBlock><TextLine><String CONTENT='封面'/></TextLine>\
            </TextBlock></PrintSpace></Page>\
            <Page WIDTH='9' HEIGHT='9'><PrintSpace><TextBlock><TextLine><String CONTENT='渡口开渡'/></TextLine>\
            </TextBlock></PrintSpace></Page></Layout></alto>";
        let (texts, report) = read_by("pages = '2-'", "a.xml", alto.as_bytes());
        assert_eq!(texts[0].text.trim(), "渡口开渡");
        assert_eq!(texts[0].lines[0].place.map(|place| place.page), Some(2));
        assert_eq!(report.warnings, [FileWarning::PagesLeftOut { count: 1 }]);
        let (texts, report) = read_by("pages = '1'", "a.pdf", NEWSPAPER);
        assert_eq!((texts.len(), report.warnings.len()), (1, 0), "it has one page");
        let (texts, report) = read_by("pages = '2-'", "a.pdf", NEWSPAPER);
        assert_eq!((texts.len(), report.outcome), (0, ReadOutcome::Empty));
        assert_eq!(report.warnings, [FileWarning::NoPageRead { count: 1 }]);
    }

    #[test]
    fn a_text_about_pdf_is_a_text() {
        let about = "文件以%PDF-1.7开头。";
        let (texts, report) = read_as("a.txt", about.as_bytes());
        assert_eq!((texts[0].text.as_str(), report.warnings.len()), (about, 0));
    }

    #[test]
    fn what_only_calls_itself_pdf_or_xml_is_refused_with_what_it_is() {
        let (texts, report) = read_as("a.pdf", b"\xef\xbb\xbf%PDF-1.7\n\x00");
        assert_eq!((texts.len(), report.outcome), (0, ReadOutcome::Unreadable));
        assert_eq!(report.warnings, [FileWarning::PdfDamaged]);
        let (texts, report) = read_as("a.pdf", "渡口开渡。".as_bytes());
        assert_eq!((texts.len(), report.outcome), (1, ReadOutcome::Read), "it is a text");
        let (texts, report) = read_as("a.xml", "渡口开渡。".as_bytes());
        assert_eq!((texts.len(), report.outcome), (1, ReadOutcome::Read), "and so is this");
        let (texts, report) = read_as("a.xml", b"<?xml version='1.0'?><rss><a/></rss>");
        assert_eq!((texts.len(), report.outcome), (0, ReadOutcome::Binary));
        let root = "rss".to_owned();
        assert_eq!(report.warnings, [FileWarning::XmlWithoutPages { root }]);
        assert!(!report.hash.is_empty());
    }

    #[test]
    fn pages_of_digitisation_are_recognised_whatever_their_name_says() {
        let alto = "<?xml version='1.0'?><alto><Layout><Page WIDTH='9' HEIGHT='9'><PrintSpace><TextBlock>\
            <TextLine><String CONTENT='渡口开渡'/></TextLine></TextBlock></PrintSpace></Page></Layout></alto>";
        let hocr = "<html><head><title></title></head><body><div class='ocr_page' title='bbox 0 0 9 9'>\
            <span class='ocr_line'>渡口开渡</span></div></body></html>";
        for (name, file) in [("a.xml", alto), ("a.txt", alto), ("a.hocr", hocr), ("a.html", hocr)] {
            let (texts, report) = read_as(name, file.as_bytes());
            assert_eq!(texts[0].text.trim(), "渡口开渡", "{name}");
            assert_eq!(texts[0].lines[0].place.map(|place| place.page), Some(1));
            assert_eq!((report.outcome, report.warnings.len()), (ReadOutcome::Read, 0));
        }
        let (_, report) = read_as("a.xml", alto.replace("渡口开渡", "").as_bytes());
        assert_eq!(
            (report.outcome, &report.warnings[..]),
            (ReadOutcome::Empty, &[FileWarning::Empty][..])
        );
    }
}
