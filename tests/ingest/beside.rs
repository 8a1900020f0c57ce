//! Pictures beside texts, and what was recognised on pictures.

use super::*;

const ALTO: &str = "<?xml version='1.0'?><alto><Layout><Page WIDTH='100' HEIGHT='100'><PrintSpace>\
    <TextBlock HPOS='0' VPOS='0' WIDTH='90' HEIGHT='9'><TextLine HPOS='0' VPOS='0' WIDTH='90' HEIGHT='9'>\
    <String CONTENT='两岸的人昨天都来看渡船开航。' HPOS='0' VPOS='0' WIDTH='90' HEIGHT='9'/></TextLine>\
    </TextBlock></PrintSpace></Page></Layout></alto>";

fn pictures(fixture: &Fixture) -> Vec<String> {
    fixture.archive().file_report("a.txt").unwrap().unwrap().pictures
}

#[test]
fn the_report_on_a_text_names_the_pictures_beside_it() {
    let fixture = Fixture::new();
    let (text, picture) = (fixture.corpus().join("a.txt"), fixture.corpus().join("a.jpg"));
    fs::write(&text, "渡口重开\n\n两岸的人昨天都来看渡船开航。\n").unwrap();
    fixture.ingest();
    assert!(pictures(&fixture).is_empty());
    fs::write(&picture, "x").unwrap();
    let summary = fixture.ingest();
    assert_eq!((summary.files_taken, summary.files_skipped), (0, 1), "the text is as it was");
    let beside = summary.pictures_beside;
    assert_eq!((beside.count, &beside.names[..]), (1, &["a.jpg".to_owned()][..]));
    assert_eq!(pictures(&fixture), ["a.jpg"]);
    // What is not looked at stays.
    run(&IngestPlan { paths: vec![text], ..fixture.plan() }, &()).unwrap();
    assert_eq!(pictures(&fixture), ["a.jpg"]);
    fs::remove_file(picture).unwrap();
    fixture.ingest();
    assert!(pictures(&fixture).is_empty());
}

#[test]
fn what_was_recognised_in_files_that_are_gone_goes_when_it_is_too_much() {
    let fixture = Fixture::new();
    let text = "渡口重开\n\n两岸的人昨天都来看渡船开航。\n";
    let result = |content: &str| {
        let hash = blake3::hash(content.as_bytes()).to_hex().to_string();
        let folder = fixture.index().join("ocr").join(&hash[..2]);
        fs::create_dir_all(&folder).unwrap();
        let path = folder.join(format!("{}-0123.hocr.zst", &hash[2..]));
        // Sparse: it takes no room.
        fs::File::create(&path).unwrap().set_len(300 << 20).unwrap();
        path
    };
    fs::write(fixture.corpus().join("a.txt"), text).unwrap();
    fixture.ingest();
    let (needed, unneeded) = (result(text), result("another page"));
    fixture.ingest();
    assert!(unneeded.exists(), "nothing changed");
    let other = fixture.corpus().join("b.txt");
    fs::write(&other, text.repeat(2)).unwrap();
    run(&IngestPlan { paths: vec![other.clone()], ..fixture.plan() }, &()).unwrap();
    assert!(unneeded.exists(), "not all files were looked at");
    fs::write(&other, text.repeat(3)).unwrap();
    fixture.ingest();
    assert!(needed.exists() && !unneeded.exists());
}

#[test]
fn pages_stay_while_the_issue_that_names_them_is_not_read() {
    let fixture = Fixture::new();
    let mets = "<?xml version='1.0'?><mets xmlns:xlink='x'><fileSec><fileGrp USE='Text'>\
        <file ID='a'><FLocat xlink:href='1.xml'/></file></fileGrp></fileSec></mets>";
    fs::write(fixture.corpus().join("1.xml"), ALTO).unwrap();
    fixture.ingest();
    let sources = || {
        let reports = fixture.archive().file_reports().unwrap();
        reports.into_iter().map(|report| report.source).collect::<Vec<_>>()
    };
    assert_eq!((sources(), count(&fixture.archive(), "渡船")), (vec!["1.xml".to_owned()], 1));
    let issue = fixture.corpus().join("mets.xml");
    fs::write(&issue, mets).unwrap();
    let mut plan = fixture.plan();
    plan.watched.unsettled.insert(issue);
    assert_eq!(run(&plan, &()).unwrap().files_removed, 0);
    assert_eq!((sources(), count(&fixture.archive(), "渡船")), (vec!["1.xml".to_owned()], 1));
    fixture.ingest();
    assert_eq!((sources(), count(&fixture.archive(), "渡船")), (vec!["mets.xml".to_owned()], 1));
}

/// A PDF file of one page that shows a line.
fn pdf(line: &str) -> String {
    let content = format!("BT /F 12 Tf 20 500 Td ({line}) Tj ET");
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 600]/Contents 5 0 R/Resources<</Font<</F 4 0 R>>>>>>"
            .to_owned(),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned(),
        format!("<</Length {}>>\nstream\n{content}\nendstream", content.len()),
    ];
    let mut file = "%PDF-1.4\n".to_owned();
    let mut rows = String::new();
    for (number, object) in (1..).zip(objects) {
        rows = format!("{rows}{:010} 00000 n \n", file.len());
        file = format!("{file}{number} 0 obj\n{object}\nendobj\n");
    }
    let table = file.len();
    format!(
        "{file}xref\n0 6\n0000000000 65535 f \n{rows}trailer<</Size 6/Root 1 0 R>>\nstartxref\n{table}\n%%EOF"
    )
}

#[test]
fn a_pdf_stays_while_the_text_that_it_is_the_picture_of_is_not_read() {
    let fixture = Fixture::new();
    fs::write(fixture.corpus().join("a.pdf"), pdf("Ferry open")).unwrap();
    fixture.ingest();
    let sources = || {
        let reports = fixture.archive().file_reports().unwrap();
        reports.into_iter().map(|report| report.source).collect::<Vec<_>>()
    };
    assert_eq!(sources(), ["a.pdf"]);
    let text = fixture.corpus().join("a.xml");
    fs::write(&text, ALTO).unwrap();
    let mut plan = fixture.plan();
    plan.watched.unsettled.insert(text);
    let summary = run(&plan, &()).unwrap();
    assert_eq!((summary.files_removed, summary.pictures_beside.count), (0, 1));
    assert_eq!(sources(), ["a.pdf"]);
    fixture.ingest();
    assert_eq!(sources(), ["a.xml"]);
}
