//! Filters in any spelling, and the counts beside the hits.

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
