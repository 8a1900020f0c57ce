//! Pages that are pictures: recognised, with marks and layers over them.

use std::io::{Cursor, Seek, Write};

use image::{GrayImage, ImageFormat, Luma};

use super::tests::{ROOT, document, line, package, page};
use super::*;
use crate::intake::layout::PageWriter;
use crate::recognise::Recogniser;

/// A scan of 420 dots by 594, of twenty rows of thirty letters; a row each twenty dots from 50 on.
fn print() -> Vec<u8> {
    let is_letter = |x: u32, y: u32| {
        (50..350).contains(&x) && (50..450).contains(&y) && (x - 50) % 10 < 8 && (y - 50) % 20 < 8
    };
    let dot = |x, y| Luma([if is_letter(x, y) { 40 } else { 230 }]);
    let mut bytes = Cursor::new(Vec::new());
    GrayImage::from_fn(420, 594, dot).write_to(&mut bytes, ImageFormat::Png).expect("encoded");
    bytes.into_inner()
}

/// A file with these pages, in which the picture 5 is the scan and 6 no picture.
pub(super) fn scans(pages: &[String]) -> Vec<u8> {
    let document = document(pages.len(), "<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>");
    let media = |id: u32, name: &str| {
        format!(
            "<ofd:MultiMedia ID='{id}' Type='Image' Format='PNG'><ofd:MediaFile>{name}</ofd:MediaFile>\
             </ofd:MultiMedia>"
        )
    };
    let resources = format!(
        "<ofd:Res xmlns:ofd='x' BaseLoc='Res'><ofd:MultiMedias>{}{}</ofd:MultiMedias></ofd:Res>",
        media(5, "scan.png"),
        media(6, "none.jb2")
    );
    let names: Vec<String> =
        (0..pages.len()).map(|n| format!("Doc_0/Pages/Page_{n}/Content.xml")).collect();
    let mut parts = vec![
        ("OFD.xml", ROOT.as_bytes().to_vec()),
        ("Doc_0/Document.xml", document.into_bytes()),
        ("Doc_0/DocumentRes.xml", resources.into_bytes()),
        ("Doc_0/Res/scan.png", print()),
        ("Doc_0/Res/none.jb2", vec![7; 90]),
    ];
    parts.extend(names.iter().zip(pages).map(|(name, page)| (&**name, page.clone().into_bytes())));
    package(&parts)
}

/// The scan over the whole page.
pub(super) const SCAN: &str =
    "<ofd:ImageObject ResourceID='5' CTM='210 0 0 297 0 0' Boundary='0 0 210 297'/>";

pub(super) fn opened(bytes: &[u8]) -> File {
    let mut file = tempfile::tempfile().expect("a file");
    file.write_all(bytes).expect("written");
    file.rewind().expect("at its beginning");
    file
}

/// The text of a file, its warnings, and how many lines are marks.
fn read(
    bytes: &[u8],
    settings: ReadingSettings,
    engine: Option<Recogniser>,
) -> (String, Vec<FileWarning>, usize) {
    let recogniser = PageRecogniser::new(engine, "ab".to_owned());
    let mut file = OfdPages::open(opened(bytes), settings, recogniser).expect("a file");
    let pages = file.next_pages(usize::MAX);
    let marks = pages.iter().map(|page| page.marks.len()).sum();
    let warnings = [file.recogniser().warnings(), file.warnings()].concat();
    (PageWriter::default().write("a.ofd", pages).text, warnings, marks)
}

fn engine() -> Recogniser {
    let page = "<div class='ocr_page' title='bbox 0 0 420 594'><span class='ocr_line' \
        title='bbox 50 50 110 58'><span class='ocrx_word' title='bbox 50 50 110 58; x_wconf 90'>渡口昨日重开\
        </span></span></div>";
    Recogniser::fixed(Ok(page.to_owned()), None)
}

/// Lines of thirty characters that are not shown, the first at this height, in millimetres.
fn layer(count: u32, top: f64) -> String {
    let text = |row: u32| -> String {
        (0..30).filter_map(|at| char::from_u32(0x4e00 + row * 30 + at)).collect()
    };
    let line = |row: u32| {
        format!(
            "<ofd:TextObject Boundary='25 {} 150 5' Size='5' Alpha='0'><ofd:TextCode X='0' Y='4.2' \
             DeltaX='g 29 5'>{}</ofd:TextCode></ofd:TextObject>",
            top + f64::from(row) * 10.0,
            text(row)
        )
    };
    (0..count).map(line).collect()
}

#[test]
fn pages_that_are_pictures_are_recognised_or_named() {
    let settings = ReadingSettings::default;
    let file = scans(&[page(SCAN), page(&line("第二页有字", (20.0, 20.0)))]);
    let (text, warnings, _) = read(&file, settings(), Some(engine()));
    assert_eq!(text.split_whitespace().collect::<Vec<_>>(), ["渡口昨日重开", "第二页有字"]);
    assert_eq!(warnings, []);
    let (_, warnings, _) = read(&file, settings(), None);
    assert_eq!(warnings, [FileWarning::PagesWithoutText { count: 1, first: 1 }]);
    // The picture is of a form that is not decoded.
    let (_, warnings, _) =
        read(&scans(&[page(&SCAN.replace('5', "6"))]), settings(), Some(engine()));
    let [FileWarning::PagesNotRecognised { count: 1, first: 1, .. }] = &warnings[..] else {
        panic!("{warnings:?}")
    };
    let unread = ReadingSettings { text_layer: false, ..settings() };
    let over = format!("{SCAN}{}", layer(20, 24.6));
    let (text, ..) = read(&scans(&[page(&over)]), unread.clone(), Some(engine()));
    assert_eq!(text.trim(), "渡口昨日重开");
    // No picture has the text of this page.
    let set = page(&line("排印的文字", (20.0, 20.0)));
    let (text, warnings, _) = read(&scans(&[set]), unread, Some(engine()));
    assert_eq!((text.trim(), warnings), ("排印的文字", vec![]));
}

#[test]
fn a_layer_lies_on_the_letters_of_the_picture_and_marks_do_not() {
    let told = |layer: &str| {
        let file = scans(&[page(&format!("{SCAN}{layer}"))]);
        let (_, warnings, marks) = read(&file, ReadingSettings::default(), None);
        (warnings, marks)
    };
    assert_eq!(told(&layer(20, 24.6)), (vec![], 0));
    let sparse = FileWarning::SparseTextLayer { count: 1, first: 1 };
    assert_eq!(told(&layer(13, 24.6)), (vec![sparse], 0));
    let without = FileWarning::PagesWithoutText { count: 1, first: 1 };
    assert_eq!(told(&layer(10, 29.8)), (vec![without.clone()], 10));
    assert_eq!(told(&line("仅供内部使用", (20.0, 280.0))), (vec![without], 1));
}
