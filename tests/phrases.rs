//! Every sentence that the program says in English has its Chinese on the pages: the lists of where
//! they are made are walked, and what the sample corpus and broken files give.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use dibao::annotate;
use dibao::annotate::Annotator;
use dibao::intake;
use dibao::intake::{Chunk, Config, read, walk};
use dibao::model::SplitFile;
use dibao::pages::phrase;
use dibao::pages::phrases;
use dibao::present;
use dibao::present::Lang;
use dibao::present::{DaysError, SearchParams};
use dibao::query;
use dibao::search::{Cursor, SearchError};
use dibao::split::{meanings, split};
use dibao::{ingest, web};

/// The lists, by where they stand.
const LISTS: [(&str, &[&str]); 6] = [
    ("annotate, dates", annotate::DATE_RULES),
    ("annotate, warnings", annotate::WARNINGS),
    ("intake", intake::SENTENCES),
    ("ingest", ingest::SENTENCES),
    ("view", present::SENTENCES),
    ("web", web::SENTENCES),
];

/// What errors say that stand in no list; each is tried below.
const OF_ERRORS: [&str; 5] = [
    "expected {}, found {}",
    "not a mark of a page; take the one that the page before gave",
    "{}: no such topic; the topics are {}",
    "no district is called `{}`; give its name (新密市), the city's with it (郑州高新区) or its code",
    "this page belongs to another search, or the archive has changed since; begin again",
];

#[test]
fn every_sentence_has_its_chinese_and_no_other_is_kept() {
    let kept: BTreeSet<&str> = phrases().collect();
    let mut made: BTreeMap<&str, &str> = meanings().map(|meaning| (meaning, "split")).collect();
    for (place, list) in LISTS {
        made.extend(list.iter().map(|sentence| (*sentence, place)));
    }
    made.extend(OF_ERRORS.map(|sentence| (sentence, "errors")));
    let missing: Vec<_> = made.iter().filter(|(sentence, _)| !kept.contains(*sentence)).collect();
    assert!(missing.is_empty(), "phrases.tsv lacks {missing:#?}");
    let stale: Vec<_> = kept.iter().filter(|sentence| !made.contains_key(*sentence)).collect();
    assert!(stale.is_empty(), "nobody says {stale:#?}");
}

#[test]
fn what_is_wrong_with_a_search_is_said_in_chinese() {
    let topic = SearchError::UnknownTopic { topic: "甲".into(), labels: vec!["农业".into()] };
    let district = SearchError::UnknownDistrict { name: "甲县".into() };
    let mut said =
        vec![topic.to_string(), district.to_string(), SearchError::StaleCursor.to_string()];
    said.extend("甲".parse::<Cursor>().err().map(|error| error.to_string()));
    said.push(DaysError.to_string());
    for address in [
        "q=“甲",
        "q=甲&from=2023/02",
        "q=甲&from=2024&to=2023",
        "undated=1&certain=1",
        "kind=book",
        "review=all",
        "sort=best",
        "offset=3&after=1",
        "after=甲",
        "limit=100000",
        "offset=100000",
    ] {
        let asked: SearchParams = serde_html_form::from_str(address).expect(address);
        let error = asked.selection(&query::Synonyms::default(), today()).expect_err(address);
        said.push(error.to_string());
    }
    for address in ["colour=red", "undated=perhaps", "limit=many", "q=a&q=b"] {
        let error = serde_html_form::from_str::<SearchParams>(address).expect_err(address);
        said.push(error.to_string());
    }
    check(said);
}

#[test]
fn what_is_found_out_about_the_sample_corpus_is_said_in_chinese() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let said = sentences_of(&corpus);
    assert!(said.len() > 20, "{said:#?}");
    check(said);
}

#[test]
fn what_is_wrong_with_files_is_said_in_chinese() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, bytes: &[u8]| {
        fs::write(folder.path().join(name), bytes).expect("written");
    };
    write("empty.txt", b"");
    write("program.txt", b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0\x3e\0");
    write("zeros.txt", "一份报告，有一个\0零。".repeat(20).as_bytes());
    write("bytes.txt", &["县里开会。\n".repeat(200).as_bytes(), b"\xff\xfe\xff\n"].concat());
    write("none.jsonl", b"{\n[]\n");
    write("packed.jsonl.zst", b"not packed");
    let lines = [
        r#"{"title": "甲", "body": "县里开会。", "date": "yesterday", "kind": "book", "issue": 7}"#,
        r#"{"title": {}, "body": "", "districts": true, "places": ["甲"]}"#,
        r#"{"title": "乙", "body": "县里又开会。", "topics": ["没有的"], "places": ["甲"]}"#,
        "no object",
    ];
    write("lines.jsonl", lines.join("\n").as_bytes());
    check(sentences_of(folder.path()));
}

fn today() -> dibao::model::CivilDate {
    dibao::model::CivilDate::new(2024, 5, 1).expect("a day")
}

/// Rules of dates, reasons of cuts and warnings of all files below a folder.
fn sentences_of(folder: &Path) -> Vec<String> {
    let config = Config::load(folder).expect("settings");
    let annotator = Annotator::new();
    let mut said = BTreeSet::new();
    for file in &walk(folder, &[]).files {
        let mut reading = read(file, &config);
        let meta = reading.meta().clone();
        for chunk in reading.by_ref() {
            let (source, split_file) = match chunk {
                Chunk::Text(source) => {
                    let split_file = split(&source);
                    (*source, split_file)
                }
                Chunk::Articles(articles) => {
                    let source = dibao::model::SourceText {
                        path: file.source.clone(),
                        meta: meta.clone(),
                        ..dibao::model::SourceText::default()
                    };
                    (source, SplitFile { articles, ..SplitFile::default() })
                }
            };
            for record in annotator.annotate(&source, &split_file) {
                said.extend(record.date.rule);
                said.extend(record.warnings);
                let reasons = record.cut.reasons.iter().map(|reason| reason.rule.as_str());
                said.extend(reasons.map(|rule| present::meaning(rule).unwrap_or(rule).to_owned()));
            }
            said.extend(source.warnings);
            said.extend(split_file.warnings);
        }
        said.extend(reading.finish().warnings);
    }
    said.into_iter().collect()
}

#[track_caller]
fn check(said: impl IntoIterator<Item = String>) {
    let english: Vec<String> =
        said.into_iter().filter(|sentence| phrase(Lang::Zh, sentence) == *sentence).collect();
    assert!(english.is_empty(), "English on Chinese pages: {english:#?}");
}
