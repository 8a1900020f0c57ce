//! Pages as digitisation delivers them: ALTO, PAGE XML and hOCR, with the place of each line, and issues
//! (METS), which name the ALTO files of their pages and the articles in them.
//!
//! Which of them a file is, its root element says, or for hOCR the class of its pages. The order of
//! the blocks is the one that the file states (`ReadingOrder`, `IDNEXT`, the index of a region), else
//! the one in which it lists them: whoever made the file has seen the page.

mod alto;
mod hocr;
mod images;
mod mets;
#[cfg(test)]
mod mets_tests;
mod named_path;
mod page_xml;
mod placing;
mod recognised;
mod stated_order;

pub(super) use images::StatedImages;
pub(super) use recognised::PageRecogniser;

pub(super) use self::mets::{IssuePage, issue_pages, named_files};
use super::layout::{PageWriter, PrintedPage};
use super::reading::ReadingSettings;
use super::xml;
use crate::model::{FailureReason, FileWarning, SourceMeta, SourceText};

/// The format of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ScanFormat {
    Alto,
    PageXml,
    Hocr,
    Mets,
}

/// Bytes of the head of a file that say what it is.
pub(super) const HEAD: usize = 16 * 1024;

/// The format of a file; `None` for anything else.
pub(super) fn format_of(text: &str) -> Option<ScanFormat> {
    let mut end = text.len().min(HEAD);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = &text[..end];
    match xml::root(head).as_deref() {
        Some("alto") => Some(ScanFormat::Alto),
        Some("PcGts") => Some(ScanFormat::PageXml),
        Some("mets") => Some(ScanFormat::Mets),
        Some("html") if hocr::is_hocr(head) => Some(ScanFormat::Hocr),
        _ => None,
    }
}

/// Whether a text can be XML at all.
pub(super) fn is_markup(text: &str) -> bool {
    text.trim_start().starts_with('<')
}

/// Why the pages of a file cannot be read. `exceeded` is the limit of its size in megabytes, if it is
/// larger.
pub(super) fn problem(text: &str, exceeded: Option<u64>) -> Option<FileWarning> {
    if format_of(text).is_some() {
        return exceeded.map(|megabytes| FileWarning::TooLarge { megabytes });
    }
    Some(match xml::root(text) {
        Some(root) => FileWarning::XmlWithoutPages { root },
        None => FileWarning::XmlBroken { reason: FailureReason::Malformed },
    })
}

/// The text of the pages of a file that are to be read, and what a person should know of it: what stands
/// before a fault is read. What it states of itself is added to `meta`; `beside` reads a file that it
/// names, by its path below the folder.
pub(super) fn text(
    source: &str,
    text: &str,
    settings: &ReadingSettings,
    meta: &mut SourceMeta,
    beside: &mut dyn FnMut(&str) -> Option<String>,
) -> (SourceText, Vec<FileWarning>) {
    if format_of(text) == Some(ScanFormat::Mets) {
        return mets::text(source, text, settings, meta, beside);
    }
    let (mut pages, fault) = pages_of(text);
    let all = pages.len();
    pages.retain(|page| settings.takes(page.number));
    let count = (all - pages.len()) as u64;
    let left_out = ReadingSettings::left_out(count, all as u64);
    let fault = fault.map(xml_broken);
    (PageWriter::default().write(source, pages), left_out.into_iter().chain(fault).collect())
}

/// How many pages of a file have lines; of a METS file, which has none itself, none.
pub(super) fn pages_with_lines(text: &str) -> usize {
    pages_of(text).0.iter().filter(|page| has_lines(page)).count()
}

/// The same, and the text of the first pages of a file, so many.
pub(super) fn page_count(source: &str, text: &str, first: usize) -> (usize, String) {
    let (mut pages, _) = pages_of(text);
    let count = pages.iter().filter(|page| has_lines(page)).count();
    pages.truncate(first);
    (count, PageWriter::default().write(source, pages).text)
}

fn has_lines(page: &PrintedPage) -> bool {
    page.blocks.iter().any(|block| !block.lines.is_empty())
}

/// The pages of a file that has them itself, and why it breaks off.
fn pages_of(text: &str) -> (Vec<PrintedPage>, Option<FailureReason>) {
    match format_of(text) {
        Some(ScanFormat::Alto) => alto::pages(text),
        Some(ScanFormat::PageXml) => page_xml::pages(text),
        Some(ScanFormat::Hocr) => (hocr::pages(text), None),
        Some(ScanFormat::Mets) | None => (Vec::new(), None),
    }
}

/// The warning on a fault of which a reader says this.
fn xml_broken(reason: FailureReason) -> FileWarning {
    FileWarning::XmlBroken { reason }
}

#[cfg(test)]
mod tests;
