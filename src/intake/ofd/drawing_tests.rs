//! Pages drawn: type, paths and pictures, and what asks for too much. Strokes and clips are in `ink_tests`.

use std::fs;

use image::{Rgb, RgbImage};

use super::fonts::{EmbeddedFont, MAX_POINTS};
use super::picture_tests::{SCAN, opened, scans};
use super::tests::{ROOT, document, line, package, page};
use super::*;
use crate::intake::{NoPageImage, PageImages, walk};

/// A font whose letters are blocks.
const FONT: &[u8] = include_bytes!("../../../tests/layout/blocks.ttf");

/// A file of one page with these objects, which has the font of blocks as font 1, and this template.
pub(super) fn with_font(objects: &str, template: &str) -> Vec<u8> {
    let more = "<ofd:PublicRes>PublicRes.xml</ofd:PublicRes><ofd:TemplatePage ID='7' \
        BaseLoc='Tpls/T.xml'/>";
    let resources = "<ofd:Res xmlns:ofd='x' BaseLoc='Res'><ofd:Fonts><ofd:Font ID='1' FontName='b'>\
        <ofd:FontFile>blocks.ttf</ofd:FontFile></ofd:Font><ofd:Font ID='2' FontName='c'/></ofd:Fonts>\
        <ofd:DrawParams><ofd:DrawParam ID='40' LineWidth='2' Cap='Square'><ofd:FillColor Value='200 0 0'/>\
        <ofd:StrokeColor Value='0 128 0'/></ofd:DrawParam><ofd:DrawParam ID='41' Relative='40' \
        DashPattern='5 5' Cap='Butt'><ofd:FillColor Value='0 0 255'/></ofd:DrawParam><ofd:DrawParam ID='42' \
        Relative='43'/><ofd:DrawParam ID='43' Relative='42' LineWidth='4'/></ofd:DrawParams>\
        <ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID='30' Width='9' Height='9'><ofd:Content>\
        <ofd:PathObject Boundary='0 0 9 9' Fill='true' Stroke='false'><ofd:FillColor Value='0 0 255'/>\
        <ofd:AbbreviatedData>M 0 0 L 9 0 L 9 9 L 0 9 C</ofd:AbbreviatedData></ofd:PathObject>\
        </ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits></ofd:Res>";
    let page = page(objects).replace(
        "<ofd:Content>",
        "<ofd:Template TemplateID='7' ZOrder='Background'/><ofd:Content>",
    );
    package(&[
        ("OFD.xml", ROOT.as_bytes().to_vec()),
        ("Doc_0/Document.xml", document(1, more).into_bytes()),
        ("Doc_0/PublicRes.xml", resources.as_bytes().to_vec()),
        ("Doc_0/Res/blocks.ttf", FONT.to_vec()),
        ("Doc_0/Tpls/T.xml", super::tests::page(template).into_bytes()),
        ("Doc_0/Pages/Page_0/Content.xml", page.into_bytes()),
    ])
}

/// Such a page with ten dots for a millimetre.
pub(super) fn drawn_of(objects: &str, template: &str) -> RgbImage {
    drawn(opened(&with_font(objects, template)), 1, 2970).expect("drawn")
}

pub(super) fn dot(page: &RgbImage, x: u32, y: u32) -> [u8; 3] {
    page.get_pixel(x, y).0
}

pub(super) const WHITE: [u8; 3] = [255; 3];

/// The rectangle around what is not white.
pub(super) fn inked(page: &RgbImage) -> Option<[u32; 4]> {
    let dots = page.enumerate_pixels().filter(|(_, _, dot)| dot.0 != WHITE);
    dots.map(|(x, y, _)| [x, y, x, y])
        .reduce(|a, b| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])])
}

#[test]
fn letters_are_drawn_in_the_font_that_the_file_brings() {
    let text = |attributes: &str, inside: &str, letters: &str| {
        format!(
            "<ofd:TextObject Boundary='20 20 50 20' Size='10' {attributes}>{inside}<ofd:TextCode X='0' \
             Y='10' DeltaX='g 9 10'>{letters}</ofd:TextCode></ofd:TextObject>"
        )
    };
    let mut font = EmbeddedFont::new(FONT.to_vec()).expect("a font");
    let glyph = font.glyph_of('渡').expect("a glyph");
    let around = hayro_interpret::kurbo::Shape::bounding_box(&*font.outline(glyph).expect("one"));
    // Ten millimetres are an em, the line stands at 30.
    let place = |x: f64, y: f64| [200.0 + 100.0 * x, 300.0 + 100.0 * y].map(|at| at.round() as u32);
    let found = inked(&drawn_of(&text("Font='1'", "", "渡"), "")).expect("ink");
    let ([left, top], [right, bottom]) = (place(around.x0, around.y0), place(around.x1, around.y1));
    for (found, wanted) in found.into_iter().zip([left, top, right, bottom]) {
        assert!(found.abs_diff(wanted) <= 1, "{found} {wanted}");
    }
    // The glyph that the file states stands for any character, in the colour that it has.
    let stated = format!(
        "<ofd:FillColor Value='200 0 0'/><ofd:CGTransform CodePosition='0' CodeCount='1' \
         GlyphCount='1'><ofd:Glyphs>{glyph}</ofd:Glyphs></ofd:CGTransform>"
    );
    let other = drawn_of(&text("Font='1'", &stated, "桥"), "");
    assert_eq!(inked(&other), Some(found));
    let middle = (u32::midpoint(found[0], found[2]), u32::midpoint(found[1], found[3]));
    assert_eq!(dot(&other, middle.0, middle.1), [200, 0, 0]);
    // A font that is not there: pale boxes. What is not shown is not drawn.
    let boxes = drawn_of(&text("Font='2'", "", "桥"), "");
    assert_eq!((inked(&boxes), dot(&boxes, 250, 260)), (Some([206, 222, 293, 305]), [185; 3]));
    assert_eq!(inked(&drawn_of(&text("Font='2' Alpha='0'", "", "桥"), "")), None);
}

#[test]
fn paths_units_and_templates_are_drawn_in_their_order() {
    let path = |attributes: &str, colour: &str, data: &str| {
        format!(
            "<ofd:PathObject Boundary='10 10 100 100' {attributes}>{colour}<ofd:AbbreviatedData>{data}\
             </ofd:AbbreviatedData></ofd:PathObject>"
        )
    };
    let square = "M 0 0 L 20 0 L 20 20 L 0 20 C";
    let red = "<ofd:FillColor Value='255 0 0'/>";
    let filled = path("Fill='true' Stroke='false'", red, square);
    let lined = path("LineWidth='2'", "<ofd:StrokeColor Value='0 128 0'/>", "M 0 40 L 80 40");
    let unit = "<ofd:CompositeObject ResourceID='30' Boundary='20 20 9 9'/>";
    let hole = "M 50 0 L 70 0 L 70 20 L 50 20 C M 55 5 L 65 5 L 65 15 L 55 15 C";
    let ring = path("Fill='true' Stroke='false' Rule='Even-Odd'", red, hole);
    let page = drawn_of(&format!("{lined}{unit}{ring}"), &filled);
    let colours = [(150, 150), (220, 220), (400, 500), (400, 520), (620, 120), (700, 200)];
    let colours = colours.map(|(x, y)| dot(&page, x, y));
    let expected = [[255, 0, 0], [0, 0, 255], [0, 128, 0], WHITE, [255, 0, 0], WHITE];
    assert_eq!(colours, expected);
}

#[test]
fn pictures_are_drawn_also_turned_and_each_page_has_a_picture() {
    let half = "<ofd:ImageObject ResourceID='5' CTM='105 0 0 297 0 0' Boundary='105 0 105 297'/>";
    let turned = "<ofd:ImageObject ResourceID='5' CTM='0 210 297 0 0 0' Boundary='0 0 210 297'/>";
    let none = SCAN.replace("'5'", "'6'");
    let text = line("渡口重开", (20.0, 20.0));
    let with_text = format!("{none}{text}");
    let bytes = scans(&[SCAN, half, turned, &none, &with_text, ""].map(page));
    let drawn = |number| drawn(opened(&bytes), number, 594);
    let whole = drawn(1).expect("drawn");
    assert_eq!(whole.dimensions(), (420, 594));
    assert_eq!([whole.get_pixel(53, 53), whole.get_pixel(59, 53)], [&Rgb([40; 3]), &Rgb([230; 3])]);
    let half = drawn(2).expect("drawn");
    assert_eq!([dot(&half, 9, 9), dot(&half, 219, 9)], [WHITE, [230; 3]]);
    // The scan mirrored about the diagonal: what stood in a row stands in a column.
    let turned = drawn(3).expect("drawn");
    let dots =
        [(53, 53), (53, 59), (53, 63), (59, 53), (63, 53)].map(|(x, y)| dot(&turned, x, y)[0]);
    assert_eq!(dots, [40, 230, 40, 230, 230]);
    assert_eq!(dot(&turned, 300, 590), WHITE, "it is wider than the page");
    assert_eq!(drawn(4).expect_err("it cannot be decoded"), UndrawnPage::Failed);
    let with_text = drawn(5).expect("drawn with its text");
    // A pale box stands for the picture, and one over it for each letter.
    assert_eq!([dot(&with_text, 300, 500), dot(&with_text, 45, 45)], [[185; 3], [134; 3]]);
    assert!(drawn(6).is_ok_and(|page| inked(&page).is_none()));
    assert_eq!(drawn(7).expect_err("none"), UndrawnPage::NoSuchPage);

    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a.ofd"), &bytes).expect("written");
    let walked = walk(folder.path(), &[]);
    let images = || PageImages::of(&walked.files[0], folder.path()).expect("pages");
    assert_eq!([0, 1, 6, 7].map(|page| images().has(page)), [false, true, true, false]);
    let image = images().page(1).and_then(|source| source.image(300)).expect("a picture");
    let shown = image::load_from_memory(&image.bytes).expect("a picture").into_rgb8();
    assert_eq!((image.media_type, shown.dimensions()), ("image/png", (212, 300)));
    assert_eq!(dot(&shown, 9, 9), [230; 3]);
    let none = images().page(7).and_then(|source| source.image(300));
    assert!(matches!(none, Err(NoPageImage::NoSuchPage)), "{none:?}");
}

#[test]
fn what_asks_for_too_much_is_refused() {
    let path = |data: &str| {
        format!(
            "<ofd:PathObject Boundary='0 0 210 297' Fill='true'><ofd:FillColor Value='9 9 9'/>\
             <ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"
        )
    };
    let to_and_fro = format!("M 0 0 {}", "L 210 297 L 0 0 ".repeat(100_000));
    let much = drawn(opened(&with_font(&path(&to_and_fro), "")), 1, 3_200);
    assert_eq!(much.expect_err("too much"), UndrawnPage::TooMuch);
    let covers = path("M 0 0 L 210 0 L 210 297 L 0 297 C").repeat(1_100);
    let much = drawn(opened(&with_font(&covers, "")), 1, 800);
    assert_eq!(much.expect_err("the page is covered again and again"), UndrawnPage::TooMuch);
    // More units than a page shows.
    let nested = "<ofd:CompositeObject ResourceID='30' Boundary='0 0 9 9'/>".repeat(20_000);
    let much = drawn(opened(&with_font(&nested, "")), 1, 300);
    assert_eq!(much.expect_err("too many units"), UndrawnPage::TooMuch);
    let wide = SCAN.replace("CTM='210 0 0 297 0 0'", "CTM='900000 0 0 900000 0 0'");
    let much = drawn(opened(&scans(&[page(&wide)])), 1, 3_200);
    assert_eq!(much.expect_err("too large"), UndrawnPage::TooMuch);
    // What is no number, or far away, is not drawn; all else is.
    let far = ["M 1e300 0 L -1e300 5 C", "M 0 0 L NaN 5", "M 0 0 A 1e9 1e9 0 1 1 5 5", "M 0 0 B 1"];
    let letter = line("渡", (20.0, 20.0));
    let page = drawn_of(&format!("{}{letter}", far.map(path).concat()), "");
    assert_eq!(inked(&page), inked(&drawn_of(&letter, "")));
    assert!(inked(&page).is_some_and(|[left, top, ..]| left >= 200 && top >= 200));
}

#[test]
fn damaged_fonts_have_the_outlines_that_they_have_or_none() {
    assert!(EmbeddedFont::new(Vec::new()).is_none() && EmbeddedFont::new(vec![0; 90]).is_none());
    let mut whole = EmbeddedFont::new(FONT.to_vec()).expect("a font");
    assert!((0..20).any(|glyph| whole.outline(glyph).is_some()));
    for end in (0..FONT.len()).step_by(7) {
        let Some(mut font) = EmbeddedFont::new(FONT[..end].to_vec()) else { continue };
        for glyph in 0..20 {
            let outline = font.outline(glyph);
            assert!(outline.is_none() || outline == whole.outline(glyph), "{glyph} of {end} bytes");
        }
    }
    for at in (0..FONT.len()).step_by(5) {
        let mut bytes = FONT.to_vec();
        bytes[at] ^= 0xff;
        let Some(mut font) = EmbeddedFont::new(bytes) else { continue };
        for glyph in 0..20 {
            let pieces = font.outline(glyph).map_or(0, |outline| outline.elements().len());
            assert!(pieces <= 2 * MAX_POINTS, "{glyph} with byte {at} turned: {pieces}");
        }
    }
    assert!(whole.outline(u32::MAX).is_none());
}
