//! Laws of all styles and formats, and the library's own output beside ours.

use hayagriva::archive::ArchivedStyle;
use hayagriva::citationberg::Style;
use hayagriva::io::{from_biblatex_str, from_yaml_str};
use hayagriva::{
    BibliographyDriver, BibliographyRequest, BufWriteFormat, CitationItem, CitationRequest,
};
use jiff::civil::date;
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;
use serde_json::Value;

use super::style::LOCALES;
use super::{CitationStyle, StyleError};
use crate::export::sample::sample;
use crate::export::{ExportSettings, Exported, Exporter, Format};
use crate::model::{Byline, DateNote, Issue, Kind, Record};

fn exported(format: Format, records: &[Record]) -> String {
    let mut out = Vec::new();
    let settings = ExportSettings { format, ..ExportSettings::default() };
    let mut exporter = Exporter::new(&settings, records.len() as u64, &mut out).expect("memory");
    for record in records {
        exporter.write(Exported::plain(record)).expect("memory");
    }
    exporter.finish().expect("memory");
    String::from_utf8(out).expect("every format is UTF-8")
}

/// A reprint, a document and a page of a site, beside the sample.
fn several() -> Vec<Record> {
    let text = |text: &str| Some(text.to_owned());
    let bulletin = Record {
        publication: text("河畔区公报"),
        outlet: text("河畔晚报"),
        page: None,
        issue: Issue { number: text("2021年第4号"), ..sample().issue },
        ..sample()
    };
    let document = Record {
        kind: Kind::Document,
        outlet: None,
        docno: text("河政〔2021〕7号"),
        issuer: text("河畔区人民政府"),
        ..bulletin.clone()
    };
    let page = Record {
        page: None,
        publication: text("河畔在线"),
        subtitle: text("50% & {更多}"),
        url: text("https://news.example/1_a?b=2%20&c"),
        accessed: Some(date(2024, 5, 6)),
        issue: Issue::default(),
        date: DateNote {
            value: None,
            not_before: Some(date(2020, 12, 30)),
            not_after: Some(date(2021, 1, 2)),
            ..DateNote::default()
        },
        ..sample()
    };
    vec![sample(), bulletin, document, page]
}

#[test]
fn a_blank_in_a_title_stays_and_none_stands_before_the_further_authors() {
    let reporters = ["甲一", "乙二", "丙三", "丁四"].map(str::to_owned).to_vec();
    let mut record = Record { title: Some("老桥， 等你来".to_owned()), ..sample() };
    let cited = |record: &Record| CitationStyle::default().cite(record, 1).expect("it cites").text;
    record.byline.reporters = reporters;
    assert!(
        cited(&record).starts_with("甲一，乙二，丙三，等. 老桥， 等你来[N]"),
        "{}",
        cited(&record)
    );
    record.byline.reporters.truncate(2);
    assert!(cited(&record).starts_with("甲一，乙二. 老桥， 等你来[N]"), "{}", cited(&record));
}

#[test]
fn the_styles_of_2015_cite_as_the_library_does() {
    let entries = "\
paper:
  type: article
  title: 老桥换新貌
  author: [甲一, 乙二]
  date: 2021-03-04
  page-range: A02
  parent: { type: newspaper, title: 河畔晚报 }
online:
  type: article
  title: 老桥换新貌
  author: [甲一, 乙二, 丙三, 丁四]
  date: 2021-03-04
  page-range: A02
  url: { value: 'https://news.example/1', date: 2024-05-06 }
  parent: { type: newspaper, title: 河畔晚报 }
page:
  type: web
  title: 老桥换新貌
  date: 2021-03-04
  url: { value: 'https://news.example/1', date: 2024-05-06 }
excerpt:
  type: anthos
  title: 老桥换新貌
  author: 甲一
  date: 2021
  parent: { type: anthology, title: 河畔区公报 }
";
    let theirs = from_yaml_str(entries).expect("entries");
    let byline = |names: &[&str]| Byline {
        reporters: names.iter().map(|&name| name.to_owned()).collect(),
        ..Byline::default()
    };
    let (url, accessed) = (Some("https://news.example/1".to_owned()), Some(date(2024, 5, 6)));
    let ours = [
        ("paper", sample()),
        (
            "online",
            Record {
                byline: byline(&["甲一", "乙二", "丙三", "丁四"]),
                url: url.clone(),
                accessed,
                ..sample()
            },
        ),
        (
            "page",
            Record {
                byline: byline(&[]),
                publication: Some("河畔在线".into()),
                page: None,
                url,
                accessed,
                ..sample()
            },
        ),
        (
            "excerpt",
            Record {
                byline: byline(&["甲一"]),
                publication: Some("河畔区公报".into()),
                outlet: Some("河畔晚报".into()),
                page: None,
                ..sample()
            },
        ),
    ];
    for name in &CitationStyle::BUILT_IN[1..] {
        let shipped = ArchivedStyle::by_name(name).expect("shipped").get();
        let Style::Independent(shipped) = shipped else { panic!("{name} is dependent") };
        let style = CitationStyle::named(name).expect("shipped");
        for (key, record) in &ours {
            let entry = theirs.get(key).expect("an entry");
            let mut driver = BibliographyDriver::new();
            let cited = vec![CitationItem::with_entry(entry)];
            driver.citation(CitationRequest::from_items(cited, &shipped, &LOCALES));
            let list = driver.finish(BibliographyRequest {
                style: &shipped,
                locale: None,
                locale_files: &LOCALES,
            });
            let list = list.bibliography.expect("a bibliography");
            let mut expected = String::new();
            list.items[0].content.write_buf(&mut expected, BufWriteFormat::Plain).expect("text");
            let cited = style.cite(record, 1).expect("cited");
            assert_eq!(cited.text, expected, "{name}: {key}");
        }
    }
}

#[test]
fn every_built_in_style_is_there_and_others_have_names() {
    for name in CitationStyle::BUILT_IN {
        assert_eq!(CitationStyle::named(name).expect(name).name(), name);
    }
    assert_eq!(CitationStyle::default().name(), CitationStyle::BUILT_IN[0]);
    let apa = CitationStyle::named("apa").expect("shipped").cite(&sample(), 1).expect("cited");
    assert_eq!(apa.number, None);
    assert!(apa.text.contains("老桥换新貌") && apa.text.contains("2021"), "{}", apa.text);
    assert!(CitationStyle::named("none-such").is_none());
}

#[test]
fn a_style_of_ones_own_is_read_and_a_faulty_one_is_told() {
    let style = |inside: &str| {
        format!(
            r#"<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><info>
            <title>T</title><id>t</id><updated>2026-01-01T00:00:00+00:00</updated></info>{inside}</style>"#
        )
    };
    let rules = |layout: &str| {
        style(&format!(
            "<citation><layout><text variable=\"title\"/></layout></citation>
             <bibliography><layout>{layout}</layout></bibliography>"
        ))
    };
    let read = |csl: &str| CitationStyle::from_csl("own", csl);
    let own =
        read(&rules("<text variable=\"title\" prefix=\"《\" suffix=\"》\"/>")).expect("a style");
    assert_eq!(own.cite(&sample(), 1).expect("cited").text, "《老桥换新貌》");
    assert_eq!(own.name(), "own");

    let bilingual =
        rules("").replace("<layout></layout>", "<layout suffix='.' locale='en'></layout>");
    assert_eq!(read(&bilingual).expect_err("CSL-M"), StyleError::CslM);
    let endless = rules("<text macro=\"a\"/>").replace(
        "<citation>",
        "<macro name=\"a\"><text macro=\"b\"/></macro><macro name=\"b\"><text macro=\"a\"/></macro><citation>",
    );
    let is_endless = |error| matches!(error, StyleError::Endless { name } if name == "a");
    assert!(is_endless(read(&endless).expect_err("endless")));
    let too_large = |layout: &str, macros: &str| {
        let csl = rules(layout).replace("<citation>", &format!("{macros}<citation>"));
        read(&csl).is_err_and(|error| error == StyleError::TooLarge)
    };
    let (open, close) = ("<group>".repeat(100_000), "</group>".repeat(100_000));
    assert!(too_large(&format!("{open}{close}"), ""));
    let called = |number: usize, times: usize| {
        let next = format!("<text macro=\"m{}\"/>", number + 1).repeat(times);
        format!("<macro name=\"m{number}\">{next}</macro>")
    };
    let end =
        |number: usize| format!("<macro name=\"m{number}\"><text variable=\"title\"/></macro>");
    let doubled: String = (0..40).map(|number| called(number, 2)).collect();
    assert!(too_large("<text macro=\"m0\"/>", &format!("{doubled}{}", end(40))));
    let chain: String = (0..5_000).map(|number| called(number, 1)).collect();
    assert!(too_large("<text macro=\"m0\"/>", &format!("{chain}{}", end(5_000))));
    assert!(too_large("", &format!("<!--{}-->", "x".repeat(CitationStyle::MAX_BYTES))));
    let parent = "<link rel=\"independent-parent\" href=\"http://styles.example/a\"/></info>";
    let dependent = read(&style("").replace("</info>", parent)).expect_err("dependent");
    assert_eq!(dependent, StyleError::Dependent { parent: "http://styles.example/a".into() });
    for wrong in ["", "<html></html>", "年", &style("")] {
        let error = read(wrong).expect_err(wrong);
        assert!(matches!(error, StyleError::NotCsl { .. }), "{wrong}: {error}");
    }
}

#[test]
fn a_list_is_numbered_and_a_style_without_numbers_is_not() {
    let cited = exported(Format::Cite, &[sample(), sample()]);
    let line = "甲一，乙二. 老桥换新貌[N]. 河畔晚报，2021-03-04（A02）.";
    assert_eq!(cited, format!("[1] {line}\n[2] {line}\n"));
}

#[test]
fn ris() {
    insta::assert_snapshot!(exported(Format::Ris, &several()).replace("\r\n", "␍␊\n"));
}

#[test]
fn bibtex() {
    insta::assert_snapshot!(exported(Format::Bibtex, &several()));
}

#[test]
fn biblatex() {
    insta::assert_snapshot!(exported(Format::Biblatex, &several()));
}

#[test]
fn csl_json() {
    insta::assert_snapshot!(exported(Format::CslJson, &several()));
}

/// Texts as scans and files hold them: with what means something to one of the formats.
fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        r#"([一-龥]{1,4}|[ -~]{1,3}|["'“”{}\\$%&_#~^<>@/|,;:. ]|[\r\n\t\x00-\x1f]|[〔〕—…·　]|and|TY  - |\PC){0,24}"#,
        "[0-9一二三年月日号第期版\\-–—/,&. ]{0,24}",
        (0..3u8).prop_map(|times| "长".repeat(usize::from(times) * 4_000)),
    ]
}

fn any_record() -> impl Strategy<Value = Record> {
    let part = || proptest::option::of(any_text());
    let day = || {
        proptest::option::of((1..9_999i16, 1..12i8, 1..28i8).prop_map(|(y, m, d)| date(y, m, d)))
    };
    let parts = (part(), part(), part(), part(), part(), part(), part(), part(), part());
    let names =
        (proptest::collection::vec(any_text(), 0..5), proptest::collection::vec(any_text(), 0..2));
    let days = (day(), day(), day(), day(), day(), day());
    (parts, names, days, 0..5usize, any_text()).prop_map(
        |(parts, (reporters, photographers), days, kind, body)| {
            let (title, subtitle, publication, outlet, docno, issuer, number, page, url) = parts;
            let mut record = Record {
                byline: Byline { reporters, photographers, ..Byline::default() },
                kind: Kind::ALL[kind],
                accessed: days.0,
                issue: Issue { number, ..sample().issue },
                ..sample()
            };
            (record.title, record.subtitle, record.body) = (title, subtitle, body);
            (record.publication, record.outlet) = (publication, outlet);
            (record.docno, record.issuer, record.page, record.url) = (docno, issuer, page, url);
            let issue = &mut record.issue.date;
            (issue.value, issue.not_before, issue.not_after) = (days.1, days.2, days.3);
            record.date.value = days.4;
            (record.date.not_before, record.date.not_after) = (days.4, days.5);
            record
        },
    )
}

fn holds_in_every_style_and_format(record: &Record) -> TestCaseResult {
    let others = ["apa", "chicago-author-date", "modern-language-association", "ieee"];
    for name in CitationStyle::BUILT_IN.into_iter().chain(others) {
        let style = CitationStyle::named(name).expect(name);
        let cited = style.cite(record, 1);
        prop_assert!(cited.is_ok(), "{name}: {cited:?}");
        let text = cited.map(|cited| cited.text).unwrap_or_default();
        prop_assert!(!text.is_empty() && !text.contains(char::is_control), "{name}: {text:?}");
    }
    let twice = [record.clone(), record.clone()];
    let ris = exported(Format::Ris, &twice);
    for line in ris.strip_suffix("\r\n").unwrap_or(&ris).split("\r\n") {
        let is_tagged = line.get(2..6) == Some("  - ") && !line.contains(char::is_control);
        prop_assert!(is_tagged, "{line:?}");
    }
    prop_assert_eq!(ris.matches("\r\nER  - ").count(), 2);
    let items: Value = serde_json::from_str(&exported(Format::CslJson, &twice)).expect("JSON");
    prop_assert_eq!(items.as_array().map(Vec::len), Some(2));
    for format in [Format::Bibtex, Format::Biblatex] {
        let text = exported(format, &twice);
        let read = from_biblatex_str(&text);
        prop_assert!(read.is_ok(), "{format:?}: {read:?}\n{text}");
        prop_assert_eq!(read.map(|entries| entries.len()).unwrap_or_default(), 2);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn whatever_a_record_holds_it_is_cited_and_no_file_breaks(record in any_record()) {
        holds_in_every_style_and_format(&record)?;
    }
}
