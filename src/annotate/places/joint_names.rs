//! A word that names two divisions at once: 港澳.

use super::mentions::{Mention, MentionKind};
use crate::gazetteer::Gazetteer;

/// The word, and the codes of the divisions that it names.
const JOINT_NAME: &str = "港澳";
const CODES: [&str; 2] = ["81", "82"];
/// After one that is part of another name.
const OTHER_NAMES: [&str; 5] = ["台", "办", "事务", "工委", "通行证"];

/// Adds the mentions of each division that the word names where a clause begins with it, in the order
/// of the text. Elsewhere it mostly tells where papers or guests are from: 往来港澳通行证, 港澳代表.
pub(crate) fn add_joint_names(
    gazetteer: &Gazetteer,
    passage: usize,
    text: &str,
    mentions: &mut Vec<Mention>,
) {
    let known = mentions.len();
    for (start, word) in text.match_indices(JOINT_NAME) {
        let span = start..start + word.len();
        let before = text[..start].chars().next_back();
        let opens = before.is_none_or(|c| !c.is_alphanumeric() && c != '、');
        if !opens || OTHER_NAMES.iter().any(|name| text[span.end..].starts_with(name)) {
            continue;
        }
        for division in CODES.into_iter().filter_map(|code| gazetteer.table.by_code(code)) {
            let (span, divisions) = (span.clone(), vec![division]);
            mentions.push(Mention { passage, span, kind: MentionKind::Name, divisions });
        }
    }
    if mentions.len() > known {
        mentions.sort_by_key(|mention| mention.span.start);
    }
}
