//! ZIP packages of documents.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A ZIP file of these parts.
pub fn package(parts: &[(String, String)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(name.as_str(), SimpleFileOptions::default()).expect("begun");
        zip.write_all(content.as_bytes()).expect("written");
    }
    zip.finish().expect("complete").into_inner()
}

fn part(name: &str, content: impl Into<String>) -> (String, String) {
    (name.to_owned(), content.into())
}

/// A text for every twenty paragraphs.
pub fn zip_of(paragraphs: &[String]) -> Vec<u8> {
    let texts = paragraphs.chunks(20).enumerate();
    let parts: Vec<_> =
        texts.map(|(number, page)| (format!("{number}.txt"), page.join("\n\n"))).collect();
    package(&parts)
}

pub fn docx(paragraphs: &[String]) -> Vec<u8> {
    let rels = "<Relationships><Relationship Type='http://x/officeDocument' Target='word/document.xml'/>\
        </Relationships>";
    let body = paragraphs.iter().map(|text| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"));
    let body: String = body.collect();
    let document = format!("<w:document xmlns:w='w'><w:body>{body}</w:body></w:document>");
    package(&[
        part("[Content_Types].xml", "<Types/>"),
        part("_rels/.rels", rels),
        part("word/document.xml", document),
    ])
}

pub fn odt(paragraphs: &[String]) -> Vec<u8> {
    let body: String = paragraphs.iter().map(|text| format!("<text:p>{text}</text:p>")).collect();
    let content = format!("<office:d xmlns:office='o' xmlns:text='t'>{body}</office:d>");
    package(&[
        part("mimetype", "application/vnd.oasis.opendocument.text"),
        part("content.xml", content),
    ])
}

pub fn epub(chapters: &[String]) -> Vec<u8> {
    let container =
        "<container><rootfiles><rootfile full-path='book.opf'/></rootfiles></container>";
    let mut parts =
        vec![part("mimetype", "application/epub+zip"), part("META-INF/container.xml", container)];
    let (mut manifest, mut spine) = (String::new(), String::new());
    for (number, chapter) in chapters.iter().enumerate() {
        let _ = write!(
            manifest,
            "<item id='c{number}' href='{number}.xhtml' media-type='application/xhtml+xml'/>"
        );
        let _ = write!(spine, "<itemref idref='c{number}'/>");
        parts.push((format!("{number}.xhtml"), chapter.clone()));
    }
    let book = format!("<package><manifest>{manifest}</manifest><spine>{spine}</spine></package>");
    parts.push(part("book.opf", book));
    package(&parts)
}

/// Pages of lines of thirty characters, fifty on a page, which say where each stands.
pub fn ofd(paragraphs: &[String], count: usize) -> Vec<u8> {
    let characters: Vec<char> = paragraphs.iter().flat_map(|text| text.chars()).collect();
    let lines: Vec<String> = characters.chunks(30).map(|line| line.iter().collect()).collect();
    let pages = lines.chunks(50).take(count).map(|lines| {
        let line = |(row, text): (usize, &String)| {
            format!(
                "<ofd:TextObject Boundary='20 {y} 160 5' Size='4.5'><ofd:TextCode X='0' Y='4' DeltaX='g 29 4.5'>\
                 {text}</ofd:TextCode></ofd:TextObject>",
                y = 15 + row * 5
            )
        };
        let objects: String = lines.iter().enumerate().map(line).collect();
        format!("<ofd:Page><ofd:Content><ofd:Layer>{objects}</ofd:Layer></ofd:Content></ofd:Page>")
    });
    ofd_of(&pages.collect::<Vec<_>>())
}

pub fn ofd_of(pages: &[String]) -> Vec<u8> {
    let root =
        "<ofd:OFD><ofd:DocBody><ofd:DocRoot>D/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>";
    let named: String =
        (0..pages.len()).map(|n| format!("<ofd:Page ID='{n}' BaseLoc='{n}.xml'/>")).collect();
    let document = format!("<ofd:Document><ofd:Pages>{named}</ofd:Pages></ofd:Document>");
    let mut parts = vec![part("OFD.xml", root), part("D/Document.xml", document)];
    parts.extend(pages.iter().enumerate().map(|(n, page)| (format!("D/{n}.xml"), page.clone())));
    package(&parts)
}
