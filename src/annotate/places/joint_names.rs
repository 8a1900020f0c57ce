//! Words that name several divisions at once: 港澳, 港澳台.

use super::mentions::{Mention, MentionKind};
use crate::gazetteer::Gazetteer;

/// What every such word begins with.
const BEGINNING: &str = "港澳";
/// Codes of the divisions that the characters of such words stand for.
const MEMBERS: [(char, &str); 3] = [('港', "81"), ('澳', "82"), ('台', "71")];
/// Before and after one that is part of the name of a region or of an office.
const REGIONS: &str = "粤";
const OFFICES: [&str; 3] = ["办", "事务", "工委"];

/// Adds the mentions of each division that such a word names, in the order of the text.
pub(crate) fn add_joint_names(
    gazetteer: &Gazetteer,
    passage: usize,
    text: &str,
    mentions: &mut Vec<Mention>,
) {
    let known = mentions.len();
    for (start, _) in text.match_indices(BEGINNING) {
        let (before, from) = (&text[..start], &text[start..]);
        let end = from.find(|c| MEMBERS.iter().all(|&(member, _)| member != c));
        let word = &from[..end.unwrap_or(from.len())];
        let after = &from[word.len()..];
        if before.ends_with(|c| REGIONS.contains(c))
            || OFFICES.iter().any(|office| after.starts_with(office))
        {
            continue;
        }
        for (character, code) in MEMBERS {
            if word.contains(character)
                && let Some(division) = gazetteer.table.by_code(code)
            {
                let span = start..start + word.len();
                let divisions = vec![division];
                mentions.push(Mention { passage, span, kind: MentionKind::Name, divisions });
            }
        }
    }
    if mentions.len() > known {
        mentions.sort_by_key(|mention| mention.span.start);
    }
}
