//! Pictures of pages: what stands where the text says, and of what has none.

use super::picture::{NoPicture, PagePicture, PdfPictures};
use super::tests::{page_with, set, squares, stream};
use super::*;
use crate::intake::reading::ReadingSettings;

const NEWSPAPER: &[u8] = include_bytes!("../../../tests/layout/newspaper.pdf");

/// The picture of the only page of a file.
fn picture(bytes: Vec<u8>, side: u32) -> Result<PagePicture, NoPicture> {
    PdfPictures::open(bytes).expect("a file").picture(1, side)
}

/// Why the only page of a file has no picture.
fn refusal(bytes: Vec<u8>) -> Option<NoPicture> {
    picture(bytes, 600).err()
}

/// The part of an area of a picture that is dark; edges in ten-thousandths of the page.
fn ink(picture: &PagePicture, left: u16, top: u16, right: u16, bottom: u16) -> f64 {
    let at = |part: u16, length: u32| u32::from(part) * length / 10_000;
    let (columns, rows) = (
        at(left, picture.width)..at(right, picture.width),
        at(top, picture.height)..at(bottom, picture.height),
    );
    let pixels = rows.flat_map(|row| columns.clone().map(move |column| (row, column)));
    let dark: Vec<bool> = pixels
        .map(|(row, column)| picture.rgb[((row * picture.width + column) * 3) as usize] < 128)
        .collect();
    dark.iter().filter(|is_dark| **is_dark).count() as f64 / dark.len() as f64
}

#[test]
fn a_page_is_drawn_at_the_size_that_is_asked_for() {
    // Two squares of 100 points at the foot of a page of 400 by 600 points.
    let content = b"0 0 100 100 re 300 0 100 100 re f";
    for side in [30, 600, 1201] {
        let picture = picture(page_with(content, &[]), side).expect("a picture");
        assert_eq!((picture.width, picture.height), ((side * 2 + 1) / 3, side));
        assert_eq!(picture.rgb.len() as u32, picture.width * picture.height * 3);
        assert!(ink(&picture, 0, 0, 10_000, 8_300) <= 0.0);
        assert!(ink(&picture, 100, 8_400, 2_400, 9_900) >= 1.0);
        assert!(ink(&picture, 2_600, 8_400, 7_400, 9_900) <= 0.0);
    }
    let huge = picture(page_with(content, &[]), u32::MAX).expect("a picture");
    assert_eq!(huge.height, picture::MAX_SIDE);
}

#[test]
fn lines_stand_in_the_picture_where_the_text_says() {
    let page = picture(NEWSPAPER.to_vec(), 1_600).expect("a picture");
    let mut pages =
        PdfPages::open(NEWSPAPER.to_vec(), ReadingSettings::default(), PageRecogniser::default())
            .expect("a file");
    let text = crate::intake::layout::PageWriter::default().write("a", pages.next_pages(1));
    let mut lines = 0;
    for area in text.lines.iter().filter_map(|line| Some(line.place?.area)) {
        assert!(ink(&page, area.left, area.top, area.right, area.bottom) > 0.05, "{area:?}");
        lines += 1;
    }
    assert!(lines > 40, "{lines}");
    assert!(ink(&page, 0, 0, 10_000, 10_000) < 0.3);
}

#[test]
fn embedded_fonts_are_drawn() {
    let content = set(&[(100, 300, &[0, 1, 0, 1, 0, 1])]);
    let picture = picture(page_with(&content, &squares("Identity-H", "Identity")), 600);
    assert!(ink(&picture.expect("a picture"), 2_500, 4_800, 3_200, 5_000) > 0.3);
}

#[test]
fn there_is_no_picture_of_a_page_that_is_not_there() {
    let pictures = PdfPictures::open(NEWSPAPER.to_vec()).expect("a file");
    assert_eq!(pictures.count(), 1);
    assert_eq!(pictures.picture(0, 100).err(), Some(NoPicture::NoSuchPage));
    assert_eq!(pictures.picture(2, 100).err(), Some(NoPicture::NoSuchPage));
}

#[test]
fn pages_that_ask_for_too_much_are_not_drawn() {
    let too_much = Some(NoPicture::TooMuch);
    // The page is covered again and again.
    let covers = b"0 0 400 600 re f ".repeat(2_000);
    assert_eq!(refusal(page_with(&covers, &[])), too_much);
    // A line in dashes of nothing.
    let dashes = b"[0.000001] 0 d 0 0 m 400 600 l S";
    assert_eq!(refusal(page_with(dashes, &[])), too_much);
    // Each form shows the next one three times.
    let form = |at: usize| {
        let dict = format!(
            "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X {} 0 R>>>>",
            at + 1
        );
        stream(&dict, b"/X Do /X Do /X Do")
    };
    let forms: Vec<Vec<u8>> = (5..20).map(form).collect();
    assert_eq!(refusal(page_with(b"/X Do", &forms)), too_much);
    // Pictures that say they are large, or are.
    let large = "/Type/XObject/Subtype/Image/ColorSpace/DeviceGray/BitsPerComponent 8";
    let said = stream(&format!("{large}/Width 60000/Height 60000"), b"x");
    assert_eq!(refusal(page_with(b"400 0 0 600 0 0 cm /X Do", &[said])), too_much);
    let codestream = b"\xff\x4f\xff\x51\0\x2f\0\0\0\x0f\xff\xff\0\x0f\xff\xff\0\0\0\0";
    let inside = stream(&format!("{large}/Width 6/Height 6/Filter/JPXDecode"), codestream);
    assert_eq!(refusal(page_with(b"400 0 0 600 0 0 cm /X Do", &[inside])), too_much);
}

#[test]
fn a_pattern_of_countless_tiles_is_not_drawn() {
    let tile = stream(
        "/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 400 600]/XStep 0.05/YStep 0.05/Resources<<>>",
        b"0 0 1 1 re f",
    );
    let page = page_with(b"/Pattern cs /P scn 0 0 400 600 re f", &[tile]);
    let page = String::from_utf8_lossy(&page).replace("/XObject<</X ", "/Pattern<</P ");
    assert_eq!(refusal(page.into_bytes()), Some(NoPicture::TooMuch));
}
