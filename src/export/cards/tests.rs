//! The formats of cards: what they say, and that no text breaks out of them.

use std::io::{Cursor, Read};

use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::Event;
use zip::ZipArchive;

use super::card::text_characters;
use super::plain_text::plain_text;
use crate::export::record_writer::Exported;
use crate::export::sample::sample;
use crate::export::{ArchiveStamp, ExportOrigin, ExportSettings, Exporter, Format};
use crate::model::{DateNote, Precision, Record};
use crate::present::{Lang, PageLimits, SearchParams};
use crate::search::{Highlight, TextField};

#[expect(clippy::default_trait_access, reason = "synonyms are of a module that this one knows not")]
fn written(settings: &ExportSettings, records: &[(Record, Vec<Highlight>)]) -> Vec<u8> {
    let params =
        SearchParams {
            q: "老桥 -新路".into(), sort: "oldest".into(), ..SearchParams::default()
        };
    let today = jiff::civil::date(2024, 5, 15);
    let selection = params.selection(&Default::default(), today, PageLimits::NONE);
    let origin = ExportOrigin::new(&selection.expect("a request"), ArchiveStamp::default());
    exported(&ExportSettings { origin: Some(origin), ..settings.clone() }, records)
}

fn exported(settings: &ExportSettings, records: &[(Record, Vec<Highlight>)]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut exporter = Exporter::new(settings, records.len() as u64, &mut out).expect("memory");
    for (record, marks) in records {
        exporter.write(Exported { record, marks, remark: "" }).expect("memory");
    }
    exporter.finish().expect("memory");
    out
}

fn settings(format: Format) -> ExportSettings {
    let address = Some("https://archive.example/".to_owned());
    ExportSettings { format, address, ..ExportSettings::default() }
}

/// An article with a table, marks in headline and text, and a date that is an interval.
fn article() -> (Record, Vec<Highlight>) {
    let record = Record {
        kicker: Some("通车".into()),
        body: "老桥今天通车。\n| 年 | 长 |\n|---|---|\n| 2021 | 80米 |\n走过老桥。".into(),
        credit: Some("本报编辑部".into()),
        docno: Some("河政〔2021〕7号".into()),
        date: DateNote {
            value: None,
            not_before: Some(jiff::civil::date(2021, 3, 1)),
            not_after: Some(jiff::civil::date(2021, 3, 4)),
            precision: Precision::Interval,
            text: Some("近日".into()),
            ..sample().date
        },
        ..sample()
    };
    let spans = |text: &str| -> Vec<_> {
        text.match_indices("老桥").map(|(at, found)| at..at + found.len()).collect()
    };
    let marks = vec![
        Highlight { field: TextField::Title, spans: spans(record.title.as_deref().unwrap_or("")) },
        Highlight { field: TextField::Body, spans: spans(&record.body) },
    ];
    (record, marks)
}

fn entry(zipped: &[u8], name: &str) -> String {
    let mut archive = ZipArchive::new(Cursor::new(zipped)).expect("a ZIP file");
    let mut text = String::new();
    archive.by_name(name).expect(name).read_to_string(&mut text).expect("UTF-8");
    text
}

/// One tag a line.
fn lines(markup: &str) -> String {
    markup.replace("><", ">\n<").replace(env!("CARGO_PKG_VERSION"), "VERSION")
}

#[test]
fn a_page_has_contents_cards_and_marks() {
    for lang in Lang::ALL {
        let settings = ExportSettings { lang, ..settings(Format::Html) };
        let page = String::from_utf8(written(&settings, &[article()])).expect("UTF-8");
        let (before, rest) = page.split_once("<style>").expect("a style");
        let (_, behind) = rest.split_once("</style>").expect("its end");
        insta::assert_snapshot!(
            format!("html-{}", lang.tag()),
            lines(&format!("{before}{behind}"))
        );
    }
}

#[test]
fn a_document_has_headings_fonts_and_highlights() {
    let whole = written(&settings(Format::Docx), &[article()]);
    let document = entry(&whole, "word/document.xml");
    let (_, body) = document.split_once("<w:body>").expect("a body");
    let body = body.replace("</w:p>", "</w:p>\n").replace(env!("CARGO_PKG_VERSION"), "VERSION");
    insta::assert_snapshot!("docx", body);
    let styles = entry(&whole, "word/styles.xml");
    for said in ["w:eastAsia=\"宋体\"", "w:eastAsia=\"黑体\"", "<w:outlineLvl w:val=\"0\" />"] {
        assert!(styles.contains(said), "{said}: {styles}");
    }
}

#[test]
fn a_book_has_its_description_contents_and_chapters() {
    let undated = Record { date: DateNote::default(), ..sample() };
    let whole = written(&settings(Format::Epub), &[article(), (undated, vec![])]);
    let mut archive = ZipArchive::new(Cursor::new(&whole)).expect("a ZIP file");
    let first = archive.by_index(0).expect("an entry");
    assert_eq!(first.compression(), zip::CompressionMethod::Stored);
    drop(first);
    // The name begins where readers look for it.
    assert_eq!(&whole[30..58], b"mimetypeapplication/epub+zip");
    let parts =
        ["package.opf", "nav.xhtml", "title.xhtml", "chapter-00001.xhtml", "chapter-00002.xhtml"];
    let parts = parts.map(|name| format!("== {name}\n{}", entry(&whole, &format!("EPUB/{name}"))));
    insta::assert_snapshot!("epub", lines(&parts.concat()));
}

#[test]
fn chapters_end_where_they_are_full() {
    let many: Vec<_> = (0..120).map(|_| (sample(), vec![])).collect();
    let whole = written(&settings(Format::Epub), &many);
    let contents = entry(&whole, "EPUB/nav.xhtml");
    assert_eq!(contents.matches("2021年3月</a><ol>").count(), 3);
    assert_eq!(entry(&whole, "EPUB/chapter-00003.xhtml").matches("<article").count(), 20);
}

#[test]
fn chapters_have_numbers_where_the_order_is_not_that_of_dates() {
    let papers = ["甲报", "乙报"].into_iter().cycle().take(120);
    let records: Vec<_> = papers
        .map(|paper| (Record { publication: Some(paper.to_owned()), ..sample() }, vec![]))
        .collect();
    for (lang, names) in [
        (Lang::Zh, ["第 1–50 篇", "第 51–100 篇", "第 101–120 篇"]),
        (Lang::En, ["Articles 1–50", "Articles 51–100", "Articles 101–120"]),
    ] {
        let origin = Some(ExportOrigin::default());
        let settings = ExportSettings { lang, origin, ..settings(Format::Epub) };
        let whole = exported(&settings, &records);
        let contents = entry(&whole, "EPUB/nav.xhtml");
        for (number, name) in (1..).zip(names) {
            let link = format!("<a href=\"chapter-{number:05}.xhtml\">{name}</a>");
            assert!(contents.contains(&link), "{link}: {contents}");
        }
        assert_eq!(contents.matches("<ol>").count(), 4);
        assert_eq!(entry(&whole, "EPUB/chapter-00003.xhtml").matches("<article").count(), 20);
    }
}

#[test]
fn a_head_names_the_program_of_then_and_filters_in_words() {
    let search = SearchParams {
        kind: vec!["document".into()],
        role: "issuer".into(),
        review: vec!["undated".into()],
        sort: "newest".into(),
        ..SearchParams::default()
    };
    let program = "0.0.7".to_owned();
    let origin = Some(ExportOrigin { program, search, ..ExportOrigin::default() });
    let page = exported(&ExportSettings { origin, ..settings(Format::Html) }, &[article()]);
    let page = String::from_utf8(page).expect("UTF-8");
    for said in ["dibao 0.0.7", "公文", "发文的地区", "日期不详", "日期从新到旧"] {
        assert!(page.contains(&format!("<dd>{said}</dd>")), "{said}: {page}");
    }
}

#[test]
fn an_excerpt_counts_as_what_it_has_of_the_text() {
    let (record, _) = article();
    let record = Record { body: format!("{}老桥。", "远".repeat(5_000)), ..record };
    let at = record.body.find("老桥").expect("it");
    let spans = std::iter::once(at..at + "老桥".len()).collect();
    let marks = [Highlight { field: TextField::Body, spans }];
    let article = Exported { record: &record, marks: &marks, remark: "" };
    assert_eq!(text_characters(article, false), 5_003);
    assert_eq!(text_characters(article, true), 83);
}

#[test]
fn a_web_page_has_its_address_in_every_card() {
    let (record, marks) = article();
    let url = Some("https://news.example/1?a=1".to_owned());
    let record = Record { url, accessed: Some(jiff::civil::date(2024, 5, 6)), ..record };
    let page = written(&settings(Format::Html), &[(record, marks)]);
    let page = String::from_utf8(page).expect("UTF-8");
    assert!(page.contains("<dd>https://news.example/1?a=1（2024-05-06 保存）</dd>"), "{page}");
}

/// The texts of the elements of a name in an XML document, which must be well formed.
fn xml_texts(document: &str, element: &str) -> Vec<String> {
    let mut reader = Reader::from_str(document);
    reader.config_mut().check_end_names = true;
    let (mut texts, mut depth) = (Vec::new(), 0);
    loop {
        match reader.read_event().expect("well formed") {
            Event::Start(start) if start.name().as_ref() == element => {
                depth += 1;
                texts.push(String::new());
            }
            Event::End(end) if end.name().as_ref() == element => depth -= 1,
            Event::Text(text) if depth > 0 => {
                let last = texts.last_mut().expect("an element");
                last.push_str(&text);
            }
            Event::GeneralRef(name) if depth > 0 => {
                let last = texts.last_mut().expect("an element");
                let c = match name.resolve_char_ref().expect("a character") {
                    Some(c) => c,
                    None => match &*name {
                        "amp" => '&',
                        "lt" => '<',
                        "gt" => '>',
                        "quot" => '"',
                        "apos" => '\'',
                        other => panic!("&{other};"),
                    },
                };
                last.push(c);
            }
            Event::CData(_) | Event::PI(_) | Event::Comment(_) => panic!("{document}"),
            Event::Eof => return texts,
            _ => {}
        }
    }
}

fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("]]>".to_owned()),
        Just("<script>alert(1)</script>".to_owned()),
        Just("</w:t></w:r>".to_owned()),
        Just("&lt;&#0;&amp;".to_owned()),
        Just("<!--".to_owned()),
        Just("\u{202e}\u{200f}".to_owned()),
        Just("\u{0}\u{b}\u{ffff}\u{fdd0}\u{85}".to_owned()),
        Just("\"'".to_owned()),
        Just("HYPERLINK \"x\"".to_owned()),
        "\\PC{1,6}",
        any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 1..6).prop_map(|pieces| pieces.concat())
}

fn hostile_record(title: &str, body: &str) -> Record {
    Record {
        title: Some(title.to_owned()),
        body: body.to_owned(),
        docno: Some(title.to_owned()),
        outlet: Some(body.to_owned()),
        source: title.to_owned(),
        publication: Some(title.to_owned()),
        ..sample()
    }
}

/// A line as cards have it: what is forbidden is replaced.
fn shown(line: &str) -> String {
    plain_text(line).into_owned()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_text_breaks_out_of_a_document(title in hostile(), body in hostile()) {
        let record = hostile_record(&title, &body);
        let whole = written(&settings(Format::Docx), &[(record, vec![])]);
        let document = entry(&whole, "word/document.xml");
        let texts = xml_texts(&document, "w:t");
        // A line feed has no place in a run.
        prop_assert!(texts.contains(&shown(&title).replace('\n', "")), "{:?}", texts);
        prop_assert_eq!(xml_texts(&document, "w:body").len(), 1);
        xml_texts(&entry(&whole, "docProps/core.xml"), "x");
    }

    #[test]
    fn no_text_breaks_out_of_a_book(title in hostile(), body in hostile()) {
        let record = hostile_record(&title, &body);
        let whole = written(&settings(Format::Epub), &[(record, vec![])]);
        let chapter = entry(&whole, "EPUB/chapter-00001.xhtml");
        prop_assert_eq!(xml_texts(&chapter, "h2"), [shown(&title)]);
        prop_assert_eq!(xml_texts(&chapter, "script").len(), 0);
        for name in ["nav.xhtml", "package.opf", "title.xhtml"] {
            xml_texts(&entry(&whole, &format!("EPUB/{name}")), "x");
        }
    }

    #[test]
    fn no_text_breaks_out_of_a_page(title in hostile(), body in hostile()) {
        let record = hostile_record(&title, &body);
        let page = String::from_utf8(written(&settings(Format::Html), &[(record, vec![])]));
        let page = dom_query::Document::from(page.expect("UTF-8"));
        prop_assert_eq!(page.select("script").length(), 0);
        prop_assert_eq!(page.select("article").length(), 1);
        let heading = page.select("article h2").text().to_string();
        prop_assert_eq!(heading, shown(&title));
    }
}
