//! Fields of the query language, in the parts of an article that they speak of.

use dibao::model::{Byline, DateMention, Genre, IssueDate};

use super::*;

fn bulletin() -> Vec<Record> {
    vec![
        Record {
            kicker: Some("稳住基本盘".into()),
            title: Some("首季开门红".into()),
            outlet: Some("河东日报".into()),
            byline: Byline {
                reporters: vec!["郭涛".into()],
                correspondents: vec!["沈荣".into()],
                photographers: Vec::new(),
            },
            publication: Some("山前区公报".into()),
            page: Some("A05".into()),
            section: Some("要情".into()),
            ..on("2023-02-10", article("2023/a.txt", 1, "一季度，全区工业开门迎新。"))
        },
        Record {
            title: Some("关于修路的通知".into()),
            docno: Some("山开〔2022〕92号".into()),
            issuer: Some("山前区管委会".into()),
            kind: Kind::Document,
            issue: Issue {
                number: None,
                date: IssueDate {
                    value: Some(day("2022-12-30")),
                    not_before: Some(day("2022-12-30")),
                    not_after: Some(day("2022-12-30")),
                    basis: Basis::Issue,
                },
            },
            ..on("2022-11-03", article("2022/b.txt", 2, "首季开门红之前，先修路。"))
        },
        Record {
            byline: Byline { photographers: vec!["郭涛".into()], ..Byline::default() },
            kind: Kind::Photo,
            ..article("2022/b.txt", 3, "工地上的灯光。")
        },
    ]
}

#[test]
fn a_field_looks_in_its_own_part_alone() {
    let (_folder, archive) = archive(&bulletin());
    for (text, expected) in [
        ("开门红", vec![1, 2]),
        ("标题:开门红", vec![1]),
        ("title:\"开门红\"", vec![1]),
        ("正文:开门红", vec![2]),
        ("正文:\"红\"", vec![2]),
        ("标题:红", vec![1]),
        ("正文:河东", vec![]),
        ("正文:\"山开\"", vec![]),
        ("标题:基本盘", vec![1]),
        ("来源:河东", vec![1]),
        ("文号:山开[2022]92号", vec![2]),
        ("文号:2022", vec![2]),
        ("记者:郭涛", vec![1]),
        ("作者:郭涛", vec![1, 3]),
        ("摄影:郭涛", vec![3]),
        ("通讯员:沈荣", vec![1]),
        ("记者:沈荣", vec![]),
        ("报纸:公报", vec![1]),
        ("版:a05", vec![1]),
        ("栏目:要情", vec![1]),
        ("发文机关:管委会", vec![2]),
        ("种类:公文", vec![2]),
        ("kind:photo", vec![3]),
        ("文件:2022/", vec![2, 3]),
        ("日期:2023", vec![1]),
        ("日期:2022-11..2023-03", vec![1, 2]),
        ("日期:..2022", vec![2]),
        ("日期:无", vec![3]),
        ("-日期:无", vec![1, 2]),
        ("刊期:2022-12", vec![2]),
        ("日期:去年", vec![2]),
        ("(标题:开门红 OR 种类:photo) -来源:大河", vec![1, 3]),
        ("NOT (标题:开门红 OR 种类:photo)", vec![2]),
    ] {
        let request = Request { today: day("2023-06-01"), sort: Sort::Relevance, ..request(text) };
        let mut hits = found(&archive, &request);
        hits.sort_unstable();
        assert_eq!(hits, expected, "{text}");
        assert_eq!(archive.count(&request).unwrap(), expected.len() as u64, "{text}");
    }
}

#[test]
fn words_near_each_other_and_patterns_stand_in_one_part() {
    let (_folder, archive) = archive(&[
        article("a.txt", 1, "产业进了园区。"),
        article("a.txt", 2, "园区里有许多许多新的产业。"),
        Record { title: Some("产业".into()), ..article("a.txt", 3, "园区。") },
        article("a.txt", 4, "新开〔2022〕第92号文。"),
    ]);
    for (text, expected) in [
        ("\"产业 园区\"~2", vec![1]),
        ("\"产业 园区\"~10", vec![1, 2]),
        ("\"园区 产业\"~2", vec![1]),
        ("新开*92号", vec![4]),
        ("产业?园区", vec![]),
        ("产业??园区", vec![1]),
    ] {
        let mut hits = found(&archive, &request(text));
        hits.sort_unstable();
        assert_eq!(hits, expected, "{text}");
    }
    let hits = archive.search(&request("\"园区 产业\"~2")).unwrap().hits;
    let body = &hits[0].record.body;
    let marked: Vec<&str> =
        hits[0].highlights[0].spans.iter().map(|span| &body[span.clone()]).collect();
    assert_eq!(marked, ["产业", "园区"]);
}

#[test]
fn an_ambiguous_district_is_taken_for_all_and_said() {
    let of = |path: &[&str], ordinal| Record {
        districts: vec![place(None, path)],
        ..article("a.txt", ordinal, "甲。")
    };
    let (_folder, archive) = archive(&[
        of(&["江苏省", "南京市", "鼓楼区"], 1),
        of(&["河南省", "开封市", "鼓楼区"], 2),
        of(&["河南省", "郑州市", "郑州高新区"], 3),
        of(&["河南省", "新乡市", "新乡高新区"], 4),
    ]);
    let notes = |text: &str| archive.search(&request(text)).unwrap().notes;
    let hits = |text: &str| {
        let mut hits = found(&archive, &request(text));
        hits.sort_unstable();
        hits
    };
    assert_eq!(hits("地区:鼓楼区"), [1, 2]);
    assert!(
        matches!(&notes("地区:鼓楼区")[..], [dibao::search::Note::AmbiguousDistrict { paths, .. }] if paths.len() == 2)
    );
    assert_eq!(hits("地区:高新区"), [3, 4]);
    assert!(matches!(&notes("地区:高新区")[..], [dibao::search::Note::AmbiguousDistrict { .. }]));
    assert_eq!(hits("地区:新乡高新区"), [4]);
    assert!(notes("地区:新乡高新区").is_empty());
    assert!(matches!(&notes("地区:长春市")[..], [dibao::search::Note::EmptyDistrict { .. }]));
}

#[test]
fn a_name_that_one_article_leaves_open_still_finds_what_others_decide() {
    let of = |path: &[&str], name: &str, ordinal| {
        let path = path.iter().map(ToString::to_string).collect();
        let district = Place { name: name.into(), path, ..place(None, &[name]) };
        Record { districts: vec![district], ..article("a.txt", ordinal, "甲。") }
    };
    let (_folder, archive) = archive(&[
        of(&["河南省", "郑州市", "郑州高新区"], "郑州高新区", 1),
        of(&["河南省", "新乡市", "新乡高新区"], "新乡高新区", 2),
        of(&[], "高新区", 3),
    ]);
    let mut hits = found(&archive, &request("地区:高新区"));
    hits.sort_unstable();
    assert_eq!(hits, [1, 2, 3]);
    let notes = archive.notes(&request("地区:高新区")).unwrap();
    assert!(
        matches!(&notes[..], [dibao::search::Note::AmbiguousDistrict { paths, .. }] if paths.len() == 2),
        "{notes:?}"
    );
}

#[test]
fn an_article_of_two_districts_of_one_name_counts_once_for_the_name() {
    let open = Place { path: Vec::new(), ..place(None, &["普陀区"]) };
    let districts = vec![place(None, &["上海市", "普陀区"]), open];
    let (_folder, archive) = archive(&[Record { districts, ..article("a.txt", 1, "甲。") }]);
    let facets = archive.facets(&request("甲")).unwrap();
    assert_eq!((facets.districts[0].value.as_str(), facets.districts[0].count), ("普陀区", 1));
    assert_eq!(facets.districts.len(), 1);
}

#[test]
fn a_field_is_asked_for_any_value_and_genres_for_one() {
    let genre = |label: &str| {
        Some(Genre { label: label.to_owned(), evidence: "关于修渡口的通知".to_owned() })
    };
    let (_folder, archive) = archive(&[
        Record {
            docno: Some("甲政〔2022〕9号".into()),
            genre: genre("通知"),
            ..article("a.txt", 1, "各乡镇：")
        },
        Record { genre: genre("诗词"), ..article("a.txt", 2, "江雾散了。") },
        article("a.txt", 3, "渡船开了。"),
    ]);
    assert_eq!(found(&archive, &request("文号:*")), [1]);
    assert_eq!(found(&archive, &request("-文号:*")), [2, 3]);
    assert_eq!(found(&archive, &request("文种:通知 文号:*")), [1]);
    assert_eq!(found(&archive, &request("体裁:詩詞")), [2]);
    assert_eq!(found(&archive, &request("genre:*")), [1, 2]);
    assert_eq!(found(&archive, &request("记者:*")), [0; 0]);
}

#[test]
fn articles_that_speak_of_days_are_found_by_any_day_of_them() {
    let mention =
        |from: &str, to: &str| DateMention { from: day(from), to: day(to), text: "那时".into() };
    let (_folder, archive) = archive(&[
        Record {
            mentions: vec![
                mention("2022-11-29", "2023-02-02"),
                mention("2024-05-01", "2024-05-01"),
            ],
            ..article("a.txt", 1, "甲")
        },
        Record {
            mentions: vec![mention("2023-01-01", "2023-12-31")], ..article("a.txt", 2, "乙")
        },
        article("a.txt", 3, "丙"),
    ]);
    for (asked, ordinals) in [
        ("2023-01-15", &[1, 2][..]),
        ("2022", &[1]),
        ("2022-11-28", &[]),
        ("2023-02-03..2023-02-10", &[2]),
        ("2024-04..2024-05", &[1]),
        ("2024..", &[1]),
        ("..2022-11-29", &[1]),
        ("2025..", &[]),
        ("无", &[3]),
    ] {
        assert_eq!(found(&archive, &request(&format!("涉及日期:{asked}"))), ordinals, "{asked}");
    }
    assert_eq!(found(&archive, &request("-mentions:2022")), [2, 3]);
}

#[test]
fn what_is_printed_is_indexed_with_what_is_around_it_and_no_word_counts_twice() {
    let far = "农闲时节渡口日日有船来往，沿岸的人家都到对岸去赶集。".repeat(8);
    let body = format!("石桥通车。{far}船厂造出最后一条木船。{far}");
    let start = body.find("木船").unwrap();
    let misread = dibao::model::Misread {
        field: TextField::Body,
        start,
        end: start + "木船".len(),
        printed: "禾般".to_owned(),
    };
    let corrected = Record { printed: vec![misread], ..article("a.txt", 1, &body) };
    let (_folder, archive) = archive(&[corrected, article("a.txt", 2, &body)]);
    assert_eq!(found(&archive, &request("\"木船\"")).len(), 2);
    let around: String = {
        let printed: Vec<char> = body.replace("木船", "禾般").chars().collect();
        let at = body[..start].chars().count();
        printed[at - 64..at + 2 + 64].iter().collect()
    };
    for printed in ["禾般", "条禾般。农闲", &around] {
        assert_eq!(found(&archive, &request(&format!("\"{printed}\""))), [1], "{printed}");
    }
    // As often as in the other one, in an article that is a little longer.
    assert_eq!(found(&archive, &request("石桥")), [2, 1]);
}
