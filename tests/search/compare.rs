//! What differs between two articles is said, and nothing is lost or made up in saying it.

use dibao::search::{Comparison, Passage, TextChange, compare};

use super::*;

fn compared(first: &str, second: &str) -> Comparison {
    compare(&article("a", 1, first), &article("b", 1, second))
}

fn changes(comparison: &Comparison) -> Vec<TextChange> {
    comparison.body.iter().map(|passage| passage.change).collect()
}

fn unblank(text: &str) -> String {
    fold(text).text.chars().filter(|&c| c != ' ').collect()
}

#[test]
fn a_shortened_and_changed_reprint() {
    let first = "3月4日，桥上换了栏杆。栏杆用了80米青石。工人干了三天。";
    let second = "近日，桥上换了栏杆。栏杆用了85米青石。";
    let comparison = compared(first, second);
    assert_eq!(changes(&comparison), [TextChange::Changed, TextChange::Changed, TextChange::First]);
    let pieces: Vec<_> = comparison.body[1]
        .pieces
        .iter()
        .map(|piece| (piece.change, piece.first.as_deref(), piece.second.as_deref()))
        .collect();
    let same = |text| (TextChange::Same, Some(text), Some(text));
    assert_eq!(
        pieces,
        [
            same("栏杆用了"),
            (TextChange::First, Some("80"), None),
            (TextChange::Second, None, Some("85")),
            same("米青石。"),
        ]
    );
    assert_eq!((comparison.common.first, comparison.common.second), (29, 20));
    assert_eq!(comparison.common.both, 9 + 8);
    assert_eq!(comparison.common.share, Some(34.0 / 49.0));
}

#[test]
fn script_width_and_blanks_are_no_change() {
    let comparison = compared(
        "鄭州市召開大會。ＧＤＰ增長８％！“好。”他說。",
        "　　郑州市召开 大会。\nGDP增长8%!\"好。\"他说。",
    );
    assert_eq!(changes(&comparison), [TextChange::Form; 4]);
    assert_eq!(comparison.common.share, Some(1.0));
    let first = &comparison.body[0].pieces;
    assert!(first.iter().any(|piece| piece.change == TextChange::Same), "{first:?}");
}

#[test]
fn parts_of_the_head_are_compared_by_themselves() {
    let first = Record { title: Some("老桥换新貌".into()), ..article("a", 1, "") };
    let second = Record {
        title: Some("老橋換新貌".into()),
        credit: Some("甲一 摄".into()),
        ..article("b", 1, "")
    };
    let comparison = compare(&first, &second);
    let head: Vec<_> =
        comparison.head.iter().map(|part| (part.field, part.passage.change)).collect();
    assert_eq!(
        head,
        [(TextField::Title, TextChange::Form), (TextField::Credit, TextChange::Second)]
    );
    assert_eq!(comparison.common.share, None);
}

#[test]
fn a_moved_sentence_stands_in_both_places() {
    let comparison = compared("河水涨了。渡口关了。船工回家。", "渡口关了。船工回家。河水涨了。");
    let expected = [TextChange::First, TextChange::Same, TextChange::Same, TextChange::Second];
    assert_eq!(changes(&comparison), expected);
}

/// Sentences of few words, so that many are alike and some are the same.
fn text() -> impl Strategy<Value = String> {
    let words = vec![
        "河水",
        "涨了",
        "漲了",
        "桥",
        "橋",
        "5G",
        "５Ｇ",
        "12.5%",
        "，",
        "。",
        "；",
        "！",
        "!",
        "\n",
        "　",
        " ",
        "“",
        "”",
        "（",
        "）",
        "\u{20bb7}",
        "e\u{301}",
        "\u{301}",
    ];
    proptest::collection::vec(prop::sample::select(words), 0..40).prop_map(|words| words.concat())
}

proptest! {
    #[test]
    fn nothing_is_lost_and_nothing_is_made_up(first in text(), second in text()) {
        let comparison = compared(&first, &second);
        let joined = |of: fn(&Passage) -> Option<&String>| -> String {
            comparison.body.iter().filter_map(of).map(String::as_str).collect()
        };
        prop_assert_eq!(unblank(&joined(|p| p.first.as_ref())), unblank(&first));
        prop_assert_eq!(unblank(&joined(|p| p.second.as_ref())), unblank(&second));
        for passage in &comparison.body {
            if !passage.pieces.is_empty() {
                let first: String = passage.pieces.iter().filter_map(|p| p.first.clone()).collect();
                let second: String = passage.pieces.iter().filter_map(|p| p.second.clone()).collect();
                prop_assert_eq!(Some(first), passage.first.clone());
                prop_assert_eq!(Some(second), passage.second.clone());
            }
            if let (Some(first), Some(second)) = (&passage.first, &passage.second) {
                let alike = unblank(first) == unblank(second);
                prop_assert_eq!(passage.change.is_none(), alike);
                prop_assert_eq!(passage.change == TextChange::Same, first == second);
            }
        }
        let common = comparison.common;
        prop_assert!(common.both <= common.first.min(common.second), "{:?}", common);
        prop_assert_eq!(common.first, unblank(&first).chars().count() as u64);
    }

    #[test]
    fn an_article_does_not_differ_from_itself(text in text()) {
        let comparison = compared(&text, &text);
        prop_assert!(comparison.body.iter().all(|passage| passage.change == TextChange::Same));
        prop_assert_eq!(comparison.common.both, comparison.common.first);
    }

    #[test]
    fn a_text_in_another_width_differs_in_form_alone(text in text()) {
        let wide: String = text
            .chars()
            .map(|c| match c {
                '!'..='~' => char::from_u32(c as u32 + 0xfee0).unwrap(),
                ' ' => '\u{3000}',
                c => c,
            })
            .collect();
        prop_assert!(compared(&text, &wide).body.iter().all(|passage| passage.change.is_none()));
    }
}
