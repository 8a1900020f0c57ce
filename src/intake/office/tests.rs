//! Documents as programs write them, and as nobody should, read as files of a corpus.

use std::fmt::Write as _;
use std::fs;
use std::io::{Cursor, Write as _};

use proptest::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::intake::{Chunk, Config, ReadOutcome, ReadReport, read, walk};
use crate::model::{FailureReason, FileWarning};

/// A ZIP file of these parts.
fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("begun");
        zip.write_all(content.as_bytes()).expect("written");
    }
    zip.finish().expect("complete").into_inner()
}

/// Reads a file with this name and content: its text and the report.
fn read_as(name: &str, bytes: &[u8]) -> (String, ReadReport) {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join(name), bytes).expect("written");
    let walked = walk(folder.path(), &[]);
    let mut reader = read(&walked.files[0], &Config::default());
    let mut text = String::new();
    let mut lines = 0;
    for chunk in reader.by_ref() {
        let Chunk::Text(part) = chunk else { panic!("a text was expected") };
        assert!(
            part.lines
                .iter()
                .map(|line| line.number)
                .eq(lines + 1..=lines + part.lines.len() as u32)
        );
        lines += part.lines.len() as u32;
        text.push_str(&part.text);
    }
    let report = reader.finish();
    assert_eq!(report.bytes, bytes.len() as u64);
    assert_eq!(report.hash, blake3::hash(bytes).to_hex().to_string());
    (text, report)
}

const RELS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="a" Type="http://x/officeDocument" Target="/word/document.xml"/></Relationships>"#;

/// A Word document of this body, with styles, numbers and notes.
fn word(body: &str) -> Vec<u8> {
    let document = format!(
        "<?xml version='1.0'?>\n<w:document xmlns:w='w'><w:body>{body}<w:sectPr/></w:body></w:document>"
    );
    package(&[
        ("[Content_Types].xml", "<Types/>"),
        ("_rels/.rels", RELS),
        ("word/document.xml", &document),
        (
            "word/_rels/document.xml.rels",
            r#"<Relationships><Relationship Type="http://x/styles" Target="styles.xml"/>
            <Relationship Type="http://x/numbering" Target="numbering.xml"/>
            <Relationship Type="http://x/footnotes" Target="footnotes.xml"/>
            <Relationship Type="http://x/hyperlink" Target="http://example.cn" TargetMode="External"/></Relationships>"#,
        ),
        (
            "word/styles.xml",
            "<w:styles><w:style w:styleId='1'><w:name w:val='heading 1'/></w:style>
            <w:style w:styleId='3'><w:name w:val='heading 3'/></w:style>
            <w:style w:styleId='a'><w:name w:val='本刊标题'/><w:basedOn w:val='1'/></w:style>
            <w:style w:styleId='b'><w:name w:val='round'/><w:basedOn w:val='b'/></w:style>
            <w:style w:styleId='c'><w:name w:val='条'/><w:pPr><w:numPr><w:numId w:val='7'/></w:numPr></w:pPr></w:style>
            </w:styles>",
        ),
        (
            "word/numbering.xml",
            "<w:numbering><w:abstractNum w:abstractNumId='0'>
            <w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='chineseCounting'/><w:lvlText w:val='第%1条　'/></w:lvl>
            <w:lvl w:ilvl='1'><w:numFmt w:val='decimal'/><w:lvlText w:val='%1.%2.'/><w:isLgl/></w:lvl>
            <w:lvl w:ilvl='2'><w:numFmt w:val='bullet'/><w:lvlText w:val='·'/></w:lvl></w:abstractNum>
            <w:num w:numId='7'><w:abstractNumId w:val='0'/></w:num>
            <w:num w:numId='8'><w:abstractNumId w:val='0'/><w:lvlOverride w:ilvl='0'><w:startOverride w:val='9'/></w:lvlOverride></w:num>
            </w:numbering>",
        ),
        (
            "word/footnotes.xml",
            "<w:footnotes><w:footnote w:type='separator' w:id='-1'><w:p><w:r><w:t>——</w:t></w:r></w:p></w:footnote>
            <w:footnote w:id='1'><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space='preserve'> 以吴淞零点计。</w:t></w:r></w:p></w:footnote>
            </w:footnotes>",
        ),
    ])
}

fn paragraph(properties: &str, text: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>\n")
}

#[test]
fn a_word_document_has_its_headings_tables_and_notes() {
    let body = [
        paragraph("<w:pStyle w:val='a'/>", "渡口复航"),
        paragraph("<w:pStyle w:val='3'/>", "水位"),
        paragraph("<w:outlineLvl w:val='9'/>", "　　正文&#x3002;A&amp;B"),
        "<w:p/><w:p><w:r><w:t>水位三米</w:t></w:r><w:r><w:footnoteReference w:id='1'/></w:r>\
         <w:r><w:t>，已稳。</w:t><w:br/><w:t>次日</w:t><w:tab/><w:t>开船</w:t></w:r></w:p>"
            .to_owned(),
        format!(
            "<w:tbl><w:tblPr/><w:tr><w:tc>{}</w:tc><w:tc>{}{}</w:tc></w:tr><w:tr><w:tc>{}</w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>",
            paragraph("", "船"),
            paragraph("", "班"),
            paragraph("", "次"),
            paragraph("", "甲")
        ),
        paragraph("<w:tabs><w:tab w:val='left'/></w:tabs><w:rPr><w:vanish/></w:rPr>", "票价不变。"),
    ];
    let (text, report) = read_as("a.docx", &word(&body.concat()));
    assert_eq!(
        text,
        "# 渡口复航\n\n## 水位\n\n正文。A&B\n\n水位三米[1]，已稳。\n次日\t开船\n\n[1] 以吴淞零点计。\n\n\
         | 船 | 班 次 |\n| 甲 |  |\n\n票价不变。\n"
    );
    assert_eq!((report.outcome, report.warnings), (ReadOutcome::Read, vec![]));
}

#[test]
fn what_a_word_document_does_not_print_is_left_out_and_its_numbers_are_not() {
    let numbered = |list: &str, level: u32, text: &str| {
        let place =
            format!("<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{list}'/></w:numPr>");
        paragraph(&place, text)
    };
    let body = [
        paragraph("<w:pStyle w:val='c'/>", "为了渡运安全，制定本办法。"),
        paragraph("<w:pStyle w:val='c'/>", "本办法适用于全县渡口。"),
        numbered("7", 1, "渡船"),
        numbered("7", 1, "渡工"),
        numbered("7", 2, "救生衣"),
        numbered("8", 0, "附则"),
        numbered("0", 0, "无号"),
        "<w:p><w:r><w:t>留</w:t></w:r><w:del><w:r><w:delText>删</w:delText></w:r></w:del>\
         <w:moveFrom><w:r><w:t>移</w:t></w:r></w:moveFrom><w:ins><w:r><w:t>增</w:t></w:r></w:ins>\
         <w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r>\
         <w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>显</w:t></w:r>\
         <w:r><w:instrText>PAGE</w:instrText></w:r>\
         <w:r><w:ruby><w:rt><w:r><w:t>dù</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>渡</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>"
            .to_owned(),
        "<w:p><w:r><mc:AlternateContent><mc:Choice><wps:txbx><w:txbxContent><w:p><w:r><w:t>框里</w:t></w:r></w:p>\
         </w:txbxContent></wps:txbx></mc:Choice><mc:Fallback><w:txbxContent><w:p><w:r><w:t>框里</w:t></w:r></w:p>\
         </w:txbxContent></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>框外</w:t></w:r></w:p>"
            .to_owned(),
    ];
    let (text, _) = read_as("a.docx", &word(&body.concat()));
    let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
    assert_eq!(
        lines,
        [
            "第一条　为了渡运安全，制定本办法。",
            "第二条　本办法适用于全县渡口。",
            "2.1. 渡船",
            "2.2. 渡工",
            "救生衣",
            "第九条　附则",
            "无号",
            "留增显渡",
            "框外",
            "框里",
        ]
    );
}

#[test]
fn an_open_document_is_read_in_the_same_form() {
    let content = "<?xml version='1.0'?><office:document-content>
        <office:automatic-styles><style:style style:name='P1' style:family='paragraph' style:parent-style-name='Title'/>
        <text:list-style style:name='L1'><text:list-level-style-number text:level='1' style:num-format='一, 二, 三, ...' style:num-suffix='、'/>
        <text:list-level-style-number text:level='2' style:num-format='1' style:num-suffix='.' text:display-levels='1'/></text:list-style>
        </office:automatic-styles><office:body><office:text>
        <text:tracked-changes><text:changed-region><text:deletion><text:p>删去</text:p></text:deletion></text:changed-region></text:tracked-changes>
        <text:p text:style-name='P1'>渡口复航</text:p>
        <text:h text:outline-level='3'>水位</text:h>
        <text:p>  水位
          三米<text:note text:note-class='footnote'><text:note-citation>1</text:note-citation><text:note-body>
          <text:p>以吴淞零点计。</text:p></text:note-body></text:note>，已<text:span>稳</text:span>。<text:line-break/>次日<text:tab/>开<text:s text:c='2'/>船<office:annotation><text:p>批注</text:p></office:annotation></text:p>
        <text:list text:style-name='L1'><text:list-item><text:p>渡船</text:p><text:list><text:list-item><text:p>木船</text:p></text:list-item><text:list-item><text:p>铁船</text:p><text:p>续</text:p></text:list-item></text:list></text:list-item>
        <text:list-item><text:p>渡工</text:p></text:list-item></text:list>
        <text:p>说明</text:p>
        <text:list text:style-name='L1' text:continue-numbering='true'><text:list-item><text:p>票价</text:p></text:list-item></text:list>
        <table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>船</text:p></table:table-cell><table:table-cell><text:p>班次</text:p></table:table-cell></table:table-row></table:table-header-rows>
        <table:table-row><table:table-cell table:number-columns-spanned='2'><text:p>甲</text:p></table:table-cell><table:covered-table-cell/></table:table-row></table:table>
        <text:p><draw:frame><draw:text-box><text:p>框里</text:p></draw:text-box><svg:desc>图</svg:desc></draw:frame>框外</text:p>
        </office:text></office:body></office:document-content>";
    let styles = "<office:document-styles><office:styles/><office:master-styles><style:header><text:p>页眉</text:p></style:header></office:master-styles></office:document-styles>";
    let kind = "application/vnd.oasis.opendocument.text";
    let bytes = package(&[("mimetype", kind), ("styles.xml", styles), ("content.xml", content)]);
    let (text, report) = read_as("a.odt", &bytes);
    assert_eq!(
        text,
        "# 渡口复航\n\n## 水位\n\n水位 三米[1]，已稳。\n次日\t开  船\n\n[1] 以吴淞零点计。\n\n\
         一、渡船\n\n1. 木船\n\n2. 铁船\n\n续\n\n二、渡工\n\n说明\n\n三、票价\n\n\
         | 船 | 班次 |\n| 甲 |\n\n框外\n\n框里\n"
    );
    assert_eq!((report.outcome, report.warnings), (ReadOutcome::Read, vec![]));
    let locked = "<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>";
    let bytes = package(&[
        ("mimetype", kind),
        ("META-INF/manifest.xml", locked),
        ("content.xml", "\u{1}?"),
    ]);
    let (text, report) = read_as("a.odt", &bytes);
    assert_eq!((text.as_str(), report.outcome), ("", ReadOutcome::Binary));
    assert_eq!(report.warnings, [FileWarning::Encrypted]);
}

/// An OpenDocument text with this in its body.
fn open_document(body: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content><office:body>{body}</office:body></office:document-content>"
    );
    package(&[("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", &content)])
}

#[test]
fn fields_and_shapes_of_an_open_document_are_read() {
    let body = "<text:p><text:title>渡口简报</text:title>第<text:meta>三</text:meta>期</text:p>\
        <text:h text:outline-level='1'>水位<draw:custom-shape><svg:title>图</svg:title><text:p>三米</text:p>\
        </draw:custom-shape>公告</text:h><text:p>甲<draw:rect><text:p>乙</text:p><text:p>丙</text:p></draw:rect></text:p>";
    let (text, report) = read_as("a.odt", &open_document(body));
    assert_eq!(text, "渡口简报第三期\n\n# 水位公告\n\n三米\n\n甲\n\n乙\n\n丙\n");
    assert_eq!(report.warnings, []);
}

#[test]
fn names_and_nesting_without_end_are_bounded() {
    let name = "a".repeat(1 << 20);
    let lists = format!("<text:list text:style-name='{name}'>{}", "<text:list>".repeat(50_000));
    let (text, _) = read_as("a.odt", &open_document(&format!("<text:p>渡口</text:p>{lists}")));
    assert_eq!(text, "渡口\n");
    // Each open paragraph and each cell takes memory.
    let before = paragraph("", "渡口");
    let (text, report) = read_as("a.docx", &word(&format!("{before}{}", "<w:p>".repeat(200_000))));
    assert_eq!(text, "渡口\n");
    let reason = FailureReason::TooDeep;
    assert_eq!(report.warnings, [FileWarning::DamagedDocument { reason }]);
    let cells = "<w:tc/>".repeat(1_200_000);
    let (text, report) = read_as("a.docx", &word(&format!("{before}<w:tbl><w:tr>{cells}")));
    assert!(text.starts_with("渡口\n"));
    assert_eq!(report.warnings, [FileWarning::DocumentTooLarge { megabytes: 256 }]);
}

#[test]
fn a_part_that_breaks_off_or_has_names_of_its_own_is_told_or_kept() {
    let (text, report) =
        read_as("a.odt", &open_document("<text:p>渡口 &amp; A&B &own; 船</text:p>"));
    assert_eq!((text.as_str(), report.warnings), ("渡口 & A&B &own; 船\n", vec![]));
    let kind = "application/vnd.oasis.opendocument.text";
    let cut = "<office:body><text:p>渡口</text:p><text:p>开";
    let (text, report) = read_as("a.odt", &package(&[("mimetype", kind), ("content.xml", cut)]));
    assert_eq!(text, "渡口\n\n开\n");
    let reason = FailureReason::BreaksOff;
    assert_eq!(report.warnings, [FileWarning::DamagedDocument { reason }]);
}

/// A book of these chapters.
fn book(chapters: &[(&str, &str)]) -> Vec<u8> {
    let item =
        |path| format!("<item id='{path}' href='{path}' media-type='application/xhtml+xml'/>");
    let items = chapters.iter().map(|(path, _)| item(path)).collect::<Vec<String>>().concat();
    let reference = |path| format!("<itemref idref='{path}'/>");
    let order = chapters.iter().map(|(path, _)| reference(path)).collect::<Vec<String>>().concat();
    let spine = format!(
        "<package><manifest>{items}</manifest><spine>{order}<itemref idref='none'/></spine></package>"
    );
    let names: Vec<String> =
        chapters.iter().map(|(path, _)| format!("OEBPS/{path}").replace("%20", " ")).collect();
    let mut parts = vec![
        ("mimetype", "application/epub+zip"),
        (
            "META-INF/container.xml",
            "<container><rootfiles><rootfile full-path='OEBPS/book.opf'/></rootfiles></container>",
        ),
        ("OEBPS/book.opf", &spine),
    ];
    parts.extend(
        names
            .iter()
            .zip(chapters)
            .filter(|(_, (_, page))| !page.is_empty())
            .map(|(name, (_, page))| (name.as_str(), *page)),
    );
    package(&parts)
}

#[test]
fn a_book_is_read_in_its_order_with_its_notes() {
    let chapters = [
        (
            "z.xhtml",
            "<html><head><title/></head><body><h1>渡口<br/>复航</h1><p>今日<a id='x'/>开船。<a href='#n1'>[1]</a></p><aside epub:type='footnote' id='n1'><p><a href='#x'>[1]</a> 以吴淞零点计。</p></aside></body></html>",
        ),
        (
            "nav.xhtml",
            "<html><body><nav><ol><li><a href='z.xhtml'>渡口</a></li></ol></nav></body></html>",
        ),
        (
            "a%20b.xhtml",
            "<?xml version='1.0'?><html><body><h3>水位</h3><p>三米。</p></body></html>",
        ),
    ];
    let (text, report) = read_as("a.epub", &book(&chapters));
    assert_eq!(
        text,
        "# 渡口\n# 复航\n\n今日开船。[1]\n\n[1] 以吴淞零点计。\n\n渡口\n\n## 水位\n\n三米。\n"
    );
    assert_eq!((report.outcome, report.warnings), (ReadOutcome::Read, vec![]));
    let (text, report) = read_as("a.epub", &book(&[chapters[0], ("gone.xhtml", ""), chapters[2]]));
    assert!(text.contains("开船") && text.contains("三米"), "{text}");
    assert!(matches!(&report.warnings[..], [FileWarning::DamagedDocument { .. }]), "{report:?}");
}

#[test]
fn all_of_a_chapter_is_text_but_what_is_not_printed() {
    let chapter = "<html><head><title>书</title><style>p {}</style></head><body>\
        <h1><a href='toc.xhtml#c1'>第一章 渡口</a></h1><h2><a id='c1'>水位</a></h2><p>三米。</p>\
        <aside class='box'><p>资料：船</p></aside><form><p>回执</p></form><footer>注：略</footer>\
        <nav hidden=''><ol><li>12</li></ol></nav><script>x</script></body></html>";
    let (text, report) = read_as("a.epub", &book(&[("a.xhtml", chapter)]));
    let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
    assert_eq!(lines, ["# 第一章 渡口", "# 水位", "三米。", "资料：船", "回执", "注：略"]);
    assert_eq!(report.warnings, []);
}

#[test]
fn chapters_that_are_locked_or_too_long_are_told_and_the_others_read() {
    let page = |text: &str| format!("<html><body><p>{text}</p></body></html>");
    // What can be unpacked depends on the size of the book.
    let mut random = fastrand::Rng::with_seed(1);
    let filling: String = (0..400_000).map(|_| random.alphanumeric()).collect();
    let first = page(&format!("渡口<!-- {filling} -->"));
    let (long, last) = (page(&"开".repeat(6 << 20)), page("开渡"));
    let chapters = [("a.xhtml", first.as_str()), ("b.xhtml", &long), ("c.xhtml", &last)];
    let (text, report) = read_as("a.epub", &book(&chapters));
    assert_eq!(text, "渡口\n\n开渡\n");
    assert_eq!(report.warnings, [FileWarning::DocumentTooLarge { megabytes: 256 }]);

    let locks = "<encryption><EncryptedData><CipherData><CipherReference URI='OEBPS/%61.xhtml'/></CipherData>\
        </EncryptedData></encryption>";
    let spine = "<package><manifest><item id='a' href='a.xhtml' media-type='application/xhtml+xml'/></manifest>\
        <spine><itemref idref='a'/></spine></package>";
    let container =
        "<container><rootfiles><rootfile full-path='OEBPS/a.opf'/></rootfiles></container>";
    let bytes = package(&[
        ("mimetype", "application/epub+zip"),
        ("META-INF/container.xml", container),
        ("META-INF/encryption.xml", locks),
        ("OEBPS/a.opf", spine),
        ("OEBPS/a.xhtml", "渡口渡口"),
    ]);
    let (text, report) = read_as("a.epub", &bytes);
    assert_eq!((text.as_str(), report.outcome), ("", ReadOutcome::Binary));
    assert_eq!(report.warnings, [FileWarning::Encrypted]);
}

#[test]
fn a_document_is_known_by_its_content_and_not_by_its_name() {
    let body = paragraph("", "渡口复航。");
    for name in ["a.docx", "a.doc", "a.txt", "a.html", "a.epub"] {
        let (text, report) = read_as(name, &word(&body));
        assert_eq!((text.as_str(), report.warnings), ("渡口复航。\n", vec![]), "{name}");
    }
    for name in ["a.doc", "a.docx"] {
        let (text, report) = read_as(name, "渡口复航。".as_bytes());
        assert_eq!((text.as_str(), report.warnings), ("渡口复航。", vec![]), "{name}");
    }
    let page = b"<html><meta charset=gb2312><p>\xb6\xc9\xbf\xda</p></html>";
    let (text, report) = read_as("a.doc", page);
    assert_eq!((text.as_str(), report.warnings), ("渡口\n", vec![]));
    let old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0";
    let locked: Vec<u8> = old[..8]
        .iter()
        .copied()
        .chain("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let sheet = package(&[
        ("[Content_Types].xml", "<Types/>"),
        ("_rels/.rels", RELS),
        ("word/document.xml", "<workbook/>"),
    ]);
    for (name, bytes, warning) in [
        ("a.doc", &old[..], FileWarning::OldOffice),
        ("a.txt", &old[..], FileWarning::OldOffice),
        ("a.docx", &locked[..], FileWarning::Encrypted),
        ("a.docx", &sheet[..], FileWarning::OtherPackage),
        ("a.txt", &package(&[("b.txt", "渡口")])[..], FileWarning::OtherPackage),
        ("a.rtf", b"{\\rtf1 text}", FileWarning::RichText),
    ] {
        let (text, report) = read_as(name, bytes);
        assert_eq!((text.as_str(), report.outcome), ("", ReadOutcome::Binary), "{name}");
        assert_eq!(report.warnings, [warning], "{name}");
    }
}

#[test]
fn of_a_damaged_document_what_stands_before_the_damage_is_read() {
    let whole = word(&paragraph("", "渡口复航。"));
    let (text, report) = read_as("a.docx", &whole[..whole.len() - 40]);
    assert_eq!((text.as_str(), report.outcome), ("", ReadOutcome::Unreadable));
    assert!(matches!(&report.warnings[..], [FileWarning::Unreadable { .. }]), "{report:?}");
    let broken = word(&format!("{}<w:p><w:r></w:p>", paragraph("", "渡口复航。")));
    let (text, report) = read_as("a.docx", &broken);
    assert_eq!((text.as_str(), report.outcome), ("渡口复航。\n", ReadOutcome::Read));
    assert!(matches!(&report.warnings[..], [FileWarning::DamagedDocument { .. }]), "{report:?}");
    let (text, report) = read_as("a.docx", &word(""));
    assert_eq!((text.as_str(), report.outcome), ("", ReadOutcome::Empty));
    assert_eq!(report.warnings, [FileWarning::Empty]);
}

#[test]
fn documents_that_are_without_end_when_unpacked_are_cut_off() {
    let blanks = " ".repeat(40 << 20);
    let bomb = word(&format!("{}{blanks}{}", paragraph("", "渡口复航。"), paragraph("", "后")));
    assert!(bomb.len() < 100_000, "{}", bomb.len());
    let (text, report) = read_as("a.docx", &bomb);
    assert_eq!(text, "渡口复航。\n");
    assert_eq!(report.warnings, [FileWarning::DocumentTooLarge { megabytes: 256 }]);
    let deep = word(&format!(
        "{}渡口",
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>渡</w:t></w:r></w:p>".repeat(20_000)
    ));
    let (text, report) = read_as("a.docx", &deep);
    assert_eq!(text.lines().filter(|line| *line == "渡").count(), 20_000);
    assert!(matches!(&report.warnings[..], [FileWarning::DamagedDocument { .. }]), "{report:?}");
    let mut many = package(&[("a", "")]);
    let end = many.len() - 22;
    many[end + 8..end + 12].copy_from_slice(&[0xff; 4]);
    let (_, report) = read_as("a.docx", &many);
    assert_eq!(
        report.warnings,
        [FileWarning::Unreadable { reason: FailureReason::TooManyParts { most: 60_000 } }]
    );
}

#[test]
fn a_long_document_comes_in_parts() {
    let body: String = (0..60_000).map(|n| paragraph("", &format!("第{n}段"))).collect();
    let (text, report) = read_as("a.docx", &word(&body));
    assert_eq!(text.lines().count(), 119_999);
    assert_eq!(report.warnings, [FileWarning::InParts { megabytes: 64, lines: 100_000 }]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn any_elements_in_any_order_are_read(
        parts in proptest::collection::vec(0..34usize, 0..60), cut in any::<bool>()
    ) {
        const NAMES: [&str; 34] = [
            "p", "r", "t", "tbl", "tr", "tc", "pPr", "numPr", "numId", "ilvl", "pStyle", "del", "rt",
            "txbxContent", "footnote", "footnoteReference", "br", "tab", "vanish", "table",
            "table-row", "table-cell", "h", "list", "list-item", "note", "note-citation",
            "note-body", "text-box", "s", "list-style", "list-level-style-number", "style", "document",
        ];
        let mut content = String::new();
        let mut open: Vec<&str> = Vec::new();
        // Characters, and those that stand in paragraphs of OpenDocument.
        let (mut words, mut in_paragraphs) = (0, 0);
        for (at, part) in parts.iter().enumerate() {
            let name = NAMES[*part];
            if at % 3 == 2 && let Some(name) = open.pop() {
                let _ = write!(content, "</{name}>");
            } else {
                let said = at % 11;
                let _ = write!(content, "<{name} val='{said}' level='{said}' c='{said}' id='1' name='L' style-name='L'>渡&#x20;");
                open.push(name);
                words += 1;
                in_paragraphs += usize::from(open.contains(&"p") || open.contains(&"h"));
            }
        }
        if !cut {
            content.extend(open.iter().rev().map(|name| format!("</{name}>")));
        }
        let count = |text: &str| text.matches('渡').count();
        let (_, report) = read_as("a.docx", &word(&content));
        prop_assert_eq!(cut && !open.is_empty(), report.outcome != ReadOutcome::Empty && !report.warnings.is_empty());
        let document = format!("<d>{content}</d>");
        let kind = "application/vnd.oasis.opendocument.text";
        let (text, _) = read_as("a.odt", &package(&[("mimetype", kind), ("content.xml", &document)]));
        // A mark stands before its note as well.
        if !content.contains("<note-citation") {
            prop_assert_eq!(count(&text), in_paragraphs, "{}", document);
        }
        let document = document.replace("<style", "<section").replace("</style", "</section");
        let (text, _) = read_as("a.epub", &book(&[("a.xhtml", &document)]));
        prop_assert_eq!(count(&text), words, "{}", document);
    }
}
