//! Names of persons that end like places: 杨西宁 is not from 西宁.

use std::collections::HashSet;

use super::context_words::context_words;
use super::mentions::{Mention, MentionKind, ScannedText};
use crate::text::surnames::is_surname;

/// Surnames that are also words before places: 于西安, 应北京.
const WORDS: &str = "于和向从对时由经将应及都令全连随后任过至到在各双强";

/// Removes the mentions that are ends of persons' names: of a surname and two characters, where a
/// name can begin, and wherever else the same three characters stand.
pub(crate) fn remove_persons(mentions: &mut Vec<Mention>, passages: &[ScannedText<'_>]) {
    let named = |mention: &Mention| -> Option<(String, bool)> {
        let text = passages.get(mention.passage)?.folded.text.as_str();
        let name = text.get(mention.span.clone())?;
        let before = text.get(..mention.span.start)?;
        let surname =
            before.chars().next_back().filter(|&c| is_surname(c) && !WORDS.contains(c))?;
        if mention.kind != MentionKind::Short || name.chars().count() != 2 {
            return None;
        }
        let before = before.strip_suffix(surname)?;
        let opens = before.chars().next_back().is_none_or(|c| !c.is_alphanumeric())
            || context_words().before_a_person.end(before);
        Some((format!("{surname}{name}"), opens))
    };
    let persons: HashSet<String> = mentions
        .iter()
        .filter_map(named)
        .filter_map(|(person, opens)| opens.then_some(person))
        .collect();
    if !persons.is_empty() {
        mentions.retain(|mention| named(mention).is_none_or(|(name, _)| !persons.contains(&name)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::places::mentions::find_mentions;
    use crate::gazetteer::Gazetteer;
    use crate::model::Basis;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let passages = [ScannedText::new(Basis::Lead, text)];
        let mut mentions = find_mentions(&Gazetteer::built_in(), 0, &passages[0].folded.text);
        remove_persons(&mut mentions, &passages);
        let found: Vec<&str> = mentions.iter().map(|m| passages[0].evidence(&m.span)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_surname_before_a_short_name_makes_a_person_of_it() {
        check("杨西宁说，修渠要紧。大家佩服杨西宁。", &[]);
        check("记者王海南报道。", &[]);
        check("（李长沙 文/图）", &[]);
    }

    #[test]
    fn words_before_a_place_are_no_surnames() {
        check("展览于西安开幕，应北京之邀。", &["西安", "北京"]);
        check("他到西宁去，回西宁来。", &["西宁", "西宁"]);
        check("杨西宁市长。", &["西宁市"]);
    }
}
