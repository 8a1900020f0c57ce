//! Pages that are pictures, with and without text.

use super::tests::{composite, file, gbk, page_with, read, recognised, set, squares, stream};
use super::*;

/// A page that a picture covers, with this content over it.
fn scan(content: &[u8]) -> Vec<u8> {
    scans(1, content)
}

/// So many of them, all alike.
fn scans(pages: usize, content: &[u8]) -> Vec<u8> {
    let picture = stream(
        "/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray",
        b"x",
    );
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

#[test]
fn lines_of_unknown_characters_are_taken_from_the_picture_of_the_page() {
    let content = set(&[(50, 500, &[0; 6]), (50, 450, &[0, 1, 0, 2, 0, 3, 0, 4])]);
    let file = page_with(&content, &squares("Identity-H", "Identity"));
    let lines = [("50 92 80 101", "复航了"), ("50 142 90 151", "渡口升船")];
    let (text, warnings) = recognised(file, &lines);
    assert_eq!(text.split_whitespace().collect::<Vec<_>>(), ["复航了", "渡口开船"]);
    assert_eq!(warnings, []);
}
