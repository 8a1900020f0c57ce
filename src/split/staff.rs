//! Who made the page: 本版编辑 甘棠　版式 宋远, at its foot or at its head.

use std::sync::LazyLock;

use regex::Regex;

use super::patterns::pattern;
use super::shape;
use crate::model::SourceText;

pattern!(
    TWO_OFFICES,
    r"^(?:本版)?(?:责任?编辑?|美编|编辑|校对|版式|审读|值班)[^。，]{0,40}(?:责任?编辑?|美编|编辑|校对|版式|审读|值班)[^。，]{0,20}$"
);
pattern!(
    OFFICE_OF_PAGE,
    r"^(?:本[版栏欄刊报報期頁页]\s*(?:责任?编辑?|責任?編輯?|编辑|編輯|主编|主編|统筹|美编|版式|制图|校对)[\s:：/／丨|]*|(?:版[式面](?:设计|編排)?|美编|美術編輯|组版|校[对對]|检校|视觉(?:设计)?)(?:\s*[:：/／丨|]\s*|\s+))\p{Han}[\p{Han}\s·、]{1,30}$"
);
pattern!(
    EDITOR_AND_OTHER,
    r"^(?:责任编辑|責任編輯|责编|编辑|編輯|主编|值班编辑)[\s:：/／丨|]*\p{Han}[\p{Han}\s·]{1,12}[\s，、]+(?:题图|插图|插画|视觉|组版|检校|统筹|制图|版面)[\s:：/／丨|]*\p{Han}"
);

/// Two offices with their names on one line.
pub(super) fn names_two_offices(line: &str) -> bool {
    TWO_OFFICES.is_match(line)
}

/// The lines at the foot of a file that say who made the page: an office that nobody has for a single
/// article, and nothing below it. 责任编辑 alone belongs to the article above it.
pub(super) fn at_the_foot(source: &SourceText) -> Vec<usize> {
    const MAX_LINES: usize = 4;
    let filled = (0..source.lines.len()).rev().filter(|&at| !source.line(at).trim().is_empty());
    let mut foot: Vec<usize> =
        filled.take(MAX_LINES).take_while(|&at| is_of_page(source.line(at).trim())).collect();
    // A file of nothing else is about them.
    if foot.len() == MAX_LINES {
        foot.clear();
    }
    foot
}

fn is_of_page(line: &str) -> bool {
    const MAX_LENGTH: usize = 48;
    let bare = line.trim_matches(['（', '）', '(', ')', '【', '】', '[', ']']).trim();
    shape::length(bare) <= MAX_LENGTH
        && !shape::ends_sentence(bare)
        && (TWO_OFFICES.is_match(bare)
            || OFFICE_OF_PAGE.is_match(bare)
            || EDITOR_AND_OTHER.is_match(bare))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn foot(page: &str) -> Vec<usize> {
        at_the_foot(&SourceText::from_text("a.txt", page))
    }

    #[test]
    fn who_made_the_page_stands_at_its_foot() {
        let text = "老水井换了青石壁\n井壁换上青石，井台加了护栏。\n";
        for line in [
            "本版责编：甘　棠　宋远",
            "（本栏编辑：甘棠）",
            "责任编辑　甘棠　　题图　宋　远",
            "版式设计：宋远",
        ] {
            assert_eq!(foot(&format!("{text}\n{line}\n")), [3], "{line}");
            assert!(foot(&format!("{line}\n{text}")).is_empty(), "it stands above the text");
        }
        assert_eq!(foot(&format!("{text}本版编辑 甘棠\n版式 宋远")), [3, 2]);
    }

    #[test]
    fn the_editor_of_an_article_is_not_of_the_page() {
        let text = "老水井换了青石壁\n井壁换上青石，井台加了护栏。\n";
        for line in [
            "（视觉中国 供图）",
            "（责任编辑：甘棠）",
            "编辑：甘棠",
            "编辑：甘棠　摄影：宋远",
            "本报记者 甘棠",
            "本版的编辑很辛苦。",
        ] {
            assert!(foot(&format!("{text}{line}")).is_empty(), "{line}");
        }
    }
}
