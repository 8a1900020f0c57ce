//! PDF files that are the pictures of pages whose text lies beside them.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use super::companions::{beside, place, scan_format};
use super::gathered::text_of;
use super::open::open;
use super::pdf::picture::PdfPictures;
use super::scans::{self, ScanFormat};
use super::walk::{CorpusFile, FileFormat};

/// Bytes of a PDF file whose pages are counted.
const MAX_PDF: u64 = 256 << 20;

/// Which PDF files of these have a file of pages beside them that has lines for as many pages: their text would be
/// read twice. Any other has text that stands nowhere else, or may have it.
pub(super) fn read_beside(files: &[CorpusFile]) -> BTreeSet<String> {
    let scans = files.iter().flat_map(|file| [file].into_iter().chain(&file.parts));
    let scans = scans.filter(|file| file.format == FileFormat::Scan);
    let scans: BTreeMap<String, &CorpusFile> = scans.map(|file| (place(file), file)).collect();
    let is_read = |file: &&CorpusFile| {
        let read = beside(&place(file), &scans).map(pages_with_lines).max().unwrap_or_default();
        read > 0 && pages_of_pdf(file).is_some_and(|pages| pages <= read)
    };
    files
        .iter()
        .filter(|file| is_pdf(file))
        .filter(is_read)
        .map(|file| file.source.clone())
        .collect()
}

fn is_pdf(file: &CorpusFile) -> bool {
    file.format == FileFormat::Document && file.source.to_lowercase().ends_with(".pdf")
}

/// How many pages of a file of pages have lines, those of its parts included.
fn pages_with_lines(file: &CorpusFile) -> usize {
    let own = |file: &CorpusFile| text_of(file).map_or(0, |text| scans::pages_with_lines(&text));
    match scan_format(file) {
        Some(ScanFormat::Mets) => {
            let pages = |part: &&CorpusFile| scan_format(part) == Some(ScanFormat::Alto);
            file.parts.iter().filter(pages).map(own).sum()
        }
        Some(_) => own(file),
        None => 0,
    }
}

/// How many pages a PDF file has; `None` if it cannot be read.
fn pages_of_pdf(file: &CorpusFile) -> Option<usize> {
    let mut bytes = Vec::new();
    open(file).ok()?.take(MAX_PDF + 1).read_to_end(&mut bytes).ok()?;
    if bytes.len() as u64 > MAX_PDF {
        return None;
    }
    PdfPictures::open(bytes).ok().map(|pages| pages.count() as usize)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use crate::intake::walk;

    /// A file of so many empty pages.
    fn pdf(pages: usize) -> String {
        let mut file = "%PDF-1.4\n".to_owned();
        let mut places = Vec::new();
        let kids: Vec<String> = (0..pages).map(|page| format!("{} 0 R", page + 3)).collect();
        let kids = kids.join(" ");
        let tree = format!("<</Type/Pages/Kids[{kids}]/Count {pages}>>");
        let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 600]>>".to_owned();
        let catalog = "<</Type/Catalog/Pages 2 0 R>>".to_owned();
        let objects = [catalog, tree].into_iter().chain(vec![page; pages]);
        for (at, object) in objects.enumerate() {
            places.push(file.len());
            file.extend([&(at + 1).to_string(), " 0 obj\n", &object, "\nendobj\n"]);
        }
        let (table, size) = (file.len(), places.len() + 1);
        let rows: Vec<String> =
            places.iter().map(|place| format!("{place:010} 00000 n \n")).collect();
        let rows = rows.concat();
        format!(
            "{file}xref\n0 {size}\n0000000000 65535 f \n{rows}trailer<</Size {size}/Root 1 0 R>>\n\
             startxref\n{table}\n%%EOF"
        )
    }

    const ALTO: &str = "<?xml version='1.0'?><alto><Layout><Page WIDTH='100' HEIGHT='100'><PrintSpace>\
        <TextBlock HPOS='0' VPOS='0' WIDTH='90' HEIGHT='9'><TextLine HPOS='0' VPOS='0' WIDTH='90' HEIGHT='9'>\
        <String CONTENT='渡口重开' HPOS='0' VPOS='0' WIDTH='90' HEIGHT='9'/></TextLine></TextBlock></PrintSpace>\
        </Page></Layout></alto>";

    fn mets(pages: &[&str]) -> String {
        let file = |page: &&str| {
            format!(
                "<file ID='{page}'><FLocat LOCTYPE='OTHER' xlink:href='file://./{page}'/></file>"
            )
        };
        let files: String = pages.iter().map(file).collect();
        format!(
            "<?xml version='1.0'?><mets xmlns:xlink='x'><fileSec><fileGrp ID='ALTOGRP' USE='Text'>{files}\
             </fileGrp></fileSec></mets>"
        )
    }

    #[test]
    fn a_pdf_is_a_picture_only_of_pages_whose_lines_are_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let empty = "<?xml version='1.0'?><alto><Layout/></alto>".to_owned();
        let other = "<?xml version='1.0'?><record><title>渡口</title></record>".to_owned();
        let files = [
            ("A05.pdf", pdf(1)),
            ("A05.xml", ALTO.to_owned()),
            ("A06.pdf", pdf(1)),
            ("A06.txt", "渡口重开".to_owned()),
            ("A07.pdf", pdf(1)),
            ("A07.xml", other),
            ("A08.pdf", pdf(2)),
            ("A08.xml", ALTO.to_owned()),
            ("A09.pdf", pdf(1)),
            ("A09.xml", empty),
            ("A10.pdf", "%PDF-1.4".to_owned()),
            ("A10.xml", ALTO.to_owned()),
            ("b.mets.xml", mets(&["b1.xml", "b2.xml"])),
            ("b.pdf", pdf(2)),
            ("b1.pdf", pdf(1)),
            ("b1.xml", ALTO.to_owned()),
            ("b2.xml", ALTO.to_owned()),
            ("c.mets.xml", mets(&["lost.xml"])),
            ("c.pdf", pdf(2)),
        ];
        for (name, content) in files {
            fs::write(folder.path().join(name), content).expect("written");
        }
        let walked = walk(folder.path(), &[]);
        let sources: Vec<&str> = walked.files.iter().map(|file| file.source.as_str()).collect();
        let expected = [
            "A05.xml",
            "A06.pdf",
            "A06.txt",
            "A07.pdf",
            "A07.xml",
            "A08.pdf",
            "A08.xml",
            "A09.pdf",
            "A09.xml",
            "A10.pdf",
            "A10.xml",
            "b.mets.xml",
            "c.mets.xml",
            "c.pdf",
        ];
        assert_eq!(sources, expected);
        assert_eq!(walked.beside, 3);
    }
}
