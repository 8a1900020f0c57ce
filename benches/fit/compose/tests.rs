//! Properties of every page, and the cleaning of articles.

use std::collections::HashSet;

use fastrand::Rng;

use super::words::{chinese_digits, chinese_number, full_width, hanzi, person};
use super::{ComposedPage, LineHint, Paper, Stock, page};

/// Enough papers for every kind of item and line to occur.
const PAPERS: usize = 300;

/// Articles of random characters, some without a title.
fn stock(rng: &mut Rng) -> Stock {
    let mut rows = Vec::new();
    for number in 0..200 {
        let title = if number % 3 == 0 { String::new() } else { hanzi(rng, 9) };
        let mut body = String::new();
        for _ in 0..rng.usize(4..=23) {
            let (clause, name) = (hanzi(rng, 10), person(rng));
            body.extend([clause.as_str(), "，", &name, "抵达", &hanzi(rng, 8), "。"]);
        }
        rows.push(serde_json::json!({ "title": title, "body": body }).to_string());
    }
    Stock::from_rows(rows.iter(), rows.len(), rng).expect("usable articles")
}

/// Two pages of each of many papers.
fn pages(seed: u64) -> Vec<(Paper, ComposedPage)> {
    let mut rng = Rng::with_seed(seed);
    let stock = stock(&mut rng);
    let mut pages = Vec::new();
    for _ in 0..PAPERS {
        let paper = Paper::random(&mut rng);
        for _ in 0..2 {
            pages.push((paper.clone(), page(&paper, &stock, &mut rng)));
        }
    }
    pages
}

/// The title and the sentences of an article.
fn read(title: &str, body: &str) -> (Vec<String>, Vec<String>) {
    let mut rng = Rng::with_seed(1);
    let row = serde_json::json!({ "title": title, "body": body }).to_string();
    let stock = Stock::from_rows([row].iter(), 1, &mut rng).expect("a usable article");
    let article = stock.draw(&mut rng);
    (article.title.clone(), article.sentences.clone())
}

#[test]
fn articles_lose_the_opening_and_the_closing_of_their_agency() {
    let text = "南桥水库今天开始放水，沿岸二十多个村庄的稻田都将得到灌溉。".repeat(3);
    let (_, expected) = read("", &text);
    assert_eq!(expected.concat(), text);
    let openings =
        ["新华社南桥4月2日电（记者李明）", "中新网4月2日电 (李明)", "本报讯 ", "央视网消息："];
    for opening in openings {
        for closing in
            ["", "（完）", "【编辑：李明】", "相关阅读：《水库放水》广告声明：文内链接仅供参考。"]
        {
            let (_, sentences) = read("", &format!("{opening}{text}{closing}"));
            assert_eq!(sentences, expected, "{opening}…{closing}");
        }
    }
}

#[test]
fn sentences_end_outside_quotation_marks_and_titles_part_between_chinese_words() {
    let quoted = "老人说：“今年的水不算多。明年还要再看一看。”然后他就走了。";
    let next = "第二天这里下了一场大雨，河水涨了两尺，村里的人都到堤上来看水势。";
    let (title, sentences) = read("新桥通车 两岸居民 5 月起过江", &format!("{quoted}{next}"));
    assert_eq!(sentences, [quoted, next]);
    assert_eq!(title, ["新桥通车", "两岸居民 5 月起过江"]);
}

#[test]
fn numbers_are_written_in_chinese() {
    let written = [0, 7, 10, 15, 20, 48, 100, 103, 112, 120].map(chinese_number).join(" ");
    assert_eq!(written, "〇 七 十 十五 二十 四十八 一百 一百零三 一百十二 一百二十");
    assert_eq!(chinese_digits(2008), "二〇〇八");
    assert_eq!(full_width("第12版"), "第１２版");
}

#[test]
fn a_seed_gives_the_same_pages() {
    let composed = |seed| pages(seed).into_iter().map(|(_, page)| page).collect::<Vec<_>>();
    assert_eq!(composed(1), composed(1));
    assert_ne!(composed(1), composed(2));
}

#[test]
fn items_cover_all_lines_in_order() {
    for (_, page) in pages(3) {
        let mut owned = vec![false; page.lines.len()];
        let mut last = 0;
        for item in &page.items {
            assert!(last < item.first && item.first <= item.last, "{item:?} after line {last}");
            owned[item.first as usize - 1..item.last as usize].fill(true);
            last = item.last;
        }
        for (line, owned) in page.lines.iter().zip(owned) {
            assert!(owned || line.is_empty(), "{line} belongs to an item");
        }
        for item in page.items {
            for end in [item.first, item.last] {
                assert!(!page.lines[end as usize - 1].is_empty(), "no blank line ends {item:?}");
            }
        }
    }
}

#[test]
fn every_line_has_a_hint() {
    for (_, page) in pages(4) {
        let hinted: Vec<u32> = page.hints.iter().map(|&(line, _)| line).collect();
        let written: Vec<u32> =
            (1..).zip(&page.lines).filter(|(_, line)| !line.is_empty()).map(|(at, _)| at).collect();
        assert_eq!(hinted, written);
    }
}

#[test]
fn titles_are_lines_of_their_items() {
    for (paper, page) in pages(5) {
        if paper.layout.wrap.is_some() || paper.layout.headline_wrap.is_some() {
            continue;
        }
        for item in page.items.iter().filter(|item| !item.title.is_empty()) {
            let title =
                if paper.layout.full_width { full_width(&item.title) } else { item.title.clone() };
            let lines = &page.lines[item.first as usize - 1..item.last as usize];
            let printed = |line: &String| line.trim_start_matches("## ") == title;
            assert!(lines.iter().any(printed), "{item:?} in {lines:#?}");
        }
    }
}

#[test]
fn a_wrapped_paper_keeps_its_width() {
    let mut wrapped = 0;
    for (paper, page) in pages(6) {
        let Some(width) = paper.layout.wrap else { continue };
        wrapped += 1;
        for line in page.lines {
            assert!(line.chars().count() <= width, "{line} has {width} characters at most");
        }
    }
    assert!(wrapped > 0, "some papers are wrapped");
}

#[test]
fn papers_have_all_kinds_of_items_and_lines() {
    let mut hints = HashSet::new();
    let mut kinds = HashSet::new();
    for (_, page) in pages(7) {
        hints.extend(page.hints.iter().map(|&(_, hint)| hint));
        kinds.extend(page.items.iter().map(|item| item.kind));
    }
    assert_eq!(kinds, HashSet::from(["news", "photo", "notice", "document", "section", "front"]));
    assert_eq!(hints.len(), LineHint::Front as usize + 1);
}
