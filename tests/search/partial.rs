//! Articles with only some of the words: behind those with all, each once, never against what a
//! person insists on.

use std::collections::BTreeSet;

use super::*;
use dibao::search::{Matching, Results, Totals};

/// As a person searches who asks for nothing special.
fn usual(text: &str) -> Request {
    Request { matching: Matching::AllThatCount, partial: true, ..request(text) }
}

fn some() -> Vec<Record> {
    vec![
        article("a.txt", 1, "氢能大巴在登封上路，补贴已到。"),
        article("a.txt", 2, "登封的柿子熟了。"),
        article("a.txt", 3, "氢能项目落户荥阳，补贴另议。"),
        article("a.txt", 4, "荥阳的石榴。"),
    ]
}

fn missing(results: &Results) -> Vec<(u32, Vec<&str>)> {
    let hits = results.hits.iter();
    hits.map(|hit| (hit.record.ordinal, hit.missing.iter().map(String::as_str).collect())).collect()
}

#[test]
fn articles_with_all_of_the_words_come_first_and_then_the_best_of_the_others() {
    let (_folder, archive) = archive(&some());
    let results = archive.search(&usual("氢能 登封 补贴")).unwrap();
    assert_eq!((results.total, results.stories), (1, 1));
    assert_eq!(results.partial, Some(Totals { articles: 2, stories: 2 }));
    assert_eq!(missing(&results), [(1, vec![]), (3, vec!["登封"]), (2, vec!["氢能", "补贴"])]);
    let oldest = archive.search(&Request { sort: Sort::Oldest, ..usual("氢能 登封 补贴") });
    assert_eq!(missing(&oldest.unwrap()), missing(&results));
}

#[test]
fn one_word_and_a_strict_search_have_no_second_part() {
    let (_folder, archive) = archive(&some());
    for request in [
        usual("氢能"),
        usual(""),
        usual("“氢能” 地区:登封市"),
        Request { partial: false, ..usual("氢能 登封") },
        Request { matching: Matching::Some, ..usual("氢能 登封") },
    ] {
        assert_eq!(archive.search(&request).unwrap().partial, None);
        assert_eq!(archive.count_partial(&request).unwrap(), None);
    }
}

#[test]
fn quotes_fields_exclusions_patterns_and_filters_are_never_relaxed() {
    let (_folder, archive) = archive(&[
        Record {
            title: Some("登封来信".into()), ..article("a.txt", 1, "氢能大巴，补贴。")
        },
        article("a.txt", 2, "登封的氢能客车。"),
        article("b.txt", 3, "登封的补贴。"),
        article("a.txt", 4, "氢能的补贴。"),
    ]);
    let found =
        |request: &Request| -> BTreeSet<u32> { found(&archive, request).into_iter().collect() };
    assert_eq!(found(&usual("“登封” 氢能 补贴")), BTreeSet::from([1, 2, 3]));
    assert_eq!(found(&usual("标题:登封 氢能 补贴")), BTreeSet::from([1]));
    assert_eq!(found(&usual("-登封 氢能 补贴 大巴")), BTreeSet::from([4]));
    assert_eq!(found(&usual("登封*氢能 补贴 客车")), BTreeSet::from([2]));
    let filters = Filters { sources: vec!["b.txt".into()], ..Filters::default() };
    assert_eq!(found(&Request { filters, ..usual("登封 氢能 补贴") }), BTreeSet::from([3]));
    // Alternatives are one thing that can be missing.
    let results = archive.search(&usual("(柿子 OR 大巴) 补贴")).unwrap();
    let lacking: BTreeSet<_> = missing(&results).into_iter().collect();
    let either = "柿子 OR 大巴";
    assert_eq!(lacking, BTreeSet::from([(1, vec![]), (3, vec![either]), (4, vec![either])]));
}

#[test]
fn counts_facets_and_exports_speak_of_the_articles_with_all_of_the_words() {
    let (_folder, archive) = archive(&some());
    let request = usual("氢能 登封");
    assert_eq!(archive.count(&request).unwrap(), 1);
    assert_eq!(archive.totals(&request).unwrap().articles, 1);
    assert_eq!(archive.count_partial(&request).unwrap(), Some(2));
    assert_eq!(archive.facets(&request).unwrap().kinds[0].count, 1);
    let mut exported = Vec::new();
    let all = archive.for_each(&request, &mut |record| {
        exported.push(record.ordinal);
        ControlFlow::Continue(())
    });
    assert_eq!((all.unwrap(), exported), (1, vec![1]));
    let some = Request { matching: Matching::Some, ..request };
    assert_eq!(archive.count(&some).unwrap(), 3);
}

#[test]
fn words_that_only_ask_are_left_out_and_a_note_says_so() {
    let (_folder, archive) = archive(&some());
    let results = archive.search(&usual("登封有哪些氢能大巴")).unwrap();
    assert_eq!(missing(&results)[0], (1, vec![]));
    assert_eq!(results.notes, [Note::QuestionWords { words: vec!["哪些".into()] }]);
    assert_eq!(archive.notes(&usual("登封有哪些氢能大巴")).unwrap(), results.notes);
    let strict = Request { matching: Matching::All, ..usual("登封有哪些氢能大巴") };
    assert_eq!(archive.count(&strict).unwrap(), 0);
    assert_eq!(archive.count(&usual("登封有哪些氢能大巴")).unwrap(), 1);
    // The marks are those of what was searched for.
    let hit = &results.hits[0];
    let spans = hit.highlights[0].spans.iter();
    let marked: Vec<&str> = spans.map(|span| &hit.record.body[span.clone()]).collect();
    assert_eq!(marked, ["氢能大巴", "登封"]);
}

#[test]
fn articles_with_all_of_the_words_are_found_where_the_others_would_take_too_long() {
    let mut records = some();
    let common = (10..60).map(|n| article("b.txt", n, "登封的天气，补贴的消息。"));
    records.extend(common);
    let (_folder, archive) = archive(&records);
    let request = usual("氢能 登封 大巴");
    let budgets: Vec<u64> = (0..60).map(|n| n * 20).collect();
    let mut seen = [false; 3];
    for most in budgets {
        match archive.clone().with_max_postings(most).search(&request) {
            Err(error) => {
                assert!(matches!(error, dibao::search::SearchError::TooMuch { .. }), "{error}");
                seen[0] = true;
            }
            Ok(results) => {
                assert_eq!(results.total, 1);
                seen[if results.partial.is_some() { 2 } else { 1 }] = true;
            }
        }
    }
    assert_eq!(seen, [true; 3], "nothing, the first part alone, and both");
}

#[test]
fn a_story_stands_on_one_side_of_the_line() {
    let story = "石桥镇的茶农在清明前十天开园采茶，第一批鲜叶四百二十斤，当天炒制、当天装罐，县里派了六名农技员驻村指导，收购价比去年每斤高出十一元。";
    let titled = |title: &str, source: &str| Record {
        title: Some(title.into()),
        ..article(source, 1, story)
    };
    let (_folder, archive) = archive(&[
        titled("开园", "a.txt"),
        titled("登封开园", "b.txt"),
        article("c.txt", 1, "登封的茶馆。"),
        article("d.txt", 1, "采茶的机器。"),
    ]);
    let results = archive.search(&Request { group: true, ..usual("登封 采茶") }).unwrap();
    assert_eq!((results.total, results.stories), (1, 1));
    assert_eq!(results.partial, Some(Totals { articles: 3, stories: 2 }));
    let sources: Vec<&str> = results.hits.iter().map(|hit| hit.record.source.as_str()).collect();
    assert_eq!(sources[0], "b.txt");
    assert_eq!(BTreeSet::from_iter(sources), BTreeSet::from(["b.txt", "c.txt", "d.txt"]));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// The list is the strict hits, then exactly the articles that match in part, each once, however
    /// it is cut into pages, by cursors or by places.
    #[test]
    fn pages_across_the_line_give_each_hit_once(
        bodies in proptest::collection::vec("[甲乙丙丁戊，]{0,14}", 1..30),
        text in "[甲乙丙丁戊]{1,2}( [甲乙丙丁戊]{1,3}){0,3}",
        sort in prop::sample::select(Sort::ALL.to_vec()),
        group: bool,
        limit in 1..7_usize,
    ) {
        let records: Vec<Record> =
            bodies.iter().zip(1..).map(|(body, n)| article("a.txt", n, body)).collect();
        let (_folder, archive) = archive(&records);
        let request = Request { sort, group, ..usual(&text) };
        let places = |results: &Results| -> Vec<u32> {
            results.hits.iter().map(|hit| hit.record.ordinal).collect()
        };
        let whole = archive.search(&Request { limit: 1_000, ..request.clone() }).unwrap();
        let strict = Request { partial: false, limit: 1_000, ..request.clone() };
        let strict = archive.search(&strict).unwrap();
        let any = Request { matching: Matching::Some, limit: 1_000, ..request.clone() };
        let any = archive.search(&any).unwrap();
        let all = places(&whole);
        let (first, behind) = all.split_at(strict.hits.len());
        prop_assert_eq!(first, places(&strict));
        prop_assert_eq!(whole.total, strict.total);
        prop_assert!(whole.hits[..first.len()].iter().all(|hit| hit.missing.is_empty()));
        prop_assert!(whole.hits[first.len()..].iter().all(|hit| !hit.missing.is_empty()));
        if let Some(partial) = whole.partial {
            prop_assert_eq!(partial.articles, behind.len() as u64);
            prop_assert_eq!(partial.stories, behind.len() as u64);
            prop_assert_eq!(archive.count_partial(&request).unwrap(), Some(partial.articles));
            let together: BTreeSet<u32> = all.iter().copied().collect();
            prop_assert_eq!(together.len(), all.len());
            prop_assert_eq!(together, places(&any).into_iter().collect::<BTreeSet<_>>());
        } else {
            prop_assert!(behind.is_empty());
        }
        let mut by_cursor = Vec::new();
        let mut by_place = Vec::new();
        let mut after = None;
        loop {
            let page = archive.search(&Request { limit, after, ..request.clone() }).unwrap();
            prop_assert_eq!((page.total, page.partial), (whole.total, whole.partial));
            let offset = by_cursor.len();
            by_cursor.extend(places(&page));
            let page = Request { limit, offset, ..request.clone() };
            by_place.extend(places(&archive.search(&page).unwrap()));
            after = archive.search(&Request { limit, after, ..request.clone() }).unwrap().next;
            if after.is_none() {
                break;
            }
        }
        prop_assert_eq!(&by_cursor, &all, "{}", text);
        prop_assert_eq!(&by_place, &all, "{}", text);
    }
}
