//! Every sentence that the program says in English has its Chinese on the pages: the lists of where
//! they are made are walked, and what the sample corpus and broken files give.

use std::collections::{BTreeMap, BTreeSet};

use dibao::pages::phrase;
use dibao::pages::phrases;
use dibao::present;
use dibao::present::Lang;
use dibao::present::{DaysError, SearchParams};
use dibao::query;
use dibao::search::{Cursor, SearchError};
use dibao::web;

/// The lists, by where they stand.
const LISTS: [(&str, &[&str]); 2] = [("view", present::SENTENCES), ("web", web::SENTENCES)];

/// What errors say that stand in no list; each is tried below.
const OF_ERRORS: [&str; 4] = [
    "not a mark of a page; take the one that the page before gave",
    "{}: no such topic; the topics are {}",
    "no district is called `{}`; give its name (新密市), the city's with it (郑州高新区) or its code",
    "this page belongs to another search, or the archive has changed since; begin again",
];

#[test]
fn every_sentence_has_its_chinese_and_no_other_is_kept() {
    let kept: BTreeSet<&str> = phrases().collect();
    let mut made: BTreeMap<&str, &str> = BTreeMap::new();
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

fn today() -> dibao::model::CivilDate {
    dibao::model::CivilDate::new(2024, 5, 1).expect("a day")
}

#[track_caller]
fn check(said: impl IntoIterator<Item = String>) {
    let english: Vec<String> =
        said.into_iter().filter(|sentence| phrase(Lang::Zh, sentence) == *sentence).collect();
    assert!(english.is_empty(), "English on Chinese pages: {english:#?}");
}
