//! Properties of every page.

use std::collections::HashSet;

use fastrand::Rng;

use super::paper::PaperKind;
use super::words::{full_width, hanzi, person};
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
            // Some stand in the middle.
            let printed = |line: &String| line.trim_start().trim_start_matches("## ") == title;
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
