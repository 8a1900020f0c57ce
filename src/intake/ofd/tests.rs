//! Files that are made as offices make them, and as nobody should.

use std::fs;
use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::intake::{Chunk, Config, PageImages, ReadOutcome, ReadReport, read, walk};
use crate::model::{FileWarning, SourceText};

/// A package of these parts.
pub(super) fn package(parts: &[(&str, impl AsRef<[u8]>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("begun");
        zip.write_all(content.as_ref()).expect("written");
    }
    zip.finish().expect("complete").into_inner()
}

pub(super) const ROOT: &str = "<?xml version='1.0' encoding='UTF-8'?>\
    <ofd:OFD xmlns:ofd='http://www.ofdspec.org/2016' Version='1.1' DocType='OFD'><ofd:DocBody>\
    <ofd:DocInfo><ofd:DocID>1</ofd:DocID></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>\
    </ofd:DocBody></ofd:OFD>";

/// A document of so many pages, with more in its common data.
pub(super) fn document(pages: usize, more: &str) -> String {
    let page = |n| format!("<ofd:Page ID='{n}' BaseLoc='Pages/Page_{n}/Content.xml'/>");
    let pages: String = (0..pages).map(page).collect();
    format!(
        "<ofd:Document xmlns:ofd='x'><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297\
         </ofd:PhysicalBox></ofd:PageArea>{more}</ofd:CommonData><ofd:Pages>{pages}</ofd:Pages>\
         </ofd:Document>"
    )
}

pub(super) fn page(objects: &str) -> String {
    format!(
        "<ofd:Page xmlns:ofd='x'><ofd:Content><ofd:Layer ID='9' Type='Body'>{objects}</ofd:Layer>\
         </ofd:Content></ofd:Page>"
    )
}

/// A file with these pages.
fn ofd(pages: &[String]) -> Vec<u8> {
    let document = document(pages.len(), "");
    let names: Vec<String> =
        (0..pages.len()).map(|n| format!("Doc_0/Pages/Page_{n}/Content.xml")).collect();
    let mut parts = vec![("OFD.xml", ROOT), ("Doc_0/Document.xml", &document)];
    parts.extend(names.iter().zip(pages).map(|(name, page)| (name.as_str(), page.as_str())));
    package(&parts)
}

/// A line of type of size 5, from a place on.
pub(super) fn line(text: &str, (x, y): (f64, f64)) -> String {
    let count = text.chars().count().saturating_sub(1);
    format!(
        "<ofd:TextObject Boundary='{x} {y} 100 6' Font='1' Size='5'>\
         <ofd:TextCode X='0' Y='4.4' DeltaX='g {count} 5'>{text}</ofd:TextCode></ofd:TextObject>"
    )
}

fn read_as(name: &str, bytes: &[u8]) -> (Vec<SourceText>, ReadReport) {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join(name), bytes).expect("written");
    let walked = walk(folder.path(), &[]);
    let mut reader = read(&walked.files[0], &Config::default());
    let texts = reader.by_ref().map(|chunk| match chunk {
        Chunk::Text(text) => *text,
        Chunk::Articles(_) => panic!("a text was expected"),
    });
    (texts.collect(), reader.finish())
}

fn lines(bytes: &[u8]) -> Vec<String> {
    let (texts, report) = read_as("a.ofd", bytes);
    assert_eq!((report.outcome, report.warnings), (ReadOutcome::Read, vec![]));
    let lines = texts.iter().flat_map(|text| text.text.lines().map(str::to_owned));
    lines.filter(|line| !line.is_empty()).collect()
}

#[test]
fn columns_are_read_one_after_the_other_with_the_place_of_each_line() {
    let column = |x: f64, words: [&str; 3]| -> String {
        let set =
            words.iter().enumerate().map(|(row, text)| line(text, (x, 60.0 + 7.0 * row as f64)));
        set.collect()
    };
    let title = "<ofd:TextObject Boundary='20 20 170 14' Size='12'><ofd:FillColor Value='0 0 0'/>\
        <ofd:CGTransform CodePosition='0' CodeCount='6' GlyphCount='6'><ofd:Glyphs>1 2 3 4 5 6\
        </ofd:Glyphs></ofd:CGTransform><ofd:TextCode X='0' Y='10' DeltaX='g 5 12'>老渡口通了新桥\
        </ofd:TextCode></ofd:TextObject>";
    let left =
        column(20.0, ["桥面昨日合龙，两岸村民", "不必再等摆渡船。施工队", "说护栏下月装齐。"]);
    let right =
        column(110.0, ["镇里打算把旧码头改作", "集市，摊位由村里抽签", "排定，不收头年租金。"]);
    // Written as nobody reads.
    let file = ofd(&[page(&format!("{right}{left}{title}"))]);
    for name in ["2023-02-10_A05.ofd", "2023-02-10_A05.zip", "2023-02-10_A05.txt"] {
        let (texts, report) = read_as(name, &file);
        let [text] = &texts[..] else { panic!("{texts:?}") };
        let expected = "老渡口通了新桥\n\n桥面昨日合龙，两岸村民\n不必再等摆渡船。施工队\n\
            说护栏下月装齐。\n\n镇里打算把旧码头改作\n集市，摊位由村里抽签\n排定，不收头年租金。\n\n";
        assert_eq!(text.text, expected, "{name}");
        assert_eq!((report.outcome, report.encoding), (ReadOutcome::Read, "ofd"));
        assert_eq!(report.hash, blake3::hash(&file).to_hex().to_string());
        assert_eq!(text.meta.page.as_deref(), Some("A05"));
        let places: Vec<_> = text.lines.iter().filter_map(|line| line.place).collect();
        assert_eq!((places[0].page, places[0].size), (1, 404));
        assert_eq!((places[0].area.left, places[0].area.right), (952, 4952));
        assert!(places[1].column < places[4].column && places[1].area.right < places[4].area.left);
        assert!(text.lines.iter().map(|line| line.number).eq(1..=text.lines.len() as u32));
    }
}

#[test]
fn vertical_text_is_read_from_the_right() {
    let down = |text: &str, x: f64| {
        format!(
            "<ofd:TextObject Boundary='{x} 30 6 120' Size='5' ReadDirection='90'>\
             <ofd:TextCode X='0' Y='5' DeltaY='g 20 5.5'>{text}</ofd:TextCode></ofd:TextObject>"
        )
    };
    // What runs down by its direction alone states its steps across.
    let along = "<ofd:TextObject Boundary='106 30 6 120' Size='5' ReadDirection='90'>\
        <ofd:TextCode X='0' Y='5' DeltaX='5.5'>夜航灯重新亮起</ofd:TextCode></ofd:TextObject>";
    let objects =
        format!("{}{along}{}", down("守灯人说不怕风", 90.0), down("浪高三尺船仍行", 98.0));
    let (texts, _) = read_as("a.ofd", &ofd(&[page(&objects)]));
    assert_eq!(texts[0].text.trim(), "夜航灯重新亮起\n浪高三尺船仍行\n守灯人说不怕风");
    assert!(texts[0].lines[0].place.is_some_and(|place| place.is_vertical));
}

#[test]
fn a_string_can_go_back_and_be_turned_and_scaled_by_its_matrix() {
    let back = "<ofd:TextObject Boundary='20 20 100 20' Size='5'>\
        <ofd:TextCode X='0' Y='5' DeltaX='g 3 5 -15 g 3 5' DeltaY='g 3 0 7 g 3 0'>一行在上二行在下\
        </ofd:TextCode></ofd:TextObject>";
    let scaled = "<ofd:TextObject Boundary='20 60 90 6' CTM='0.5 0 0 0.5 0 0' Size='10'>\
        <ofd:TextCode X='0' Y='10' DeltaX='g 3 10'>缩小的字</ofd:TextCode></ofd:TextObject>";
    // Each string of an object states what changes.
    let strings = "<ofd:TextObject Boundary='20 90 90 30' Size='5'><ofd:TextCode X='3' Y='5' \
        DeltaX='5'>甲方</ofd:TextCode><ofd:TextCode Y='25' DeltaX='5'>乙方</ofd:TextCode></ofd:TextObject>";
    let latin = "<ofd:TextObject Boundary='20 150 90 6' Size='4'><ofd:TextCode X='0' Y='4'>GB 33190\
        </ofd:TextCode></ofd:TextObject>";
    let file = ofd(&[page(&format!("{back}{scaled}{strings}{latin}"))]);
    assert_eq!(lines(&file), ["一行在上", "二行在下", "缩小的字", "甲方", "乙方", "GB 33190"]);
    let (texts, _) = read_as("a.ofd", &file);
    let sizes: Vec<u16> = texts[0].lines.iter().filter_map(|line| Some(line.place?.size)).collect();
    assert_eq!(&sizes[..3], [168, 168, 168]);
}

#[test]
fn templates_and_composite_units_are_set_and_what_is_hidden_is_not() {
    let template = page(&line("渡口镇人民政府公报", (60.0, 10.0)));
    let resources = format!(
        "<ofd:Res xmlns:ofd='x' BaseLoc='Res'><ofd:CompositeGraphicUnits>\
         <ofd:CompositeGraphicUnit ID='8'><ofd:Content>{}</ofd:Content></ofd:CompositeGraphicUnit>\
         <ofd:CompositeGraphicUnit ID='7'><ofd:Content>{}<ofd:CompositeObject ResourceID='7' \
         Boundary='0 0 9 9'/></ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits></ofd:Res>",
        line("没有人用到的", (0.0, 0.0)),
        line("并列的机关", (0.0, 0.0)),
    );
    let hidden = "<ofd:TextObject Boundary='20 200 90 6' Size='5' Visible='false'>\
        <ofd:TextCode X='0' Y='5'>看不见</ofd:TextCode></ofd:TextObject>";
    let body = format!(
        "<ofd:Page xmlns:ofd='x'><ofd:Area><ofd:PhysicalBox>10 0 200 280</ofd:PhysicalBox></ofd:Area>\
         <ofd:Template TemplateID='3' ZOrder='Background'/><ofd:Content><ofd:Layer><ofd:PageBlock>{}\
         <ofd:CompositeObject ResourceID='7' Boundary='60 100 90 20'/>{hidden}</ofd:PageBlock>\
         </ofd:Layer></ofd:Content></ofd:Page>",
        line("关于疏浚航道的通告", (60.0, 60.0)),
    );
    let document = document(
        1,
        "<ofd:PublicRes>PublicRes.xml</ofd:PublicRes>\
         <ofd:TemplatePage ID='3' BaseLoc='Tpls/Tpl_0/Content.xml'/>",
    );
    let file = package(&[
        ("OFD.xml", ROOT),
        ("Doc_0/Document.xml", &document),
        ("Doc_0/PublicRes.xml", &resources),
        ("Doc_0/Tpls/Tpl_0/Content.xml", &template),
        ("Doc_0/Pages/Page_0/Content.xml", &body),
    ]);
    let (texts, report) = read_as("a.ofd", &file);
    let expected = "渡口镇人民政府公报\n\n关于疏浚航道的通告\n\n并列的机关";
    assert_eq!(texts[0].text.trim(), expected);
    // The unit shows itself within itself, which is left out.
    assert_eq!(report.warnings, [FileWarning::PagesUnread { count: 1, first: 1 }]);
    let head = texts[0].lines[0].place.expect("a place");
    assert_eq!(head.area.left, 2500, "50 of 200 from the edge of the paper");
}

#[test]
fn rules_make_tables() {
    let stroke = |path: &str| {
        format!(
            "<ofd:PathObject Boundary='20 40 150 60' LineWidth='0.3'><ofd:AbbreviatedData>{path}\
             </ofd:AbbreviatedData></ofd:PathObject>"
        )
    };
    let across = (0..4).map(|row| stroke(&format!("M 0 {y} L 150 {y}", y = row * 20)));
    let down = (0..3).map(|column| stroke(&format!("M {x} 0 L {x} 60", x = column * 75)));
    let words = [["村名", "户数"], ["上渡", "二十六"], ["下渡", "四十一"]];
    let cells = words.iter().enumerate().flat_map(|(row, words)| {
        let y = 47.0 + 20.0 * row as f64;
        words
            .iter()
            .enumerate()
            .map(move |(column, word)| line(word, (25.0 + 75.0 * column as f64, y)))
    });
    let objects: String = across.chain(down).chain(cells).collect();
    assert_eq!(
        lines(&ofd(&[page(&objects)])),
        ["| 村名 | 户数 |", "| 上渡 | 二十六 |", "| 下渡 | 四十一 |"]
    );
}

#[test]
fn pages_that_are_pictures_or_cannot_be_read_are_told() {
    let picture = page("<ofd:ImageObject ResourceID='5' Boundary='0 0 210 297'/>");
    let broken = format!(
        "{}</oops>",
        page(&line("断裂之前的一行", (20.0, 20.0))).replace("</ofd:Layer>", "")
    );
    let file = ofd(&[picture.clone(), page(&line("第二页有字", (20.0, 20.0))), broken]);
    let (texts, report) = read_as("a.ofd", &file);
    assert_eq!(texts[0].text.trim(), "第二页有字\n\n断裂之前的一行");
    let told = [
        FileWarning::PagesWithoutText { count: 1, first: 1 },
        FileWarning::PagesUnread { count: 1, first: 3 },
    ];
    assert_eq!((report.outcome, &report.warnings[..]), (ReadOutcome::Read, &told[..]));
    let (texts, report) = read_as("a.ofd", &ofd(&[picture]));
    assert_eq!((texts.len(), report.outcome), (0, ReadOutcome::Empty));
    assert_eq!(report.warnings, [FileWarning::PagesWithoutText { count: 1, first: 1 }]);
    let missing = package(&[("OFD.xml", ROOT), ("Doc_0/Document.xml", &document(2, ""))]);
    let (texts, report) = read_as("a.ofd", &missing);
    assert_eq!((texts.len(), report.outcome), (0, ReadOutcome::Unreadable));
    assert_eq!(report.warnings, [FileWarning::PagesUnread { count: 2, first: 1 }]);
}

#[test]
fn locked_and_damaged_files_are_refused_in_words() {
    let whole = ofd(&[page(&line("一行", (20.0, 20.0)))]);
    let refused = |bytes: &[u8]| {
        let (texts, report) = read_as("a.ofd", bytes);
        assert!(texts.is_empty());
        (report.outcome, report.warnings)
    };
    let locked = package(&[("OFD.xml", ROOT), ("Encryptions.xml", "<e/>")]);
    assert_eq!(refused(&locked), (ReadOutcome::Binary, vec![FileWarning::Encrypted]));
    let torn = refused(&whole[..whole.len() - 30]);
    assert!(matches!(torn, (ReadOutcome::Unreadable, _)), "{torn:?}");
    for root in
        ["<ofd:OFD/>", "<ofd:OFD><ofd:DocRoot>../../x.xml</ofd:DocRoot></ofd:OFD>", "<a", ""]
    {
        let (outcome, warnings) = refused(&package(&[("OFD.xml", root)]));
        assert_eq!(outcome, ReadOutcome::Unreadable, "{root}");
        assert!(matches!(&warnings[..], [FileWarning::Unreadable { .. }]), "{warnings:?}");
    }
}

#[test]
fn hostile_numbers_cost_no_more_than_their_page() {
    let good = line("好的一行", (20.0, 20.0));
    let hostile = [
        "Boundary='1e308 1e308 1 1' Size='5'",
        "Boundary='0 0 1 1' Size='1e300' CTM='1e300 0 0 1e300 0 0'",
        "Boundary='NaN inf 1 1' Size='inf'",
        "Boundary='0 0' Size='-5' HScale='-1' ReadDirection='1e300' CharDirection='x'",
        "Boundary='10 10 5 5' Size='1e-320' CTM='0 0 0 0 0 0'",
    ];
    let hostile = hostile.map(|attributes| {
        format!(
            "<ofd:TextObject {attributes}><ofd:TextCode X='1e308' Y='-1e308' DeltaX='g 999999999999 1e308'>坏\
             坏坏</ofd:TextCode></ofd:TextObject><ofd:PathObject {attributes}><ofd:AbbreviatedData>M 1e308 0 \
             L -1e308 NaN A</ofd:AbbreviatedData></ofd:PathObject>"
        )
    });
    let read = lines(&ofd(&[page(&format!("{}{good}", hostile.concat()))]));
    assert!(read.contains(&"好的一行".to_owned()), "{read:?}");
    for paper in ["0 0 0 0", "0 0 1e400 1", "x", "0 0 -5 -5"] {
        let sized = page(&good).replace(
            "<ofd:Content>",
            &format!(
                "<ofd:Area><ofd:PhysicalBox>{paper}</ofd:PhysicalBox></ofd:Area><ofd:Content>"
            ),
        );
        assert_eq!(
            lines(&ofd(&[sized])),
            ["好的一行"],
            "{paper}: the paper of the document is taken"
        );
    }
}

#[test]
fn what_is_without_end_is_cut_off() {
    // One string of many characters, and a template of many on each of many pages.
    let long = "字".repeat(300_000);
    let (texts, report) = read_as("a.ofd", &ofd(&[page(&line(&long, (0.0, 20.0)))]));
    assert!(texts[0].text.chars().count() <= 210_000);
    assert_eq!(report.warnings, [FileWarning::PagesUnread { count: 1, first: 1 }]);
    // A part that unpacks to more than its file may.
    let blanks = " ".repeat(40 << 20);
    let bomb = ofd(&[page(&line("之前", (20.0, 20.0))), page(&blanks)]);
    assert!(bomb.len() < 200_000);
    let (texts, report) = read_as("a.ofd", &bomb);
    assert_eq!(texts[0].text.trim(), "之前");
    assert_eq!(report.warnings, [FileWarning::PagesUnread { count: 1, first: 2 }]);
}

#[test]
fn what_is_not_seen_counts_as_well() {
    // A template that shows a unit ten thousand times, with type of no size or off the paper.
    let letters = "字".repeat(100_000);
    for attributes in ["Boundary='0 0 9 9' Size='0'", "Boundary='-900 -900 9 9' Size='5'"] {
        let resources = format!(
            "<ofd:Res xmlns:ofd='x'><ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID='7'><ofd:Content>\
             <ofd:TextObject {attributes}><ofd:TextCode X='0' Y='0'>{letters}</ofd:TextCode></ofd:TextObject>\
             </ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits></ofd:Res>"
        );
        let shown = "<ofd:CompositeObject ResourceID='7' Boundary='0 0 9 9'/>".repeat(9_999);
        let own = line("自己的一行", (20.0, 20.0));
        let body =
            page(&own).replace("<ofd:Content>", "<ofd:Template TemplateID='3'/><ofd:Content>");
        let document = document(
            2,
            "<ofd:PublicRes>PublicRes.xml</ofd:PublicRes>\
             <ofd:TemplatePage ID='3' BaseLoc='Tpl.xml'/>",
        );
        let file = package(&[
            ("OFD.xml", ROOT),
            ("Doc_0/Document.xml", &document),
            ("Doc_0/PublicRes.xml", &resources),
            ("Doc_0/Tpl.xml", &page(&shown)),
            ("Doc_0/Pages/Page_0/Content.xml", &body),
            ("Doc_0/Pages/Page_1/Content.xml", &page(&own)),
        ]);
        let (texts, report) = read_as("a.ofd", &file);
        assert_eq!(texts[0].text.trim(), "自己的一行");
        assert_eq!(report.warnings, [FileWarning::PagesUnread { count: 1, first: 1 }]);
    }
}

#[test]
fn units_without_text_are_no_fault_and_those_within_themselves_are() {
    let unit = |id: u32, objects: &str| {
        format!(
            "<ofd:CompositeGraphicUnit ID='{id}'><ofd:Content>{objects}</ofd:Content></ofd:CompositeGraphicUnit>"
        )
    };
    let path = "<ofd:PathObject Boundary='0 0 9 9'><ofd:AbbreviatedData>M 0 0 L 5 5</ofd:AbbreviatedData>\
        </ofd:PathObject>";
    let shown = |id: u32| format!("<ofd:CompositeObject ResourceID='{id}' Boundary='0 0 9 9'/>");
    let within = unit(8, &(line("里面的一行", (20.0, 40.0)) + &shown(8)));
    let resources = format!(
        "<ofd:Res xmlns:ofd='x'><ofd:CompositeGraphicUnits>{}{within}</ofd:CompositeGraphicUnits></ofd:Res>",
        unit(7, path)
    );
    let document = document(1, "<ofd:PublicRes>PublicRes.xml</ofd:PublicRes>");
    let read = |id: u32| {
        let body = page(&(shown(id) + &line("自己的一行", (20.0, 20.0))));
        let parts = [
            ("OFD.xml", ROOT),
            ("Doc_0/Document.xml", &document),
            ("Doc_0/PublicRes.xml", &resources),
            ("Doc_0/Pages/Page_0/Content.xml", &body),
        ];
        let (texts, report) = read_as("a.ofd", &package(&parts));
        (texts[0].text.split_whitespace().collect::<Vec<_>>().join(" "), report.warnings)
    };
    assert_eq!(read(7), ("自己的一行".to_owned(), vec![]));
    let unread = vec![FileWarning::PagesUnread { count: 1, first: 1 }];
    assert_eq!(read(8), ("自己的一行 里面的一行".to_owned(), unread.clone()));
    assert_eq!(read(9), ("自己的一行".to_owned(), unread), "it is not in the list");
}

#[test]
fn a_list_of_many_units_is_gone_through_once() {
    const PAGES: usize = 10;
    const LINES: usize = 40;
    let unit = |id: usize| {
        let text = line(&format!("第{id}个单元的一行"), (20.0, 5.0 + (id % LINES) as f64 * 7.0));
        format!(
            "<ofd:CompositeGraphicUnit ID='{id}'><ofd:Content>{text}</ofd:Content></ofd:CompositeGraphicUnit>"
        )
    };
    let shown = |id: usize| format!("<ofd:CompositeObject ResourceID='{id}' Boundary='0 0 9 9'/>");
    let units: String = (0..PAGES * LINES).map(unit).collect();
    let pages = (0..PAGES).map(|number| {
        let objects: String = (number * LINES..(number + 1) * LINES).map(shown).collect();
        (format!("Doc_0/Pages/Page_{number}/Content.xml"), page(&objects))
    });
    let pages: Vec<(String, String)> = pages.collect();
    let resources = format!(
        "<ofd:Res xmlns:ofd='x'><ofd:CompositeGraphicUnits>{units}</ofd:CompositeGraphicUnits></ofd:Res>"
    );
    let document = document(PAGES, "<ofd:PublicRes>PublicRes.xml</ofd:PublicRes>");
    let mut parts = vec![
        ("OFD.xml", ROOT),
        ("Doc_0/Document.xml", document.as_str()),
        ("Doc_0/PublicRes.xml", resources.as_str()),
    ];
    parts.extend(pages.iter().map(|(name, page)| (name.as_str(), page.as_str())));
    let (texts, report) = read_as("a.ofd", &package(&parts));
    let lines: usize = texts.iter().map(|text| text.text.matches("个单元的一行").count()).sum();
    assert_eq!(lines, PAGES * LINES);
    assert_eq!(report.warnings, []);
}

#[test]
fn a_thousand_pages_are_read() {
    let pages: Vec<String> =
        (1..=1_000).map(|n| page(&line(&format!("第{n}页的一行文字"), (20.0, 40.0)))).collect();
    let read = lines(&ofd(&pages));
    assert_eq!((read.len(), read[999].as_str()), (1_000, "第1000页的一行文字"));
}

#[test]
fn a_pdf_of_its_name_is_the_picture_of_its_pages() {
    let folder = tempfile::tempdir().expect("a folder");
    let pages = [page(&line("渡口重开", (20.0, 20.0)))];
    let newspaper = include_bytes!("../../../tests/layout/newspaper.pdf");
    fs::write(folder.path().join("a.ofd"), ofd(&pages)).expect("written");
    let images = || {
        let walked = walk(folder.path(), &[]);
        let [file] = &walked.files[..] else { panic!("{walked:?}") };
        let images = PageImages::of(file, folder.path()).expect("pages");
        (file.pictures.clone(), images.page(1).expect("a picture").is_beside())
    };
    assert_eq!(images(), (Vec::new(), false));
    fs::write(folder.path().join("a.pdf"), newspaper).expect("written");
    // It has far more text than the line of the other.
    let sources = || walk(folder.path(), &[]).files.into_iter().map(|file| file.source);
    assert_eq!(sources().collect::<Vec<_>>(), ["a.ofd", "a.pdf"]);
    let lines = |at: u16| line("渡口重开两岸的人昨天都来看渡船", (20.0, 7.0 * f64::from(at)));
    let whole: String = (1..40).map(lines).collect();
    fs::write(folder.path().join("a.ofd"), ofd(&[page(&whole)])).expect("written");
    assert_eq!(images(), (vec!["a.pdf".to_owned()], true));
    // Its page has text that the other file lacks.
    fs::write(folder.path().join("a.ofd"), ofd(&[page("")])).expect("written");
    assert_eq!(walk(folder.path(), &[]).files.len(), 2);
}
