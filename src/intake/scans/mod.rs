//! Pages as digitisation delivers them: ALTO, PAGE XML and hOCR, with the place of each line.
//!
//! Which of them a file is, its root element says, or for hOCR the class of its pages. The order of
//! the blocks is the one that the file states (`ReadingOrder`, `IDNEXT`, the index of a region), else
//! the one in which it lists them: whoever made the file has seen the page.

mod alto;
mod hocr;
mod page_xml;
mod placing;
mod recognised;
mod stated_order;
mod xml;

pub(super) use recognised::PageRecogniser;

use super::layout::PageWriter;
use crate::model::{FileWarning, SourceText};

/// The format of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ScanFormat {
    Alto,
    PageXml,
    Hocr,
}

/// Bytes of the head of a file that say what it is.
const HEAD: usize = 16 * 1024;

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
        Some("html") if hocr::is_hocr(head) => Some(ScanFormat::Hocr),
        _ => None,
    }
}

/// Why an XML file is none of them.
pub(super) fn refusal(text: &str) -> FileWarning {
    match xml::root(text) {
        Some(root) => FileWarning::XmlWithoutPages { root },
        None => FileWarning::XmlBroken { reason: "no root element".to_owned() },
    }
}

/// The text of the pages of a file, and what is wrong with it: what stands before a fault is read.
pub(super) fn text(source: &str, text: &str) -> (SourceText, Option<FileWarning>) {
    let (pages, fault) = match format_of(text) {
        Some(ScanFormat::Alto) => alto::pages(text),
        Some(ScanFormat::PageXml) => page_xml::pages(text),
        Some(ScanFormat::Hocr) => (hocr::pages(text), None),
        None => (Vec::new(), None),
    };
    let problem = fault.map(|reason| FileWarning::XmlBroken { reason });
    (PageWriter::default().write(source, pages), problem)
}

#[cfg(test)]
mod tests;
