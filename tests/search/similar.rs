//! `≈`: a text, and those in which a scanner took characters for others that look like them.

use super::*;
use dibao::text::{look_alike, look_alikes};

fn found_as(archive: &Archive, text: &str) -> Vec<(u32, Vec<String>)> {
    let hits = archive.search(&request(text)).unwrap().hits;
    hits.into_iter().map(|hit| (hit.record.ordinal, hit.look_alikes)).collect()
}

#[test]
fn what_a_scanner_took_for_another_is_found_behind_what_is_right_and_is_marked() {
    let (_folder, archive) = archive(&[
        article("a.txt", 1, "货机降落在航空巷区，巷区又添新线。"),
        article("a.txt", 2, "航空港区的货运量。"),
        article("a.txt", 3, "航天港区。"),
    ]);
    let lacking: Vec<String> = Vec::new();
    let expected = [(2, lacking.clone()), (1, vec!["航空巷区".to_owned()])];
    assert_eq!(found_as(&archive, "≈航空港区"), expected);
    assert_eq!(found_as(&archive, "≈“航空港区” 货运量"), [(2, lacking.clone())]);
    assert_eq!(found_as(&archive, "航空港区"), [(2, lacking.clone())]);
    assert_eq!(found_as(&archive, "区 -≈航空港区"), [(3, lacking)]);
    let hits = archive.search(&request("≈航空港区")).unwrap().hits;
    let Record { body, .. } = &hits[1].record;
    let marked: Vec<&str> =
        hits[1].highlights[0].spans.iter().map(|span| &body[span.clone()]).collect();
    assert_eq!(marked, ["航空巷区"]);
}

#[test]
fn it_holds_in_headline_and_body_and_is_never_relaxed() {
    let titled = Record {
        title: Some("登封巷口来信".into()),
        ..article("a.txt", 1, "凳封港口，雨。")
    };
    let (_folder, archive) = archive(&[titled, article("a.txt", 2, "雨。")]);
    assert_eq!(found(&archive, &request("标题:≈登封港口")), [1]);
    assert_eq!(found(&archive, &request("正文:≈登封港口")), [1]);
    assert!(found(&archive, &request("正文:“登封港口”")).is_empty());
    let partial = Request { partial: true, ..request("≈登封巷口 雨 雪") };
    let results = archive.search(&partial).unwrap();
    let ordinals: Vec<u32> = results.hits.iter().map(|hit| hit.record.ordinal).collect();
    assert_eq!((results.total, ordinals), (0, vec![1]));
}

#[test]
fn digits_are_exact() {
    let (_folder, archive) = archive(&[
        article("a.txt", 1, "全年完成投资100亿元。"),
        article("a.txt", 2, "全年完成投资l0o亿元。"),
    ]);
    assert_eq!(found(&archive, &request("≈投资100亿")), [1]);
    assert_eq!(found(&archive, &request("≈投资l00亿")), Vec::<u32>::new());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn exactly_the_articles_are_found_that_a_plain_scan_finds(
        texts in proptest::collection::vec("[港巷州洲口囗日曰1l甲]{0,12}", 1..12),
        wanted in proptest::collection::vec("[港巷州洲口囗日曰1l甲]{3,7}", 12),
    ) {
        let records: Vec<Record> =
            texts.iter().zip(1..).map(|(body, n)| article("a.txt", n, body)).collect();
        let (_folder, archive) = archive(&records);
        for wanted in wanted {
            let characters: Vec<char> = wanted.chars().collect();
            let stands_in = |text: &str| {
                let text: Vec<char> = text.chars().collect();
                text.windows(characters.len()).any(|window| {
                    let others: Vec<(char, char)> = window
                        .iter()
                        .zip(&characters)
                        .filter(|(one, other)| one != other)
                        .map(|(one, other)| (*one, *other))
                        .collect();
                    let alike = |&(one, other): &(char, char)| {
                        look_alike(one, other) && ![one, other].iter().any(char::is_ascii_digit)
                    };
                    others.len() <= (characters.len() / 3).min(2) && others.iter().all(alike)
                })
            };
            let expected: Vec<u32> =
                texts.iter().zip(1..).filter(|(text, _)| stands_in(text)).map(|(_, n)| n).collect();
            let request =
                Request { sort: Sort::Oldest, limit: 100, ..request(&format!("≈{wanted}")) };
            prop_assert_eq!(found(&archive, &request), expected, "{:?}", wanted);
            prop_assert_eq!(&look_alikes(&wanted)[0], &wanted);
        }
    }
}
