//! PDF files that are written here, byte by byte, and a page set by typst (`tests/layout/make.py`).

use encoding_rs::{BIG5, GBK};
use proptest::prelude::*;

use super::*;
use crate::intake::layout::PageWriter;
use crate::recognise::Recogniser;

/// A file of these objects; the first is the catalog.
pub(super) fn file(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        places.push(bytes.len());
        bytes.extend(format!("{} 0 obj\n", index + 1).bytes());
        bytes.extend(object);
        bytes.extend(b"\nendobj\n");
    }
    let table = bytes.len();
    bytes.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for place in places {
        bytes.extend(format!("{place:010} 00000 n \n").bytes());
    }
    let size = objects.len() + 1;
    bytes.extend(format!("trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF").bytes());
    bytes
}

pub(super) fn stream(entries: &str, data: &[u8]) -> Vec<u8> {
    let head = format!("<</Length {}{entries}>>stream\n", data.len());
    [head.as_bytes(), data, b"\nendstream"].concat()
}

/// One page of 400 by 600 points with this content, `/F` being the fifth object, others behind it.
pub(super) fn page_with(content: &[u8], rest: &[Vec<u8>]) -> Vec<u8> {
    page_with_form(content, rest, 5)
}

/// The same with the form of this number.
fn page_with_form(content: &[u8], rest: &[Vec<u8>], form: usize) -> Vec<u8> {
    let page = format!(
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 600]/Contents 4 0 R\
         /Resources<</Font<</F 5 0 R>>/XObject<</X {form} 0 R>>>>>>"
    );
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        page.into_bytes(),
        stream("", content),
    ];
    objects.extend_from_slice(rest);
    file(&objects)
}

/// A composite font that is not embedded.
pub(super) fn composite(encoding: &str, ordering: &str) -> Vec<Vec<u8>> {
    let font = format!(
        "<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/{encoding}/DescendantFonts[6 0 R]>>"
    );
    let descendant = format!(
        "<</Type/Font/Subtype/CIDFontType2/BaseFont/SimSun/CIDSystemInfo<</Registry(Adobe)/Ordering\
         ({ordering})/Supplement 2>>/FontDescriptor<</Type/FontDescriptor/FontName/SimSun/Flags 4>>>>"
    );
    vec![font.into_bytes(), descendant.into_bytes()]
}

/// The font of squares, embedded and without a table of characters.
pub(super) fn squares(encoding: &str, ordering: &str) -> Vec<Vec<u8>> {
    let program = include_bytes!("../../../tests/layout/blocks.ttf");
    let font = format!(
        "<</Type/Font/Subtype/Type0/BaseFont/ABCDEF+Blocks/Encoding/{encoding}\
         /DescendantFonts[6 0 R]>>"
    );
    let descendant = format!(
        "<</Type/Font/Subtype/CIDFontType2/BaseFont/ABCDEF+Blocks/CIDSystemInfo<</Registry(Adobe)\
         /Ordering({ordering})/Supplement 0>>/CIDToGIDMap/Identity/FontDescriptor 7 0 R>>"
    );
    let descriptor = "<</Type/FontDescriptor/FontName/ABCDEF+Blocks/Flags 4/FontFile2 8 0 R>>";
    let length = format!("/Length1 {}", program.len());
    vec![
        font.into_bytes(),
        descendant.into_bytes(),
        descriptor.as_bytes().to_vec(),
        stream(&length, program),
    ]
}

/// Sets lines, each from a place on; type of size 10.
pub(super) fn set(lines: &[(i32, i32, &[u8])]) -> Vec<u8> {
    let mut content = b"BT /F 10 Tf ".to_vec();
    for (x, y, bytes) in lines {
        let codes: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        content.extend(format!("1 0 0 1 {x} {y} Tm <{}> Tj ", codes.concat()).bytes());
    }
    content.extend(b"ET");
    content
}

pub(super) fn gbk(text: &str) -> Vec<u8> {
    GBK.encode(text).0.into_owned()
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_be_bytes).collect()
}

/// The text of a file whose pages are recognised as these lines, each with its box; and its warnings.
pub(super) fn recognised(bytes: Vec<u8>, lines: &[(&str, &str)]) -> (String, Vec<FileWarning>) {
    let lines = lines.iter().map(|(place, text)| {
        format!("<span class='ocr_line' title='bbox {place}'><span class='ocrx_word' title='bbox {place}; x_wconf 90'>{text}</span></span>")
    });
    let page = format!(
        "<div class='ocr_page' title='bbox 0 0 400 600'>{}</div>",
        lines.collect::<Vec<_>>().concat()
    );
    let engine = Recogniser::fixed(Ok(page), None);
    let recogniser = PageRecogniser::new(Some(engine), "ab".to_owned());
    let mut file = PdfPages::open(bytes, ReadingSettings::default(), recogniser).expect("a file");
    let pages = file.next_pages(usize::MAX);
    assert_eq!(file.recogniser().tried(), Some("fixed"));
    let warnings = [file.recogniser().warnings(), file.warnings()].concat();
    (PageWriter::default().write("a.pdf", pages).text, warnings)
}

/// The text of a file, and its warnings.
pub(super) fn read(bytes: Vec<u8>) -> (String, Vec<FileWarning>) {
    let mut file =
        match PdfPages::open(bytes, ReadingSettings::default(), PageRecogniser::default()) {
            Ok(file) => file,
            Err(warning) => return (String::new(), vec![warning]),
        };
    let pages = file.next_pages(usize::MAX);
    let warnings = [file.recogniser().warnings(), file.warnings()].concat();
    (PageWriter::default().write("a.pdf", pages).text, warnings)
}

#[test]
fn fonts_that_are_not_embedded_are_read_by_their_encodings() {
    let big5 = BIG5.encode("渡口開渡").0.into_owned();
    let cases: [(&str, &str, Vec<u8>, &str); 5] = [
        ("GBK-EUC-H", "GB1", gbk("渡口开渡 A座"), "渡口开渡 A座"),
        ("GB-EUC-H", "GB1", gbk("渡口开渡"), "渡口开渡"),
        ("UniGB-UCS2-H", "GB1", utf16("渡口开渡"), "渡口开渡"),
        ("UniGB-UTF16-H", "GB1", utf16("渡口开渡"), "渡口开渡"),
        ("ETen-B5-H", "CNS1", big5, "渡口開渡"),
    ];
    for (encoding, ordering, bytes, expected) in cases {
        let content = set(&[(50, 500, &bytes)]);
        let (text, warnings) = read(page_with(&content, &composite(encoding, ordering)));
        assert_eq!((text.trim(), &warnings[..]), (expected, &[][..]), "{encoding}");
    }
}

#[test]
fn vertical_text_runs_down_from_the_right() {
    let (first, second) = (gbk("木船昨天过秤"), gbk("缆绳码在岸边"));
    let content = set(&[(285, 500, &second), (300, 500, &first)]);
    let (text, warnings) = read(page_with(&content, &composite("GBK-EUC-V", "GB1")));
    assert_eq!((text.as_str(), &warnings[..]), ("木船昨天过秤\n缆绳码在岸边\n\n", &[][..]));
}

#[test]
fn embedded_fonts_without_characters_are_read_by_code_or_by_their_own_table() {
    // The codes say it: no glyph of the font is needed.
    let content = set(&[(50, 500, &gbk("渡口开渡"))]);
    let (text, warnings) = read(page_with(&content, &squares("GBK-EUC-H", "GB1")));
    assert_eq!((text.trim(), &warnings[..]), ("渡口开渡", &[][..]));
    // The codes are numbers of glyphs, and the font knows whose they are.
    let content = set(&[(50, 500, &[0, 1, 0, 2, 0, 3, 0, 4])]);
    let (text, warnings) = read(page_with(&content, &squares("Identity-H", "Identity")));
    assert_eq!((text.trim(), &warnings[..]), ("渡口开船", &[][..]));
    // A glyph that nothing tells of is shown as such and counted.
    let content = set(&[(50, 500, &[0, 1, 0, 0])]);
    let (text, warnings) = read(page_with(&content, &squares("Identity-H", "Identity")));
    assert_eq!(text.trim(), "渡\u{fffd}");
    assert_eq!(warnings, [FileWarning::UnknownCharacters { count: 1, page: 1 }]);
}

#[test]
fn gbk_in_a_latin_font_is_read_as_such_and_latin_as_latin() {
    let font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_vec();
    let content = set(&[
        (50, 500, &gbk("渡口今日开渡，木船归港")),
        (50, 485, &gbk("全县计划灌溉小麦12.6万亩")),
    ]);
    let (text, warnings) = read(page_with(&content, std::slice::from_ref(&font)));
    assert_eq!(text, "渡口今日开渡，木船归港\n全县计划灌溉小麦12.6万亩\n\n");
    assert_eq!(warnings, [FileWarning::ReadAsGbk { count: 1, first: 1 }]);
    let latin: &[u8] =
        b"d\xe9j\xe0 vu \xe0 la f\xeate o\xf9 l'\xe9t\xe9 a \xe9t\xe9 tr\xe8s \xe9go\xefste";
    let (text, warnings) = read(page_with(&set(&[(50, 500, latin)]), &[font]));
    assert_eq!((text.trim(), warnings.len()), ("déjà vu à la fête où l'été a été très égoïste", 0));
}

#[test]
fn a_newspaper_page_is_read_line_by_line() {
    let (text, warnings) = read(include_bytes!("../../../tests/layout/newspaper.pdf").to_vec());
    assert!(warnings.is_empty(), "{warnings:?}");
    assert_eq!(text, include_str!("../../../tests/layout/newspaper.txt"));
}

#[test]
fn a_page_that_is_a_picture_is_named() {
    let picture = stream(
        "/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray",
        b"x",
    );
    let (text, warnings) = read(page_with(b"q 400 0 0 600 0 0 cm /X Do Q", &[picture]));
    assert_eq!(text.trim(), "");
    assert_eq!(warnings, [FileWarning::PagesWithoutText { count: 1, first: 1 }]);
}

#[test]
fn damaged_and_hostile_files_are_refused_or_read_as_far_as_they_go() {
    let refused = |bytes: Vec<u8>| {
        PdfPages::open(bytes, ReadingSettings::default(), PageRecogniser::default()).err()
    };
    assert_eq!(refused(b"%PDF-1.4\nnothing".to_vec()), Some(FileWarning::PdfDamaged));
    let circle = file(&[
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 99999999>>".to_vec(),
    ]);
    assert_eq!(refused(circle), Some(FileWarning::PdfDamaged));
    let protected = file(&[
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[]/Count 0>>".to_vec(),
    ]);
    assert_eq!(refused(protected), Some(FileWarning::PdfDamaged), "no page");

    // Without its table of objects it is still read.
    let whole = page_with(&set(&[(50, 500, &gbk("渡口开渡"))]), &composite("GBK-EUC-H", "GB1"));
    let lost = String::from_utf8_lossy(&whole).replace("startxref", "startless").into_bytes();
    assert_eq!(read(lost).0.trim(), "渡口开渡");

    // A form that shows itself, brackets without end.
    let form = stream(
        "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>",
        b"/X Do /X Do",
    );
    assert_eq!(read(page_with(b"/X Do", &[form])), ("\n".to_owned(), Vec::new()));
    assert_eq!(read(page_with(&b"[".repeat(100_000), &[])).0.trim(), "");
}

/// A page that shows this and then forms of which each shows the next one twice.
fn page_without_end(content: &[u8], fonts: &[Vec<u8>]) -> Vec<u8> {
    let first = 5 + fonts.len();
    let form = |at: usize| {
        let next = at + 1;
        let head = "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X ";
        stream(&format!("{head}{next} 0 R>>>>"), b"/X Do /X Do")
    };
    let forms: Vec<Vec<u8>> = (first..first + 18).map(form).collect();
    page_with_form(&[content, b" /X Do"].concat(), &[fonts, &forms].concat(), first)
}

#[test]
fn a_page_with_more_than_a_page_can_have_is_read_in_part() {
    let font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_vec();
    let (text, warnings) = read(page_without_end(&set(&[(50, 500, b"the first line")]), &[font]));
    assert_eq!(text.trim(), "the first line");
    let in_part = FileWarning::PagesUnread { count: 1, first: 1 };
    assert_eq!(warnings, std::slice::from_ref(&in_part));
    // Its unknown characters count as tried, which `recognised` asks.
    let fonts = squares("Identity-H", "Identity");
    let file = page_without_end(&set(&[(50, 500, &[0; 6])]), &fonts);
    let unknown = FileWarning::UnknownCharacters { count: 3, page: 1 };
    assert_eq!(recognised(file, &[]).1, [in_part, unknown]);
}

#[test]
fn what_unpacks_without_measure_is_refused_before_it_is_unpacked() {
    use std::io::Write;
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    let zeros = vec![b' '; 1 << 20];
    for _ in 0..130 {
        packed.write_all(&zeros).expect("into memory");
    }
    let content = stream("/Filter/FlateDecode", &packed.finish().expect("into memory"));
    let pages = [
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 600]/Contents 4 0 R>>".to_vec(),
        content,
    ];
    assert_eq!(
        PdfPages::open(file(&pages), ReadingSettings::default(), PageRecogniser::default()).err(),
        Some(FileWarning::UnpacksTooFar { megabytes: 128 })
    );
}

/// A page whose content is a stream with these entries in its dictionary.
fn page_of_stream(entries: &str, data: &[u8]) -> Vec<u8> {
    file(&[
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 600]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>".to_vec(),
        stream(entries, data),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_vec(),
    ])
}

fn deflated(data: &[u8], times: usize) -> Vec<u8> {
    use std::io::Write;
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    for _ in 0..times {
        packed.write_all(data).expect("into memory");
    }
    packed.finish().expect("into memory")
}

#[test]
fn no_form_of_a_stream_passes_by_the_limits() {
    let bomb = deflated(&vec![b' '; 1 << 20], 130);
    let refused = [FileWarning::UnpacksTooFar { megabytes: 128 }];
    let hex =
        |data: &[u8]| data.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat();
    let comment = format!("/Filter/FlateDecode %{}\n", "x".repeat(5000));
    let raw = &bomb[2..];
    for (entries, data) in [
        ("/Filter/FlateDecode", &bomb[..]),
        ("/Filter/Fl#61teDecode", &bomb),
        ("/Filter[/Fl]", &bomb),
        (&comment, &bomb),
        ("/Filter/FlateDecode", raw),
        ("/Filter[/ASCIIHexDecode/FlateDecode]", hex(&bomb).as_bytes()),
        ("/Filter[/FlateDecode/FlateDecode]", &deflated(&bomb, 1)),
        ("/Filter[/FlateDecode/RunLengthDecode]", &deflated(&[129, b' '].repeat(1 << 19), 3)),
    ] {
        assert_eq!(read(page_of_stream(entries, data)).1, refused, "{entries}");
    }
    // The content of a page is no picture, whatever it says.
    let unread = [FileWarning::PagesUnread { count: 1, first: 1 }];
    for entries in ["/Filter/FlateDecode/A/Image", "/Filter/FlateDecode/Subtype/Image"] {
        let (_, warnings) = read(page_of_stream(entries, &bomb));
        assert!(warnings == refused || warnings == unread, "{entries}: {warnings:?}");
    }
    // What is packed twice and small is read.
    let twice = deflated(&deflated(&set(&[(50, 500, b"the first line")]), 1), 1);
    let (text, warnings) = read(page_of_stream("/Filter[/FlateDecode/FlateDecode]", &twice));
    assert_eq!((text.trim(), &warnings[..]), ("the first line", &[][..]));
}

#[test]
fn a_string_without_end_is_not_expanded() {
    let content = ["BT /F 10 Tf (", &"A".repeat(2 << 20), ") Tj ET"].concat();
    let (text, warnings) =
        read(page_of_stream("/Filter/FlateDecode", &deflated(content.as_bytes(), 1)));
    assert_eq!(text.trim(), "");
    assert_eq!(warnings, [FileWarning::PagesUnread { count: 1, first: 1 }]);
}

#[test]
fn counting_takes_time_in_proportion_to_the_file() {
    let file = ["%PDF-1.4 ", &"/First/ASCII85Decode stream ".repeat(100_000)].concat();
    let refused = [FileWarning::UnpacksTooFar { megabytes: 2048 }];
    assert_eq!(read(file.into_bytes()).1, refused);
}

#[test]
fn narrow_letters_of_a_latin_font_are_all_read() {
    let line = "all committees will still call http://www.hall.gov.cn ...";
    let (text, _) = read(page_of_stream("", &set(&[(50, 500, line.as_bytes())])));
    assert_eq!(text.trim(), line);
    // Set twice at one place, it is bold.
    let twice = set(&[(50, 500, line.as_bytes()), (50, 500, line.as_bytes())]);
    assert_eq!(read(page_of_stream("", &twice)).0.trim(), line);
}

#[test]
fn a_page_whose_letters_are_outlines_is_named() {
    let content = format!("0 0 m {} f", "1 1 2 2 3 3 c ".repeat(400));
    let (text, warnings) = read(page_of_stream("", content.as_bytes()));
    assert_eq!(text.trim(), "");
    assert_eq!(warnings, [FileWarning::PagesWithoutText { count: 1, first: 1 }]);
}

#[test]
fn pages_that_share_what_they_show_are_bounded_in_all() {
    let count = 40;
    let kids: Vec<String> = (0..count).map(|page| format!("{} 0 R ", page + 5)).collect();
    let kids = kids.concat();
    let content = set(&[(1, 300, "word ".repeat(600).as_bytes())]);
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        format!("<</Type/Pages/Kids[{kids}]/Count {count}>>").into_bytes(),
        stream("", &content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_vec(),
    ];
    let page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 40000 600]/Contents 3 0 R/Resources<</Font<</F 4 0 R>>>>>>";
    objects.extend((0..count).map(|_| page.to_vec()));
    let pages = file(&objects);
    let mut pages = PdfPages::open(pages, ReadingSettings::default(), PageRecogniser::default())
        .unwrap_or_else(|problem| panic!("{problem}"));
    pages.glyphs = MIN_GLYPHS - 2_000;
    let read = pages.next_pages(usize::MAX).len();
    assert_eq!(read, 1);
    let count = count - 1;
    assert_eq!(pages.warnings(), [FileWarning::PagesUnread { count, first: 2 }]);
}

#[test]
fn pages_come_in_parts_and_none_is_read_twice() {
    let count = 70;
    let kids: Vec<String> = (0..count).map(|page| format!("{} 0 R", 4 + 2 * page)).collect();
    let kids = kids.join(" ");
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        format!("<</Type/Pages/Kids[{kids}]/Count {count}>>").into_bytes(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_vec(),
    ];
    for page in 0..count {
        let contents = 5 + 2 * page;
        objects.push(
            format!(
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 600]/Contents {contents} 0 R/Resources\
                 <</Font<</F 3 0 R>>>>>>"
            )
            .into_bytes(),
        );
        objects.push(stream("", &set(&[(50, 300, format!("page {page}").as_bytes())])));
    }
    let mut file =
        PdfPages::open(file(&objects), ReadingSettings::default(), PageRecogniser::default())
            .unwrap_or_else(|problem| panic!("{problem}"));
    let parts = std::iter::repeat_with(|| file.next_pages(20)).take_while(|part| !part.is_empty());
    let first = |page: PrintedPage| (page.number, page.blocks[0].lines[0].text.clone());
    let found: Vec<(u32, String)> = parts.flatten().map(first).collect();
    let expected: Vec<(u32, String)> =
        (0..count).map(|page| (page as u32 + 1, format!("page {page}"))).collect();
    assert_eq!(found, expected);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn any_damage_is_survived(at in 0.0..1.0, byte: u8, cut in 0.0..1.0, is_cut: bool) {
        let mut bytes =
            page_with(&set(&[(50, 500, &gbk("渡口开渡"))]), &composite("GBK-EUC-H", "GB1"));
        let length = bytes.len() as f64;
        bytes[(at * length) as usize] = byte;
        if is_cut {
            bytes.truncate((cut * length) as usize);
        }
        let (text, warnings) = read(bytes);
        prop_assert!(text.len() < 1_000 && warnings.len() < 5);
    }
}
