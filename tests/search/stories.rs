//! Reprints as one hit, and pages that follow one another.

use super::*;

const FIRST: &str = "石桥镇的茶农在清明前十天开园采茶，第一批鲜叶四百二十斤，当天炒制、当天装罐，县里派了六名农技员驻村指导，收购价比去年每斤高出十一元。";
const SECOND: &str = "滨河路的老桥昨天换上了一百二十米新栏杆，青石由邻县三家石场提供，施工队夜里封路、清早放行，两周内没有误过一班公交车，路灯也换成了暖色。";

/// Three prints of one story, two of another, and one alone.
fn printed() -> Vec<Record> {
    let titled = |title: &str, record: Record| Record { title: Some(title.into()), ..record };
    vec![
        titled("开园采茶", on("2023-03-20", article("a.txt", 1, FIRST))),
        titled("茶农忙", on("2023-03-21", article("b.txt", 1, FIRST))),
        titled("老桥新栏杆", on("2023-03-22", article("b.txt", 2, SECOND))),
        titled("采茶", on("2023-03-23", article("c.txt", 1, FIRST))),
        titled("栏杆换新", on("2023-03-24", article("c.txt", 2, SECOND))),
        titled("茶馆", on("2023-03-25", article("c.txt", 3, "巷口的茶馆添了两张青石桌。"))),
    ]
}

#[test]
fn a_story_is_one_hit_with_the_number_of_its_reprints_and_both_totals() {
    let (_folder, archive) = archive(&printed());
    let results = archive.search(&Request { group: true, ..request("茶") }).unwrap();
    assert_eq!((results.total, results.stories), (4, 2));
    let hits: Vec<(&str, u64)> = results
        .hits
        .iter()
        .map(|hit| (hit.record.title.as_deref().unwrap_or_default(), hit.reprints))
        .collect();
    assert_eq!(hits.len(), 2);
    assert!(hits.contains(&("茶馆", 0)), "{hits:?}");
    assert!(hits.iter().any(|(_, reprints)| *reprints == 2), "{hits:?}");
    let apart = archive.search(&request("茶")).unwrap();
    assert_eq!((apart.total, apart.stories, apart.hits.len()), (4, 4, 4));
    assert!(apart.hits.iter().all(|hit| hit.reprints == 0));
    assert_eq!(archive.totals(&request("茶")).unwrap().stories, 2);
}

#[test]
fn of_a_story_the_best_print_is_shown_and_reprints_that_do_not_match_are_not_counted() {
    let (_folder, archive) = archive(&printed());
    let results = archive.search(&Request { group: true, ..request("采茶 标题:茶农") }).unwrap();
    assert_eq!((results.total, results.stories), (1, 1));
    assert_eq!(results.hits[0].reprints, 0);
    let newest = Request { group: true, sort: Sort::Newest, ..request("采茶") };
    let hits = archive.search(&newest).unwrap().hits;
    assert_eq!(hits[0].record.source, "c.txt");
    let oldest = Request { group: true, sort: Sort::Oldest, ..request("采茶") };
    assert_eq!(archive.search(&oldest).unwrap().hits[0].record.source, "a.txt");
}

#[test]
fn the_prints_of_a_story_are_listed_by_their_dates() {
    let records = printed();
    let (_folder, archive) = archive(&records);
    let sources = |id: &ArticleId| -> Vec<String> {
        archive.reprints(id).unwrap().into_iter().map(|record| record.source).collect()
    };
    assert_eq!(sources(&records[3].id), ["a.txt", "b.txt", "c.txt"]);
    assert_eq!(sources(&records[5].id), ["c.txt"]);
    assert!(archive.reprints(&ArticleId("zzzzzzzzzzzz".into())).unwrap().is_empty());
}

#[test]
fn pages_one_after_the_other_give_what_one_long_page_gives() {
    let (_folder, archive) = archive(&printed());
    for sort in [Sort::Relevance, Sort::Newest, Sort::Oldest] {
        for group in [false, true] {
            for text in ["", "青石", "茶 OR 栏杆"] {
                let all = Request { limit: 100, sort, group, ..request(text) };
                let whole = archive.search(&all).unwrap();
                assert_eq!(whole.next, None);
                let ids = |results: &dibao::search::Results| -> Vec<ArticleId> {
                    results.hits.iter().map(|hit| hit.record.id.clone()).collect()
                };
                for limit in [1, 2, 4] {
                    let mut turned = Vec::new();
                    let mut after = None;
                    loop {
                        let page =
                            archive.search(&Request { limit, after, ..all.clone() }).unwrap();
                        assert_eq!((page.total, page.stories), (whole.total, whole.stories));
                        turned.extend(ids(&page));
                        after = page.next;
                        if after.is_none() {
                            break;
                        }
                    }
                    assert_eq!(turned, ids(&whole), "{text} {sort:?} {group} {limit}");
                }
            }
        }
    }
}

#[test]
fn a_mark_of_another_search_is_refused() {
    let (_folder, archive) = archive(&printed());
    let next = archive.search(&Request { limit: 1, ..request("青石") }).unwrap().next;
    assert!(next.is_some());
    let other = Request { after: next, limit: 1, ..request("茶") };
    let error = archive.search(&other).unwrap_err().to_string();
    assert!(error.contains("start at the first page"), "{error}");
}
