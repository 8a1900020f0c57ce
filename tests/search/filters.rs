//! Filters in any spelling, and the counts beside the hits.

use dibao::model::Review;

use super::*;

#[test]
fn filters_find_other_spellings_and_a_topic_that_does_not_exist_is_an_error() {
    let topic = |label: &str| Topic { label: label.into(), score: 1.0, evidence: Vec::new() };
    let with = |ordinal, outlet: &str, publication: &str, label: &str| Record {
        topics: vec![topic(label)],
        outlet: Some(outlet.into()),
        publication: Some(publication.into()),
        ..article("a.txt", ordinal, "甲。")
    };
    let (_folder, archive) = archive(&[
        with(1, "河东日报", "Web", "能源"),
        with(2, "河東日報", "公报", "家传的分类"),
        with(3, "河西日报", "公報", "能源"),
    ]);
    let find = |filters: Filters| found(&archive, &Request { filters, ..request("甲") });
    let list = |text: &str| vec![text.to_owned()];
    for outlet in ["河东日报", "河東日報", " 河东日報"] {
        assert_eq!(find(Filters { outlets: list(outlet), ..Filters::default() }), [1, 2]);
    }
    assert_eq!(find(Filters { publications: list("ＷＥＢ"), ..Filters::default() }), [1]);
    assert_eq!(find(Filters { publications: list("公報"), ..Filters::default() }), [2, 3]);
    assert_eq!(find(Filters { publications: list("无名报"), ..Filters::default() }), [0; 0]);
    assert_eq!(find(Filters { topics: list("家傳的分類"), ..Filters::default() }), [2]);
    // A label of the table that no article here has is no mistake.
    assert_eq!(find(Filters { topics: list("教育"), ..Filters::default() }), [0; 0]);
    let filters = Filters { topics: list("无此分类"), ..Filters::default() };
    let error = archive.search(&Request { filters, ..request("甲") }).unwrap_err().to_string();
    assert!(error.starts_with("无此分类: no such topic") && error.contains("能源"), "{error}");
}

#[test]
fn facets_count_each_article_without_a_value_whatever_stood_before_it() {
    let record = |ordinal: u32| {
        let record = article("a.txt", ordinal, "山上的茶园。");
        let districts = match ordinal % 4 {
            0 => vec![place(None, &["甲市"]), place(None, &["乙市"])],
            1 => vec![place(None, &["甲市"])],
            _ => Vec::new(),
        };
        let topic = || Topic { label: "能源".into(), score: 1.0, evidence: Vec::new() };
        let topics = if ordinal.is_multiple_of(2) { Vec::new() } else { vec![topic()] };
        Record { districts, topics, ..record }
    };
    let records: Vec<Record> = (0..300).map(record).collect();
    let (_folder, archive) = archive(&records);
    let all = Request { facets: true, ..request("茶园") };
    let counted = archive.facets(&all).unwrap();
    let scored = archive.search(&all).unwrap().facets.unwrap();
    let unscored = archive.search(&Request { sort: Sort::Newest, ..all }).unwrap().facets.unwrap();
    for facets in [counted, scored, unscored] {
        assert_eq!((facets.unplaced, facets.undated), (150, 300));
        let counts = |counts: &[dibao::search::Count]| -> Vec<(String, u64)> {
            counts.iter().map(|count| (count.value.clone(), count.count)).collect()
        };
        assert_eq!(counts(&facets.districts), [("甲市".to_owned(), 150), ("乙市".to_owned(), 75)]);
        assert_eq!(counts(&facets.topics), [("能源".to_owned(), 150)]);
    }
}

#[test]
fn facets_count_what_is_found_and_choices_what_else_a_filter_could_choose() {
    let of = |ordinal, path: &[&str], date: &str, kind| Record {
        districts: vec![place(None, path)],
        kind,
        ..on(date, article("a.txt", ordinal, "山上的茶园。"))
    };
    let (_folder, archive) = archive(&[
        of(1, &["河南省", "郑州市", "新密市"], "2023-02-10", Kind::News),
        of(2, &["河南省", "郑州市", "登封市"], "2023-03-10", Kind::News),
        of(3, &["河南省", "新乡市", "辉县市"], "2023-02-11", Kind::Document),
    ]);
    let filters = Filters {
        districts: vec!["郑州市".into()],
        from: Some(day("2023-02-01")),
        to: Some(day("2023-02-28")),
        ..Filters::default()
    };
    let request = Request { filters, ..request("茶园") };
    let counts = |counts: &[dibao::search::Count]| -> Vec<(String, u64)> {
        counts.iter().map(|count| (count.value.clone(), count.count)).collect()
    };
    let pair = |value: &str, count| (value.to_owned(), count);
    let facets = archive.facets(&request).unwrap();
    assert_eq!(counts(&facets.districts), [pair("新密市", 1)]);
    let periods = |counts: &[dibao::search::PeriodCount]| -> Vec<(String, u64)> {
        counts.iter().map(|count| (count.value.to_string(), count.count)).collect()
    };
    assert_eq!(periods(&facets.months), [pair("2023-02", 1)]);
    let choices = archive.disjunctive_facets(&request).unwrap();
    // Another district could be chosen of the same days, other days of the same district.
    assert_eq!(counts(&choices.districts), [pair("新密市", 1), pair("辉县市", 1)]);
    assert_eq!(periods(&choices.months), [pair("2023-02", 1), pair("2023-03", 1)]);
    assert_eq!(periods(&choices.years), [pair("2023", 2)]);
    assert_eq!(counts(&choices.kinds), [pair("news", 1)]);
    let tree = &choices.district_tree;
    assert_eq!((tree.len(), tree[0].name.as_str(), tree[0].count), (1, "河南省", 2));
    let cities: Vec<(&str, u64)> =
        tree[0].within.iter().map(|city| (city.name.as_str(), city.count)).collect();
    assert_eq!(cities, [("新乡市", 1), ("郑州市", 1)]);
}

#[test]
fn an_article_of_two_districts_of_a_city_counts_once_for_the_city() {
    let districts = vec![
        place(None, &["河南省", "郑州市", "新密市"]),
        place(None, &["河南省", "郑州市", "登封市"]),
    ];
    let (_folder, archive) = archive(&[Record { districts, ..article("a.txt", 1, "茶园。") }]);
    let tree = archive.facets(&request("茶园")).unwrap().district_tree;
    assert_eq!((tree[0].count, tree[0].within[0].count), (1, 1));
    assert_eq!(tree[0].within[0].within.len(), 2);
}

#[test]
fn a_district_finds_what_is_about_it_and_on_request_what_names_it() {
    let of = |role, path: &[&str]| Place { role: Some(role), ..place(None, path) };
    let with = |ordinal, districts| Record { districts, ..article("a.txt", ordinal, "茶园。") };
    let (_folder, archive) = archive(&[
        with(1, vec![of(DistrictRole::About, &["甲省", "乙县"])]),
        with(
            2,
            vec![
                of(DistrictRole::About, &["甲省", "丙县"]),
                of(DistrictRole::Mentioned, &["甲省", "乙县"]),
            ],
        ),
        with(3, vec![of(DistrictRole::Origin, &["甲省", "乙县"])]),
        with(4, vec![of(DistrictRole::Issuer, &["甲省"])]),
    ]);
    let find = |role, name: &str| {
        let filters = Filters { districts: vec![name.to_owned()], role, ..Filters::default() };
        found(&archive, &Request { filters, ..request("茶园") })
    };
    assert_eq!(find(RoleScope::About, "乙县"), [1]);
    assert_eq!(find(RoleScope::Mentioned, "乙县"), [2]);
    assert_eq!(find(RoleScope::Origin, "乙县"), [3]);
    assert_eq!(find(RoleScope::Issuer, "甲省"), [4]);
    assert_eq!(find(RoleScope::Any, "乙县"), [1, 2, 3]);
    assert_eq!(find(RoleScope::About, "甲省"), [1, 2]);
    assert_eq!(found(&archive, &request("地区:乙县")), [1]);
    assert_eq!(found(&archive, &request("涉及地区:乙县")), [1, 2, 3]);
    assert_eq!(found(&archive, &request("named:甲省 -地区:甲省")), [3, 4]);
    let counts = |role| {
        let filters = Filters { role, ..Filters::default() };
        let facets = archive.facets(&Request { filters, ..request("茶园") }).unwrap();
        let of = |name: &str| facets.districts.iter().find(|count| count.value == name);
        (of("乙县").map(|count| count.count), facets.unplaced)
    };
    // Without a district is what is about none, whatever else is counted.
    assert_eq!(counts(RoleScope::About), (Some(1), 2));
    assert_eq!(counts(RoleScope::Any), (Some(3), 2));
    let unplaced = Filters { review: vec![Review::Unplaced], ..Filters::default() };
    assert_eq!(found(&archive, &Request { filters: unplaced, ..request("茶园") }), [3, 4]);
}

#[test]
fn a_district_that_is_only_named_says_so() {
    let named = Place {
        role: Some(DistrictRole::Mentioned),
        ..place(Some("410185"), &["河南省", "郑州市", "登封市"])
    };
    let (_folder, archive) =
        archive(&[Record { districts: vec![named], ..article("a.txt", 1, "茶园。") }]);
    let notes = |query: &str| archive.notes(&request(query)).unwrap();
    let empty = |named| vec![Note::EmptyDistrict { name: "登封市".into(), named }];
    assert_eq!(notes("地区:登封市"), empty(true));
    assert_eq!(notes("涉及地区:登封市"), []);
    let other = vec![Note::EmptyDistrict { name: "新密市".into(), named: false }];
    assert_eq!(notes("地区:新密市"), other);
}
