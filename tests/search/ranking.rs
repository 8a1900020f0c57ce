//! What comes first, what is offered instead, and what is said about it.

use dibao::search::Matching;

use super::*;

#[test]
fn as_typed_comes_before_words_and_headlines_before_bodies() {
    let (_folder, archive) = archive(&[
        article("a.txt", 1, "在建的重点工程有九个。"),
        article("a.txt", 2, "全市在建工程共四十项。"),
        Record { title: Some("在建工程提速".into()), ..article("a.txt", 3, "四十项。") },
        article("a.txt", 4, "工程都已竣工。"),
    ]);
    assert_eq!(found(&archive, &request("在建工程")), [3, 2, 1]);
    assert_eq!(found(&archive, &request("在建的工程")), [3, 2, 1]);
}

#[test]
fn words_that_stand_closer_come_first() {
    let far = format!("氢能。{}登封。", "另有别的消息若干条。".repeat(12));
    let near = format!("氢能在登封。{}", "另有别的消息若干条。".repeat(12));
    let (_folder, archive) = archive(&[article("a.txt", 1, &far), article("a.txt", 2, &near)]);
    assert_eq!(found(&archive, &request("氢能 登封")), [2, 1]);
}

#[test]
fn letters_and_digits_are_meant_whole_but_found_everywhere() {
    let (_folder, archive) = archive(&[
        article("a.txt", 1, "The daily news on rails and mail."),
        article("a.txt", 2, "用AI看病历，AI医生上岗。"),
    ]);
    assert_eq!(found(&archive, &request("AI")), [2, 1]);
}

#[test]
fn some_of_the_words_are_enough_when_that_is_asked_for() {
    let (_folder, archive) = archive(&[
        article("a.txt", 1, "氢能大巴在登封。"),
        article("a.txt", 2, "登封的柿子。"),
        article("a.txt", 3, "荥阳的石榴。"),
    ]);
    let some = |text: &str| Request { matching: Matching::Some, ..request(text) };
    assert_eq!(found(&archive, &some("氢能 大巴 登封 柿子饼")), [1, 2]);
    assert_eq!(found(&archive, &some("氢能 登封 -大巴")), [2]);
}

#[test]
fn each_hit_says_why_and_the_points_add_up() {
    let (_folder, archive) = archive(&[
        Record {
            title: Some("登封氢能".into()), ..article("a.txt", 1, "氢能大巴在登封上路。")
        },
        article("a.txt", 2, "登封要上氢能项目。"),
    ]);
    let results = archive.search(&Request { explain: true, ..request("氢能 登封") }).unwrap();
    assert_eq!(results.hits.len(), 2);
    for hit in results.hits {
        let why = hit.why.unwrap();
        assert_eq!(why.parts.len(), 2);
        let parts: f32 = why.parts.iter().map(|part| part.points).sum();
        let words: f32 = why.words.iter().map(|word| word.points).sum();
        let sum = parts + words + why.proximity;
        assert!((sum - hit.score).abs() < 0.01, "{sum} {}", hit.score);
        assert_eq!(why.parts[0].in_headline, hit.record.ordinal == 1);
    }
}

#[test]
fn a_slip_in_a_query_that_finds_nothing_is_offered_and_never_applied() {
    let (_folder, archive) = archive(&[
        article("a.txt", 1, "郑州航空港區的货机。"),
        article("a.txt", 2, "郑州航空港的客机，2023年4月。"),
    ]);
    let request = request("郑州航空巷 客机");
    assert_eq!(archive.search(&request).unwrap().total, 0);
    let offered = archive.suggestions(&request).unwrap();
    assert_eq!(offered[0].instead, "郑州航空港");
    assert_eq!((offered[0].articles, offered[0].span.clone()), (2, 0..15));
    let none = |text: &str| archive.suggestions(&super::request(text)).unwrap().is_empty();
    assert!(none("2022年4月") && none("航空巷") && none("郑州航空港"), "digits, short, found");
}

#[test]
fn words_that_stand_out_are_those_of_the_hits() {
    let mut records: Vec<Record> =
        (0..20).map(|n| article("a.txt", n, "今天天气晴朗，游客很多。")).collect();
    let places = ["城东", "城西", "河南岸", "老街", "新区"];
    records.extend((20..).zip(places).map(|(n, place)| {
        let body = format!("{place}的氢能大巴今天上路，{n}名游客很满意，{place}加氢站开门。");
        article("a.txt", n, &body)
    }));
    let (_folder, archive) = archive(&records);
    let words = archive.significant_terms(&request("氢能"), 3).unwrap();
    let first: Vec<&str> = words.iter().map(|word| word.word.as_str()).collect();
    assert!(first.contains(&"大巴") && !first.contains(&"游客"), "{first:?}");
    assert!(words.iter().all(|word| word.among_hits == 5 && word.times > 1.0), "{words:?}");
}

#[test]
fn alternatives_do_not_add_up() {
    let (_folder, archive) = archive(&[
        article("a.txt", 1, "公司和企业都来了，公司、企业，公司、企业。"),
        Record { title: Some("公司开张".into()), ..article("a.txt", 2, "昨天的事。") },
    ]);
    assert_eq!(found(&archive, &request("公司 OR 企业")), [2, 1]);
}

#[test]
fn a_slip_in_the_middle_of_a_short_part_is_found_among_many_like_it() {
    let mut records: Vec<Record> =
        (0..30).map(|n| article("a.txt", n, "北京的冬天，北京的春天，北京有大雪。")).collect();
    records.push(article("a.txt", 31, "北京大学开学了。"));
    let (_folder, archive) = archive(&records);
    let offered = archive.suggestions(&request("北京犬学")).unwrap();
    assert_eq!(offered[0].instead, "北京大学");
}
