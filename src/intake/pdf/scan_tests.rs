//! Pages that are pictures, with and without text.

use super::tests::{composite, file, gbk, page_with, read, recognised, set, squares, stream};
use super::*;

/// A page that a picture covers, with this content over it.
fn scan(content: &[u8]) -> Vec<u8> {
    scans(1, content)
}

/// So many of them, all alike.
fn scans(pages: usize, content: &[u8]) -> Vec<u8> {
    scans_of((1, 1, b"x"), pages, content)
}

/// The same with this picture: its width and height, and its dots in grey.
fn scans_of((width, height, dots): (u32, u32, &[u8]), pages: usize, content: &[u8]) -> Vec<u8> {
    let entries = format!(
        "/Type/XObject/Subtype/Image/Width {width}/Height {height}/BitsPerComponent 8\
         /ColorSpace/DeviceGray"
    );
    let picture = stream(&entries, dots);
    let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 600]/Contents 4 0 R\
        /Resources<</Font<</F 5 0 R>>/XObject<</X 7 0 R>>>>>>";
    let others: Vec<String> = (0..pages - 1).map(|at| format!(" {} 0 R", at + 8)).collect();
    let others = others.concat();
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        format!("<</Type/Pages/Kids[3 0 R{others}]/Count {pages}>>").into_bytes(),
        page.as_bytes().to_vec(),
        stream("", &[b"q 400 0 0 600 0 0 cm /X Do Q ", content].concat()),
    ];
    objects.extend(composite("GBK-EUC-H", "GB1"));
    objects.push(picture);
    objects.extend(vec![page.as_bytes().to_vec(); pages - 1]);
    file(&objects)
}

#[test]
fn a_scan_with_a_page_number_is_a_picture_and_one_with_its_text_is_none() {
    let number = scan(&set(&[(200, 20, &gbk("第5版"))]));
    let (text, warnings) = read(number.clone());
    assert_eq!(text.trim(), "第5版");
    assert_eq!(warnings, [FileWarning::PagesWithoutText { count: 1, first: 1 }]);
    let lines = [("50 90 110 100", "渡口昨日重开"), ("200 572 230 581", "第S版")];
    let (text, warnings) = recognised(number, &lines);
    assert_eq!(text.split_whitespace().collect::<Vec<_>>(), ["渡口昨日重开", "第5版"]);
    assert_eq!(warnings, []);
    let blanks = set(&[(50, 500, &gbk("　　"))]);
    let (_, warnings) = read(scan(&[b"3 Tr ", blanks.as_slice()].concat()));
    assert_eq!(warnings, [FileWarning::PagesWithoutText { count: 1, first: 1 }]);
    // A page of text on a coloured ground.
    let line = gbk("渡口昨日重开，两岸的人都来看，票价不变，每日往返八次");
    let lines: Vec<(i32, i32, &[u8])> =
        (0..20).map(|row| (50, 500 - 15 * row, line.as_slice())).collect();
    let (_, warnings) = read(scan(&set(&lines)));
    assert_eq!(warnings, []);
}

/// So many characters, each another one.
fn characters(count: u32) -> Vec<u8> {
    gbk(&(0..count).filter_map(|at| char::from_u32(0x4e00 + at)).collect::<String>())
}

/// Lines of text at these heights that are set and not shown.
fn layer(lines: &[(i32, i32, &[u8])]) -> Vec<u8> {
    [b"3 Tr ", &set(lines)[..]].concat()
}

#[test]
fn what_is_not_shown_is_the_text_of_a_scan_unless_it_is_a_mark() {
    let without = [FileWarning::PagesWithoutText { count: 1, first: 1 }];
    // What somebody recognised before.
    let line = characters(30);
    let lines: Vec<(i32, i32, &[u8])> =
        (0..20).map(|row| (50 + row, 550 - 20 * row, line.as_slice())).collect();
    let told = |count: usize| read(scan(&layer(&lines[..count]))).1;
    // Each line is the same, as only a mark is.
    assert_eq!(told(20), without);
    let all = characters(600);
    let lines: Vec<(i32, i32, &[u8])> =
        (0..20).map(|row| (50, 550 - 20 * row, &all[60 * row as usize..][..60])).collect();
    let told = |count: usize| read(scan(&layer(&lines[..count]))).1;
    assert_eq!(told(20), []);
    assert_eq!(told(4), [FileWarning::SparseTextLayer { count: 1, first: 1 }]);
    // The name of a program.
    let (text, warnings) = read(scan(&layer(&[(50, 20, &gbk("由扫描程序创建"))])));
    assert_eq!((text.trim(), &warnings[..]), ("由扫描程序创建", &without[..]));
    let mark = scan(&layer(&[(50, 20, &gbk("由扫描程序创建"))]));
    let (text, warnings) = recognised(mark, &[("50 90 110 100", "渡口昨日重开")]);
    assert_eq!(text.split_whitespace().collect::<Vec<_>>(), ["渡口昨日重开", "由扫描程序创建"]);
    assert_eq!(warnings, []);
}

#[test]
fn what_stands_on_each_page_and_is_not_shown_is_a_mark() {
    let notice = characters(600);
    let lines: Vec<(i32, i32, &[u8])> =
        (0..20).map(|row| (50, 550 - 20 * row, &notice[60 * row as usize..][..60])).collect();
    let warnings = |pages: usize| read(scans(pages, &layer(&lines))).1;
    assert_eq!(warnings(1), []);
    assert_eq!(warnings(3), [FileWarning::PagesWithoutText { count: 3, first: 1 }]);
}

/// A page that is a picture of twenty rows of thirty letters, a row each twenty points from 50 below its top on.
fn print(content: &[u8]) -> Vec<u8> {
    let mut dots = vec![230; 400 * 600];
    for (row, column) in (0..20).flat_map(|row| (0..30).map(move |column| (row, column))) {
        for y in 50 + 20 * row..58 + 20 * row {
            let start = y * 400 + 50 + 10 * column;
            dots[start..start + 8].fill(40);
        }
    }
    scans_of((400, 600, &dots), 1, content)
}

/// So many lines over the print, this much below its rows, from a row and a place in it on.
fn lines_over(count: u32, below: i32, from: i32, length: u32) -> Vec<u8> {
    let all = characters(count * length);
    let line = |row: u32| {
        let start = (row * length) as usize * 2;
        (from, 542 - 20 * row.cast_signed() - below, &all[start..start + length as usize * 2])
    };
    set(&(0..count).map(line).collect::<Vec<_>>())
}

#[test]
fn a_layer_lies_on_the_letters_of_the_picture_and_marks_do_not() {
    let hidden = |content: Vec<u8>| [b"3 Tr ".to_vec(), content].concat();
    let pictures = [FileWarning::PagesWithoutText { count: 1, first: 1 }];
    let sparse = [FileWarning::SparseTextLayer { count: 1, first: 1 }];
    let cases: [(&str, Vec<u8>, &[FileWarning]); 7] = [
        ("its text", hidden(lines_over(20, 0, 50, 30)), &[]),
        ("most of it", hidden(lines_over(13, 0, 50, 30)), &sparse),
        ("its text, shown", lines_over(20, 0, 50, 30), &[]),
        ("ten lines beside the rows", hidden(lines_over(10, 11, 50, 30)), &pictures),
        ("the same, shown", lines_over(10, 11, 50, 30), &pictures),
        ("eight on the ends of rows", lines_over(8, 0, 290, 9), &pictures),
        ("ten on the ends of rows", hidden(lines_over(10, 3, 250, 14)), &pictures),
    ];
    for (what, content, expected) in cases {
        let (text, warnings) = read(print(&content));
        assert_eq!(warnings, expected, "{what}");
        assert!(text.contains('\u{4e00}'), "{what}: what is set is kept");
    }
}

#[test]
fn marks_belong_to_no_text() {
    let content = [b"3 Tr ".to_vec(), lines_over(10, 11, 50, 30)].concat();
    let settings = ReadingSettings::default;
    let mut file =
        PdfPages::open(print(&content), settings(), PageRecogniser::default()).expect("a file");
    let pages = file.next_pages(usize::MAX);
    assert_eq!((pages[0].lines().count(), pages[0].marks.len()), (0, 10));
    assert!(pages[0].marks.iter().all(|mark| mark.is_running));
    let (text, warnings) = recognised(print(&content), &[("50 50 110 58", "渡口昨日重开")]);
    assert_eq!(text.lines().next(), Some("渡口昨日重开"));
    assert_eq!(warnings, []);
}

#[test]
fn a_layer_that_is_not_wanted_is_not_read() {
    let content = [b"3 Tr ".to_vec(), lines_over(20, 0, 50, 30)].concat();
    let settings = ReadingSettings { text_layer: false, ..ReadingSettings::default() };
    let mut file =
        PdfPages::open(print(&content), settings, PageRecogniser::default()).expect("a file");
    assert_eq!(file.next_pages(usize::MAX)[0].lines().count(), 0);
    let told = file.recogniser().warnings();
    assert_eq!(told, [FileWarning::PagesWithoutText { count: 1, first: 1 }]);
}

#[test]
fn lines_of_unknown_characters_are_taken_from_the_picture_of_the_page() {
    let content = set(&[(50, 500, &[0; 6]), (50, 450, &[0, 1, 0, 2, 0, 3, 0, 4])]);
    let file = page_with(&content, &squares("Identity-H", "Identity"));
    let lines = [("50 92 80 101", "复航了"), ("50 142 90 151", "渡口升船")];
    let (text, warnings) = recognised(file, &lines);
    assert_eq!(text.split_whitespace().collect::<Vec<_>>(), ["复航了", "渡口开船"]);
    assert_eq!(warnings, []);
}
