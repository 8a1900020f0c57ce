//! Everything that is printed is found, in the order and with the counts that were asked for.

#![allow(clippy::unwrap_used, reason = "what a test cannot go on without fails it")]

mod blanks;
mod compare;
mod complete;
mod counts;
mod exact;
mod fields;
mod figures;
mod files;
mod filters;
mod labels;
mod laws;
mod over_time;
mod partial;
mod ranking;
mod similar;
mod stories;

use std::ops::ControlFlow;
use std::path::Path;

use dibao::index::{IndexWriter, IndexWriterOptions};
use dibao::model::{
    ArticleId, ArticleIds, Basis, CivilDate, Cut, DateNote, DistrictRole, Issue, Kind, Place,
    Record, Topic,
};
use dibao::query;
use dibao::search::{Archive, Filters, Note, Request, RoleScope, Sort, TextField};
use dibao::text::fold;
use proptest::prelude::*;

/// An article with nothing but a body.
fn article(source: &str, ordinal: u32, body: &str) -> Record {
    Record {
        id: ArticleIds::of_file(source).next([body, &ordinal.to_string()]),
        source: source.into(),
        publication: None,
        issue: Issue::default(),
        page: None,
        url: None,
        accessed: None,
        recognised: None,
        ordinal,
        kind: Kind::News,
        genre: None,
        mentions: Vec::new(),
        indicators: Vec::new(),
        section: None,
        kicker: None,
        title: None,
        subtitle: None,
        outlet: None,
        docno: None,
        issuer: None,
        byline: dibao::model::Byline::default(),
        date: DateNote::default(),
        districts: Vec::new(),
        places: Vec::new(),
        topics: Vec::new(),
        body: body.into(),
        credit: None,
        lines: Vec::new(),
        pages: Vec::new(),
        doubtful: Vec::new(),
        reprint_of: None,
        corrections: Vec::new(),
        printed: Vec::new(),
        reprint_decided: None,
        former_ids: Vec::new(),
        cut: Cut::default(),
        warnings: Vec::new(),
    }
}

fn day(text: &str) -> CivilDate {
    text.parse().unwrap()
}

fn on(date: &str, record: Record) -> Record {
    let value = Some(day(date));
    let date = DateNote { value, not_before: value, not_after: value, ..DateNote::default() };
    Record { date, ..record }
}

/// The date of an article that is of one of these days; `None` is open.
fn between(first: Option<&str>, last: Option<&str>) -> DateNote {
    let (not_before, not_after) = (first.map(day), last.map(day));
    DateNote { not_before, not_after, ..DateNote::default() }
}

fn place(code: Option<&str>, path: &[&str]) -> Place {
    Place {
        code: code.map(Into::into),
        name: path.last().unwrap().to_string(),
        path: path.iter().map(ToString::to_string).collect(),
        basis: Basis::Lead,
        role: Some(DistrictRole::About),
        ..Place::default()
    }
}

fn write(path: &Path, records: &[Record]) {
    let options = IndexWriterOptions { threads: 2, user_words: None, rebuild: false };
    let mut writer = IndexWriter::open(path, options).unwrap();
    for record in records {
        writer.add(record).unwrap();
    }
    writer.finish().unwrap();
}

fn archive(records: &[Record]) -> (tempfile::TempDir, Archive) {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), records);
    let archive = Archive::open(folder.path()).unwrap();
    (folder, archive)
}

fn request(text: &str) -> Request {
    Request { query: query::parse(text).unwrap(), limit: 10, ..Request::default() }
}

/// Ordinals of the hits, in their order.
fn found(archive: &Archive, request: &Request) -> Vec<u32> {
    let results = archive.search(request).unwrap();
    results.hits.iter().map(|hit| hit.record.ordinal).collect()
}

#[test]
fn parts_side_by_side_must_all_match_and_excluded_parts_must_not() {
    let (_folder, archive) = archive(&[
        article("a.txt", 1, "氢能大巴在登封上路。"),
        article("a.txt", 2, "登封的柿子熟了。"),
        article("a.txt", 3, "氢能项目落户荥阳。"),
    ]);
    assert_eq!(found(&archive, &request("氢能 登封")), [1]);
    assert_eq!(found(&archive, &request("氢能 -登封")), [3]);
    assert_eq!(found(&archive, &request("-氢能")), [2]);
    assert_eq!(found(&archive, &request("")), [1, 2, 3]);
    assert_eq!(archive.count(&request("登封")).unwrap(), 2);
}

#[test]
fn words_that_stand_apart_match_without_quotes_and_come_after_the_literal() {
    let (_folder, archive) = archive(&[
        article("a.txt", 1, "制造业中先进的企业越来越多，先进企业带动制造业。"),
        article("a.txt", 2, "发展先进制造业。"),
        Record {
            title: Some("先进制造业提速".into()), ..article("a.txt", 3, "另有一事。")
        },
    ]);
    assert_eq!(found(&archive, &request("先进制造业")), [3, 2, 1]);
    assert_eq!(found(&archive, &request("\"先进制造业\"")), [3, 2]);
}

#[test]
fn script_width_and_case_make_no_difference() {
    let (_folder, archive) = archive(&[article("a.txt", 1, "鄭州發布ＰＣＴ專利，５Ｇ基站３座。")]);
    for text in ["\"郑州发布\"", "pct", "\"5g基站3座\"", "鄭州發佈", "\"ＰＣＴ专利\""]
    {
        assert_eq!(archive.count(&request(text)).unwrap(), 1, "{text}");
    }
}

#[test]
fn every_printed_field_is_found_and_no_match_runs_from_one_into_the_next() {
    let (_folder, archive) = archive(&[Record {
        kicker: Some("甲乙".into()),
        title: Some("丙丁".into()),
        subtitle: Some("戊己".into()),
        outlet: Some("庚辛日报".into()),
        docno: Some("壬开〔2022〕92号".into()),
        credit: Some("本报记者 癸子 摄".into()),
        ..article("a.txt", 1, "丑寅卯。")
    }]);
    for text in
        ["甲乙", "丙丁", "戊己", "庚辛日报", "壬开〔2022〕92号", "记者 癸子 摄", "丑寅卯。", "己"]
    {
        assert_eq!(archive.count(&request(&format!("\"{text}\""))).unwrap(), 1, "{text}");
    }
    for text in ["乙丙", "丁戊", "甲乙丙", "辛日报壬", "摄丑", "号本"] {
        assert_eq!(archive.count(&request(&format!("\"{text}\""))).unwrap(), 0, "{text}");
    }
}

#[test]
fn highlights_are_slices_of_the_text_as_it_is_shown() {
    let record = Record {
        title: Some("氫能车來了".into()),
        ..article("a.txt", 1, "一辆氢能车，氢能。")
    };
    let (_folder, archive) = archive(&[record]);
    let hit = archive.search(&request("氢能车")).unwrap().hits.remove(0);
    let shown: Vec<(TextField, Vec<&str>)> = hit
        .highlights
        .iter()
        .map(|mark| {
            let text = match mark.field {
                TextField::Title => hit.record.title.as_deref().unwrap(),
                _ => &hit.record.body,
            };
            (mark.field, mark.spans.iter().map(|span| &text[span.clone()]).collect())
        })
        .collect();
    assert_eq!(
        shown,
        [(TextField::Title, vec!["氫能车"]), (TextField::Body, vec!["氢能车", "氢能"])]
    );
}

#[test]
fn a_district_filter_finds_what_lies_below_by_name_short_name_and_code() {
    let (_folder, archive) = archive(&[
        Record {
            districts: vec![place(Some("410183"), &["河南省", "郑州市", "新密市"])],
            places: vec![place(None, &["河南省", "郑州市", "新密市", "米村镇"])],
            ..article("a.txt", 1, "甲。")
        },
        Record {
            districts: vec![place(Some("410782"), &["河南省", "新乡市", "辉县市"])],
            ..article("a.txt", 2, "乙。")
        },
        article("a.txt", 3, "丙。"),
    ]);
    for (name, expected) in [
        ("新密市", vec![1]),
        ("新密", vec![1]),
        ("郑州市", vec![1]),
        ("鄭州", vec![1]),
        ("410183", vec![1]),
        ("410100", vec![1]),
        ("米村镇", vec![1]),
        ("河南省", vec![1, 2]),
        ("41", vec![1, 2]),
        ("长春市", vec![]),
    ] {
        let filters = Filters { districts: vec![name.into()], ..Filters::default() };
        assert_eq!(found(&archive, &Request { filters, ..request("") }), expected, "{name}");
        let asked = request(&format!("地区:{name}"));
        assert_eq!(found(&archive, &asked), expected, "{name} in the query");
    }
    let error = archive.search(&request("地区:密市")).unwrap_err().to_string();
    assert!(error.starts_with("no district is called `密市`"), "{error}");
}

#[test]
fn a_date_filter_takes_what_can_be_and_strictly_what_must_be() {
    let interval = |from, to, ordinal| Record {
        date: between(from, to),
        ..article("a.txt", ordinal, "甲。")
    };
    let (_folder, archive) = archive(&[
        on("2023-02-10", article("a.txt", 1, "甲。")),
        interval(Some("2023-02-01"), Some("2023-03-31"), 2),
        interval(Some("2023-03-01"), None, 3),
        article("a.txt", 4, "甲。"),
    ]);
    let dated = |from: &str, to: &str, certain_dates| {
        let bound = |text: &str| (!text.is_empty()).then(|| day(text));
        let filters =
            Filters { from: bound(from), to: bound(to), certain_dates, ..Filters::default() };
        found(&archive, &Request { filters, ..request("甲") })
    };
    assert_eq!(dated("2023-02-05", "2023-02-28", false), [1, 2]);
    assert_eq!(dated("2023-02-01", "2023-02-28", true), [1]);
    assert_eq!(dated("2023-02-01", "2023-04-01", true), [1, 2]);
    assert_eq!(dated("2030-01-01", "", false), [3]);
    assert_eq!(dated("", "2023-02-09", false), [2]);
    // Without days to lie in, what is certain is the day.
    assert_eq!(dated("", "", true), [1]);
    let certain = |text: &str| {
        let filters = Filters { certain_dates: true, ..Filters::default() };
        found(&archive, &Request { filters, ..request(text) })
    };
    assert_eq!(certain("甲 日期:2023-02..2023-04"), [1, 2], "within the days of the query");
    assert_eq!(certain("甲 -确切日期:2023-02..2023-04"), [3, 4]);
    assert_eq!(certain("甲 刊期:无"), [1], "the issue's days are not the article's");
    let filters = Filters { undated: true, ..Filters::default() };
    assert_eq!(found(&archive, &Request { filters, ..request("") }), [4]);
}

#[test]
fn within_a_filter_one_value_is_enough_and_filters_all_hold() {
    let topic = |label: &str| Topic { label: label.into(), score: 1.0, evidence: Vec::new() };
    let (_folder, archive) = archive(&[
        Record { topics: vec![topic("能源"), topic("交通")], ..article("a.txt", 1, "甲。") },
        Record { topics: vec![topic("教育")], ..article("a.txt", 2, "甲。") },
        Record {
            kind: Kind::Document,
            topics: vec![topic("能源")],
            outlet: Some("乙报".into()),
            publication: Some("公报".into()),
            ..article("a.txt", 3, "甲。")
        },
    ]);
    let find = |filters: Filters| found(&archive, &Request { filters, ..request("甲") });
    let topics = |labels: &[&str]| labels.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(find(Filters { topics: topics(&["能源"]), ..Filters::default() }), [1, 3]);
    assert_eq!(find(Filters { topics: topics(&["交通", "教育"]), ..Filters::default() }), [1, 2]);
    let kinds = vec![Kind::Document];
    let both = Filters { topics: topics(&["能源"]), kinds, ..Filters::default() };
    assert_eq!(find(both), [3]);
    assert_eq!(find(Filters { outlets: vec!["乙报".into()], ..Filters::default() }), [3]);
    assert_eq!(find(Filters { publications: vec!["公报".into()], ..Filters::default() }), [3]);
}

#[test]
fn one_character_in_quotes_is_highlighted_beside_other_parts() {
    let (_folder, archive) = archive(&[article("a.txt", 1, "掌柜把书晒在院里。")]);
    for text in ["\"书\" 掌柜", "掌柜 \"书\""] {
        let results = archive.search(&request(text)).unwrap();
        let hit = &results.hits[0];
        let body = hit.highlights.iter().find(|found| found.field == TextField::Body).unwrap();
        let marked: Vec<&str> =
            body.spans.iter().map(|span| &hit.record.body[span.clone()]).collect();
        assert_eq!(marked, ["掌柜", "书"], "{text}");
    }
}

#[test]
fn facets_count_what_matches() {
    let district = |name: &str| place(None, &["河南省", name]);
    let (_folder, archive) = archive(&[
        on(
            "2023-02-10",
            Record {
                districts: vec![district("登封市"), district("新密市")],
                ..article("a.txt", 1, "甲。")
            },
        ),
        on(
            "2023-02-11",
            Record { districts: vec![district("登封市")], ..article("a.txt", 2, "甲。") },
        ),
        article("a.txt", 3, "甲。"),
        article("a.txt", 4, "乙。"),
    ]);
    let results = archive.search(&Request { facets: true, ..request("甲") }).unwrap();
    let facets = results.facets.unwrap();
    let plain: Vec<_> = facets.districts.iter().map(|c| (c.value.as_str(), c.count)).collect();
    assert_eq!(plain, [("登封市", 2), ("新密市", 1)]);
    let months: Vec<_> = facets.months.iter().map(|c| (c.value.to_string(), c.count)).collect();
    assert_eq!(months, [("2023-02".to_owned(), 2)]);
    assert_eq!((facets.undated, facets.unplaced), (1, 1));
    assert_eq!(facets.kinds[0].count, 3);
}

#[test]
fn the_order_is_total_and_pages_neither_overlap_nor_leave_gaps() {
    let records: Vec<Record> = (1..=25)
        .map(|n| {
            let record = article(if n % 2 == 0 { "b.txt" } else { "a.txt" }, n, "同一句话。");
            if n % 5 == 0 { record } else { on(&format!("2023-01-{:02}", n % 3 + 1), record) }
        })
        .collect();
    let (_folder, archive) = archive(&records);
    for sort in [Sort::Relevance, Sort::Newest, Sort::Oldest] {
        let page = |offset, limit| {
            found(&archive, &Request { sort, offset, limit, ..request("\"同一句\"") })
        };
        let all = page(0, 100);
        assert_eq!(all.len(), 25);
        let paged: Vec<u32> = (0..9).flat_map(|n| page(n * 3, 3)).collect();
        assert_eq!(paged, all, "{sort:?}");
        assert!(page(25, 10).is_empty());
        assert!(page(1_000_000, 10).is_empty());
    }
    let newest = found(&archive, &Request { sort: Sort::Newest, limit: 30, ..request("") });
    assert_eq!(newest[..4], [11, 17, 23, 2]);
    assert_eq!(newest[20..], [5, 15, 25, 10, 20]);
    let oldest = found(&archive, &Request { sort: Sort::Oldest, limit: 30, ..request("") });
    assert_eq!(oldest[20..], [5, 15, 25, 10, 20]);
}

#[test]
fn each_gives_every_hit_in_the_order_of_the_archive_and_can_be_broken_off() {
    let records: Vec<Record> = (1..=30).rev().map(|n| article("a.txt", n, "甲乙。")).collect();
    let (_folder, archive) = archive(&records);
    let mut given = Vec::new();
    let count = archive
        .for_each(&request("甲乙"), &mut |record| {
            given.push(record.ordinal);
            ControlFlow::Continue(())
        })
        .unwrap();
    assert_eq!(count, 30);
    assert_eq!(given, (1..=30).collect::<Vec<u32>>());
    let broken = archive.for_each(&request("甲乙"), &mut |_| ControlFlow::Break(())).unwrap();
    assert_eq!(broken, 1);
    assert_eq!(archive.for_each(&request("丙"), &mut |_| ControlFlow::Continue(())).unwrap(), 0);
}

#[test]
fn an_article_is_found_by_its_id_and_by_the_beginning_of_it() {
    let record = article("a.txt", 1, "甲。");
    let (_folder, archive) = archive(&[record.clone(), article("a.txt", 2, "乙。")]);
    assert_eq!(archive.get(&record.id).unwrap(), std::slice::from_ref(&record));
    let beginning = ArticleId(record.id.0[..6].into());
    assert_eq!(archive.get(&beginning).unwrap(), [record]);
    assert_eq!(archive.get(&ArticleId("zzzz".into())).unwrap(), []);
    assert_eq!(archive.get(&ArticleId(String::new())).unwrap(), []);
}

#[test]
fn an_explanation_says_what_each_part_finds_alone() {
    let (_folder, archive) =
        archive(&[article("a.txt", 1, "氢能大巴。"), article("a.txt", 2, "登封柿子。")]);
    let explanation = archive.explain(&request("氢能 登封")).unwrap();
    assert_eq!((explanation.total, explanation.filtered), (0, 2));
    let alone: Vec<u64> = explanation.parts.iter().map(|part| part.alone).collect();
    assert_eq!(alone, [1, 1]);
    let words: Vec<&str> =
        explanation.parts[1].words.iter().map(|word| word.word.as_str()).collect();
    assert_eq!(words, ["登封"]);
}
