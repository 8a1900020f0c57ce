//! `dibao search`.

use serde_json::Value;

use crate::place::Place;

/// Every field of the contract of the record, with what a hit adds.
const FIELDS: [&str; 25] = [
    "id",
    "source",
    "publication",
    "issue",
    "page",
    "ordinal",
    "kind",
    "section",
    "kicker",
    "title",
    "subtitle",
    "outlet",
    "docno",
    "issuer",
    "byline",
    "date",
    "districts",
    "places",
    "topics",
    "body",
    "credit",
    "lines",
    "reprint_of",
    "cut",
    "warnings",
];

#[test]
fn hits_are_printed_with_title_date_district_and_id() {
    let place = Place::with_articles();
    let ran = place.run(&["search", "栏杆"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let id = place.id_of("老桥换上新栏杆");
    let lines: Vec<&str> = ran.stdout.lines().collect();
    assert_eq!(lines[0], "  1 老桥换上新栏杆");
    assert_eq!(lines[1], format!("    2021-03-04 · 登封市 · 河畔晚报 · {id}"));
    assert!(lines[2].contains("新栏杆"), "{}", ran.stdout);
    assert!(ran.stderr.contains("1–1 of 1 article"), "{}", ran.stderr);
}

#[test]
fn words_typed_apart_are_one_query() {
    let place = Place::with_articles();
    let together = place.run(&["search", "石桥 龙舟", "--all", "--format", "jsonl"]);
    let apart = place.run(&["search", "石桥", "龙舟", "--all", "--format", "jsonl"]);
    assert_eq!(together.json_lines().len(), 1);
    assert_eq!(together.stdout, apart.stdout);
}

#[test]
fn articles_with_some_of_the_words_stand_below_a_line_with_what_they_lack() {
    let place = Place::with_articles();
    let ran = place.run(&["search", "石桥", "栏杆", "--lang", "zh"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let line = ran.stdout.find("以下文章只含部分检索词").expect("a line");
    assert!(ran.stdout[line..].contains("缺少：栏杆") && !ran.stdout[..line].contains("缺少："));
    assert!(ran.stderr.contains("含全部检索词 1 篇，含部分 1 篇"), "{}", ran.stderr);
    let answer = place.run(&["search", "龙舟", "栏杆", "--format", "json"]).json();
    assert_eq!(answer["total"], 0);
    let hits = answer["hits"].as_array().expect("hits");
    assert_eq!(answer["partial"]["articles"], hits.len());
    assert!(hits.iter().all(|hit| hit["missing"].as_array().is_some_and(|words| words.len() == 1)));
    let all = place.run(&["search", "龙舟", "栏杆", "--all"]);
    assert_eq!((all.code, all.stdout.as_str()), (1, ""));
    assert_eq!(place.run(&["search", "石桥", "--all", "--any"]).code, 2);
    // What is counted and exported has all of the words.
    assert_eq!(place.run(&["export", "龙舟", "栏杆", "--format", "jsonl"]).code, 1);
    let some = place.run(&["export", "石桥", "龙舟", "--format", "jsonl"]);
    assert_eq!(some.json_lines().len(), 1);
    assert!(some.stderr.contains("--any"), "{}", some.stderr);
}

#[test]
fn json_is_one_object_with_query_total_hits_and_facets() {
    let place = Place::with_articles();
    let answer = place.run(&["search", "石桥", "--format", "json"]).json();
    let keys: Vec<&String> = answer.as_object().expect("an object").keys().collect();
    assert_eq!(
        keys,
        [
            "choices",
            "explanation",
            "facets",
            "hits",
            "next",
            "notes",
            "partial",
            "query",
            "stories",
            "suggestions",
            "synonyms",
            "total"
        ]
    );
    assert_eq!(answer["query"], "石桥");
    assert_eq!(answer["total"], 2);
    let hits = answer["hits"].as_array().expect("hits");
    assert_eq!(hits.len(), 2);
    for hit in hits {
        for field in FIELDS.iter().chain(&["score", "highlights"]) {
            assert!(hit.get(field).is_some(), "{field} is missing in {hit}");
        }
        assert_no_empty_string(hit);
    }
    assert_eq!(answer["facets"]["districts"].as_array().map(Vec::len), Some(2));
}

#[test]
fn highlights_are_byte_ranges_of_the_text() {
    let place = Place::with_articles();
    let answer = place.run(&["search", "\"青石\"", "--format", "json"]).json();
    let hit = &answer["hits"][0];
    let highlight = &hit["highlights"][0];
    assert_eq!(highlight["field"], "body");
    let span = &highlight["spans"][0];
    let offset = |end: &str| span[end].as_u64().expect("an offset") as usize;
    let body = hit["body"].as_str().expect("a body");
    assert_eq!(&body[offset("start")..offset("end")], "青石");
}

#[test]
fn jsonl_is_the_hits_alone_and_limit_and_offset_page_through_them() {
    let place = Place::with_articles();
    let all = place.run(&["search", "--sort", "oldest", "--format", "jsonl"]).json_lines();
    assert_eq!(all.len(), 4);
    let page = place
        .run(&["search", "--sort", "oldest", "--format", "jsonl", "--offset", "1", "--limit", "2"])
        .json_lines();
    assert_eq!(page, all[1..3]);
    let dates: Vec<&Value> = all.iter().map(|hit| &hit["date"]["value"]).collect();
    assert_eq!(dates, ["2020-11-02", "2021-03-04", "2021-03-20", "2021-05-01"]);
}

#[test]
fn filters_narrow_what_is_found() {
    let place = Place::with_articles();
    let titles = |arguments: &[&str]| {
        let mut line = vec!["search", "--sort", "oldest", "--format", "jsonl"];
        line.extend(arguments);
        let hits = place.run(&line).json_lines();
        hits.iter().map(|hit| hit["title"].as_str().unwrap_or("-").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(titles(&["--district", "登封市"]), ["老桥换上新栏杆", "茶农清明前开园"]);
    assert_eq!(titles(&["--from", "2021-05"]), ["石桥镇办起龙舟赛"]);
    assert_eq!(titles(&["--to", "2020"]), ["关于修缮乡村公路的通知"]);
    assert_eq!(titles(&["--kind", "document"]), ["关于修缮乡村公路的通知"]);
    assert_eq!(titles(&["--outlet", "山前日报"]), ["石桥镇办起龙舟赛"]);
    assert_eq!(titles(&["--publication", "山前政报"]), ["关于修缮乡村公路的通知"]);
    assert_eq!(titles(&["石桥", "--from", "2021-03", "--to", "2021-03"]), ["老桥换上新栏杆"]);
}

#[test]
fn nothing_found_says_what_each_part_alone_would_find() {
    let place = Place::with_articles();
    let ran = place.run(&["search", "龙舟 栏杆", "--all"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (1, ""));
    assert!(ran.stderr.contains("  龙舟 alone: 1 article\n"), "{}", ran.stderr);
    assert!(ran.stderr.contains("  栏杆 alone: 1 article\n"), "{}", ran.stderr);
    let ran = place.run(&["search", "龙舟", "--district", "登封市"]);
    assert!(ran.stderr.contains("  without --district 登封市: 1 article\n"), "{}", ran.stderr);
}

#[test]
fn a_query_that_cannot_be_read_gets_a_caret_under_the_place() {
    let place = Place::with_articles();
    let ran = place.run(&["search", "石桥 \"栏杆"]);
    assert_eq!(ran.code, 2);
    let lines: Vec<&str> = ran.stderr.lines().collect();
    assert!(lines[0].starts_with("error: the query cannot be read: expected "), "{}", lines[0]);
    assert_eq!(lines[1], "  石桥 \"栏杆");
    assert!(lines[2].trim_start().starts_with('^'), "{}", lines[2]);
}

fn assert_no_empty_string(value: &Value) {
    match value {
        Value::String(text) => assert_ne!(text, ""),
        Value::Array(items) => items.iter().for_each(assert_no_empty_string),
        Value::Object(fields) => {
            // A cut that the file itself states rests on no words.
            for (name, field) in fields.iter().filter(|(name, _)| *name != "cut") {
                assert_ne!(field, "", "{name}");
                assert_no_empty_string(field);
            }
        }
        _ => {}
    }
}
