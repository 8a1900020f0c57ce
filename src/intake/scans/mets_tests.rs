//! Issues whose articles are stated.

use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;

use crate::intake::{Chunk, Config, ReadOutcome, ReadReport, read, walk};
use crate::model::{FileWarning, SourceText};

/// A page with these blocks, one line each: name, left edge, upper edge, text.
fn alto(blocks: &[(&str, u32, u32, &str)]) -> String {
    let block = |(name, left, top, text): &(&str, u32, u32, &str)| {
        format!(
            "<TextBlock ID='{name}' HPOS='{left}' VPOS='{top}' WIDTH='300' HEIGHT='20'><TextLine \
             HPOS='{left}' VPOS='{top}' WIDTH='300' HEIGHT='20'><String CONTENT='{text}' HPOS='{left}' \
             VPOS='{top}' WIDTH='300' HEIGHT='20'/></TextLine></TextBlock>"
        )
    };
    let blocks: String = blocks.iter().map(block).collect();
    format!(
        "<alto><Layout><Page WIDTH='1000' HEIGHT='1400'><PrintSpace>{blocks}</PrintSpace></Page></Layout>\
         </alto>"
    )
}

/// Two articles over two pages, whose parts are listed out of order on the first.
const METS: &str = "<mets:mets xmlns:mets='m' xmlns:xlink='x'><mets:dmdSec ID='D'><mets:mdWrap><mets:xmlData>\
    <mods:dateIssued encoding='iso8601'>1938-02-10</mods:dateIssued></mets:xmlData></mets:mdWrap></mets:dmdSec>\
    <mets:fileSec><mets:fileGrp USE='Images'><mets:file ID='I1'><mets:FLocat xlink:href='file://./i/1.jp2'/>\
    </mets:file></mets:fileGrp><mets:fileGrp USE='Text'><mets:file ID='A1' MIMETYPE='text/xml'><mets:FLocat \
    LOCTYPE='URL' xlink:href='file://./alto/1.xml'/></mets:file><mets:file ID='A2'><mets:FLocat \
    xlink:href='%61lto/2.xml'/></mets:file><mets:file ID='A9'><mets:FLocat xlink:href='../../up.xml'/></mets:file>\
    </mets:fileGrp></mets:fileSec><mets:structMap TYPE='PHYSICAL'><mets:div TYPE='ARTICLE'><mets:fptr>\
    <mets:area FILEID='A1' BEGIN='head'/></mets:fptr></mets:div></mets:structMap>\
    <mets:structMap TYPE='LOGICAL'><mets:div TYPE='ISSUE'><mets:div TYPE='CONTENT'>\
    <mets:div TYPE='ARTICLE'><mets:div TYPE='HEADING'><mets:div TYPE='TITLE'><mets:fptr><mets:area FILEID='A1' \
    BETYPE='IDREF' BEGIN='t1'/><mets:area FILEID='I1' COORDS='1,2,3,4'/></mets:fptr></mets:div></mets:div>\
    <mets:div TYPE='BODY'><mets:div TYPE='HEADING'><mets:fptr><mets:area FILEID='A1' BEGIN='b1'/></mets:fptr>\
    </mets:div><mets:div TYPE='PARAGRAPH'><mets:fptr><mets:area FILEID='A1' BEGIN='c1'/></mets:fptr>\
    <mets:fptr><mets:area FILEID='A2' BEGIN='g1'/></mets:fptr></mets:div></mets:div></mets:div>\
    <mets:div TYPE='ARTICLE'><mets:div TYPE='BODY'><mets:fptr><mets:area FILEID='A1' BEGIN='t2'/></mets:fptr>\
    <mets:fptr><mets:area FILEID='A1' BEGIN='b2'/></mets:fptr></mets:div></mets:div></mets:div></mets:div>\
    </mets:structMap></mets:mets>";

fn pages() -> [(&'static str, String); 3] {
    let first = alto(&[
        ("head", 0, 0, "渡口日报 第二版"),
        ("t1", 0, 60, "春汛平安过境"),
        ("t2", 400, 60, "义渡六十年"),
        ("c1", 0, 120, "水位昨夜回落，"),
        ("b2", 400, 90, "船家三代人没有收过一文钱。"),
        ("b1", 0, 90, "堤上人家彻夜守望"),
        ("ad", 400, 900, "出售上等桐油"),
    ]);
    let group = "<alto><Layout><Page WIDTH='1000' HEIGHT='1400'><PrintSpace><ComposedBlock ID='g1'><TextBlock \
        ID='x'><TextLine><String CONTENT='今晨开闸放行。'/></TextLine></TextBlock></ComposedBlock></PrintSpace>\
        </Page></Layout></alto>";
    [
        ("1938/02-mets.xml", METS.to_owned()),
        ("1938/alto/1.xml", first),
        ("1938/alto/2.xml", group.to_owned()),
    ]
}

fn read_first(folder: &Path) -> (SourceText, ReadReport) {
    let files = walk(folder, &[]).files;
    let mut reader = read(&files[0], &Config::default());
    let Some(Chunk::Text(text)) = reader.next() else { panic!("a text was expected") };
    (*text, reader.finish())
}

/// The lines of the stated articles, their headlines in brackets.
fn stated(text: &SourceText) -> Vec<String> {
    let line = |article: &crate::model::StatedArticle, &line: &usize| {
        let is_head = article.headline.contains(&line);
        if is_head { format!("[{}]", text.line(line)) } else { text.line(line).to_owned() }
    };
    let shown = text
        .stated
        .iter()
        .map(|article| article.lines.iter().map(|at| line(article, at)).collect::<String>());
    shown.collect()
}

const ARTICLES: [&str; 2] = [
    "[春汛平安过境]堤上人家彻夜守望水位昨夜回落，今晨开闸放行。",
    "义渡六十年船家三代人没有收过一文钱。",
];

#[test]
fn articles_are_taken_as_they_are_stated_and_their_pages_are_not_read_twice() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, content) in pages() {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("its folder")).expect("a folder");
        fs::write(path, content).expect("written");
    }
    fs::write(folder.path().join("1938/alto/other.xml"), alto(&[("o", 0, 0, "无关的一页")]))
        .expect("written");
    let walked = walk(folder.path(), &[]);
    let sources: Vec<&str> = walked.files.iter().map(|file| file.source.as_str()).collect();
    assert_eq!(sources, ["1938/02-mets.xml", "1938/alto/other.xml"]);
    let (text, report) = read_first(folder.path());
    assert_eq!(stated(&text), ARTICLES);
    // What is of no article is read as well.
    assert!(text.text.starts_with("渡口日报 第二版\n") && text.text.contains("\n出售上等桐油\n"));
    let pages = text.lines.iter().filter_map(|line| Some(line.place?.page));
    assert_eq!((pages.clone().min(), pages.max()), (Some(1), Some(2)));
    let date = text.meta.issue_date.map(|(date, _)| date.to_string());
    assert_eq!(date.as_deref(), Some("1938-02-10"));
    assert_eq!((report.outcome, report.warnings), (ReadOutcome::Read, vec![outside()]));
    // Named alone it is the same, and a change of a page is a change of it.
    let path = folder.path().join("1938/02-mets.xml");
    let alone = walk(folder.path(), std::slice::from_ref(&path)).files;
    assert_eq!(alone[0].content_hash().expect("read"), report.hash);
    assert_eq!(alone[0].bytes, report.bytes);
    fs::write(folder.path().join("1938/alto/2.xml"), alto(&[("g1", 0, 0, "今晨又涨。")]))
        .expect("written");
    assert_ne!(alone[0].content_hash().expect("read"), report.hash);
}

/// What is said of the file that the issue names above its folder.
fn outside() -> FileWarning {
    FileWarning::NamedFilesOutside { count: 1, names: vec!["../../up.xml".to_owned()] }
}

#[test]
fn an_issue_in_an_archive_is_read_as_in_a_folder() {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in pages() {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).expect("begun");
        zip.write_all(content.as_bytes()).expect("written");
    }
    let folder = tempfile::tempdir().expect("a folder");
    let bytes = zip.finish().expect("complete").into_inner();
    fs::write(folder.path().join("a.zip"), bytes).expect("written");
    let walked = walk(folder.path(), &[]);
    assert_eq!(walked.files.len(), 1);
    let (text, report) = read_first(folder.path());
    assert_eq!(
        (stated(&text), report.warnings),
        (ARTICLES.map(str::to_owned).to_vec(), vec![outside()])
    );
    assert_eq!(walked.files[0].content_hash().expect("read"), report.hash);
}

#[test]
fn what_is_missing_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let [(_, issue), (_, first), _] = pages();
    let write = |name: &str, content: &str| {
        fs::create_dir_all(folder.path().join("alto")).expect("a folder");
        fs::write(folder.path().join(name), content).expect("written");
    };
    write("mets.xml", &issue);
    let mut reader = read(&walk(folder.path(), &[]).files[0], &Config::default());
    assert!(
        reader
            .by_ref()
            .all(|chunk| matches!(chunk, Chunk::Text(text) if text.text.trim().is_empty()))
    );
    let report = reader.finish();
    let names = ["alto/1.xml", "alto/2.xml"].map(str::to_owned).to_vec();
    let missing = FileWarning::NamedFilesMissing { count: 2, names };
    assert_eq!(report.warnings, [missing, outside()]);
    write("alto/1.xml", &first);
    write("alto/2.xml", &alto(&[("gone", 0, 0, "另一块")]));
    let (text, report) = read_first(folder.path());
    assert_eq!(stated(&text)[1], ARTICLES[1]);
    let first = "g1".to_owned();
    let blocks = FileWarning::NamedBlocksMissing { count: 1, first };
    assert_eq!(report.warnings, [outside(), blocks]);
    // One that breaks off states what stands before.
    write("mets.xml", &issue[..issue.len() - 60]);
    let (text, report) = read_first(folder.path());
    assert_eq!(text.stated.len(), 2);
    assert!(matches!(&report.warnings[0], FileWarning::XmlBroken { .. }), "{report:?}");
}

#[test]
fn files_outside_of_the_folder_of_an_issue_are_told_and_not_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let hrefs = ["../up.xml", "file:///srv/2.xml", "http://a.example/3.xml", "/etc/4.xml"];
    let hrefs = hrefs.into_iter().chain(["../5.xml", "../6.xml", "../img/7.jpg"]);
    let files = (1..)
        .zip(hrefs.clone())
        .map(|(id, href)| format!("<file ID='f{id}'><FLocat xlink:href='{href}'/></file>"));
    let mets = format!(
        "<?xml version='1.0'?><mets xmlns:xlink='x'><fileSec><fileGrp>{}</fileGrp></fileSec></mets>",
        files.collect::<String>()
    );
    fs::create_dir(folder.path().join("issue")).expect("a folder");
    fs::write(folder.path().join("up.xml"), alto(&[("b", 0, 0, "外面")])).expect("written");
    fs::write(folder.path().join("issue/mets.xml"), mets).expect("written");
    let report = read(&walk(folder.path(), &[]).files[0], &Config::default()).finish();
    let names = hrefs.take(5).map(str::to_owned).collect();
    assert_eq!(report.warnings, [FileWarning::NamedFilesOutside { count: 6, names }]);
}

/// Files of two groups and of one path, and what is no ALTO.
const GROUPS: &str = "<mets><fileSec><fileGrp USE='RAW'><file ID='R1'><FLocat href='raw/1.xml'/></file><file \
    ID='R2'><FLocat href='raw/2.xml'/></file></fileGrp><fileGrp USE='CORRECTED'><file ID='C1'><FLocat \
    href='good/1.xml'/></file><file ID='C2'><FLocat href='good/2.xml'/></file><file ID='AGAIN'><FLocat \
    href='good/1.xml'/></file></fileGrp><fileGrp USE='PAGE'><file ID='P1'><FLocat href='page/1.xml'/></file>\
    </fileGrp></fileSec><structMap TYPE='PHYSICAL'><div TYPE='physSequence'><div TYPE='page'><fptr \
    FILEID='P1'/><fptr FILEID='R1'/><fptr FILEID='C1'/></div><div TYPE='page'><fptr FILEID='R2'/><fptr \
    FILEID='C2'/></div></div></structMap><structMap TYPE='LOGICAL'><div TYPE='ARTICLE'><fptr><area \
    FILEID='AGAIN' BEGIN='b'/></fptr><fptr><area FILEID='C1' BEGIN='c'/></fptr></div></structMap></mets>";

#[test]
fn a_page_in_several_forms_is_read_once_and_other_formats_stay_files() {
    let folder = tempfile::tempdir().expect("a folder");
    let page = "<PcGts><Page imageWidth='9' imageHeight='9'><TextRegion id='r'><Coords points='0,0 9,9'/>\
        <TextLine id='l'><Coords points='0,0 9,9'/><TextEquiv><Unicode>另有一版。</Unicode></TextEquiv>\
        </TextLine></TextRegion></Page></PcGts>";
    let files = [
        ("mets.xml", GROUPS.to_owned()),
        ("raw/1.xml", alto(&[("b", 0, 0, "渡囗复航"), ("c", 0, 30, "水位回洛。")])),
        ("raw/2.xml", alto(&[("d", 0, 0, "开闸放行。")])),
        ("good/1.xml", alto(&[("b", 0, 0, "渡口复航"), ("c", 0, 30, "水位回落。")])),
        ("good/2.xml", alto(&[("d", 0, 0, "开闸放水。")])),
        ("page/1.xml", page.to_owned()),
    ];
    for (name, content) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("its folder")).expect("a folder");
        fs::write(path, content).expect("written");
    }
    let walked = walk(folder.path(), &[]);
    let sources: Vec<&str> = walked.files.iter().map(|file| file.source.as_str()).collect();
    assert_eq!(sources, ["mets.xml", "page/1.xml"]);
    let (text, report) = read_first(folder.path());
    // The form that an article names, and of a page without articles the first.
    let lines: Vec<&str> = text.text.lines().filter(|line| !line.is_empty()).collect();
    assert_eq!(lines, ["渡口复航", "水位回落。", "开闸放行。"]);
    assert_eq!(stated(&text), ["渡口复航水位回落。"]);
    assert_eq!(report.warnings, []);
    let settings = "[[files]]\nglob = \"mets.xml\"\npages = \"2-\"\n";
    fs::write(folder.path().join("corpus.toml"), settings).expect("written");
    let config = Config::load(folder.path()).expect("good settings");
    let mut second = read(&walked.files[0], &config);
    let Some(Chunk::Text(text)) = second.next() else { panic!("a text was expected") };
    assert_eq!((text.text.trim(), text.stated.len()), ("开闸放行。", 0));
    assert_eq!(text.lines[0].place.map(|place| place.page), Some(2));
    assert_eq!(second.finish().warnings, [FileWarning::PagesLeftOut { count: 1 }]);
    let mut own = read(&walked.files[1], &Config::default());
    let Some(Chunk::Text(own)) = own.next() else { panic!("a text was expected") };
    assert_eq!(own.text.trim(), "另有一版。");
}
