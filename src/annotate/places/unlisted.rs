//! Places that the gazetteer does not have under the printed name: villages, and towns misread by
//! the scan.

use crate::gazetteer::{DivisionId, Gazetteer};
use crate::model::Span;

/// Longest name of a village or town that is recognised, in characters before its last word.
const MAX_NAME_CHARS: usize = 5;

/// Words before 村 and 社区 that do not make a name, alone or at the end of longer words.
const NO_NAMES: [&str; 38] = [
    "新农", "行政", "自然", "城中", "示范", "精品", "文明", "美丽", "贫困", "智慧", "所在", "和谐",
    "辖区", "街道", "居民", "先进", "重点", "特色", "旅游", "传统", "试点", "未来", "绿色", "平安",
    "近郊", "包联", "依托", "推动", "通过", "根据", "所属", "组织", "联合", "带动", "星级", "基层",
    "服务", "农",
];

/// Words after 村 and 社区 that follow names alone.
const AFTER_A_NAME: [&str; 12] = [
    "党支部",
    "党总支",
    "党委",
    "支部",
    "两委",
    "\u{201c}两委",
    "村委",
    "居委",
    "村民",
    "位于",
    "、",
    "和",
];

/// Characters after which a name begins.
fn is_edge(c: char) -> bool {
    !is_han(c)
        || "的在到赴至和与及了是从向往对该各本全个每让为等由以将把被给位于走进入来自区县市镇乡道"
            .contains(c)
}

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// The name that ends in 村 or 社区. Ordinary words stand before these more often than names, so
/// the context must suggest a name: the name of a parent right before it (ending at `from`), a
/// list, or a word that goes with villages.
pub(crate) fn village(text: &str, from: usize, ending: &Span) -> Option<Span> {
    let before = text.get(from..ending.start)?;
    let edge = before.char_indices().rev().find(|&(_, c)| is_edge(c));
    let start = edge.map_or(from, |(at, c)| from + at + c.len_utf8());
    let name = text.get(start..ending.start)?;
    let after = text.get(ending.end..)?;
    let listed = edge.is_some_and(|(_, c)| c == '、');
    let belongs = AFTER_A_NAME.iter().any(|word| after.starts_with(word));
    let below = start == from && from > 0;
    let longest = if below { MAX_NAME_CHARS } else { MAX_NAME_CHARS - 2 };
    let length = name.chars().count();
    let is_name = (below || listed || belongs)
        && (2..=longest).contains(&length)
        && !NO_NAMES.iter().any(|word| name.ends_with(word));
    is_name.then_some(start..ending.end)
}

/// The 街道, 办事处, 镇 or 乡 that a name ends in.
pub(crate) fn town_ending(text: &str, name: &Span) -> Option<Span> {
    let printed = text.get(name.clone())?;
    let ending = ["街道", "办事处", "镇", "乡"].into_iter().find(|end| printed.ends_with(end))?;
    Some(name.end - ending.len()..name.end)
}

/// Characters before 镇 and 乡 in ordinary words: 城镇, 乡镇, 返乡.
const ORDINARY: &str = "城乡小重下返家老入进故同该各全本市县水回离思";

/// The only town of a city whose name differs in one character from the name before 街道, 办事处,
/// 镇 or 乡; of several, the only one in the district that the article is about.
pub(crate) fn misread_town(
    gazetteer: &Gazetteer,
    (city, district): (DivisionId, Option<DivisionId>),
    text: &str,
    from: usize,
    ending: &Span,
) -> Option<(Span, DivisionId)> {
    let before = text.get(from..ending.start)?;
    if before.ends_with(|c| !is_han(c) || ORDINARY.contains(c)) {
        return None;
    }
    let last_word = match text.get(ending.clone())? {
        // 人民路办事处 means 人民路街道.
        "办事处" => "街道",
        other => other,
    };
    let mut starts: Vec<usize> =
        before.char_indices().rev().take(MAX_NAME_CHARS).map(|(at, _)| at).collect();
    starts.reverse();
    let the_one = |mut towns: Vec<DivisionId>| {
        if towns.len() > 1 {
            towns.retain(|&town| district.is_some_and(|over| gazetteer.lies_in(town, over)));
        }
        if let &[town] = towns.as_slice() { Some(town) } else { None }
    };
    // An identical name first, which is possible only for 办事处, then the longest name that is
    // similar.
    let same = starts.iter().find_map(|at| {
        let name = format!("{}{last_word}", before.get(*at..)?);
        let towns = gazetteer.table.referents_of(&name).map(|referent| referent.division);
        let town = the_one(towns.filter(|&town| gazetteer.lies_in(town, city)).collect())?;
        Some((from + at..ending.end, town))
    });
    same.or_else(|| {
        // Filters all towns of the city once: a name that differs by one character from any printed
        // candidate ends in the same character, or is the same without its last.
        let (last, _) = before.char_indices().next_back()?;
        let (head, tail) = before.split_at(last);
        let towns: Vec<(DivisionId, &str)> = gazetteer
            .towns_in(city)
            .filter_map(|town| Some((town, gazetteer.division(town).name.strip_suffix(last_word)?)))
            .filter(|(_, name)| {
                let cut = name.char_indices().next_back().map_or("", |(at, _)| &name[..at]);
                name.ends_with(tail) || head.ends_with(cut) || before.ends_with(cut)
            })
            .collect();
        starts.iter().filter(|_| !towns.is_empty()).find_map(|&at| {
            let printed = before.get(at..)?;
            // A name of two characters is within one edit of too many others, and is accepted only
            // if nothing precedes it.
            let alone = at == 0 || before.get(..at)?.ends_with(|c| !is_han(c));
            let length = printed.chars().count();
            if length < 2 || (length == 2 && !alone) || !printed.chars().all(is_han) {
                return None;
            }
            let near = towns.iter().filter(|(_, name)| differ_by_one(printed, name));
            let town = the_one(near.map(|&(town, _)| town).collect())?;
            Some((from + at..ending.end, town))
        })
    })
}

/// Whether the edit distance is one. Names of two characters must begin with the same character.
fn differ_by_one(printed: &str, name: &str) -> bool {
    let bytes = '村'.len_utf8();
    if printed.len().abs_diff(name.len()) > bytes {
        return false;
    }
    let (a, b) = (printed.chars().count(), name.chars().count());
    let same = |(x, y): &(char, char)| x == y;
    let front = printed.chars().zip(name.chars()).take_while(same).count();
    let back = printed.chars().rev().zip(name.chars().rev()).take_while(same).count();
    if a.min(b) < 2 || (a.max(b) == 2 && front == 0) {
        return false;
    }
    match a.abs_diff(b) {
        0 => front + back + 1 == a,
        1 => front + back >= a.min(b),
        _ => false,
    }
}
