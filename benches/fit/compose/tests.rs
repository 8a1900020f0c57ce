//! Properties of every page, and the cleaning of articles.

use std::collections::HashSet;

use fastrand::Rng;

use super::paper::PaperKind;
use super::stock::could_be_headline;
use super::words::{
    Repertoire, chinese_digits, chinese_number, foreign_place, full_width, hanzi, person,
};
use super::{ComposedItem, ComposedPage, LineHint, Paper, Stock, page};

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
fn site_notices_and_fragments_are_no_sentences() {
    let text = "南桥水库今天开始放水，沿岸二十多个村庄的稻田都将得到灌溉。".repeat(3);
    let (_, expected) = read("", &text);
    for noise in ["广告美女在线等你。", "南桥镇宣传部供稿的图片", "责编李明编辑王芳审核张平。"]
    {
        let (_, sentences) = read("", &format!("{text}{noise}"));
        assert_eq!(sentences, expected, "{noise}");
    }
}

#[test]
fn clauses_that_only_link_others_are_no_headlines() {
    for clause in ["三十户人家喝上井水", "新桥两岸通车"] {
        assert!(could_be_headline(clause), "{clause}");
    }
    for clause in ["在昨天的会议上", "但是水不算多", "专家表示", "放水以后", "记者走进村子"]
    {
        assert!(!could_be_headline(clause), "{clause}");
    }
}

#[test]
fn related_articles_share_what_a_title_names() {
    let mut rng = Rng::with_seed(2);
    let row = |title: &str, text: &str| {
        serde_json::json!({ "title": title, "body": text.repeat(4) }).to_string()
    };
    let rows = [
        row("南桥水库开始放水", "南桥水库今天开始放水，沿岸村庄的稻田都将得到灌溉。"),
        row("稻田得到灌溉", "南桥水库放水以后，下游三个镇的稻田都得到了灌溉。"),
        row("新书展览开幕", "图书馆举办新书展览，读者可以借阅两千多种图书。"),
    ];
    let stock = Stock::from_rows(rows.iter(), rows.len(), &mut rng).expect("usable articles");
    let reservoir = loop {
        let article = stock.draw(&mut rng);
        if article.title == ["南桥水库开始放水"] {
            break article;
        }
    };
    assert_eq!(stock.related(reservoir, &mut rng).title, ["稻田得到灌溉"]);
}

#[test]
fn a_repertoire_has_some_of_the_forms_and_prefers_its_first() {
    let mut rng = Rng::with_seed(3);
    for _ in 0..100 {
        let repertoire = Repertoire::random(&mut rng, &[1, 2, 3, 4, 5], 3);
        let mut counts = [0; 6];
        for _ in 0..200 {
            counts[repertoire.draw(&mut rng)] += 1;
        }
        let drawn = counts.iter().filter(|&&count| count > 0).count();
        assert!((1..=3).contains(&drawn), "{counts:?}");
        assert!(counts.iter().any(|&count| count >= 60), "{counts:?}");
    }
}

#[test]
fn places_abroad_have_two_to_five_characters() {
    let mut rng = Rng::with_seed(4);
    for _ in 0..100 {
        assert!((2..=5).contains(&foreign_place(&mut rng).chars().count()));
    }
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

/// The hints of the lines of an item, in order.
fn hints_of(page: &ComposedPage, item: &ComposedItem) -> Vec<LineHint> {
    let inside = |line: &u32| (item.first..=item.last).contains(line);
    page.hints.iter().filter(|(line, _)| inside(line)).map(|&(_, hint)| hint).collect()
}

#[test]
fn an_item_begins_as_its_kind_does_and_only_once() {
    use LineHint::{
        CaptionOrUntitledLead, DocumentStart, Front, Head, HeadAfter, NoticeStart, Section,
        UntitledLead,
    };
    for (_, page) in pages(8) {
        for item in &page.items {
            let hints = hints_of(&page, item);
            let begins: &[LineHint] = match item.kind {
                "news" => &[Head, UntitledLead],
                "photo" => &[CaptionOrUntitledLead],
                "notice" => &[NoticeStart],
                "document" => &[DocumentStart],
                "section" => &[Section],
                "front" => &[Front],
                kind => panic!("{kind} is a kind"),
            };
            assert!(begins.contains(&hints[0]), "{item:?} has {hints:?}");
            let text = hints.iter().skip_while(|hint| **hint == hints[0]);
            for hint in text {
                let begins = [Head, UntitledLead, NoticeStart, DocumentStart, Section, Front];
                assert!(!begins.contains(hint), "{item:?} has {hints:?}");
            }
            let behind = hints.contains(&HeadAfter);
            assert!(!behind || hints[0] == UntitledLead, "{item:?} has {hints:?}");
        }
    }
}

#[test]
fn the_text_of_an_item_follows_its_headline_and_author() {
    use LineHint::{Byline, CaptionOrUntitledLead, Head, Inside, Lead, LeadOrCaption};
    for (_, page) in pages(9) {
        for item in page.items.iter().filter(|item| item.kind == "news") {
            let hints = hints_of(&page, item);
            for pair in hints.windows(2) {
                let next = match pair[0] {
                    Head => [Head, Byline, Lead, LeadOrCaption, Inside].contains(&pair[1]),
                    Byline => [Byline, Lead, Inside].contains(&pair[1]),
                    _ => ![Byline, CaptionOrUntitledLead].contains(&pair[1]) || pair[0] == pair[1],
                };
                assert!(next, "{item:?} has {hints:?}");
            }
        }
    }
}

#[test]
fn nothing_below_the_frame_of_an_order_is_decided_by_a_hint() {
    use LineHint::{DocumentHead, DocumentStart, Inside};
    let mut longest = 0;
    for (_, page) in pages(10) {
        for item in page.items.iter().filter(|item| item.kind == "document") {
            let hints = hints_of(&page, item);
            let frame =
                hints.iter().take_while(|hint| [DocumentStart, DocumentHead].contains(hint));
            let text = &hints[frame.count()..];
            assert!(!text.is_empty(), "{item:?} has a text");
            assert!(text.iter().all(|&hint| hint == Inside), "{item:?} has {hints:?}");
            longest = longest.max(hints.len());
        }
    }
    assert!(longest > 100, "some annexes are long");
}

#[test]
fn a_paper_prints_what_its_kind_does() {
    let mut seen = HashSet::new();
    for (paper, page) in pages(11) {
        seen.insert(format!("{:?}", paper.kind));
        let gazette = paper.kind == PaperKind::Gazette;
        for item in &page.items {
            let of_gazette = ["document", "section", "front"].contains(&item.kind);
            assert!(!gazette || of_gazette, "{item:?} in a gazette");
            assert!(gazette || item.kind != "document", "{item:?} in a {:?}", paper.kind);
        }
    }
    assert_eq!(seen.len(), 5, "{seen:?}");
}
