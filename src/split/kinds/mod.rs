//! The kind of an article that is not a caption: news, document, profile or notice.
//!
//! `rules` decides by set phrases in headline and text. What they leave as news is weighed by
//! regression trees (`trees`) over its form and its words (`evidence`, `words`): an advertisement
//! has short lines, addresses and prices, and does not narrate. A headline like that of a notice does
//! not make one of what narrates. The trees are fitted on items whose kind is known
//! ([`fit_kinds`](super::fit::fit_kinds)); their table is `kinds.tsv`.

mod evidence;
mod rules;
mod words;

use std::sync::LazyLock;

pub(super) use evidence::{NAMES, evidence};
pub(super) use rules::kind;

use super::trees::Trees;
use crate::model::{Kind, Span};
use crate::text;

/// The fitted trees that are built into the program.
static FITTED: LazyLock<Trees> =
    LazyLock::new(|| Trees::read(include_str!("kinds.tsv").lines(), NAMES).unwrap_or_default());

/// What makes a notice of news, as the rule of a reason.
pub(super) const RULE: &str = "notice_words";

/// The log-odds from which news is a notice: a probability of three in four. News that is taken for a
/// notice is missing where one filters by kind; a notice among news does less harm.
pub(super) const SURE: f32 = 1.1;

/// The log-odds below which the headline of a notice does not make one: news can end in 声明 too.
const DOUBTFUL: f32 = -2.0;

/// The log-odds of the units of an article being a notice, if they decide that it is one, or that it
/// is none. `by_rules` is the kind by headline and text.
pub(super) fn weigh_notice(by_rules: Kind, units: &[&str]) -> Option<(Kind, f32)> {
    let score = || FITTED.score(&evidence(units));
    match by_rules {
        Kind::News => Some((Kind::Notice, score())).filter(|(_, score)| *score > SURE),
        Kind::Notice => Some((Kind::News, score())).filter(|(_, score)| *score < DOUBTFUL),
        _ => None,
    }
}

/// The first words of notices in the units, as they are printed.
pub(super) fn notice_words<'a>(units: &[&'a str]) -> Vec<&'a str> {
    const MAX_WORDS: usize = 5;
    let mut found: Vec<&str> = Vec::new();
    for unit in units {
        let folded = text::fold(unit);
        for (_, word) in words::find(&folded.text) {
            let origin = folded.origin(Span { start: word.start, end: word.end });
            let word = &unit[origin.start..origin.end];
            if found.len() < MAX_WORDS && !found.contains(&word) {
                found.push(word);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHOP: [&str; 6] = [
        "同春堂藥局",
        "新到關東人參",
        "定價低廉",
        "函購即寄",
        "地址　北門橋四十二號",
        "電話三〇五",
    ];
    const ASKS: [&str; 1] =
        ["本版征集老渡口的照片，来稿请注明姓名和地址，未用的照片恕不退还。联系电话见报头。"];
    const MARKET: [&str; 2] = [
        "东门菜市添了公平秤",
        "东门菜市上周添了三台公平秤，菜农老于说，青菜每斤卖八角，秤准了，回头客也多了。管理处的电话就写在秤旁边的木牌上。",
    ];
    const STATED: [&str; 3] = [
        "渡船公司发表声明",
        "渡船公司昨天发表声明，说停航的消息不确实。公司经理对记者说，他也是早上才听到这个传闻的，船照旧每天开六班。",
        "老船工们听了都笑了，说江水不结冰，渡船就不会停。",
    ];

    #[test]
    fn the_table_can_be_read() {
        let trees = Trees::read(include_str!("kinds.tsv").lines(), NAMES);
        assert!(trees.is_ok_and(|trees| trees.trees.len() > 10));
    }

    #[test]
    fn what_offers_or_asks_is_a_notice_and_what_narrates_is_news() {
        let weighed =
            |by_rules, units: &[&str]| weigh_notice(by_rules, units).map(|(kind, _)| kind);
        assert_eq!(weighed(Kind::News, &SHOP), Some(Kind::Notice));
        assert_eq!(weighed(Kind::News, &ASKS), Some(Kind::Notice));
        assert_eq!(weighed(Kind::News, &MARKET), None);
        assert_eq!(weighed(Kind::News, &STATED), None);
        assert_eq!(weighed(Kind::Notice, &STATED), Some(Kind::News));
        assert_eq!(weighed(Kind::Document, &SHOP), None, "other kinds are left alone");
        assert_eq!(weighed(Kind::News, &[]), None);
    }

    #[test]
    fn the_words_that_speak_for_a_notice_are_told_as_printed() {
        assert_eq!(notice_words(&SHOP), ["新到", "定價", "低廉", "地址", "電話"]);
        assert_eq!(notice_words(&["老于"]), [""; 0]);
    }
}
